"""Test Medway's year, lived on paper: who is told what when people answer, and when nobody does."""

from collections import Counter
from dataclasses import replace

import pytest

from tests.timeline.forecast.lived import PUBLISHED, medway, year
from tests.timeline.literals import at, day
from timeline.calendar.working_hours import in_working_time
from timeline.definitions.duties import DutyClass, Mark
from timeline.escalation.prompts import PromptKind
from timeline.forecast.behaviour import Behaviour
from timeline.forecast.mail_load import overloads
from timeline.forecast.rehearsal import Rehearsed, rehearse

pytestmark = pytest.mark.slow("rehearses months")


def posts(told: tuple[Rehearsed, ...], obligation: str, kind: PromptKind = PromptKind.ESCALATION) -> set[str]:
    return {each.prompt.post for each in told if each.milestone.obligation == obligation and each.prompt.kind is kind}


ANY = [pytest.param(behaviour, id=str(behaviour)) for behaviour in ("never", "always", 7, 19)]


# Medway


def test_when_people_answer_nobody_gets_more_mail_than_the_bounds_allow() -> None:
    assert year("always")
    assert overloads(year("always"), medway()) == ()


def test_when_people_answer_nobody_is_told_that_they_did_not() -> None:
    climbed = Counter(
        (told.milestone.obligation, told.milestone.key, told.prompt.key.rung, told.prompt.post)
        for told in year("always")
        if told.prompt.kind is PromptKind.ESCALATION
    )
    # Done the working day before it is due, in the afternoon: until then a submission itself presses on.
    assert climbed == {
        ("publish-report", "published", "to-the-director", "director"): 1,
        ("publish-report", "published", "last-day-but-one", "chief_executive"): 1,
        ("action-plan", "submitted", "not-done-yet", "head_of_improvement"): 1,
        ("action-plan", "submitted", "to-the-director", "director"): 1,
        ("action-plan", "submitted", "last-day-but-one", "chief_executive"): 1,
    }


def test_when_people_answer_nothing_is_ever_overdue() -> None:
    assert {told.prompt.key.rung for told in year("always")} & {"overdue", "on-the-day"} == set()


def test_with_nobody_answering_the_action_plan_reaches_manager_director_and_chief_executive_and_stops_there() -> None:
    given = posts(year("never"), "action-plan")
    managers = {medway().directory.posts[told.milestone.owner].line_manager for told in year("never")}
    assert given >= {"head_of_improvement", "director", "chief_executive"}
    assert given - {"director", "chief_executive"} <= managers
    submission = [told for told in year("never") if told.milestone.ref == "action-plan/1/submitted"]
    first_heard = {told.prompt.post: told.at for told in reversed(submission)}
    assert first_heard == {
        "improvement_programme_lead": at("Thu 14 Nov 2019 08:30"),
        "head_of_improvement": at("Tue 19 Nov 2019 08:30"),
        "director": at("Tue 26 Nov 2019 08:30"),
        "chief_executive": at("Wed 27 Nov 2019 08:30"),
    }
    assert max(told.at for told in submission) == at("Fri 27 Dec 2019 08:30")


def test_with_nobody_answering_training_climbs_no_further_than_its_line_manager() -> None:
    assert posts(year("never"), "practice-manager-training") == {"principal_social_worker"}


def test_with_nobody_answering_the_panel_climbs_no_further_than_a_head_of_service() -> None:
    levels = {medway().directory.posts[post].level.value: post for post in posts(year("never"), "plo-panel")}
    assert set(levels) == {"officer", "head_of_service"}
    assert "head_of_safeguarding" in posts(year("never"), "plo-panel")


def test_with_nobody_answering_a_visit_climbs_to_the_director_and_no_further() -> None:
    assert posts(year("never"), "monitoring-visit") == {"director"}


def test_the_commissioners_own_report_is_never_chased_and_our_evidence_is() -> None:
    hers = [told for told in year("never") if told.milestone.obligation == "commissioner-report"]
    assert {told.milestone.key for told in hers} == {"evidence-index", "views", "evidence"}
    everybody = {told.prompt.post for told in year("never")}
    assert everybody & {"commissioner", "lead_member", "ofsted"} == set()


@pytest.mark.parametrize("responses", ANY)
def test_the_chief_executive_hears_of_class_a_only_and_unasked_from_two_working_days_before(
    responses: Behaviour,
) -> None:
    office = medway().calendars.office
    for told in year(responses):
        if told.prompt.post == "chief_executive":
            assert told.milestone.duty_class is DutyClass.A
            assert told.milestone.due_on is not None
            asked_for_help = told.prompt.key.rung == "answer"
            assert asked_for_help or told.at.date() >= office.subtract(told.milestone.due_on, 2)


@pytest.mark.parametrize("responses", ANY)
def test_nothing_leaves_on_a_bank_holiday_or_outside_working_hours(responses: Behaviour) -> None:
    calendars = medway().calendars
    assert all(in_working_time(told.at, calendars.office, medway().hours) for told in year(responses))
    told_on = {told.at.date() for told in year(responses)}
    holidays = {
        *(day("Wed 25 Dec 2019"), day("Thu 26 Dec 2019"), day("Wed 1 Jan 2020"), day("Fri 10 Apr 2020")),
        *(day("Mon 13 Apr 2020"), day("Fri 8 May 2020"), day("Mon 25 May 2020")),
    }
    assert told_on & holidays == set()


@pytest.mark.parametrize("responses", ANY)
def test_no_key_is_said_twice_and_nobody_gets_two_scheduled_mails_a_day(responses: Behaviour) -> None:
    told = year(responses)
    assert len({each.prompt.key for each in told}) == len(told)
    scheduled = {(each.at.date(), each.prompt.deliver_to, each.message) for each in told if not each.prompt.timed}
    assert len(scheduled) == len({(on, person) for on, person, _ in scheduled})


@pytest.mark.parametrize("responses", ANY)
def test_nothing_falls_after_its_due_date_but_by_a_rung_that_counts_after_it(responses: Behaviour) -> None:
    for told in year(responses):
        marks = {rung.key: rung.mark for rung in told.milestone.ladder.rungs}
        assert told.milestone.due_on is not None
        if marks.get(told.prompt.key.rung, Mark.AFTER_DUE) is not Mark.AFTER_DUE:
            assert told.at.date() <= told.milestone.due_on


@pytest.mark.parametrize("responses", ANY)
def test_nothing_due_before_going_live_is_chased(responses: Behaviour) -> None:
    assert all(told.milestone.due_on and told.milestone.due_on >= PUBLISHED for told in year(responses))


@pytest.mark.parametrize("responses", ANY)
def test_prompts_come_in_the_order_in_which_they_are_sent(responses: Behaviour) -> None:
    instants = [told.at for told in year(responses)]
    assert instants == sorted(instants)


@pytest.mark.parametrize("responses", ANY)
def test_the_same_rehearsal_gives_the_same_prompts(responses: Behaviour) -> None:
    again = tuple(rehearse(medway(), from_on=PUBLISHED, to_on=day("Fri 29 Nov 2019"), responses=responses))
    assert again == tuple(told for told in year(responses) if told.at.date() <= day("Fri 29 Nov 2019"))


def test_seeds_differ() -> None:
    assert year(7) != year(19)


def test_a_call_for_help_in_a_rehearsal_climbs_to_the_line_manager() -> None:
    climbed = [told for told in year(7) if told.prompt.key.rung == "answer"]
    assert climbed
    for told in climbed:
        assert told.prompt.kind is PromptKind.ESCALATION
        assert told.prompt.timed


def test_in_shadow_everything_goes_to_the_programme_lead_and_nobody_answers() -> None:
    shadowed = replace(medway(), council=replace(medway().council, shadow_until=day("Tue 10 Sep 2019")))
    told = tuple(rehearse(shadowed, from_on=PUBLISHED, to_on=day("Wed 11 Sep 2019"), responses="always"))
    during = [each for each in told if each.at.date() <= day("Tue 10 Sep 2019")]
    assert {each.prompt.deliver_to for each in during} == {"programme-lead"}
    assert {each.prompt.key.person.startswith("shadow/") for each in during} == {True}
    after = [each for each in told if each.at.date() == day("Wed 11 Sep 2019")]
    assert after
    assert all(each.prompt.deliver_to == each.prompt.meant_for for each in after)
