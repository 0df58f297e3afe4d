"""Test that mails, links, feeds, boards, programs, replies and exports of one council hold no word of the other."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from cli.main import run
from cli.run.first_start import pages
from tasks.catcher.mailbox import OpenedMail
from tasks.council.quiet import Quiets
from tasks.links import board, calendar_feed, readers
from tasks.receiving.receive import handle
from tests.harness import World, snapshot, tokens
from tests.houses.two import OTHER, QUILLON, SHARED, ZEPHYR, begun, everything_in, mails_of, readable, store_of
from tests.tasks.replying import reply, replying
from timeline.ical.feeds import Reader

COMMANDS = ("list --all", "people list", "calendar", "monday", "show plo-panel/1", "why plo-panel/1")


def browsing(world: World) -> TestClient:
    return TestClient(pages(world.settings), base_url=world.settings.base_url, client=("10.0.0.9", 50000))


def of_shared(world: World, word: str) -> OpenedMail:
    """Give the mail of that council to the officer who holds a post in each."""
    (mail,) = [each for each in mails_of(world, word) if each.envelope_to == (SHARED,)]
    return mail


def test_each_mail_belongs_to_one_council_and_an_officer_of_both_gets_one_of_each(two: World) -> None:
    for word, other in OTHER.items():
        mails = mails_of(two, word)
        assert mails
        assert [mail.subject for mail in mails if other in everything_in(mail.raw)] == []
        assert of_shared(two, word).subject
    assert len(mails_of(two, ZEPHYR)) + len(mails_of(two, QUILLON)) == len(two.mails(ever=True))


def test_what_stands_behind_a_token_is_of_one_council_and_the_door_of_another_does_not_open(two: World) -> None:
    client, at = browsing(two), two.now
    for word, other in OTHER.items():
        store = store_of(two, word)
        feed = calendar_feed.link(store, two.settings, Reader(person="performance-lead"), at=at)
        addresses = [f"/r/{token}" for mail in mails_of(two, word) for token in tokens(mail)]
        addresses += [feed.removeprefix(two.settings.base_url)]
        addresses += [
            board.link(store, two.settings, "improvement-board", at=at, who="test").removeprefix(two.settings.base_url)
        ]
        assert len(addresses) >= 3
        for address in addresses:
            answer = client.get(address)
            assert (answer.status_code, other in readable(answer.content)) == (200, False), address
        token = readers.give(store, two.settings, "power-bi", at=at, who="test")
        bearer = {"Authorization": f"Bearer {token}"}
        for table in ("", *(f"/{name}" for name in client.get("/api/v1", headers=bearer).json()["tables"])):
            answer = client.get(f"/api/v1{table}?council={other}", headers=bearer)
            assert (answer.status_code, other in readable(answer.content)) == (200, False), table
        assert client.get("/api/v1/councils", headers=bearer).status_code == 404
        # Neither the page of nobody's link nor the start page names any council.
        assert [each for each in OTHER if each in client.get("/r/aaaaaaaaaaaaaaaa").text.lower()] == []


def test_what_is_written_for_one_council_holds_nothing_of_the_other(
    two: World, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    for word, other in OTHER.items():
        for command in COMMANDS:
            capsysbinary.readouterr()
            run([*command.split(), "--council", word])
            said = readable(capsysbinary.readouterr().out)
            assert (word in said, other in said) == (True, False), command
        run(["export", str(tmp_path / word), "--council", word])
        written = {path.name: readable(path.read_bytes()) for path in (tmp_path / word).rglob("*") if path.is_file()}
        assert {name for name, words in written.items() if other in words} == set()
        assert any(word in words for words in written.values()), (sorted(written), capsysbinary.readouterr())


def test_a_stop_of_one_council_is_told_to_its_own_readers_alone(two: World) -> None:
    store_of(two, ZEPHYR).outbox.stop(at=two.now, who="Head", reason="A test")
    try:
        told = {word: bool(Quiets(two.settings).brief(tokens(of_shared(two, word))[0])) for word in OTHER}
        assert (told, Quiets(two.settings).brief("aaaaaaaaaaaaaaaa")) == ({ZEPHYR: True, QUILLON: False}, ())
    finally:
        store_of(two, ZEPHYR).outbox.resume(at=two.now, who="Head", reason="A test")


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[World]:
    with replying(World(tmp_path)) as world:
        yield begun(world)


def test_a_reply_of_an_officer_of_both_answers_the_council_that_asked(
    fresh: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    fresh.at("Wed 28 Aug 2019 09:12")
    before = snapshot(store_of(fresh, QUILLON))
    taken = handle(fresh.settings, reply(of_shared(fresh, ZEPHYR), "ack", by=SHARED), at=fresh.now)
    assert taken.new
    after = snapshot(store_of(fresh, QUILLON))
    assert _of(after, QUILLON) == _of(before, QUILLON)
    assert _of(after, ZEPHYR) != _of(before, ZEPHYR)
    for line in caplog.messages:
        assert not (ZEPHYR in line.lower() and QUILLON in line.lower()), line


def _of(taken: dict[str, list[str]], word: str) -> str:
    return json.dumps({name: [row for row in rows if f"'{word}'" in row] for name, rows in taken.items()})
