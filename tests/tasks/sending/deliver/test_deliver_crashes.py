"""Test a process killed with -9 while it delivers to a real server: nothing is lost, an uncertain mail repeated."""

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.harness import World, content, header
from tests.support.forked import Forks, forks

__all__ = ["forks"]
Killed = Callable[[str], None]

# Stops for ever at the point named, inside a real delivery, and says so.
CHILD = """
import json, sys, threading
from datetime import datetime
from pathlib import Path
from config.settings import Settings, using
from models.store import Store
from models.store.outbox.group import Outbox
from tasks.council.ledger import engine
from tasks.sending import dispatch, outbox
from tasks.sending.deliver import deliver
from tasks.sending.handing import Hand

def stop(*_, **__):
    print("here", flush=True)
    threading.Event().wait()

outbox.LINES = {}  # one line, so that one message is at the point named
point, at, given = sys.argv[1], datetime.fromisoformat(sys.argv[2]), json.loads(sys.argv[3])
points = {"claim": (Outbox, "claim"), "send": (dispatch, "send"), "taken": (Hand, "handed_over")}
setattr(*(points | {"settle": (Outbox, "settle")})[point], stop)
with using(Settings.given(**given)) as settings:
    deliver(Store(engine(settings.database_url), "medway"), settings, at=at)
"""


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Begin when two people are to be written to."""
    with World(tmp_path) as world:
        world.at("Tue 27 Aug 2019 07:00").apply()
        world.at("Wed 28 Aug 2019 08:30").decide("plo-panel", "case-follow-up")
        yield world


@pytest.fixture
def killed_at(world: World, forks: Forks) -> Callable[[str], None]:
    return partial(_killed_at, forks, world)


def _killed_at(forks: Forks, world: World, point: str) -> None:
    given = {
        "home": str(world.home),
        "smtp_port": world.catcher.port,
        "port": world.settings.port,
        "prefect_port": world.settings.prefect_port,
        "secret_key": world.settings.secret().decode(),
    }
    with forks.running(CHILD, point, world.now.isoformat(), json.dumps(given)) as child:
        assert child.stdout.readline() == "here\n"


@pytest.mark.slow("a process of its own is killed, and another goes on")
def test_killed_before_the_claim_every_mail_leaves_once_and_at_once(world: World, killed_at: Killed) -> None:
    killed_at("claim")
    assert world.mails() == []
    world.deliver()
    assert _recipients(world) == ["performance.lead@medway.example", "service.managers@medway.example"]


@pytest.mark.slow("a process of its own is killed, and another goes on")
def test_killed_between_the_claim_and_the_server_the_mail_leaves_once_when_its_lease_is_over(
    world: World, killed_at: Killed
) -> None:
    killed_at("send")
    assert world.mails() == []
    world.deliver()
    assert len(world.mails()) == 1  # the other one: nobody knows yet what became of the first
    world.at("Wed 28 Aug 2019 08:41").deliver()
    assert len(world.mails()) == 1
    assert sorted(opened_mail.envelope_to[0] for opened_mail in world.mails(ever=True)) == [
        "performance.lead@medway.example",
        "service.managers@medway.example",
    ]


@pytest.mark.slow("a process of its own is killed, and another goes on")
def test_killed_after_the_server_took_it_the_mail_is_repeated_byte_for_byte(world: World, killed_at: Killed) -> None:
    killed_at("taken")
    (first,) = world.mails()
    world.deliver()
    world.at("Wed 28 Aug 2019 08:41").deliver()
    again = world.expect_mail(to=_post_of(first.envelope_to[0]))
    assert content(again) == content(first)
    assert header(again.raw, "Message-ID") == header(first.raw, "Message-ID") != "None"
    world.at("Wed 28 Aug 2019 08:51").deliver()
    assert world.mails() == []
    assert len(world.mails(ever=True)) == 3


@pytest.mark.slow("a process of its own is killed, and another goes on")
@pytest.mark.parametrize(
    ("point", "left", "in_doubt"), [("claim", 0, 0), ("send", 0, 0), ("taken", 1, 1), ("settle", 2, 1)]
)
def test_killed_anywhere_a_restart_need_not_wait_for_the_lease_and_repeats_the_last_at_most(
    world: World, killed_at: Killed, point: str, left: int, in_doubt: int
) -> None:
    """Test it with two mails: that which left first is not in doubt once the second is claimed."""
    killed_at(point)
    assert len(world.mails()) == left
    world.store.outbox.release_claims(at=world.now)
    world.deliver()
    assert set(_recipients(world)) == {"performance.lead@medway.example", "service.managers@medway.example"}
    assert len(world.mails(ever=True)) == 2 + in_doubt
    assert world.waiting() == 0
    assert world.store.audit.verify() is None


def _recipients(world: World) -> list[str]:
    return sorted(opened_mail.envelope_to[0] for opened_mail in world.mails())


def _post_of(address: str) -> str:
    return address.partition("@")[0].replace(".", "_")
