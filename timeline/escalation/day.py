"""One decision about a council at one instant: the occurrences, and every prompt that is due by the end of the day."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from timeline.answers.responses import Response
from timeline.calendar.bank_holidays import LONDON
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.duties import Ladder
from timeline.escalation.ladder import Decision, decide
from timeline.escalation.prompts import Said
from timeline.escalation.task_context import ground
from timeline.planning.occurrences import Milestone, Occurrence, OccurrenceState
from timeline.planning.plan import plan

# Far enough for the longest ladder to begin before its date, near enough to plan a council in a moment.
AHEAD = timedelta(days=370)


class Asleep(NamedTuple):
    """A milestone that was looked at about this date, and when to look again (None: its ladder has ended)."""

    due_on: date | None
    until_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Situation:
    """What a decision sees. It leaves those `asleep` alone, unless their date has moved: `said` need not hold them."""

    timeline: CouncilTimeline
    said: Mapping[str, Sequence[Said]] = field(default_factory=dict)
    responses: Mapping[str, Sequence[Response]] = field(default_factory=dict)
    ladders: Mapping[str, Ladder] = field(default_factory=dict)
    asleep: Mapping[str, Asleep] = field(default_factory=dict)


@dataclass(frozen=True)
class DayDecision:
    """What the rules give now and what is to be said; `resting` are the milestones that nothing is to be said about.

    `quiet_because` is a sentence on a day when nothing is sent.
    """

    at: datetime
    occurrences: tuple[Occurrence, ...]
    decisions: tuple[Decision, ...]
    resting: tuple[Decision, ...] = ()
    quiet_because: str = ""
    obligations: frozenset[str] = frozenset()


def end_of_day(at: datetime) -> datetime:
    """The last instant of the London day of `at`: a morning run writes what the whole day will say."""
    return datetime.combine(at.astimezone(LONDON).date(), time.max, LONDON)


def horizon(timeline: CouncilTimeline, *, at: datetime) -> date:
    """How far ahead occurrences are laid out, within the verified calendar."""
    return min(at.astimezone(LONDON).date() + AHEAD, timeline.calendars.law.last_on)


def decide_day(situation: Situation, *, obligations: Collection[str], at: datetime) -> DayDecision:
    """Plans the duties named and climbs each open milestone's ladder up to the end of the day."""
    timeline = situation.timeline.as_known(at=at)
    planned = plan(timeline, at=at, until=horizon(timeline, at=at))
    occurrences = tuple(one for one in planned if one.obligation in obligations)
    milestones = [milestone for one in occurrences for milestone in open_milestones(one)]
    resting = {one.ref: until for one in milestones if (until := _rests(situation, one))}
    return DayDecision(
        at,
        occurrences,
        tuple(_decide(situation, one, at) for one in milestones if one.ref not in resting),
        tuple(_rest(situation, one, resting[one.ref], at) for one in milestones if one.ref in resting),
        _quiet_because(timeline, at),
        frozenset(obligations),
    )


def _rests(situation: Situation, milestone: Milestone) -> Asleep | None:
    found = situation.asleep.get(milestone.ref)
    return found if found and found.due_on == milestone.due_on else None


def _rest(situation: Situation, milestone: Milestone, asleep: Asleep, at: datetime) -> Decision:
    found = ground(situation.timeline, milestone, (), situation.responses.get(milestone.ref, ()), at=at)
    return Decision(milestone, found.standing, next_rung_at=asleep.until_at)


def open_milestones(occurrence: Occurrence) -> tuple[Milestone, ...]:
    """The milestones that can be asked for: none of a meeting that was cancelled."""
    return () if occurrence.state is OccurrenceState.CANCELLED else occurrence.milestones


def _decide(situation: Situation, milestone: Milestone, at: datetime) -> Decision:
    frozen = replace(milestone, ladder=situation.ladders.get(milestone.ref, milestone.ladder))
    said = situation.said.get(milestone.ref, ())
    responses = situation.responses.get(milestone.ref, ())
    return decide(ground(situation.timeline, frozen, said, responses, at=at), until=end_of_day(at))


def _quiet_because(timeline: CouncilTimeline, at: datetime) -> str:
    off = timeline.calendars.office.why_off(at.astimezone(LONDON).date())
    return f"Nothing is sent today: {off}." if off else ""
