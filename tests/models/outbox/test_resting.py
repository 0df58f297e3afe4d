"""Test that a channel rests after three failures, and any answer ends it."""

from typing import Any

import pytest

from models.store import Store
from tests.models import world
from tests.models.outbox.test_channels import LATER, says
from tests.timeline.literals import at
from timeline.delivery.contact_methods import Breaker


def failed(store: Store, number: int, *, outcome: str = "unreachable", when: str = "Thu 14 Nov 2019 08:30") -> None:
    key = f"mail/ann/{number}"
    given = world.message(store, key=key, tokens=())
    assert store.outbox.compose(given, token_hashes=[], at=at(when))
    world.sent(store, key, at=at(when), outcome=outcome, code=None, next_attempt_at=LATER)


@pytest.mark.parametrize("outcome", ["unreachable", "uncertain"])
def test_a_channel_rests_after_three_failures_and_any_answer_ends_it(outcome: str, store: Store) -> None:
    for number in (1, 2, 3):
        assert not store.outbox.breakers().get("mail", Breaker()).rests(at=world.MAIL_AT)
        failed(store, number, outcome=outcome)
    assert store.outbox.breakers() == {"mail": Breaker(3, at("Thu 14 Nov 2019 08:40"))}
    failed(store, 4, outcome="refused", when="Thu 14 Nov 2019 08:40")
    assert store.outbox.breakers() == {}
    assert (says(store, "channel rests"), says(store, "channel works again")) == (1, 1)


def test_what_the_server_said_is_kept_with_the_channel(store: Store) -> None:
    failed(store, 1)
    assert store.outbox.compose(world.message(store, key="mail/ann/2", tokens=()), token_hashes=[], at=world.MAIL_AT)
    said: dict[str, Any] = {
        "code": 535,
        "enhanced": "5.7.139",
        "text": "a@council.example: basic login is off",
    }
    world.sent(store, "mail/ann/2", outcome="unreachable", next_attempt_at=LATER, **said)
    assert store.outbox.breakers()["mail"].because == "535 5.7.139 (address) basic login is off"


def test_one_channel_s_failures_are_not_another_s(store: Store) -> None:
    for number in (1, 2, 3):
        failed(store, number)
    assert list(store.outbox.breakers()) == ["mail"]


def test_what_we_could_not_build_says_nothing_of_the_channel(store: Store) -> None:
    for number in (1, 2):
        failed(store, number)
    given = world.message(store, key="mail/ann/9", tokens=())
    store.outbox.compose(given, token_hashes=[], at=world.MAIL_AT)
    world.sent(store, "mail/ann/9", outcome="refused", stage="build")
    failed(store, 3)
    assert store.outbox.breakers()["mail"].failures == 3
