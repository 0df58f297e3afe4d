"""Read the statements of a note about its writer's absence: until when, back on, from when, and spans."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from timeline.calendar.london import DAY
from timeline.replies.absences import phrases
from timeline.replies.absences.clauses import Note
from timeline.replies.absences.stated_days import StatedDay, meant
from timeline.replies.absences.stated_spans import NOON, Span, span_meant, week_meant


class Owner(StrEnum):
    """Name the person whom a clause is about. `OPEN`: no words name anybody, so it is the writer; `UNKNOWN`:
    some may.
    """

    WRITER = "writer"
    OPEN = "open"
    UNKNOWN = "unknown"
    OTHER = "other"


class Said(StrEnum):
    UNTIL = "until"
    BACK = "back"
    BEGINS = "begins"
    SPAN = "span"


class Statement(NamedTuple):
    """Hold a statement with its dates, None where a date does not exist or is not certain."""

    said: Said
    last: date | None
    first: date | None = None


class _Part(NamedTuple):
    """Hold words of a clause, from its last subject on if it has a subject."""

    owner: Owner
    words: str


@dataclass(frozen=True)
class Clause:
    """Hold a clause, whom it is about if it does not say so itself, and whether its sentence has said "away"
    before it.
    """

    text: str
    owner: Owner
    away: bool = False
    has_one_day: bool = True

    def is_back(self, back: re.Match[str]) -> bool:
        part = self._before(back)
        theirs = part.owner in (Owner.WRITER, Owner.OPEN)
        return theirs and phrases.are_known(part.words.split()) and not phrases.NOT.search(part.words)

    def is_not_yet(self, until: re.Match[str]) -> bool:
        """Tell whether it says "not back until", or of somebody away "not reading mail until"."""
        part = self._before(until)
        reading = self.away and not phrases.AWAY.search(part.words)
        not_yet = phrases.NOT_BACK.search(part.words) or (phrases.NOT_READING.search(part.words) if reading else None)
        theirs = part.owner in (Owner.WRITER, Owner.OPEN) or self.owner is Owner.WRITER
        return not_yet is not None and theirs and phrases.are_known(part.words[: not_yet.start()].split())

    def is_away(self, stated: re.Match[str]) -> bool:
        """Tell whether the writer is away on the days that are stated there."""
        part = self._before(stated)
        if part.owner not in (Owner.WRITER, Owner.OPEN):
            return False
        if phrases.AWAY.search(part.words) or (self.away and not part.words.strip()):
            return True
        after = self.text[stated.end() :]
        away = None if part.words.strip() else phrases.AWAY.search(after)
        return away is not None and _part(after[: away.start()], self.owner).owner in (Owner.WRITER, Owner.OPEN)

    def ends_away(self, stated: re.Match[str]) -> bool:
        """Tell whether the words right before that day say that the writer is away."""
        part = self._before(stated)
        aways = list(phrases.AWAY.finditer(part.words))
        theirs = part.owner in (Owner.WRITER, Owner.OPEN)
        return theirs and bool(aways) and not part.words[aways[-1].end() :].strip()

    def owner_after(self) -> Owner:
        return _part(self.text, self.owner).owner

    def _before(self, stated: re.Match[str]) -> _Part:
        return _part(self.text[: stated.start()], self.owner)


def _part(words: str, owner: Owner) -> _Part:
    """Find whom these words are about, after words about `owner`."""
    subjects = list(phrases.WHOSE.finditer(words))
    if subjects:
        subject = subjects[-1]
        return _Part(Owner.WRITER if subject["mine"] else Owner.OTHER, words[subject.start() :])
    is_plain = phrases.are_known(words.split())
    return _Part(owner if is_plain or owner is Owner.OTHER else Owner.UNKNOWN, words)


def read_sentence(note: Note, clauses: list[str], owner: Owner, near: date | None) -> tuple[list[Statement], Owner]:
    """Return what a sentence states after a sentence about `owner`, and whom it is about in the end."""
    stated: list[Statement] = []
    sentence, away = " ".join(clauses), False
    at_work, not_all_day = phrases.AT_WORK.search(sentence), phrases.NOT_ALL_DAY.search(sentence)
    for text in clauses:
        clause = Clause(text, owner, away, sentence.count("@") == 1)
        if not (not_all_day or phrases.UNSURE.search(text)):
            stated.extend(_backs(note, clause, near))
            stated.extend(() if at_work else _aways(note, clause, near))
        owner, away = clause.owner_after(), away or bool(phrases.AWAY.search(text))
    return stated, owner


def _backs(note: Note, clause: Clause, near: date | None) -> Iterator[Statement]:
    for back in phrases.BACK.finditer(clause.text):
        if clause.is_back(back):
            yield Statement(Said.BACK, _before(meant(note.day(back["day"]), near)))
    for until in phrases.UNTIL.finditer(clause.text):
        if clause.is_not_yet(until):
            yield Statement(Said.BACK, _before(meant(note.day(until["day"]), near)))


def _aways(note: Note, clause: Clause, near: date | None) -> Iterator[Statement]:
    for until in phrases.UNTIL.finditer(clause.text):
        if clause.is_away(until) and not clause.is_not_yet(until):
            yield Statement(Said.UNTIL, _last(note, until, near))
    for this_week in phrases.THIS_WEEK.finditer(clause.text):
        if clause.is_away(this_week):
            yield Statement(Said.UNTIL, meant(StatedDay(this_week=True), near))
    for begins in phrases.BEGINS.finditer(clause.text):
        if clause.is_away(begins):
            yield Statement(Said.BEGINS, None, meant(note.day(begins["day"]), near))
    for first, last in _spans(note, clause, near):
        yield Statement(Said.SPAN, last, first)


def _spans(note: Note, clause: Clause, near: date | None) -> Iterator[Span]:
    for span in phrases.SPAN.finditer(clause.text):
        if clause.is_away(span):
            yield span_meant(note.span(span["span"]), near)
    for week in phrases.WEEK.finditer(clause.text):
        if clause.ends_away(week):
            yield week_meant(note.day(week["day"]), near)
    for alone in phrases.ALONE.finditer(clause.text):
        stated = note.day(alone["day"])
        if clause.has_one_day and clause.ends_away(alone) and stated.day and stated.month:
            yield (meant(stated, near),) * 2


def _last(note: Note, until: re.Match[str], near: date | None) -> date | None:
    """Return the last day away: somebody who is away until the morning of a day is back on it."""
    day = meant(note.day(until["day"]), near)
    hour = note.hour(until["before"] or until["time"])
    return _before(day) if phrases.ON_THE_DAY.search(until["fill"]) or (hour is not None and hour <= NOON) else day


def _before(day: date | None) -> date | None:
    return day - DAY if day else None
