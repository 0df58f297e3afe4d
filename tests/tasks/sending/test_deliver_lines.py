"""Test several lines at once, with real servers: what hangs blocks nothing else, what is away rests, rates hold."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from config.channels import Channel
from config.settings import Settings
from models.store import Store
from tasks.channels import close_connections
from tasks.channels.receipt import Receipt
from tasks.council.run import LEASE
from tasks.sending import outbox
from tasks.sending.deliver import send_outbox
from tasks.sending.pacing import Pace
from tests.harness import World
from tests.tasks.sending.test_pace import Clock
from tests.tasks.smtp_servers import Act, Received, SmtpServer
from timeline.definitions.council import Pause
from timeline.delivery.messages import Message, MessageState, TokenClaims

PEOPLE = ("performance-lead", "training-lead", "project-support", "programme-lead")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World(tmp_path) as world:
        world.at("Tue 27 Aug 2019 07:00").apply()
        world.at("Wed 28 Aug 2019 08:30")
        yield world


def patience(monkeypatch: pytest.MonkeyPatch, seconds: int) -> None:
    """Tell for how long a server may hang."""
    monkeypatch.setattr("tasks.sending.dispatch.LONGEST_SEND_SECONDS", seconds)


def letters(world: World, *to: str, channel: str = "mail", begin: int = 1) -> list[str]:
    """Compose one message for each; gives their keys."""
    keys = []
    for number, person in enumerate(to, start=begin):
        key = f"{channel}/{person}/{number}"
        given = Message(
            key=key,
            channel=channel,
            deliver_to=person,
            kind="reminder",
            subject=f"Letter {number}",
            text="Please tell us.",
            html="",
            tokens=(TokenClaims(person=person, message=key),),
            prompts=(),
            composed_at=world.now + timedelta(seconds=number),
            next_attempt_at=world.now,
        )
        assert world.store.outbox.compose(given, token_hashes=[f"hash {key}"], at=world.now)
        keys.append(key)
    return keys


def states(store: Store, keys: list[str]) -> list[MessageState]:
    return [message.state for key in keys if (message := store.outbox.message(key))]


def use(world: World, **urls: str) -> None:
    close_connections()
    words = " ".join(f"{name}={url} {name}.rate=60000" for name, url in urls.items() if name != "mail")
    words += " mail.rate=60000" if "mail.rate" not in words and "mail" in urls else ""
    changes = {"channels": words} | ({"mail_url": urls["mail"]} if "mail" in urls else {})
    world.settings = world.settings.model_copy(update=changes)


def test_a_channel_that_hangs_delays_no_other(world: World) -> None:
    """Test that the other server has its mail while the first still says nothing."""
    with SmtpServer() as good, SmtpServer(connect=Act.HANG) as hanging:
        use(world, mail=hanging.url, relay=good.url)
        slow, quick = letters(world, PEOPLE[0]), letters(world, PEOPLE[1], channel="relay")
        with ThreadPoolExecutor(1) as pool:
            running = pool.submit(world.deliver)
            _until(lambda: states(world.store, quick) == [MessageState.ACCEPTED])
            assert states(world.store, slow) == [MessageState.SENDING]
            hanging.closing.set()
            running.result()
        assert states(world.store, slow) == [MessageState.WAITING]


def test_a_mail_that_hangs_delays_no_other_mail(world: World) -> None:
    with SmtpServer(connect=[Act.HANG]) as server:
        use(world, mail=server.url)
        keys = letters(world, *PEOPLE)
        with ThreadPoolExecutor(1) as pool:
            running = pool.submit(world.deliver)
            _until(lambda: sorted(states(world.store, keys)) == [*[MessageState.ACCEPTED] * 3, MessageState.SENDING])
            server.closing.set()
            running.result()
    assert len(server.mails) == 3


def test_three_lines_are_open_at_once_and_no_more(world: World) -> None:
    """Test that Exchange Online takes three."""
    with SmtpServer(connect=Act.HANG) as server:
        use(world, mail=server.url)
        keys = letters(world, *PEOPLE)
        with ThreadPoolExecutor(1) as pool:
            running = pool.submit(world.deliver)
            _until(lambda: server.connections == 3)
            assert sorted(states(world.store, keys)) == [*[MessageState.SENDING] * 3, MessageState.WAITING]
            server.closing.set()
            running.result()


@pytest.mark.parametrize(
    ("told", "state", "left"),
    [
        ({"RCPT": "550 5.1.1 unknown"}, MessageState.FAILED, 0),
        ({"RCPT": "550 5.7.1 not from you"}, MessageState.FAILED, 0),
        ({"end": "554 5.6.0 no"}, MessageState.FAILED, 1),
        ({"RCPT": "451 4.7.1 greylisted"}, MessageState.WAITING, 0),
        ({"end": "452 4.3.1 full"}, MessageState.WAITING, 1),
        ({"connect": Act.HANG}, MessageState.WAITING, 0),
        ({"MAIL": Act.DRIP}, MessageState.WAITING, 0),
        ({"connect": Act.BABBLE}, MessageState.WAITING, 0),
        ({"DATA": Act.CUT}, MessageState.WAITING, 0),
        ({"content": Act.CUT}, MessageState.UNCERTAIN, 0),
        ({"end": Act.CUT}, MessageState.UNCERTAIN, 1),
        ({"end": Act.HANG}, MessageState.UNCERTAIN, 1),
        ({"end": Act.DRIP}, MessageState.UNCERTAIN, 1),
    ],
    ids=str,
)
def test_every_message_ends_in_a_true_state(
    world: World, monkeypatch: pytest.MonkeyPatch, told: dict[str, str | Act], state: MessageState, left: int
) -> None:
    patience(monkeypatch, 2)
    with SmtpServer(**told) as server:  # type: ignore[arg-type]
        use(world, mail=server.url)
        (key,) = letters(world, PEOPLE[0])
        world.deliver()
        assert states(world.store, [key]) == [state]
        assert len(server.mails) == left
    if state is MessageState.FAILED:
        return
    close_connections()
    with SmtpServer() as server:
        use(world, mail=server.url)
        world.at("Wed 28 Aug 2019 08:40").deliver()
        assert states(world.store, [key]) == [MessageState.ACCEPTED]
        assert len(server.mails) == 1


def test_two_workers_send_each_message_once_on_several_lines(world: World) -> None:
    with SmtpServer() as server:
        use(world, mail=server.url)
        keys = letters(world, *PEOPLE * 5)
        with ThreadPoolExecutor(4) as workers:
            list(workers.map(lambda _: world.deliver(), range(4)))
        assert states(world.store, keys) == [MessageState.ACCEPTED] * 20
        assert len({_id(received) for received in server.mails}) == len(server.mails) == 20


# What is away rests


def test_a_server_that_is_away_rests_and_is_then_tried_with_one_mail(world: World) -> None:
    away = SmtpServer()
    away.server_close()
    use(world, mail=away.url)
    keys = letters(world, *PEOPLE * 3)
    tried = world.deliver().messages
    assert 3 <= len(tried) <= 5  # two lines may be under way when the third failure is heard
    assert states(world.store, keys) == [MessageState.WAITING] * 12
    # At rest nothing is tried, and nothing uses up an attempt.
    attempts = [world.store.outbox.message(key).attempts for key in keys]  # type: ignore[union-attr]
    assert world.at("Wed 28 Aug 2019 08:39").deliver().messages == ()
    assert [world.store.outbox.message(key).attempts for key in keys] == attempts  # type: ignore[union-attr]
    assert len(world.at("Wed 28 Aug 2019 08:40").deliver().messages) == 1
    # A rest of twenty minutes.
    assert world.at("Wed 28 Aug 2019 08:59").deliver().messages == ()
    with SmtpServer() as server:
        use(world, mail=server.url)
        world.at("Wed 28 Aug 2019 09:00").deliver()
        assert states(world.store, keys) == [MessageState.ACCEPTED] * 12
        assert len(server.mails) == 12
    assert world.store.outbox.breakers() == {}


def test_one_channel_at_rest_leaves_the_other_alone(world: World) -> None:
    away = SmtpServer()
    away.server_close()
    with SmtpServer() as good:
        use(world, mail=away.url, relay=good.url)
        keys = letters(world, *PEOPLE)
        others = letters(world, *PEOPLE, channel="relay")
        world.deliver()
        assert list(world.store.outbox.breakers()) == ["mail"]
        assert states(world.store, others) == [MessageState.ACCEPTED] * 4
        assert MessageState.ACCEPTED not in states(world.store, keys)


# The rate, and the end of a run


def test_the_rate_of_a_channel_holds_and_the_rest_waits_unclaimed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()

    def paced(channel: Channel, _settings: Settings) -> Pace:
        return Pace(channel.rate_per_minute, monotonic=clock, sleep=clock.sleep)

    monkeypatch.setattr(outbox, "pace_of", paced)
    monkeypatch.setattr(outbox, "monotonic", clock)
    with SmtpServer() as server:
        use(world, mail="daymarkmail://127.0.0.1:9/", relay=server.url)
        world.settings = world.settings.model_copy(update={"channels": f"relay={server.url} relay.rate=1"})
        keys = letters(world, *PEOPLE * 3, channel="relay")
        world.deliver()
        # Seven minutes for beginning, at one a minute: the first at once.
        assert len(server.mails) == 8
    assert clock.now == 1000 + 420
    waiting = [
        message
        for key in keys
        if (message := world.store.outbox.message(key)) and message.state is MessageState.WAITING
    ]
    assert [message.attempts for message in waiting] == [0] * 4


def test_a_run_is_over_before_its_claims_are() -> None:
    lease = LEASE.total_seconds()
    assert outbox.LONGEST_RUN_SECONDS <= 480 < lease


# Channels without a Message-ID


def test_what_may_have_arrived_on_a_channel_without_message_ids_is_not_said_twice(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "repeats_safely", lambda channel: channel.name != "relay")
    with SmtpServer(end=[Act.CUT]) as server:
        use(world, relay=server.url)
        keys = letters(world, PEOPLE[0], channel="relay")
        (sent,) = world.deliver().messages
        assert (sent.outcome, sent.lost, sent.rerouted) == ("uncertain", False, False)
        assert world.at("Wed 28 Aug 2019 09:30").deliver().messages == ()
        assert states(world.store, keys) == [MessageState.UNCERTAIN]
        # A worker died with one of them: nobody knows, and it is not begun again.
        (died,) = letters(world, PEOPLE[1], channel="relay", begin=2)
        assert world.store.outbox.claim(died, at=world.now, lease=LEASE)
        world.at("Wed 28 Aug 2019 09:41").deliver()
        assert world.at("Wed 28 Aug 2019 12:00").deliver().messages == ()
        assert len(server.mails) == 1


def _until(holds: Callable[[], bool]) -> None:
    for _ in range(1000):
        if holds():
            return
        Event().wait(0.02)
    raise AssertionError("it never came to be so")


def _id(mail: Received) -> str:
    return next(line for line in mail.content.decode().splitlines() if line.startswith("Message-ID"))


def test_a_pause_between_two_mails_of_a_run_holds_the_rest_until_the_next_run_has_asked_anew(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys, on = letters(world, *PEOPLE[:3]), world.now.date()
    dispatch: Callable[..., Receipt] = vars(outbox)["dispatch"]
    pause = Pause(obligation="plo-panel", from_on=on, until_on=on)

    def paused_meanwhile(*given: Any) -> Receipt:
        receipt = dispatch(*given)
        world.store.definitions.pause(pause, at=world.now, who="Lead")
        return receipt

    monkeypatch.setattr(outbox, "LINES", {})
    with monkeypatch.context() as amid:
        amid.setattr("tasks.sending.outbox.dispatch", paused_meanwhile)
        send_outbox(world.store, world.settings, at=world.now)
    assert states(world.store, keys) == [MessageState.ACCEPTED, MessageState.WAITING, MessageState.WAITING]
    send_outbox(world.store, world.settings, at=world.now)
    assert set(states(world.store, keys)) == {MessageState.ACCEPTED}
