"""The tasks as the rules give them, against the tasks as they stand in the database."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from timeline.assurance.evidence import Evidence
from timeline.assurance.findings import Finding, FindingKind
from timeline.assurance.wanted import Wanted
from timeline.calendar import LONDON
from timeline.day import AHEAD
from timeline.occurrences import Milestone, Occurrence
from timeline.wording import long_date

# At its far end each morning lays a little more of the timeline out: what has come there lately may be on its way.
_FAR = AHEAD - timedelta(days=10)


def differences(evidence: Evidence, then: Wanted, now: Wanted, *, at: datetime) -> Iterator[Finding]:
    """What the rules gave this morning and give now, and the database does not hold so."""
    until = at.astimezone(LONDON).date() + _FAR
    same = [one for one in now.occurrences if _days(one) in {_days(other) for other in then.occurrences}]
    for occurrence in (one for one in same if _is_near(one, until)):
        if occurrence.ref not in evidence.occurrences:
            yield _finding(occurrence.ref, occurrence.obligation, "", "It is on the timeline and not in the database.")
        for task in occurrence.milestones:
            if _dates(then.tasks.get(task.ref)) == _dates(task) and (why := _wrong(evidence, task)):
                yield _finding(task.ref, task.obligation, task.owner, why, task.due_on)


def _is_near(one: Occurrence, until: date) -> bool:
    begins_on = one.opens_on or one.legal_on
    return begins_on is None or begins_on <= until


def _days(one: Occurrence) -> tuple[object, ...]:
    return one.ref, one.legal_on, one.opens_on, one.closes_on


def _dates(task: Milestone | None) -> tuple[object, ...]:
    return (task.due_on, task.legal_on, task.owner) if task else ()


def _wrong(evidence: Evidence, task: Milestone) -> str:
    stands = evidence.stands.get(task.ref)
    if stands is None or stands.dropped:
        return "It is on the timeline and not in the database."
    if stands.due_on != task.due_on or stands.legal_on != task.legal_on:
        due, held = (long_date(on) if on else "no date" for on in (task.due_on, stands.due_on))
        return f"The rules give {due}, and the database holds {held}."
    return "" if stands.owner == task.owner else "The rules give it another owner than the database."


def _finding(ref: str, duty: str, post: str, why: str, due_on: date | None = None) -> Finding:
    return Finding(kind=FindingKind.DIFFERS, ref=ref, duty=duty, post=post, why=why, due_on=due_on)
