"""Test the dated pieces of work round one occurrence: what each counts from, waits for and rests on."""

from dataclasses import replace

import pytest

from tests.timeline.builders import LAST_ON, council, duty, fact, task
from tests.timeline.literals import OBSERVED, at, day
from timeline.definitions.duties import MilestoneRule, Obligation
from timeline.definitions.facts import Embargo, Fact
from timeline.planning.milestones import in_order
from timeline.planning.occurrences import CircularRule, Milestone
from timeline.planning.plan import plan

REPORT = fact("report_due", "Sun 1 Dec 2019", known="Tue 27 Aug 2019 09:00")


def worked(of: Obligation, *facts: Fact, occurrence: int = 1) -> dict[str, Milestone]:
    """Give the milestones of one occurrence by key, in the order in which they are given."""
    timeline = council(obligations=[of], facts=facts)
    occurrences = plan(timeline, at=at("Wed 27 Nov 2019 07:30"), until=day("Mon 31 Aug 2020"))
    return {milestone.key: milestone for milestone in occurrences[occurrence - 1].milestones}


@pytest.mark.parametrize(
    ("when", "legal", "due"),
    [
        # The occurrence is due on Sun 1 Dec 2019 by law; milestones count from its working date.
        ("5 working days before due", "Fri 22 Nov 2019", "Fri 22 Nov 2019"),
        ("1 working day before due", "Thu 28 Nov 2019", "Thu 28 Nov 2019"),
        ("1 working day after due", "Mon 2 Dec 2019", "Mon 2 Dec 2019"),
        ("by due", "Fri 29 Nov 2019", "Fri 29 Nov 2019"),
        # The submission itself keeps the legal date, and is worked to the Friday.
        ("by legal", "Sun 1 Dec 2019", "Fri 29 Nov 2019"),
        ("1 week before due", "Fri 22 Nov 2019", "Fri 22 Nov 2019"),
        ("1 day after due", "Sat 30 Nov 2019", "Fri 29 Nov 2019"),
        # What is the council's own practice may move the date itself.
        ("1 day after due or next working day", "Mon 2 Dec 2019", "Mon 2 Dec 2019"),
        ("2 days before report_due", "Fri 29 Nov 2019", "Fri 29 Nov 2019"),
        ("on 2019-12-25", "Wed 25 Dec 2019", "Tue 24 Dec 2019"),
    ],
)
def test_a_milestone_counts_from_the_working_date_of_its_occurrence(when: str, legal: str, due: str) -> None:
    milestone = worked(duty("by report_due", task("draft", when)), REPORT)["draft"]
    assert (milestone.legal_on, milestone.due_on) == (day(legal), day(due))


def test_every_milestone_says_why() -> None:
    milestone = worked(duty("by report_due", task("draft", "5 working days before due")), REPORT)["draft"]
    assert milestone.why[0].startswith("Counted from ")
    assert any("Friday 22 November 2019" in step for step in milestone.why)
    assert any("paragraph 6.1" in step for step in milestone.why)


def test_what_is_due_on_the_duties_own_date_repeats_none_of_its_reasons() -> None:
    of = duty("by report_due", task("sent", "by legal"), task("party", "on 2019-12-25"), task("told", "by report_due"))
    worked_out = worked(of, REPORT)
    (occurrence,) = plan(
        council(obligations=[of], facts=[REPORT]), at=at("Wed 27 Nov 2019 07:30"), until=day("Mon 31 Aug 2020")
    )
    assert worked_out["sent"].why == occurrence.why
    assert worked_out["party"].why[0] == "Counted from Wednesday 25 December 2019."
    assert worked_out["told"].why[0].startswith("Counted from report due")


def test_milestones_keep_the_order_of_the_rule_pack_and_count_from_each_other() -> None:
    of = duty(
        "by report_due",
        task("last", "2 working days after middle"),
        task("middle", "2 working days after first"),
        task("first", "10 working days before due"),
    )
    worked_out = worked(of, REPORT)
    assert [(key, milestone.due_on) for key, milestone in worked_out.items()] == [
        ("last", day("Thu 21 Nov 2019")),
        ("middle", day("Tue 19 Nov 2019")),
        ("first", day("Fri 15 Nov 2019")),
    ]
    assert [rule.key for rule in in_order(of)] == ["first", "middle", "last"]


@pytest.mark.parametrize(
    "circle",
    [
        [task("a", "1 working day after a")],
        [task("a", "1 working day after b"), task("b", "1 working day after a")],
    ],
)
def test_milestones_that_wait_for_each_other_are_refused(circle: list[MilestoneRule]) -> None:
    with pytest.raises(CircularRule, match="The dates wait for each other: a"):
        worked(duty("by report_due", *circle), REPORT)


def test_a_milestone_waits_for_the_fact_it_counts_from() -> None:
    milestone = worked(duty("by report_due", task("reply", "5 working days after reply_received")), REPORT)["reply"]
    assert (milestone.due_on, milestone.waits_for, milestone.chased) == (None, ("reply_received",), False)


def test_what_counts_from_a_waiting_sibling_waits_for_it() -> None:
    of = duty(
        "by report_due", task("read", "5 working days after reply_received"), task("told", "1 working day after read")
    )
    assert worked(of, REPORT)["told"].waits_for == ("read",)


# Visits: windows, days, letters


VISIT = duty(
    "quarterly from report_due",
    task("dates", "20 working days before expected"),
    task("data", "10 working days before start"),
    task("feedback", "1 working day after end"),
    task("ready", "1 working day before due"),
    task("comments", "5 working days after draft_letter_received"),
    key="monitoring-visit",
    standing=OBSERVED,
    confirmed_by="visit_confirmed",
)


def test_in_a_window_only_what_counts_from_its_opening_has_a_date() -> None:
    worked_out = worked(VISIT, REPORT)
    assert worked_out["dates"].due_on == day("Mon 4 Nov 2019")
    assert [worked_out[key].waits_for for key in ("data", "feedback", "ready")] == [("visit_confirmed",)] * 3
    assert worked_out["comments"].waits_for == ("draft_letter_received",)


def test_a_confirmed_visit_counts_before_its_first_and_after_its_last_day() -> None:
    confirmed = fact(
        "visit_confirmed",
        "Tue 21 Jan 2020",
        until="Wed 22 Jan 2020",
        known="Tue 26 Nov 2019 09:00",
        of="monitoring-visit/1",
    )
    worked_out = worked(VISIT, REPORT, confirmed)
    assert {key: milestone.due_on for key, milestone in worked_out.items()} == {
        "dates": day("Thu 19 Dec 2019"),
        "data": day("Tue 7 Jan 2020"),
        "feedback": day("Thu 23 Jan 2020"),
        "ready": day("Mon 20 Jan 2020"),
        "comments": None,
    }


def test_a_visit_of_one_day_begins_and_ends_on_it() -> None:
    confirmed = fact("visit_confirmed", "Tue 21 Jan 2020", known="Tue 26 Nov 2019 09:00", of="monitoring-visit/1")
    assert worked(VISIT, REPORT, confirmed)["feedback"].due_on == day("Wed 22 Jan 2020")


def test_a_letter_about_one_visit_dates_its_own_milestones_only() -> None:
    letter = fact("draft_letter_received", "Mon 25 Nov 2019", of="monitoring-visit/1")
    assert worked(VISIT, REPORT, letter)["comments"].due_on == day("Mon 2 Dec 2019")
    assert worked(VISIT, REPORT, letter, occurrence=2)["comments"].due_on is None


# Embargo


EMBARGO = Embargo(circulation=frozenset({"director"}), until_fact="never")


def test_an_embargo_on_a_visits_letter_covers_what_counts_from_it_and_its_siblings_and_nothing_else() -> None:
    letter = fact("draft_letter_received", "Mon 25 Nov 2019", of="monitoring-visit/1", embargo=EMBARGO)
    of = duty(
        "quarterly from report_due",
        task("comments", "5 working days after draft_letter_received"),
        task("sent", "1 working day after comments"),
        task("dates", "20 working days before expected"),
        key="monitoring-visit",
    )
    worked_out = worked(of, REPORT, letter)
    assert [worked_out[key].embargoes for key in ("comments", "sent", "dates")] == [(EMBARGO,), (EMBARGO,), ()]


def test_an_embargo_on_the_days_of_a_visit_covers_what_counts_from_them() -> None:
    confirmed = fact(
        "visit_confirmed", "Tue 21 Jan 2020", known="Tue 26 Nov 2019 09:00", of="monitoring-visit/1", embargo=EMBARGO
    )
    worked_out = worked(VISIT, REPORT, confirmed)
    assert [worked_out[key].embargoes for key in ("dates", "data", "feedback", "ready")] == [(EMBARGO,)] * 4
    assert worked(VISIT, REPORT, confirmed, occurrence=2)["dates"].embargoes == ()


# Limits


def test_a_milestone_beyond_the_calendar_waits_for_it_and_stops_no_other() -> None:
    of = duty(f"by {LAST_ON}", task("after", "5 working days after due"), task("before", "5 working days before due"))
    worked_out = worked(of)
    assert worked_out["after"].waits_for == ("the calendar",)
    assert f"The bank holidays of {LAST_ON.year + 1} are not known" in worked_out["after"].why[0]
    assert worked_out["before"].due_on is not None


def test_only_what_is_ours_and_has_a_date_is_chased() -> None:
    of = duty("by report_due", task("ours", "by due"), task("hers", "by due", ours=False), task("later", "by unknown"))
    assert {key: milestone.chased for key, milestone in worked(of, REPORT).items()} == {
        "ours": True,
        "hers": False,
        "later": False,
    }


def test_tasks_that_several_posts_have_share_a_date_from_which_siblings_count() -> None:
    told = task("told", "5 working days before due")
    several = [replace(told, key=f"told-{post}", owner=post, shared="told", whose=post) for post in ("officer", "lead")]
    answers = task("answers", "2 working days after told")
    worked_out = worked(duty("by report_due", answers, *several), REPORT)
    assert list(worked_out) == ["answers", "told-officer", "told-lead"]
    assert {worked_out[f"told-{post}"].due_on for post in ("officer", "lead")} == {day("Fri 22 Nov 2019")}
    assert [worked_out[f"told-{post}"].title for post in ("officer", "lead")] == ["Told (officer)", "Told (lead)"]
    assert worked_out["answers"].due_on == day("Tue 26 Nov 2019")
    assert worked_out["answers"].why[0].startswith("Counted from “Told”")


def test_tasks_that_several_posts_have_may_count_from_a_sibling_and_close_a_circle() -> None:
    told = task("told", "1 working day after answers")
    several = [replace(told, key=f"told-{post}", owner=post, shared="told") for post in ("officer", "lead")]
    with pytest.raises(CircularRule):
        in_order(duty("by report_due", task("answers", "2 working days after told"), *several))
