"""Explain an occurrence and its tasks, for `show`, `why` and the page of a task: dates, sign-off, absences, steps."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import NamedTuple

from timeline.calendar.wording import long_date
from timeline.definitions.away import away_sentence, not_over
from timeline.definitions.refs import occurrence_of
from timeline.definitions.standing import Standing
from timeline.escalation.rung_history import RungHistory, rung_history
from timeline.escalation.task_context import TaskContext
from timeline.planning.explanation import Explanation
from timeline.planning.occurrences import Milestone, Occurrence
from timeline.sign_off import summary as sign_off
from timeline.sign_off.countdown_wording import line
from timeline.steering.task_lines import Line

_SHOWN_REPEATS = 2


def dates(explanation: Explanation) -> Iterator[str]:
    """Say the dates of an occurrence as they stand."""
    if explanation.opens_on and explanation.closes_on and not explanation.confirmed:
        yield f"Not confirmed yet: between {long_date(explanation.opens_on)} and {long_date(explanation.closes_on)}."
    elif explanation.legal_on:
        working = f", working date {long_date(explanation.working_on)}" if explanation.working_on else ""
        yield f"{_named(explanation.standing)} {long_date(explanation.legal_on)}{working}."
    elif explanation.provisional_on:
        yield f"Provisional date {long_date(explanation.provisional_on)}: the bank holidays are not published yet."
    if agreed := explanation.agreed:
        yield f"Agreed with {agreed.who}: {long_date(agreed.on)} ({agreed.source})."


def task_dates(milestone: Milestone) -> str:
    """Say both dates of a task; empty while it has none."""
    if milestone.due_on is None or milestone.legal_on is None:
        return ""
    named = _named(milestone.standing)
    return f"Working date {long_date(milestone.due_on)}, {named.lower()} {long_date(milestone.legal_on)}"


def _named(standing: Standing) -> str:
    """Call a date a legal date only where law or a direction gives it."""
    return "Legal date" if standing.binds else "Date"


def moves(explanation: Explanation) -> Iterator[str]:
    """Say every move of an occurrence."""
    if not explanation.moves and explanation.original_on and explanation.original_on != explanation.legal_on:
        yield f"Originally {long_date(explanation.original_on)}."
    yield from explanation.moves


def readings(explanation: Explanation) -> Iterator[str]:
    """Say every reading of its rule, where there are several."""
    yield from (reading.sentence for reading in explanation.readings if len(explanation.readings) > 1)


def countdown(occurrence: Occurrence | None, ref: str, theirs: Iterable[Line]) -> tuple[str, ...]:
    """Give the whole countdown of an occurrence, or of a milestone due up to its working date.

    `theirs` are the tasks of the occurrence. It is empty once the submission is made.
    """
    if occurrence is None or not _leads_to(occurrence, ref):
        return ()
    task = next((line.task for line in theirs if _is_open_submission(line)), None)
    if task is None:
        return ()
    return sign_off.sentences(task.timeline, occurrence.obligation, occurrence.working_on, on=task.on)


def open_submissions(occurrences: Mapping[str, Occurrence], shown: Iterable[Line]) -> Iterator[str]:
    """Write a line for each submission that a committee has to agree and that is not made yet."""
    for submission in filter(_is_open_submission, shown):
        task, ref = submission.task, occurrence_of(submission.ref)
        if ref in occurrences:
            due_on = occurrences[ref].working_on
            counted = sign_off.of(task.timeline, task.milestone.obligation, due_on, on=task.on)
            if counted:
                yield f"{ref}: {line(counted)}"


def headed(counted: Sequence[str]) -> tuple[str, ...]:
    """Put “Sign-off” before a countdown that people read below other sentences."""
    return (f"Sign-off: {counted[0]}", *counted[1:]) if counted else ()


def days_away(task: TaskContext) -> Iterator[str]:
    """Say when whoever holds the owner's post is away, and who has the task meanwhile."""
    directory, on = task.timeline.directory, task.on
    holder = directory.holder(task.milestone.owner, on=on)
    for known in not_over(directory.known_absences, on=on):
        if holder and known.said.person == holder.person.key:
            yield away_sentence(directory, known, on=on)


class StepSaid(NamedTuple):
    """Tell a step of the ladder at an instant: to which posts, and what became of it."""

    at: datetime
    rung: str
    to: str
    what: str


def steps_said(task: TaskContext) -> Iterator[StepSaid]:
    """Give the steps of a task's ladder in order, the posts of a step together.

    Third and later repeats that are still to come are left out: they stand in the JSON only.
    """
    by_step = groupby(_near(task), key=lambda step: (step.at, step.rung, step.what))
    for (at, rung, what), steps in by_step:
        yield StepSaid(at, rung, ", ".join(step.to for step in steps), what)


def _near(task: TaskContext) -> list[RungHistory]:
    return [step for step in rung_history(task) if step.at <= task.at or step.repeat < _SHOWN_REPEATS]


def _is_open_submission(line: Line) -> bool:
    milestone = line.task.milestone
    return milestone.completes and not milestone.closed_because and not line.task.status.is_done


def _leads_to(occurrence: Occurrence, ref: str) -> bool:
    if ref == occurrence.ref:
        return True
    due_on = next((milestone.due_on for milestone in occurrence.milestones if milestone.ref == ref), None)
    return due_on is not None and due_on <= (occurrence.working_on or date.min)
