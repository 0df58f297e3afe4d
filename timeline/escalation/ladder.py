"""Climb the ladder: for every step of a milestone a prompt, or the reason for which it is held, and when to look again.

Late is still due. Run on its own outcome a decision gives nothing new.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import NamedTuple

from timeline.answers.responses import State, TaskStatus
from timeline.calendar.london import london_date
from timeline.calendar.wording import long_date
from timeline.definitions.duties import OWNER, Mark
from timeline.escalation import confirmation, held
from timeline.escalation.addressing import addressed, fallback_recipient
from timeline.escalation.answer_prompts import repeated_help_prompt
from timeline.escalation.held import Held, owed
from timeline.escalation.next_check import next_check_at
from timeline.escalation.prompts import CONFIRM, Prompt, PromptKey, PromptKind
from timeline.escalation.rung_times import RungTime
from timeline.escalation.task_context import TaskContext
from timeline.planning.occurrences import Milestone


class HeldStep(NamedTuple):
    """Keep a step that would speak and does not: `because` is a sentence. A whole ladder that rests has no rung."""

    rung: str
    selector: str
    because: str


@dataclass(frozen=True)
class Decision:
    """Hold the prompts of a milestone, and the next instant at which there may be more. `unassigned_steps` are the
    steps for which nobody is available, as "rung to selector". `held` only explains, to administrators, and decides
    nothing.
    """

    milestone: Milestone
    status: TaskStatus
    prompts: tuple[Prompt, ...] = ()
    superseded: tuple[Prompt, ...] = ()
    next_check_at: datetime | None = None
    unassigned_steps: tuple[str, ...] = ()
    held: tuple[HeldStep, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class Step:
    """Hold a rung time for a selector, and the prompt to say now or why nothing is said."""

    rung_time: RungTime
    selector: str
    outcome: Prompt | Held


def steps(task: TaskContext, *, until: datetime) -> tuple[Step, ...]:
    """List every step of the ladder, earliest first, each with its prompt or the reason it is held at `until`.

    One person gets the latest of the prompts that are due; the older ones are held, and carry what was never sent.
    """
    return _steps(task, task.rung_times(), until)


def _steps(task: TaskContext, rung_times: Sequence[RungTime], until: datetime) -> tuple[Step, ...]:
    each = [_step(task, rung_time, selector, until) for rung_time in rung_times for selector in rung_time.rung.to]
    latest = _latest(task, [step.outcome for step in each if isinstance(step.outcome, Prompt)])
    return tuple(replace(step, outcome=_beside(step.outcome, latest)) for step in each)


def decide(task: TaskContext, *, until: datetime) -> Decision:
    """Give the prompts due up to `until` (the end of the working day), for each person that of the latest rung.

    Older prompts that were never sent come back as superseded, so that the ledger can tell why.
    """
    silent = Decision(task.milestone, task.status)
    if waits_for_second_person(task):
        return _ask_second_person(task, silent, until)
    if not speaks(task):
        look_again_at = next_check_at(task, until=until) if owed(task) else None
        return replace(silent, next_check_at=look_again_at, held=tuple(_paused(task)))
    # Of a step to come there is nothing to decide yet.
    decided = _steps(task, [rung_time for rung_time in task.rung_times() if rung_time.at <= until], until)
    prompts = {step.outcome.key: step.outcome for step in decided if isinstance(step.outcome, Prompt)}
    older = (step.outcome.superseded for step in decided if isinstance(step.outcome, Held))
    superseded = {prompt.key: prompt for prompt in older if prompt and prompt.key not in prompts}
    return replace(
        silent,
        # A call for help stands beside the rungs: no other mail has its words.
        prompts=(*_by_person(prompts), *repeated_help_prompt(task)),
        superseded=_by_person(superseded),
        next_check_at=next_check_at(task, until=until),
        unassigned_steps=tuple(_unassigned(task, decided, until)),
        held=tuple(_held_back(decided)),
    )


def _paused(task: TaskContext) -> Iterator[HeldStep]:
    if task.pause and owed(task):
        yield HeldStep("", "", task.pause.sentence)


def _held_back(decided: Sequence[Step]) -> Iterator[HeldStep]:
    for step in decided:
        if isinstance(step.outcome, Held) and step.outcome.is_news:
            yield HeldStep(step.rung_time.rung.key, step.selector, step.outcome.reason)


def _by_person(prompts: Mapping[PromptKey, Prompt]) -> tuple[Prompt, ...]:
    return tuple(sorted(prompts.values(), key=lambda prompt: (prompt.key.person, prompt.rung_at)))


def speaks(task: TaskContext) -> bool:
    """Tell whether anybody is asked today: about what is owed, unless its duty is paused."""
    return owed(task) and task.pause is None


def waits_for_second_person(task: TaskContext) -> bool:
    """Tell whether somebody is asked to confirm it; the person who did it is asked no more."""
    return task.milestone.chased and not task.is_history and task.status.state is State.UNCONFIRMED


def _ask_second_person(task: TaskContext, silent: Decision, until: datetime) -> Decision:
    """Ask each person once, by the latest rung time; the older ones that were missed come back as superseded."""
    if task.pause:
        return replace(silent, next_check_at=task.pause.ends_at)
    made: dict[str, list[Prompt]] = {}
    for rung_time, to in confirmation.askings(task, until=until):
        if prompt := addressed(task, rung_time, to.post.key, to, PromptKind.REMINDER):
            made.setdefault(prompt.key.person, []).append(prompt)
    older = [prompt for prompts in made.values() for prompt in prompts[:-1]]
    return replace(
        silent,
        prompts=tuple(prompts[-1] for prompts in made.values()),
        superseded=tuple(replace(prompt, superseded_by=CONFIRM) for prompt in older),
        next_check_at=confirmation.look_again_at(task, until=until),
    )


def _step(task: TaskContext, rung_time: RungTime, selector: str, until: datetime) -> Step:
    reason = (
        held.whole_ladder(task)
        or held.rung(task, rung_time.rung, rung_time.at, until=until)
        or held.to_come(task, rung_time, until=until)
        or (held.NEXT_DAY_AT_WORK if _waits(task, rung_time, selector) else None)
    )
    return Step(rung_time, selector, reason or _outcome(task, rung_time, selector))


def _outcome(task: TaskContext, rung_time: RungTime, selector: str) -> Prompt | Held:
    reached = fallback_recipient(task, rung_time, selector, task.rung_times())
    if reached is None:
        return held.nobody(task, selector)
    owner = reached.selector == OWNER or reached.recipient.meant.key == task.milestone.owner
    reminder = owner and not task.audience.declined
    if reason := held.recipient(task, reached.recipient, reminder=reminder):
        return held.passed(task, rung_time.rung) or reason
    prompt = addressed(task, rung_time, *reached, PromptKind.REMINDER if reminder else PromptKind.ESCALATION)
    if prompt is None:
        return held.nobody(task, selector)
    reason = held.ledger(task, prompt)
    if reason and reason.entry and reached.selector != selector and reason.entry.selector in rung_time.rung.to:
        # The person of the next step is told by this rung anyway.
        return held.nobody(task, selector)
    return reason or _on_a_working_day(task, rung_time, prompt)


def _on_a_working_day(task: TaskContext, rung_time: RungTime, prompt: Prompt) -> Prompt | Held:
    return prompt if rung_time.rung.urgent or task.office.is_working(task.on) else held.NEXT_WORKING_DAY


def _latest(task: TaskContext, due: list[Prompt]) -> Mapping[str, Prompt | Held]:
    """Give for each person the one prompt to say, or the reason when its date has passed."""
    # If a person holds two posts, the post that is asked comes last.
    due.sort(key=lambda prompt: (prompt.key.person, prompt.rung_at, prompt.kind is PromptKind.REMINDER))
    latest = {prompt.key.person: prompt for prompt in due}
    return {person: prompt if _in_time(task, prompt) else held.PASSED for person, prompt in latest.items()}


def _beside(outcome: Prompt | Held, latest: Mapping[str, Prompt | Held]) -> Prompt | Held:
    if isinstance(outcome, Held):
        return outcome
    said = latest[outcome.key.person]
    if isinstance(said, Held) or said.key == outcome.key:
        return said
    return replace(held.LATER_RUNG, superseded=replace(outcome, superseded_by=said.key.rung))


def _waits(task: TaskContext, rung_time: RungTime, selector: str) -> bool:
    """Tell whether it waits for a person's day off; what is urgent, or late already, goes to the deputy at once."""
    late = rung_time.rung.mark is Mark.AFTER_DUE or rung_time.rung.urgent
    return not late and task.audience.waits_for_working_day(selector)


def _unassigned(task: TaskContext, decided: Sequence[Step], until: datetime) -> Iterator[str]:
    now = (step for step in decided if _speaks_now(task, step.rung_time, until))
    names = (f"{step.rung_time.rung.key} to {step.selector}" for step in now if task.audience.is_unowned(step.selector))
    yield from dict.fromkeys(names)


def _speaks_now(task: TaskContext, rung_time: RungTime, until: datetime) -> bool:
    working = rung_time.rung.urgent or task.office.is_working(task.on)
    return working and held.rung(task, rung_time.rung, rung_time.at, until=until) is None


def _in_time(task: TaskContext, prompt: Prompt) -> bool:
    """Tell whether it leaves by the due date, unless its rung counts after it: "due in" would be untrue."""
    rung = next(rung for rung in task.milestone.ladder.rungs if rung.key == prompt.key.rung)
    return rung.mark is Mark.AFTER_DUE or prompt.send_at.date() <= prompt.key.due_on


def ladder_ended(task: TaskContext) -> bool:
    """Tell whether every rung of a task that is not done, with all its repeats, lies behind.

    Such a task is what the board report draws on, also where somebody has answered "I have this", for that is not done,
    and where its duty is paused. What is done, not ours, closed, without a date, or was due before going live is not.
    """
    return owed(task) and all(rung_time.at <= task.at for rung_time in task.rung_times())


def last_reminder_on(task: TaskContext) -> date | None:
    """Give the day of the ladder's last rung time, as far as it is known now; None when it has none."""
    said_at = max((rung_time.at for rung_time in task.rung_times()), default=None)
    return london_date(said_at) if said_at else None


def sentence(task: TaskContext) -> str:
    """Word what a person reads of a task whose ladder has ended; empty for any other."""
    last_on = last_reminder_on(task)
    if last_on is None or not ladder_ended(task):
        return ""
    return f"The last reminder was for {long_date(last_on)}; it stands in the board report until it is done."
