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
from timeline.planning.made_of import holds_until
from timeline.planning.occurrences import Milestone, Occurrence, OccurrenceState
from timeline.planning.plan import plan

# Far enough for the longest ladder to begin before its date, near enough to plan a council in a moment.
AHEAD = timedelta(days=370)
# A plan that is kept is made anew after a week, whatever it was made of: a fault would not last.
_KEPT = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Situation:
    """Hold everything a decision sees. It leaves alone the milestones that rest: those `not_due`, by the dates that are
    stored, unless theirs has moved. Nothing else need hold them. Duties `at_rest` it leaves alone as a whole: their
    stored plan was `made_of` the same as it would be now, and nothing of them is due.
    """

    timeline: CouncilTimeline
    entries: Mapping[str, Sequence[LedgerEntry]] = field(default_factory=dict)
    responses: Mapping[str, Sequence[Response]] = field(default_factory=dict)
    ladders: Mapping[str, Ladder] = field(default_factory=dict)
    not_due: Mapping[str, date | None] = field(default_factory=dict)
    at_rest: frozenset[str] = frozenset()
    made_of: str = ""


@dataclass(frozen=True)
class DayDecision:
    """Hold the plan of a day and what is to be said; `resting` are the milestones that were left alone.

    `quiet_because` is a sentence on a day when nothing is sent. The plan of these `obligations`, `made_of` what the
    situation says, holds for each up to the horizon of `holds_until`. Duties `at_rest` were not looked at.
    """

    at: datetime
    occurrences: tuple[Occurrence, ...]
    decisions: tuple[Decision, ...]
    resting: tuple[Milestone, ...] = ()
    quiet_because: str = ""
    obligations: frozenset[str] = frozenset()
    at_rest: frozenset[str] = frozenset()
    made_of: str = ""
    holds_until: Mapping[str, date] = field(default_factory=dict)


def horizon(timeline: CouncilTimeline, *, at: datetime) -> date:
    """Say how far ahead occurrences are laid out, within the verified calendar."""
    return min(london_date(at) + AHEAD, timeline.calendars.law.last_on)


def decide_day(situation: Situation, *, obligations: Collection[str], at: datetime) -> DayDecision:
    """Plan the duties named, but for those at rest, and climb each open milestone's ladder up to the end of the day."""
    timeline, duties = situation.timeline.as_known(at=at), frozenset(obligations) - situation.at_rest
    occurrences = plan(timeline, at=at, until=horizon(timeline, at=at), obligations=duties)
    milestones = [milestone for occurrence in occurrences for milestone in open_milestones(occurrence)]
    resting = tuple(milestone for milestone in milestones if _rests(situation.not_due, milestone))
    left = {milestone.ref for milestone in resting}
    return DayDecision(
        at,
        occurrences,
        tuple(_decide(situation, milestone, at) for milestone in milestones if milestone.ref not in left),
        resting,
        _quiet_because(timeline, at),
        duties,
        frozenset(obligations) & situation.at_rest,
        situation.made_of,
        _holds_until(timeline, occurrences, duties, at) if situation.made_of else {},
    )


def _holds_until(
    timeline: CouncilTimeline, planned: Sequence[Occurrence], duties: Collection[str], at: datetime
) -> dict[str, date]:
    """Say up to which horizon the plan of each duty holds; of a duty that asks owners it never does for another day."""
    until = horizon(timeline, at=at)
    far = min(until + _KEPT, timeline.calendars.law.last_on)
    later = plan(timeline, at=at, until=far, obligations=duties)

    def of(key: str, occurrences: Sequence[Occurrence]) -> list[Occurrence]:
        return [occurrence for occurrence in occurrences if occurrence.obligation == key]

    kept = (duty.key for duty in timeline.obligations if duty.key in duties and not duty.asks_owners)
    return {key: holds_until(of(key, planned), of(key, later), until=until, far=far) for key in kept}


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
