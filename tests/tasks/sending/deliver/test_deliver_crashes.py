"""Test a process killed with -9 while it delivers to a real server: nothing is lost, an uncertain mail repeated."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.settings import ROOT
from tests.harness import World, content, header

# Stops for ever at the point named, inside a real delivery, and says so.
CHILD = """
import json, sys, threading
from datetime import datetime
from pathlib import Path
from config.settings import Settings, using
from models.store import Store
from models.store.outbox.group import Outbox
from tasks import channels
from tasks.council.ledger import engine
from tasks.sending import outbox
from tasks.sending.deliver import deliver

def stop(*_, **__):
    print("here", flush=True)
    threading.Event().wait()

outbox.LINES = {}  # one line, so that one message is at the point named
point, at, given = sys.argv[1], datetime.fromisoformat(sys.argv[2]), json.loads(sys.argv[3])
owner, name = {"claim": (Outbox, "claim"), "send": (channels, "send"), "finish": (Outbox, "finish")}[point]
setattr(owner, name, stop)
with using(Settings.given(**given)) as settings:
    deliver(Store(engine(settings.database_url), "medway"), settings, at=at)
"""


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Begin when two people are to be written to."""
    with World(tmp_path) as world:
        world.at("Tue 27 Aug 2019 07:00").apply()
        world.at("Wed 28 Aug 2019 08:30").decide()
        yield world


def killed_at(world: World, point: str) -> None:
    given = {
        "home": str(world.home),
        "smtp_port": world.catcher.port,
        "port": world.settings.port,
        "prefect_port": world.settings.prefect_port,
        "secret_key": world.settings.secret().decode(),
    }
    command = [sys.executable, "-c", CHILD, point, world.now.isoformat(), json.dumps(given)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "here\n"
        child.kill()


@pytest.mark.slow("a process of its own is killed, and another goes on")
def test_killed_before_the_claim_every_mail_leaves_once_and_at_once(world: World) -> None:
    killed_at(world, "claim")
    assert world.mails() == []
    world.deliver()
    assert _recipients(world) == ["performance.lead@medway.example", "training.lead@medway.example"]


@pytest.mark.slow("a process of its own is killed, and another goes on")
def test_killed_between_the_claim_and_the_server_the_mail_leaves_once_when_its_lease_is_over(world: World) -> None:
    killed_at(world, "send")
    assert world.mails() == []
    world.deliver()
    assert len(world.mails()) == 1  # the other one: nobody knows yet what became of the first
    world.at("Wed 28 Aug 2019 08:41").deliver()
    assert len(world.mails()) == 1
    assert sorted(opened_mail.envelope_to[0] for opened_mail in world.mails(ever=True)) == [
        "performance.lead@medway.example",
        "training.lead@medway.example",
    ]


@pytest.mark.slow("a process of its own is killed, and another goes on")
def test_killed_after_the_server_took_it_the_mail_is_repeated_byte_for_byte(world: World) -> None:
    killed_at(world, "finish")
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
@pytest.mark.parametrize("point", ["claim", "send", "finish"])
def test_killed_anywhere_a_restart_need_not_wait_for_the_lease(world: World, point: str) -> None:
    killed_at(world, point)
    before = {header(opened_mail.raw, "Message-ID") for opened_mail in world.mails()}
    world.store.outbox.release_claims(at=world.now)
    world.deliver()
    assert set(_recipients(world)) == {"performance.lead@medway.example", "training.lead@medway.example"}
    assert len(world.mails()) == 2 + len(before)
    assert world.waiting() == 0
    assert world.store.audit.verify() is None


def _recipients(world: World) -> list[str]:
    return sorted(opened_mail.envelope_to[0] for opened_mail in world.mails())


def _post_of(address: str) -> str:
    return address.partition("@")[0].replace(".", "_")
