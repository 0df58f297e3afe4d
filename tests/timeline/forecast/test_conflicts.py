"""Test that what does not fit together on a timeline is said, each in one sentence, and moves nothing."""

from dataclasses import replace
from datetime import date

from tests.timeline.builders import EVERYBODY, council, duty, fact, task
from tests.timeline.literals import REPORTED_LAW, at, day
from timeline.definitions.absences import Absence
from timeline.definitions.council import CouncilTimeline, Period
from timeline.definitions.duties import DutyClass, NamedRule, Obligation, OccurrenceKind
from timeline.definitions.people import Directory, Holder
from timeline.forecast.conflicts import Clash, conflicts
from timeline.planning.plan import plan

NOW = at("Mon 2 Sep 2019 09:00")
TODAY = NOW.date()
UNTIL = day("Mon 31 Aug 2020")
FACTS = (fact("start", "Wed 21 Aug 2019"),)


def conflicts_of(timeline: CouncilTimeline, *, on: date = TODAY) -> list[tuple[Clash, str, str]]:
    return [
        (conflict.clash, conflict.ref, conflict.text)
        for conflict in conflicts(timeline, plan(timeline, at=NOW, until=UNTIL), on=on)
    ]


def of_duties(*obligations: Obligation) -> CouncilTimeline:
    return council(obligations=obligations, facts=FACTS)


def panel(rule: str = "monthly on the 2nd wednesday from start") -> Obligation:
    return duty(rule, key="panel", kind=OccurrenceKind.MEETING, duty_class=DutyClass.C)


def test_nothing_is_said_of_a_timeline_that_fits() -> None:
    assert conflicts_of(of_duties(duty("by 2019-11-28"), panel())) == []


def test_two_submissions_of_ours_within_two_working_days() -> None:
    # Thu 28 Nov and Mon 2 Dec 2019: two working days with a weekend between.
    timeline = of_duties(duty("by 2019-11-28"), duty("by 2019-12-02", key="report"))
    assert conflicts_of(timeline) == [
        (
            Clash.NEAR,
            "report/1",
            "Action plan (Thursday 28 November 2019) and Report (Monday 2 December 2019) are within 2 working days "
            "of each other.",
        )
    ]


def test_three_working_days_apart_is_far_enough() -> None:
    assert conflicts_of(of_duties(duty("by 2019-11-28"), duty("by 2019-12-03", key="report"))) == []


def test_a_submission_that_is_not_ours_does_not_clash() -> None:
    assert conflicts_of(of_duties(duty("by 2019-11-28"), duty("by 2019-11-29", key="report", ours=False))) == []


def test_a_due_date_inside_the_absence_of_whoever_holds_the_post_then() -> None:
    away = Absence(person="officer", from_on=day("Wed 27 Nov 2019"), until_on=day("Fri 29 Nov 2019"))
    timeline = replace(of_duties(duty("by 2019-11-28")), directory=replace(EVERYBODY, absences=(away,)))
    assert conflicts_of(timeline) == [
        (
            Clash.ABSENT,
            "action-plan/1/draft",
            "Draft is due on Wednesday 27 November 2019; the Officer is away, Wednesday 27 November 2019 to "
            "Friday 29 November 2019.",
        )
    ]
    later = replace(away, from_on=day("Thu 28 Nov 2019"))
    assert conflicts_of(replace(timeline, directory=replace(EVERYBODY, absences=(later,)))) == []


def test_a_legal_date_on_a_closure_day_says_what_is_worked_to() -> None:
    timeline = council(
        obligations=[duty("by 2019-12-30")], facts=FACTS, closures={day("Mon 30 Dec 2019"): "Christmas closure"}
    )
    assert conflicts_of(timeline) == [
        (
            Clash.CLOSED,
            "action-plan/1",
            "Action plan falls on Monday 30 December 2019, when the council is closed (Christmas closure). "
            "We work to Friday 27 December 2019.",
        )
    ]


PERIOD = Period(name="the pre-election period", from_on=day("Wed 6 Nov 2019"), until_on=day("Thu 12 Dec 2019"))
INSIDE = "lies in the pre-election period (Wednesday 6 November 2019 to Thursday 12 December 2019): "


def test_an_election_moves_no_submission_and_the_letters_of_a_visit_may_wait_for_it() -> None:
    letter = replace(task("letter", "10 working days after end"), waits_for_election=True)
    visit = duty("by 2020-03-01", letter, key="visit", kind=OccurrenceKind.VISIT, confirmed_by="visit_confirmed")
    known, of = "Mon 2 Sep 2019 08:00", "visit/1"
    confirmed = fact("visit_confirmed", "Wed 13 Nov 2019", until="Thu 14 Nov 2019", known=known, of=of)
    report = replace(task("report", "by due", ours=False), waits_for_election=True)
    hers = duty("by 2019-12-01", report, key="report", ours=False)
    # Nothing is published of a yearly meeting with Ofsted.
    yearly = duty("by 2019-11-20", key="annual-engagement", kind=OccurrenceKind.VISIT)
    timeline = council(obligations=[duty("by 2019-11-28"), panel(), visit, yearly, hers], facts=(*FACTS, confirmed))
    warned = replace(timeline, council=replace(timeline.council, pre_election_periods=(PERIOD,)))
    assert conflicts_of(timeline) == []
    assert [(ref, text.partition(INSIDE)[2]) for _, ref, text in conflicts_of(warned)] == [
        ("action-plan/1", "it is not moved by an election."),
        ("visit/1", "Ofsted publishes no inspection report and no letter before the election, so they may come later."),
        ("visit/1/letter", "it may be published after the election. Nobody is asked for it before then."),
        ("report/1/report", "it may be published after the election."),
    ]
    assert plan(warned, at=NOW, until=UNTIL) == plan(timeline, at=NOW, until=UNTIL)


def test_a_panel_on_a_bank_holiday_or_closure_day() -> None:
    timeline = council(obligations=[panel("on 2020-01-01"), duty("by 2020-01-01", key="report")], facts=FACTS)
    assert conflicts_of(timeline) == [
        (
            Clash.NOT_WORKING,
            "panel/1",
            "Panel would be on Wednesday 1 January 2020, which is no working day (New Year’s Day).",
        )
    ]


def test_a_stated_date_later_than_the_computed_one() -> None:
    stated = NamedRule(name="stated by Ofsted", rule="by 2019-12-02")
    bound = NamedRule(name="no later than", rule="by 2019-12-20", upper_bound=True)
    timeline = of_duties(duty("70 working days after start", standing=REPORTED_LAW, readings=(stated, bound)))
    assert conflicts_of(timeline) == [
        (
            Clash.STATED_LATER,
            "action-plan/1",
            "Action plan, stated by Ofsted: Monday 2 December 2019 is later than the computed "
            "Thursday 28 November 2019. We work to the earlier.",
        )
    ]


def test_a_vacant_post_is_told_once_at_the_first_task_nobody_is_there_for() -> None:
    leaves = Holder(post="officer", person="officer", until_on=day("Fri 1 Nov 2019"))
    given = duty("by 2019-11-28", task("draft", "40 working days before due"), task("sign-off", "by due"))
    timeline = replace(of_duties(given), directory=_held_by(leaves))
    assert conflicts_of(timeline) == [
        (
            Clash.VACANT,
            "action-plan/1/sign-off",
            "The post Officer is vacant on Thursday 28 November 2019, when “Sign off” is due.",
        )
    ]


def _held_by(holder: Holder) -> Directory:
    return replace(EVERYBODY, holders=(holder, *(each for each in EVERYBODY.holders if each.post != "officer")))


def test_what_lies_behind_is_not_told() -> None:
    timeline = of_duties(duty("by 2019-11-28"), duty("by 2019-12-02", key="report"))
    assert conflicts_of(timeline, on=day("Tue 3 Dec 2019")) == []


def test_a_cancelled_meeting_clashes_with_nothing() -> None:
    timeline = council(
        obligations=[panel("on 2020-01-01")], facts=[*FACTS, fact("cancelled", "Mon 2 Sep 2019", of="panel/1")]
    )
    assert conflicts_of(timeline) == []


def cabinet(day_of_meeting: str) -> CouncilTimeline:
    notice = task("notice", "28 clear days before legal", standing=REPORTED_LAW)
    report = duty(
        f"on {day(day_of_meeting)}", notice, key="cabinet", kind=OccurrenceKind.MEETING, duty_class=DutyClass.B
    )
    return of_duties(report)


def test_a_cabinet_date_that_no_longer_allows_its_notice_says_what_is_open() -> None:
    # Seen from Mon 2 Sep 2019, 28 clear days before Tue 24 Sep were over on Mon 26 Aug.
    assert conflicts_of(cabinet("Tue 24 Sep 2019")) == [
        (
            Clash.NOTICE,
            "cabinet/1",
            "Cabinet, Tuesday 24 September 2019: it is too late for 28 clear days' notice of a key decision. "
            "Open is general exception on both readings of clear days. The Monitoring Officer decides.",
        )
    ]


def test_a_cabinet_date_far_enough_ahead_allows_its_notice() -> None:
    assert conflicts_of(cabinet("Tue 5 Nov 2019")) == []
