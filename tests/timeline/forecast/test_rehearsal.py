"""Test whole councils lived on paper: the Medway case over a year, and the embargo of its first week."""

from collections import Counter
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from config.load import TIMELINES, load
from tests.timeline.builders import answer, council, duty, fact, ladder, rung, task
from tests.timeline.literals import at, day
from timeline.answers.responses import Answer
from timeline.calendar.working_hours import in_working_time
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.duties import LINE_MANAGER, OWNER, DutyClass, Mark, Unless
from timeline.definitions.facts import Embargo
from timeline.escalation.prompts import PromptKind
from timeline.forecast.behaviour import EVIDENCE, Behaviour, responses_to
from timeline.forecast.mail_load import overloads
from timeline.forecast.rehearsal import Rehearsed, rehearse

pytestmark = pytest.mark.slow("rehearses months")

PUBLISHED = day("Tue 27 Aug 2019")
A_YEAR_ON = day("Thu 27 Aug 2020")


@cache
def medway(live_from: date = PUBLISHED) -> CouncilTimeline:
    """Give the real input, live from a day and out of shadow."""
    council_timeline = load(TIMELINES / "medway-2019.yaml", on=live_from)
    return replace(
        council_timeline,
        council=replace(council_timeline.council, live_from=live_from, shadow_until=None, shadow_by_default=False),
    )


@cache
def year(responses: Behaviour) -> tuple[Rehearsed, ...]:
    return tuple(rehearse(medway(), from_on=PUBLISHED, to_on=A_YEAR_ON, responses=responses))


def posts(told: tuple[Rehearsed, ...], obligation: str, kind: PromptKind = PromptKind.ESCALATION) -> set[str]:
    return {one.prompt.post for one in told if one.milestone.obligation == obligation and one.prompt.kind is kind}


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
    found = posts(year("never"), "action-plan")
    managers = {medway().directory.posts[told.milestone.owner].line_manager for told in year("never")}
    assert found >= {"head_of_improvement", "director", "chief_executive"}
    assert found - {"director", "chief_executive"} <= managers
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
    assert len({one.prompt.key for one in told}) == len(told)
    scheduled = {(one.at.date(), one.prompt.deliver_to, one.message) for one in told if not one.prompt.timed}
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
    during = [one for one in told if one.at.date() <= day("Tue 10 Sep 2019")]
    assert {one.prompt.deliver_to for one in during} == {"programme-lead"}
    assert {one.prompt.key.person.startswith("shadow/") for one in during} == {True}
    after = [one for one in told if one.at.date() == day("Wed 11 Sep 2019")]
    assert after
    assert all(one.prompt.deliver_to == one.prompt.meant_for for one in after)


# The week between receipt and publication

RECEIVED = day("Wed 21 Aug 2019")
CIRCULATION = {"director", "chief_executive", "head_of_improvement", "improvement_programme_lead"}


def embargoed(circulation: frozenset[str], shadow_until: str = "") -> CouncilTimeline:
    """Give a council whose ladders speak between 21 and 27 August 2019: the plan is due five working days after
    receipt.
    """
    speaks = ladder(
        rung("first", "4 before", OWNER),
        rung("help", "3 before", "director", "head_of_service", "chief_executive"),
        rung("overdue", "1 after", OWNER, "director"),
    )
    received = fact(
        "report_received",
        "Wed 21 Aug 2019",
        embargo=Embargo(circulation=circulation, until_fact="report_published"),
    )
    plan = duty("5 working days after report_received", task("draft", "by due", of=speaks))
    visits = duty("quarterly from action-plan", task("dates", "by expected", of=speaks), key="monitoring-visit")
    other = duty("by 2019-08-28", task("papers", "by due", of=speaks), key="board")
    return council(
        obligations=[plan, visits, other],
        facts=[received, fact("report_published", "Tue 27 Aug 2019")],
        live_from="Wed 21 Aug 2019",
        shadow_until=shadow_until,
    )


def reached(timeline: CouncilTimeline, from_on: date = RECEIVED) -> dict[str, set[str]]:
    """Tell who gets anything about each duty before publication."""
    found: dict[str, set[str]] = {}
    for told in rehearse(timeline, from_on=from_on, to_on=day("Mon 26 Aug 2019")):
        found.setdefault(told.milestone.obligation, set()).add(told.prompt.deliver_to)
    return found


@pytest.mark.parametrize(
    "circulation", [{"officer"}, {"officer", "director"}, {"officer", "director", "head_of_service"}]
)
def test_between_receipt_and_publication_nothing_derived_from_the_report_leaves_its_circulation(
    circulation: set[str],
) -> None:
    everybody = {"officer", "director", "head-of-service", "chief-executive"}
    found = reached(embargoed(frozenset(circulation)))
    assert found["action-plan"] == found["monitoring-visit"] == {post.replace("_", "-") for post in circulation}
    # The same ladder, of a duty that rests on nothing in confidence, does speak to all in those days.
    assert found["board"] == everybody


def test_nor_does_it_reach_the_programme_lead_in_shadow() -> None:
    found = reached(embargoed(frozenset({"officer", "director"}), shadow_until="Tue 10 Sep 2019"))
    assert found == {"board": {"programme-lead"}}


def test_from_publication_on_everybody_hears() -> None:
    told = rehearse(embargoed(frozenset({"officer"})), from_on=RECEIVED, to_on=PUBLISHED)
    about_the_plan = {
        one.prompt.deliver_to
        for one in told
        if one.milestone.obligation == "action-plan" and one.at.date() == PUBLISHED
    }
    assert about_the_plan == {"director", "head-of-service", "chief-executive"}


def test_medways_own_timeline_keeps_the_embargo() -> None:
    told = tuple(rehearse(medway(RECEIVED), from_on=RECEIVED, to_on=day("Mon 26 Aug 2019")))
    assert {one.prompt.post for one in told} <= CIRCULATION


# How people answer


def test_who_always_answers_acknowledges_at_once_and_is_done_the_day_before() -> None:
    first = year("always")[0].prompt
    office = medway().calendars.office
    reminder = next(told.prompt for told in year("always") if told.milestone.ref == "action-plan/1/draft")
    acknowledged, done = responses_to(reminder, "always", office=office)
    assert (acknowledged.answer, acknowledged.at) == (Answer.ACKNOWLEDGED, at("Mon 23 Sep 2019 10:05"))
    assert (done.answer, done.at, done.evidence) == (Answer.DONE, at("Wed 2 Oct 2019 15:10"), EVIDENCE)
    assert responses_to(first, "never", office=office) == ()


def test_managers_and_shadow_copies_bring_no_answer() -> None:
    office = medway().calendars.office
    reminder = year("always")[0].prompt
    manager = replace(reminder, kind=PromptKind.ESCALATION)
    shadow = replace(reminder, key=reminder.key._replace(person=f"shadow/{reminder.key.person}"))
    assert responses_to(reminder, "always", office=office)
    assert responses_to(manager, "always", office=office) == ()
    assert responses_to(shadow, "always", office=office) == ()


def test_a_seed_gives_the_same_answer_to_the_same_prompt() -> None:
    office = medway().calendars.office
    prompts = [told.prompt for told in year("never") if told.prompt.kind is PromptKind.REMINDER]
    first, again = ([responses_to(prompt, 7, office=office) for prompt in prompts] for _ in range(2))
    assert first == again
    given = Counter(response.answer for answers in first for response in answers)
    # Nobody passes a task on in a rehearsal: to whom would be a guess. And where nothing is done nobody confirms.
    assert set(given) == set(Answer) - {Answer.DELEGATED, Answer.CONFIRMED, Answer.RETURNED}


# The ledger of a rehearsal


def test_what_is_known_later_changes_the_rest_of_the_period() -> None:
    speaks = ladder(rung("first", "1 before", OWNER), rung("overdue", "1 after", OWNER))
    corrected = council(
        obligations=[duty("by due_on", task("draft", "by due", of=speaks))],
        facts=[
            fact("due_on", "Thu 14 Nov 2019", known="Mon 4 Nov 2019 09:00"),
            fact("due_on", "Thu 21 Nov 2019", known="Wed 13 Nov 2019 09:00"),
        ],
    )
    told = rehearse(corrected, from_on=day("Mon 4 Nov 2019"), to_on=day("Fri 29 Nov 2019"))
    assert [(f"{one.at:%a %d %b}", one.prompt.key.rung, one.prompt.key.due_on) for one in told] == [
        ("Wed 13 Nov", "first", day("Thu 14 Nov 2019")),
        ("Thu 14 Nov", "moved", day("Thu 21 Nov 2019")),
        ("Wed 20 Nov", "first", day("Thu 21 Nov 2019")),
        ("Fri 22 Nov", "overdue", day("Thu 21 Nov 2019")),
    ]


def test_what_was_answered_in_the_morning_is_not_told_in_the_afternoon() -> None:
    """Test that on the second day the manager would hear at 16:30, but the owner, asked again at 08:30, answers at
    10:05.
    """
    speaks = ladder(
        rung("first", "10 before", OWNER, unless=Unless.ACKNOWLEDGED, every=1, times=1),
        rung("help", "9 before at 16:30", LINE_MANAGER, unless=Unless.ACKNOWLEDGED),
        acknowledged_for=1,
    )
    owed = council(obligations=[duty("by 2019-11-28", task("draft", "by due", of=speaks))])
    span = {"from_on": day("Thu 14 Nov 2019"), "to_on": day("Fri 15 Nov 2019")}
    answered = [told.prompt.key.rung for told in rehearse(owed, responses="always", **span)]
    silent = [told.prompt.key.rung for told in rehearse(owed, responses="never", **span)]
    assert (answered, silent) == (["first", "first"], ["first", "first", "help"])


def test_a_cancelled_panel_is_asked_for_no_more() -> None:
    panel = duty("monthly on the 2nd tuesday from 2019-09-01", task("papers", "3 working days before due"), key="panel")
    cancelled = fact("cancelled", "Mon 4 Nov 2019", of="panel/3")
    told = tuple(
        rehearse(
            council(obligations=[panel], facts=[cancelled], live_from="Mon 16 Sep 2019"),
            from_on=day("Mon 4 Nov 2019"),
            to_on=day("Tue 31 Dec 2019"),
        )
    )
    assert {one.milestone.number for one in told} == {2, 4, 5}


def test_answers_of_a_rehearsal_name_the_milestone_they_are_about() -> None:
    assert answer(Answer.DONE, "Mon 18 Nov 2019 08:00").milestone == "action-plan/1/draft"
