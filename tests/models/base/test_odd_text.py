"""Test what no database takes (NUL on PostgreSQL, half a surrogate pair on both) is dropped wherever a text
comes from.
"""

from dataclasses import replace

import pytest

from models.store import DeliveryReceipt, Store
from tests.models import world
from timeline.answers.responses import Answer

ODD = "One\0two\ud800"


def test_odd_text_from_strangers_is_stored_without_what_is_odd(store: Store) -> None:
    world.answer(store, world.response(Answer.HELP, text=ODD, answered_by=ODD, via=ODD))
    store.outbox.stop(at=world.MORNING, who=ODD, reason=ODD)
    store.outbox.resume(at=world.MORNING, who=ODD, reason=ODD)
    store.ledger.write([world.decision(world.prompt())], at=world.MORNING)
    pending = store.ledger.pending(at=world.MAIL_AT)
    message = world.message(store, *(each.id for each in pending), subject=ODD)
    assert store.outbox.compose(message, token_hashes=["0" * 64], at=world.MAIL_AT)
    assert store.outbox.claim(message.key, at=world.MAIL_AT, lease=world.LEASE)
    receipt = DeliveryReceipt(outcome="accepted", stage="data", code=250, text=ODD, message_id=ODD, reference=ODD)
    store.outbox.finish(message.key, receipt, at=world.MAIL_AT)
    assert store.outbox.message_by_reference("Onetwo?") == message.key
    (answered,) = store.inbound.responses(refs={world.REF})[world.REF]
    assert (answered.text, answered.answered_by, answered.via) == ("Onetwo?",) * 3
    sealed = store.audit.verify_records()
    assert sealed is not None
    assert (store.audit.verify(), sealed.altered) == (None, ())


@pytest.mark.parametrize("look", [lambda store: store.plan.milestone(ODD), lambda store: store.outbox.token(ODD)])
def test_looking_for_odd_text_finds_nothing(store: Store, look: object) -> None:
    assert look(store) is None  # type: ignore[operator]  # a function of the store


def test_an_odd_title_in_a_timeline_breaks_nothing(store: Store) -> None:
    """Test that the checks refuse it in a file; a caller of the store may still hand it over."""
    given = world.timeline(store.council)
    odd = replace(given, council=replace(given.council, name=ODD, programme=ODD))
    world.apply(store, odd, digest="d2")
    assert store.audit.verify() is None
