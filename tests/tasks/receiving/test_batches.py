"""Test that replies are taken some at a time: in one transaction, of which each may fail by itself."""

from typing import Any

import pytest
from sqlalchemy import event, text

from models.store import Store, together
from models.store.base.together import OtherCouncil
from tasks.catcher.mailbox import OpenedMail
from tasks.council.ledger import engine
from tasks.receiving import batches
from tasks.receiving.batches import Brought, Taken, take_all
from tests.harness import World, snapshot
from tests.tasks.replying import reply
from timeline.answers.inbound import InboundState
from timeline.answers.responses import Answer
from timeline.delivery.messages import TokenClaims

CASES = "plo-panel/1/cases"
OFFICER = "performance.lead@medway.example"


def take(world: World, *raws: bytes) -> list[Taken]:
    mails = [Brought(str(place), raw, False) for place, raw in enumerate(raws)]
    return list(take_all(world.settings, mails, at=world.now))


def answers(world: World) -> list[Answer]:
    return [response.answer for response in world.store.inbound.responses(refs={CASES}).get(CASES, ())]


def is_whole(world: World) -> bool:
    """Tell whether the chain holds, and every record is as the chain has it."""
    sealed = world.store.audit.verify_records()
    return world.store.audit.verify() is None and sealed is not None and not sealed.altered


def written(world: World) -> int:
    return len(snapshot(world.store)["inbound"])


def test_replies_share_a_transaction_and_are_answered_in_their_order(world: World, mail: OpenedMail) -> None:
    begun: list[str] = []
    event.listen(world.store.engine, "commit", lambda connection: begun.append(_kind(connection)))
    said = ("Ack", "Help, two short", "Help, three short", "Done https://medway.example/1")
    taken = take(world, *(reply(mail, words, by=OFFICER) for words in said))
    assert [taken_in.mail.uid for taken_in in taken] == ["0", "1", "2", "3"]
    assert answers(world) == [Answer.ACKNOWLEDGED, Answer.HELP, Answer.HELP, Answer.DONE]
    assert begun.count("BEGIN IMMEDIATE") == 1
    assert is_whole(world)


def _kind(connection: Any) -> str:
    return str(connection.get_execution_options().get("daymark_begin"))


@pytest.mark.parametrize("where", ["before it writes", "when it has written"])
def test_a_mail_that_fails_harms_only_itself(
    world: World, mail: OpenedMail, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    handle = batches.__dict__["handle"]

    def stumbles(settings: Any, raw: bytes, **given: Any) -> Any:
        if b"stumble" in raw and where == "before it writes":
            raise ValueError
        done = handle(settings, raw, **given)
        if b"stumble" in raw:
            raise ValueError
        return done

    monkeypatch.setattr(batches, "handle", stumbles)
    said = ("Ack", "Help, we stumble", "Help, two short")
    taken = take(world, *(reply(mail, words, by=OFFICER) for words in said))
    assert [type(taken_in.result).__name__ for taken_in in taken] == ["IntakeResult", "ValueError", "IntakeResult"]
    assert (answers(world), written(world)) == ([Answer.ACKNOWLEDGED, Answer.HELP], 2)
    assert is_whole(world)


def test_a_mail_that_comes_twice_in_a_batch_counts_once(world: World, mail: OpenedMail) -> None:
    again = reply(mail, "Help, two short", by=OFFICER)
    results = [taken_in.result for taken_in in take(world, again, again)]
    assert [getattr(result, "new", None) for result in results] == [True, False]
    assert (answers(world), written(world)) == ([Answer.HELP], 1)


def test_what_cannot_be_committed_together_is_taken_one_by_one(
    world: World, mail: OpenedMail, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: list[int] = []

    def fails(*_: Any, **__: Any) -> None:
        ended.append(1)
        raise RuntimeError

    monkeypatch.setattr("models.store.base.together.end_turn", fails)
    taken = take(world, *(reply(mail, words, by=OFFICER) for words in ("Ack", "Help, two short")))
    assert (len(ended), [getattr(each.result, "state", None) for each in taken]) == (1, [InboundState.RECORDED] * 2)
    assert answers(world) == [Answer.ACKNOWLEDGED, Answer.HELP]
    assert is_whole(world)


def test_replies_that_share_with_nobody_end(world: World, mail: OpenedMail, monkeypatch: pytest.MonkeyPatch) -> None:
    def touches_two(*_: Any, **__: Any) -> None:
        raise OtherCouncil

    monkeypatch.setattr(batches, "handle", touches_two)
    taken = take(world, *(reply(mail, words, by=OFFICER) for words in ("Ack", "Help, two short")))
    assert [type(each.result) for each in taken] == [OtherCouncil, OtherCouncil]


def test_steps_on_two_councils_never_share_a_transaction(world: World) -> None:
    with together(engine(world.settings.database_url)) as shared:
        world.store.outbox.keep_tokens({"0" * 64: TokenClaims(person="ann")}, at=world.now)
        with pytest.raises(OtherCouncil), shared.apart():
            Store(world.store.engine, "other").outbox.keep_tokens({}, at=world.now)
    with world.store.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM token WHERE person = 'ann'")).scalar() == 1
