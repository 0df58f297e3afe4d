"""A message as an Adaptive Card 1.5 for Teams: a whole mail for one reader, neutral dates where several read.

Every value is in a TextRun, which has no markdown. In a TextBlock it would have to be escaped by backslashes, and Teams
on a telephone shows those (microsoft/AdaptiveCards, issue 5590).
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from timeline.calendar.wording import count
from timeline.letters.correction import SORRY, CorrectionTask, CorrectionView
from timeline.letters.mail_views import MailTask, MailView
from timeline.letters.phrases import NO_NAMES, message_link

Part = dict[str, Any]

LARGEST = 26_000
"""The most that a card may count: Teams takes 28 KB with the envelope, and drops what is larger after a 202."""

# Controls, lone surrogates, and the marks that turn the direction of writing (they make a false name look right).
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+")
_MARKDOWN = re.compile(r"[\[\]*_#`<>~\\]+|://|&(?=#?\w+;)")
_DAY = r"[A-Z][a-z]+day \d{1,2} [A-Z][a-z]+(?: \d{4})?"
_COMING = re.compile(rf"(?P<now>now )?due [^,]*, (?P<day>{_DAY})")
_WITHDRAWN = ("no longer needed", "no date for now")


@dataclass(frozen=True)
class _Room:
    """How much a card tells of each task.

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
    return _neutral(view) if several else _fitted(view, teams)


def correction_card(view: CorrectionView, *, several: bool, teams: str = "") -> Part:
    """Build the card of a correction, likewise."""
    return _neutral(view) if several else _fitted(view, teams)


def shows(view: MailView | CorrectionView) -> bool:
    """Tell whether anything in it may be told where several read; otherwise nothing should be posted there."""
    return bool(neutral_lines(view))


def neutral_lines(view: MailView | CorrectionView) -> tuple[str, ...]:
    """Give the lines of the card for several readers, for a channel that several read and that takes no card."""
    lines = (_neutral_line(task) for task in view.tasks)
    return tuple("".join(run["text"] for run in line) for line in lines if line)


def as_json(card: Part) -> str:
    """Give the card as it is stored and posted, with placeholders for tokens ("«token 1»") to be filled in."""
    return json.dumps(card, ensure_ascii=False, separators=(",", ":"))


def plain(text: str, longest: int = 2_000) -> str:
    """Make one line without control characters, cut with an ellipsis; "{{" would begin a date function."""
    line = re.sub(r"\{(?=\{)", "{ ", " ".join(_CONTROLS.sub(" ", text).split()))
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def _fitted(view: MailView | CorrectionView, teams: str) -> Part:
    for room in _ROOMS:
        part = _personal(view, view.tasks, room, teams)
        if _octets(part) <= LARGEST:
            return part
    for shown in range(len(view.tasks) - 1, 0, -1):
        part = _personal(view, view.tasks[:shown], _ROOMS[-1], teams)
        if _octets(part) <= LARGEST:
            break
    return part


def octets_in_teams(text: str) -> int:
    """Count JSON as Teams does: as a text inside other JSON, with a backslash before each quotation mark.

    A letter beyond ASCII counts as its escape, which is never shorter than its UTF-8.
    """
    return len(json.dumps(text))


def _octets(card: Part) -> int:
    return octets_in_teams(as_json(card))


def _personal(
    view: MailView | CorrectionView, tasks: Sequence[MailTask | CorrectionTask], room: _Room, teams: str
) -> Part:
    numbered = len(view.tasks) > 1
    name = _bare(view.greeting_name) or "you"
    to = [_mention(name)] if teams else [_words(plain(view.greeting_name, 200))] if view.greeting_name else []
    shadow = [_words(plain(view.shadow_for, 500), color="Attention")] if view.shadow_for else []
    parts = [part for task in tasks for part in _task(task, room, numbered=numbered)]
    rest = len(view.tasks) - len(tasks)
    link = message_link((task.url for task in view.tasks), view.ref)
    more = [_words(f"… and {rest} more.", separator=True)] if rest else []
    more += [_button(("Open all", link))] if rest and link else []
    # Not the mail's own last words, which ask for a reply by mail.
    closing = [_words(SORRY if isinstance(view, CorrectionView) else NO_NAMES, separator=True, quiet=True)]
    body = [_heading(view), *to, *shadow, _words(plain(view.intro, 500)), *parts, *more, *closing]
    return _card(view, body) | ({"msteams": {"entities": [_entity(name, teams)]}} if teams else {})


def _task(task: MailTask | CorrectionTask, room: _Room, *, numbered: bool) -> Iterator[Part]:
    number = f"{task.number}. " if numbered else ""
    title = _run(f"{number}{plain(task.title, room.title)}", weight="Bolder")
    yield _rich(title, separator=True) | {"spacing": "Large"}
    for label, words, quiet in _facts(task, room):
        if words:
            before = [_run(f"{label} ", quiet, weight="Bolder")] if label else []
            yield _rich(*before, _run(plain(words, room.words), quiet))
    yield from _buttons(task, f" {task.number}" if numbered else "")


def _facts(task: MailTask | CorrectionTask, room: _Room) -> Iterator[tuple[str, str, bool]]:
    """List the facts about a task: label, words, and whether they are printed small."""
    if isinstance(task, CorrectionTask):
        yield "", _sentence(task.now), False
        asked, reasons = (
            [("Before:", task.was), ("", task.follows)],
            [("Duty:", task.duty), ("Why this date:", task.why)],
        )
    else:
        yield "When:", f"{_sentence(task.due_phrase)} {task.law}".rstrip(), False
        asked = [("", task.told), ("", task.words), ("What:", task.asks), ("", task.why), ("", task.ask_sentence)]
        asked += [("Evidence:", task.evidence)]
        reasons = [("Belongs to it:", "; ".join(task.checklist)), ("Sign-off:", task.sign_off)]
        reasons += [("Duty:", task.obligation_title), ("", task.basis)]
    yield from ((label, words, False) for label, words in asked if room.asks)
    yield from ((label, words, True) for label, words in reasons if room.reasons)


def _buttons(task: MailTask | CorrectionTask, number: str) -> Iterator[Part]:
    """Build the buttons, which open the task's page; no button of a card records anything by itself."""
    if isinstance(task, MailTask):
        labels = ("Confirm", "It is not done yet") if task.confirms else ("Acknowledge", "I need help")
        yield _button(*((f"{label}{number}", task.url) for label in labels))
    elif task.url:
        yield _button((f"Open the task{number}", task.url))


def _neutral(view: MailView | CorrectionView) -> Part:
    lines = [line for task in view.tasks if (line := _neutral_line(task))]
    body = [_heading(view), _words(f"{count(len(lines), 'date')} on the improvement timeline")]
    for shown in range(len(lines), -1, -1):
        rest = [_words(f"… and {len(lines) - shown} more.")] if shown < len(lines) else []
        part = _card(view, [*body, *(_rich(*line, separator=True) for line in lines[:shown]), *rest])
        if _octets(part) <= LARGEST:
            break
    return part


def _neutral_line(task: MailTask | CorrectionTask) -> list[Part] | None:
    """Word a duty, its task and the coming date; None when the date has passed: a channel is never told who is late."""
    phrase = task.now if isinstance(task, CorrectionTask) else task.due_phrase
    coming = _COMING.fullmatch(phrase)
    date = f"{coming['now'] or ''}{coming['day']}" if coming else next(filter(phrase.startswith, _WITHDRAWN), "")
    if not date:
        return None
    duty = task.duty if isinstance(task, CorrectionTask) else task.obligation_title
    title = _run(plain(task.title, 150), weight="Bolder")
    return [title, _run(f" ({plain(duty, 150)}): "), _run(date)]


def _card(view: MailView | CorrectionView, body: list[Part]) -> Part:
    fallback = f"{plain(view.programme_name, 100)}: this program cannot show the card. Please use the mail or the page."
    return {
        "type": "AdaptiveCard",
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "version": "1.5",
        "lang": "en",
        "fallbackText": fallback,
        "body": body,
    }


def _heading(view: MailView | CorrectionView) -> Part:
    text = _bare(f"{view.programme_name} – {view.council_name}")
    return {"type": "TextBlock", "text": text, "style": "heading", "size": "Large", "weight": "Bolder", "wrap": True}


def _mention(name: str) -> Part:
    # Only a TextBlock knows mentions.
    return {"type": "TextBlock", "text": f"<at>{name}</at>", "wrap": True}


def _entity(name: str, teams: str) -> Part:
    return {"type": "mention", "text": f"<at>{name}</at>", "mentioned": {"id": teams, "name": name}}


def _bare(text: str) -> str:
    """Clean a text for the two places that read markdown: no markup, and no list or rule at its beginning."""
    line = _MARKDOWN.sub(" ", plain(text, 200))
    return " ".join(re.sub(r"^[\s\d.)+=-]+(?=\s|$)", "", line).split())


def _words(text: str, *, separator: bool = False, quiet: bool = False, color: str = "") -> Part:
    return _rich(_run(text, quiet) | ({"color": color} if color else {}), separator=separator)


def _rich(*runs: Part, separator: bool = False) -> Part:
    return {"type": "RichTextBlock", "inlines": list(runs)} | ({"separator": True} if separator else {})


def _run(text: str, quiet: bool = False, **style: str) -> Part:
    return {"type": "TextRun", "text": text, **style} | ({"isSubtle": True, "size": "Small"} if quiet else {})


def _button(*actions: tuple[str, str]) -> Part:
    opening = [{"type": "Action.OpenUrl", "title": title, "url": url} for title, url in actions]
    return {"type": "ActionSet", "actions": opening}


def _sentence(clause: str) -> str:
    return f"{clause[:1].upper()}{clause[1:]}."
