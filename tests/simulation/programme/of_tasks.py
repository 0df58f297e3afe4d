"""Count the promises a second time, from the world's own reckoning of the dates and its account of the answers."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from tests.simulation.days import london
from tests.simulation.programme.diary import number
from tests.simulation.programme.reading import rows, text
from tests.simulation.reckoning import Reckoning, Task
from timeline.answers.responses import Answer
from timeline.definitions.refs import duty_of
from timeline.reports.document import Report

if TYPE_CHECKING:
    from tests.simulation.programme.recount import Lived, Told


def _done_on(task: Task, lived: "Lived") -> date | None:
    """Give the day on which a task was said to be done, and not sent back since, or of the fact that says so."""
    given = [each for each in lived.world.account.answers[task.ref] if each.at <= lived.until]
    decided = [each for each in given if each.answer in (Answer.DONE, Answer.RETURNED)]
    if task.recorded and not (decided and decided[-1].at > task.recorded.known_at):
        return task.recorded.on
    return london(decided[-1].at).date() if decided and decided[-1].answer is Answer.DONE else None


def _promised(lived: "Lived") -> Iterator[tuple[Task, date, date | None]]:
    """Give the tasks that somebody owes or owed, each with its last day."""
    start, reckoning = lived.world.town.start, Reckoning(lived.world.known, lived.until)
    for task in reckoning.tasks.values():
        done_on = _done_on(task, lived)
        if task.due_on and task.due_on >= start and not task.embargoes and (done_on or not task.closed):
            yield task, max(task.due_on, task.legal_on or task.due_on), done_on


def _what(last_on: date, done_on: date | None, on: date) -> str:
    if done_on:
        return "by its day" if done_on <= last_on else "late"
    return "not done" if last_on < on else "to come"


def kept(report: Report, lived: "Lived") -> Iterator["Told"]:
    """Count by duty what was kept, late and missed."""
    titles = {duty.key: duty.title for duty in lived.world.known.obligations}
    counted: dict[str, Counter[str]] = {}
    for task, last_on, done_on in _promised(lived):
        what = _what(last_on, done_on, lived.on)
        if what != "to come" and last_on <= lived.on:
            counted.setdefault(titles[duty_of(task.ref)], Counter())[what] += 1
    names = ("by its day", "late", "not done")
    expected = {duty: [of.total(), *(of[name] for name in names)] for duty, of in counted.items()}
    told = {row[0]: list(row[1:]) for row in rows(report, "Promises by duty")}
    yield "promises by duty", told, {duty: list(map(number, of)) for duty, of in expected.items()}
    total = sum(of.total() for of in counted.values())
    if total:
        by_day, late, missed = (number(sum(of[name] for of in counted.values())) for name in names)
        tasks = "1 task" if total == 1 else f"{number(total)} tasks"
        sentence = f"{tasks[:1].upper()}{tasks[1:]} fell due: {by_day} done by the day, {late} late, {missed} not done."
        yield "all promises", [line[: len(sentence)] for line in text(report) if " fell due: " in line], [sentence]


def overdue(report: Report, lived: "Lived") -> Iterator["Told"]:
    """Count by post what is owed and past its day."""
    late: Counter[str] = Counter()
    for task, last_on, done_on in _promised(lived):
        if done_on is None and last_on < lived.on:
            late[lived.title(task.owner)] += 1
    lines = [line for line in text(report, "What was escalated") if ", since " in line]
    told = {post: said.partition(",")[0] for post, _, said in (line.partition(": ") for line in lines)}
    yield "tasks past their day", told, {post: number(n) for post, n in late.items()}
