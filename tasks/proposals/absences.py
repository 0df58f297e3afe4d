"""Propose the last day of an absence: back today, another day, or the day of a note that waits to be confirmed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from tasks.changes.absences import Speaker, end_named, fault_of, known, named
from tasks.changes.record import Refused
from tasks.council.run import CouncilRun
from tasks.proposals.proposal import Done, Proposal
from timeline.calendar.london import DAY, london_date
from timeline.calendar.wording import long_date, short_date
from timeline.definitions.absences import KnownAbsence
from timeline.definitions.away import away_sentence
from timeline.steering.filters import Choice

_KNOWN = "This is recorded already: nothing changes."


def absences(run: CouncilRun) -> tuple[Choice, ...]:
    """Offer the absences that are not over, those that come first before the others."""
    offered = {_key(each): _worded(run, each) for each in known(run.store, run.settings, at=run.at)}
    return tuple(Choice(*each) for each in offered.items())


def ending(run: CouncilRun, absence: str, last_on: date | None, *, via: str = "page") -> Proposal:
    """Propose the last day of an absence; None means that the person is back today. Raises Refused."""
    person, _, until = absence.partition("/")
    theirs, on = named(run.store, run.settings, person, until, at=run.at), london_date(run.at)
    last = last_on or on - DAY
    for each in theirs:
        if fault := fault_of(each, last, on=on):
            raise Refused(fault)

    def make(who: str, at: datetime) -> Done:
        end_named(run.store, run.settings, person, until, last_on, by=Speaker(via=via, typed=who), at=at)
        return Done((f"{_name(run, person)}: {_said(last_on, last)}.",))

    before, after = theirs[0], replace(theirs[0], last_on=last, waits=False)
    directory = run.timeline.directory
    return Proposal(
        says=(f"{_name(run, person)}: {_said(last_on, last)}.",),
        notes=(
            f"Until now: {away_sentence(directory, before, on=on)}",
            f"From now on: {away_sentence(directory, after, on=on)}",
        ),
        already=_KNOWN if _is_known(theirs, last) else "",
        make=make,
    )


def _said(last_on: date | None, last: date) -> str:
    return f"the last day away is {long_date(last)}" if last_on else f"back today, {long_date(last + DAY)}"


def _is_known(theirs: Sequence[KnownAbsence], last: date) -> bool:
    """Tell whether each copy ends on that day by somebody's word, or by the timeline's."""
    return all(each.last_on == last and (each.end or not each.waits) for each in theirs)


def _key(each: KnownAbsence) -> str:
    return f"{each.said.person}/{each.said.until_on}"


def _worded(run: CouncilRun, each: KnownAbsence) -> str:
    days = f"{short_date(each.said.from_on)} to {short_date(each.said.until_on)}"
    now = f", now until {short_date(each.last_on)}" if each.last_on != each.said.until_on else ""
    waits = ", by a note that waits to be confirmed" if each.waits else ""
    return f"{_name(run, each.said.person)}: {days}{now}{waits}"


def _name(run: CouncilRun, person: str) -> str:
    directory = run.timeline.directory
    return directory.people[person].name if person in directory.people else person
