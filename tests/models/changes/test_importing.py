"""Test an import: over the timeline's file, outliving it, taken back whole, and traced without names."""

from dataclasses import replace

import pytest

from models.store import Store, StoreError
from tests.models import world
from tests.timeline.literals import at, day
from timeline.definitions.absences import Absence
from timeline.definitions.imports import Imported, ImportedPerson, ImportedPost
from timeline.definitions.people import Holder
from timeline.definitions.retention import ExpiryBounds, RecordKind
from timeline.delivery.contact_methods import ContactMethod

LATER = at("Mon 2 Sep 2019 09:00")
LATEST = at("Tue 3 Sep 2019 09:00")
NEW = ImportedPerson(
    key="officer-2",
    source="people.csv",
    name="Nia Newcomer",
    address="nia@council.example",
    holds=(Holder(post="officer", person="officer-2", from_on=day("Mon 2 Sep 2019")),),
    absences=(Absence(person="officer-2", from_on=day("Tue 24 Dec 2019"), until_on=day("Thu 2 Jan 2020")),),
)
DEPUTY = ImportedPost(key="officer", source="people.csv", deputy="director")
GIVEN = Imported(people=(NEW,), posts=(DEPUTY,))


def bring(store: Store, given: Imported = GIVEN) -> bool:
    return store.changes.import_people(given, at=LATER, who="lead", source="people.csv")


def holder(store: Store, on: str = "Mon 2 Sep 2019") -> str:
    recipient = store.definitions.timeline(world.HOURS).directory.holder("officer", on=day(on))
    return recipient.person.key if recipient else ""


def test_it_stands_over_the_file_from_its_first_day_and_outlives_an_apply(store: Store) -> None:
    before = store.definitions.timeline(world.HOURS)
    assert store.definitions.timeline_after_import(world.HOURS, GIVEN).directory.posts["officer"].deputy == "director"
    assert store.definitions.timeline(world.HOURS) == before
    assert bring(store)
    assert store.people.imported() == GIVEN
    assert (holder(store), holder(store, "Sun 1 Sep 2019")) == ("officer-2", "ann")
    given = world.timeline(store.council)
    world.apply(store, replace(given, council=replace(given.council, programme="Getting to good")), at=LATEST)
    assert holder(store) == "officer-2"
    assert store.definitions.timeline(world.HOURS).directory.posts["officer"].deputy == "director"
    after = store.definitions.timeline_after_apply(given, on=day("Mon 2 Sep 2019"))
    assert after.directory.holder("officer", on=day("Mon 2 Sep 2019")).person.key == "officer-2"  # type: ignore[union-attr]


def test_it_is_one_revision_which_undo_takes_back_and_an_apply_after_it_goes_first(store: Store) -> None:
    before = store.definitions.timeline(world.HOURS)
    bring(store)
    world.apply(store, replace(world.timeline(store.council), closure_days={}), at=LATER)
    assert [store.changes.undo(at=LATEST, who="lead").what for _ in range(2)] == ["apply", "import"]
    now = store.definitions.timeline(world.HOURS)
    assert now.directory.holders == before.directory.holders
    assert (now.directory.posts, now.directory.absences) == (before.directory.posts, before.directory.absences)
    assert store.people.imported() == Imported()
    assert store.audit.verify() is None


def test_taken_back_an_earlier_import_holds_again(store: Store) -> None:
    bring(store)
    other = replace(NEW, source="other.csv", name="Nia Othername", absences=None)
    bring(store, Imported(people=(other,)))
    assert store.people.imported() == Imported(people=(other,), posts=(DEPUTY,))
    store.changes.undo(at=LATEST, who="lead")
    assert store.people.imported() == GIVEN


def test_the_same_again_changes_nothing(store: Store) -> None:
    bring(store)
    events = len(store.audit.events())
    assert not bring(store)
    assert (len(store.audit.events()), len(store.changes.revisions())) == (events, 2)


def test_the_chain_names_posts_and_keys_and_no_person(store: Store) -> None:
    bring(store)
    events = [audit_event for audit_event in store.audit.events() if audit_event.at == LATER]
    assert [(audit_event.what, audit_event.ref) for audit_event in events] == [
        ("people imported", store.council),
        ("person imported", "officer-2"),
        ("absences changed", "officer-2"),
        ("post changed", "officer"),
        ("person changed", "officer-2"),
        ("post holders changed", store.council),
        ("absences changed", store.council),
    ]
    assert not any(
        "Nia" in str(audit_event) or "nia@" in str(audit_event) or "2019-12-24" in str(audit_event)
        for audit_event in events
    )
    assert store.audit.verify() is None


def test_whose_texts_were_erased_is_as_the_timeline_knows_them(store: Store) -> None:
    bring(store, Imported(people=(ImportedPerson(key="ann", source="people.csv", address="a@x.example", phone=""),)))
    texts = [
        digest
        for audit_event in store.audit.events()
        if audit_event.what == "person imported"
        for digest in audit_event.texts.values()
    ]
    store.privacy.erase_texts(texts, at=LATEST, who="lead", why="Asked for.")
    assert store.people.imported() == Imported()
    world.apply(store, replace(world.timeline(store.council), closure_days={}), at=LATEST)
    assert store.definitions.timeline(world.HOURS).directory.people["ann"] == world.DIRECTORY.people["ann"]


def test_an_imported_address_can_be_dead_and_lives_again_with_another(store: Store) -> None:
    bring(store)
    # The dead way is that of the imported address.
    mark = ContactMethod("officer-2", "mail")
    store.ledger.write([world.decision(world.prompt("officer-2"))], at=world.MORNING)
    (pending,) = store.ledger.pending(at=world.MAIL_AT)
    message = world.message(store, pending.id, deliver_to="officer-2")
    store.outbox.compose(message, token_hashes=["x"], at=world.MAIL_AT)
    world.sent(store, message.key)
    store.outbox.mark_bounced(message.key, at=world.MAIL_AT, why="No such mailbox.", address="nia@council.example")
    assert [dead.way for dead in store.outbox.dead_addresses()] == [mark]
    bring(store, Imported(people=(replace(NEW, address="nia.newcomer@council.example"),)))
    assert store.outbox.dead_addresses() == ()


def test_nothing_is_imported_before_a_timeline_was_applied(empty_store: Store) -> None:
    with pytest.raises(StoreError, match="apply its timeline first"):
        bring(empty_store)


def test_what_an_import_says_outlives_the_time_of_free_text_and_its_absences_end_with_theirs(store: Store) -> None:
    gone = Absence(person="officer-2", from_on=day("Mon 9 Sep 2019"), until_on=day("Fri 13 Sep 2019"))
    bring(store, Imported(people=(replace(NEW, absences=(gone, *(NEW.absences or ()))),), posts=(DEPUTY,)))
    over = ExpiryBounds(
        raw_mail_before=LATEST,
        absences_before=day("Sun 1 Dec 2019"),
        free_text_before=at("Mon 1 Mar 2021 09:00"),
        ledger_before=None,
    )
    for kind in (RecordKind.FREE_TEXT, RecordKind.ABSENCES):
        while store.privacy.erase_expired(kind, over, at=at("Mon 1 Mar 2021 09:00"), limit=100):
            pass
    assert store.people.imported() == GIVEN


def test_who_holds_an_imported_post_is_not_erased_and_who_left_is_forgotten(store: Store) -> None:
    bring(store)
    (nia,) = store.privacy.find_people("NIA@council.example")
    with pytest.raises(StoreError, match="holds a post"):
        store.privacy.forgettable(nia, on=day("Tue 3 Sep 2019"))
    left = replace(NEW.holds[0], until_on=day("Fri 6 Sep 2019"))  # type: ignore[index]
    bring(store, Imported(people=(replace(NEW, holds=(left,)),)))
    held = store.privacy.person_data("officer-2")
    assert [each["name"] for each in held["imported"]] == ["Nia Newcomer"]
    store.privacy.forget_person(
        nia, on=day("Mon 9 Sep 2019"), at=at("Mon 9 Sep 2019 09:00"), by="lead", reason="Asked for."
    )
    assert store.people.imported().people == ()
    assert "Nia" not in str(store.privacy.person_data("officer-2"))
    store.changes.undo(at=at("Mon 9 Sep 2019 10:00"), who="lead")
    assert store.people.imported().people == ()
    assert store.audit.verify() is None
