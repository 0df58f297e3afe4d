"""Test the director's Monday mail: what waits for the director, what is at risk, and how the mail speaks."""

from dataclasses import replace

import pytest

from tests.timeline.builders import COUNCIL, answer, council, milestone
from tests.timeline.director.told import SINCE, WHEN, a_task, reader, told
from tests.timeline.literals import at, day
from timeline.answers.responses import Answer
from timeline.definitions.council import Pause
from timeline.definitions.duties import DutyClass
from timeline.director.monday_summary import MondaySituation, Summary, summary
from timeline.letters.mail_views import MailLine
from timeline.letters.monday import lines, listed, monday_view, subject

SIGN_OFF = milestone(owner="director")


# For you to decide or sign


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        ("Fri 15 Nov 2019", ("First draft of the action plan, overdue since Fri 15 Nov",)),
        ("Mon 18 Nov 2019", ("First draft of the action plan, due Mon 18 Nov",)),
        ("Fri 29 Nov 2019", ("First draft of the action plan, due Fri 29 Nov",)),
        ("Mon 2 Dec 2019", ("First draft of the action plan, due Mon 2 Dec",)),
        ("Tue 3 Dec 2019", ()),
        ("Tue 7 Jan 2020", ()),
    ],
)
def test_the_directors_own_tasks_of_ten_working_days_and_those_overdue(due: str, expected: tuple[str, ...]) -> None:
    assert told(a_task(milestone(owner="director", due=due))).decide == expected


def test_another_posts_task_is_not_the_directors_to_decide() -> None:
    assert told(a_task(milestone(owner="head_of_service"))).decide == ()


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (Answer.ACKNOWLEDGED, ("First draft of the action plan, due Thu 28 Nov",)),
        (Answer.HELP, ("First draft of the action plan, where help is asked for, due Thu 28 Nov",)),
        (Answer.DONE, ()),
    ],
)
def test_what_is_acknowledged_is_still_to_be_done_and_what_is_done_is_not(
    said: Answer, expected: tuple[str, ...]
) -> None:
    assert told(a_task(SIGN_OFF, answer(said, "Fri 15 Nov 2019 10:00", person="director"))).decide == expected


def test_what_the_director_passed_on_is_somebody_elses() -> None:
    passed = answer(Answer.DELEGATED, "Fri 15 Nov 2019 10:00", person="director", delegated_to="head-of-service")
    assert told(a_task(SIGN_OFF, passed)).decide == ()


@pytest.mark.parametrize(
    ("asks", "expected"),
    [
        ("head-of-service", ("First draft of the action plan, where help is asked for, due Thu 28 Nov",)),
        ("team-manager", ()),  # whose help is the head of service
    ],
)
def test_a_call_for_help_that_reached_the_director(asks: str, expected: tuple[str, ...]) -> None:
    assert told(a_task(milestone(), answer(Answer.HELP, "Fri 15 Nov 2019 10:00", person=asks))).decide == expected


def test_a_call_for_help_that_has_run_out_is_no_longer_one() -> None:
    help_ = answer(Answer.HELP, "Fri 8 Nov 2019 10:00", person="head-of-service")
    assert told(a_task(milestone(), help_)).decide == ()


def test_what_a_head_of_service_declined_waits_for_the_director() -> None:
    declined = answer(Answer.DECLINED, "Fri 15 Nov 2019 10:00", person="head-of-service")
    expected = ("First draft of the action plan, which was declined, due Thu 28 Nov",)
    assert told(a_task(milestone(owner="head_of_service"), declined)).decide == expected


def test_what_was_due_before_going_live_is_history() -> None:
    timeline = council(live_from="Mon 18 Nov 2019")
    assert told(a_task(milestone(owner="director", due="Fri 15 Nov 2019"), timeline=timeline)).decide == ()


def test_a_pause_stops_the_asking_and_the_duty_is_still_told() -> None:
    pause = Pause(obligation="action-plan", from_on=day("Mon 18 Nov 2019"), until_on=day("Fri 29 Nov 2019"))
    assert len(told(a_task(SIGN_OFF, timeline=replace(COUNCIL, pauses=(pause,)))).decide) == 1


# At risk


@pytest.mark.parametrize(
    ("due", "of_class", "expected"),
    [
        ("Fri 15 Nov 2019", DutyClass.A, "First draft of the action plan (red, overdue since Fri 15 Nov)"),
        ("Wed 20 Nov 2019", DutyClass.A, "First draft of the action plan (red, due Wed 20 Nov)"),
        ("Thu 21 Nov 2019", DutyClass.A, "First draft of the action plan (amber, due Thu 21 Nov)"),
        ("Mon 25 Nov 2019", DutyClass.B, "First draft of the action plan (amber, due Mon 25 Nov)"),
        ("Tue 26 Nov 2019", DutyClass.B, ""),  # green
        ("Fri 15 Nov 2019", DutyClass.C, ""),
        ("Fri 15 Nov 2019", DutyClass.D, ""),
    ],
)
def test_red_and_amber_of_classes_a_and_b_are_at_risk(due: str, of_class: DutyClass, expected: str) -> None:
    assert told(a_task(milestone(due=due, duty_class=of_class))).at_risk == ((expected,) if expected else ())


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("Thu 5 Dec 2019 08:25", ()),  # its last reminder is at 08:30
        ("Thu 5 Dec 2019 08:30", ("First draft of the action plan (red, overdue since Thu 28 Nov)",)),
    ],
)
def test_of_any_class_what_is_overdue_and_has_no_reminder_left(when: str, expected: tuple[str, ...]) -> None:
    situation = MondaySituation(
        timeline=COUNCIL, since_at=at(SINCE), tasks=[a_task(milestone(duty_class=DutyClass.D), when=when)]
    )
    assert summary(situation, reader="director", at=at(when)).at_risk == expected


def test_what_the_director_decides_is_not_said_twice() -> None:
    both = told(a_task(milestone(owner="director", due="Fri 15 Nov 2019")))
    assert (len(both.decide), both.at_risk) == (1, ())


def test_tasks_of_one_duty_are_one_item_and_class_a_comes_first() -> None:
    visit = milestone(due="Fri 15 Nov 2019", duty_class=DutyClass.B)
    visit = replace(visit, obligation="monitoring-visit", ref="monitoring-visit/1/papers", title="Papers of the visit")
    near, late = milestone(due="Thu 21 Nov 2019"), replace(milestone(due="Fri 15 Nov 2019"), ref="action-plan/1/other")
    assert told(a_task(visit), a_task(near), a_task(late)).at_risk == (
        "Action plan to Ofsted: 2 tasks (1 red, 1 amber), the first overdue since Fri 15 Nov",
        "Papers of the visit (red, overdue since Fri 15 Nov)",
    )
    assert told(a_task(late), a_task(replace(late, ref="action-plan/1/third"))).at_risk == (
        "Action plan to Ofsted: 2 tasks (all red), the first overdue since Fri 15 Nov",
    )


# The letter


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        (("A",), "A."),
        (("A", "B", "C"), "A; B; C."),
        (("A", "B", "C", "D"), "A; B; C; and 1 more."),
        (("A", "B", "C", "D", "E"), "A; B; C; and 2 more."),
    ],
)
def test_a_long_list_is_cut_with_how_many_more(items: tuple[str, ...], expected: str) -> None:
    assert listed(items) == expected


def test_nothing_to_say_is_one_line() -> None:
    assert lines(Summary()) == (MailLine("", "Nothing needs you this week."),)


def test_what_was_met_needs_nobody() -> None:
    assert lines(Summary(met=("A",))) == (MailLine("", "Nothing needs you this week."), MailLine("Met", "A."))


def test_there_are_five_lines_at_most() -> None:
    full = Summary(decide=("A",) * 9, at_risk=("B",) * 9, moved=("C",) * 9, met=("D",) * 9, in_confidence=1, drafts=2)
    full = replace(full, at_risk_in_confidence=3)
    assert lines(full) == (
        MailLine("For you to decide or sign", "A; A; A; and 6 more."),
        MailLine("At risk", "B; B; B; and 6 more; 3 matters in confidence."),
        MailLine("Moved", "C; C; C; and 6 more."),
        MailLine("Met", "D; D; D; and 6 more."),
        MailLine(
            "On your own list",
            "1 matter in confidence and 2 drafts for the lead member, to release or discard. Ask for your list here:",
        ),
    )


def test_something_at_risk_and_nothing_to_decide() -> None:
    assert lines(Summary(at_risk=("B",)))[0] == MailLine("For you to decide or sign", "Nothing this week.")
    assert [line.head for line in lines(Summary(drafts=1))] == ["On your own list"]


def test_the_mail_speaks_to_a_post_and_shows_the_address_of_the_list_only_where_it_is_wanted() -> None:
    shown = monday_view(COUNCIL, Summary(drafts=1), reader(COUNCIL), list_url="https://x.example/mine", at=at(WHEN))
    assert (shown.greeting, shown.list_url) == ("Director", "https://x.example/mine")
    assert shown.intro == "The week from Monday 18 November, by duty."
    plain = monday_view(COUNCIL, Summary(), reader(COUNCIL), list_url="https://x.example/mine", at=at(WHEN))
    assert plain.list_url == ""


def test_a_deputy_reads_for_whom_it_is_and_a_trial_says_so() -> None:
    posts = {**COUNCIL.directory.posts}
    posts["director"] = replace(posts["director"], deputy="head_of_service")
    timeline = replace(COUNCIL, directory=replace(COUNCIL.directory, posts=posts))
    shadow = replace(timeline, council=replace(timeline.council, shadow_until=day("Mon 18 Nov 2019")))
    shown = monday_view(shadow, Summary(), reader(shadow, 1), list_url="", at=at(WHEN))
    assert shown.greeting == "Head of service"
    assert shown.intro.endswith("This comes to you as deputy of the Director.")
    assert shown.shadow_for == "Trial run until Monday 18 November 2019: this would have gone to the Head of service."


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("Mon 18 Nov 2019 08:25", "Improvement programme: the week from Monday 18 November"),
        ("Tue 27 Aug 2019 08:25", "Improvement programme: the week from Tuesday 27 August"),
        ("Thu 29 Aug 2019 08:25", "Improvement programme: the week from Tuesday 27 August"),
    ],
)
def test_the_subject_names_the_first_working_day(when: str, expected: str) -> None:
    assert subject(COUNCIL, at=at(when)) == expected


# A second person


def test_what_waits_for_the_directors_word_is_to_be_decided_and_nobody_elses() -> None:
    done = answer(Answer.DONE, "Thu 14 Nov 2019 15:10", person="head-of-service", to_confirm=True)
    waits = a_task(milestone(owner="head_of_service"), done)
    assert told(waits).decide == ("First draft of the action plan, done, to be confirmed",)
    others = a_task(milestone(), answer(Answer.DONE, "Thu 14 Nov 2019 15:10", to_confirm=True))
    assert (told(others).decide, told(others).at_risk, told(others).met) == ((), (), ())


def test_it_is_met_when_it_was_confirmed() -> None:
    done = answer(Answer.DONE, "Thu 7 Nov 2019 15:10", to_confirm=True)
    confirmed = answer(Answer.CONFIRMED, "Thu 14 Nov 2019 10:05", person="team-manager")
    assert told(a_task(milestone(), done, confirmed)).met == ("First draft of the action plan",)
    assert told(a_task(milestone(), done)).met == ()


def test_the_end_of_the_audit_chain_leaves_the_house_with_it() -> None:
    head = "ab" * 32
    shown = monday_view(COUNCIL, Summary(), reader(COUNCIL), list_url="", at=at(WHEN), chain_end=(1234, head))
    assert shown.closing[-1] == f"The audit record had 1234 events when this was written. Its proof is {head}."
