"""Test a link that went to somebody else, because the person asked could not be reached: it is in that one's hands."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.store import Store
from tasks.catcher.mailbox import OpenedMail
from tasks.links.secure_link import Links
from tasks.receiving.receive import afterwards, handle
from tests.harness import World, tokens
from tests.support.stated import people, variant
from tests.tasks.replying import bounce, reply, replying
from timeline.answers.inbound import InboundState
from timeline.answers.responses import Answer, AnswerRefused, Response
from timeline.letters.page_views import DeadLink, Recorded, Reply, TaskView

DRAFT = "action-plan/1/draft"  # class A: a second person confirms it
OWNER, MANAGER = "improvement_programme_lead", "head_of_improvement"
DONE = Reply(Answer.DONE, evidence="https://documents.medway.example/plan/draft-1")
CONFIRMED = Reply(Answer.CONFIRMED)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Begin when the first mail about the draft came back, and went to the owner's line manager instead."""
    with replying(World(tmp_path)) as world:
        world.at("Tue 27 Aug 2019 07:00").apply()
        world.lived("Mon 23 Sep 2019 08:30", "action-plan")
        mail = world.expect_mail(to=OWNER, about="First draft")
        handle(world.settings, bounce(mail, world.address(OWNER)), at=world.now)
        world.at("Mon 23 Sep 2019 08:40").deliver()
        yield world


def came(world: World) -> OpenedMail:
    return world.mails(to=MANAGER, ever=True, about="We could not reach them")[0]


def press(world: World, choice: Reply) -> Recorded | DeadLink:
    return Links(world.settings).answer(tokens(came(world))[0], choice, at=world.now)


def page(world: World) -> TaskView:
    given = Links(world.settings).open_link(tokens(came(world))[0], at=world.now)
    assert isinstance(given, TaskView)
    return given


def last(store: Store) -> Response:
    return store.inbound.responses(refs={DRAFT})[DRAFT][-1]


def test_the_page_speaks_to_whoever_has_the_link(world: World) -> None:
    assert page(world).person_name == "Head of Business Change"
    assert page(world).asked_by == "This is for Programme Lead, whom we could not reach."


def test_what_is_pressed_there_is_recorded_for_the_person_asked_with_both_names(world: World) -> None:
    press(world, DONE)
    said = last(world.store)
    assert (said.person, said.by) == (world.person(OWNER), world.person(MANAGER))
    assert said.answered_by == "Head of Business Change"


def test_who_pressed_done_there_is_not_asked_to_confirm_it_and_cannot(world: World) -> None:
    press(world, DONE)
    assert Answer.CONFIRMED not in page(world).choices
    with pytest.raises(AnswerRefused, match="Whoever did it, or recorded it, cannot confirm it"):
        press(world, CONFIRMED)
    world.live("Tue 24 Sep 2019 08:30", "action-plan")
    world.expect_mail(to="director", about="Please confirm: First draft")
    world.expect_no_mail(to=MANAGER)


def test_a_reply_says_as_much_as_the_page(world: World) -> None:
    answer = reply(came(world), f"Done {DONE.evidence}", by=world.address(MANAGER))
    assert handle(world.settings, answer, at=world.now).state is InboundState.RECORDED
    assert (last(world.store).person, last(world.store).by) == (world.person(OWNER), world.person(MANAGER))


@pytest.mark.parametrize("way", ["page", "mail"])
def test_what_the_owner_did_is_confirmed_there_in_the_readers_own_name(way: str, world: World) -> None:
    world.done(DRAFT, by=OWNER)
    if way == "page":
        press(world, CONFIRMED)
    else:
        handle(world.settings, reply(came(world), "Confirmed", by=world.address(MANAGER)), at=world.now)
    said = last(world.store)
    assert (said.answer, said.person, said.answered_by) == (Answer.CONFIRMED, world.person(MANAGER), "")


def test_a_forger_is_told_of_where_the_mail_went(world: World) -> None:
    forged = handle(world.settings, reply(came(world), "ack", by=world.address(MANAGER), proved=False), at=world.now)
    assert forged.state is InboundState.HELD
    afterwards(world.settings, [forged], at=world.now)
    world.expect_mail(to=MANAGER, about="was this answer yours?")


def test_the_list_of_tasks_is_that_of_whoever_has_the_link(world: World) -> None:
    world.mails()
    Links(world.settings).ask_for_tasks(tokens(came(world))[0], at=world.now)
    Links(world.settings).send_waiting(at=world.now)
    world.expect_mail(to=MANAGER, about="tasks")


def test_it_dies_when_its_reader_leaves(world: World) -> None:
    link = tokens(came(world))[0]
    successor = {"name": "Successor", "address": "successor@medway.example", "holds": MANAGER}
    world.apply(variant(world.home, people=people(head_of_improvement=None, successor=successor)))
    assert Links(world.settings).open_link(link, at=world.now) == DeadLink("reassigned")
