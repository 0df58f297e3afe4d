"""Word the mail that corrects a date: what the date was, what it is now, and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from timeline.calendar.london import london_date
from timeline.calendar.wording import awaited, count, days_left, near_date, short_day, without_year
from timeline.definitions.people import Person
from timeline.escalation.corrections import off_because, told_last
from timeline.escalation.prompts import ENDED, MOVED, SHADOW, LedgerEntry, Prompt
from timeline.escalation.task_context import TaskContext
from timeline.letters.asking.subject import fitted
from timeline.letters.phrases import NO_NAMES, act_of, heading_of, listed_as, owner_title, trial_run

Corrected = tuple[Prompt, TaskContext]

SORRY = "We are sorry if this has cost you work."
_DEAD = "The link in our earlier mails no longer works: please use"


@dataclass(frozen=True, kw_only=True)
class CorrectionTask:
    """Hold a task of a correction; each part is whole sentences, `now` is a clause.

    `url` is empty when there is nothing left to answer. `listed` names the task as lists and calendars do.
    """

    number: int
    title: str
    duty: str
    now: str
    was: str
    why: str
    follows: str
    url: str
    listed: str = ""


@dataclass(frozen=True, kw_only=True)
class CorrectionView:
    """Hold a correction to a person about a task or several; tasks with a link come first, in the order of the
    links.
    """

    programme_name: str
    council_name: str
    greeting_name: str
    intro: str
    tasks: tuple[CorrectionTask, ...]
    closing: tuple[str, ...]
    shadow_for: str
    ref: str


def linked(tasks: Sequence[Corrected]) -> tuple[Corrected, ...]:
    """Give the tasks that their reader can answer under the new date."""
    return tuple((prompt, task) for prompt, task in tasks if _answers(prompt, task))


def correction_view(
    tasks: Sequence[Corrected], person: Person, urls: Sequence[str], *, ref: str, replies: bool = False
) -> CorrectionView:
    """Build the mail; `urls` are the links of the tasks that `linked` gives, in the same order.

    `replies`: answers by mail are read.
    """
    council = tasks[0][1].council
    with_link = linked(tasks)
    others = [corrected for corrected in tasks if corrected not in with_link]
    rows = [*zip(with_link, urls, strict=True), *((corrected, "") for corrected in others)]
    return CorrectionView(
        programme_name=council.programme,
        council_name=council.name,
        greeting_name=person.name,
        intro=_intro(tasks),
        tasks=tuple(_task(number, corrected, url) for number, (corrected, url) in enumerate(rows, start=1)),
        closing=(f"{SORRY} Questions? Please reply to this mail." if replies else SORRY, NO_NAMES),
        shadow_for=_shadow(tasks),
        ref=ref,
    )


def correction_subject(tasks: Sequence[Corrected]) -> str:
    """Give words such as "New date, Thu 5 Dec: prepare the data lists", or "New dates for 2 tasks"."""
    changes = {_what(prompt, task) for prompt, task in tasks}
    change = changes.pop() if len(changes) == 1 else "Changes to"
    if len(tasks) > 1:
        return f"{'New dates for' if change == 'New date' else change} {count(len(tasks), 'task')}"
    ((prompt, task),) = tasks
    day = f", {short_day(prompt.key.due_on, on=task.on)}" if change == "New date" else ""
    return fitted(f"{change.removesuffix(':')}{day}: ", act_of(task.milestone))


def _what(prompt: Prompt, task: TaskContext) -> str:
    if prompt.key.rung == MOVED:
        last = _last_told(prompt, task)
        return "Needed after all:" if last and last.key.rung == ENDED else "New date"
    waits = task.milestone.due_on is None and not task.milestone.closed_because
    return "No date for now:" if waits else "No longer needed:"


def _intro(tasks: Sequence[Corrected]) -> str:
    if len(tasks) > 1:
        return "We told you dates on the improvement timeline that no longer hold. This is how things stand now."
    return "We told you a date on the improvement timeline that no longer holds. This is how things stand now."


def _task(number: int, corrected: Corrected, url: str) -> CorrectionTask:
    prompt, task = corrected
    return CorrectionTask(
        number=number,
        title=heading_of(task.milestone),
        duty=task.milestone.duty,
        now=_now(prompt, task),
        was=_was(prompt, task),
        why=_why(prompt, task),
        follows=" ".join(filter(None, (_done(prompt, task), _follows(prompt, task, url)))),
        url=url,
        listed=listed_as(task.milestone),
    )


def _last_told(prompt: Prompt, task: TaskContext) -> LedgerEntry | None:
    return told_last(task).get(prompt.deliver_to)


def _now(prompt: Prompt, task: TaskContext) -> str:
    milestone = task.milestone
    if prompt.key.rung == MOVED and milestone.due_on:
        left = days_left(milestone.due_on, on=task.on, calendar=task.office, legal_on=milestone.legal_on)
        return f"now {left}" if left.startswith("due") else left
    waits = f"no date for now: it waits for {awaited(milestone.waits_for)}" if milestone.waits_for else ""
    return waits if waits and not milestone.closed_because else "no longer needed"


def _was(prompt: Prompt, task: TaskContext) -> str:
    last = _last_told(prompt, task)
    if last is None or last.accepted_at is None:
        return ""
    told_on = london_date(last.accepted_at)
    you = "you, in the trial run," if prompt.key.person.startswith(SHADOW) else "you"
    we_told = f"On {near_date(told_on, on=task.on)} we told {you}"
    if last.key.rung == ENDED:
        return f"{we_told} that this was no longer needed."
    return f"{we_told} that this was due on {near_date(last.key.due_on, on=task.on)}."


def _why(prompt: Prompt, task: TaskContext) -> str:
    """Word who moved what and why, as recorded, then the plain sentence about the date that follows."""
    milestone = task.milestone
    off = off_because(milestone)
    if prompt.key.rung == ENDED:
        return "" if milestone.due_on is None and not milestone.closed_because else off
    moved = [step for step in milestone.why if " moved to " in step][-1:]
    return " ".join(filter(None, (*moved, without_year(milestone.because, on=task.on))))


def _done(prompt: Prompt, task: TaskContext) -> str:
    response = task.status.response
    if not task.status.is_done or response is None:
        return ""
    on = near_date(london_date(response.at), on=task.on)
    who = "You recorded it" if response.person == prompt.meant_for == prompt.deliver_to else "It was recorded"
    again = "" if prompt.key.rung == ENDED else " Please tell us if it has to be done again."
    return f"{who} as done on {on}.{again}"


def _follows(prompt: Prompt, task: TaskContext, url: str) -> str:
    if prompt.key.rung == ENDED:
        return "You do not need to do anything, and we will not ask again. The link in our earlier mails is closed."
    if not url:
        return _somebody_elses(task)
    if task.status.is_done:
        return f"{_DEAD} this one."
    return f"{_next(prompt, task)}{_DEAD} this one."


def _next(prompt: Prompt, task: TaskContext) -> str:
    later = (rung_time for rung_time in task.rung_times() if rung_time.at > task.at)
    mine = (rung_time for rung_time in later if any(_means(task, selector, prompt) for selector in rung_time.rung.to))
    at = next((rung_time.at for rung_time in mine), None)
    return f"We will write about it again on {near_date(at.date(), on=task.on)}, if it is still open. " if at else ""


def _means(task: TaskContext, selector: str, prompt: Prompt) -> bool:
    meant = task.audience.recipient(selector)
    return meant is not None and meant.person.key == prompt.meant_for


def _answers(prompt: Prompt, task: TaskContext) -> bool:
    """Tell whether this reader is still asked; a link for anybody else would be dead on arrival."""
    if prompt.key.rung == ENDED or prompt.key.person.startswith(SHADOW):
        return prompt.key.rung != ENDED and task.council.in_shadow(on=task.on)
    return prompt.selector != "owner" or _means(task, prompt.selector, prompt)


def _somebody_elses(task: TaskContext) -> str:
    owner = owner_title(task)
    return f"It is with the {owner} now: you do not need to do anything. The link in our earlier mails is closed."


def _shadow(tasks: Sequence[Corrected]) -> str:
    task = tasks[0][1]
    people = task.timeline.directory.people
    tried = [prompt for prompt, _ in tasks if prompt.key.person.startswith(SHADOW)]
    if not tried:
        return ""
    names = " and ".join(dict.fromkeys(people[prompt.meant_for].name for prompt in tried))
    if task.council.shadow_until and task.council.in_shadow(on=task.on):
        return trial_run(task.council, meant_for=names)
    return f"You were told of this in the trial run; it was for {names}."
