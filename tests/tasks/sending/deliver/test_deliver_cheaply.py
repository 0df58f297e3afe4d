"""Test what a mail costs: a transaction of its own between two mails, and everything else for many at once."""

from typing import Any

import pytest
from sqlalchemy import event

from tasks.sending import handing, outbox
from tests.harness import World
from tests.tasks.sending.deliver.lines import PEOPLE, letters, states, use, world
from tests.tasks.smtp_servers import SmtpServer
from timeline.delivery.messages import MessageState

__all__ = ["world"]


def transactions(world: World) -> tuple[int, int]:
    """Send what waits; give how many transactions wrote, and how many mails left."""
    wrote: set[Any] = set()
    ended = 0

    def note(connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith(("INSERT", "UPDATE", "DELETE")):
            wrote.add(connection.connection.dbapi_connection)

    def end(connection: Any) -> None:
        nonlocal ended
        ended += connection.connection.dbapi_connection in wrote
        wrote.discard(connection.connection.dbapi_connection)

    event.listen(world.store.engine, "before_cursor_execute", note)
    event.listen(world.store.engine, "commit", end)
    sent = len(world.deliver().messages)
    event.remove(world.store.engine, "before_cursor_execute", note)
    event.remove(world.store.engine, "commit", end)
    return ended, sent


def test_a_mail_costs_a_transaction_and_the_ledger_follows_for_many(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "LINES", {})
    monkeypatch.setattr(handing, "WITHIN_SECONDS", 3600.0)
    with SmtpServer() as server:
        use(world, mail=server.url)
        keys = letters(world, *PEOPLE * 5)
        ended, sent = transactions(world)
    assert sent == len(server.mails) == len(keys) == 20
    # Each claim takes the receipt of the mail before; beside them stand the tokens, the ledger and the key.
    assert ended <= sent + 4
    assert states(world.store, keys) == [MessageState.ACCEPTED] * 20


def test_where_the_line_waits_for_its_turn_the_ledger_has_each_mail_at_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "LINES", {})
    with SmtpServer() as server:
        use(world, mail=server.url)
        world.settings = world.settings.model_copy(update={"channels": "mail.rate=240"})
        keys = letters(world, *PEOPLE[:3])
        seen: list[list[MessageState]] = []
        claim = handing.Desk.claim

        def claimed(desk: handing.Desk, *given: Any) -> bool:
            seen.append(states(world.store, keys))
            return claim(desk, *given)

        monkeypatch.setattr(handing.Desk, "claim", claimed)
        world.deliver()
    assert [each.count(MessageState.ACCEPTED) for each in seen] == [0, 1, 2]
