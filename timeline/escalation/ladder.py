"""The ladder: which rungs are due for one milestone, what they supersede, and when to look again.

Late is still due. Run on its own outcome a decision gives nothing new.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby

from timeline.answers.responses import State, TaskStatus
from timeline.calendar.london import london_date
from timeline.calendar.wording import long_date
from timeline.definitions.duties import OWNER, Level, Mark
from timeline.definitions.people import Recipient
from timeline.escalation import confirmation
from timeline.escalation.addressing import addressed, fallback_recipient
from timeline.escalation.answer_prompts import repeated_help_prompt
from timeline.escalation.next_check import next_check_at
from timeline.escalation.prompts import CONFIRM, Prompt, PromptKind
from timeline.escalation.rung_times import RungTime
from timeline.escalation.task_context import TaskContext
from timeline.planning.occurrences import Milestone

# Working days before the due date; until then a class A duty stays with the director.
CHIEF_EXECUTIVE_FROM = 2


@dataclass(frozen=True)
class Decision:
    """What to say about one milestone, and the next instant at which there may be something to say. `unowned` are the
    steps that nobody is there for, as "rung to selector".
    """

    milestone: Milestone
    status: TaskStatus
    prompts: tuple[Prompt, ...] = ()
    superseded: tuple[Prompt, ...] = ()
    next_check_at: datetime | None = None
    unassigned_steps: tuple[str, ...] = ()


def decide(task: TaskContext, *, until: datetime) -> Decision:
    """The prompts due up to `until` (the end of the working day), one for each person: the latest rung.

    The older ones that were never said come back as superseded, so that the ledger can tell why.
    """
    silent = Decision(task.milestone, task.status)
    if waits_for_second_person(task):
        return _ask_second_person(task, silent, until)
    if not speaks(task):
        return replace(silent, next_check_at=next_check_at(task, until=until) if owed(task) else None)
    rung_times = task.rung_times()
    due = [prompt for rung_time in rung_times for prompt in _prompts(task, rung_time, rung_times, until)]
    # Of two posts that one person holds, the one that is asked comes last.
    due.sort(key=lambda one: (one.key.person, one.rung_at, one.kind is PromptKind.REMINDER))
    prompts, superseded = [], []
    for _, group in groupby(due, key=lambda prompt: prompt.key.person):
        *older, latest = group
        if _in_time(task, latest):
            prompts.append(latest)
            unsaid = {prompt.key: prompt for prompt in older if prompt.key != latest.key}
            superseded += [replace(prompt, superseded_by=latest.key.rung) for prompt in unsaid.values()]
    return replace(
        silent,
        # A call for help stands beside the rungs: no other mail has its words.
        prompts=(*prompts, *repeated_help_prompt(task)),
        superseded=tuple(superseded),
        next_check_at=next_check_at(task, until=until),
        unassigned_steps=tuple(_unowned(task, rung_times, until)),
    )


def speaks(task: TaskContext) -> bool:
    """Whether anybody is asked today: about what is owed, unless its duty is paused."""
    return owed(task) and task.pause is None


def owed(task: TaskContext) -> bool:
    """Whether anybody is asked at all: not about what is done, what is not ours, or what was due before going live."""
    return task.milestone.chased and not task.is_history and not task.status.is_done


def waits_for_second_person(task: TaskContext) -> bool:
    """Whether somebody is asked to confirm it; whoever did it is asked no more."""
    return task.milestone.chased and not task.is_history and task.status.state is State.UNCONFIRMED


def _ask_second_person(task: TaskContext, silent: Decision, until: datetime) -> Decision:
    """The latest saying for each person; the older ones that were missed come back as superseded."""
    if task.pause:
        return replace(silent, next_check_at=task.pause.ends_at)
    made: dict[str, list[Prompt]] = {}
    for rung_time, to in confirmation.askings(task, until=until):
        if prompt := addressed(task, rung_time, to.post.key, to, PromptKind.REMINDER):
            made.setdefault(prompt.key.person, []).append(prompt)
    older = [one for prompts in made.values() for one in prompts[:-1]]
    return replace(
        silent,
        prompts=tuple(prompts[-1] for prompts in made.values()),
        superseded=tuple(replace(one, superseded_by=CONFIRM) for one in older),
        next_check_at=confirmation.look_again_at(task, until=until),
    )


def _prompts(
    task: TaskContext, rung_time: RungTime, rung_times: Sequence[RungTime], until: datetime
) -> Iterator[Prompt]:
    if not _speaks_now(task, rung_time, until):
        return
    for selector in rung_time.rung.to:
        if _waits(task, rung_time, selector):
            continue
        to = fallback_recipient(task, rung_time, selector, rung_times)
        if to and (prompt := _prompt(task, rung_time, *to)) and _is_new(task, prompt):
            yield prompt


def _speaks_now(task: TaskContext, rung_time: RungTime, until: datetime) -> bool:
    if rung_time.at > until or task.is_silenced(rung_time.rung, until=until):
        return False
    return rung_time.rung.urgent or task.office.is_working(task.on)


def _waits(task: TaskContext, rung_time: RungTime, selector: str) -> bool:
    """For somebody whose day off it is: what is urgent, or late already, goes to the deputy at once."""
    late = rung_time.rung.mark is Mark.AFTER_DUE or rung_time.rung.urgent
    return not late and task.waits_for_working_day(selector)


def _unowned(task: TaskContext, rung_times: Sequence[RungTime], until: datetime) -> Iterator[str]:
    now = (rung_time for rung_time in rung_times if _speaks_now(task, rung_time, until))
    steps = (
        (rung_time.rung.key, selector)
        for rung_time in now
        for selector in rung_time.rung.to
        if task.is_unowned(selector)
    )
    yield from dict.fromkeys(f"{rung} to {selector}" for rung, selector in steps)


def _in_time(task: TaskContext, prompt: Prompt) -> bool:
    """Whether it leaves by the due date, unless its rung counts after it: "due in" would be untrue."""
    rung = next(one for one in task.milestone.ladder.rungs if one.key == prompt.key.rung)
    return rung.mark is Mark.AFTER_DUE or prompt.send_at.date() <= prompt.key.due_on


def _prompt(task: TaskContext, rung_time: RungTime, selector: str, recipient: Recipient) -> Prompt | None:
    asked = selector == OWNER or recipient.meant.key == task.milestone.owner
    if asked and not task.declined:
        return addressed(task, rung_time, selector, recipient, PromptKind.REMINDER)
    if not task.owner_had_notice() or too_early(task, recipient):
        return None
    return addressed(task, rung_time, selector, recipient, PromptKind.ESCALATION)


def too_early(task: TaskContext, recipient: Recipient) -> bool:
    """The chief executive hears from two working days before the date (design, "Class")."""
    due_on = task.milestone.due_on
    chief = Level.CHIEF_EXECUTIVE in (recipient.post.level, recipient.meant.level)
    return chief and due_on is not None and task.on < task.office.subtract(due_on, CHIEF_EXECUTIVE_FROM)


def _is_new(task: TaskContext, prompt: Prompt) -> bool:
    """Not said yet, and nothing later was said to the same person since: an older rung would only repeat it. Nor does
    it repeat what a correction tells.
    """
    if task.corrected(prompt.key.person, prompt.rung_at, timed=prompt.timed):
        return False
    asked = (entry for entry in task.entries if entry.kind is not PromptKind.CORRECTION and not entry.paused)
    entries = [entry for entry in asked if entry.key.person == prompt.key.person]
    if any(entry.key == prompt.key for entry in entries):
        return False
    return not any(task.is_superseded_by(entry, prompt.rung_at) for entry in entries)


def ladder_ended(task: TaskContext) -> bool:
    """Whether the ladder has had its last word about a task that is not done: every saying of every rung, with all its
    repeats, lies behind.

    Such a task is what the board report draws on, also where somebody has answered "I have this", for that is not done,
    and where its duty is paused. What is done, not ours, closed, without a date, or was due before going live is not.
    """
    return owed(task) and all(rung_time.at <= task.at for rung_time in task.rung_times())


def last_reminder_on(task: TaskContext) -> date | None:
    """The day of the ladder's last saying, as far as it is known now; None when it has none."""
    said_at = max((rung_time.at for rung_time in task.rung_times()), default=None)
    return london_date(said_at) if said_at else None


def sentence(task: TaskContext) -> str:
    """What a person reads of a task whose ladder has ended; empty for any other."""
    last_on = last_reminder_on(task)
    if last_on is None or not ladder_ended(task):
        return ""
    return f"The last reminder was for {long_date(last_on)}; it stands in the board report until it is done."
