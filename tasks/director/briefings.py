"""Make drafts for the lead member, take them back, and show them to people who may release them."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from config.settings import Settings
from models.store import Store
from tasks.council.run import CouncilRun
from timeline.answers.responses import AnswerRefused
from timeline.calendar.london import london_date
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.duties import DutyClass
from timeline.definitions.people import AnswersAs, Person
from timeline.delivery.messages import Message
from timeline.director.briefings import (
    Briefing,
    BriefingDecision,
    BriefingState,
    decide_briefings,
    may_press_until,
    no_longer,
)
from timeline.escalation.task_context import TaskContext
from timeline.letters.briefing import briefing_lines, closing, subject
from timeline.letters.page_views import DraftLine, DraftView

ELSEWHERE = "This draft is no longer there: it was released, discarded or taken back."


def keep_drafts(store: Store, settings: Settings, *, at: datetime) -> BriefingDecision:
    """Make the drafts that are wanted now and take back those that no longer hold; again at once, it does nothing."""
    known, timeline = store.inbound.briefings(), store.definitions.timeline(settings.working_hours)
    until_on = may_press_until(timeline.as_known(at=at).calendars.office, london_date(at))
    refs = store.plan.pressing(DutyClass.A, until_on=until_on, at=at)
    tasks = _tasks(store, settings, refs.union(briefing.milestone for briefing in _waiting(known)), at=at)
    decided = decide_briefings(tasks.values(), known, at=at)
    if decided.made or decided.withdrawn:
        store.inbound.keep_briefings(decided, at=at)
    return decided


def _waiting(known: Iterable[Briefing]) -> list[Briefing]:
    return [briefing for briefing in known if briefing.state is BriefingState.WAITING]


def _tasks(store: Store, settings: Settings, refs: Iterable[str], *, at: datetime) -> dict[str, TaskContext]:
    """Read these tasks as they are now, by reference, without those that the rules no longer give."""
    council_run = CouncilRun(store, settings, at)
    tasks = ((ref, council_run.task_context(ref)) for ref in sorted(refs))
    return {ref: task for ref, task in tasks if task}


def waiting(store: Store, settings: Settings, *, at: datetime) -> tuple[tuple[Briefing, TaskContext], ...]:
    """Read the drafts that wait and still hold, each with its task. Raises UnreadableRow also when none waits: where a
    council cannot be read, nobody is to take an empty list for its answer.
    """
    store.definitions.timeline(settings.working_hours)
    drafts = _waiting(store.inbound.briefings())
    tasks = _tasks(store, settings, {briefing.milestone for briefing in drafts}, at=at)
    each = ((briefing, tasks.get(briefing.milestone)) for briefing in drafts)
    return tuple((briefing, task) for briefing, task in each if task and not no_longer(task, briefing))


def of_message(store: Store, message: Message) -> Briefing | None:
    """Read the draft that became this mail."""
    return next((briefing for briefing in store.inbound.briefings() if briefing.message == message.key), None)


def why_not_sent(store: Store, settings: Settings, message: Message, *, at: datetime) -> str:
    """Tell why a released briefing that has not left must not leave now; empty while it holds."""
    briefing = of_message(store, message)
    if briefing is None:
        return "Its draft is not there."
    task = CouncilRun(store, settings, at).task_context(briefing.milestone)
    why = no_longer(task, briefing)
    if why or task is None:
        return why
    holder = task.timeline.directory.holder(task.council.lead_member, on=task.on)
    to = task.audience.delivered_to(holder) if holder else None
    return "" if to and to.person.key == message.deliver_to else "It is somebody else's now."


def listed(store: Store, settings: Settings, person: str, *, at: datetime) -> tuple[DraftLine, ...]:
    """List the drafts that this person (a key of the directory) may release."""
    if stand_of(store.definitions.timeline(settings.working_hours), person, at=at) is None:
        return ()
    return tuple(
        DraftLine(ref=briefing.milestone, title=task.milestone.title, because=briefing.because)
        for briefing, task in waiting(store, settings, at=at)
    )


def stand_of(timeline: CouncilTimeline, person: str, *, at: datetime) -> tuple[AnswersAs, str] | None:
    """Tell as what somebody may release drafts, and for whom (the director's key); None for anybody else."""
    return timeline.directory.acts_in(timeline.council.director, person, on=london_date(at))


def shown(store: Store, settings: Settings, person: Person, ref: str, *, at: datetime) -> DraftView:
    """Show a draft in the words that it would have now. Raises AnswerRefused with a sentence for people."""
    _, task = releasable(store, settings, person.key, ref, at=at)
    council, lines = task.council, briefing_lines(task)
    return DraftView(
        council_name=council.name,
        programme_name=council.programme,
        person_name=person.name,
        ref=ref,
        to_post=task.timeline.directory.posts[council.lead_member].title,
        subject=subject(task),
        lines=lines,
        closing=closing(),
        seen=digest(task),
    )


def digest(task: TaskContext) -> str:
    """Give a digest of a draft's words, which changes when the words change."""
    words = [subject(task), *(part for line in briefing_lines(task) for part in line)]
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:16]


def releasable(
    store: Store, settings: Settings, person: str, ref: str, *, at: datetime
) -> tuple[Briefing, TaskContext]:
    """Read a draft for a person who may release it. Raises AnswerRefused with a sentence for people."""
    timeline = store.definitions.timeline(settings.working_hours)
    if stand_of(timeline, person, at=at) is None:
        post = timeline.directory.posts[timeline.council.director].title
        raise AnswerRefused(f"Only the {post}, the deputy meanwhile and the assistant may see or release this.")
    pair = next((pair for pair in waiting(store, settings, at=at) if pair[0].milestone == ref), None)
    if pair is None:
        raise AnswerRefused(ELSEWHERE)
    return pair
