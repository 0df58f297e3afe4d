"""Word a message as an Adaptive Card 1.5 for Teams: a whole mail for a single reader, neutral dates where several read.

Every value is in a TextRun, which has no markdown. In a TextBlock it would have to be escaped by backslashes, and Teams
on a telephone shows those (microsoft/AdaptiveCards, issue 5590).
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from timeline.calendar.wording import count
from timeline.letters.bot_cards.buttons import Bound, Choice, for_one, for_several, refreshed_by
from timeline.letters.bot_cards.parts import (
    LARGEST,
    Part,
    adaptive,
    as_json,
    bare,
    fitting,
    heading,
    octets,
    octets_in_teams,
    opening,
    plain,
    rich,
    run,
    sentence,
    text_line,
)
from timeline.letters.correction import SORRY, CorrectionTask, CorrectionView
from timeline.letters.mail_views import MailTask, MailView
from timeline.letters.phrases import NO_NAMES, message_link
from timeline.programme.asked.stands import HOW

__all__ = [
    "LARGEST",
    "acting_card",
    "as_json",
    "card",
    "correction_card",
    "neutral_lines",
    "octets_in_teams",
    "plain",
    "shows",
]

_DAY = r"[A-Z][a-z]+day \d{1,2} [A-Z][a-z]+(?: \d{4})?"
_COMING = re.compile(rf"(?P<now>now )?due [^,]*, (?P<day>{_DAY})")
_WITHDRAWN = ("no longer needed", "no date for now")


Buttons = Callable[[MailTask | CorrectionTask, str], Iterator[Part]]
"""Builds the buttons of a task, with the number that tells it from the others."""


@dataclass(frozen=True)
class _Room:
    """Tell how much a card tells of each task.

    `title` and `words` are the longest lengths; without `asks` only the date is told, without `reasons` no reasons.
    """

    title: int
    words: int
    asks: bool = True
    reasons: bool = True


_ROOMS = (
    _Room(300, 2_000),
    _Room(150, 400),
    _Room(120, 200, reasons=False),
    _Room(100, 100, asks=False, reasons=False),
    _Room(50, 80, asks=False, reasons=False),
)


def card(view: MailView, *, several: bool, teams: str = "") -> Part:
    """Build the card of a mail, which counts `LARGEST` octets in Teams at most.

    Too many words are cut, the links stay; with too many tasks the last ones are counted, with the message's link.
    `several`: others may read it too; then it tells duties and coming dates and nothing else, and leaves out a task
    whose date has passed (see `shows`). `teams` is the person's aadObjectId, for the mention.
    """
    return _neutral(view) if several else _fitted(view, teams, _buttons)


def correction_card(view: CorrectionView, *, several: bool, teams: str = "") -> Part:
    """Build the card of a correction, likewise."""
    return _neutral(view) if several else _fitted(view, teams, _buttons)


def acting_card(view: MailView | CorrectionView, *, others: Sequence[Choice] = ()) -> Part:
    """Build the card for a person's chat with our bot, whose buttons answer; `others` can be asked in their place.

    The tasks of a correction are answered on their pages.
    """
    several = len(view.tasks) > 1

    def buttons(task: MailTask | CorrectionTask, number: str) -> Iterator[Part]:
        if not isinstance(task, MailTask):
            yield from _buttons(task, number)
        elif several:
            yield for_several(task.choices, _bound(task, view), number)
        else:
            yield from for_one(task.choices, _bound(task, view), others)

    part = _fitted(view, "", buttons)
    return part | refreshed_by(_bound(view.tasks[0], view)) if isinstance(view, MailView) and not several else part


def _bound(task: MailTask | CorrectionTask, view: MailView | CorrectionView) -> Bound:
    return Bound(token=task.url.rpartition("/")[2], of=view.ref if len(view.tasks) > 1 else "", url=task.url)


def shows(view: MailView | CorrectionView) -> bool:
    """Tell whether anything in it may be told where several read; otherwise nothing should be posted there."""
    return bool(neutral_lines(view))


def neutral_lines(view: MailView | CorrectionView) -> tuple[str, ...]:
    """Give the lines of the card for several readers, for a channel that several read and that takes no card."""
    lines = (_neutral_line(task) for task in view.tasks)
    return tuple("".join(run["text"] for run in line) for line in lines if line)


def _fitted(view: MailView | CorrectionView, teams: str, buttons: Buttons) -> Part:
    for room in _ROOMS:
        part = _personal(view, view.tasks, room, teams, buttons)
        if octets(part) <= LARGEST:
            return part

    def showing(tasks: int) -> Part:
        return _personal(view, view.tasks[:tasks], _ROOMS[-1], teams, buttons)

    return fitting(showing, least=1, most=max(len(view.tasks) - 1, 1))


def _personal(
    view: MailView | CorrectionView,
    tasks: Sequence[MailTask | CorrectionTask],
    room: _Room,
    teams: str,
    buttons: Buttons,
) -> Part:
    numbered = len(view.tasks) > 1
    name = bare(view.greeting_name) or "you"
    to = [_mention(name)] if teams else [text_line(plain(view.greeting_name, 200))] if view.greeting_name else []
    shadow = [text_line(plain(view.shadow_for, 500), color="Attention")] if view.shadow_for else []
    parts = [part for task in tasks for part in _task(task, room, buttons, numbered=numbered)]
    rest = len(view.tasks) - len(tasks)
    link = message_link((task.url for task in view.tasks), view.ref)
    more = [text_line(f"… and {rest} more.", separator=True)] if rest else []
    more += [opening(("Open all", link))] if rest and link else []
    # Not the mail's own last words, which ask for a reply by mail.
    closing = [text_line(SORRY if isinstance(view, CorrectionView) else NO_NAMES, separator=True, quiet=True)]
    body = [
        heading(view.programme_name, view.council_name),
        *to,
        *shadow,
        text_line(plain(view.intro, 500)),
        *parts,
        *more,
        *closing,
    ]
    return adaptive(view.programme_name, body) | ({"msteams": {"entities": [_entity(name, teams)]}} if teams else {})


def _task(task: MailTask | CorrectionTask, room: _Room, buttons: Buttons, *, numbered: bool) -> Iterator[Part]:
    number = f"{task.number}. " if numbered else ""
    title = run(f"{number}{plain(task.title, room.title)}", weight="Bolder")
    yield rich(title, separator=True) | {"spacing": "Large"}
    for label, words, quiet in _facts(task, room):
        if words:
            before = [run(f"{label} ", quiet, weight="Bolder")] if label else []
            yield rich(*before, run(plain(words, room.words), quiet))
    yield from buttons(task, f" {task.number}" if numbered else "")


def _facts(task: MailTask | CorrectionTask, room: _Room) -> Iterator[tuple[str, str, bool]]:
    """List the facts about a task: label, words, and whether they are printed small."""
    if isinstance(task, CorrectionTask):
        yield "", sentence(task.now), False
        asked, reasons = (
            [("Before:", task.was), ("", task.follows)],
            [("Duty:", task.duty), ("Why this date:", task.why)],
        )
    else:
        yield "When:", f"{sentence(task.due_phrase)} {task.law}".rstrip(), False
        asked = [("", task.told), ("", task.words), ("What:", task.asks), ("", task.why), ("", task.ask_sentence)]
        asked += [*(("", line) for line in task.actions), ("", _how_in_chat(task))]
        asked += [("Evidence:", task.evidence), ("Figures asked for:", "; ".join(task.figures))]
        reasons = [("Belongs to it:", "; ".join(task.checklist)), ("Sign-off:", task.sign_off)]
        reasons += [("Duty:", task.obligation_title), ("", task.basis)]
    yield from ((label, words, False) for label, words in asked if room.asks)
    yield from ((label, words, True) for label, words in reasons if room.reasons)


def _how_in_chat(task: MailTask) -> str:
    return f"Write {HOW[0].lower()}{HOW[1:]}" if task.actions else ""


def _buttons(task: MailTask | CorrectionTask, number: str) -> Iterator[Part]:
    """Build the buttons, which open the task's page and record nothing by themselves."""
    if isinstance(task, MailTask):
        labels = ("Confirm", "It is not done yet") if task.confirms else ("Acknowledge", "I need help")
        yield opening(*((f"{label}{number}", task.url) for label in labels))
    elif task.url:
        yield opening((f"Open the task{number}", task.url))


def _neutral(view: MailView | CorrectionView) -> Part:
    lines = [line for task in view.tasks if (line := _neutral_line(task))]
    body = [
        heading(view.programme_name, view.council_name),
        text_line(f"{count(len(lines), 'date')} on the improvement timeline"),
    ]

    def showing(number: int) -> Part:
        rest = [text_line(f"… and {len(lines) - number} more.")] if number < len(lines) else []
        shown = (rich(*line, separator=True) for line in lines[:number])
        return adaptive(view.programme_name, [*body, *shown, *rest])

    return fitting(showing, least=0, most=len(lines))


def _neutral_line(task: MailTask | CorrectionTask) -> list[Part] | None:
    """Word a duty, its task and the coming date; None when the date has passed: a channel is never told who is late."""
    phrase = task.now if isinstance(task, CorrectionTask) else task.due_phrase
    coming = _COMING.fullmatch(phrase)
    date = f"{coming['now'] or ''}{coming['day']}" if coming else next(filter(phrase.startswith, _WITHDRAWN), "")
    if not date:
        return None
    duty = task.duty if isinstance(task, CorrectionTask) else task.obligation_title
    title = run(plain(task.title, 150), weight="Bolder")
    return [title, run(f" ({plain(duty, 150)}): "), run(date)]


def _mention(name: str) -> Part:
    # Only a TextBlock knows mentions.
    return {"type": "TextBlock", "text": f"<at>{name}</at>", "wrap": True}


def _entity(name: str, teams: str) -> Part:
    return {"type": "mention", "text": f"<at>{name}</at>", "mentioned": {"id": teams, "name": name}}
