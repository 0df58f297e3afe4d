"""Test the rows beside which the name of a person was typed: told to the person, and struck out on request."""

import json
from datetime import UTC
from decimal import Decimal

from models.store import Store
from tests.harness import snapshot
from tests.models import world
from tests.models.privacy.test_person_data import ANN, LATER, ON, has_left, known
from tests.models.privacy.test_retention import CAME, came_in
from timeline.answers.inbound import InboundState
from timeline.programme.bodies import Session as Training
from timeline.programme.measures import Value
from timeline.programme.updates import RecordUpdate


def test_what_they_entered_into_records_is_told_and_their_typed_name_can_go(store: Store) -> None:
    world.apply(store, world.timeline(store.council), at=world.MORNING, digest="d2")
    absent = Training(on=ON, theme="Law", trainer="", attended={"Duty": 3}, source="register", absent=("manager_2",))
    parts = (("ann", Value(on=ON, by="officer", number=Decimal(9), source="Board")), ("Ann O’Brien", absent))
    for who, part in (*parts, ("bob", Value(on=ON, by="officer", number=Decimal(8)))):
        record = "training" if part is absent else "measures.posts"
        store.programmes.update(RecordUpdate(record=record, part=part, at=CAME, who=who), at=CAME)
    store.inbound.record(came_in("9", state=InboundState.HELD, sender="x", text="y"))
    assert store.inbound.close("9", at=CAME, who=ANN)
    store.audit.hold(at=CAME, who=ANN, reason="Claim 17")
    about = store.privacy.person_data("ann")
    assert [(each["record"], each["said"].get("number")) for each in about["programme_updates"]] == [
        ("measures.posts", "9"),
        ("training", None),
    ]
    assert "manager_2" not in json.dumps(about)
    assert [each["closed_at"] for each in about["reviews_closed"]] == [CAME.astimezone(UTC).isoformat()]
    assert [(each["what"], each["reason"]) for each in about["orders_in_force"]] == [("legal hold", "Claim 17")]
    typed = {each["what"] for each in about["audit_events"] if "who" in each["named_in"]}
    assert typed == {"record updated", "message reviewed", "legal hold"}
    store.audit.release_hold(at=CAME, who="lead", reason="Settled")
    goes = store.privacy.forget_person(known(has_left(store)), on=ON, at=LATER, by="x", reason="Request 4")
    assert goes["typed names in other records"] == 2
    assert [each.who for each in store.programmes.updates(at=LATER)] == ["ann", "Somebody who has left", "bob"]
    rows = snapshot(store)
    assert [
        row for table in rows.values() for row in table if ANN in row.casefold() and f"'{store.council}'" in row
    ] == []
    assert store.audit.verify() is None
