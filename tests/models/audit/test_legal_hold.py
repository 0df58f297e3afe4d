"""Test that under a legal hold nothing goes, and the hold says who and why."""

from datetime import timedelta

import pytest

from models.store import OnHold, Store
from tests.models.privacy.test_retention import CAME, came_in, gone, words
from timeline.definitions.retention import RecordKind


@pytest.mark.parametrize("kind", RecordKind)
def test_under_a_legal_hold_nothing_goes(kind: RecordKind, store: Store) -> None:
    store.inbound.record(came_in())
    store.audit.hold(at=CAME, who="Monitoring Officer", reason="Claim 17 of Pat")
    count = len(store.audit.events())
    with pytest.raises(OnHold, match=r"^A legal hold stands since Thursday 14 November 2019, so nothing is erased"):
        gone(store, kind, "Fri 1 Dec 2028 12:00")
    with pytest.raises(OnHold):
        store.privacy.erase_texts(["x"], at=CAME, who="lead", why="Asked for.")
    with pytest.raises(OnHold):
        store.inbound.close("1", at=CAME, who="lead", erase=True)
    assert len(store.inbound.held()) == 1
    assert store.inbound.close("1", at=CAME, who="lead")
    assert words(store) >= {"stranger@elsewhere.example", "Is this about Jo?"}
    assert len(store.audit.events()) == count + 1


def test_a_hold_says_who_and_why_and_is_released_once(store: Store) -> None:
    assert store.audit.legal_hold() is None
    store.audit.hold(at=CAME, who="Monitoring Officer", reason="Claim 17")
    store.audit.hold(at=CAME + timedelta(days=1), who="Monitoring Officer", reason="Claim 18 too")
    assert store.audit.legal_hold() == (CAME, "Monitoring Officer", "Claim 18 too")
    assert store.audit.release_hold(at=CAME, who="Monitoring Officer", reason="Settled")
    assert not store.audit.release_hold(at=CAME, who="Monitoring Officer", reason="Again")
    events = [event for event in store.audit.events() if event.what.startswith("legal hold")]
    assert [event.what for event in events] == ["legal hold", "legal hold", "legal hold released"]
    assert not [event for event in events if "Claim" in event.line() or "Officer" in event.line()]
    assert store.audit.legal_hold() is None
