"""Tell of a council's house in prose: a real store, a real mail catcher, real flows, on a clock that the story moves.

with World(tmp_path) as world:
    world.at("Thu 14 Nov 2019 07:30")
    world.run("action-plan")
    world.at("Thu 14 Nov 2019 08:30")
    world.run("notify")
    world.expect_mail(to="director", about="signs off")
"""

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from email import message_from_bytes
from functools import cache
from pathlib import Path
from typing import Any, Self

import pytest
from sqlalchemy import inspect, select, table, text

from config.settings import Settings, using
from models.store import Store
from tasks import clock
from tasks.catcher.catcher import Catcher
from tasks.catcher.mailbox import OpenedMail, caught
from tasks.channels.smtp.connection import close_connections
from tasks.council.answers import record_response
from tasks.council.ledger import correct, engine, gather, write
from tasks.director import monday
from tasks.sending.deliver import Sent, deliver
from tests.applied import Applied, pages_port
from tests.caught import Caught
from tests.running import Ran, away_from_any_loop, flows_by_name
from tests.support import templates
from tests.support.ports import free_port
from tests.support.prefect_login import AUTH, to_prefect
from tests.timeline.literals import at as instant
from tests.timeline.literals import day
from timeline.answers.responses import Answer, Given
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.facts import Embargo, Fact
from timeline.escalation.day import decide_day, horizon
from timeline.letters.page_views import Recorded
from timeline.planning.plan import plan

DUTIES = ("action-plan", "commissioner-report", "monitoring-visit", "plo-panel", "practice-manager-training")
_LINK = re.compile(r"/r/([a-z2-7]{16})\b")


UNPACED = "mail.rate=60000"
"""A real server gets 30 mails a minute; a test does not wait."""


class World(Caught, Applied, AbstractContextManager["World"]):
    """Hold one council's memory, mail server and clock. Live from the first apply and never in shadow, unless told."""

    def __init__(self, home: Path, *, database_url: str = "", mail_url: str = "") -> None:
        self.home = home
        port = free_port()
        self.catcher = Catcher(home / "caught-mail", "127.0.0.1", port)
        chosen = {"home": home, "smtp_port": port, "port": pages_port(), "prefect_port": free_port()}
        chosen |= {"secret_key": "a-secret-of-the-tests-which-nobody-can-guess"}
        chosen |= {"database_url": database_url} if database_url else {}
        chosen |= {"mail_url": mail_url, "channels": UNPACED} if mail_url else {}
        self.settings = Settings.given(**chosen)
        if not database_url:
            templates.start_empty(home / "daymark.db")
        self.store = Store(engine(self.settings.database_url), "medway")
        self.now = instant("Tue 27 Aug 2019 07:00")
        self._seen = 0
        self._open = ExitStack()
        self._using = ExitStack()

    def __enter__(self) -> Self:
        patch = self._open.enter_context(pytest.MonkeyPatch.context())
        patch.setattr(clock, "_real", lambda: self.now)
        patch.setattr("web.officers.links.now", lambda: self.now)
        # It takes most of a second, and a story of a year has fifty.
        patch.setattr(monday, "mail_picture", lambda *_, **__: None)
        # No machine counts along with a story's clock.
        patch.setattr(clock, "machine_time", lambda: None)
        self._using.enter_context(using(self.settings))
        self.catcher.start()
        return self

    def __exit__(self, *_: object) -> None:
        close_connections()
        self.catcher.stop()
        self._using.close()
        self._open.close()
        self.store.engine.dispose()

    # What happens

    def at(self, text: str) -> Self:
        """Move the clock; what is expected next is what came since."""
        self.now = instant(text)
        self._seen = len(caught(self.catcher.folder))
        return self

    def run(self, name: str, **given: Any) -> Ran:
        """Run a flow through Prefect's engine and server, for the instant of the story."""
        state = away_from_any_loop(flows_by_name()[name], **given, return_state=True)
        return Ran(state.type.value, state.message, str(state.state_details.flow_run_id))

    def decide(self, *duties: str) -> int:
        """Do what the flows of these duties (of the five with a flow of their own unless named) do, without Prefect;
        counts new prompts.
        """
        chosen = frozenset(duties or DUTIES)
        return write(self.store, decide_day(gather(self.store, chosen, at=self.now), obligations=chosen, at=self.now))

    def deliver(self) -> Sent:
        """Do what `notify` does, without Prefect."""
        return deliver(self.store, self.settings, at=self.now)

    def monday(self) -> str:
        """Do what `directors-monday` does, without Prefect."""
        situation = monday.gather(self.store, self.settings, at=self.now)
        monday_mail = monday.decide(self.store, situation, self.settings, at=self.now)
        return monday.write(self.store, monday_mail, self.settings, at=self.now)

    def live(self, text: str, *duties: str) -> Sent:
        """Give one moment of a day: decides and delivers then."""
        self.at(text)
        self.decide(*duties)
        return self.deliver()

    def answer(self, ref: str, answer: Answer, *, by: str, **words: Any) -> Recorded:
        """Record an answer of the holder of a post."""
        given = Given(person=self.person(by), answer=answer, via="page", **words)
        return record_response(self.store, self.settings, ref, given, at=self.now)

    def know(self, name: str, on: str, *, of: str, until: str = "", embargo: Embargo | None = None) -> None:
        """Record a fact about one occurrence now, and what it changes, as a command does."""
        fact = Fact(
            name=name,
            on=day(on),
            until=day(until) if until else None,
            known_at=self.now,
            who="Head of Business Change",
            source="Ofsted's letter",
            occurrence=of,
            embargo=embargo,
        )
        self.store.changes.record_fact(fact, at=self.now, who="the story")
        timeline = self.timeline
        planned = plan(timeline, at=self.now, until=horizon(timeline, at=self.now))
        self.store.plan.sync(planned, obligations=frozenset(duty.key for duty in timeline.obligations), at=self.now)
        correct(self.store, at=self.now)

    def done(self, ref: str, *, by: str) -> Recorded:
        return self.answer(ref, Answer.DONE, by=by, evidence="Cabinet, item 6")

    def route(self, mail_url: str, **more: Any) -> None:
        """See that from now on mail goes to another server; empty: to the catcher. `more` are settings that it
        needs.
        """
        close_connections()
        url = mail_url or f"daymarkmail://127.0.0.1:{self.catcher.port}/?starttls=no"
        self._using.close()
        channels = " ".join(dict.fromkeys((*self.settings.channels.split(), UNPACED)))
        self.settings = self.settings.model_copy(update=more | {"mail_url": url, "channels": channels})
        self._using.enter_context(using(self.settings))

    # What is seen

    @property
    def timeline(self) -> CouncilTimeline:
        return self.store.definitions.timeline(self.settings.working_hours)

    def person(self, post: str) -> str:
        recipient = self.timeline.directory.holder(post, on=self.now.date())
        assert recipient, f"nobody holds {post} on {self.now:%a %d %b %Y}"
        return recipient.person.key

    def address(self, post: str) -> str:
        return self.timeline.directory.people[self.person(post)].address

    def waiting(self) -> int:
        """Tell how many prompts are in the ledger and in no message yet."""
        return len(self.store.ledger.pending(at=instant("Tue 31 Dec 2024 18:00")))

    def reasons(self, ref: str) -> list[str]:
        """Tell why prompts about this task were not said."""
        return [entry.reason for entry in self.store.ledger.entries(refs=frozenset({ref})).get(ref, ()) if entry.reason]

    def artifacts(self, api: str, ran: Ran) -> list[dict[str, Any]]:
        """Tell what a run left for the administrators."""
        asked = {"artifacts": {"flow_run_id": {"any_": [ran.id]}}}
        given: list[dict[str, Any]] = (
            to_prefect.post(f"{api}/artifacts/filter", json=asked, auth=AUTH).raise_for_status().json()
        )
        return given


@contextmanager
def first_panel(home: Path) -> Iterator[World]:
    """Begin when the performance lead has had the first mail about the first panel, on Wed 28 Aug 2019."""
    with World(home) as world:
        world.at("Tue 27 Aug 2019 07:00").apply()
        world.lived("Wed 28 Aug 2019 08:30", "plo-panel")
        yield world


def tokens(mail: OpenedMail) -> list[str]:
    """Give the tokens of the links in a mail's text, in order."""
    return _LINK.findall(mail.text)


def content(mail: OpenedMail) -> bytes:
    """Give a mail as it was handed over: without the envelope that the catcher notes down."""
    return mail.raw.split(b"\r\n", 2)[2]


def header(raw: bytes, name: str) -> str:
    return str(message_from_bytes(raw)[name])


def snapshot(store: Store) -> dict[str, list[str]]:
    """Give every row of every table of the store's database."""
    with store.engine.connect() as connection:
        # By the driver itself: a row of SQLAlchemy's takes several times as long, and a hundred tests look so twice.
        driver: Any = connection.connection.driver_connection
        every = {name: driver.execute(_rows_of(name)) for name in inspect(connection).get_table_names()}
        return {name: sorted(map(repr, rows)) for name, rows in every.items()}


@cache
def _rows_of(name: str) -> str:
    return str(select(text("*")).select_from(table(name)))
