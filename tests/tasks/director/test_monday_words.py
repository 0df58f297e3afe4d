"""Test what the director's Monday mail tells, and what an answer to it does."""

import re
from pathlib import Path

import pytest

from tasks.receiving.receive import handle
from tests.harness import World
from tests.support.stated import people, variant
from tests.tasks.director.mondays import DIRECTOR, monday, morning, words, world
from tests.tasks.replying import reply
from tests.timeline.literals import at
from timeline.answers.inbound import InboundState
from timeline.answers.responses import Answer
from timeline.definitions.facts import Embargo

__all__ = ["world"]


def test_what_moved_and_what_was_met_is_told_once(world: World) -> None:
    world.apply()
    morning(world, "Mon 2 Sep 2019 08:25")
    world.at("Tue 3 Sep 2019 10:00").know("moved", "Thu 26 Sep 2019", of="plo-panel/1")
    world.answer("plo-panel/1/cases", Answer.DONE, by="performance_lead", evidence="list sent")
    world.at("Wed 4 Sep 2019 10:00").know("held", "Wed 4 Sep 2019", of="improvement-board/1")
    morning(world, "Mon 9 Sep 2019 08:25")
    said = words(monday(world))
    assert "Moved: PLO monitoring panel: Tue 10 Sep 2019 → Thu 26 Sep 2019." in said
    assert "held Wed 4 Sep 2019; List of cases to the chair." in said
    morning(world, "Mon 16 Sep 2019 08:25")
    assert not re.search("Moved:|Met:", words(monday(world)))


def test_what_moved_there_and_back_has_not_moved(world: World) -> None:
    world.apply()
    morning(world, "Mon 2 Sep 2019 08:25")
    world.at("Tue 3 Sep 2019 10:00").know("moved", "Thu 26 Sep 2019", of="plo-panel/1")
    world.at("Tue 3 Sep 2019 11:00").know("moved", "Tue 10 Sep 2019", of="plo-panel/1")
    morning(world, "Mon 9 Sep 2019 08:25")
    assert "Moved:" not in words(monday(world))


def test_what_is_under_embargo_is_counted_and_named_to_nobody(world: World, tmp_path: Path) -> None:
    circulation = frozenset({"director", "chief_executive", "head_of_improvement", "improvement_programme_lead"})
    world.apply()
    world.at("Mon 4 Nov 2019 07:00")
    secret = Embargo(circulation=circulation, until=at("Fri 29 Nov 2019 00:00"))
    world.know("agreed_day", "Wed 27 Nov 2019", of="action-plan/1", embargo=secret)
    morning(world, "Mon 4 Nov 2019 08:25")
    mail = monday(world)
    assert "On your own list: 1 matter in confidence. Ask for your list here:" in words(mail)
    assert "action plan" not in f"{mail.subject} {words(mail)} {mail.html}"
    assert world.settings.base_url + "/mine" in mail.text


# Forwarded


def test_it_holds_no_link_that_answers_and_no_name(world: World, tmp_path: Path) -> None:
    named = {key: {**person, "name": f"Ada Quill the {key}"} for key, person in people().items()}
    world.apply(variant(tmp_path, people=named))
    morning(world, "Mon 4 Nov 2019 08:25")
    mail = monday(world)
    for part in (mail.text, mail.html):
        assert not re.search(r"/r/|/mine/|Ada Quill|@(?!media)", part)
    assert re.findall(r'href="([^"]+)"', mail.html) == re.findall(r"http://\S+", mail.text)
    assert len([line for line in mail.html.split("<p ") if "</strong>" in line]) <= 7


@pytest.mark.parametrize("answer", ["ack", "done https://council.example/minutes", "ack 1", "help"])
def test_whoever_answers_it_answers_for_nobody(world: World, answer: str) -> None:
    world.apply()
    morning(world, "Mon 4 Nov 2019 08:25")
    mail = monday(world)
    for who in (DIRECTOR, "head.of.safeguarding@medway.example", "chief.executive@medway.example"):
        result = handle(world.settings, reply(mail, answer, by=who), at=world.now)
        assert result.state is InboundState.HELD
    assert not world.store.inbound.responses(frozenset(duty.key for duty in world.timeline.obligations))


def test_the_director_is_told_that_nothing_was_recorded_and_nobody_else_is_told_anything(world: World) -> None:
    world.apply()
    morning(world, "Mon 4 Nov 2019 08:25")
    mail = monday(world)
    world.at("Mon 4 Nov 2019 09:00")
    handle(world.settings, reply(mail, "Fine", by="chief.executive@medway.example"), at=world.now)
    handle(world.settings, reply(mail, "Fine", by="stranger@elsewhere.example", proved=False), at=world.now)
    world.deliver()
    world.expect_no_mail()
    handle(world.settings, reply(mail, "Fine", by=DIRECTOR), at=world.now)
    world.deliver()
    told = world.expect_mail(to="director", about="nothing was recorded")
    assert "A person will read your words." in words(told)
    assert "/r/" not in told.text
