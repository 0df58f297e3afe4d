"""Say that a council has ended and who has its duties now: then nobody of it is asked for anything any more."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from timeline.calendar.london import london_date
from timeline.calendar.wording import long_date
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.facts import HANDED_OVER, PASSED_ON, Fact
from timeline.planning.occurrences import Occurrence

BETWEEN = "; "
"""Stands between the names of councils in a fact: a name may hold a comma, or "and"."""


def council_end(timeline: CouncilTimeline, *, at: datetime) -> Fact | None:
    """Give the fact by which everything of this council went over to others; None while its people are asked."""
    return _latest(timeline.facts, at, "")


def ended_because(timeline: CouncilTimeline, *, at: datetime, duty: str = "") -> str:
    """Say in a sentence that the council has ended, and who has this duty (or its duties); empty while it has not."""
    end = council_end(timeline, at=at)
    if end is None:
        return ""
    to = followers((_latest(timeline.facts, at, duty) if duty else None) or end)
    what = "this" if duty else "its duties"
    return f"{ended(timeline, end)}: {' and '.join(to)} {'have' if len(to) > 1 else 'has'} {what} now."


def followers(end: Fact) -> tuple[str, ...]:
    """Give the names of the councils that have what the council had."""
    return tuple(end.called.split(BETWEEN))


def told_behind_link(timeline: CouncilTimeline, *, at: datetime) -> tuple[str, ...]:
    """Say to whoever holds an old link what became of it, and where to answer; empty while the council is there.

    It names councils and a post, and no task: the link may be in other hands by now.
    """
    end = council_end(timeline, at=at)
    if end is None:
        return ()
    to, lead = followers(end), timeline.directory.posts[timeline.council.programme_lead].title
    by = "its mails, each with a link of its own" if len(to) == 1 else "their mails, each with a link of its own"
    return (
        ended_because(timeline, at=at),
        f"Please answer {' or '.join(to)}, through {by}. What was answered here went over and is kept.",
        f"If you have had no such mail, ask the {lead} there.",
    )


def ended(timeline: CouncilTimeline, end: Fact) -> str:
    """Say what happened, as a clause: the council ended, or its beginning was taken back."""
    name = timeline.council.name
    if end.name == HANDED_OVER:
        return f"{name} ended on {long_date(end.on)}"
    return f"The handover to {name} was taken back on {long_date(end.on)}"


def coming_end(timeline: CouncilTimeline, *, at: datetime) -> str:
    """Say that the council is to end, or should have been handed over; empty where no vesting day is known."""
    council, on = timeline.council, london_date(at)
    if council.vesting_day is None or council_end(timeline, at=at):
        return ""
    to = " and ".join(council.succeeded_by) or "those that follow it"
    if on < council.vesting_day:
        return f"{council.name} ends on {long_date(council.vesting_day)}; its open tasks then go to {to}."
    return (
        f"{council.name} ended on {long_date(council.vesting_day)}, and nobody has handed its timeline to {to}: "
        "its people are asked until somebody does (daymark handover)."
    )


def is_overdue(timeline: CouncilTimeline, *, at: datetime) -> bool:
    """Tell whether the vesting day has come, and the timeline was not handed over."""
    day = timeline.council.vesting_day
    return day is not None and day <= london_date(at) and council_end(timeline, at=at) is None


def handed_on(planned: Sequence[Occurrence], timeline: CouncilTimeline, *, at: datetime) -> tuple[Occurrence, ...]:
    """Close every task of a council that has ended; dates, and what was closed before, stay as they are."""
    if council_end(timeline, at=at) is None:
        return tuple(planned)
    because = {duty.key: ended_because(timeline, at=at, duty=duty.key) for duty in timeline.obligations}
    return tuple(_closed(occurrence, because[occurrence.obligation]) for occurrence in planned)


def beyond(planned: Sequence[Occurrence], vesting_day: date) -> Iterator[Occurrence]:
    """Give the occurrences that lie on the vesting day or after it: those that follow have them."""
    return (each for each in planned if each.last_on and each.last_on >= vesting_day)


def _closed(occurrence: Occurrence, because: str) -> Occurrence:
    tasks = (replace(task, closed_because=task.closed_because or because) for task in occurrence.milestones)
    # Its provisional date is nobody's here to put right.
    return replace(occurrence, milestones=tuple(tasks), provisional_on=None)


def _latest(facts: Sequence[Fact], at: datetime, duty: str) -> Fact | None:
    known = (fact for fact in facts if fact.name in PASSED_ON and fact.known_at <= at)
    mine = (fact for fact in known if (fact.occurrence or "") == duty)
    return max(mine, key=lambda fact: fact.known_at, default=None)
