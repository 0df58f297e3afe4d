"""Decide a council's day: the occurrences at an instant, and every prompt that is due by the end of the day."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from timeline.answers.responses import Response
from timeline.calendar.london import end_of_day, london_date
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.duties import Ladder
from timeline.escalation.ladder import Decision, decide
from timeline.escalation.prompts import LedgerEntry
from timeline.escalation.task_context import task_context
from timeline.planning.occurrences import Milestone, Occurrence, OccurrenceState
from timeline.planning.plan import plan

# Far enough for the longest ladder to begin before its date, near enough to plan a council in a moment.
AHEAD = timedelta(days=370)


@dataclass(frozen=True, kw_only=True)
class Situation:
    """Hold everything a decision sees. It leaves alone the milestones that rest: those `not_due`, by the dates that are
    stored, unless theirs has moved. Nothing else need hold them.
    """

    timeline: CouncilTimeline
    entries: Mapping[str, Sequence[LedgerEntry]] = field(default_factory=dict)
    responses: Mapping[str, Sequence[Response]] = field(default_factory=dict)
    ladders: Mapping[str, Ladder] = field(default_factory=dict)
    not_due: Mapping[str, date | None] = field(default_factory=dict)


@dataclass(frozen=True)
class DayDecision:
    """Hold the plan of a day and what is to be said; `resting` are the milestones that were left alone.

    `quiet_because` is a sentence on a day when nothing is sent.
    """

    at: datetime
    occurrences: tuple[Occurrence, ...]
    decisions: tuple[Decision, ...]
    resting: tuple[Milestone, ...] = ()
    quiet_because: str = ""
    obligations: frozenset[str] = frozenset()


def horizon(timeline: CouncilTimeline, *, at: datetime) -> date:
    """Say how far ahead occurrences are laid out, within the verified calendar."""
    return min(london_date(at) + AHEAD, timeline.calendars.law.last_on)


def decide_day(situation: Situation, *, obligations: Collection[str], at: datetime) -> DayDecision:
    """Plan the duties named and climb each open milestone's ladder up to the end of the day."""
    timeline = situation.timeline.as_known(at=at)
    occurrences = plan(timeline, at=at, until=horizon(timeline, at=at), obligations=obligations)
    milestones = [milestone for occurrence in occurrences for milestone in open_milestones(occurrence)]
    resting = tuple(milestone for milestone in milestones if _rests(situation.not_due, milestone))
    left = {milestone.ref for milestone in resting}
    return DayDecision(
        at,
        occurrences,
        tuple(_decide(situation, milestone, at) for milestone in milestones if milestone.ref not in left),
        resting,
        _quiet_because(timeline, at),
        frozenset(obligations),
    )


def to_decide(
    timeline: CouncilTimeline, not_due: Mapping[str, date | None], *, obligations: Collection[str], at: datetime
) -> frozenset[str]:
    """Name the milestones of these duties that do not rest: of them a decision sees what was said and answered."""
    until = horizon(timeline.as_known(at=at), at=at)
    planned = plan(timeline.as_known(at=at), at=at, until=until, obligations=obligations)
    open_ = (milestone for occurrence in planned for milestone in open_milestones(occurrence))
    return frozenset(milestone.ref for milestone in open_ if not _rests(not_due, milestone))


def _rests(not_due: Mapping[str, date | None], milestone: Milestone) -> bool:
    return milestone.ref in not_due and not_due[milestone.ref] == milestone.due_on


def open_milestones(occurrence: Occurrence) -> tuple[Milestone, ...]:
    """List the milestones that can be asked for: none of a meeting that was cancelled."""
    return () if occurrence.state is OccurrenceState.CANCELLED else occurrence.milestones


def _decide(situation: Situation, milestone: Milestone, at: datetime) -> Decision:
    frozen = replace(milestone, ladder=situation.ladders.get(milestone.ref, milestone.ladder))
    entries = situation.entries.get(milestone.ref, ())
    responses = situation.responses.get(milestone.ref, ())
    return decide(task_context(situation.timeline, frozen, entries, responses, at=at), until=end_of_day(at))


def _quiet_because(timeline: CouncilTimeline, at: datetime) -> str:
    off = timeline.calendars.office.why_off(london_date(at))
    return f"Nothing is sent today: {off}." if off else ""
