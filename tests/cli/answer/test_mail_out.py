"""`daymark mail test`: one message to ourselves, and one sentence about it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.house import Commands
from tests.harness import World
from tests.tasks.exchange_refusals import EXPIRED_SECRET, MAILBOX
from tests.tasks.exchange_servers import Cloud, trusting


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World(tmp_path) as world:
        world.at("Tue 27 Aug 2019 07:00").apply()
        yield world


def test_it_goes_to_ourselves_alone_and_the_catcher_takes_it(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    said = Commands(capsys)("mail", "test")
    assert (said.code, said.out) == (0, "The catcher took it.\n")
    (mail,) = world.mails()
    assert MAILBOX in str(mail.to)


def test_by_exchange_it_says_what_is_wrong_and_then_that_it_was_taken(
    world: World, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    daymark = Commands(capsys)
    with trusting(monkeypatch), Cloud(tokens=[EXPIRED_SECRET]) as cloud:
        world.route(cloud.graph_url, **cloud.settings())
        said = daymark("mail", "test")
        assert said.code == 1
        assert said.out.startswith(
            "A message to ourselves was unreachable. No token for the app registration (AADSTS7000222)"
        )
        assert said.out.endswith("put a new one into DAYMARK_MAIL_CLIENT_SECRET.\n")
        said = daymark("mail", "test")
        assert (said.code, len(cloud.mails)) == (0, 1)
        assert said.out.startswith("It was accepted.")


def test_before_a_timeline_is_applied_there_is_nobody_to_send_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with World(tmp_path):
        said = Commands(capsys)("mail", "test")
    assert (said.code, said.err) == (2, "No council's timeline is stored yet: run daymark apply FILE.\n")
