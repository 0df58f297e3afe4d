"""Test that a person who answers is there: what a note said ends, and the same note takes nobody off their
tasks again.
"""

import pytest

from tasks.catcher.mailbox import OpenedMail
from tasks.council.answers import ON_BEHALF, record_response
from tests.harness import World
from tests.tasks.receiving.taken_in import CASES, IGNORED, OFFICER, RECORDED, taken, words, world
from tests.tasks.replying import automatic, reply
from tests.timeline.literals import day
from timeline.answers.responses import Answer, Given

__all__ = ["world"]

NOTE = "I am out of the office until Friday 6 September 2019."


def is_away(world: World) -> bool:
    return world.timeline.directory.absent("performance-lead", on=world.now.date())


def test_an_answer_ends_what_a_note_said_and_the_note_is_not_heard_again(world: World, mail: OpenedMail) -> None:
    assert taken(world, automatic(mail, NOTE, by=OFFICER)).state is RECORDED
    assert is_away(world)
    world.at("Thu 29 Aug 2019 09:00")
    assert taken(world, reply(mail, "Ack", by=OFFICER)).state is RECORDED
    assert not is_away(world)
    receipt = world.expect_mail(to="performance_lead", about="recorded, you have this")
    assert "We had heard that you are away until Friday 6 September. You answered, so we ask" in words(receipt)
    (event,) = [event for event in world.store.audit.events() if event.what == "absence ended"]
    assert (event.ref, event.who, event.via) == ("performance-lead", "performance-lead", "mail")
    assert world.store.audit.verify() is None
    world.at("Fri 30 Aug 2019 09:00")
    again = automatic(mail, NOTE, by=OFFICER, Message_ID="<again@medway.example>")
    assert taken(world, again).state is IGNORED
    assert not is_away(world)


def test_the_same_answer_again_ends_it_too(world: World, mail: OpenedMail) -> None:
    taken(world, reply(mail, "Ack", by=OFFICER))
    taken(world, automatic(mail, NOTE, by=OFFICER))
    assert is_away(world)
    taken(world, reply(mail, "Ack", by=OFFICER, Message_ID="<again@medway.example>"))
    assert not is_away(world)


def test_an_answer_of_somebody_else_ends_nothing(world: World, mail: OpenedMail) -> None:
    taken(world, automatic(mail, NOTE, by=OFFICER))
    given = Given(person="performance-lead", answer=Answer.ACKNOWLEDGED, via=ON_BEHALF)
    record_response(world.store, world.settings, CASES, given, at=world.now)
    assert is_away(world)


@pytest.mark.parametrize("last", ["Friday 11 October 2019", "Thursday 28 May 2020"])
def test_more_than_six_weeks_wait_for_a_person_and_nobody_is_told(world: World, mail: OpenedMail, last: str) -> None:
    result = taken(world, automatic(mail, f"I am out of the office until {last}.", by=OFFICER))
    assert (result.state, "once somebody confirms" in result.why) == (RECORDED, True)
    assert not is_away(world)
    (known,) = world.timeline.directory.known_absences
    assert (known.waits, known.said.from_on) == (True, day("Wed 28 Aug 2019"))
    world.expect_no_mail(to="head_of_safeguarding")
