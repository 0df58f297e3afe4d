"""Test the ground of a decision: who may hear of a milestone, and who is meant."""

from dataclasses import replace

import pytest

from tests.timeline.builders import answer, council, directory, milestone
from tests.timeline.escalation.grounds import stand
from tests.timeline.literals import at, day
from timeline.answers.responses import Answer
from timeline.definitions.duties import LINE_MANAGER, OWNER, DutyClass, Level
from timeline.definitions.facts import Embargo
from timeline.definitions.people import Holder
from timeline.escalation.audience import may_climb_to
from timeline.escalation.task_context import TaskContext


def meant(context: TaskContext, selector: str) -> str | None:
    recipient = context.audience.recipient(selector)
    return recipient.post.key if recipient else None


# The ceiling of each class


@pytest.mark.parametrize(
    ("duty_class", "as_selector", "highest"),
    [
        (DutyClass.A, "some post", Level.CHIEF_EXECUTIVE),
        (DutyClass.B, "some post", Level.DIRECTOR),
        (DutyClass.C, "some post", Level.HEAD_OF_SERVICE),
        (DutyClass.D, "some post", None),
        (DutyClass.A, LINE_MANAGER, Level.CHIEF_EXECUTIVE),
        (DutyClass.B, LINE_MANAGER, Level.DIRECTOR),
        (DutyClass.C, LINE_MANAGER, Level.HEAD_OF_SERVICE),
        (DutyClass.D, LINE_MANAGER, Level.DIRECTOR),
    ],
)
def test_each_class_has_its_ceiling(duty_class: DutyClass, as_selector: str, highest: Level | None) -> None:
    order = [Level.OFFICER, Level.HEAD_OF_SERVICE, Level.DIRECTOR, Level.CHIEF_EXECUTIVE]
    allowed = [level for level in Level if may_climb_to(duty_class, as_selector, level)]
    assert allowed == (order[: order.index(highest) + 1] if highest else [])


@pytest.mark.parametrize("duty_class", DutyClass)
@pytest.mark.parametrize("post", ["lead_member", "commissioner"])
def test_members_and_external_people_are_never_a_rung(duty_class: DutyClass, post: str) -> None:
    assert meant(stand(of=milestone(duty_class=duty_class)), post) is None


@pytest.mark.parametrize("duty_class", DutyClass)
def test_an_owner_is_asked_whatever_the_ceiling(duty_class: DutyClass) -> None:
    assert meant(stand(of=milestone(owner="chief_executive", duty_class=duty_class)), OWNER) == "chief_executive"


@pytest.mark.parametrize(
    ("duty_class", "reached"),
    [(DutyClass.A, "director"), (DutyClass.B, "director"), (DutyClass.C, None), (DutyClass.D, "director")],
)
def test_a_vacancy_lifts_no_ceiling(duty_class: DutyClass, reached: str | None) -> None:
    left = council(directory=directory(vacant=["team_manager", "head_of_service"]))
    assert meant(stand(of=milestone(duty_class=duty_class), timeline=left), LINE_MANAGER) == reached


# Who is meant today


@pytest.mark.parametrize(
    ("when", "person"),
    [("Wed 20 Nov 2019 07:30", "anna"), ("Thu 21 Nov 2019 07:30", "anna"), ("Fri 22 Nov 2019 07:30", "ben")],
)
def test_whoever_holds_the_post_today_is_meant(when: str, person: str) -> None:
    anna = Holder(post="officer", person="anna", until_on=day("Thu 21 Nov 2019"))
    ben = Holder(post="officer", person="ben", from_on=day("Fri 22 Nov 2019"))
    recipient = stand(when, timeline=council(directory=directory(holders=[anna, ben]))).audience.recipient(OWNER)
    assert recipient is not None
    assert recipient.person.key == person


def test_what_its_owner_declined_goes_to_the_line_manager() -> None:
    task = stand("Fri 15 Nov 2019 07:30", responses=(answer(Answer.DECLINED, "Thu 14 Nov 2019 10:05"),))
    assert (meant(task, OWNER), meant(task, LINE_MANAGER), meant(task, "director")) == (
        "team_manager",
        "team_manager",
        "director",
    )


# Embargo and shadow

EMBARGO = Embargo(circulation=frozenset({"officer", "director"}), until=at("Tue 19 Nov 2019 12:00"))


@pytest.mark.parametrize("selector", [LINE_MANAGER, "head_of_service", "chief_executive"])
@pytest.mark.parametrize(
    ("when", "may_hear"),
    [("Tue 19 Nov 2019 11:59", False), ("Tue 19 Nov 2019 12:00", True), ("Tue 19 Nov 2019 12:01", True)],
)
def test_under_embargo_nobody_outside_the_circulation_is_meant(selector: str, when: str, may_hear: bool) -> None:
    task = stand(when, of=milestone(embargoes=[EMBARGO]))
    assert (meant(task, OWNER), meant(task, "director")) == ("officer", "director")
    assert (meant(task, selector) is not None) is may_hear


def test_the_owner_too_hears_nothing_outside_the_circulation() -> None:
    closed = Embargo(circulation=frozenset({"director"}), until_fact="report_published")
    assert meant(stand(of=milestone(embargoes=[closed])), OWNER) is None


def test_what_somebody_knows_in_one_post_may_be_said_for_the_other() -> None:
    closed = Embargo(circulation=frozenset({"director"}), until_fact="report_published")
    both = [Holder(post="officer", person="ann"), Holder(post="director", person="ann")]
    assert meant(stand(of=milestone(embargoes=[closed]), timeline=council(directory=directory(holders=both))), OWNER)


def test_of_two_embargoes_both_must_let_through() -> None:
    narrower = replace(EMBARGO, circulation=frozenset({"director"}))
    task = stand(of=milestone(embargoes=[EMBARGO, narrower]))
    assert (meant(task, OWNER), meant(task, "director")) == (None, "director")


@pytest.mark.parametrize(
    ("when", "gets_it", "ledger"),
    [
        ("Wed 13 Nov 2019 23:59", "programme-lead", "shadow/officer"),
        ("Thu 14 Nov 2019 23:59", "programme-lead", "shadow/officer"),
        ("Fri 15 Nov 2019 00:00", "officer", "officer"),
    ],
)
def test_in_shadow_the_programme_lead_gets_it_to_the_last_day_included(when: str, gets_it: str, ledger: str) -> None:
    task = stand(when, timeline=council(shadow_until="Thu 14 Nov 2019"))
    owner = task.audience.recipient(OWNER)
    assert owner is not None
    to = task.audience.delivered_to(owner)
    assert to is not None
    assert (to.person.key, task.audience.person_key(owner)) == (gets_it, ledger)


def test_in_shadow_the_programme_lead_hears_nothing_that_is_embargoed_for_the_post() -> None:
    task = stand(of=milestone(embargoes=[EMBARGO]), timeline=council(shadow_until="Thu 14 Nov 2019"))
    owner = task.audience.recipient(OWNER)
    assert owner is not None
    assert task.audience.delivered_to(owner) is None


def test_in_shadow_without_a_programme_lead_nobody_gets_it() -> None:
    left = council(shadow_until="Thu 14 Nov 2019", directory=directory(vacant=["programme_lead"]))
    owner = stand(timeline=left).audience.recipient(OWNER)
    assert owner is not None
    assert stand(timeline=left).audience.delivered_to(owner) is None
