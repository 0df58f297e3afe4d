"""Find dates, people and days off on a timeline that conflict: warnings for people, which move nothing."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from timeline import rules
from timeline.calendar.bank_holidays import Calendars
from timeline.calendar.london import london_date
from timeline.calendar.wording import long_date
from timeline.calendar.working_days import BeyondCalendar
from timeline.definitions.council import CouncilTimeline, Period
from timeline.definitions.duties import DutyClass, Level, Obligation, OccurrenceKind
from timeline.forecast import overlooked
from timeline.planning.occurrences import Milestone, Occurrence, OccurrenceState
from timeline.rules import CALENDAR_DAYS
from timeline.sign_off.committee_routes import OPEN_AGENDA, URGENT_ITEM, committee_routes
from timeline.sign_off.notice_routes import KEY_DECISION_NOTICE, MONITORING_OFFICER, notice_routes
from timeline.sign_off.notice_routes_wording import in_short
from timeline.sign_off.steps_and_meetings import misses

# The same few people work on two submissions as near as this.
TOO_NEAR_WORKING_DAYS = 2


class Clash(StrEnum):
    """Name the kinds of conflict."""

    NEAR = "two submissions"
    ABSENT = "absence"
    CLOSED = "closure"
    PRE_ELECTION = "pre-election period"
    NOT_WORKING = "non-working day"
    OUT_OF_TURN = "meeting of the same body"
    GONE_BY = "day gone by"
    STATED_LATER = "stated date"
    NOTICE = "notice"
    SIGN_OFF = "sign-off"
    VACANT = "vacant post"


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """Hold a warning about an occurrence or milestone (`ref`), as a sentence."""

    clash: Clash
    ref: str
    text: str


def conflicts(timeline: CouncilTimeline, occurrences: Sequence[Occurrence], *, on: date) -> tuple[Conflict, ...]:
    """Find every conflict on or after `on`, by the kind of clash and then by date."""
    coming = [
        occurrence
        for occurrence in occurrences
        if occurrence.ours and occurrence.state in _OPEN and _last_on(occurrence) >= on
    ]
    work = [
        task
        for occurrence in occurrences
        if occurrence.state is not OccurrenceState.CANCELLED
        for task in occurrence.milestones
    ]
    tasks = [task for task, due_on in _dated(work) if task.chased and due_on >= on]
    return (
        *_too_near(timeline, coming),
        *_absent(timeline, tasks),
        *_closed(timeline, coming),
        *_before_elections(timeline, coming, work, on),
        *_overlooked(timeline, coming, occurrences),
        *_stated_later(timeline, coming),
        *_without_notice(timeline, coming, on),
        *_vacant(timeline, tasks),
        *(Conflict(clash=Clash.SIGN_OFF, ref=ref, text=text) for ref, text in misses(timeline, coming, on=on)),
    )


_OPEN = (OccurrenceState.PLANNED, OccurrenceState.CONFIRMED, OccurrenceState.POSTPONED)


def _last_on(occurrence: Occurrence) -> date:
    return occurrence.ends_on or occurrence.legal_on or date.min


def _too_near(timeline: CouncilTimeline, coming: Iterable[Occurrence]) -> Iterator[Conflict]:
    office = timeline.calendars.office
    dated = [
        (occurrence.working_on, occurrence)
        for occurrence in coming
        if occurrence.kind is OccurrenceKind.SUBMISSION and occurrence.working_on
    ]
    for (first_on, first), (next_on, after) in pairwise(sorted(dated, key=lambda pair: (pair[0], pair[1].ref))):
        try:
            apart = office.days_between(first_on, next_on)
        except BeyondCalendar:
            continue
        if apart <= TOO_NEAR_WORKING_DAYS:
            text = f"{first.title} ({long_date(first_on)}) and {after.title} ({long_date(next_on)})"
            near = f"{text} are within {TOO_NEAR_WORKING_DAYS} working days of each other."
            yield Conflict(clash=Clash.NEAR, ref=after.ref, text=near)


def _absent(timeline: CouncilTimeline, tasks: Iterable[Milestone]) -> Iterator[Conflict]:
    for task, due_on in _dated(tasks):
        holder = timeline.directory.holder(task.owner, on=due_on)
        for absence in timeline.directory.absences:
            if holder and absence.person == holder.person.key and absence.from_on <= due_on <= absence.until_on:
                away = _span(absence.from_on, absence.until_on)
                text = f"{task.title} is due on {long_date(due_on)}; the {holder.post.title} is away, {away}."
                yield Conflict(clash=Clash.ABSENT, ref=task.ref, text=text)


def _closed(timeline: CouncilTimeline, coming: Iterable[Occurrence]) -> Iterator[Conflict]:
    for occurrence in coming:
        name = timeline.closure_days.get(occurrence.legal_on) if occurrence.legal_on else None
        if name and occurrence.legal_on and occurrence.opens_on is None:
            worked_to = f" We work to {long_date(occurrence.working_on)}." if occurrence.working_on else ""
            text = f"{occurrence.title} falls on {long_date(occurrence.legal_on)}, when the council is closed ({name})."
            yield Conflict(clash=Clash.CLOSED, ref=occurrence.ref, text=text + worked_to)


def _before_elections(
    timeline: CouncilTimeline, coming: Iterable[Occurrence], work: Iterable[Milestone], on: date
) -> Iterator[Conflict]:
    """Say of each date in a pre-election period whether it waits: what Ofsted and the Government publish does, what the
    council owes by law does not.
    """
    inspected = {duty.key for duty in timeline.obligations if duty.confirmed_by}
    for period in timeline.council.pre_election_periods:
        inside = f"lies in {period.name} ({_span(period.from_on, period.until_on)})"
        for occurrence in coming:
            if effect := _effect_of_election(occurrence, period, inspected=occurrence.obligation in inspected):
                text = f"{occurrence.title}, {long_date(_last_on(occurrence))}, {inside}: {effect}"
                yield Conflict(clash=Clash.PRE_ELECTION, ref=occurrence.ref, text=text)
        for task, due_on in _dated(work):
            if task.waits_for_election and max(on, period.from_on) <= due_on <= period.until_on:
                asked = " Nobody is asked for it before then." if task.ours else ""
                text = f"{task.title}, {long_date(due_on)}, {inside}: it may be published after the election.{asked}"
                yield Conflict(clash=Clash.PRE_ELECTION, ref=task.ref, text=text)


def _effect_of_election(occurrence: Occurrence, period: Period, *, inspected: bool) -> str:
    if occurrence.opens_on or not period.from_on <= _last_on(occurrence) <= period.until_on:
        return ""
    if inspected and occurrence.kind is OccurrenceKind.VISIT and occurrence.starts_on:
        return "Ofsted publishes no inspection report and no letter before the election, so they may come later."
    submission = occurrence.kind is OccurrenceKind.SUBMISSION and occurrence.duty_class is DutyClass.A
    return "it is not moved by an election." if submission else ""


def _overlooked(
    timeline: CouncilTimeline, coming: Iterable[Occurrence], occurrences: Iterable[Occurrence]
) -> Iterator[Conflict]:
    office = timeline.calendars.office
    for occurrence, text in overlooked.days_off(coming, office):
        yield Conflict(clash=Clash.NOT_WORKING, ref=occurrence.ref, text=text)
    for occurrence, text in overlooked.out_of_turn(timeline, coming):
        yield Conflict(clash=Clash.OUT_OF_TURN, ref=occurrence.ref, text=text)
    for occurrence, text in overlooked.gone_by(timeline, occurrences):
        yield Conflict(clash=Clash.GONE_BY, ref=occurrence.ref, text=text)


def _stated_later(timeline: CouncilTimeline, coming: Iterable[Occurrence]) -> Iterator[Conflict]:
    named = {duty.key: {other.name: other.upper_bound for other in duty.readings} for duty in timeline.obligations}
    for occurrence in coming:
        others = named[occurrence.obligation]
        computed_on = min((each.legal_on for each in occurrence.readings if each.name not in others), default=date.max)
        for reading in occurrence.readings:
            if others.get(reading.name) is False and reading.legal_on > computed_on:
                stated = f"{occurrence.title}, {reading.name}: {long_date(reading.legal_on)}"
                text = f"{stated} is later than the computed {long_date(computed_on)}. We work to the earlier."
                yield Conflict(clash=Clash.STATED_LATER, ref=occurrence.ref, text=text)


def _without_notice(timeline: CouncilTimeline, coming: Iterable[Occurrence], on: date) -> Iterator[Conflict]:
    """Find public meetings (a task of theirs counts clear days) that are too near for their notice."""
    duties = {duty.key: _clear_days(duty) for duty in timeline.obligations}
    for occurrence in coming:
        since_on, days = max(on, _known_on(timeline, occurrence)), duties[occurrence.obligation]
        if not days or occurrence.legal_on is None or occurrence.legal_on < since_on:
            continue
        try:
            late = _late(occurrence.legal_on, since_on, timeline.calendars, key_decision=_KEY_DECISION in days)
        except BeyondCalendar:
            continue
        if late:
            text = f"{occurrence.title}, {long_date(occurrence.legal_on)}: {late} {MONITORING_OFFICER}"
            yield Conflict(clash=Clash.NOTICE, ref=occurrence.ref, text=text)


_KEY_DECISION = KEY_DECISION_NOTICE.clear_days


def _late(meeting_on: date, on: date, calendars: Calendars, *, key_decision: bool) -> str:
    """Say which notice is too late, and what is open still; only an executive gives notice of key decisions."""
    if not key_decision:
        routes = committee_routes(meeting_on, on=on, calendars=calendars)
        still = routes.day(OPEN_AGENDA, CALENDAR_DAYS).open
        return (
            "" if still else f"it is too late for 5 clear days' notice. Open is an urgent item ({URGENT_ITEM.basis})."
        )
    routes = notice_routes(meeting_on, on=on, key_decision=None, private=False, calendars=calendars)
    if routes.remaining(CALENDAR_DAYS) == KEY_DECISION_NOTICE:
        return ""
    return f"it is too late for 28 clear days' notice of a key decision. Open is {in_short(routes)}."


def _known_on(timeline: CouncilTimeline, occurrence: Occurrence) -> date:
    """Give the day on which the facts that set its date were known: no notice could be given before."""
    own = (london_date(fact.known_at) for fact in timeline.facts if fact.occurrence == occurrence.ref)
    return min(own, default=date.min)


def _clear_days(duty: Obligation) -> frozenset[int]:
    """Give how many clear days the tasks of a duty count."""
    counted = (rules.plain(rules.parse(task.when)) for task in duty.milestones)
    return frozenset(rule.n for rule in counted if isinstance(rule, rules.Clear))


def _vacant(timeline: CouncilTimeline, tasks: Iterable[Milestone]) -> Iterator[Conflict]:
    """Warn once for each vacant post, at the first task that falls in the vacancy."""
    seen: set[str] = set()
    for task, due_on in sorted(_dated(tasks), key=lambda pair: pair[1]):
        post = timeline.directory.posts.get(task.owner)
        if post is None or post.level in (Level.MEMBER, Level.EXTERNAL) or post.key in seen:
            continue
        if timeline.directory.holder(post.key, on=due_on) is None:
            seen.add(post.key)
            text = f"The post {post.title} is vacant on {long_date(due_on)}, when “{task.title}” is due."
            yield Conflict(clash=Clash.VACANT, ref=task.ref, text=text)


def _dated(tasks: Iterable[Milestone]) -> Iterator[tuple[Milestone, date]]:
    return ((task, task.due_on) for task in tasks if task.due_on)


def _span(from_on: date, until_on: date) -> str:
    return f"{long_date(from_on)} to {long_date(until_on)}"
