"""Test the memory of what was added to the records of the programme."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from sqlalchemy import update
from sqlmodel import col

from models.store import Store
from models.store.programme.updates import UPDATED
from models.tables import ProgrammeUpdateRow
from tests.harness import snapshot
from tests.models.programme.test_statements import FIRST, LATER, LATEST, SLIPPING, altered, state
from tests.support.programmes import medways
from timeline.definitions.retention import ExpiryBounds, RecordKind
from timeline.programme.actions import Progress, Rebase, Update
from timeline.programme.bodies import Meeting, Session
from timeline.programme.measures import Value
from timeline.programme.papers import Evidence
from timeline.programme.risks import Assessment, Rating
from timeline.programme.updates import Part, RecordUpdate, updated

ON = date(2019, 9, 2)
PLAN = "actions.action-plan"
PARTS: list[tuple[str, Part]] = [
    (PLAN, Update(on=ON, by="director", progress=Progress.SLIPPING, percent=40, why="The chair is not appointed.")),
    (PLAN, Rebase(on=ON, by="director", due_on=date(2019, 12, 19), why="The panel asked for more.")),
    ("risks.late-actions", Assessment(on=ON, by="director", rating=Rating("C", 2), review_on=date(2019, 10, 1))),
    ("measures.assessment-posts", Value(on=ON, by="director", number=Decimal("9.5"))),
    ("bodies.improvement-board", Meeting(on=ON, attended=9, decisions=("The chair stays.",), source="minutes")),
    ("training", Session(on=ON, theme="Leadership", trainer="", attended={"Duty": 3}, source="register")),
    (PLAN, Evidence(key="m", title="Minutes", on=ON, owner="director", expires_on=None, link="", source="a page")),
]


def added(record: str, part: Part) -> RecordUpdate:
    return RecordUpdate(record=record, part=part, at=LATER, who="Kim Lane")


def test_each_update_comes_out_as_it_went_in_and_the_programme_of_an_instant_has_those_made_by_then(
    empty_store: Store,
) -> None:
    state(empty_store, medways(), when=FIRST)
    given = tuple(added(*part) for part in PARTS)
    assert all(empty_store.programmes.update(each, at=LATER) for each in given)
    assert empty_store.programmes.updates(at=LATEST) == given
    known = [empty_store.programmes.known(at=when) for when in (FIRST, LATER)]
    assert [each.programme for each in known if each] == [medways(), updated(medways(), given)]
    events = [event for event in empty_store.audit.events() if event.what == UPDATED]
    assert [(event.ref, event.before) for event in events[:3]] == [
        (PLAN, "progress"),
        (PLAN, "re-base"),
        ("risks.late-actions", "assessment"),
    ]
    assert {(event.who, event.why, *event.texts) for event in events} == {("", "", "who")}
    assert (empty_store.audit.verify(), altered(empty_store)) == (None, [])


def test_the_same_update_twice_adds_once_and_a_later_file_keeps_it(empty_store: Store) -> None:
    state(empty_store, medways(), when=FIRST)
    given = added(*PARTS[0])
    assert [empty_store.programmes.update(given, at=LATER) for _ in range(2)] == [True, False]
    state(empty_store, SLIPPING, when=LATEST)
    known = empty_store.programmes.known(at=LATEST)
    assert known
    assert known.programme == updated(SLIPPING, [given])
    assert [stated for _, stated in empty_store.programmes.statements()] == [medways(), SLIPPING]
    assert empty_store.programmes.in_force() == SLIPPING


def test_an_update_that_another_hand_changed_is_found(empty_store: Store) -> None:
    state(empty_store, medways(), when=FIRST)
    empty_store.programmes.update(added(*PARTS[0]), at=LATER)
    hand = update(ProgrammeUpdateRow).where(col(ProgrammeUpdateRow.council) == empty_store.council)
    with empty_store.engine.begin() as connection:
        connection.execute(hand.values(definition="{}"))
    assert altered(empty_store) == [("programme_update/1", "changed")]


def test_what_was_typed_goes_with_the_messages_and_the_chain_stays_whole(empty_store: Store) -> None:
    state(empty_store, medways(), when=FIRST)
    for part in PARTS:
        empty_store.programmes.update(added(*part), at=LATER)
    over = ExpiryBounds(raw_mail_before=FIRST, absences_before=ON, free_text_before=FIRST, ledger_before=LATER)
    kind = RecordKind.LEDGER
    assert "updates" not in empty_store.privacy.erase_expired(kind, over, at=LATEST, limit=500)
    over = replace(over, ledger_before=LATEST)
    batches = [empty_store.privacy.erase_expired(kind, over, at=LATEST, limit=len(PARTS) - 1) for _ in range(3)]
    assert [each.get("updates", 0) for each in batches] == [len(PARTS) - 1, 1, 0]
    left = empty_store.programmes.updates(at=LATEST)
    assert [(each.record, type(each.part), each.part.on, each.who) for each in left] == [
        (record, type(part), part.on, "") for record, part in PARTS
    ]
    typed = [
        getattr(part, name, "") for _, part in PARTS for name in ("why", "mitigation", "source", "trainer", "title")
    ]
    assert [words for words in {*filter(None, typed)} if words in repr(left)] == []
    known = empty_store.programmes.known(at=LATEST)
    assert known
    assert known.programme == updated(medways(), left)
    assert (empty_store.audit.verify(), altered(empty_store)) == (None, [])


def test_the_chain_names_a_person_by_key_and_keeps_a_typed_name_beside_it_until_its_time_is_over(
    empty_store: Store,
) -> None:
    state(empty_store, medways(), when=FIRST)
    empty_store.programmes.update(added(*PARTS[0]), at=LATER)
    empty_store.programmes.update(replace(added(*PARTS[1]), who="ann"), at=LATER)
    events = [event for event in empty_store.audit.events() if event.what == UPDATED]
    assert [(event.who, *event.texts) for event in events] == [("", "who"), ("ann",)]
    over = ExpiryBounds(raw_mail_before=FIRST, absences_before=ON, free_text_before=LATEST, ledger_before=None)
    assert empty_store.privacy.erase_expired(RecordKind.FREE_TEXT, over, at=LATEST, limit=500)["texts"]
    theirs = {
        table: [row for row in rows if f"'{empty_store.council}'" in row and "Kim Lane" in row]
        for table, rows in snapshot(empty_store).items()
    }
    assert [table for table, rows in theirs.items() if rows] == ["programme_update"]
    assert (empty_store.audit.verify(), altered(empty_store)) == (None, [])
