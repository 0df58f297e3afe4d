"""Find people who can be reached again: what could not reach them waits again, as soon as their address is put
right.
"""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import col, select

from models.store.audit import audit
from models.store.audit.audit import Event
from models.store.base.transaction import Transaction
from models.store.ledger import prompts
from models.store.outbox.channels import hashes
from models.store.people import imported
from models.tables import DeadAddressRow, MilestoneRow, PromptRow
from timeline.answers.responses import State
from timeline.escalation.prompts import PromptState

WHY = "Their address was put right."


def reached_again(tx: Transaction, *, at: datetime) -> None:
    """Find, after the people have changed, what the dead address of somebody kept from them waits again. Each dead
    address is looked at once; whether its prompt still holds is asked before it leaves, as of every other.
    """
    people = _put_right(tx, at=at)
    if not people:
        return
    _try_every_way(tx, people)
    rows = [last_word for last_word in _last_words(tx, people) if last_word.undeliverable]
    for row in rows:
        row.state, row.undeliverable, row.reason = PromptState.WAITING, False, ""
        row.message, row.tried, row.written_at = None, [], at
    tx.session.flush()
    events = [Event(what="prompt waits again", ref=row.milestone, for_whom=row.meant_for, why=WHY) for row in rows]
    audit.record(tx, events, at=at)


def _put_right(tx: Transaction, *, at: datetime) -> set[str]:
    """Drop the dead addresses that people no longer have; return those people."""
    rows = tx.session.exec(select(DeadAddressRow).where(col(DeadAddressRow.council) == tx.council))
    known = ((row, hashes(imported.person(tx, row.person))) for row in rows.all())
    changed = [row for row, now in known if now and row.sha256 not in now]
    for row in changed:
        tx.session.delete(row)
    tx.session.flush()
    told = [Event(what="address put right", ref=row.person, via=row.channel, for_whom=row.person) for row in changed]
    audit.record(tx, told, at=at)
    return {row.person for row in changed}


def _try_every_way(tx: Transaction, people: Collection[str]) -> None:
    """Move what waits for a deputy back to the person, who may be reachable now."""
    tried = *prompts.still_waiting(tx), col(PromptRow.deliver_to).in_(people)
    for row in tx.session.exec(select(PromptRow).where(*tried)):
        row.tried = [way for way in row.tried if way.rpartition("/")[0] not in people]


def _last_words(tx: Transaction, people: Collection[str]) -> list[PromptRow]:
    """Read the last prompt for each of them about each open task and its date."""
    open_ = col(MilestoneRow.state) != State.DONE, col(MilestoneRow.dropped_at).is_(None)
    words = col(PromptRow.undeliverable) | col(PromptRow.state).in_((PromptState.WAITING, PromptState.SENT))
    theirs = (
        select(PromptRow)
        .join(
            MilestoneRow, (col(MilestoneRow.council) == PromptRow.council) & (MilestoneRow.ref == PromptRow.milestone)
        )
        .where(col(PromptRow.council) == tx.council, col(PromptRow.deliver_to).in_(people), *open_)
        .where(col(MilestoneRow.due_on) == PromptRow.due_on, words)
        .order_by(col(PromptRow.rung_at), col(PromptRow.id))
    )
    return list({(row.milestone, row.person): row for row in tx.session.exec(theirs)}.values())
