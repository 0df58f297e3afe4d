"""Test a channel that rests, one with a rate, and a pause between two mails of a run."""

from collections.abc import Callable
from typing import Any

import pytest

from config.channels import Channel
from config.settings import Settings
from tasks.channels.receipt import Receipt
from tasks.sending import outbox, pacing
from tasks.sending.deliver import send_outbox
from tasks.sending.pacing import Pace
from tests.harness import World
from tests.tasks.sending.deliver.lines import PEOPLE, letters, states, use, world
from tests.tasks.sending.test_pace import Clock
from tests.tasks.smtp_servers import SmtpServer
from timeline.definitions.council import Pause
from timeline.delivery.messages import MessageState

__all__ = ["world"]


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
    monkeypatch.setattr(pacing, "monotonic", clock)
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
