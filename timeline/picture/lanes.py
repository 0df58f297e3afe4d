"""Draw the lane of a duty: bars, marks and their dates, placed so that none lies on another."""

from bisect import bisect_left
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
_HALF_LAW, _HALF_USUAL, _HALF_TASK = (size * UNIT / 2 for size in (_LAW, _USUAL, _TASK))
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
    before: Placed | None = None
    for item in drawn:
        alone = _alone(item, is_law and not item.is_task and item.on == item.law_on, scale)
        if before and alone.x - before.x < before.reach + alone.reach + 1:
            before = placed[-1] = _together(before, alone)
        else:
            before = alone
            placed.append(alone)
    return placed


def _alone(item: Item, is_law: bool, scale: Scale) -> Placed:
    left, right, (from_on, _), a_day = scale
    half = _HALF_LAW if is_law else _HALF_TASK if item.is_task else _HALF_USUAL
    # The middle of its day, counted here: a picture places hundreds.
    x = left + (((item.on or from_on) - from_on).days + 0.5) * a_day
    if item.is_window:
        x = scale.begin(item.on or from_on) + half
    if x < left + half:
        return Placed(round(left + half, 1), half, item, (item,), is_law)
    return Placed(round(min(x, right - half), 1), half, item, (item,), is_law)


def _together(first: Placed, second: Placed) -> Placed:
    """Make a mark of two: where a legal date lies, else where the first lies."""
    lead = second if second.is_law and not first.is_law else first
    return Placed(lead.x, max(first.reach, second.reach), lead.lead, first.items + second.items, lead.is_law)


def _words(each: Placed, scale: Scale) -> tuple[str, ...]:
    """Word the date of a mark, the best first: a legal date with its weekday, others by the day of their month."""
    item, on = each.lead, each.lead.on
    if on is None:
        return ()
    weekday, day, month = _parts(on)
    if item.is_window:
        words: tuple[str, ...] = (_days(item),)
    elif on < scale.span.from_on:
        words = (f"‹ since {day} {month}", f"‹ {day} {month}", "‹")
    elif each.is_law:
        words = (f"{weekday} {day} {month}", f"{day} {month}", day)
    else:
        words = (day,)
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
    taken = _taken(placed, on, scale)
    for law, size, ink in ((True, paper.text - 1, "ink"), (False, paper.small, "muted")):
        y = middle + size * 0.36
        for each in placed:
            if each.is_law is not law:
                continue
            for words in _words(each, scale):
                width = text_width(words, size, bold=law)
                begin = _free(each, width, taken, scale)
                if begin is not None:
                    taken.take(begin, begin + width)
                    yield Label(words, round(begin, 1), y, size, ink, "start", law)
                    break


class _Taken(NamedTuple):
    """Hold where a lane has no room for a label: on marks and labels, of which none meets another, from left to right,
    and on `crossing` lines and hollow marks, which may.
    """

    begins: list[float]
    ends: list[float]
    crossing: list[tuple[float, float]]

    def has_room(self, low: float, high: float) -> bool:
        # Of those that begin before its end only the last can reach into it.
        before = bisect_left(self.begins, high) - 1
        if before >= 0 and self.ends[before] > low:
            return False
        # A loop of its own, because it is asked most often of all: any() takes twice the time here.
        for begin, end in self.crossing:
            if low < end and begin < high:
                break
        else:
            return True
        return False

    def take(self, begin: float, end: float) -> None:
        place = bisect_left(self.begins, begin)
        self.begins.insert(place, begin)
        self.ends.insert(place, end)


def _taken(placed: Sequence[Placed], on: date, scale: Scale) -> _Taken:
    left_on = (item.was_on for each in placed for item in each.items if item.was_on)
    crossing = [(scale.middle(was) - _WAS / 2, scale.middle(was) + _WAS / 2) for was in left_on]
    if scale.shows(on):
        crossing.append((scale.middle(on) - 1, scale.middle(on) + 1))
    return _Taken([each.x - each.reach for each in placed], [each.x + each.reach for each in placed], crossing)


def _free(each: Placed, width: float, taken: _Taken, scale: Scale) -> float | None:
    """Give the left end of a label beside a mark, to its right before its left; None when there is no room.

    To the left it keeps apart from the mark before, whose date it would seem to be.
    """
    right = each.x + each.reach + _GAP
    if right + width <= scale.right and taken.has_room(right - 2, right + width + 2):
        return right
    left = each.x - each.reach - _GAP - width
    return left if left >= scale.left and taken.has_room(left - _APART, left + width + 2) else None


def _sign(each: Placed, middle: float) -> Sign:
    x, reach, lead, items, _ = each
    if len(items) == 1:
        return Sign(lead.mark, x, middle, 2 * reach / UNIT, _said(lead))
    mark = min((item.mark for item in items), key=_RANK.__getitem__)
    return Sign(mark, x, middle, 2 * reach / UNIT, "; ".join(map(_said, items)))


def _said(item: Item) -> str:
    when = _days(item) if item.is_window else _date(item.on) if item.on else ""
    return f"{item.title}, {when}: {item.mark}. {item.why}"


_date = lru_cache(maxsize=4096)(short_date)
