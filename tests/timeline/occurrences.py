"""Build occurrences of a plan: what the tests of several wings share."""

from dataclasses import replace
from typing import Any

from tests.timeline.literals import day
from timeline.definitions.duties import DutyClass, OccurrenceKind
from timeline.planning.occurrences import Occurrence, OccurrenceState


def occurrence(legal_on: str | None = None, **changes: Any) -> Occurrence:
    """Give the first submission of an action plan, which is planned for that day."""
    on = day(legal_on) if legal_on else None
    given = Occurrence(
        ref="action-plan/1",
        obligation="action-plan",
        number=1,
        title="Action plan",
        kind=OccurrenceKind.SUBMISSION,
        duty_class=DutyClass.A,
        state=OccurrenceState.PLANNED,
        original_on=None,
        legal_on=on,
        working_on=on,
    )
    return replace(given, **changes)


def visit(starts_on: str, ends_on: str, **changes: Any) -> Occurrence:
    """Give the first monitoring visit, which is confirmed for these days."""
    given = occurrence(
        starts_on,
        ref="monitoring-visit/1",
        obligation="monitoring-visit",
        title="Ofsted monitoring visit",
        kind=OccurrenceKind.VISIT,
        duty_class=DutyClass.B,
        state=OccurrenceState.CONFIRMED,
        starts_on=day(starts_on),
        ends_on=day(ends_on),
    )
    return replace(given, **changes)
