"""Test what is held about one person, and what goes when that person is forgotten; on both databases."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import Session, col, select

from models.store import Known, OnHold, Store, StoreError
from models.store.privacy.identity import FORGOTTEN
from models.tables import MessageRow, PersonRow
from tests.harness import snapshot
from tests.models import world
from tests.models.privacy.test_retention import AWAY, CAME, came_in, mailed
from tests.timeline.literals import at, day
from timeline.answers.responses import Answer
from timeline.definitions.absences import Absence
from timeline.definitions.council import Pause

LATER = at("Mon 2 Dec 2019 09:00")
ON = day("Mon 2 Dec 2019")
ANN, BOB = "ann.o'brien@council.example", "bob@council.example"
BOB_AWAY = Absence(person="bob", from_on=day("Mon 4 Nov 2019"), until_on=day("Tue 5 Nov 2019"))


@pytest.fixture
def lived(store: Store) -> Store:
    """Begin when Ann was away, got a mail, answered, was answered for, wrote in, and left at the end of November."""
    directory = replace(world.DIRECTORY, absences=(AWAY, BOB_AWAY))
    world.apply(store, world.timeline(store.council, directory=directory), at=world.MORNING, digest="d2")
    world.sent(store, mailed(store, text="Dear Ann O’Brien,\nyour task", html="<p>Dear Ann O’Brien</p>"))
    told = {"text": "This is for Ann\nO’Brien.", "html": "<p>This is for Ann O’Brien.</p>", "deliver_to": "bob"}
    world.sent(store, mailed(store, "mail/bob/1", **told))
    world.answer(store, world.response(Answer.HELP, text="Two people short"))
    given = world.response(Answer.ACKNOWLEDGED, text="She has it", answered_by="Pat", at=CAME)
    world.answer(store, given, expected=1)
    own = world.response(Answer.DECLINED, person="bob", answered_by="ann o’brien", text="Not for him", at=CAME)
    world.answer(store, own, expected=2)
    done = world.response(Answer.DONE, person="ann", evidence="https://example/1", text="All of it", at=CAME)
    world.answer(store, done, expected=3)
    known_by = world.response(Answer.DECLINED, person="bob", by="ann", answered_by="A. O’B.", text="Nor this", at=CAME)
    world.answer(store, known_by, expected=4)
    store.inbound.record(came_in("1", by="ann", person="ann", sender=ANN.upper(), text="ack I think"))
    store.inbound.record(came_in("2", person="ann", text="I am somebody else"))
    store.inbound.record_absence(
        came_in("3", by="ann", person="ann", sender="", text=""), replace(AWAY, from_on=day("Wed 13 Nov 2019"))
    )
    store.definitions.pause(Pause(person="ann", from_on=AWAY.from_on, until_on=AWAY.until_on), at=CAME, who="[Officer]")
    store.outbox.stop(at=CAME, who="Ann O’Brien", reason="Ask Ann O’Brien")
    store.outbox.resume(at=CAME, who="Officer", reason="It was a mistake")
    return store


def known(store: Store, address: str = ANN) -> Known:
    (given,) = store.privacy.find_people(address)
    return given


def has_left(store: Store) -> Store:
    """See that the timeline no longer names Ann, nor that she was away."""
    people = {"bob": world.DIRECTORY.people["bob"]}
    holders = (world.DIRECTORY.holders[1], world.DIRECTORY.holders[2])
    left = replace(world.DIRECTORY, people=people, holders=holders, absences=(BOB_AWAY,))
    world.apply(store, world.timeline(store.council, directory=left), at=LATER, digest="d3")
    return store


def without(about: Mapping[str, Any], *names: str) -> list[dict[str, Any]]:
    (part, *left_out) = names
    return [{key: value for key, value in each.items() if key not in left_out} for each in about[part]]


def test_every_column_about_a_person_is_forgotten() -> None:
    columns = {column.name for column in PersonRow.__table__.columns}  # type: ignore[attr-defined]
    assert set(FORGOTTEN) == columns - {"council", "key", "dropped_at"}


def test_a_person_is_found_by_address_in_any_case_or_by_key(store: Store) -> None:
    assert [known.key for known in store.privacy.find_people(" ANN.O'Brien@Council.example ")] == ["ann"]
    assert [known.key for known in store.privacy.find_people("bob")] == ["bob"]
    assert store.privacy.find_people("nobody@council.example") == ()


def test_all_that_is_held_is_told(lived: Store) -> None:
    about = lived.privacy.person_data("ann")
    assert about["person"] == {
        "key": "ann",
        "name": "Ann O’Brien",
        "address": ANN,
        "channels": [],
        "teams": "",
        "phone": "",
        "works": [],
        "shared": False,
        "dropped_at": None,
    }
    assert about["posts"] == [{"post": "officer", "from_on": None, "until_on": "2019-11-29", "acting": False}]
    assert [absence["from_on"] for absence in about["absences"]] == ["2019-11-14", "2019-11-13"]
    assert [(each["answer"], each["given"], each.get("text")) for each in about["answers"]] == [
        ("help", "by them", "Two people short"),
        ("acknowledged", "for them by another", None),
        ("declined", "by them for another", "Not for him"),
        ("done", "by them", "All of it"),
        ("declined", "by them for another", "Nor this"),
    ]
    assert [pause["from_on"] for pause in about["pauses"]] == ["2019-11-14"]
    (message,) = about["messages"]
    assert message["subject"] == "Improvement programme: First draft"
    assert [delivery["outcome"] for delivery in message["deliveries"]] == ["accepted"]
    assert [each["text"] for each in about["came_in"]] == ["ack I think", ""]
    assert [each["milestone"] for each in about["reminders"]] == [world.REF, world.REF]
    assert {"help", "done", "person changed", "message composed"} <= {event["what"] for event in about["audit_events"]}


def test_nobody_elses_words_are_in_it(lived: Store) -> None:
    told = json.dumps(lived.privacy.person_data("ann"), ensure_ascii=False)
    for words in ("She has it", "Pat", "I am somebody else", "stranger@elsewhere.example", BOB, "2019-11-05"):
        assert words not in told


def test_it_is_the_same_twice_and_changes_nothing(lived: Store) -> None:
    before = snapshot(lived)
    assert json.dumps(lived.privacy.person_data("ann")) == json.dumps(lived.privacy.person_data("ann"))
    assert snapshot(lived) == before


def test_what_would_go_is_told_and_nothing_changes(lived: Store) -> None:
    before = snapshot(has_left(lived))
    forgettable = lived.privacy.forgettable(known(lived), on=ON)
    assert dict(forgettable.goes) == {
        "texts": 14,
        "messages to them": 1,
        "messages to others in which their name is struck out": 1,
        "absences and pauses": 2,
        "name and address": 1,
    }
    assert dict(forgettable.stays) == {"texts in which other people name them": 1}  # why the sending was stopped
    assert not forgettable.listed
    assert snapshot(lived) == before


def test_a_person_is_forgotten_and_what_proves_the_duty_stays(lived: Store) -> None:
    forgettable = lived.privacy.forgettable(known(has_left(lived)), on=ON)
    gone = lived.privacy.forget_person(known(lived), on=ON, at=LATER, by="Data Protection Officer", reason="Request 4")
    assert gone == forgettable.goes
    rows = snapshot(lived)
    mine = [row for table in rows.values() for row in table if f"'{lived.council}'" in row]
    assert ["Ask Ann" in row for row in mine if "Brien" in row] == [True]  # what somebody else typed
    said = {
        (response.answer, response.evidence, response.text)
        for response in lived.inbound.responses(refs={world.REF})[world.REF]
    }
    assert (Answer.DONE, "https://example/1", "") in said
    assert (Answer.ACKNOWLEDGED, "", "She has it") in said
    with Session(lived.engine) as session:
        row = session.get_one(PersonRow, (lived.council, "ann"))
        mails = {
            each.key: each for each in session.exec(select(MessageRow).where(col(MessageRow.council) == lived.council))
        }
    assert (row.name, row.address) == ("Somebody who has left", "nobody@erased.invalid")
    assert (mails["mail/ann/1"].text, mails["mail/ann/1"].subject) == ("", "")
    assert (mails["mail/bob/1"].text, mails["mail/bob/1"].html) == (
        "This is for (erased).",
        "<p>This is for (erased).</p>",
    )
    assert lived.definitions.timeline(world.HOURS).directory.people["ann"].name == "Somebody who has left"
    (event,) = [event for event in lived.audit.events() if event.what == "person erased"]
    assert (event.ref, event.who, json.loads(event.after)) == ("ann", "", dict(gone))
    assert lived.audit.verify() is None
    assert (
        lived.privacy.forget_person(lived.privacy.find_people("ann")[0], on=ON, at=LATER, by="x", reason="Again") == {}
    )


def test_an_undo_does_not_bring_the_name_back(lived: Store) -> None:
    has_left(lived).privacy.forget_person(known(lived), on=ON, at=LATER, by="x", reason="Request 4")
    lived.changes.undo(at=LATER, who="lead")
    assert lived.definitions.timeline(world.HOURS).directory.people["ann"].name == "Somebody who has left"
    assert lived.audit.verify() is None


def test_whoever_holds_a_post_is_not_forgotten(lived: Store) -> None:
    before = snapshot(lived)
    with pytest.raises(StoreError, match=r"bob@council.example holds a post \(.*Director of People.*\), so nothing"):
        lived.privacy.forget_person(known(lived, BOB), on=ON, at=LATER, by="x", reason="Request 5")
    assert snapshot(lived) == before
    # Her last day in post is the last on which she cannot be.
    with pytest.raises(StoreError):
        lived.privacy.forgettable(known(lived), on=day("Fri 29 Nov 2019"))
    assert lived.privacy.forgettable(known(lived), on=day("Sat 30 Nov 2019")).listed


def test_under_a_legal_hold_nobody_is_forgotten(lived: Store) -> None:
    has_left(lived).audit.hold(at=LATER, who="Monitoring Officer", reason="Claim 17")
    before = snapshot(lived)
    with pytest.raises(OnHold):
        lived.privacy.forget_person(known(lived), on=ON, at=LATER, by="x", reason="Request 4")
    assert snapshot(lived) == before


def test_what_may_still_be_sent_again_is_not_touched(lived: Store) -> None:
    mailed(lived, "mail/ann/2", text="Dear Ann O’Brien, again")
    forgettable = has_left(lived).privacy.forgettable(known(lived), on=ON)
    assert forgettable.stays["messages that may still be sent"] == 1
    lived.privacy.forget_person(known(lived), on=ON, at=LATER, by="x", reason="Request 4")
    waiting = lived.outbox.message("mail/ann/2")
    assert waiting
    assert waiting.text == "Dear Ann O’Brien, again"


def test_a_name_that_is_a_posts_title_is_struck_out_of_nothing(store: Store) -> None:
    people = {**world.DIRECTORY.people, "ann": replace(world.DIRECTORY.people["ann"], name="Director of People")}
    world.apply(store, world.timeline(store.council, directory=replace(world.DIRECTORY, people=people)), digest="d2")
    world.sent(store, mailed(store, "mail/bob/1", deliver_to="bob", text="Ask the Director of People."))
    assert (
        "messages to others in which their name is struck out"
        not in store.privacy.forgettable(known(store), on=ON).goes
    )
