"""Test several lines at once, with real servers: what hangs blocks nothing else, and each message ends truly."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tasks.channels.smtp.connection import close_connections
from tasks.council.run import LEASE
from tasks.sending import outbox, pacing
from tests.harness import World
from tests.support.patience import limits
from tests.support.soon import soon
from tests.tasks.sending.deliver.lines import PEOPLE, letters, states, use, world
from tests.tasks.smtp_servers import Act, Received, SmtpServer
from timeline.delivery.messages import MessageState

__all__ = ["world"]


def test_a_channel_that_hangs_delays_no_other(world: World) -> None:
    """Test that the other server has its mail while the first still says nothing."""
    with SmtpServer() as good, SmtpServer(connect=Act.HANG) as hanging:
        use(world, mail=hanging.url, relay=good.url)
        slow, quick = letters(world, PEOPLE[0]), letters(world, PEOPLE[1], channel="relay")
        with ThreadPoolExecutor(1) as pool:
            running = pool.submit(world.deliver)
            assert soon(lambda: states(world.store, quick) == [MessageState.ACCEPTED])
            assert states(world.store, slow) == [MessageState.SENDING]
            hanging.closing.set()
            running.result()
        assert states(world.store, slow) == [MessageState.WAITING]


def test_a_mail_that_hangs_delays_no_other_mail(world: World) -> None:
    with SmtpServer(connect=[Act.HANG]) as server:
        use(world, mail=server.url)
        keys, wanted = letters(world, *PEOPLE), [*[MessageState.ACCEPTED] * 3, MessageState.SENDING]
        with ThreadPoolExecutor(1) as pool:
            running = pool.submit(world.deliver)
            assert soon(lambda: sorted(states(world.store, keys)) == wanted)
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
            assert soon(lambda: server.connections == 3)
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
    for number, limit in enumerate(limits(*told.values()), start=1):
        with monkeypatch.context() as hasty, SmtpServer(**told) as server:  # type: ignore[arg-type]
            hasty.setattr("tasks.sending.dispatch.LONGEST_SEND_SECONDS", limit)
            use(world, mail=server.url)
            (key,) = letters(world, PEOPLE[0], begin=number)
            world.deliver()
        if server.hung:
            break
    assert states(world.store, [key]) == [state]
    assert len(server.mails) == left
    if state is MessageState.FAILED:
        return
    close_connections()
    with SmtpServer() as server:
        use(world, mail=server.url)
        world.at("Wed 28 Aug 2019 08:40").deliver()
        assert states(world.store, [key]) == [MessageState.ACCEPTED]
        assert len(server.mails) == number


def test_two_workers_send_each_message_once_on_several_lines(world: World) -> None:
    with SmtpServer() as server:
        use(world, mail=server.url)
        keys = letters(world, *PEOPLE * 5)
        with ThreadPoolExecutor(4) as workers:
            list(workers.map(lambda _: world.deliver(), range(4)))
        assert states(world.store, keys) == [MessageState.ACCEPTED] * 20
        assert len({_id(received) for received in server.mails}) == len(server.mails) == 20


def test_a_run_is_over_before_its_claims_are() -> None:
    lease = LEASE.total_seconds()
    assert pacing.LONGEST_RUN_SECONDS <= 480 < lease


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


def _id(mail: Received) -> str:
    return next(line for line in mail.content.decode().splitlines() if line.startswith("Message-ID"))
