"""Test that what is over goes, batch by batch, and nothing else; the chain stays whole on both databases."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, select

from models.store import Store, open_engine
from models.store.privacy import retention
from models.tables import DeadAddressRow, DeliveryRow, FreeTextRow, HeardAbsenceRow, MessageRow, PersonRow, Row
from tests.models import world
from tests.support import templates
from tests.timeline.literals import at, day
from timeline.answers.inbound import Inbound, InboundState
from timeline.answers.responses import Answer
from timeline.definitions.absences import Absence
from timeline.definitions.council import Pause
from timeline.definitions.facts import REGIME_ENDED, Fact
from timeline.definitions.retention import RecordKind
from timeline.delivery.messages import MessageState

CAME = at("Thu 14 Nov 2019 10:00")
AWAY = Absence(person="ann", from_on=day("Thu 14 Nov 2019"), until_on=day("Fri 15 Nov 2019"))
COMING = Absence(person="bob", from_on=day("Mon 1 Jun 2020"), until_on=day("Fri 5 Jun 2020"))
ENDED = Fact(name=REGIME_ENDED, on=day("Fri 29 Nov 2019"), known_at=at("Fri 29 Nov 2019 12:00"), who="lead")
TYPED = {"text": "Nobody has the data.", "evidence": "https://example/1", "answered_by": "Pat"}


def came_in(id_: str = "1", *, received_at: datetime = CAME, **changes: Any) -> Inbound:
    given = Inbound(
        id=id_,
        via="mail",
        received_at=received_at,
        kind="response",
        state=InboundState.HELD,
        why="Its sender is not proved.",
        sender="stranger@elsewhere.example",
        text="Is this about Jo?",
    )
    return replace(given, **changes)


def gone(store: Store, kind: RecordKind, now: str, *, limit: int = 500) -> dict[str, int]:
    """Erase one batch of what is over at that time."""
    over = store.definitions.timeline(world.HOURS).over(at=at(now))
    return dict(store.privacy.erase_expired(kind, over, at=at(now), limit=limit))


def words(store: Store) -> set[str]:
    """Give what people typed, as far as it is still there."""
    with Session(store.engine) as session:
        mine = select(FreeTextRow).where(col(FreeTextRow.council) == store.council)
        rows = list(session.exec(mine))
    assert all((row.salt is None) == (row.body is None) == (row.erased_at is not None) for row in rows)
    return {row.body for row in rows if row.body and not row.body.startswith(("{", "["))}


def rows(store: Store, table: type[Row]) -> list[Any]:
    with Session(store.engine) as session:
        return list(session.exec(select(table).where(col(table.council) == store.council)))  # type: ignore[attr-defined]


def counted(store: Store) -> list[tuple[str, str]]:
    return [(event.what, event.after) for event in store.audit.events() if event.what.endswith(" erased")]


def mailed(store: Store, key: str = "mail/ann/1", **changes: Any) -> str:
    """Give a mail that left for Ann; its key, which is one in each database."""
    store.ledger.write([world.decision(world.prompt(repeat=len(rows(store, MessageRow))))], at=world.MORNING)
    (pending,) = store.ledger.pending(at=world.MAIL_AT)
    mail = world.message(store, pending.id, key=key, **changes)
    store.outbox.compose(mail, token_hashes=[key], at=world.MAIL_AT)
    return key


def test_raw_mail_is_kept_for_thirty_days_and_no_longer(store: Store) -> None:
    store.inbound.record(came_in())
    assert gone(store, RecordKind.RAW_MAIL, "Sat 14 Dec 2019 23:59") == {}
    assert words(store) == {"stranger@elsewhere.example", "Is this about Jo?"}
    assert gone(store, RecordKind.RAW_MAIL, "Sun 15 Dec 2019 00:00") == {"texts": 2}
    assert words(store) == set()
    # That something waits for a person's eyes is not lost with its words.
    (held,) = store.inbound.held()
    assert (held.sender, held.text, held.why) == ("", "", "Its sender is not proved.")
    assert counted(store) == [("raw mail erased", '{"texts":2}')]
    assert gone(store, RecordKind.RAW_MAIL, "Sun 15 Dec 2019 00:00") == {}
    assert store.audit.verify() is None


def test_a_backlog_goes_in_batches_each_with_its_event(store: Store) -> None:
    for number in range(7):
        store.inbound.record(came_in(str(number)))
    batches = [gone(store, RecordKind.RAW_MAIL, "Mon 3 Feb 2020 07:10", limit=4) for _ in range(5)]
    assert batches == [{"texts": 4}, {"texts": 4}, {"texts": 4}, {"texts": 2}, {}]
    assert [what for what, _ in counted(store)] == ["raw mail erased"] * 4


def test_the_words_of_an_answer_go_after_twelve_months_and_what_proves_it_stays(store: Store) -> None:
    world.answer(store, world.response(Answer.DONE, **TYPED))
    assert gone(store, RecordKind.FREE_TEXT, "Sat 14 Nov 2020 12:00") == {
        "texts": 2
    }  # the directory of the first apply
    assert words(store) == set(TYPED.values())
    assert gone(store, RecordKind.FREE_TEXT, "Sun 15 Nov 2020 12:00") == {"texts": 1}
    assert words(store) == {"https://example/1", "Pat"}
    (response,) = store.inbound.responses(refs={world.REF})[world.REF]
    assert (response.text, response.evidence, response.answered_by) == ("", "https://example/1", "Pat")
    assert store.audit.verify() is None


def test_reasons_that_were_typed_go_with_the_words(store: Store) -> None:
    store.outbox.stop(at=CAME, who="Ann O’Brien", reason="Ask Pat")
    assert gone(store, RecordKind.FREE_TEXT, "Sun 15 Nov 2020 12:00")["texts"] == 4
    assert words(store) == set()
    stopped = store.outbox.stopped()
    assert stopped
    assert stopped.reason == "Ask Pat"  # it still holds, and says why


def test_an_absence_is_forgotten_ninety_days_after_its_end(store: Store) -> None:
    directory = replace(world.DIRECTORY, absences=(AWAY, COMING))
    given = world.timeline(store.council, directory=directory)
    world.apply(store, given, at=world.MORNING, digest="d2")
    store.inbound.record_absence(came_in(sender="", text=""), AWAY)
    assert gone(store, RecordKind.ABSENCES, "Thu 13 Feb 2020 23:59") == {}
    assert gone(store, RecordKind.ABSENCES, "Fri 14 Feb 2020 00:00") == {"absences": 2, "texts": 1}
    assert store.definitions.timeline(world.HOURS).directory.absences == (COMING,)
    assert not rows(store, HeardAbsenceRow)
    assert not any("2019-11-15" in repr(row) for row in rows(store, FreeTextRow))
    assert store.audit.verify() is None
    # The file still states it: applied again, it is not taken in again.
    world.apply(store, given, at=at("Fri 14 Feb 2020 09:00"), digest="d2")
    assert store.definitions.timeline(world.HOURS).directory.absences == (COMING,)


def test_whoever_was_left_alone_is_forgotten_as_one_who_was_away(store: Store) -> None:
    alone = Pause(person="ann", from_on=AWAY.from_on, until_on=AWAY.until_on)
    duty = Pause(obligation="action-plan", from_on=AWAY.from_on, until_on=AWAY.until_on)
    for pause in (alone, duty):
        store.definitions.pause(pause, at=CAME, who="[lead]")
    assert gone(store, RecordKind.ABSENCES, "Thu 13 Feb 2020 23:59") == {}
    assert gone(store, RecordKind.ABSENCES, "Fri 14 Feb 2020 00:00") == {"pauses": 1, "texts": 1}
    council_timeline = store.definitions.timeline(world.HOURS)
    assert (council_timeline.pauses, council_timeline.directory.absences) == ((duty,), ())
    assert store.audit.verify() is None


def test_when_somebody_was_away_stands_nowhere_in_the_chain(store: Store) -> None:
    world.apply(store, world.timeline(store.council, directory=replace(world.DIRECTORY, absences=(AWAY,))), digest="d2")
    store.inbound.record_absence(came_in(sender="", text="", why="The days of an absence were taken down."), AWAY)
    assert not [event for event in store.audit.events() if "2019-11-15" in event.line()]


def test_an_undo_after_an_absence_was_forgotten_keeps_those_that_are_known(store: Store) -> None:
    given = world.timeline(store.council, directory=replace(world.DIRECTORY, absences=(AWAY, COMING)))
    world.apply(store, given, at=world.MORNING, digest="d2")
    world.apply(
        store, world.timeline(store.council, directory=replace(world.DIRECTORY, absences=(COMING,))), digest="d3"
    )
    assert gone(store, RecordKind.ABSENCES, "Fri 14 Feb 2020 00:00") == {"texts": 2}
    store.changes.undo(at=at("Fri 14 Feb 2020 09:00"), who="lead")
    assert store.definitions.timeline(world.HOURS).directory.absences == (COMING,)


def test_a_timeline_read_before_is_read_again(store: Store) -> None:
    store.inbound.record_absence(came_in(sender="", text=""), AWAY)
    assert store.definitions.timeline(world.HOURS).directory.absences == (AWAY,)
    gone(store, RecordKind.ABSENCES, "Fri 14 Feb 2020 00:00")
    store.inbound.record_absence(came_in("2", sender="", text="", received_at=at("Fri 14 Feb 2020 09:00")), COMING)
    assert store.definitions.timeline(world.HOURS).directory.absences == (COMING,)


def test_what_was_said_and_answered_stays_while_the_regime_lasts(store: Store) -> None:
    world.sent(store, mailed(store))
    world.answer(store, world.response(Answer.DONE, **TYPED))
    assert gone(store, RecordKind.LEDGER, "Fri 1 Dec 2028 12:00") == {}
    assert words(store) == set(TYPED.values())


def test_two_years_after_the_regime_words_and_addresses_go_and_the_ledger_stays(store: Store) -> None:
    world.sent(store, mailed(store), text="550 5.1.1 <ann@council.example>: no such user", reference="r-1")
    world.answer(store, world.response(Answer.DONE, **TYPED))
    store.outbox.mark_bounced("mail/ann/1", at=CAME, why="550 <ann@council.example> no such user")
    left = replace(world.DIRECTORY, people={"bob": world.DIRECTORY.people["bob"]}, holders=world.DIRECTORY.holders[1:])
    world.apply(store, world.timeline(store.council, directory=left), at=CAME, digest="d2")
    store.changes.record_fact(ENDED, at=CAME, who="lead")
    assert gone(store, RecordKind.LEDGER, "Mon 29 Nov 2021 12:00") == {}
    given = gone(store, RecordKind.LEDGER, "Tue 30 Nov 2021 12:00")
    assert given == {"messages": 1, "deliveries": 1, "texts": 3, "dead addresses": 1, "people": 1}
    (message,) = rows(store, MessageRow)
    assert (message.subject, message.text, message.html, message.calendar) == ("", "", "", "")
    assert (message.key, message.deliver_to, message.state) == ("mail/ann/1", "ann", MessageState.BOUNCED)
    (delivery,) = rows(store, DeliveryRow)
    assert (delivery.text, delivery.reference, delivery.code) == ("", "", 250)
    assert not rows(store, DeadAddressRow)
    assert {row.key: row.name for row in rows(store, PersonRow)} == {"ann": "Somebody who has left", "bob": "Bob"}
    (response,) = store.inbound.responses(refs={world.REF})[world.REF]
    assert (response.answer, response.evidence, response.answered_by, response.text) == (Answer.DONE, "", "", "")
    assert [entry.key.milestone for entry in store.ledger.entries(refs={world.REF})[world.REF]] == [world.REF]
    assert gone(store, RecordKind.LEDGER, "Tue 30 Nov 2021 12:00") == {}
    assert store.audit.verify() is None


def test_what_may_still_be_sent_again_keeps_every_byte(store: Store) -> None:
    waiting, uncertain = mailed(store), "mail/ann/2"
    store.outbox.claim(mailed(store, uncertain), at=world.MAIL_AT, lease=world.LEASE)
    store.outbox.release_claims(at=world.MAIL_AT)
    before = {key: store.outbox.message(key) for key in (waiting, uncertain)}
    store.changes.record_fact(ENDED, at=CAME, who="lead")
    assert gone(store, RecordKind.LEDGER, "Fri 1 Dec 2028 12:00") == {}
    assert {key: store.outbox.message(key) for key in before} == before


def test_every_column_that_refers_to_typed_text_belongs_to_a_kind() -> None:
    """Test that a column of a later version would else keep its words for ever."""
    known = {(str(table.__tablename__), name) for table, name in retention.RAW_MAIL + retention.WORDS + retention.PROOF}
    referring = {
        (table.name, column.name)
        for table in Row.metadata.sorted_tables
        for column in table.columns
        if any(key.column.table.name == "free_text" and key.column.name == "digest" for key in column.foreign_keys)
    }
    assert referring == known


def test_what_was_erased_is_not_left_in_the_file(tmp_path: Path) -> None:
    """Test that a deleted record stays readable in a free page of SQLite's file unless it is overwritten."""
    file = tmp_path / "daymark.db"
    templates.start_empty(file)
    engine = open_engine(f"sqlite:///{file}")
    store = Store(engine, "exampleshire")
    world.apply(store)
    for number in range(60):
        store.inbound.record(came_in(str(number), text=f"Is this about Jo? {'x' * 5 * number}"))
    assert gone(store, RecordKind.RAW_MAIL, "Mon 3 Feb 2020 07:10", limit=100) == {"texts": 100}
    assert gone(store, RecordKind.RAW_MAIL, "Mon 3 Feb 2020 07:10", limit=100) == {"texts": 20}
    engine.dispose()  # the last to leave folds the log into the file
    assert b"about Jo" not in file.read_bytes()
