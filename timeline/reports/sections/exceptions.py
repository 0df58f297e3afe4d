"""Show what needs somebody first: actions that are red or amber, tasks that are late, and what is over its day."""

from collections.abc import Iterator

from timeline.escalation.held import owed
from timeline.escalation.rag import Rag
from timeline.programme.actions import Standing
from timeline.reports.document import Paragraph, Part, Points, Section, Table
from timeline.reports.sections.plan import colour, owner, standings
from timeline.reports.sections.promises import HIGH, Kept, late_row, promises
from timeline.reports.situation import Situation, plain_date


def exceptions(now: Situation) -> Section:
    """Show each exception with its reason and the way back; where there is none, say so."""
    parts = (*_actions(now), *_tasks(now), *_over_their_day(now))
    return Section("Exceptions", parts or (Paragraph("Nothing is red or amber, and nothing is over its day."),))


def _actions(now: Situation) -> Iterator[Part]:
    rows = tuple(
        ((action.title,), (owner(action, now),), (f"{colour(stands)}: {stands.why}",), _recovery(stands, now))
        for action, stands in standings(now)
        if stands.rag in (Rag.RED, Rag.AMBER)
    )
    columns = ("Action", "Owner", "How it stands", "Reason and recovery")
    if rows:
        yield Table("Actions that need somebody", columns, rows, (4, 2, 3, 3))


def _recovery(stands: Standing, now: Situation) -> tuple[str, ...]:
    reason = stands.last.why if stands.last and stands.last.why else "Nobody has said why."
    expected_on = stands.forecast_on
    to_come = expected_on is not None and expected_on >= now.on
    return (reason, f"Expected {plain_date(expected_on)}." if to_come and expected_on else "No new date is said.")


def _tasks(now: Situation) -> Iterator[Part]:
    """Show the tasks of class A and B that are owed and past their day."""
    rows = tuple(
        late_row(promise, now)
        for promise in promises(now)
        if promise.kept is Kept.NOT_DONE and promise.task.milestone.duty_class in HIGH and owed(promise.task)
    )
    columns = ("Task", "Owner", "Promised for", "What happened", "Recovery")
    if rows:
        yield Table("Tasks past their day, of submissions, decisions and visits", columns, rows, (7, 5, 5, 9, 8))


def _over_their_day(now: Situation) -> Iterator[Part]:
    over = tuple(_over(now))
    if over:
        yield Paragraph("Over their day:")
        yield Points(over)


def _over(now: Situation) -> Iterator[str]:
    for risk in now.programme.risks.values():
        review_on = risk.next_review_on(now.on)
        if review_on and review_on < now.on:
            yield f"Risk “{risk.title}”: its review was due on {plain_date(review_on)}."
    for evidence in now.programme.evidence.values():
        if evidence.has_expired(now.on) and evidence.expires_on:
            yield f"Evidence “{evidence.title}”: it expired on {plain_date(evidence.expires_on)}."
