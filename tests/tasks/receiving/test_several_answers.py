"""Test a mail that answers several tasks: by number, in the order in which our mail showed them, or all at once."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tasks.catcher.mailbox import OpenedMail
from tasks.links.link_target import find_page
from tasks.receiving.receive import IntakeResult, afterwards, handle
from tests.harness import World, tokens
from tests.tasks.replying import reply, replying
from timeline.answers.inbound import InboundState
from timeline.answers.responses import Answer, Response

ACK, DONE, DECLINED = Answer.ACKNOWLEDGED, Answer.DONE, Answer.DECLINED
RECORDED, HELD = InboundState.RECORDED, InboundState.HELD


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with replying(World(tmp_path)) as world:
        world.at("Tue 27 Aug 2019 07:00").apply()
        world.lived("Mon 14 Oct 2019 08:30")
        yield world


@pytest.fixture
def mail(world: World) -> OpenedMail:
    """Give a mail of several tasks."""
    return next(opened_mail for opened_mail in world.mails() if len(tokens(opened_mail)) > 1)


def taken(world: World, mail: OpenedMail, words: str, message_id: str | None = None) -> IntakeResult:
    headers = {"Message_ID": message_id} if message_id else {}
    raw = reply(mail, words, by=mail.envelope_to[0], proved=True, **headers)
    result = handle(world.settings, raw, at=world.now)
    afterwards(world.settings, [replace(result, asks_for_help=False)], at=world.now)
    return result


def refs(world: World, mail: OpenedMail) -> list[str]:
    """Give the tasks in the order in which the mail shows them: each number's link leads to its task."""
    targets = [find_page(world.settings, token) for token in tokens(mail)]
    return [target[1].milestone for target in targets if target]


def answers(world: World, mail: OpenedMail) -> list[tuple[Answer, str]]:
    """Give the last answer to each task and its evidence; a task without an answer is left out."""
    given = recorded(world, mail)
    return [(given[ref][-1].answer, given[ref][-1].evidence) for ref in refs(world, mail) if ref in given]


def recorded(world: World, mail: OpenedMail) -> dict[str, tuple[Response, ...]]:
    return world.store.inbound.responses(refs=set(refs(world, mail)))


def receipt(world: World, about: str) -> str:
    return " ".join(world.mails(about=about)[-1].text.split())


def test_each_number_answers_the_task_that_the_mail_shows_under_it(world: World, mail: OpenedMail) -> None:
    words = "Hi,\n\n1: yes\n2: done https://medway.example/b"
    assert taken(world, mail, words).state is RECORDED
    assert answers(world, mail)[:2] == [(ACK, ""), (DONE, "https://medway.example/b")]
    told = receipt(world, "recorded, your answers")
    shown = re.findall(r"^\d\. (.*)$", mail.text.replace("\r", ""), re.MULTILINE)
    assert f"1. You have this: {shown[0]}." in told
    assert f"2. Recorded as done: {shown[1]}." in told
    assert "https://medway.example/b" in told


@pytest.mark.parametrize("words", ["all yes", "ack all", "Yes to all, thanks"])
def test_all_acknowledges_every_task_once(world: World, mail: OpenedMail, words: str) -> None:
    same = "<all@medway.example>"
    assert taken(world, mail, words, same).state is RECORDED
    assert answers(world, mail) == [(ACK, "")] * len(tokens(mail))
    assert not taken(world, mail, words, same).new
    assert len(recorded(world, mail)) == len(tokens(mail))
    assert len(world.mails(about="recorded, your answers")) == 1


def test_a_number_that_our_mail_has_not_or_another_count_of_tasks_records_nothing(
    world: World, mail: OpenedMail
) -> None:
    for words in ("1 and 9 yes", "yes to six" if len(tokens(mail)) != 6 else "yes to both", "Yes"):
        assert taken(world, mail, words).state is HELD
    assert recorded(world, mail) == {}


def test_what_was_recorded_before_a_crash_is_not_recorded_again(
    world: World, mail: OpenedMail, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Test that the rows of the answers are written one after another, the mail's own row last."""
    same = "<crash@medway.example>"
    with monkeypatch.context() as crashing:
        crashing.setattr("tasks.receiving.several_answers._receipt", _crash)
        with pytest.raises(RuntimeError):
            taken(world, mail, "all yes", same)
    assert taken(world, mail, "all yes", same).state is RECORDED
    assert [len(given) for given in recorded(world, mail).values()] == [1] * len(tokens(mail))
    assert receipt(world, "recorded, your answers").count("was recorded") == len(tokens(mail))


def _crash(*_: object) -> None:
    raise RuntimeError


def test_a_call_for_help_among_several_answers_is_heard_at_once(world: World, mail: OpenedMail) -> None:
    result = taken(world, mail, "1 not mine, ask Tom\n2 help please")
    assert (result.state, result.asks_for_help) == (RECORDED, True)
    assert [answer for answer, _ in answers(world, mail)[:2]] == [DECLINED, Answer.HELP]


def test_words_that_were_not_understood_are_not_told_that_they_say_no_number(world: World, mail: OpenedMail) -> None:
    assert taken(world, mail, "1 yes, 2 help nobody here").state is HELD
    told = world.mails()[-1]
    assert "could not tell what it means" in told.text
    assert "speaks of several tasks" not in told.text
