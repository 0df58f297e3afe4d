"""Test a reply to a council that has ended: it is answered kindly, recorded nowhere, and kept for a person."""

from functools import partial

import pytest

from tasks.catcher.mailbox import OpenedMail
from tasks.changes.apply import laid_out
from tests.harness import World
from tests.tasks.receiving.taken_in import HELD, OFFICER, responses, taken, words, world
from tests.tasks.replying import reply
from tests.timeline.literals import day
from timeline.definitions.facts import HANDED_OVER, Fact

__all__ = ["world"]


@pytest.mark.parametrize("text", ["Ack", "I need help, two people are ill", "Done https://medway.example/list"])
def test_whatever_comes_is_kept_and_answered_with_who_is_asked_now(world: World, mail: OpenedMail, text: str) -> None:
    end = Fact(name=HANDED_OVER, on=day("Wed 28 Aug 2019"), known_at=world.now, called="East Medway Council")
    laying = partial(laid_out, at=world.now)
    world.store.changes.record_fact(end, at=world.now, who="the story", laying=laying)
    result = taken(world, reply(mail, text, by=OFFICER))
    assert result.state is HELD
    assert responses(world) == ()
    (held,) = world.store.inbound.held()
    assert held.milestone == "plo-panel/1/cases"
    told = words(world.expect_mail(to="performance_lead", about="the council has ended"))
    assert "your answer was not recorded; it is kept for the programme team" in told
    assert "Medway Council ended on Wednesday 28 August 2019: East Medway Council has its duties now." in told
    assert "ask the Head of Specialist Projects there" in told
