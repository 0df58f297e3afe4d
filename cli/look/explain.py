"""An occurrence as `why` and `show` print it: the whole explanation of its date, and every move."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from cli.look.tasks import Line, lines, referred
from config.settings import settings
from models.store import Store
from timeline.calendar.london import in_london
from timeline.calendar.wording import iso_date, long_date, short_date
from timeline.definitions.facts import Fact
from timeline.definitions.refs import is_task, occurrence_of
from timeline.planning.explanation import Explanation, of_occurrence
from timeline.planning.occurrences import Occurrence
from timeline.rules import Reading
from timeline.sign_off import summary as sign_off
from timeline.sign_off.countdown_wording import line


def explained(store: Store, ref: str, *, at: datetime) -> tuple[Explanation, ...]:
    """Explain the occurrence that REF names; return nothing when REF names a milestone."""
    tasks = referred(store, ref)
    of = occurrence_of(tasks[0])
    if len(tasks) == 1 and is_task(ref):
        return ()
    timeline = store.definitions.timeline(settings().working_hours)
    return tuple(
        of_occurrence(timeline, occurrence, at=at) for occurrence in store.plan.occurrences() if occurrence.ref == of
    )


def explanation_lines(explanation: Explanation) -> Iterator[str]:
    """List the heading, the dates and every sentence."""
    yield f"{explanation.ref}  {explanation.title}"
    yield from _dates(explanation)
    yield from explanation.sentences


def moved_lines(store: Store, explanation: Explanation) -> Iterator[str]:
    """List the heading, the dates as they stand, every move, every reading, and the trail without that of its tasks."""
    yield f"{explanation.ref}  {explanation.title}"
    yield from _dates(explanation)
    if not explanation.moves and explanation.original_on and explanation.original_on != explanation.legal_on:
        yield f"Originally {long_date(explanation.original_on)}."
    yield from explanation.moves
    yield from (reading.sentence for reading in explanation.readings if len(explanation.readings) > 1)
    of_tasks = {trail for task in referred(store, explanation.ref) for trail in store.audit.trail(task)}
    for trail in store.audit.trail(explanation.ref):
        if trail in of_tasks:
            continue
        at = in_london(trail.at)
        parts = [part for part in (trail.who, trail.what, trail.why) if part]
        yield f"{short_date(at.date())} {at:%H:%M}  {' · '.join(parts)}"


def _dates(explanation: Explanation) -> Iterator[str]:
    if explanation.opens_on and explanation.closes_on and not explanation.confirmed:
        yield f"Not confirmed yet: between {long_date(explanation.opens_on)} and {long_date(explanation.closes_on)}."
    elif explanation.legal_on and explanation.working_on:
        yield f"Legal date {long_date(explanation.legal_on)}, working date {long_date(explanation.working_on)}."
    elif explanation.legal_on:
        yield f"Legal date {long_date(explanation.legal_on)}."


def explanation_object(explanation: Explanation) -> dict[str, Any]:
    """Return the explanation as one JSON object."""
    return {
        "ref": explanation.ref,
        "title": explanation.title,
        "legal_on": iso_date(explanation.legal_on),
        "working_on": iso_date(explanation.working_on),
        "original_on": iso_date(explanation.original_on),
        "opens_on": iso_date(explanation.opens_on),
        "closes_on": iso_date(explanation.closes_on),
        "counted_from": _fact(explanation.counted_from) if explanation.counted_from else None,
        "counted": explanation.counted,
        "skipped": list(explanation.skipped),
        "readings": [_reading(reading) for reading in explanation.readings],
        "basis": explanation.basis,
        "status": explanation.status.value,
        "not_ours": explanation.not_ours,
        "steps": list(explanation.sentences),
    }


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "fact": fact.name,
        "on": fact.on.isoformat(),
        "who": fact.who,
        "source": fact.source,
        "inferred": fact.inferred,
    }


def _reading(reading: Reading) -> dict[str, Any]:
    return {
        "name": reading.name,
        "rule": reading.rule,
        "legal_on": iso_date(reading.legal_on),
        "working_on": iso_date(reading.working_on),
        "basis": reading.basis,
        "worked_to": reading.worked_to,
        "says": reading.says,
    }


def open_submissions(store: Store, shown: Iterable[Line]) -> Iterator[str]:
    """Write a line for each submission that a committee has to agree and that is not made yet."""
    occurrences = {occurrence.ref: occurrence for occurrence in store.plan.occurrences()}
    for submission in filter(_is_open_submission, shown):
        task, ref = submission.task, occurrence_of(submission.ref)
        if ref in occurrences:
            due_on = occurrences[ref].working_on
            counted = sign_off.of(task.timeline, task.milestone.obligation, due_on, on=task.on)
            if counted:
                yield f"{ref}: {line(counted)}"


def sentences(store: Store, ref: str, *, at: datetime) -> tuple[str, ...]:
    """Return the whole countdown of an occurrence, or of a milestone due up to its working date.

    It is empty once the submission is made.
    """
    of = occurrence_of(ref)
    occurrence = next((occurrence for occurrence in store.plan.occurrences() if occurrence.ref == of), None)
    if occurrence is None or not _leads_to(occurrence, ref):
        return ()
    submissions = filter(_is_open_submission, lines(store, at=at, prefix=f"{of}/"))
    task = next((line.task for line in submissions), None)
    if task is None:
        return ()
    return sign_off.sentences(task.timeline, occurrence.obligation, occurrence.working_on, on=task.on)


def headed(counted: Sequence[str]) -> tuple[str, ...]:
    """Put “Sign-off” before a countdown that people read below other sentences."""
    return (f"Sign-off: {counted[0]}", *counted[1:]) if counted else ()


def _is_open_submission(line: Line) -> bool:
    milestone = line.task.milestone
    return milestone.completes and not milestone.closed_because and not line.task.status.is_done


def _leads_to(occurrence: Occurrence, ref: str) -> bool:
    if ref == occurrence.ref:
        return True
    due_on = next((milestone.due_on for milestone in occurrence.milestones if milestone.ref == ref), None)
    return due_on is not None and due_on <= (occurrence.working_on or date.min)
