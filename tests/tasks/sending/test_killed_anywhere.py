"""Test a morning killed with -9 at every statement to the database and at every move of the talk with the mail server.

Whatever remains, whoever goes on says everything that is due, and repeats at most the mail of which nobody knows what
became of it, byte for byte. That is a single mail, whatever was kept of others and not yet in the ledger.
"""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest
from sqlmodel import col, select

from config.settings import Settings
from models.store import Store
from models.tables import MessageRow, Row
from tasks.council.ledger import engine
from tests.harness import World, content
from tests.support import rotation
from tests.tasks.dying import Nursery
from timeline.delivery.messages import MessageState
from timeline.escalation.prompts import PromptKey, PromptState

DUTIES = ("plo-panel", "case-follow-up")
OWNERS = ["performance.lead@medway.example", "service.managers@medway.example"]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World(tmp_path) as world:
        yield world


@pytest.fixture
def on_postgres(tmp_path: Path, fresh_postgres_url: str) -> Iterator[World]:
    with World(tmp_path, database_url=fresh_postgres_url) as world:
        yield world


def going_on_elsewhere(world: World) -> None:
    """See that another worker goes on at once, and takes what the dead one had claimed when its lease is over."""
    world.decide(*DUTIES)
    world.deliver()
    world.at("Wed 28 Aug 2019 08:41").deliver()


def restarted(world: World) -> None:
    """See that Daymark is started again; nobody else is sending."""
    world.store.outbox.release_claims(at=world.now)
    world.decide(*DUTIES)
    world.deliver()


@dataclass
class Mornings:
    """Hold Wednesday morning, lived again and again on copies of Tuesday evening's database."""

    world: World
    copy: Callable[[str, str], str]
    evening: str = ""
    ledger: dict[PromptKey, PromptState] = field(default_factory=dict)
    mails: list[bytes] = field(default_factory=list)
    told: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    steps: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.world.at("Tue 27 Aug 2019 07:00").apply()
        self.evening = self.world.settings.database_url
        self._close()
        self._open(self.copy(self.evening, "undisturbed"))
        self.world.at("Wed 28 Aug 2019 08:30").decide(*DUTIES)
        self.world.deliver()
        self.ledger = _ledger(self.world.store)
        self.mails = [content(opened_mail) for opened_mail in self.world.mails()]
        self._close()
        assert sorted(opened_mail.envelope_to[0] for opened_mail in self.world.mails()) == OWNERS

    def die_at_every(self, stride: int, *, first: int = 1) -> None:
        with Nursery() as nursery:
            dies_at = first
            while step := self._die(nursery, dies_at):
                self.steps.append(step)
                dies_at += stride

    def _die(self, nursery: Nursery, dies_at: int) -> str:
        """Give the step at which it died; empty when it came to its end."""
        world = self.world
        self._open(self.copy(self.evening, f"morning_{dies_at}"))
        self._close()
        world.at("Wed 28 Aug 2019 08:30")
        given = {name: str(getattr(world.settings, name)) for name in Settings.model_fields if name in _TOLD}
        secret = {"secret_key": world.settings.secret().decode()}
        step = nursery.live(given | secret, duties=DUTIES, at=world.now, dies_at=dies_at)
        self._go_on(step or "its end")
        return step

    def _go_on(self, step: str) -> None:
        """See that what remains has one future for each way of going on: that of the same remains is known already."""
        remains = self.world.settings.database_url
        self._open(remains)
        caught = self.world.mails()
        given = _rows(self.world.store) | {"mails": [opened_mail.envelope_to[0] for opened_mail in caught]}
        self._close()
        if given in self.told.values():
            return
        self.told[f"{len(self.steps)}: {step}"] = given
        for way in (going_on_elsewhere, restarted):
            self._open(self.copy(remains, f"{remains.rpartition('/')[2].removesuffix('.db')}_{way.__name__}"))
            self._expect_whole(way, [content(opened_mail) for opened_mail in caught], step)
            self._close()

    def _expect_whole(self, way: Callable[[World], None], left: list[bytes], step: str) -> None:
        """Expect the ledger and the mails of an undisturbed morning, but for the one mail that may be there twice."""
        world = self.world
        world.at("Wed 28 Aug 2019 08:30")
        before, in_doubt = len(world.mails(ever=True)), _in_doubt(world.store)
        way(world)
        mails = left + [content(opened_mail) for opened_mail in world.mails(ever=True)[before:]]
        assert _ledger(world.store) == self.ledger, (step, way)
        assert {*mails} == {*self.mails}, (step, way)
        assert len(mails) - len(self.mails) <= len(in_doubt) <= 1, (step, way, "only the uncertain one is repeated")
        accepted = [
            audit_event.ref for audit_event in world.store.audit.events() if audit_event.what == "message accepted"
        ]
        assert len(accepted) == len({*accepted}) == len(self.mails), (step, way)
        assert (world.decide(*DUTIES), world.deliver().messages, world.waiting()) == (0, (), 0)
        assert world.store.audit.verify() is None

    def _open(self, database_url: str) -> None:
        self.world.settings = self.world.settings.model_copy(update={"database_url": database_url})
        self.world.store = Store(engine(database_url), "medway")

    def _close(self) -> None:
        self.world.store.engine.dispose()


_TOLD = {"home", "smtp_port", "port", "prefect_port", "database_url"}


def _ledger(store: Store) -> dict[PromptKey, PromptState]:
    return {entry.key: entry.state for entries in store.ledger.entries(frozenset(DUTIES)).values() for entry in entries}


def _rows(store: Store) -> dict[str, list[str]]:
    """Give every row."""
    with store.engine.connect() as connection:
        tables = Row.metadata.sorted_tables
        return {table.name: sorted(repr(tuple(row)) for row in connection.execute(table.select())) for table in tables}


def _in_doubt(store: Store) -> list[str]:
    """Give the mails that were claimed, and of which no receipt was kept."""
    with store.engine.connect() as connection:
        claimed = select(MessageRow.key).where(col(MessageRow.state) == MessageState.SENDING)
        return list(connection.execute(claimed.where(col(MessageRow.receipt).is_(None))).scalars())


def _kept(rows: dict[str, list[str]]) -> int:
    """Count the mails of which a receipt was kept that the ledger has not."""
    return sum('"outcome":"accepted"' in row for row in rows["message"])


def _copied_file(database_url: str, name: str) -> str:
    path = Path(database_url.removeprefix("sqlite:///"))
    shutil.copy(path, path.with_name(f"{name}.db"))
    # What a killed process had committed may stand in the log beside the file only.
    log = path.with_name(f"{path.name}-wal")
    if log.exists():
        shutil.copy(log, path.with_name(f"{name}.db-wal"))
    return f"sqlite:///{path.with_name(f'{name}.db')}"


def _copied_database(database_url: str, name: str) -> str:
    server, _, template = database_url.rpartition("/")
    name = f"{template.partition('_morning')[0]}_{name}"
    with psycopg.connect(f"{server}/postgres".replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return f"{server}/{name}"


DATABASES = ("sqlite", "postgresql")
DIES = "a process dies at some steps of a morning, and its remains are lived on twice"


@rotation.in_turn("sqlite", DATABASES, DIES)
def test_killed_at_any_step_nothing_is_lost_and_only_the_uncertain_mail_is_repeated(world: World) -> None:
    """Test that at every sixteenth step, beginning where the commit says; at every step in a long run."""
    mornings = Mornings(world, _copied_file)
    mornings.die_at_every(1 if rotation.LONG else 16, first=1 if rotation.LONG else 1 + rotation.offset(16))
    assert len(mornings.steps) >= 4
    assert sum(bool(remains["mails"]) for remains in mornings.told.values()) >= (4 if rotation.LONG else 1)
    if rotation.LONG:
        passed = set(mornings.steps)
        assert {"before content", "in the middle of content", "answered content", "read 250", "COMMIT"} <= passed
        assert sum(step.startswith("UPDATE message SET state") for step in mornings.steps) >= 3  # each claimed, settled
        # The receipt of the first mail is kept with the claim of the second, which is settled with its own.
        assert {_kept(remains) for remains in mornings.told.values()} == {0, 1}


@rotation.in_turn("postgresql", DATABASES, DIES)
@pytest.mark.requires("postgresql")
def test_killed_at_some_steps_on_postgres(on_postgres: World) -> None:
    """Test that at every 28th step, beginning with one of four; at every seventh in a long run. At a step between the
    ledger's rows and their commit a sequence of PostgreSQL goes on, and the mail that was never written has another
    number.
    """
    mornings = Mornings(on_postgres, _copied_database)
    mornings.die_at_every(7 if rotation.LONG else 28, first=1 if rotation.LONG else 1 + 7 * rotation.offset(4))
    assert len(mornings.steps) >= (10 if rotation.LONG else 2)
