"""Test drafts for the lead member with a real store and mail server: released once, and taken back."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tasks.director.briefings import listed, shown, waiting
from tasks.director.release import Settling, settle
from tasks.receiving.receive import handle
from tests.harness import World, snapshot
from tests.support.rotation import CROWD
from tests.support.stated import people, variant
from tests.tasks.director.drafted import ABOUT, MEMBER, REF, kept, state, world
from tests.tasks.replying import reply
from timeline.answers.inbound import InboundState
from timeline.answers.responses import Answer, AnswerRefused
from timeline.director.briefings import BriefingState
from timeline.letters.page_views import Recorded

__all__ = ["world"]
RELEASED, DISCARDED = BriefingState.RELEASED, BriefingState.DISCARDED


def press(world: World, state: BriefingState = RELEASED, *, by: str = "director", **more: Any) -> Recorded:
    given = Settling(person=world.person(by), ref=REF, state=state, via="page", **more)
    return settle(world.store, world.settings, given, at=world.now)


def events(world: World) -> list[tuple[str, str, str, str]]:
    given = (audit_event for audit_event in world.store.audit.events() if audit_event.what.startswith("briefing"))
    return [(audit_event.what, audit_event.who, audit_event.for_whom, audit_event.why) for audit_event in given]


def test_a_draft_is_made_once_and_nothing_leaves(world: World) -> None:
    assert state(world) == ["waiting"]
    assert kept(world) == ([], [])
    world.at("Wed 27 Nov 2019 08:30")
    assert kept(world) == ([], [])
    world.deliver()
    world.expect_no_mail(to="lead_member")
    assert events(world) == [("briefing drafted", "daymark", "", "close")]


def test_released_it_leaves_once_with_the_next_mails(world: World) -> None:
    recorded = press(world)
    assert (recorded.heading, recorded.already) == ("Released", False)
    world.at("Tue 26 Nov 2019 08:30").deliver()
    mail = world.expect_mail(to="lead_member", about=ABOUT)
    said = " ".join(mail.text.split())
    assert "Dear Portfolio Holder for Children's Services," in said
    assert "It is due on Thursday 28 November 2019." in said
    assert "It is not recorded as done yet (on Tuesday 26 November 2019)." in said
    assert "released by the Director of People." in said
    assert not re.search(r"Ada Quill|/r/|recorded by|has not|failed|http", mail.text)
    assert events(world)[1:] == [("briefing released", "director", "", "About the date 2019-11-28.")]
    world.at("Wed 27 Nov 2019 08:30")
    assert press(world).already
    kept(world)
    world.deliver()
    world.expect_no_mail(to="lead_member")


def test_released_in_the_evening_it_waits_for_working_time(world: World) -> None:
    world.at("Tue 26 Nov 2019 21:00")
    press(world)
    world.deliver()
    world.expect_no_mail()
    world.at("Wed 27 Nov 2019 08:00").deliver()
    world.expect_mail(to="lead_member", about=ABOUT)


@pytest.mark.slow("many threads press at once")
def test_many_presses_at_once_release_it_once(world: World) -> None:
    with ThreadPoolExecutor(10) as pool:
        recorded = list(pool.map(lambda _: press(world), range(CROWD)))
    assert sorted(each.already for each in recorded) == [False, *[True] * (CROWD - 1)]
    world.at("Tue 26 Nov 2019 08:30").deliver()
    world.expect_mail(to="lead_member")
    assert [what for what, *_ in events(world)] == ["briefing drafted", "briefing released"]


def test_release_and_discard_at_once_are_one_of_them(world: World) -> None:
    def settle(number: int) -> str:
        try:
            return press(world, RELEASED if number % 2 else DISCARDED).heading
        except AnswerRefused:
            return "refused"

    with ThreadPoolExecutor(10) as pool:
        headings = list(pool.map(settle, range(20)))
    (settled,) = set(headings) - {"refused"}
    assert (settled.lower(), headings.count("refused")) == (*state(world), 10)


def test_discarded_nobody_is_told_and_no_other_is_made(world: World) -> None:
    assert press(world, DISCARDED).heading == "Discarded"
    world.at("Fri 29 Nov 2019 08:30")
    assert kept(world) == ([], [])
    world.deliver()
    world.expect_no_mail(to="lead_member")
    with pytest.raises(AnswerRefused, match="no longer there"):
        press(world)


# Who may


def test_the_assistant_releases_for_the_director_and_both_are_kept(world: World) -> None:
    press(world, by="executive_assistant")
    assert events(world)[-1][:3] == ("briefing released", "executive-assistant", "director")
    world.at("Tue 26 Nov 2019 08:30").deliver()
    said = " ".join(world.expect_mail(to="lead_member").text.split())
    assert "released by the Executive assistant for the Director of People." in said


def test_the_deputy_may_while_the_director_is_away_and_not_else(tmp_path: Path, world: World) -> None:
    with pytest.raises(AnswerRefused, match="Only the Director of People, the deputy meanwhile and the assistant"):
        press(world, by="head_of_safeguarding")
    away = {**people()["director"], "absent": [{"from": "2019-11-26", "until": "2019-11-29"}]}
    world.apply(variant(tmp_path, people=people(portfolio_holder=MEMBER, director=away)))
    press(world, by="head_of_safeguarding")
    assert events(world)[-1][:3] == ("briefing released", "head-of-safeguarding", "director")


@pytest.mark.parametrize(
    "post", ["improvement_programme_lead", "chief_executive", "lead_member", "head_of_safeguarding"]
)
def test_nobody_else_sees_or_settles_it(world: World, post: str) -> None:
    person = world.timeline.directory.people[world.person(post)]
    assert listed(world.store, world.settings, person.key, at=world.now) == ()
    before = snapshot(world.store)
    with pytest.raises(AnswerRefused):
        shown(world.store, world.settings, person, REF, at=world.now)
    for choice in (RELEASED, DISCARDED):
        with pytest.raises(AnswerRefused):
            press(world, choice, by=post)
    assert snapshot(world.store) == before


def test_without_a_lead_member_a_sentence_says_so_and_the_draft_stays(tmp_path: Path, world: World) -> None:
    world.apply(variant(tmp_path, people=people()))
    with pytest.raises(AnswerRefused, match="Nobody holds the post Portfolio Holder for Children's Services"):
        press(world)
    assert state(world) == ["waiting"]


def test_in_shadow_the_programme_lead_gets_it_marked(tmp_path: Path, world: World) -> None:
    stated = variant(tmp_path, people=people(portfolio_holder=MEMBER), shadow_until="2019-11-29")
    world.apply(stated, shadow=True)
    press(world)
    world.at("Tue 26 Nov 2019 08:30").deliver()
    mail = world.expect_mail(to="improvement_programme_lead", about=ABOUT)
    assert "this would have gone to the Portfolio Holder for Children's Services." in " ".join(mail.text.split())
    world.expect_no_mail(to="lead_member")


# Taken back


def test_done_takes_the_draft_back(world: World) -> None:
    world.done(REF, by="improvement_programme_lead")
    assert not waiting(world.store, world.settings, at=world.now)
    with pytest.raises(AnswerRefused, match="no longer there"):
        press(world)
    assert kept(world) == ([], ["It is done."])
    assert events(world)[-1] == ("briefing withdrawn", "daymark", "", "It is done.")


def test_moved_takes_it_back_and_the_new_date_has_a_draft_of_its_own(world: World) -> None:
    world.know("action_plan_stated_due", "Wed 27 Nov 2019", of="")
    assert kept(world) == ([REF], ["The date has moved."])
    assert sorted(state(world)) == ["waiting", "withdrawn"]


def test_done_after_the_release_and_before_the_mail_leaves_takes_the_mail_back(world: World) -> None:
    world.at("Tue 26 Nov 2019 21:00")
    press(world)
    world.at("Wed 27 Nov 2019 07:50").done(REF, by="improvement_programme_lead")
    world.at("Wed 27 Nov 2019 08:30").deliver()
    world.expect_no_mail(to="lead_member")
    assert state(world) == ["withdrawn"]
    assert events(world)[-1] == ("briefing withdrawn", "daymark", "", "It is done.")


def test_a_lead_member_who_left_meanwhile_gets_nothing(tmp_path: Path, world: World) -> None:
    world.at("Tue 26 Nov 2019 21:00")
    press(world)
    other = {"name": "Ben Sharp", "address": "ben.sharp@medway.example", "holds": "lead_member"}
    world.apply(variant(tmp_path, people=people(portfolio_holder={**MEMBER, "holds": []}, other=other)))
    world.at("Wed 27 Nov 2019 08:30").deliver()
    assert not world.mails(about=ABOUT)
    assert kept(world) == ([REF], [])


def test_words_that_changed_since_they_were_read_are_not_released(world: World) -> None:
    director = world.timeline.directory.people[world.person("director")]
    seen = shown(world.store, world.settings, director, REF, at=world.now).seen
    world.answer(REF, Answer.ACKNOWLEDGED, by="improvement_programme_lead")
    with pytest.raises(AnswerRefused, match="The words have changed since you read them"):
        press(world, seen=seen)
    again = shown(world.store, world.settings, director, REF, at=world.now)
    assert again.seen != seen
    assert press(world, seen=again.seen).heading == "Released"


def test_whoever_answers_a_briefing_answers_for_nobody(world: World) -> None:
    press(world)
    world.at("Tue 26 Nov 2019 08:30").deliver()
    mail = world.expect_mail(to="lead_member")
    result = handle(world.settings, reply(mail, "done https://x.example", by=MEMBER["address"]), at=world.now)
    assert result.state is InboundState.HELD
    assert not world.store.inbound.responses(refs={REF})
