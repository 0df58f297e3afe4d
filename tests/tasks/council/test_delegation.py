"""Test that a task passed on to somebody else: who is asked from then on, what the old link says, and who may be given
it.
"""

import pytest

from tasks.links.secure_link import Links
from tests.harness import World, snapshot, tokens
from timeline.answers.responses import Answer, AnswerRefused
from timeline.letters.page_views import DeadLink, TaskView

CASES = "plo-panel/1/cases"
NEXT_DAYS = ("Thu 29 Aug 2019", "Fri 30 Aug 2019", "Mon 2 Sep 2019", "Tue 3 Sep 2019")


@pytest.fixture
def links(world: World) -> Links:
    return Links(world.settings)


def pass_on(world: World, *, by: str = "performance_lead", to: str = "project_support", **words: str) -> None:
    world.answer(CASES, Answer.DELEGATED, by=by, delegated_to=world.person(to), **words)


def test_whoever_it_was_passed_on_to_hears_of_it_at_the_next_notify(world: World) -> None:
    pass_on(world, text="You have the list already.")
    world.at("Wed 28 Aug 2019 08:40").deliver()
    mail = world.expect_mail(to="project_support", about="The Performance lead asks you to do this.")
    assert "Their words: “You have the list already.”" in " ".join(mail.text.split())
    world.expect_no_mail(to="performance_lead")


def test_reminders_go_to_that_person_and_the_duty_keeps_its_owner(world: World) -> None:
    pass_on(world)
    world.at("Wed 28 Aug 2019 08:40").deliver()
    later = []
    for day in NEXT_DAYS:
        world.live(f"{day} 08:30", "plo-panel")
        later.append(world.mails(about="List of cases"))
    asked = {mail.envelope_to[0] for mails in later for mail in mails if "needs help" not in mail.subject}
    assert asked == {world.address("project_support")}
    stored = world.store.plan.milestone(CASES)
    assert stored is not None
    assert stored.milestone.owner == "performance_lead"


def test_the_old_link_says_so_and_the_new_one_answers(world: World, links: Links) -> None:
    (old,) = tokens(world.expect_mail(to="performance_lead", about="List of cases"))
    assert isinstance(links.open_link(old, at=world.now), TaskView)
    pass_on(world)
    dead = links.open_link(old, at=world.now)
    assert isinstance(dead, DeadLink)
    assert dead.reason == "reassigned"
    world.at("Wed 28 Aug 2019 08:40").deliver()
    (new,) = tokens(world.expect_mail(to="project_support", about="List of cases"))
    assert isinstance(links.open_link(new, at=world.now), TaskView)


def test_it_can_be_passed_on_again_and_back(world: World) -> None:
    pass_on(world)
    pass_on(world, by="project_support", to="performance_lead", text="Not me")
    world.at("Wed 28 Aug 2019 08:40").deliver()
    world.expect_mail(to="performance_lead", about="The Project Support Officer asks you to do this.")
    world.expect_no_mail(to="project_support", about="asks you to do this")


def test_declined_by_that_person_it_is_the_line_managers(world: World) -> None:
    pass_on(world)
    recorded = world.answer(CASES, Answer.DECLINED, by="project_support")
    assert recorded.heading == "Recorded as not yours"
    world.at("Wed 28 Aug 2019 08:40").deliver()
    assert world.mails(about="List of cases")


@pytest.mark.parametrize(
    ("to", "sentence"),
    [
        ("", "Please say who will do this: somebody of this council's directory."),
        ("nobody", "This task cannot be passed on to that person: expected somebody in post at Medway Council."),
        ("performance-lead", "You cannot pass a task on to yourself: please say who else will do it."),
    ],
)
def test_what_cannot_be_passed_on_is_refused_and_changes_nothing(world: World, to: str, sentence: str) -> None:
    before = snapshot(world.store)
    with pytest.raises(AnswerRefused) as refused:
        world.answer(CASES, Answer.DELEGATED, by="performance_lead", delegated_to=to)
    assert str(refused.value) == sentence
    assert snapshot(world.store) == before


def test_passing_it_on_twice_changes_nothing_more(world: World) -> None:
    pass_on(world)
    before = snapshot(world.store)
    pass_on(world)
    assert snapshot(world.store) == before
    assert world.store.audit.verify() is None


def test_done_by_that_person_is_done(world: World) -> None:
    pass_on(world)
    world.done(CASES, by="project_support")
    assert world.store.inbound.responses(refs={CASES})[CASES][-1].person == world.person("project_support")
    assert [
        entry.reason
        for entry in world.store.ledger.entries(refs=frozenset({CASES}))[CASES]
        if entry.key.rung == "delegated"
    ] == [""]
    world.at("Wed 28 Aug 2019 08:40").deliver()
    assert world.reasons(CASES) == ["It is done."]


def test_the_trail_says_who_passed_it_on_to_whom(world: World) -> None:
    pass_on(world)
    (event,) = [audit_event for audit_event in world.store.audit.events() if audit_event.what == "delegated"]
    assert (event.who, event.after) == (world.person("performance_lead"), world.person("project_support"))
