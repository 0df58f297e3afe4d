"""Test that, whatever another hand does to the chain, `audit verify` and the stand-alone verifier find it, and agree
where.
"""

from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, insert, text
from sqlmodel import col

from cli.proof import audit as command
from cli.proof.stand_alone_verifier import verify
from models.store import AuditEvent, Store, open_engine
from models.store.audit import audit
from models.store.audit.audit import Event
from models.store.base.hash_chain import as_text
from models.store.base.transaction import Transaction, writes
from models.tables import AuditEventRow
from tests.cli.house import Commands
from tests.cli.proof.test_audit import checked
from tests.harness import World
from tests.models import world
from tests.support import rotation
from tests.support.fuzzing import looks_at
from tests.timeline.literals import at

pytestmark = pytest.mark.slow("each way to tamper is tried on a copy of a long chain")

COUNT, PAGE = 40, 7
PLAIN = ("who", "what", "ref", "before", "after", "why", "via", "for_whom")
Chain = list[AuditEvent]


def happen(tx: Transaction, number: int) -> None:
    audit.record(
        tx, [Event(what="happened", ref=str(n), texts={"why": "0" * 64}) for n in range(number)], at=world.MORNING
    )


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Give a chain of a few events to which the triggers mean nothing."""
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('chain') / 'daymark.db'}")
    store = Store(engine, "exampleshire")
    world.apply(store)
    writes(happen)(store.audit, COUNT - len(store.audit.events()))
    with engine.begin() as connection:
        for name in ("update", "delete", "replace"):
            connection.execute(text(f"DROP TRIGGER audit_event_{name}"))
    yield store
    engine.dispose()


def rewritten(store: Store, chain: Chain) -> None:
    rows = [asdict(event) | as_text(event) for event in chain]
    with store.engine.begin() as connection:
        connection.execute(delete(AuditEventRow))
        connection.execute(insert(AuditEventRow), rows)


def renumbered(chain: Chain) -> Chain:
    return [replace(event, sequence=number) for number, event in enumerate(chain, start=1)]


def signed(event: AuditEvent) -> AuditEvent:
    """Give it with a hash that is right for itself."""
    return replace(event, hash=event.expected_hash())


def linked_anew(chain: Chain, start: int) -> Chain:
    """Give it with every hash from there on made right again: a whole new end."""
    made = chain[:start]
    for event in chain[start:]:
        previous = made[-1].hash if made else "0" * 64
        made.append(signed(replace(event, previous=previous, sequence=len(made) + 1)))
    return made


places = st.integers(0, COUNT - 1)


@st.composite
def tamperings(draw: st.DrawFn) -> Callable[[Chain], Chain]:
    """Give one thing that another hand may do."""
    where, other, n = draw(places), draw(places), draw(st.integers(1, COUNT - 1))
    part: dict[str, Any] = {draw(st.sampled_from(PLAIN)): draw(st.text(max_size=8))}
    hands: list[Callable[[Chain], Chain]] = [
        lambda chain: [*chain[:where], replace(chain[where], **part), *chain[where + 1 :]],
        lambda chain: [*chain[:where], signed(replace(chain[where], **part)), *chain[where + 1 :]],
        lambda chain: linked_anew([*chain[:where], replace(chain[where], **part), *chain[where + 1 :]], where),
        lambda chain: [
            *chain[:where],
            replace(chain[where], at=at("Fri 15 Nov 2019 07:31")),
            *chain[where + 1 :],
        ],
        lambda chain: [*chain[:where], replace(chain[where], hash="0" * 64), *chain[where + 1 :]],
        lambda chain: [*chain[:where], replace(chain[where], previous="1" * 64), *chain[where + 1 :]],
        lambda chain: [*chain[:where], replace(chain[where], texts={}), *chain[where + 1 :]],
        lambda chain: [*chain[:where], replace(chain[where], records={}), *chain[where + 1 :]],
        lambda chain: chain[:where] + chain[where + 1 :],
        lambda chain: renumbered(chain[:where] + chain[where + 1 :]),
        lambda chain: linked_anew(chain[:where] + chain[where + 1 :], where),
        lambda chain: renumbered([*chain[:where], chain[other], *chain[where:]]),
        lambda chain: linked_anew([*chain[:where], replace(chain[other], who="forger"), *chain[where:]], where),
        lambda chain: renumbered(swapped(chain, where, other)),
        lambda chain: linked_anew(swapped(chain, where, other), min(where, other)),
        lambda chain: chain[:n],
    ]
    return draw(st.sampled_from(hands))


def swapped(chain: Chain, where: int, other: int) -> Chain:
    audit_events = list(chain)
    audit_events[where], audit_events[other] = audit_events[other], audit_events[where]
    return audit_events


@pytest.fixture(scope="module")
def whole(store: Store) -> Chain:
    return list(store.audit.events())


@looks_at(200)
@given(tampering=tamperings())
def test_every_tampering_is_found_and_both_verifiers_name_the_same_event(
    store: Store, whole: Chain, tampering: Callable[[Chain], Chain]
) -> None:
    head = store.audit.chain_end()[1]
    tampered = tampering(whole)
    rewritten(store, tampered)
    try:
        fault = store.audit.verify()
        sentence, code = verify(command.lines(store, page=PAGE), head)
    finally:
        rewritten(store, whole)
    assert (fault is None, code) == (tampered == whole, 0 if tampered == whole else 1)
    if fault is not None:
        named = (
            f"Event {fault} " if fault <= len(tampered) else f"The chain ends with {tampered[-1].hash}, expected {head}"
        )
        assert sentence.startswith(named)
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(tampered, whole, strict=False)))
        assert fault > same  # what nobody touched is never blamed


def test_more_events_than_a_page_holds_are_joined(
    house: World, daymark: Commands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.now = world.MORNING
    if not rotation.LONG:
        monkeypatch.setattr(command, "PAGE", 1_000)
    writes(happen)(house.store.audit, 2 * command.PAGE + 100)
    assert daymark("audit", "export", "--to", tmp_path).code == 0
    events, head = house.store.audit.chain_end()
    assert events > 2 * command.PAGE
    assert checked(tmp_path, head).stdout == f"The chain is whole: {events} events, the last hash is {head}.\n"
    assert (
        daymark("audit", "verify").out.splitlines()[0]
        == f"The chain of medway is whole: {events} events, the last hash is {head}."
    )
    with house.store.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER audit_event_delete"))
        # The last of the first page: what is missing where two pages meet is missing for both.
        connection.execute(delete(AuditEventRow).where(col(AuditEventRow.sequence) == command.PAGE))
    assert daymark("audit", "export", "--to", tmp_path).code == 0
    assert checked(tmp_path, head).stderr.startswith(f"Event {command.PAGE} ")
    assert daymark("audit", "verify").err.startswith(f"The chain of medway is broken: event {command.PAGE} ")
