"""Read the mailbox in a program of its own, which may be killed."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from tests.harness import World
from tests.support.forked import Forks
from tests.tasks.dovecot import PASSWORD, Dovecot, dovecot
from tests.tasks.replying import AUTHSERV, replying


@pytest.fixture(scope="session")
def server() -> Iterator[Dovecot]:
    with dovecot() as given:
        yield given


@pytest.fixture
def user(server: Dovecot) -> str:
    return server.user()


@pytest.fixture
def world(tmp_path: Path, server: Dovecot, user: str) -> Iterator[World]:
    mailbox = {"imap_host": "127.0.0.1", "imap_port": server.port, "imap_tls": False, "imap_user": user}
    with replying(World(tmp_path), **mailbox, imap_password=SecretStr(PASSWORD)) as world:
        world.at("Tue 27 Aug 2019 07:00").apply()
        world.live("Wed 28 Aug 2019 08:30", "plo-panel")
        yield world


KILLED = {
    "between the commit and the move": """
import imap_tools
imap_tools.BaseMailBox.move = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
""",
    "before the commit": """
from sqlalchemy import event
from tasks.council.ledger import engine
event.listen(engine(settings.database_url), "commit", lambda _: written() and os.kill(os.getpid(), signal.SIGKILL))
""",
}
READER = """
import json, os, signal, sys
from datetime import datetime
from config.settings import Settings, using
given = json.loads(sys.argv[1])
at = datetime.fromisoformat(given.pop("at"))
settings = Settings.given(**given)
from models.store.inbound import inbound
seen, add = [], inbound.add
def noted(*a, **k):
    add(*a, **k)
    seen.append(1)
inbound.add = noted
written = lambda: len(seen) >= 2
{dies}
from tasks.receiving.imap import read_mailbox
with using(settings):
    read_mailbox(settings, at=at)
print("It came to its end.", flush=True)
"""


def read_elsewhere(forks: Forks, world: World, dies: str) -> str:
    """Read the mailbox; what it says, which is nothing when it was killed."""
    settings = world.settings
    names = ("imap_host", "imap_port", "imap_tls", "imap_user", "smtp_port", "port", "prefect_port", "database_url")
    given = {name: getattr(settings, name) for name in names} | {"home": str(settings.home), "mail_authserv": AUTHSERV}
    given |= {"secret_key": settings.secret().decode(), "imap_password": PASSWORD, "at": world.now.isoformat()}
    with forks.running(READER.replace("{dies}", dies), json.dumps(given)) as reader:
        return reader.stdout.read()
