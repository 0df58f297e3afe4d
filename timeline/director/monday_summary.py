"""Gather the items of the director's Monday mail: to decide or sign, at risk, legal dates, moved, met.

By duty and post, never by name. It may be forwarded to anybody, so it names nothing under embargo, whoever reads it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import NamedTuple

from timeline.answers.responses import State
from timeline.calendar.wording import short_date
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.duties import OWNER
from timeline.definitions.facts import under_embargo
from timeline.definitions.people import Recipient
from timeline.director import law_dates
from timeline.director.before_live import was_this_done
from timeline.director.risks import Colours, by_date, day, due, of_duty, risks
from timeline.escalation.confirmation import confirmer
from timeline.escalation.held import owed
from timeline.escalation.ladder import waits_for_second_person
from timeline.escalation.task_context import TaskContext
from timeline.planning.endings.council_end import coming_end
from timeline.planning.occurrences import Occurrence, OccurrenceState
from timeline.planning.rescheduling import days

SOON = 10
"""Working days ahead in which the director's own tasks are named."""

Days = tuple[date, date]
"""The first and the last day of an occurrence, or of the window in which it lies."""


class Shift(NamedTuple):
    """Hold the state and the days of an occurrence before some instant and since (None: it had no days)."""

    ref: str
    was: Days | None
    now: Days | None
    state: OccurrenceState


@dataclass(frozen=True, kw_only=True)
class MondaySituation:
    """Hold everything that the mail is made of.

    `tasks` are all tasks, `occurrences` all occurrences by reference, `shifts` the changes since `since_at` (the last
    Monday mail), `drafts` the number of drafts that wait for release, `quiet` the duties about which nobody is asked.
    """

    timeline: CouncilTimeline
    since_at: datetime
    tasks: Sequence[TaskContext] = ()
    occurrences: Mapping[str, Occurrence] = field(default_factory=dict)
    shifts: Sequence[Shift] = ()
    drafts: int = 0
    quiet: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Summary:
    """Hold the items of each line, the most pressing first.

    `in_confidence` counts matters of the reader's own list that are not named, `at_risk_in_confidence` other matters
    that are at risk; `drafts` wait for release. `law` are the legal dates of the next four weeks, `no_meeting` the
    submissions that no recorded meeting of their committee can still agree, `before_live` what was due before going
    live and of which nobody has said that it was done. `ends` says that the council is to end.
    """

    decide: tuple[str, ...] = ()
    before_live: tuple[str, ...] = ()
    at_risk: tuple[str, ...] = ()
    law: tuple[str, ...] = ()
    no_meeting: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    met: tuple[str, ...] = ()
    in_confidence: int = 0
    at_risk_in_confidence: int = 0
    drafts: int = 0
    quiet: tuple[str, ...] = ()
    ends: str = ""

    @property
    def needs_nobody(self) -> bool:
        return not (
            self.decide
            or self.before_live
            or self.at_risk
            or self.no_meeting
            or self.in_confidence
            or self.at_risk_in_confidence
            or self.drafts
        )


def summary(situation: MondaySituation, *, reader: str, at: datetime) -> Summary:
    """Give the content of the mail to the holder of the post `reader`."""
    post = situation.timeline.council.director
    # A pause stops the asking, not the duty.
    pending = [task for task in situation.tasks if owed(task) or _to_confirm(task, post)]
    own = sorted((task for task in pending if needs(task, post)), key=by_date)
    colours = Colours(situation.tasks)
    risky = sorted((task for task in pending if task not in own and colours.at_risk(task)), key=colours.by_risk)
    return Summary(
        decide=tuple(_to_decide(task) for task in own if not under_embargo(task.milestone.embargoes, at=at)),
        before_live=tuple(_before_live(situation, at)),
        at_risk=tuple(risks((task for task in risky if not under_embargo(task.milestone.embargoes, at=at)), colours)),
        law=tuple(law_dates.coming(situation.timeline, situation.occurrences.values(), situation.tasks, at=at)),
        no_meeting=tuple(law_dates.without_meeting(situation.tasks, colours.decided, at=at)),
        moved=tuple(_moved(situation, at)),
        met=tuple(_met(situation, at)),
        in_confidence=_in_confidence(own, reader, at),
        at_risk_in_confidence=_in_confidence(risky, reader, at),
        drafts=situation.drafts,
        quiet=situation.quiet,
        ends=coming_end(situation.timeline, at=at),
    )


def needs(task: TaskContext, post: str) -> bool:
    """Tell whether a task waits for the holder of that post.

    It does if the holder owns it and it is due within ten working days or overdue, is asked to help, or is to confirm
    what another person has done. A task that the owner passed on waits for somebody else.
    """
    if helped_by(task, post) or _to_confirm(task, post):
        return True
    asked = task.audience.recipient(OWNER)
    mine = task.milestone.owner == post or (asked is not None and asked.meant.key == post)
    given = bool(task.status.delegated_to) and (asked is None or asked.meant.key != post)
    due_on = task.milestone.due_on
    return mine and not given and due_on is not None and due_on <= task.office.ahead(task.on, SOON)


def _to_confirm(task: TaskContext, post: str) -> bool:
    first = confirmer(task) if waits_for_second_person(task) else None
    return first is not None and first.post.key == post


def helped_by(task: TaskContext, post: str) -> bool:
    """Tell whether a call for help, or a declined task, has reached the holder of that post."""
    helper = _helper(task)
    return helper is not None and helper.meant.key == post


def _helper(task: TaskContext) -> Recipient | None:
    response = task.status.response
    if response is None or task.status.state not in (State.BLOCKED, State.DECLINED):
        return None
    return task.audience.helper_of(response.person)


def _in_confidence(tasks: Iterable[TaskContext], reader: str, at: datetime) -> int:
    hidden = (
        task
        for task in tasks
        if under_embargo(task.milestone.embargoes, at=at) and task.audience.in_circulation(reader)
    )
    return len({(task.milestone.obligation, task.milestone.number) for task in hidden})


def _before_live(situation: MondaySituation, at: datetime) -> Iterator[str]:
    """Name what was due before going live and may not have been done."""
    for task in was_this_done(situation.tasks):
        if task.milestone.due_on and not under_embargo(task.milestone.embargoes, at=at):
            yield f"{task.milestone.title}, due {day(task.milestone.due_on, task.on)}"


def _to_decide(task: TaskContext) -> str:
    helped = ", where help is asked for" if task.status.state is State.BLOCKED else ""
    helped = ", which was declined" if task.status.state is State.DECLINED else helped
    return f"{task.milestone.title}{helped}, {due(task)}"


def _moved(situation: MondaySituation, at: datetime) -> Iterator[str]:
    """List what lies ahead by its old date or its new date, sorted by the new date."""
    known = [shift for shift in situation.shifts if _may_be_told(situation, shift.ref, at)]
    for shift in sorted(known, key=lambda shift: (shift.now or shift.was or (date.max, date.max), shift.ref)):
        title = situation.occurrences[shift.ref].title
        if shift.state is OccurrenceState.CANCELLED:
            yield f"{title}: cancelled" + (f", was {_period(shift.was)}" if shift.was else "")
        elif shift.state is not OccurrenceState.TOOK_PLACE and shift.was != shift.now and shift.now:
            yield f"{title}: {f'{_period(shift.was)} → ' if shift.was else 'now '}{_period(shift.now)}"


def _period(period: Days) -> str:
    first_on, last_on = period
    return short_date(first_on) if first_on == last_on else days(first_on, last_on)


def _may_be_told(situation: MondaySituation, ref: str, at: datetime) -> bool:
    occurrence = situation.occurrences.get(ref)
    return occurrence is not None and occurrence.ours and not under_embargo(occurrence.embargoes, at=at)


def _met(situation: MondaySituation, at: datetime) -> Iterator[str]:
    """List first what was submitted or held, then what else was done, by duty."""
    for shift in situation.shifts:
        if shift.state is OccurrenceState.TOOK_PLACE and _may_be_told(situation, shift.ref, at):
            yield f"{situation.occurrences[shift.ref].title}, held {_period(shift.now)}" if shift.now else shift.ref
    done = [task for task in situation.tasks if _done_since(task, situation.since_at)]
    told = sorted((task for task in done if not under_embargo(task.milestone.embargoes, at=at)), key=of_duty)
    yield from (task.milestone.title for task in told if task.milestone.completes)
    for _, same in groupby((task for task in told if not task.milestone.completes), key=of_duty):
        tasks = list(same)
        yield tasks[0].milestone.title if len(tasks) == 1 else f"{tasks[0].milestone.duty}: {len(tasks)} tasks done"


def _done_since(task: TaskContext, since_at: datetime) -> bool:
    response = task.status.response
    met = task.status.confirmed or response
    return task.status.state is State.DONE and met is not None and met.at > since_at
