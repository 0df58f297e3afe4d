"""Test the sign-off countdown for the action plan of 28 November 2019."""

from dataclasses import replace

import pytest

from tests.timeline.literals import day
from timeline.calendar.bank_holidays import calendars
from timeline.definitions.council import Committee, SignOff
from timeline.sign_off.countdown import Countdown, countdown
from timeline.sign_off.countdown_wording import line, steps

BOTH = calendars()
DUE = "Thu 28 Nov 2019"
MEETINGS = ("Tue 3 Sep 2019", "Tue 24 Sep 2019", "Tue 22 Oct 2019", "Tue 19 Nov 2019", "Tue 26 Nov 2019")
CABINET = Committee(key="cabinet", title="Cabinet", meetings=tuple(day(literal) for literal in MEETINGS))


def seen(on: str, *meetings: str, due: str = DUE) -> Countdown:
    committee = replace(CABINET, meetings=tuple(day(meeting) for meeting in meetings)) if meetings else CABINET
    counted = countdown(day(due), (committee,), SignOff(), BOTH, day(on))
    assert counted
    return counted


def test_the_steps_before_the_last_meeting_that_allows_the_plan() -> None:
    countdown = seen("Tue 1 Oct 2019")
    assert countdown.meeting_on == day("Tue 19 Nov 2019")
    assert {step.key: (step.on, step.legal_on) for step in countdown.steps} == {
        "notice": (day("Mon 21 Oct 2019"), day("Mon 21 Oct 2019")),
        "clearance-begins": (day("Mon 28 Oct 2019"), day("Mon 28 Oct 2019")),
        "clearance-ends": (day("Fri 8 Nov 2019"), day("Fri 8 Nov 2019")),
        "agenda": (day("Mon 11 Nov 2019"), day("Mon 11 Nov 2019")),
        "briefed": (day("Wed 13 Nov 2019"), day("Wed 13 Nov 2019")),
        "decision": (day("Tue 19 Nov 2019"), day("Tue 19 Nov 2019")),
        "call-in-over": (day("Tue 26 Nov 2019"), day("Tue 26 Nov 2019")),
    }
    assert [step.on for step in countdown.steps] == sorted(step.on for step in countdown.steps)


def test_the_notice_for_24_september_falls_on_the_bank_holiday() -> None:
    countdown = seen("Mon 1 Jul 2019", "Tue 24 Sep 2019")
    notice = countdown.steps[0]
    assert (notice.key, notice.legal_on, notice.on) == ("notice", day("Mon 26 Aug 2019"), day("Fri 23 Aug 2019"))
    assert line(countdown) == (
        "Cabinet on Tue 24 Sep is the last recorded meeting that still allows Thu 28 Nov: "
        "notice by Fri 23 Aug, papers cleared by Fri 13 Sep, agenda out by Mon 16 Sep."
    )


@pytest.mark.parametrize(
    ("meeting", "allows"),
    [("Wed 20 Nov 2019", True), ("Thu 21 Nov 2019", True), ("Fri 22 Nov 2019", False)],
)
def test_the_call_in_is_over_by_the_due_date(meeting: str, allows: bool) -> None:
    countdown = seen("Tue 1 Oct 2019", meeting)
    assert countdown.decide_by_on == day("Thu 21 Nov 2019")
    assert (countdown.meeting_on == day(meeting)) is allows


def test_meetings_that_are_no_longer_possible_say_why() -> None:
    countdown = seen("Wed 25 Sep 2019")
    assert [(ruled_out.meeting_on, ruled_out.why) for ruled_out in countdown.ruled_out] == [
        (day("Tue 3 Sep 2019"), "it has been held"),
        (day("Tue 24 Sep 2019"), "it has been held"),
        (day("Tue 26 Nov 2019"), "its call-in of 5 working days would not be over in time"),
    ]


@pytest.mark.parametrize(
    ("on", "past"),
    [("Mon 21 Oct 2019", 0), ("Tue 22 Oct 2019", 1), ("Mon 11 Nov 2019", 3), ("Tue 12 Nov 2019", 4)],
)
def test_a_step_has_passed_the_day_after_it(on: str, past: int) -> None:
    assert sum(step.past for step in seen(on).steps) == past


def test_a_notice_a_week_late_leaves_the_general_exception() -> None:
    said = steps(seen("Tue 1 Oct 2019"))
    assert (
        "If “Key decision notice” slips a week, to Monday 28 October 2019, what remains for a key decision is "
        "general exception on both readings of clear days."
    ) in said


def test_an_agenda_a_week_late_leaves_special_urgency() -> None:
    said = next(step for step in steps(seen("Tue 1 Oct 2019")) if "“Agenda and report out” slips" in step)
    assert "to Monday 18 November 2019, the agenda and report are no longer open" in said
    assert said.endswith("what remains for a key decision is special urgency on both readings of clear days.")


def test_the_meetings_beside_it_are_named() -> None:
    said = steps(seen("Tue 1 Oct 2019"))
    assert "The meeting before it, on Tuesday 22 October 2019, would leave time for a slip." in said
    assert said[-1].startswith(
        "If Cabinet on Tuesday 19 November 2019 is missed: the next, on Tuesday 26 November 2019, is too late; "
        "ask for an extra meeting by Thu 21 Nov, if need be by special urgency"
    )


def test_a_notice_that_was_missed_says_which_route_remains_now() -> None:
    countdown = seen("Wed 23 Oct 2019")
    assert "notice was due by Mon 21 Oct" in line(countdown)
    assert any("what remains now is general exception on both readings" in step for step in steps(countdown))


def test_when_no_meeting_allows_it_an_extra_one_is_asked_for() -> None:
    countdown = seen("Mon 18 Nov 2019", "Tue 26 Nov 2019")
    assert (countdown.meeting_on, countdown.steps, countdown.slips) == (None, (), ())
    assert line(countdown).startswith(
        "No meeting of Cabinet that is recorded still allows Thu 28 Nov: ask for an extra meeting by Thu 21 Nov"
    )
    assert line(countdown).endswith("The call-in after Cabinet on Tue 26 Nov is not over by then.")


def test_it_may_have_been_agreed_at_the_last_meeting_that_was_held() -> None:
    countdown = seen("Wed 20 Nov 2019")
    assert line(countdown).startswith(
        "Unless it was agreed on Tue 19 Nov, no meeting of Cabinet that is recorded still allows Thu 28 Nov: ask for"
    )
    assert [step for step in steps(countdown) if "no longer possible" in step] == [
        "Cabinet on Tuesday 19 November 2019 is no longer possible: it has been held.",
        "Cabinet on Tuesday 26 November 2019 is no longer possible: "
        "its call-in of 5 working days would not be over in time.",
    ]


def test_when_even_an_extra_meeting_is_too_late_it_says_so() -> None:
    assert "even an extra meeting would leave no time for the call-in" in line(seen("Fri 22 Nov 2019"))


def test_without_meetings_or_after_the_due_date_there_is_nothing_to_count_down() -> None:
    nobody = replace(CABINET, meetings=())
    assert countdown(day(DUE), (nobody,), SignOff(), BOTH, day("Tue 1 Oct 2019")) is None
    assert countdown(day(DUE), (CABINET,), SignOff(), BOTH, day("Fri 29 Nov 2019")) is None


def test_a_meeting_past_the_calendar_is_only_too_late() -> None:
    beyond = replace(CABINET, meetings=(*CABINET.meetings, BOTH.law.last_on.replace(year=2150)))
    assert countdown(day(DUE), (beyond,), SignOff(), BOTH, day("Tue 1 Oct 2019")) == seen("Tue 1 Oct 2019")
