"""Forget a person, as far as the law allows: words, addresses and days go; that a duty was done stays."""

import html
import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import delete, or_, update
from sqlmodel import col, select

from models.store.audit import audit
from models.store.audit import free_text as blanking
from models.store.audit import free_text as texts
from models.store.audit import legal_hold as holding
from models.store.audit.audit import Event
from models.store.base.engine import StoreError
from models.store.base.json_values import canonical
from models.store.base.transaction import Transaction
from models.store.definitions import timelines
from models.store.outbox.settling import settle
from models.store.people import directory, imported
from models.store.privacy import identity as leavers
from models.store.privacy import named_rows
from models.store.privacy.identity import Known, answered_as, events_naming, is_them, names_in_words, spelled
from models.store.privacy.retention import DAYS_AWAY, DIRECTORY
from models.tables import (
    AbsenceEndRow,
    AbsenceRow,
    AuditEventRow,
    DeadAddressRow,
    DeliveryRow,
    FreeTextRow,
    HeardAbsenceRow,
    InboundRow,
    MessageRow,
    PauseRow,
    PersonRow,
    ResponseRow,
    TeamsChatRow,
)

_ERASED = "(erased)"
_DAYS: tuple[Any, ...] = (HeardAbsenceRow, AbsenceEndRow, AbsenceRow, PauseRow)


class Forgettable(NamedTuple):
    """Count by sort: what would go, and what stays although it names the person; `listed`: the timeline has them."""

    goes: Mapping[str, int]
    stays: Mapping[str, int]
    listed: bool


class _Theirs(NamedTuple):
    digests: list[str]
    own: list[str]
    naming: list[str]


def forgettable(tx: Transaction, who: Known, *, on: date) -> Forgettable:
    """Tell what `forget_person` would do on that day. Raise OnHold, and StoreError while a post is held."""
    _refuse(tx, who, on)
    theirs = _theirs(tx, who)
    days = sum(_count(tx, table, who) for table in _DAYS)
    row = tx.session.get_one(PersonRow, (tx.council, who.key))
    goes = {
        "texts": len(theirs.digests),
        "messages to them": len(theirs.own),
        "messages to others in which their name is struck out": len(theirs.naming),
        "absences and pauses": days,
        "dead addresses": _count(tx, DeadAddressRow, who),
        "Teams chats": _count(tx, TeamsChatRow, who),
        "typed names in other records": named_rows.typed_names(tx, who),
        "name and address": int(row.name != leavers.NOBODY),
    }
    plain = [event for event, _ in events_naming(tx, who) if _in_words(event, who)]
    stays = {
        "texts in which other people name them": len(_others(tx, who, theirs.digests)),
        "updates of the programme that they entered": len(list(named_rows.updates_entered(tx, who))),
        "messages that may still be sent": _unsent(tx, who),
        "audit events in which their name was typed plainly": len(plain),
    }
    kept = {sort: number for sort, number in stays.items() if number}
    return Forgettable({sort: number for sort, number in goes.items() if number}, kept, row.dropped_at is None)


def forget_person(tx: Transaction, who: Known, *, on: date, at: datetime, by: str, reason: str) -> Mapping[str, int]:
    """Forget a person, with an event that counts and names only the key; return what went.

    Raise OnHold, and StoreError while a post is held.
    """
    # What a server said of a mail to them is erased with the mail.
    settle(tx, at=at)
    erased = forgettable(tx, who, on=on)
    theirs = _theirs(tx, who)
    texts.erase(tx, theirs.digests, at=at)
    blanking.blank(tx, theirs.own)
    _unsaid(tx, theirs.own)
    _strike_out(tx, theirs.naming, who)
    named_rows.strike_out(tx, who)
    for table in (*_DAYS, DeadAddressRow, TeamsChatRow):
        tx.session.exec(delete(table).where(col(table.council) == tx.council, col(table.person) == who.key))
    imported.forget(tx, who.key)
    leavers.forget(tx, [who.key] if "name and address" in erased.goes else [])
    timelines.changed_by_erasing(tx)
    if erased.goes:
        typed = texts.keep(tx, {"who": by, "why": reason})
        after = canonical(erased.goes)
        audit.record(tx, [Event(what="person erased", ref=who.key, who="", after=after, texts=typed)], at=at)
    return erased.goes


def _refuse(tx: Transaction, who: Known, on: date) -> None:
    holding.refuse_while_held(tx)
    directory_now = imported.over(tx, directory.stored(tx))
    held = [holder for holder in directory_now.holders if holder.person == who.key]
    later = [holder.post for holder in held if holder.until_on is None or holder.until_on >= on]
    titles = [directory_now.posts[post].title for post in later if post in directory_now.posts]
    if titles:
        posts = " and ".join(dict.fromkeys(titles))
        raise StoreError(
            f"{who.address} holds a post ({posts}), so nothing was erased: first give it to somebody else."
        )


def _theirs(tx: Transaction, who: Known) -> _Theirs:
    digests = dict.fromkeys([*_answered(tx, who), *_sent(tx, who), *_of_the_chain(tx, who)])
    left = texts.bodies(tx, digests)
    own = blanking.worded(tx, col(MessageRow.deliver_to) == who.key)
    return _Theirs([digest for digest in digests if left.get(digest)], own, list(_naming(tx, who, set(own))))


def _answered(tx: Transaction, who: Known) -> Iterator[str]:
    """List their words in responses, and their name where they answered for another. Evidence stays as proof."""
    typed = answered_as(tx, who)
    mine = (col(ResponseRow.person) == who.key) & col(ResponseRow.answered_by).is_(None) & (col(ResponseRow.by) == "")
    for_another = (col(ResponseRow.by) == who.key) | col(ResponseRow.answered_by).in_(typed)
    rows = select(ResponseRow).where(col(ResponseRow.council) == tx.council, mine | for_another)
    for row in tx.session.exec(rows):
        yield from (digest for digest in (row.text, row.answered_by) if digest)


def _sent(tx: Transaction, who: Known) -> Iterator[str]:
    rows = select(InboundRow).where(col(InboundRow.council) == tx.council, col(InboundRow.sender).is_not(None))
    inbound_rows = list(tx.session.exec(rows))
    bodies = texts.bodies(tx, [row.sender for row in inbound_rows])
    for row in inbound_rows:
        if row.by == who.key or is_them(bodies.get(row.sender or "", ""), who):
            yield from (digest for digest in (row.sender, row.text) if digest)


def _of_the_chain(tx: Transaction, who: Known) -> Iterator[str]:
    """List what the directory held of them, whole lists of absences with theirs, and their name where they typed it."""
    rows = select(AuditEventRow).where(col(AuditEventRow.council) == tx.council, col(AuditEventRow.texts) != "{}")
    events = [audit.event_of(row) for row in tx.session.exec(rows)]
    bodies = texts.bodies(tx, [digest for event in events for digest in event.texts.values()])
    for event in events:
        for digest in event.texts.values():
            body = bodies.get(digest, "")
            listed = event.what in DAYS_AWAY and f'"{who.key}"' in body
            if (event.what in DIRECTORY and event.ref == who.key) or listed or is_them(body, who):
                yield digest


def _naming(tx: Transaction, who: Known, own: set[str]) -> Iterator[str]:
    if not who.spelled:
        return
    columns = [col(getattr(MessageRow, name)) for name in ("subject", "text", "html", "calendar")]
    some = or_(*(column.icontains(_first(words), autoescape=True) for column in columns for words in who.spelled))
    rows = select(MessageRow).where(col(MessageRow.council) == tx.council, some, blanking.settled())
    for row in tx.session.exec(rows.order_by(col(MessageRow.key))):
        words = html.unescape("\n".join((row.subject, row.text, row.html, row.calendar)))
        if row.key not in own and names_in_words(words, who):
            yield row.key


def _first(words: str) -> str:
    """Return the first word: a line may be broken after it, and HTML writes an apostrophe in other ways."""
    return re.split(r"[\s'’&<>\"]", words, maxsplit=1)[0]


def _strike_out(tx: Transaction, keys: list[str], who: Known) -> None:
    forms = dict.fromkeys(form for words in who.spelled for form in (words, html.escape(words), _decimal(words)))
    for key in keys:
        row = tx.session.get_one(MessageRow, (tx.council, key))
        for name in ("subject", "text", "html", "calendar"):
            words = getattr(row, name)
            for form in forms:
                words = re.sub(spelled(form), _ERASED, words, flags=re.IGNORECASE)
            setattr(row, name, words)
    tx.session.flush()


def _decimal(words: str) -> str:
    """Escape the words as Jinja does, with decimal codes."""
    return html.escape(words).replace("&#x27;", "&#39;").replace("&quot;", "&#34;")


def _unsaid(tx: Transaction, messages: list[str]) -> None:
    mine = col(DeliveryRow.council) == tx.council, col(DeliveryRow.message).in_(messages)
    tx.session.exec(update(DeliveryRow).where(*mine).values(text="", reference=""))


def _others(tx: Transaction, who: Known, theirs: list[str]) -> list[str]:
    rows = select(FreeTextRow.digest, FreeTextRow.body).where(
        col(FreeTextRow.council) == tx.council, col(FreeTextRow.body).is_not(None)
    )
    left = (row for row in tx.session.exec(rows) if row[0] not in set(theirs))
    return [digest for digest, body in left if body and names_in_words(body, who)]


def _unsent(tx: Transaction, who: Known) -> int:
    theirs = col(MessageRow.council) == tx.council, col(MessageRow.deliver_to) == who.key
    return len(list(tx.session.exec(select(MessageRow.key).where(*theirs, ~blanking.settled()))))


def _in_words(event: Any, who: Known) -> bool:
    return any(names_in_words(getattr(event, part), who) for part in ("who", "before", "after", "why"))


def _count(tx: Transaction, table: Any, who: Known) -> int:
    rows = select(table.person).where(col(table.council) == tx.council, col(table.person) == who.key)
    return len(list(tx.session.exec(rows)))


def erase_texts(tx: Transaction, digests: Collection[str], *, at: datetime, who: str, why: str) -> int:
    """Erase the texts of these digests (see the `texts` of an audit event) with their salts; return how many.

    Raise OnHold.
    """
    holding.refuse_while_held(tx)
    count = texts.erase(tx, digests, at=at)
    event = Event(what="texts erased", ref=tx.council, who=who, after=str(count), why=why)
    audit.record(tx, [event] if count else [], at=at)
    return count
