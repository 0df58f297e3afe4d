"""Hold absences by all that is known of them: those that are stated or heard, and the last days that people stated
since.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from timeline.calendar.london import DAY

_Key = tuple[str, date]

SIX_WEEKS = timedelta(weeks=6)
"""A longer absence that was only heard may be a slip or a stale note, and takes nobody off their tasks unconfirmed."""


@dataclass(frozen=True, kw_only=True)
class Absence:
    """Hold an absence from the first day to the last (both included), never with its reason."""

    person: str
    from_on: date
    until_on: date


@dataclass(frozen=True, kw_only=True)
class AbsenceEnd:
    """Hold the last day of an absence as a person stated it, in place of the day `until_on` of a note or of the
    timeline.

    A day before the absence begins takes it back. `by_answer`: its person answered a task while heard to be away, which
    ends only what was heard.
    """

    person: str
    until_on: date
    last_on: date
    by_answer: bool = False


@dataclass(frozen=True, kw_only=True)
class KnownAbsence:
    """Hold an absence as it was heard or stated, and its last day by now.

    It is in force from `said.from_on` to `last_on`. `heard`: an automatic reply gave it. `waits`: it is so long that it
    counts only once a person confirms it. `end` is what a person stated last about its end.
    """

    said: Absence
    last_on: date
    heard: bool = False
    waits: bool = False
    end: AbsenceEnd | None = None

    @property
    def in_force(self) -> bool:
        return not self.waits and self.said.from_on <= self.last_on


def known_absences(
    stated: Iterable[Absence], heard: Iterable[Absence], ends: Iterable[AbsenceEnd]
) -> tuple[KnownAbsence, ...]:
    """Give every absence with its last day by now; the latest of its `ends`, which come in their order, counts.

    An out-of-office note answers each mail, so copies of a note are a single absence: those with the same last day. For
    the same reason an end counts for every later copy: whoever came back early is not taken off their tasks again by a
    note that was forgotten.
    """
    ends = tuple(ends)
    of_heard = {(end.person, end.until_on): end for end in ends}
    of_stated = {(end.person, end.until_on): end for end in ends if not end.by_answer}
    notes: dict[_Key, Absence] = {}
    for absence in heard:
        earlier = notes.get(_key(absence), absence)
        notes[_key(absence)] = min(earlier, absence, key=lambda copy: copy.from_on)
    return (
        *(_known(absence, of_stated) for absence in dict.fromkeys(stated)),
        *(_known(absence, of_heard, heard=True) for absence in notes.values()),
    )


def in_force(known: Iterable[KnownAbsence]) -> tuple[Absence, ...]:
    """Give the absences that count, each until its last day by now."""
    return tuple(replace(each.said, until_on=each.last_on) for each in known if each.in_force)


def as_heard(known: Iterable[KnownAbsence], absence: Absence) -> KnownAbsence:
    """Give what an absence comes to that is heard now, by all that is known already."""
    same = [each for each in known if _key(each.said) == _key(absence)]
    copies = [each.said for each in same if each.heard]
    (merged,) = known_absences((), [*copies, absence], [each.end for each in same if each.end])
    return merged


def ended_by_answer(known: Iterable[KnownAbsence], person: str, *, on: date) -> tuple[AbsenceEnd, ...]:
    """Give the ends of what was heard of an absence when its person answers a task on a day of it.

    What the timeline states stays: a person may well answer once from a holiday that everybody knows of.
    """
    return tuple(
        AbsenceEnd(person=person, until_on=each.said.until_on, last_on=on - DAY, by_answer=True)
        for each in known
        if each.heard and each.in_force and each.said.person == person and each.said.from_on <= on <= each.last_on
    )


def _known(absence: Absence, ends: Mapping[_Key, AbsenceEnd], *, heard: bool = False) -> KnownAbsence:
    end = ends.get(_key(absence))
    long = absence.until_on - absence.from_on > SIX_WEEKS
    last_on = end.last_on if end else absence.until_on
    return KnownAbsence(said=absence, last_on=last_on, heard=heard, waits=heard and long and end is None, end=end)


def _key(absence: Absence) -> _Key:
    return absence.person, absence.until_on
