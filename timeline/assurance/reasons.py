"""Check the reasons for which the ledger says nothing: rules, facts and answers must give them, not it alone."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from timeline.assurance.evidence import Evidence, LedgerRow
from timeline.assurance.wanted import DuePrompts, contexts_at, due_prompts
from timeline.calendar.london import london_date
from timeline.delivery.decide import SUPERSEDED
from timeline.delivery.suppression import suppression_reason
from timeline.escalation.prompts import OF_ANSWERS, Prompt, PromptKey, PromptState
from timeline.planning.occurrences import Milestone


def unfounded(evidence: Evidence, now: DuePrompts, *, since: datetime, at: datetime) -> tuple[LedgerRow, ...]:
    """List the rows that were superseded or refused since the last assurance, for a reason that was not so.

    Each is judged once, with what was known when it was refused. Where people, rules or facts have changed since, that
    cannot be known any more, and a reason that holds today will do.
    """
    refused = (row for row in evidence.rows if _is_refused(row) and since < row.entry.decided_at <= at)
    return tuple(row for row in refused if not _is_founded(evidence, row, now, at))


def to_say_after_all(
    evidence: Evidence, rows: Collection[LedgerRow], *, at: datetime, until: datetime
) -> dict[PromptKey, Prompt]:
    """Give the prompts of these rows that are still to be said: due with none of them in the ledger."""
    believed = tuple(row for row in evidence.rows if row not in rows)
    keys = {row.key for row in rows}
    due = due_prompts(replace(evidence, rows=believed), evidence.timeline, at=at, until=until).prompts if rows else {}
    return {key: prompt for key, prompt in due.items() if key in keys and not prompt.superseded_by}


def _is_refused(row: LedgerRow) -> bool:
    """Tell whether the ledger alone gives the reason: what no address took, the trail of the deliveries tells."""
    suppressed = row.entry.state is PromptState.SUPPRESSED and not row.entry.undeliverable and not row.entry.paused
    return suppressed or row.entry.state is PromptState.SUPERSEDED


def _is_founded(evidence: Evidence, row: LedgerRow, now: DuePrompts, at: datetime) -> bool:
    if row.entry.state is PromptState.SUPERSEDED or row.entry.reason == SUPERSEDED:
        return _a_later_rung_stands(evidence, row, at)
    task = now.tasks.get(row.key.milestone)
    if task is None:
        return True
    changed = evidence.changed_at is not None and evidence.changed_at >= row.entry.decided_at
    return changed or any(_refuses(evidence, row, task, when) for when in (row.entry.decided_at, at))


def _a_later_rung_stands(evidence: Evidence, row: LedgerRow, at: datetime) -> bool:
    """Tell whether the same person was to hear a later rung about the same date, due by now."""
    same = (other for other in evidence.rows if other.key[:2] == row.key[:2] and other.key.person == row.key.person)
    standing = (other.entry for other in same if other.entry.state is not PromptState.SUPERSEDED)
    return any(
        entry.key != row.key
        and (entry.rung_at >= row.entry.rung_at or entry.key.rung in OF_ANSWERS)
        and london_date(entry.rung_at) <= london_date(at)
        for entry in standing
    )


def _refuses(evidence: Evidence, row: LedgerRow, task: Milestone, when: datetime) -> bool:
    (context,) = contexts_at(evidence, [task], at=when)
    return any(suppression_reason(context, _prompt(row, timed=timed)) for timed in (False, True))


def _prompt(row: LedgerRow, *, timed: bool) -> Prompt:
    entry = row.entry
    return Prompt(
        key=entry.key,
        kind=entry.kind,
        selector=entry.selector,
        post=entry.post,
        meant_for=row.meant_for,
        deliver_to=row.deliver_to,
        rung_at=entry.rung_at,
        send_at=row.send_at,
        timed=timed,
    )
