"""Test that an answer on a page costs few statements and two transactions, however many councils there are."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event, insert
from starlette.testclient import TestClient

from cli.run.first_start import pages
from models.tables import CouncilRow
from tasks.links.opened_link import OpenedTask
from tasks.links.secure_link import Links
from tests.harness import World, tokens
from timeline.answers.responses import Answer
from timeline.letters.page_views import Reply, TaskView

CASES = "plo-panel/1/cases"
HELP = Reply(Answer.HELP, text="Two people short")


@contextmanager
def counted(world: World) -> Iterator[list[str]]:
    """List the statements that run while it is open, and each end of a transaction."""
    ran: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        ran.append(statement.split()[0])

    ends = {name: lambda _connection, end=name: ran.append(end) for name in ("commit", "rollback")}
    for name, listener in ({"before_cursor_execute": note} | ends).items():
        event.listen(world.store.engine, name, listener)
    yield ran
    for name, listener in ({"before_cursor_execute": note} | ends).items():
        event.remove(world.store.engine, name, listener)


@pytest.fixture
def token(world: World) -> str:
    return tokens(world.expect_mail(to="performance_lead"))[0]


def opened(world: World, token: str) -> OpenedTask:
    given = Links(world.settings).opened(token, at=world.now)
    assert isinstance(given, OpenedTask)
    return given


@pytest.fixture
def with_neighbours(world: World) -> World:
    """Put nine councils before ours into the database."""
    empty = {
        "name": "",
        "definition": "{}",
        "source": "",
        "digest": "",
        "audit_head": "",
        "first_applied_at": world.now,
    }
    with world.store.engine.begin() as connection:
        connection.execute(insert(CouncilRow), [empty | {"key": f"before-{n}"} for n in range(9)])
    return world


def test_a_link_is_found_by_one_look_and_read_with_its_task_in_one_transaction(
    with_neighbours: World, token: str
) -> None:
    opened(with_neighbours, token)
    with counted(with_neighbours) as ran:
        assert isinstance(opened(with_neighbours, token).view, TaskView)
    assert ran == ["BEGIN", "SELECT", "SELECT", "SELECT", "SELECT", "commit"]


def test_an_answer_is_written_in_one_transaction_and_nothing_is_gathered_again(world: World, token: str) -> None:
    task = opened(world, token)
    with counted(world) as ran:
        task.answer(HELP)
    assert [each for each in ran if each in ("commit", "rollback")] == ["commit"]
    assert len(ran) <= 15, ran


def test_of_two_who_opened_it_at_once_the_slower_is_judged_on_what_the_faster_said(world: World, token: str) -> None:
    first, second = opened(world, token), opened(world, token)
    first.answer(HELP)
    second.answer(Reply(Answer.ACKNOWLEDGED))
    given = world.store.inbound.responses(refs={CASES})[CASES]
    assert [response.answer for response in given] == [Answer.HELP, Answer.ACKNOWLEDGED]
    assert world.store.audit.verify() is None


def test_an_answer_on_a_page_runs_in_two_transactions_and_tells_of_a_stop_that_it_read_with_the_link(
    world: World, token: str
) -> None:
    world.store.outbox.stop(at=world.now, who="Head of ICT", reason="the mail server moves")
    browser = TestClient(pages(world.settings), base_url=world.settings.base_url)
    with counted(world) as ran:
        page = browser.post(f"/r/{token}", data={"answer": "help", "help_text": "Two people short", "who": "self"})
    assert page.status_code == 200
    assert "Mails do not leave at present" in page.text
    assert [each for each in ran if each in ("commit", "rollback")] == ["commit", "commit"]
    assert len(ran) <= 19, ran
