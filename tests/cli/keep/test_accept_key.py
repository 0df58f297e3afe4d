"""Test the secret key: another one is refused before anything is sent, and there is a way on when the first is lost."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from cli.run.first_start import prepare
from config.settings import using
from tasks.council.key import OtherKey, accept_key
from tasks.council.tokens import token_hash
from tests.cli.house import Commands
from tests.harness import World, snapshot, tokens

LOST = SecretStr("another-secret-of-the-tests-which-nobody-can-guess")
NOBODY = "daymarkmail://127.0.0.1:9/?starttls=no"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World(tmp_path) as world:
        world.at("Tue 27 Aug 2019 07:00").apply()
        yield world


def lose_the_key(world: World) -> None:
    world.settings = world.settings.model_copy(update={"secret_key": LOST})


def test_another_key_sends_nothing_and_says_what_to_do(world: World) -> None:
    world.live("Wed 28 Aug 2019 08:30", "plo-panel")
    lose_the_key(world)
    world.at("Mon 2 Sep 2019 08:30").decide("plo-panel")
    before = snapshot(world.store)
    with pytest.raises(OtherKey, match=r"so nothing is sent: bring back .*, or run daymark accept-key"):
        world.deliver()
    with pytest.raises(OtherKey):
        prepare(world.settings)
    assert snapshot(world.store) == before
    world.expect_no_mail()


def test_the_first_message_fixes_the_key(world: World) -> None:
    assert world.store.outbox.key_fingerprint() == ""
    lose_the_key(world)
    assert world.live("Wed 28 Aug 2019 08:30", "plo-panel").messages
    assert world.store.outbox.key_fingerprint() != ""


def test_with_an_accepted_key_what_had_not_left_is_made_anew_with_links_that_open(
    world: World, daymark: Commands
) -> None:
    arrived = world.live("Wed 28 Aug 2019 08:30", "plo-panel").messages
    opened = [token for mail in world.mails() for token in tokens(mail)]
    world.route(NOBODY)
    world.at("Mon 2 Sep 2019 08:30").decide("plo-panel")
    tried = world.deliver().messages
    assert arrived
    assert {attempt.outcome for attempt in tried} == {"unreachable"}
    lose_the_key(world)
    world.route("")
    assert daymark("accept-key").code == 1
    said = daymark("accept-key", "--yes", "--by", "it_lead")
    assert (said.code, "will be made anew" in said.out) == (0, True), said.err
    # The channel rests for a while after its failures.
    world.at("Mon 2 Sep 2019 14:30").deliver()
    mails = world.mails()
    assert len(mails) == len(tried)
    for token in [*opened, *(token for mail in mails for token in tokens(mail))]:
        assert world.store.outbox.token(token_hash(token)) is not None
    sealed = world.store.audit.verify_records()
    assert sealed is not None
    assert (world.store.audit.verify(), sealed.altered) == (None, ())


def test_with_an_accepted_key_the_monday_mail_that_had_not_left_is_written_again(world: World) -> None:
    world.route(NOBODY)
    world.at("Tue 27 Aug 2019 08:25").monday()
    assert [attempt.kind for attempt in world.at("Tue 27 Aug 2019 08:30").deliver().messages] == ["monday"]
    lose_the_key(world)
    world.route("")
    assert accept_key(world.store, world.settings, at=world.at("Tue 27 Aug 2019 09:00").now, who="it_lead") == 1
    for _ in range(2):
        world.at("Wed 28 Aug 2019 08:25").monday()
    world.at("Wed 28 Aug 2019 10:30").deliver()
    assert len(world.mails()) == 1
    world.expect_mail(to="director", about="the week from")


def test_what_was_written_while_the_key_was_lost_has_tokens_that_are_known_once_it_is_back(world: World) -> None:
    world.live("Wed 28 Aug 2019 08:30", "plo-panel")
    right = world.settings
    lose_the_key(world)
    world.at("Mon 2 Sep 2019 08:25").monday()
    world.settings = right
    world.at("Mon 2 Sep 2019 08:30").deliver()
    (reply,) = re.findall(r"\[ref:(\w{16})\]", world.expect_mail(to="director", about="the week from").subject)
    assert world.store.outbox.token(token_hash(reply)) is not None


def test_accepting_is_refused_nothing_when_the_key_is_the_same(world: World, daymark: Commands) -> None:
    world.live("Wed 28 Aug 2019 08:30", "plo-panel")
    with using(world.settings):
        assert "0 messages will be made anew" in daymark("accept-key", "--yes").out
