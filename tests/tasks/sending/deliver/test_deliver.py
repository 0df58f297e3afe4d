"""Test what leaves, when and how often: real prompts from a real store to real SMTP servers, good and bad ones."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.harness import World, tokens
from tests.support.stated import people, variant
from tests.tasks.sending.deliver.waiting import CASES, ticks, world
from timeline.answers.responses import Answer

__all__ = ["world"]


# Working hours


@pytest.mark.parametrize(
    ("moment", "leaves"),
    [
        ("Wed 28 Aug 2019 08:29", False),  # its hour is half past eight
        ("Wed 28 Aug 2019 08:30", True),
        ("Wed 28 Aug 2019 18:00", True),
        ("Wed 28 Aug 2019 18:01", False),
        ("Thu 29 Aug 2019 07:59", False),
        ("Thu 29 Aug 2019 08:00", True),
        ("Sat 31 Aug 2019 10:00", False),
        ("Sun 1 Sep 2019 10:00", False),
        ("Mon 2 Sep 2019 08:00", True),
    ],
)
def test_mail_leaves_in_working_hours_only(world: World, moment: str, leaves: bool) -> None:
    world.at(moment).deliver()
    assert bool(world.mails(to="performance_lead")) is leaves
    assert world.waiting() == (0 if leaves else 1)


@pytest.mark.parametrize("holiday", ["Wed 25 Dec 2019 10:00", "Thu 26 Dec 2019 10:00", "Wed 1 Jan 2020 10:00"])
def test_nothing_leaves_on_a_bank_holiday(world: World, holiday: str) -> None:
    assert world.at(holiday).deliver().messages == ()
    assert world.mails() == []
    assert world.waiting() == 1


# One mail a person a day


def test_several_tasks_make_one_mail_with_a_number_and_a_link_for_each(world: World) -> None:
    world.live("Thu 10 Oct 2019 08:30", "practice-manager-training")
    mail = world.expect_mail(to="training_lead", about="(+2)")
    assert [f"{n}. " in mail.text for n in (1, 2, 3, 4)] == [True, True, True, False]
    assert len(set(tokens(mail))) == 3


def test_a_person_gets_one_scheduled_mail_a_day_and_the_rest_tomorrow(world: World) -> None:
    world.live("Thu 10 Oct 2019 08:30", "practice-manager-training")
    world.expect_mail(to="training_lead")
    later = {"practice-manager-training": "monthly on the 4th wednesday from 2019-08-01"}
    world.at("Thu 10 Oct 2019 11:00").apply(variant(world.home, rules=later))
    assert world.decide("practice-manager-training") > 0
    world.deliver()
    (beside,) = world.mails()
    assert beside.subject.startswith("New date, ")
    world.at("Fri 11 Oct 2019 08:00").deliver()
    world.expect_mail(to="training_lead")


@pytest.mark.parametrize(("bind", "asks"), [("127.0.0.1", True), ("0.0.0.0", False)])  # noqa: S104 (an address to refuse)
def test_a_correction_asks_for_a_reply_only_where_replies_are_read(world: World, bind: str, asks: bool) -> None:
    world.at("Wed 28 Aug 2019 08:30").deliver()
    world.expect_mail(to="performance_lead")
    world.settings = world.settings.model_copy(update={"bind": bind})
    world.at("Wed 28 Aug 2019 11:00").know("moved", "Mon 16 Sep 2019", of="plo-panel/1")
    world.deliver()
    mail = world.expect_mail(to="performance_lead", about="New date")
    assert ("Please reply to this mail" in " ".join(mail.text.split())) is asks


def test_two_workers_at_once_send_each_message_once(world: World) -> None:
    world.at("Wed 28 Aug 2019 08:30").decide("case-follow-up")
    with ThreadPoolExecutor(8) as workers:
        list(workers.map(lambda _: world.deliver(), range(16)))
    sent = world.mails()
    assert sorted(mail.envelope_to[0] for mail in sent) == sorted({mail.envelope_to[0] for mail in sent})
    assert len(sent) == 2
    assert world.waiting() == 0


def test_what_was_sent_is_not_sent_again(world: World) -> None:
    ticks(world, "Wed 28 Aug 2019 08:30", "Wed 28 Aug 2019 08:40", "Thu 29 Aug 2019 08:30")
    assert len(world.mails(to="performance_lead", ever=True)) == 1


# What no longer holds


def test_a_task_that_was_done_meanwhile_is_not_asked_for(world: World) -> None:
    world.at("Wed 28 Aug 2019 08:10").done(CASES, by="performance_lead")
    assert world.at("Wed 28 Aug 2019 08:30").deliver().suppressed == 1
    world.expect_no_mail()
    assert world.reasons(CASES) == ["It is done."]


def test_a_task_that_was_acknowledged_meanwhile_is_not_asked_for(world: World) -> None:
    world.at("Wed 28 Aug 2019 08:10").answer(CASES, Answer.ACKNOWLEDGED, by="performance_lead")
    world.at("Wed 28 Aug 2019 08:30").deliver()
    world.expect_no_mail()
    assert world.reasons(CASES) == ["It is acknowledged until Wednesday 4 September 2019."]


def test_a_task_whose_date_moved_is_asked_for_with_the_new_date_only(world: World) -> None:
    world.at("Wed 28 Aug 2019 08:10")
    world.apply(variant(world.home, rules={"plo-panel": "monthly on the 2nd wednesday from 2019-08-27"}))
    world.at("Wed 28 Aug 2019 08:30").deliver()
    world.expect_no_mail()
    assert world.reasons(CASES) == ["The date has moved since this was written."]
    world.live("Thu 29 Aug 2019 08:30", "plo-panel")
    world.expect_mail(to="performance_lead", about="Wednesday 4 September")


def test_a_task_whose_date_moved_and_moved_back_before_it_was_said_is_asked_for_after_all(world: World) -> None:
    world.at("Wed 28 Aug 2019 08:10")
    world.apply(variant(world.home, rules={"plo-panel": "monthly on the 2nd wednesday from 2019-08-27"}))
    world.at("Wed 28 Aug 2019 08:30").deliver()
    world.at("Wed 28 Aug 2019 09:00").apply()
    world.expect_no_mail()
    world.live("Thu 29 Aug 2019 08:30", "plo-panel")
    world.expect_mail(to="performance_lead", about="Tuesday 3 September")


def test_a_task_that_passed_to_somebody_else_is_asked_of_them_only(world: World) -> None:
    world.at("Wed 28 Aug 2019 08:10")
    old = world.address("performance_lead")
    world.apply(_with_new_performance_lead(world.home))
    world.live("Wed 28 Aug 2019 08:30", "plo-panel")
    mail = world.expect_mail(to="performance_lead")
    assert mail.envelope_to == ("new.performance.lead@medway.example",)
    assert old not in {opened_mail.envelope_to[0] for opened_mail in world.mails(ever=True)}
    assert world.reasons(CASES) == ["It is somebody else's now."]


@pytest.mark.parametrize("composed", [False, True])
def test_a_person_who_left_the_timeline_stops_nobody_elses_mail(world: World, composed: bool) -> None:
    if composed:
        world.catcher.stop()
        world.at("Wed 28 Aug 2019 08:30").deliver()
        world.catcher.start()
    world.at("Wed 28 Aug 2019 12:00")
    world.apply(_with_new_performance_lead(world.home, keep=False))
    world.decide("plo-panel", "case-follow-up")
    world.at("Wed 28 Aug 2019 13:00").deliver()
    world.expect_mail(to="service_managers")


def _with_new_performance_lead(home: Path, *, keep: bool = True) -> Path:
    old = people()["performance-lead"]
    new = {"name": "New Lead", "address": "new.performance.lead@medway.example", "holds": "performance_lead"}
    moved = {**old, "holds": "project_support"} if keep else None
    return variant(home, people=people(performance_lead=moved, new_lead=new))
