"""Read how an owner's actions stand: a digit for all of them, or a line for each, such as "A2 slipping: …"."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from timeline.answers.responses import Answer
from timeline.definitions.asked import OwnedAction
from timeline.programme.actions import Progress
from timeline.replies.words import says_more
from timeline.replies.words.first_line import straight, without_greeting
from timeline.replies.words.harmless import only_harmless
from timeline.rules import RuleError, read_date
from timeline.rules.lexer import british_date

HOW = (
    "For all of your actions: “1” if they are on track, “2” and why if they slip, “3” and what would help if you need "
    "help. Or a line for each, such as “A1 yes” and “A2 slipping: the supplier is late”."
)
_WORDS = {
    Progress.ON_TRACK: r"yes|(?:all |is |are |still ){0,3}on track",
    Progress.SLIPPING: r"(?:is |are |it is )?slipping|slips|slipped",
    Progress.NEEDS_HELP: r"(?:i |we )?needs? help|help(?: needed)?",
    Progress.DONE: r"(?:is |it is )?done",
}
_DIGITS = {"1": Progress.ON_TRACK, "2": Progress.SLIPPING, "3": Progress.NEEDS_HELP}
_EACH = {progress: re.compile(rf"(?:{words})(?!\w|'\w)", re.IGNORECASE) for progress, words in _WORDS.items()}
_DIGIT = re.compile(r"([1-3])(?![\w.,/]?\d|\w)(?: ?[.):,–-])? ?")
_HEAD = re.compile(
    r"(?P<numbers>A[1-9]\d?(?:(?: ?[,&] ?| and |, and )A[1-9]\d?){0,20})(?!\w) ?[:.)–-]? ?", re.IGNORECASE
)
_NEXT = re.compile(r"(?<=[a-z.])(?<! and)(?: ?[,;/.])? (?:and )?(?=A[1-9]\d?(?: ?[,&:]| ))")
_EXPECTED = re.compile(
    r"[ ,;]{0,3}(?:now )?(?:expected|until|by)(?: on)? ([\w/-]+(?: [A-Za-z]{3,9},? \d{4})?)", re.IGNORECASE
)
_BULLETS = " \t\"“”'*•>"
_MARKS = " \t,.;:–—-"
_LONGEST, _MOST_LINES = 2_000, 60


class Stands(NamedTuple):
    """Hold what is said of the action with this number."""

    number: int
    progress: Progress
    why: str = ""
    expected_on: date | None = None

    @property
    def line(self) -> str:
        """Write it as a line that reads the same again."""
        expected = f", expected {self.expected_on}" if self.expected_on else ""
        words = "yes" if self.progress is Progress.ON_TRACK else self.progress.value.replace("needs", "need")
        return f"A{self.number} {words}{expected}{f': {self.why}' if self.why else ''}"


@dataclass(frozen=True)
class ReadStands:
    """Hold what a reply says of actions. `unclear`: it speaks of them, and a person must read it; `foreign` are the
    numbers of no open action.
    """

    said: tuple[Stands, ...] = ()
    foreign: tuple[int, ...] = ()
    unclear: bool = False

    @property
    def needs_help(self) -> bool:
        """Tell whether help is asked for."""
        return any(each.progress is Progress.NEEDS_HELP for each in self.said)


_UNCLEAR = ReadStands(unclear=True)


def read_stands(
    text: str, actions: Sequence[OwnedAction], names: Collection[str] = (), *, composed: bool = False
) -> ReadStands | None:
    """Read the words above the quote; None where they say nothing of actions. `names` are the writer's own.

    `composed`: each line was written by `Stands.line`, and none is parted again: its words are somebody's own.
    """
    written = without_greeting(straight(text[:_LONGEST])).split("\n")[:_MOST_LINES]
    lines = [line for each in written if (line := each.strip(_BULLETS))]
    if not lines:
        return None
    if not _HEAD.match(lines[0]):
        return _of_all(lines, actions, names)
    pieces = lines if composed else [piece for line in lines for piece in _NEXT.split(line)]
    return _of_each(pieces, actions, names)


def _of_all(lines: Sequence[str], actions: Sequence[OwnedAction], names: Collection[str]) -> ReadStands | None:
    """Read an answer for all. A digit or a line about an action below it may mean another: nothing is guessed."""
    first, below = lines[0], lines[1:]
    begun = _begun(first)
    if begun is None:
        return _UNCLEAR if _DIGIT.match(first) or _EACH[Progress.ON_TRACK].match(first) else None
    progress, rest = begun
    if progress is Progress.DONE or any(_DIGIT.match(line) or _HEAD.match(line) or _begun(line) for line in below):
        return _UNCLEAR
    whole = _whole(0, progress, rest, below, names)
    if whole is None or not actions:
        return _UNCLEAR
    return ReadStands(said=tuple(whole._replace(number=action.number) for action in actions))


def _of_each(pieces: Sequence[str], actions: Sequence[OwnedAction], names: Collection[str]) -> ReadStands:
    """Read a line for each action; what follows a line belongs to it until the next."""
    said: list[Stands] = []
    for head, below in _blocks(pieces):
        matched = _HEAD.match(head)
        begun = _begun(head[matched.end() :]) if matched else None
        stands = _whole(0, *begun, below, names) if begun else None
        if matched is None or stands is None:
            return _UNCLEAR
        said += [stands._replace(number=int(number)) for number in re.findall(r"\d+", matched["numbers"])]
    numbers = [each.number for each in said]
    if len(set(numbers)) < len(numbers):
        return _UNCLEAR
    known = {action.number for action in actions}
    return ReadStands(
        said=tuple(each for each in said if each.number in known),
        foreign=tuple(number for number in numbers if number not in known),
    )


def _blocks(pieces: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    starts = [place for place, piece in enumerate(pieces) if _HEAD.match(piece)]
    for start, end in zip(starts, [*starts[1:], len(pieces)], strict=True):
        yield pieces[start], list(pieces[start + 1 : end])


def _begun(line: str) -> tuple[Progress, str] | None:
    """Give the answer with which a line begins, by digit, word or both, and the rest; None where the two differ."""
    digit = _DIGIT.match(line)
    by_digit = _DIGITS[digit[1]] if digit else None
    rest = line[digit.end() :] if digit else line
    worded = [(progress, matched) for progress, words in _EACH.items() if (matched := words.match(rest))]
    if not worded:
        return (by_digit, rest) if by_digit else None
    progress, matched = max(worded, key=lambda pair: pair[1].end())
    return (progress, rest[matched.end() :]) if by_digit in (None, progress) else None


def _whole(number: int, progress: Progress, rest: str, below: Sequence[str], names: Collection[str]) -> Stands | None:
    """Add the reason and the day expected. Beside "yes" nothing but harmless words may stand; None where more does."""
    if progress is Progress.ON_TRACK:
        harmless = only_harmless(Answer.ACKNOWLEDGED, rest, names) and not says_more("\n".join(below), names=names)
        return Stands(number, progress) if harmless else None
    if rest.lstrip().startswith("?"):
        return None
    expected = _EXPECTED.match(rest)
    expected_on = day_of(expected[1]) if expected else None
    if expected and expected_on:
        rest = rest[expected.end() :]
    own = [line for line in below if says_more(line, names=names)]
    why = " ".join([rest.lstrip(_MARKS), *own]).strip(" ,;")
    return Stands(number, progress, why, expected_on)


def day_of(text: str) -> date | None:
    """Read a day as people write it here, or as year-month-day; None for anything else."""
    try:
        return read_date(text)
    except RuleError:
        return british_date(text)
