"""Keep reachability: dead addresses, and channels that rest."""

import hashlib
from datetime import datetime, timedelta

from sqlmodel import col, select

from models.store.audit import audit
from models.store.audit.audit import Event
from models.store.base.json_values import storable
from models.store.base.transaction import Transaction
from models.store.people import imported
from models.tables import ChannelRow, DeadAddressRow
from timeline.definitions.people import Person
from timeline.delivery.contact_methods import Breaker, ContactMethod, DeadAddress


def dead_addresses(tx: Transaction, *, doubted: bool = False) -> tuple[DeadAddress, ...]:
    """Read the dead addresses that people still have, the oldest first; with `doubted` also those that may be dead."""
    rows = select(DeadAddressRow).where(col(DeadAddressRow.council) == tx.council)
    rows = rows if doubted else rows.where(col(DeadAddressRow.doubted).is_(False))
    dead_address_rows = tx.session.exec(rows.order_by(col(DeadAddressRow.since_at), col(DeadAddressRow.person))).all()
    return tuple(
        DeadAddress(ContactMethod(row.person, row.channel), row.why, row.since_at, row.doubted)
        for row in dead_address_rows
        if row.sha256 in hashes(imported.person(tx, row.person))
    )


def mark_dead(tx: Transaction, method: ContactMethod, *, why: str, at: datetime, address: str = "") -> None:
    """Mark an address as dead until it changes. `address` (or number) as it was used; empty: the mail address."""
    sha256 = _sha256(address or _mail_address(tx, method))
    row = tx.session.get(DeadAddressRow, (tx.council, method.person, method.channel))
    if row and row.sha256 == sha256 and not row.doubted:
        return
    _write(tx, method, sha256, why=why, at=at, doubted=False)


_DOUBT_HOLDS = timedelta(days=60)


def doubt(tx: Transaction, method: ContactMethod, *, why: str, at: datetime) -> None:
    """Doubt the mail address of a person because a mail came back; a second mail that comes back makes it dead."""
    sha256 = _sha256(_mail_address(tx, method))
    row = tx.session.get(DeadAddressRow, (tx.council, method.person, method.channel))
    if row and row.sha256 == sha256 and (not row.doubted or at - row.since_at <= _DOUBT_HOLDS):
        mark_dead(tx, method, why=why, at=at)
    else:
        _write(tx, method, sha256, why=why, at=at, doubted=True)


def _write(tx: Transaction, method: ContactMethod, sha256: str, *, why: str, at: datetime, doubted: bool) -> None:
    row = DeadAddressRow(
        council=tx.council,
        person=method.person,
        channel=method.channel,
        sha256=sha256,
        why=storable(why),
        doubted=doubted,
        since_at=at,
    )
    tx.session.merge(row)
    what = "address doubted" if doubted else "address dead"
    audit.record(tx, [Event(what=what, ref=method.person, via=method.channel, for_whom=method.person)], at=at)


def _mail_address(tx: Transaction, method: ContactMethod) -> str:
    person = imported.person(tx, method.person)
    return person.address if person else ""


def breakers(tx: Transaction) -> dict[str, Breaker]:
    """Read the breakers of the channels that have failed lately, by name."""
    rows = tx.session.exec(select(ChannelRow).where(col(ChannelRow.council) == tx.council))
    return {row.name: Breaker(row.failures, row.rests_until, row.failed_because) for row in rows if row.failures}


def channel_failed(tx: Transaction, name: str, *, because: str, at: datetime) -> None:
    """Count a further failure in a row."""
    row = tx.session.get(ChannelRow, (tx.council, name))
    before = Breaker(row.failures, row.rests_until) if row else Breaker()
    after = before.failed(at=at)
    if after == before:
        return
    tx.session.merge(
        ChannelRow(
            council=tx.council,
            name=name,
            failures=after.failures,
            rests_until=after.rests_until,
            failed_because=storable(because),
            changed_at=at,
        )
    )
    if after.rests_until:
        why = f"It failed {after.failures} times in a row."
        audit.record(tx, [Event(what="channel rests", ref=name, via=name, why=why)], at=at)


def channel_works(tx: Transaction, name: str, *, at: datetime) -> None:
    """Clear the channel's failures: it answered."""
    row = tx.session.get(ChannelRow, (tx.council, name))
    if row is None or not row.failures:
        return
    if row.rests_until:
        audit.record(tx, [Event(what="channel works again", ref=name, via=name)], at=at)
    row.failures, row.rests_until, row.failed_because, row.changed_at = 0, None, "", at


def hashes(person: Person | None) -> set[str]:
    """Hash every address and number that a person has, as dead addresses are stored."""
    addresses = (person.address, person.phone, person.teams) if person else ()
    return {_sha256(address) for address in addresses if address}


def _sha256(address: str) -> str:
    return hashlib.sha256(address.strip().lower().encode()).hexdigest()
