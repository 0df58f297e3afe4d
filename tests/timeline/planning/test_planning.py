"""Test the way from rules and facts to dated occurrences, as known at an instant."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.timeline.builders import LAST_ON, council, duty, fact, task
from tests.timeline.literals import REPORTED_LAW, at, day
from tests.timeline.planning.planned import CONFIRMED, PANEL, PLAN, PUBLISHED, RECEIVED, planned, visit
from timeline.calendar.wording import short_date
from timeline.definitions.duties import MilestoneRule, NamedRule, Obligation
from timeline.planning.occurrences import CircularRule, OccurrenceState
from timeline.planning.plan import in_order, plan
from timeline.rules import RuleError

STATED = fact("stated_due", "Thu 28 Nov 2019", known="Tue 3 Sep 2019 09:00")


# One date


def test_a_submission_has_its_legal_and_its_working_date_with_the_reasons() -> None:
    (occurrence,) = planned(PLAN, facts=(RECEIVED,))
    assert (occurrence.ref, occurrence.number, occurrence.state) == ("action-plan/1", 1, OccurrenceState.PLANNED)
    assert (occurrence.legal_on, occurrence.working_on) == (day("Thu 28 Nov 2019"), day("Thu 28 Nov 2019"))
    assert (occurrence.waits_for, occurrence.original_on) == ((), day("Thu 28 Nov 2019"))
    assert "Wednesday 21 August 2019" in occurrence.why[0]
    assert "paragraph 6.1" in occurrence.why[0]


@pytest.mark.parametrize(
    ("when", "waits_for"),
    [
        ("Tue 20 Aug 2019 23:59", ("report_received",)),
        ("Wed 21 Aug 2019 00:00", ()),
        ("Wed 21 Aug 2019 00:01", ()),
    ],
)
def test_before_its_fact_is_known_a_duty_waits_for_it_and_so_do_its_milestones(
    when: str, waits_for: tuple[str, ...]
) -> None:
    (occurrence,) = planned(PLAN, facts=(RECEIVED,), when=when)
    assert occurrence.waits_for == waits_for
    assert occurrence.milestones[0].waits_for == waits_for
    assert (occurrence.legal_on is None) is bool(waits_for)
    assert occurrence.milestones[0].chased is not bool(waits_for)


def test_while_receipt_is_unknown_we_work_to_the_latest_it_can_be_counted_from_publication() -> None:
    (occurrence,) = planned(PLAN, facts=(PUBLISHED,))
    assert occurrence.legal_on == day("Tue 3 Dec 2019")
    assert "no later than" in [reading.name for reading in occurrence.readings]


def test_once_receipt_is_known_the_upper_bound_is_shown_and_does_not_count() -> None:
    (occurrence,) = planned(PLAN, facts=(RECEIVED, PUBLISHED))
    assert occurrence.legal_on == day("Thu 28 Nov 2019")
    assert [(reading.name, reading.legal_on) for reading in occurrence.readings] == [
        ("the rule", day("Thu 28 Nov 2019")),
        ("no later than", day("Tue 3 Dec 2019")),
    ]


@pytest.mark.parametrize(
    ("stated", "worked_to", "said"),
    [
        ("Wed 27 Nov 2019", "Wed 27 Nov 2019", "The stated date is earlier than the law's; we work to the earlier."),
        ("Thu 28 Nov 2019", "Thu 28 Nov 2019", "The stated date and the law's agree."),
        ("Fri 29 Nov 2019", "Thu 28 Nov 2019", "The stated date is later than the law's; we work to the earlier."),
    ],
)
def test_when_two_clocks_run_both_are_shown_and_the_earlier_is_worked_to(
    stated: str, worked_to: str, said: str
) -> None:
    (occurrence,) = planned(PLAN, facts=(RECEIVED, replace(STATED, on=day(stated))))
    assert occurrence.legal_on == day(worked_to)
    assert {reading.legal_on for reading in occurrence.readings} == {day("Thu 28 Nov 2019"), day(stated)}
    assert said in occurrence.why
    assert [reading.legal_on for reading in occurrence.readings if reading.worked_to] == [day(worked_to)]


def test_a_stated_date_alone_is_worked_to() -> None:
    (occurrence,) = planned(PLAN, facts=(STATED,))
    assert (occurrence.legal_on, occurrence.waits_for) == (day("Thu 28 Nov 2019"), ())


def test_a_deadline_on_a_sunday_keeps_its_legal_date_beside_the_working_date() -> None:
    (occurrence,) = planned(duty("by stated_due"), facts=(replace(STATED, on=day("Sun 1 Dec 2019")),))
    assert (occurrence.legal_on, occurrence.working_on) == (day("Sun 1 Dec 2019"), day("Fri 29 Nov 2019"))


def test_a_closure_day_moves_the_working_date_and_never_the_legal_date() -> None:
    (occurrence,) = planned(PLAN, facts=(RECEIVED,), closures={day("Thu 28 Nov 2019"): "Closed for a move"})
    assert (occurrence.legal_on, occurrence.working_on) == (day("Thu 28 Nov 2019"), day("Wed 27 Nov 2019"))


def test_a_proclaimed_bank_holiday_counts_as_law() -> None:
    (occurrence,) = planned(PLAN, facts=(RECEIVED,), proclaimed={day("Mon 7 Oct 2019"): "A wedding"})
    assert (occurrence.legal_on, occurrence.working_on) == (day("Fri 29 Nov 2019"), day("Fri 29 Nov 2019"))


def test_an_agreed_reading_of_a_local_duty_may_move_to_a_working_day() -> None:
    local = duty("by board_date", readings=(NamedRule(name="as agreed", rule="on other_date or next working day"),))
    (occurrence,) = planned(local, facts=(fact("other_date", "Sat 23 Nov 2019", known="Tue 3 Sep 2019 09:00"),))
    assert occurrence.legal_on == day("Mon 25 Nov 2019")


# Series


def test_a_panel_is_numbered_from_its_anchor_up_to_the_horizon_included() -> None:
    occurrences = planned(PANEL, facts=(PUBLISHED,), until="Tue 12 Nov 2019")
    assert [(occurrence.ref, occurrence.legal_on) for occurrence in occurrences] == [
        ("plo-panel/1", day("Tue 10 Sep 2019")),
        ("plo-panel/2", day("Tue 8 Oct 2019")),
        ("plo-panel/3", day("Tue 12 Nov 2019")),
    ]


def test_each_of_a_series_says_which_it_is_and_from_where() -> None:
    (first, *_) = planned(PANEL, facts=(PUBLISHED,))
    assert first.why == (
        "Number 1 of a series: monthly on the 2nd Tuesday from report published, Tuesday 27 August 2019.",
    )
    (first, *_) = planned(duty("every 6 weeks from 2019-10-22", key="board"))
    assert first.why == ("Number 1 of a series: every 6 weeks from Tuesday 22 October 2019.",)


def test_numbers_stay_whatever_the_instant_and_the_horizon() -> None:
    early = planned(PANEL, facts=(PUBLISHED,), when="Wed 28 Aug 2019 07:30", until="Tue 31 Dec 2019")
    late = planned(PANEL, facts=(PUBLISHED,), when="Mon 2 Mar 2020 07:30", until="Tue 31 Mar 2020")
    assert late[: len(early)] == early


def test_a_series_waits_for_what_it_counts_from() -> None:
    (occurrence,) = planned(PANEL)
    assert (occurrence.ref, occurrence.waits_for, occurrence.milestones[0].waits_for) == (
        "plo-panel/1",
        ("report_published",),
        ("report_published",),
    )


# Order and limits


def test_each_duty_is_worked_out_after_those_it_counts_from() -> None:
    chain = [duty("1 week after b", key="c"), duty("1 week after a", key="b"), duty("by 2019-11-01", key="a")]
    assert [duty.key for duty in in_order(chain)] == ["a", "b", "c"]
    assert {occurrence.ref: occurrence.legal_on for occurrence in planned(*chain)} == {
        "a/1": day("Fri 1 Nov 2019"),
        "b/1": day("Fri 8 Nov 2019"),
        "c/1": day("Fri 15 Nov 2019"),
    }


@pytest.mark.parametrize(
    "circle",
    [
        [duty("1 week after a", key="a")],
        [duty("1 week after b", key="a"), duty("1 week after a", key="b")],
        [
            duty("1 week after b", key="a"),
            duty("by 2019-11-01", key="b", readings=(NamedRule(name="other", rule="1 week after a"),)),
        ],
    ],
    ids=["itself", "two duties", "through a reading"],
)
def test_duties_that_count_from_each_other_are_refused(circle: list[Obligation]) -> None:
    with pytest.raises(CircularRule, match="The dates wait for each other: a"):
        planned(*circle)


def test_a_rule_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(RuleError):
        planned(duty("some day"))


def test_a_duty_beyond_the_calendar_waits_for_it_and_stops_no_other() -> None:
    late = replace(RECEIVED, on=LAST_ON - timedelta(days=60))
    far, near = planned(PLAN, duty("by 2019-11-01", key="near"), facts=(late,))
    assert (far.legal_on, far.waits_for) == (None, ("the calendar",))
    assert f"The bank holidays of {LAST_ON.year + 1} are not known" in far.why[-1]
    assert near.legal_on == day("Fri 1 Nov 2019")


def test_a_visit_confirmed_beyond_the_calendar_has_no_working_date_yet() -> None:
    beyond = LAST_ON + timedelta(days=9)
    occurrence = visit(1, replace(CONFIRMED, on=beyond, until=beyond, known_at=at("Mon 2 Mar 2020 09:00")))
    assert (occurrence.legal_on, occurrence.working_on) == (beyond, None)


@pytest.mark.parametrize("roll", ["or previous working day", "or next working day"])
def test_a_series_reaches_to_the_very_end_of_the_calendar(roll: str) -> None:
    rolled = duty(f"monthly on the last friday from report_published {roll}", key="forum")
    occurrences = planned(rolled, facts=(PUBLISHED,), when="Mon 2 Dec 2019 07:30", until=short_date(LAST_ON))
    last = occurrences[-1].legal_on
    assert last is not None
    assert (last.year, last.month) == (LAST_ON.year, 12)


def test_what_is_somebody_elses_is_planned_and_shown_as_theirs() -> None:
    hers = duty("by 2019-12-01", task("report", "by legal", ours=False), key="commissioner-report", ours=False)
    (occurrence,) = planned(hers)
    assert (occurrence.ours, occurrence.milestones[0].ours, occurrence.milestones[0].chased) == (False, False, False)


def test_the_rules_own_words_stand_on_the_milestone() -> None:
    rule = MilestoneRule(
        key="submitted",
        title="Submitted",
        when="by legal",
        asks="Send it.",
        ladder=PLAN.milestones[0].ladder,
        owner="director",
        standing=REPORTED_LAW,
        basis="section 137(3)",
        completes=True,
    )
    (occurrence,) = planned(replace(PLAN, milestones=(rule,)), facts=(RECEIVED,))
    milestone = occurrence.milestones[0]
    assert (milestone.ref, milestone.title, milestone.asks, milestone.duty) == (
        "action-plan/1/submitted",
        "Submitted",
        "Send it.",
        "Action plan",
    )
    assert (milestone.owner, milestone.basis, milestone.standing, milestone.completes) == (
        "director",
        "section 137(3)",
        REPORTED_LAW,
        True,
    )


def test_a_task_may_count_from_a_duty_that_stands_later() -> None:
    first = duty("by 2019-11-28", task("after-board", "2 working days after board"))
    board = duty("on 2019-10-22", key="board")
    occurrences = plan(council(obligations=[first, board]), at=at("Mon 2 Sep 2019 09:00"), until=day("Tue 31 Dec 2019"))
    # 2 working days after Tue 22 Oct 2019
    assert occurrences[0].milestones[0].due_on == day("Thu 24 Oct 2019")
