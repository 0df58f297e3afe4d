"""Keep posts, people, who holds what, and the council's extra days off."""

import dataclasses
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, insert, update
from sqlmodel import col, select

from models.store.audit import free_text as texts
from models.store.audit.audit import Event
from models.store.audit.free_text import keep
from models.store.base.json_values import canonical, written
from models.store.base.transaction import Transaction, add_missing
from models.store.people.teams_chats import bind_waiting_chats
from models.tables import (
    AbsenceRow,
    AuditEventRow,
    HolderRow,
    OffDayKind,
    OffDayRow,
    PersonRow,
    PostRow,
)
from models.tables.base import Row
from timeline.definitions.absences import Absence
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.people import Directory, Holder, Person, Post

ABSENCES = "absences changed"
PERSON = "person changed"


def replace(tx: Transaction, timeline: CouncilTimeline, *, at: datetime, who: str) -> list[Event]:
    """Make this the council's directory and days off; return what changed."""
    before, after = stored(tx), timeline.directory
    named = dataclasses.replace(before, people={key: before.people[key] for key in listed(tx)})
    happened = [*differences(tx, named, after, who=who), *_changed_days(tx, timeline, who)]
    if happened:
        _rewrite(tx, timeline, at)
        bind_waiting_chats(tx, at=at)
    return happened


def differences(tx: Transaction, before: Directory, after: Directory, *, who: str) -> list[Event]:
    """Compare two directories: an event for each post and person, and an event for holders and absences."""
    happened = [*_posts_changed(before, after, who), *_people_changed(tx, before.people, after.people, who)]
    holders = [written(list(directory.holders), list[Holder]) for directory in (before, after)]
    if holders[0] != holders[1]:
        happened.append(
            Event(what="post holders changed", ref=tx.council, who=who, before=holders[0], after=holders[1])
        )
    return [*happened, *_absences_changed(tx, before, after, who)]


def stored(tx: Transaction) -> Directory:
    """Read the directory as it stands. Its people include those dropped: something may still be known of them."""
    posts = tx.session.exec(select(PostRow).where(col(PostRow.council) == tx.council).order_by(col(PostRow.position)))
    people = tx.session.exec(select(PersonRow).where(col(PersonRow.council) == tx.council))
    holders = select(HolderRow).where(col(HolderRow.council) == tx.council).order_by(col(HolderRow.position))
    absences = select(AbsenceRow).where(col(AbsenceRow.council) == tx.council).order_by(col(AbsenceRow.position))
    return Directory(
        absences=tuple(
            Absence(person=row.person, from_on=row.from_on, until_on=row.until_on) for row in tx.session.exec(absences)
        ),
        posts={row.key: Post(**{name: getattr(row, name) for name in Post.__dataclass_fields__}) for row in posts},
        people={row.key: person_of(row) for row in people},
        holders=tuple(
            Holder(**{name: getattr(row, name) for name in Holder.__dataclass_fields__})
            for row in tx.session.exec(holders)
        ),
    )


def person_of(row: PersonRow) -> Person:
    parts = {name: getattr(row, name) for name in Person.__dataclass_fields__}
    return Person(**parts | {"channels": tuple(row.channels), "works": tuple(row.works)})


def days_off(tx: Transaction, kind: OffDayKind) -> dict[date, str]:
    """Read the extra days off of a kind, with their names."""
    rows = select(OffDayRow).where(col(OffDayRow.council) == tx.council, col(OffDayRow.kind) == kind)
    return {row.off_on: row.name for row in tx.session.exec(rows.order_by(col(OffDayRow.off_on)))}


def listed(tx: Transaction) -> set[str]:
    """Read the keys of the people in the timeline in force."""
    rows = select(PersonRow.key).where(col(PersonRow.council) == tx.council, col(PersonRow.dropped_at).is_(None))
    return set(tx.session.exec(rows))


def remember(tx: Transaction, people: Iterable[Person], *, at: datetime) -> None:
    """Add a row for each of these people that no timeline has named: prompts refer to it."""
    rows = [_row_of(person) | {"council": tx.council, "dropped_at": at} for person in people]
    add_missing(tx.session, PersonRow, rows)


def _posts_changed(before: Directory, after: Directory, who: str) -> Iterator[Event]:
    for key in sorted(before.posts.keys() | after.posts.keys()):
        was, now = before.posts.get(key), after.posts.get(key)
        if was != now:
            yield Event(
                what="post changed",
                ref=key,
                who=who,
                before=written(was) if was else "",
                after=written(now) if now else "",
            )


def _people_changed(
    tx: Transaction, before: Mapping[str, Person], after: Mapping[str, Person], who: str
) -> Iterator[Event]:
    """Say who changed: names and addresses are no part of the chain, so that they can be erased."""
    for key in sorted(before.keys() | after.keys()):
        was, now = before.get(key), after.get(key)
        if was != now:
            texts = {"before": written(was) if was else "", "after": written(now) if now else ""}
            yield Event(what=PERSON, ref=key, who=who, texts=keep(tx, texts))


def _absences_changed(tx: Transaction, before: Directory, after: Directory, who: str) -> Iterator[Event]:
    """Say whose days away changed: when somebody was away is no part of the chain, so that it can be erased."""
    if before.absences != after.absences:
        kept = {"before": before.absences, "after": after.absences}
        plain = {name: written(absences, tuple[Absence, ...]) for name, absences in kept.items() if absences}
        yield Event(what=ABSENCES, ref=tx.council, who=who, texts=keep(tx, plain))


def _changed_days(tx: Transaction, timeline: CouncilTimeline, who: str) -> Iterator[Event]:
    for kind, after in _given_days(timeline).items():
        was, now = canonical(_plain(days_off(tx, kind))), canonical(_plain(after))
        if was != now:
            yield Event(what=f"{kind.value}s changed", ref=tx.council, who=who, before=was, after=now)


def _given_days(timeline: CouncilTimeline) -> dict[OffDayKind, Mapping[date, str]]:
    return {OffDayKind.BANK_HOLIDAY: timeline.proclaimed_bank_holidays, OffDayKind.CLOSURE: timeline.closure_days}


def _plain(days: Mapping[date, str]) -> dict[str, str]:
    return {on.isoformat(): name for on, name in days.items()}


def _rewrite(tx: Transaction, timeline: CouncilTimeline, at: datetime) -> None:
    given = timeline.directory
    for table in (AbsenceRow, HolderRow, PostRow, OffDayRow):
        tx.session.exec(delete(table).where(col(table.council) == tx.council))
    gone = update(PersonRow).where(col(PersonRow.council) == tx.council, col(PersonRow.dropped_at).is_(None))
    tx.session.exec(gone.values(dropped_at=at))
    for person in given.people.values():
        tx.session.merge(PersonRow(council=tx.council, dropped_at=None, **_row_of(person)))
    tx.session.flush()
    _insert(tx, PostRow, [_parts(post) | {"position": n} for n, post in enumerate(given.posts.values())])
    _insert(tx, HolderRow, [_parts(holder) | {"position": n} for n, holder in enumerate(given.holders)])
    _insert(tx, AbsenceRow, [_parts(away) | {"position": n} for n, away in enumerate(given.absences)])
    days = [(kind, on, name) for kind, given_days in _given_days(timeline).items() for on, name in given_days.items()]
    _insert(tx, OffDayRow, [{"kind": kind, "off_on": on, "name": name} for kind, on, name in days])


def _row_of(person: Person) -> dict[str, Any]:
    return _parts(person) | {"channels": list(person.channels), "works": list(person.works)}


def _parts(stated: Post | Person | Holder | Absence) -> dict[str, Any]:
    return {name: getattr(stated, name) for name in stated.__dataclass_fields__}


def _insert(tx: Transaction, table: type[Row], rows: list[dict[str, Any]]) -> None:
    if rows:
        tx.session.exec(insert(table), params=[row | {"council": tx.council} for row in rows])


def previous_addresses(tx: Transaction, person: str, *, since: datetime) -> frozenset[str]:
    """Read from the audit chain the mail addresses, in lower case, that the person had before a change since then,
    without those whose text was erased.
    """
    changes = select(AuditEventRow.texts).where(
        col(AuditEventRow.council) == tx.council,
        col(AuditEventRow.ref) == person,
        col(AuditEventRow.what) == PERSON,
        col(AuditEventRow.at) >= since,
    )
    digests = [json.loads(typed).get("before") for typed in tx.session.exec(changes)]
    before = texts.bodies(tx, digests).values()
    return frozenset(json.loads(body)["address"].lower() for body in before if body)
