"""What a person reads when a date that was told no longer holds: what it was, what it is now, and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from timeline.calendar.london import london_date
from timeline.calendar.wording import count, days_left, long_date, near_date
from timeline.definitions.people import Person
from timeline.escalation.corrections import off_because, told_last
from timeline.escalation.prompts import ENDED, MOVED, SHADOW, LedgerEntry, Prompt
from timeline.escalation.task_context import TaskContext
from timeline.planning.explanation import brief

Corrected = tuple[Prompt, TaskContext]
_DEAD = "The link in our earlier mails no longer works: please use"


@dataclass(frozen=True, kw_only=True)
class CorrectionTask:
    """One task of a correction; each part is whole sentences, `now` a clause. `url` is empty when there is nothing
    left to answer.
    """

    number: int
    title: str
    duty: str
    now: str
    was: str
    why: str
    follows: str
    url: str


@dataclass(frozen=True, kw_only=True)
class CorrectionView:
    """One correction to one person, about one or several tasks: those with a link come first, in the links' order."""

    programme_name: str
    council_name: str
    greeting_name: str
    intro: str
    tasks: tuple[CorrectionTask, ...]
    closing: tuple[str, ...]
    shadow_for: str
    ref: str


def linked(told: Sequence[Corrected]) -> tuple[Corrected, ...]:
    """The tasks that their reader can answer under the new date."""
    return tuple((prompt, task) for prompt, task in told if _answers(prompt, task))


def correction_view(told: Sequence[Corrected], person: Person, urls: Sequence[str], *, ref: str) -> CorrectionView:
    """One mail; `urls` are the links of those that `linked` gives, in the same order."""
    council = told[0][1].council
    with_link = linked(told)
    others = [corrected for corrected in told if corrected not in with_link]
    rows = [*zip(with_link, urls, strict=True), *((corrected, "") for corrected in others)]
    return CorrectionView(
        programme_name=council.programme,
        council_name=council.name,
        greeting_name=person.name,
        intro=_intro(told),
        tasks=tuple(_task(number, corrected, url) for number, (corrected, url) in enumerate(rows, start=1)),
        closing=(
            "We are sorry if this has cost you work. Questions? Please reply to this mail.",
            "Please do not name a child, a family or a case number in an answer.",
        ),
        shadow_for=_shadow(told),
        ref=ref,
    )


def correction_subject(told: Sequence[Corrected]) -> str:
    """Such as "Improvement programme: New date for Data lists for the visit"."""
    what = {_what(prompt, task) for prompt, task in told}
    said = what.pop() if len(what) == 1 else "Changes to"
    if len(told) == 1:
        return f"{told[0][1].council.programme}: {said} {told[0][1].milestone.title}"
    said = said.replace("New date for", "New dates for")
    return f"{told[0][1].council.programme}: {said} {count(len(told), 'task')}"


def _what(prompt: Prompt, task: TaskContext) -> str:
    if prompt.key.rung == MOVED:
        last = _told(prompt, task)
        return "Needed after all:" if last and last.key.rung == ENDED else "New date for"
    waits = task.milestone.due_on is None and not task.milestone.closed_because
    return "No date for now:" if waits else "No longer needed:"


def _intro(told: Sequence[Corrected]) -> str:
    if len(told) > 1:
        return "We told you dates on the improvement timeline that no longer hold. This is how things stand now."
    return "We told you a date on the improvement timeline that no longer holds. This is how things stand now."


def _task(number: int, corrected: Corrected, url: str) -> CorrectionTask:
    prompt, task = corrected
    return CorrectionTask(
        number=number,
        title=task.milestone.title,
        duty=task.milestone.duty,
        now=_now(prompt, task),
        was=_was(prompt, task),
        why=_why(prompt, task),
        follows=" ".join(filter(None, (_done(prompt, task), _follows(prompt, task, url)))),
        url=url,
    )


def _told(prompt: Prompt, task: TaskContext) -> LedgerEntry | None:
    return told_last(task).get(prompt.deliver_to)


def _now(prompt: Prompt, task: TaskContext) -> str:
    milestone = task.milestone
    if prompt.key.rung == MOVED and milestone.due_on:
        left = days_left(milestone.due_on, on=task.on, calendar=task.office, legal_on=milestone.legal_on)
        return f"now {left}" if left.startswith("due") else left
    waits = f"no date for now: it waits for {' and '.join(milestone.waits_for)}" if milestone.waits_for else ""
    return waits if waits and not milestone.closed_because else "no longer needed"


def _was(prompt: Prompt, task: TaskContext) -> str:
    last = _told(prompt, task)
    if last is None or last.accepted_at is None:
        return ""
    told_on = london_date(last.accepted_at)
    said = f"On {near_date(told_on, on=task.on)} we told"
    if prompt.key.person.startswith(SHADOW):
        said += " you, in the trial run,"
    else:
        said += " you"
    if last.key.rung == ENDED:
        return f"{said} that this was no longer needed."
    return f"{said} that this was due on {near_date(last.key.due_on, on=task.on)}."


def _why(prompt: Prompt, task: TaskContext) -> str:
    """Who moved what and why, as it was recorded, then how the date follows from it."""
    milestone = task.milestone
    off = off_because(milestone)
    if prompt.key.rung == ENDED:
        return "" if milestone.due_on is None and not milestone.closed_because else off
    moved = [step for step in milestone.why if " moved to " in step][-1:]
    return " ".join(dict.fromkeys((*moved, *brief(task.milestone))))


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
    meant = task.recipient(selector)
    return meant is not None and meant.person.key == prompt.meant_for


def _answers(prompt: Prompt, task: TaskContext) -> bool:
    """Whoever is still asked; the link of one to whom it no longer belongs would be dead on arrival."""
    if prompt.key.rung == ENDED or prompt.key.person.startswith(SHADOW):
        return prompt.key.rung != ENDED and task.council.in_shadow(on=task.on)
    return prompt.selector != "owner" or _means(task, prompt.selector, prompt)


def _somebody_elses(task: TaskContext) -> str:
    owner = task.timeline.directory.posts[task.milestone.owner].title
    return f"It is with the {owner} now: you do not need to do anything. The link in our earlier mails is closed."


def _shadow(told: Sequence[Corrected]) -> str:
    people = told[0][1].timeline.directory.people
    tried = [prompt for prompt, _ in told if prompt.key.person.startswith(SHADOW)]
    if not tried:
        return ""
    names = " and ".join(dict.fromkeys(people[prompt.meant_for].name for prompt in tried))
    council, on = told[0][1].council, told[0][1].on
    if council.shadow_until and council.in_shadow(on=on):
        return f"Trial run until {long_date(council.shadow_until)}: this would have gone to {names}."
    return f"You were told of this in the trial run; it was for {names}."
