"""Find what is missing in a programme on a day: what an inspector would ask for, and nobody could show."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from timeline.calendar.london import months_after
from timeline.calendar.wording import short_date
from timeline.escalation.rag import Rag
from timeline.programme.actions import Action, Progress, standing
from timeline.programme.measures import Measure
from timeline.programme.programme import NO_PRIORITY, Programme
from timeline.programme.risks import Risk

VALUE_EVERY_MONTHS = 2
"""A measure without a value for longer is told."""


class Gap(NamedTuple):
    """Hold something that is missing: `key` is its place in the file, such as `actions.audit-training`."""

    key: str
    text: str


def gaps(programme: Programme, *, on: date) -> Iterator[Gap]:
    """Find what is missing on a day, record by record in the order of the file."""
    yield from _areas(programme)
    for action in programme.actions.values():
        if programme.priority_of(action) is NO_PRIORITY:
            yield Gap(f"actions.{action.key}", "It has no priority: expected one of the plan.")
        yield from _action(action, on)
    for measure in programme.measures.values():
        yield from _measure(measure, on)
    for risk in programme.risks.values():
        yield from _risk(risk, on)
    for each in programme.evidence.values():
        if each.has_expired(on) and each.expires_on:
            yield Gap(f"evidence.{each.key}", f"It expired on {short_date(each.expires_on)}: bring newer evidence.")


def _areas(programme: Programme) -> Iterator[Gap]:
    tied = {area for action in programme.actions.values() for area in action.areas}
    for key in programme.areas:
        if key not in tied:
            yield Gap(f"areas.{key}", "No action of the plan is tied to this area for improvement.")


def _action(action: Action, on: date) -> Iterator[Gap]:
    key, now = f"actions.{action.key}", standing(action, on=on)
    if not action.owner:
        yield Gap(key, "It has no owner: expected a post.")
    if not (action.measures or action.success):
        yield Gap(key, "Nothing says how its success is measured: expected a measure or words.")
    if action.due_on is None:
        yield Gap(key, "It has no due date.")
    slips = now.last is not None and now.last.progress in (Progress.SLIPPING, Progress.NEEDS_HELP)
    if (now.rag is Rag.RED or slips) and not (now.last and now.last.why):
        yield Gap(key, f"It is {now.rag.value} and nobody has said why. {now.why}")


def _measure(measure: Measure, on: date) -> Iterator[Gap]:
    key, last = f"measures.{measure.key}", measure.value(on)
    if not measure.owner:
        yield Gap(key, "It has no owner: expected a post.")
    if last is None:
        yield Gap(key, "It has no value yet.")
    elif months_after(last.on, VALUE_EVERY_MONTHS) < on:
        yield Gap(key, f"Its last value is of {short_date(last.on)}: older than {VALUE_EVERY_MONTHS} months.")


def _risk(risk: Risk, on: date) -> Iterator[Gap]:
    key = f"risks.{risk.key}"
    if not risk.owner:
        yield Gap(key, "It has no owner: expected a post.")
    if not risk.done_about(on):
        yield Gap(key, "Nothing is done about it: expected at least one mitigation.")
    review_on = risk.next_review_on(on)
    if review_on is None:
        yield Gap(key, "It has no day of review.")
    elif review_on < on:
        yield Gap(key, f"Its review was due on {short_date(review_on)}.")
