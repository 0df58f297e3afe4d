"""Draw the lane of a duty: bars, marks and their dates, placed so that none lies on another."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from timeline.calendar.london import DAY
from timeline.calendar.wording import short_date
from timeline.picture.axis import Scale
from timeline.picture.contents import Row
from timeline.picture.items import PRESSING, Item, Mark
from timeline.picture.paper import Paper
from timeline.picture.shapes import Box, Label, Rule, Shape, Sign
from timeline.picture.text_width import cut, text_width

UNIT = 16
"""The pixels of a mark of size 1."""
_BAR = 12
_LAW, _USUAL, _TASK = 1.0, 0.85, 0.75
_WAS = 12
_GAP, _APART = 4, 18
# Of several marks in a place the first of these is drawn.
_RANK = {mark: rank for rank, mark in enumerate((Mark.RED, Mark.AMBER, Mark.WAITS, *Mark))}


class Placed(NamedTuple):
    """Hold items whose marks would lie on each other, as a single mark; the date of `lead` stands beside it.

    `reach` is half its width.
    """

    x: float
    reach: float
    lead: Item
    items: tuple[Item, ...]
    is_law: bool


def shown(row: Row, scale: Scale) -> tuple[Item, ...]:
    """Give the items that are drawn: those in the span, what is pressing from before, and windows that reach into it.

    A duty that has none shows what it waits for.
    """
    dated = tuple(item for item in row.items if item.on and _is_shown(item, scale))
    return dated or tuple(item for item in row.items if item.on is None and item.mark is Mark.WAITS)[:1]


def _is_shown(item: Item, scale: Scale) -> bool:
    if item.first_on is None or item.first_on > scale.span.to_on:
        return False
    late = item.mark in PRESSING
    return late or (item.last_on or item.first_on) >= scale.span.from_on


@lru_cache(maxsize=512)
def lane(
    drawn: tuple[Item, ...], is_law: bool, on: date, scale: Scale, paper: Paper, middle: float
) -> tuple[Shape, ...]:
    """Draw the lane of a duty, with the items that are `shown`, round the height `middle`.

    Most lanes are as they were when the page was last asked for: those are not placed again.
    """
    if drawn and drawn[0].on is None:
        return tuple(_waiting(drawn[0], scale, paper, middle))
    shapes: list[Shape] = []
    for item in drawn:
        # Most items are a day that has not moved: nothing lies under their marks.
        if item.was_on or item.is_window or item.last_on != item.first_on:
            shapes += _under(item, scale, middle)
    placed = _placed(drawn, is_law, scale)
    shapes += _dates(placed, on, scale, paper, middle)
    shapes += [_sign(each, middle) for each in placed]
    return tuple(shapes)


def _waiting(item: Item, scale: Scale, paper: Paper, middle: float) -> Iterator[Shape]:
    x = scale.left + _USUAL * UNIT / 2 + 2
    yield Sign(Mark.WAITS, x, middle, _USUAL, f"{item.title}: {item.why}")
    begin = x + _USUAL * UNIT / 2 + _GAP
    words = cut(item.why, paper.small, scale.right - begin)
    yield Label(words, begin, middle + paper.small * 0.36, paper.small, "muted", halo=True)


def _under(item: Item, scale: Scale, middle: float) -> Iterator[Shape]:
    """Draw what lies under the marks: the window, the days of several, and the way from the date first given."""
    if item.first_on and item.last_on and (item.is_window or item.last_on > item.first_on):
        x, end = scale.begin(item.first_on), scale.begin(item.last_on + DAY)
        fill = "window" if item.is_window else "days"
        title = f"{item.title}, {_days(item)}"
        yield Box(
            x, middle - _BAR / 2, end - x, _BAR, fill, title, round=3, line="window-line" if item.is_window else ""
        )
    if item.was_on and item.on and scale.shows(item.was_on):
        was, now = scale.middle(item.was_on), min(max(scale.middle(item.on), scale.left), scale.right)
        yield Rule(was, middle, now, middle, "muted", 1, dashed=True)
        yield Sign(item.mark, was, middle, _WAS / UNIT, f"{item.title}: first given as {short_date(item.was_on)}", True)


def _placed(drawn: Sequence[Item], is_law: bool, scale: Scale) -> list[Placed]:
    """Put together what would lie on each other, from left to right; the items come in the order of their days."""
    placed: list[Placed] = []
    for item in drawn:
        alone = _alone(item, is_law and not item.is_task, scale)
        before = placed[-1] if placed else None
        if before and alone.x - before.x < before.reach + alone.reach + 1:
            placed[-1] = _together(before, alone)
        else:
            placed.append(alone)
    return placed


def _alone(item: Item, is_law: bool, scale: Scale) -> Placed:
    half = (_LAW if is_law else _TASK if item.is_task else _USUAL) * UNIT / 2
    on = item.on or scale.span.from_on
    x = scale.begin(on) + half if item.is_window else scale.middle(on)
    begin, end = scale.left + half, scale.right - half
    return Placed(round(begin if x < begin else min(x, end), 1), half, item, (item,), is_law)


def _together(first: Placed, second: Placed) -> Placed:
    """Make a mark of two: where a date of law lies, else where the first lies."""
    lead = second if second.is_law and not first.is_law else first
    return lead._replace(reach=max(first.reach, second.reach), items=(*first.items, *second.items))


def _words(each: Placed, scale: Scale) -> tuple[str, ...]:
    """Word the date of a mark, the best first: a date of law with its weekday, others by the day of their month."""
    item, on = each.lead, each.lead.on
    if on is None:
        return ()
    weekday, day, month = _parts(on)
    if item.is_window:
        words: tuple[str, ...] = (_days(item),)
    elif on < scale.span.from_on:
        words = (f"‹ since {day} {month}", f"‹ {day} {month}", "‹")
    else:
        words = (f"{weekday} {day} {month}", f"{day} {month}", day) if each.is_law else (day,)
    return tuple(f"{word} ×{len(each.items)}" for word in words) if len(each.items) > 1 else words


@lru_cache(maxsize=4096)
def _parts(on: date) -> tuple[str, str, str]:
    """Give the words of a day: "Thu", "28" and "Nov"."""
    weekday, day, month, _ = short_date(on).split()
    return weekday, day, month


def _days(item: Item) -> str:
    """Word the days of an item without their year, such as "28 Nov–27 Feb"."""
    ends = (on for on in (item.first_on, item.last_on) if on)
    return "–".join(dict.fromkeys(" ".join(_parts(on)[1:]) for on in ends))


def _dates(placed: Sequence[Placed], on: date, scale: Scale, paper: Paper, middle: float) -> Iterator[Label]:
    """Write the dates beside their marks where there is room, those of law first."""
    taken = [(each.x - each.reach, each.x + each.reach) for each in placed]
    left_on = (item.was_on for each in placed for item in each.items if item.was_on)
    taken += [(scale.middle(was) - _WAS / 2, scale.middle(was) + _WAS / 2) for was in left_on]
    if scale.shows(on):
        taken.append((scale.middle(on) - 1, scale.middle(on) + 1))
    law_first = [each for each in placed if each.is_law] + [each for each in placed if not each.is_law]
    for each in law_first:
        size = paper.text - 1 if each.is_law else paper.small
        for words in _words(each, scale):
            width = text_width(words, size, bold=each.is_law)
            begin = _free(each, width, taken, scale)
            if begin is not None:
                taken.append((begin, begin + width))
                ink = "ink" if each.is_law else "muted"
                yield Label(words, round(begin, 1), middle + size * 0.36, size, ink, "start", each.is_law)
                break


def _free(each: Placed, width: float, taken: Sequence[tuple[float, float]], scale: Scale) -> float | None:
    """Give the left end of a label beside a mark, to its right before its left; None when there is no room.

    To the left it keeps apart from the mark before, whose date it would seem to be.
    """
    right, left = each.x + each.reach + _GAP, each.x - each.reach - _GAP - width
    for begin, apart in ((right, 2), (left, _APART)):
        low, high = begin - apart, begin + width + 2
        if begin < scale.left or high - 2 > scale.right:
            continue
        # A loop of its own, because it is asked most often of all: any() takes twice the time here.
        for first, last in taken:
            if low < last and first < high:
                break
        else:
            return begin
    return None


def _sign(each: Placed, middle: float) -> Sign:
    if len(each.items) == 1:
        return Sign(each.lead.mark, each.x, middle, 2 * each.reach / UNIT, _said(each.lead))
    mark = min((item.mark for item in each.items), key=_RANK.__getitem__)
    return Sign(mark, each.x, middle, 2 * each.reach / UNIT, "; ".join(map(_said, each.items)))


def _said(item: Item) -> str:
    when = _days(item) if item.is_window else _date(item.on) if item.on else ""
    return f"{item.title}, {when}: {item.mark}. {item.why}"


_date = lru_cache(maxsize=4096)(short_date)
