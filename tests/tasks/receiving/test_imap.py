"""Test the mailbox, on a real Dovecot: read, killed in the middle and read again."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from pydantic import SecretStr

from tasks.catcher.mailbox import OpenedMail
from tasks.reading.bounded import LARGEST_MAIL
from tasks.receiving import batches, imap
from tasks.receiving.imap import MailboxUnreachable, read_mailbox
from tests.harness import World, snapshot
from tests.support.forked import Forks, forks
from tests.tasks.dovecot import PASSWORD, Dovecot
from tests.tasks.receiving.other_reader import KILLED, read_elsewhere, server, user, world
from tests.tasks.replying import reply, replying
from timeline.answers.responses import Answer

__all__ = ["forks", "server", "user", "world"]
pytestmark = pytest.mark.requires("dovecot")
CASES = "plo-panel/1/cases"
OFFICER = "performance.lead@medway.example"


@pytest.fixture
def mail(world: World) -> OpenedMail:
    opened_mail = world.expect_mail(to="performance_lead")
    world.at("Wed 28 Aug 2019 09:12")
    return opened_mail


def inbound(world: World) -> int:
    return len(snapshot(world.store)["inbound"])


def answers(world: World) -> list[Answer]:
    return [response.answer for response in world.store.inbound.responses(refs={CASES}).get(CASES, ())]


def test_each_mail_is_taken_and_then_lies_in_the_other_folder(
    world: World, mail: OpenedMail, server: Dovecot, user: str
) -> None:
    server.put(user, reply(mail, "Ack", by=OFFICER), reply(mail, "Hm", by=OFFICER))
    done = read_mailbox(world.settings, at=world.now)
    assert dict(done.numbers()) == {"held": 1, "recorded": 1}
    assert (server.count(user), server.count(user, "Daymark")) == (0, 2)
    assert answers(world) == [Answer.ACKNOWLEDGED]
    assert read_mailbox(world.settings, at=world.now).taken == []


def test_a_mail_that_somebody_has_looked_at_is_read_all_the_same(
    world: World, mail: OpenedMail, server: Dovecot, user: str
) -> None:
    server.put(user, reply(mail, "Ack", by=OFFICER), flags=r"\Seen")
    read_mailbox(world.settings, at=world.now)
    assert answers(world) == [Answer.ACKNOWLEDGED]


def test_a_server_that_cannot_move_is_told_to_copy_and_delete(
    world: World, mail: OpenedMail, server: Dovecot, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = imap._make_folder

    def forgets(box: Any, name: str) -> None:
        box.client.capabilities = ("IMAP4REV1",)
        before(box, name)

    monkeypatch.setattr(imap, "_make_folder", forgets)
    server.put(user, reply(mail, "Ack", by=OFFICER))
    read_mailbox(world.settings, at=world.now)
    assert (server.count(user), server.count(user, "Daymark")) == (0, 1)


def test_a_mail_that_raises_stays_and_stops_no_other(
    world: World,
    mail: OpenedMail,
    server: Dovecot,
    user: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    handle = batches.__dict__["handle"]

    def stumbles(settings: Any, raw: bytes, **given: Any) -> Any:
        if b"stumble" in raw:
            raise ValueError(f"over {OFFICER}")
        return handle(settings, raw, **given)

    monkeypatch.setattr(batches, "handle", stumbles)
    server.put(user, reply(mail, "stumble", by=OFFICER), reply(mail, "Ack", by=OFFICER))
    assert dict(read_mailbox(world.settings, at=world.now).numbers()) == {"recorded": 1, "left in the mailbox": 1}
    assert (server.count(user), server.count(user, "Daymark")) == (1, 1)
    assert caplog.messages == ["A mail could not be taken (ValueError); it stays in the mailbox."]
    monkeypatch.undo()
    read_mailbox(world.settings, at=world.now)
    assert (server.count(user), inbound(world)) == (0, 2)


@pytest.mark.slow("puts a huge mail into a real mailbox")
def test_of_a_huge_mail_only_the_head_leaves_the_server(
    world: World, mail: OpenedMail, server: Dovecot, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = []
    handle = batches.__dict__["handle"]

    def weighs(settings: Any, raw: bytes, **given: Any) -> Any:
        read.append(len(raw))
        return handle(settings, raw, **given)

    monkeypatch.setattr(batches, "handle", weighs)
    server.put(user, reply(mail, "Ack", by=OFFICER) + b"x\r\n" * (LARGEST_MAIL // 3 + 1))
    assert dict(read_mailbox(world.settings, at=world.now).numbers()) == {"held": 1}
    assert read[0] < 5000
    assert (answers(world), server.count(user)) == ([], 0)


@pytest.mark.slow("a process of its own is killed, and another goes on")
@pytest.mark.parametrize("moment", KILLED)
def test_a_reader_that_is_killed_loses_nothing_and_records_nothing_twice(
    world: World, mail: OpenedMail, server: Dovecot, user: str, forks: Forks, moment: str
) -> None:
    server.put(user, reply(mail, "Ack", by=OFFICER), reply(mail, "Help, two short", by=OFFICER))
    server.put(user, reply(mail, "Done https://medway.example/1", by=OFFICER))
    assert read_elsewhere(forks, world, KILLED[moment]) == ""
    assert (server.count(user), server.count(user, "Daymark")) == (3, 0)
    # The three share a transaction.
    assert inbound(world) == (0 if moment == "before the commit" else 3)
    done = read_mailbox(world.settings, at=world.now)
    assert dict(done.numbers()) == ({"recorded": 3} if moment == "before the commit" else {"seen before": 3})
    assert (server.count(user), server.count(user, "Daymark"), inbound(world)) == (0, 3, 3)
    assert answers(world) == [Answer.ACKNOWLEDGED, Answer.HELP, Answer.DONE]
    receipts = [each for each in snapshot(world.store)["message"] if "'receipt/" in each]
    assert len(receipts) == 3
    assert world.store.audit.verify() is None


def test_a_second_reader_leaves_the_mailbox_to_the_first(
    world: World, mail: OpenedMail, server: Dovecot, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    handle = batches.__dict__["handle"]

    def looks(settings: Any, raw: bytes, **given: Any) -> Any:
        seen.append(read_mailbox(world.settings, at=world.now))
        return handle(settings, raw, **given)

    monkeypatch.setattr(batches, "handle", looks)
    server.put(user, reply(mail, "Ack", by=OFFICER))
    assert not read_mailbox(world.settings, at=world.now).busy
    assert [each.busy for each in seen] == [True]


def test_two_readers_at_once_do_no_harm_even_without_the_lock(
    world: World, mail: OpenedMail, server: Dovecot, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready = Barrier(2, timeout=120)
    sizes = imap._sizes

    def together(box: Any) -> dict[str, int]:
        given = sizes(box)
        ready.wait()
        return given

    monkeypatch.setattr(imap, "_sizes", together)
    locks = iter(("one", "another"))
    exclusive = imap.__dict__["exclusive"]
    monkeypatch.setattr(imap, "exclusive", lambda on, _: exclusive(on, next(locks)))
    server.put(user, *(reply(mail, f"Help {'again ' * n}please", by=OFFICER) for n in range(20)))
    with ThreadPoolExecutor(2) as readers:
        both = [readers.submit(read_mailbox, world.settings, at=world.now) for _ in range(2)]
        done = [future.result() for future in both]
    assert sum(result.new for reader in done for result in reader.taken) == 20
    monkeypatch.undo()
    assert not any(result.new for result in read_mailbox(world.settings, at=world.now).taken)
    assert (server.count(user), inbound(world)) == (0, 20)
    assert server.count(user, "Daymark") >= 20
    assert world.store.audit.verify() is None


def test_a_mailbox_that_refuses_us_is_named_without_a_secret(world: World, server: Dovecot) -> None:
    wrong = world.settings.model_copy(update={"imap_password": SecretStr("hunter2-and-more")})
    with pytest.raises(MailboxUnreachable) as told:
        read_mailbox(wrong, at=world.now)
    assert str(told.value).startswith(f"The mailbox at 127.0.0.1 port {server.port} could not be read (")
    assert "hunter2" not in str(told.value)


def test_a_mailbox_that_is_away_is_named(world: World) -> None:
    nobody = world.settings.model_copy(update={"imap_port": 1})
    with pytest.raises(MailboxUnreachable, match="Connection refused"):
        read_mailbox(nobody, at=world.now)


def test_before_anything_is_applied_the_mailbox_is_left_alone(tmp_path: Path, server: Dovecot, user: str) -> None:
    mailbox = {"imap_host": "127.0.0.1", "imap_port": server.port, "imap_tls": False, "imap_user": user}
    server.put(user, b"Subject: Early\r\n\r\nAck\r\n")
    with replying(World(tmp_path), **mailbox, imap_password=SecretStr(PASSWORD)) as world:
        assert read_mailbox(world.settings, at=world.now).taken == []
    assert server.count(user) == 1
