"""Test `replies` through Prefect's engine: what it takes from the mailbox, and what its run says."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from flows import replies
from tasks.houses.mailboxes import Mailbox
from tasks.receiving.imap import MailboxRead
from tasks.receiving.receive import handle
from tests.harness import World
from tests.running import Ran
from tests.tasks.dovecot import PASSWORD, Dovecot, dovecot
from tests.tasks.replying import automatic, reply, replying

OFFICER = "performance.lead@medway.example"


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    with dovecot() as given:
        yield given


@pytest.fixture
def user(server: Dovecot) -> str:
    return server.user()


@pytest.fixture
def world(tmp_path: Path, prefect_api: str, server: Dovecot, user: str) -> Iterator[World]:
    assert prefect_api
    mailbox = {"imap_host": "127.0.0.1", "imap_port": server.port, "imap_tls": False, "imap_user": user}
    house = replying(World(tmp_path), **mailbox, imap_password=SecretStr(PASSWORD))
    with house as world:
        world.at("Tue 27 Aug 2019 07:00").apply()
        world.live("Wed 28 Aug 2019 08:30", "plo-panel")
        yield world


def run(world: World) -> Ran:
    return world.run("replies")


@pytest.mark.requires("dovecot")
def test_a_run_takes_what_came_in_answers_it_at_any_hour_and_says_numbers(
    world: World, server: Dovecot, user: str, prefect_api: str
) -> None:
    mail = world.expect_mail(to="performance_lead")
    world.at("Sat 31 Aug 2019 22:03")
    away = automatic(mail, "I am away.", by=OFFICER)
    server.put(user, reply(mail, "Ack", by=OFFICER), reply(mail, "Hm", by=OFFICER), away)
    ran = run(world)
    assert (ran.type, ran.message) == ("COMPLETED", "Mails: 1 held, 1 ignored, 1 recorded; 2 messages sent.")
    assert len(world.mails(to="performance_lead")) == 2
    (artifact,) = world.artifacts(prefect_api, ran)
    assert "medway.example" not in str(artifact)
    assert run(world).message == "No mail had come in."


@pytest.mark.requires("dovecot")
def test_a_mailbox_that_is_away_fails_the_run_with_a_sentence(world: World) -> None:
    world.settings = world.settings.model_copy(update={"imap_port": 1})
    world.route("")
    ran = run(world)
    assert ran.type == "FAILED"
    assert ran.message.startswith("The mailbox at 127.0.0.1 port 1 could not be read (Connection refused)")


def test_what_was_taken_is_answered_also_where_another_run_reads_the_next_mailbox(
    tmp_path: Path, prefect_api: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert prefect_api
    with replying(World(tmp_path)) as world:
        world.at("Tue 27 Aug 2019 07:00").apply()
        world.live("Wed 28 Aug 2019 08:30", "plo-panel")
        helped = reply(world.expect_mail(to="performance_lead"), "Help, two short", by=OFFICER)
        boxes = [Mailbox(world.settings, councils) for councils in (None, frozenset({"medway"}))]
        taken = MailboxRead([handle(world.settings, helped, at=world.now)])
        reads = iter([taken, MailboxRead(busy=True)])
        monkeypatch.setattr(replies, "mailboxes", lambda _house: boxes)
        monkeypatch.setattr(replies, "read_mailbox", lambda _settings, *, at: next(reads))
        assert run(world).message == "Mails: 1 recorded; 1 message sent."
        world.expect_mail(to="performance_lead", about="recorded, you need help")


def test_without_a_mailbox_a_run_says_so(tmp_path: Path, prefect_api: str) -> None:
    assert prefect_api
    with World(tmp_path) as world:
        world.apply()
        ran = run(world)
    assert (ran.type, ran.message) == (
        "COMPLETED",
        "No mailbox is set (DAYMARK_IMAP_HOST), so there is nothing to read.",
    )
