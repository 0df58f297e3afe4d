"""Live a month in which owners of actions are asked how they stand: one mail each, a digit answers, silence climbs."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from tasks.assurance.assure import assure
from tasks.catcher.mailbox import OpenedMail
from tasks.links.secure_link import Links
from tasks.receiving.receive import IntakeResult, afterwards, handle
from tests.harness import World, tokens
from tests.support.medway_pages import medway_pages
from tests.tasks.replying import reply, replying
from timeline.answers.responses import Answer
from timeline.programme.actions import Update
from web.app import create_app

DUTY = "actions-update"
HEAD, TRAINING, EARLY_HELP = "head_of_improvement", "training_lead", "early_help_lead"
PLAN, BOARD = "actions.action-plan: ", "actions.improvement-board: "


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Begin when the owners of Medway's actions were asked for the first time."""
    with replying(World(tmp_path)) as world:
        world.at("Tue 27 Aug 2019 07:00").apply()
        world.lived("Wed 18 Sep 2019 08:30", DUTY)
        yield world


def mails_to(world: World, post: str) -> list[OpenedMail]:
    return [each for each in world.mails() if world.address(post) in each.envelope_to]


def taken(world: World, post: str, words: str, message_id: str = "") -> IntakeResult:
    more: dict[str, Any] = {"Message_ID": message_id} if message_id else {}
    raw = reply(mails_to(world, post)[0], words, by=world.address(post), **more)
    result = handle(world.settings, raw, at=world.now)
    afterwards(world.settings, [replace(result, asks_for_help=False)], at=world.now)
    return result


def said(world: World) -> list[str]:
    """Tell each update that was added to an action."""
    added = [(each.record, each.part) for each in world.store.programmes.updates(at=world.now)]
    return [f"{record}: {part.progress} {part.why}".strip() for record, part in added if isinstance(part, Update)]


def answers(world: World, post: str) -> list[Answer]:
    ref = f"{DUTY}/1/stands-{post}"
    return [given.answer for given in world.store.inbound.responses(refs={ref}).get(ref, ())]


def last_to(world: World, post: str) -> str:
    return " ".join(mails_to(world, post)[-1].text.split())


def test_each_owner_has_one_mail_and_a_digit_answers_it_once(world: World) -> None:
    owners = [HEAD, TRAINING, EARLY_HELP, "communications_lead"]
    assert sorted(each.envelope_to[0] for each in world.mails()) == sorted(map(world.address, owners))
    told = last_to(world, HEAD)
    assert "- A1 An Action Plan that addresses the areas for improvement over the next twelve months" in told
    assert "due Thu 28 Nov 2019. Nobody has said how it stands. - A2 An Improvement Board" in told
    assert "Reply “1” if all are on track, “2” and why if they slip, “3” and what would help" in told
    assert [taken(world, TRAINING, "1", "<same@medway.example>").new for _ in range(2)] == [True, False]
    assert said(world) == ["actions.practice-manager-training: on track"]
    assert answers(world, TRAINING) == [Answer.DONE]
    assert "We ask again next month." in last_to(world, TRAINING)


@pytest.mark.parametrize(
    ("words", "answer", "updates", "told"),
    [
        (
            "2: the chair is ill",
            Answer.DONE,
            [PLAN + "slipping the chair is ill", BOARD + "slipping the chair is ill"],
            "",
        ),
        ("2", Answer.DONE, [PLAN + "slipping", BOARD + "slipping"], "Please say why it slips"),
        (
            "A1 yes\nA2 need help: a chair",
            Answer.HELP,
            [PLAN + "on track", BOARD + "needs help a chair"],
            "We tell the",
        ),
        ("A2 yes", Answer.ACKNOWLEDGED, [BOARD + "on track"], "Still to say: A1 An Action Plan"),
        ("A1 yes, A7 yes", Answer.ACKNOWLEDGED, [PLAN + "on track"], "A7 is no open action of yours"),
        ("A1 done\nA2 yes", None, [], "Say what shows that it is done"),
        ("1 yes\n2 slipping", None, [], "we could not tell what it means"),
        ("1, but A2 is late", None, [], "Or a line for each, such as “A1 yes”"),
        ("Not mine", Answer.DECLINED, [], "Recorded as not yours"),
        ("2: case number 12345 waits", Answer.DONE, [PLAN + "slipping", BOARD + "slipping"], "were not passed on"),
    ],
)
def test_a_reply_is_read_line_by_line_and_never_guessed(
    world: World, words: str, answer: Answer | None, updates: list[str], told: str
) -> None:
    taken(world, HEAD, words)
    assert (answers(world, HEAD), said(world)) == ([answer] if answer else [], updates)
    assert told in last_to(world, HEAD)


@pytest.mark.slow("lives a month of mornings and proves each")
def test_silence_climbs_as_for_its_class_and_assurance_explains_the_month(world: World) -> None:
    taken(world, TRAINING, "1")
    taken(world, "communications_lead", "1 yes, thanks")
    told = {
        moment: sorted(each.envelope_to[0] for each in world.mails())
        for moment in ("Tue 24 Sep 2019 08:30", "Wed 25 Sep 2019 08:30", "Fri 27 Sep 2019 08:30")
        if world.live(moment, DUTY)
    }
    silent = [world.address(post) for post in (HEAD, EARLY_HELP)]
    assert [sorted({*to} - {*silent}) for to in told.values()] == [[], [world.address("head_of_safeguarding")], []]
    assert [to.count(silent[0]) for to in told.values()] == [1, 1, 2]
    world.at("Fri 27 Sep 2019 08:45")
    run = assure(world.store, world.settings, at=world.now)
    assert (run.duties[DUTY].due, run.duties[DUTY].unexplained) == (11, 0)
    assert [each for each in run.findings if each.duty == DUTY] == []


def test_an_action_that_is_done_leaves_and_a_new_month_asks_about_what_is_open(world: World) -> None:
    taken(world, HEAD, "A1 yes\nA2 done: minutes of 17 September")
    taken(world, TRAINING, "A1 done: register of attendance")
    world.live("Wed 16 Oct 2019 08:30", DUTY)
    assert mails_to(world, TRAINING) == []
    (told,) = [" ".join(each.text.split()) for each in mails_to(world, HEAD) if "A1 An Action Plan" in each.text]
    assert "An Improvement Board" not in told
    assert "On track (Wed 18 Sep 2019)." in told
    assert "Reply “1” if it is on track" in told


def test_the_page_says_how_each_action_stands_and_calls_for_help(world: World) -> None:
    pages = medway_pages(world.settings.base_url)
    given = {"answer": "done", "who": "self", "stand-1": "yes", "stand-2": "slipping", "stand-2-expected": "soon"}
    with TestClient(create_app(Links(world.settings), pages), base_url="http://localhost") as client:
        link = f"/r/{tokens(mails_to(world, HEAD)[0])[0]}"
        wrong = client.post(link, data=given)
        assert (wrong.status_code, "A2: say why" in wrong.text, "A2: enter a day" in wrong.text) == (422, True, True)
        given |= {"stand-2-why": "it waits for A1, A1 is late", "stand-2-expected": "12 December 2019"}
        for _ in range(2):
            assert "Recorded as done" in client.post(link, data=given).text
    assert said(world) == [PLAN + "on track", BOARD + "slipping it waits for A1, A1 is late"]
    assert answers(world, HEAD) == [Answer.DONE]
