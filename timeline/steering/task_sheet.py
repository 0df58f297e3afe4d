"""Build the page of a task or an occurrence: its dates, who is asked and when, what was said, answered and recorded."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from timeline.answers.responses import Response
from timeline.calendar.london import in_london
from timeline.calendar.wording import date_and_time, short_date
from timeline.definitions.refs import occurrence_of
from timeline.escalation.next_check import next_reminder_at
from timeline.escalation.task_context import TaskContext
from timeline.letters.task_page import answered_sentence, state_phrase
from timeline.planning.explanation import Explanation, of_milestone
from timeline.planning.occurrences import Occurrence
from timeline.steering.explained import countdown, dates, days_away, moves, steps_said, task_dates
from timeline.steering.task_lines import Line
from timeline.steering.timeline_sheet import ListedTask, listed

# A page names no command: the same is done on the page of changes.
_COMMAND = " When it is known: daymark"


class Moment(NamedTuple):
    """Tell when something was, or is to be, and what."""

    when: str
    what: str


@dataclass(frozen=True, kw_only=True)
class TaskSheet:
    """Hold the page of a task; texts are empty where there is nothing to say.

    `dates` and `counted` say the dates and what they were counted from, `asked` who is asked now and `next_asked` when
    next, `steps` what was said to whom and what is to come, `trail` what was recorded about it.
    """

    council_name: str
    programme_name: str
    task: ListedTask
    occurrence: str
    duty_class: str
    asks: str
    state_phrase: str
    dates: str
    counted: tuple[str, ...]
    standing: str
    sign_off: tuple[str, ...]
    asked: str
    next_asked: str
    away: tuple[str, ...]
    pause: str
    steps: tuple[Moment, ...]
    answers: tuple[str, ...]
    trail: tuple[Moment, ...]


@dataclass(frozen=True, kw_only=True)
class OccurrenceSheet:
    """Hold the page of an occurrence: its dates, every move, its tasks, and what was recorded about it."""

    council_name: str
    programme_name: str
    ref: str
    title: str
    dates: tuple[str, ...]
    moves: tuple[str, ...]
    counted: tuple[str, ...]
    sign_off: tuple[str, ...]
    tasks: tuple[ListedTask, ...]
    trail: tuple[Moment, ...]


def task_sheet(
    line: Line,
    occurrence: Occurrence | None,
    theirs: Iterable[Line],
    *,
    responses: Sequence[Response],
    trail: Iterable[Moment],
) -> TaskSheet:
    """Build the page of a task; `theirs` are all tasks of its occurrence, `responses` all answers about it."""
    task, milestone = line.task, line.task.milestone
    return TaskSheet(
        council_name=task.council.name,
        programme_name=task.council.programme,
        task=listed(line),
        occurrence=occurrence_of(milestone.ref),
        duty_class=milestone.duty_class.value,
        asks=milestone.asks,
        state_phrase=state_phrase(task),
        dates=task_dates(milestone),
        counted=without_commands(of_milestone(milestone, task.timeline)),
        standing=milestone.standing.sentence,
        sign_off=countdown(occurrence, milestone.ref, theirs),
        asked=_asked(task),
        next_asked=_next_asked(task),
        away=tuple(days_away(task)),
        pause=task.pause.sentence if task.pause else "",
        steps=tuple(Moment(moment(said.at), f"{said.rung} to {said.to}: {said.what}") for said in steps_said(task)),
        answers=tuple(answered_sentence(task, response) for response in responses),
        trail=tuple(trail),
    )


def occurrence_sheet(
    explanation: Explanation, lines: Sequence[Line], sign_off: Sequence[str], trail: Iterable[Moment]
) -> OccurrenceSheet:
    """Build the page of an occurrence with all its tasks."""
    council = lines[0].task.council
    return OccurrenceSheet(
        council_name=council.name,
        programme_name=council.programme,
        ref=explanation.ref,
        title=explanation.title,
        dates=tuple(dates(explanation)),
        moves=tuple(moves(explanation)),
        counted=without_commands(explanation.sentences),
        sign_off=tuple(sign_off),
        tasks=tuple(map(listed, lines)),
        trail=tuple(trail),
    )


def recorded(at: datetime, who: str, what: str, via: str, why: str) -> Moment:
    """Word a line of the trail, as `show` prints it."""
    parts = (who, what, by_way(via), why)
    return Moment(moment(at), " · ".join(part for part in parts if part))


def by_way(via: str) -> str:
    """Word the way by which something came or went."""
    return "via Teams" if via == "teams" else via and f"by {via}"


def moment(at: datetime) -> str:
    """Word an instant in a list, such as "Thu 14 Nov 2019 08:30"."""
    local = in_london(at)
    return f"{short_date(local.date())} {local:%H:%M}"


def without_commands(sentences: Iterable[str]) -> tuple[str, ...]:
    """Leave the commands out of an explanation."""
    said = (sentence.partition(_COMMAND)[0] for sentence in sentences)
    return tuple(sentence for sentence in said if "daymark " not in sentence)


def _asked(task: TaskContext) -> str:
    """Say who is asked now, and in whose place; empty where nobody is."""
    asked = task.audience.asked()
    if asked is None or task.status.is_done or not task.milestone.chased:
        return ""
    away = f", in place of {asked.in_place_of.person.name}" if asked.in_place_of else ""
    return f"{asked.person.name}, {asked.post.title}{away}"


def _next_asked(task: TaskContext) -> str:
    at = None if task.status.is_done or not task.milestone.chased or task.is_history else next_reminder_at(task)
    return date_and_time(at) if at else ""
