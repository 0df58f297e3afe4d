"""An occurrence as `why` and `show` print it: the whole explanation of its date, and every move."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from cli.look.tasks import Line, lines, referred
from config.settings import settings
from models.store import Store
from timeline.calendar.bank_holidays import LONDON
from timeline.calendar.wording import long_date, short_date
from timeline.definitions.facts import Fact
from timeline.planning.explanation import Explanation, of_occurrence
from timeline.planning.occurrences import Occurrence
from timeline.rules import Reading
from timeline.sign_off import summary as sign_off
from timeline.sign_off.countdown_wording import line

# obligation/number/milestone
_PARTS = 3


def explained(store: Store, ref: str, *, at: datetime) -> tuple[Explanation, ...]:
    """The occurrence that REF means; none when it means a milestone."""
    tasks = referred(store, ref)
    of, key = tasks[0].rsplit("/", 1)
    if len(tasks) == 1 and ref.count("/") == _PARTS - 1 and key:
        return ()
    timeline = store.timeline(settings().working_hours)
    return tuple(of_occurrence(timeline, one, at=at) for one in store.occurrences() if one.ref == of)


def explanation_lines(found: Explanation) -> Iterator[str]:
    """The heading and then every sentence."""
    yield f"{found.ref}  {found.title}"
    yield from _dates(found)
    yield from found.sentences


def moved_lines(store: Store, found: Explanation) -> Iterator[str]:
    """The heading, the dates as they stand, every reading, every move, and the trail but for that of its tasks."""
    yield f"{found.ref}  {found.title}"
    yield from _dates(found)
    if not found.moves and found.original_on and found.original_on != found.legal_on:
        yield f"Originally {long_date(found.original_on)}."
    yield from found.moves
    yield from (one.sentence for one in found.readings if len(found.readings) > 1)
    of_tasks = {one for task in referred(store, found.ref) for one in store.trail(task)}
    for one in store.trail(found.ref):
        if one in of_tasks:
            continue
        at = one.at.astimezone(LONDON)
        parts = [part for part in (one.who, one.what, one.why) if part]
        yield f"{short_date(at.date())} {at:%H:%M}  {' · '.join(parts)}"


def _dates(found: Explanation) -> Iterator[str]:
    if found.opens_on and found.closes_on and not found.confirmed:
        yield f"Not confirmed yet: between {long_date(found.opens_on)} and {long_date(found.closes_on)}."
    elif found.legal_on and found.working_on:
        yield f"Legal date {long_date(found.legal_on)}, working date {long_date(found.working_on)}."
    elif found.legal_on:
        yield f"Legal date {long_date(found.legal_on)}."


def explanation_object(found: Explanation) -> dict[str, Any]:
    """The same as one JSON object."""
    return {
        "ref": found.ref,
        "title": found.title,
        "legal_on": _iso(found.legal_on),
        "working_on": _iso(found.working_on),
        "original_on": _iso(found.original_on),
        "opens_on": _iso(found.opens_on),
        "closes_on": _iso(found.closes_on),
        "counted_from": _fact(found.counted_from) if found.counted_from else None,
        "counted": found.counted,
        "skipped": list(found.skipped),
        "readings": [_reading(one) for one in found.readings],
        "basis": found.basis,
        "status": found.status.value,
        "not_ours": found.not_ours,
        "steps": list(found.sentences),
    }


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "fact": fact.name,
        "on": fact.on.isoformat(),
        "who": fact.who,
        "source": fact.source,
        "inferred": fact.inferred,
    }


def _reading(one: Reading) -> dict[str, Any]:
    return {
        "name": one.name,
        "rule": one.rule,
        "legal_on": _iso(one.legal_on),
        "working_on": _iso(one.working_on),
        "basis": one.basis,
        "worked_to": one.worked_to,
        "says": one.says,
    }


def _iso(on: date | None) -> str | None:
    return on.isoformat() if on else None


def open_submissions(store: Store, shown: Iterable[Line]) -> Iterator[str]:
    """One line for each submission that a committee has to agree and nobody has made yet."""
    occurrences = {one.ref: one for one in store.occurrences()}
    for submission in filter(_is_open_submission, shown):
        found, ref = submission.found, _occurrence_of(submission.ref)
        if ref in occurrences:
            due_on = occurrences[ref].working_on
            counted = sign_off.of(found.timeline, found.milestone.obligation, due_on, on=found.on)
            if counted:
                yield f"{ref}: {line(counted)}"


def sentences(store: Store, ref: str, *, at: datetime) -> tuple[str, ...]:
    """The whole countdown of an occurrence, or of a milestone due up to its working date, until it is submitted."""
    of = _occurrence_of(ref)
    occurrence = next((one for one in store.occurrences() if one.ref == of), None)
    if occurrence is None or not _leads_to(occurrence, ref):
        return ()
    submissions = filter(_is_open_submission, lines(store, at=at, prefix=f"{of}/"))
    found = next((one.found for one in submissions), None)
    if found is None:
        return ()
    return sign_off.sentences(found.timeline, occurrence.obligation, occurrence.working_on, on=found.on)


def headed(counted: Sequence[str]) -> tuple[str, ...]:
    """The same for people, who read below other sentences what this is about."""
    return (f"Sign-off: {counted[0]}", *counted[1:]) if counted else ()


def _is_open_submission(one: Line) -> bool:
    milestone = one.found.milestone
    return milestone.completes and not milestone.closed_because and not one.found.standing.is_done


def _occurrence_of(ref: str) -> str:
    return "/".join(ref.split("/")[:2])


def _leads_to(occurrence: Occurrence, ref: str) -> bool:
    if ref == occurrence.ref:
        return True
    due_on = next((one.due_on for one in occurrence.milestones if one.ref == ref), None)
    return due_on is not None and due_on <= (occurrence.working_on or date.min)
