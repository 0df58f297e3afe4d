"""Keep pauses: made and ended by command, or stated in the timeline."""

import dataclasses
from datetime import datetime

from sqlmodel import col, select

from models.store.audit import audit
from models.store.audit import free_text as texts
from models.store.audit.audit import Event
from models.store.base.json_values import read, written
from models.store.base.transaction import Transaction
from models.store.ledger import prompts
from models.tables import AuditEventRow, PauseRow
from timeline.calendar.london import DAY, london_date
from timeline.definitions.council import CouncilTimeline, Pause
from timeline.escalation.quiet import PauseInForce

# Not the sentence of a pause that nobody made: such a pause is never stored.
_PARTS = tuple(name for name in Pause.__dataclass_fields__ if name != "because")


def pause(tx: Transaction, given: Pause, *, at: datetime, who: str) -> None:
    """Pause a duty or a person by command, in place of an earlier pause of the same by command."""
    _end(tx, given.obligation, given.person, at=at)
    tx.session.add(_row(tx, given, by_command=True, at=at))
    _record(tx, "paused", given, at=at, who=who)
    prompts.wake_all(tx, at=at)


def resume(tx: Transaction, *, obligation: str = "", person: str = "", at: datetime, who: str) -> bool:
    """End the pause that was made by command; False when there is none."""
    ended = _end(tx, obligation, person, at=at)
    until_on = london_date(at) - DAY
    for pause in ended:
        if pause.person and pause.from_on <= until_on:
            # A person who is back is told what went to the deputy.
            tx.session.add(_row(tx, dataclasses.replace(pause, until_on=until_on), by_command=True, at=at))
        _record(tx, "resumed", pause, at=at, who=who)
    prompts.wake_all(tx, at=at)
    return bool(ended)


def stored(tx: Transaction) -> tuple[Pause, ...]:
    """Read the pauses in force and to come, in the order in which they were made."""
    return tuple(pause_in(row) for row in _in_force(tx))


def in_force(tx: Transaction) -> tuple[PauseInForce, ...]:
    """Read the pauses in force with the instant and the typed name of who made each."""
    rows = _in_force(tx)
    digests = {row.id: _who_paused(tx, row) for row in rows if row.by_command}
    who = texts.bodies(tx, digests.values())
    return tuple(
        PauseInForce(pause_in(row), row.made_at, who.get(digests.get(row.id) or "", ""), row.by_command) for row in rows
    )


def _who_paused(tx: Transaction, row: PauseRow) -> str:
    events = select(AuditEventRow.texts).where(
        col(AuditEventRow.council) == tx.council,
        col(AuditEventRow.ref) == (row.obligation or row.person),
        col(AuditEventRow.what) == "paused",
        col(AuditEventRow.at) == row.made_at,
    )
    return next((read(dict[str, str], named).get("who", "") for named in tx.session.exec(events)), "")


def by_command(tx: Transaction) -> tuple[Pause, ...]:
    """Read the pauses that were made by command, which outlive an apply."""
    return tuple(pause_in(row) for row in _in_force(tx) if row.by_command)


def stated(tx: Transaction) -> tuple[Pause, ...]:
    """Read the pauses that the timeline in force states."""
    return tuple(pause_in(row) for row in _in_force(tx) if not row.by_command)


def replace(tx: Transaction, timeline: CouncilTimeline, *, at: datetime, who: str) -> list[Event]:
    """Make these the pauses that the timeline states, and return what changed; those made by command stay."""
    before, after = stated(tx), timeline.pauses
    if before == after:
        return []
    for row in _in_force(tx):
        row.ended_at = row.ended_at if row.by_command else at
    tx.session.add_all([_row(tx, pause, by_command=False, at=at) for pause in after])
    tx.session.flush()
    plain = [written(pauses, tuple[Pause, ...]) for pauses in (before, after)]
    return [Event(what="pauses changed", ref=tx.council, who=who, before=plain[0], after=plain[1])]


def _end(tx: Transaction, obligation: str, person: str, *, at: datetime) -> list[Pause]:
    on = london_date(at)
    theirs = [row for row in _in_force(tx) if (row.obligation, row.person) == (obligation, person)]
    rows = [row for row in theirs if row.by_command and row.until_on >= on]
    for row in rows:
        row.ended_at = at
    tx.session.flush()
    return [pause_in(row) for row in rows]


def _record(tx: Transaction, what: str, pause: Pause, *, at: datetime, who: str) -> None:
    """Record an event. The typed name and the days of a person's pause are personal: both can be erased."""
    typed = {"who": who, **({"after": written(pause)} if pause.person else {})}
    after = "" if pause.person else written(pause)
    event = Event(what=what, ref=pause.obligation or pause.person, who="", after=after, texts=texts.keep(tx, typed))
    audit.record(tx, [event], at=at)


def _in_force(tx: Transaction) -> list[PauseRow]:
    rows = select(PauseRow).where(col(PauseRow.council) == tx.council, col(PauseRow.ended_at).is_(None))
    return list(tx.session.exec(rows.order_by(col(PauseRow.id))))


def _row(tx: Transaction, pause: Pause, *, by_command: bool, at: datetime) -> PauseRow:
    parts = {name: getattr(pause, name) for name in _PARTS}
    return PauseRow(council=tx.council, by_command=by_command, made_at=at, **parts)


def pause_in(row: PauseRow) -> Pause:
    """Read the pause that a row holds."""
    return Pause(**{name: getattr(row, name) for name in _PARTS})
