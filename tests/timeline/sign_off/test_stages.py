"""Test a submission that committees agree in stages, and one that they agree after it was made."""

from dataclasses import replace

import pytest

from tests.timeline.builders import council, duty, fact, task
from tests.timeline.literals import at, day
from timeline.calendar.bank_holidays import calendars
from timeline.definitions.council import Committee, CouncilTimeline, SignOff
from timeline.director.law_dates import without_meeting
from timeline.escalation.rag import Rag, rate
from timeline.escalation.task_context import task_context
from timeline.planning.occurrences import Milestone
from timeline.planning.plan import plan
from timeline.sign_off.countdown import Countdown, countdown
from timeline.sign_off.countdown_wording import line, steps
from timeline.sign_off.steps_and_meetings import misses

BOTH = calendars()
# A council of the committee system: no call-in, and no notice of key decisions.
AGREE = SignOff(by=("children", "council"), call_in_working_days=0)
FULL = ("Thu 17 Oct 2019", "Thu 12 Dec 2019")


def body(key: str, title: str, *meetings: str) -> Committee:
    return Committee(key=key, title=title, meetings=tuple(day(on) for on in meetings), executive=False)


def seen(*first: str, on: str = "Mon 2 Sep 2019", full: tuple[str, ...] = FULL, sign_off: SignOff = AGREE) -> Countdown:
    bodies = (body("children", "Children's Committee", *first), body("council", "Full Council", *full))
    counted = countdown(day("Thu 28 Nov 2019"), bodies, sign_off, BOTH, day(on))
    assert counted
    return counted


def test_each_stage_has_papers_a_briefing_and_an_agenda_counted_from_its_own_meeting() -> None:
    counted = seen("Tue 24 Sep 2019", "Tue 8 Oct 2019")
    (stage,) = counted.stages
    assert (stage.meeting_on, counted.meeting_on) == (day("Tue 8 Oct 2019"), day("Thu 17 Oct 2019"))
    assert {step.key: step.on for step in stage.steps} == {
        "clearance-begins": day("Mon 16 Sep 2019"),
        "clearance-ends": day("Fri 27 Sep 2019"),
        "agenda": day("Mon 30 Sep 2019"),
        "briefed": day("Wed 2 Oct 2019"),
        "decision": day("Tue 8 Oct 2019"),
    }
    # Full Council reads what the committee recommends: its papers are ready after that, and cleared before.
    assert [(step.key, step.on) for step in counted.steps] == [
        ("clearance-ends", day("Wed 9 Oct 2019")),
        ("agenda", day("Wed 9 Oct 2019")),
        ("briefed", day("Fri 11 Oct 2019")),
        ("decision", day("Thu 17 Oct 2019")),
    ]
    assert line(counted) == (
        "Full Council on Thu 17 Oct is the last meeting that still allows Thu 28 Nov: papers ready by Wed 9 Oct, "
        "agenda out by Wed 9 Oct. Children's Committee agrees first, on Tue 8 Oct: papers cleared by Fri 27 Sep, "
        "agenda out by Mon 30 Sep."
    )
    assert "Children's Committee: agenda and report out: Monday 30 September 2019." in steps(counted)
    assert "Recommendation of Children's Committee in the papers: Wednesday 9 October 2019." in steps(counted)


@pytest.mark.parametrize(
    ("first", "on", "said"),
    [
        (("Tue 15 Oct 2019",), "Mon 2 Sep 2019", "on Tue 15 Oct: papers cleared by Fri 4 Oct"),
        (("Tue 15 Oct 2019",), "Mon 2 Sep 2019", "That is after the agenda of Full Council has gone out"),
        (("Tue 22 Oct 2019",), "Mon 2 Sep 2019", "No meeting of Children's Committee, which agrees first, is recorded"),
        (("Tue 10 Sep 2019",), "Mon 16 Sep 2019", "Unless it agreed on Tue 10 Sep, no meeting of Children's Committee"),
    ],
)
def test_a_stage_that_comes_too_late_or_never_says_so(first: tuple[str, ...], on: str, said: str) -> None:
    assert said in line(seen(*first, on=on))


def test_no_step_lies_before_the_meeting_that_it_rests_on() -> None:
    for first in ("Tue 8 Oct 2019", "Tue 15 Oct 2019", "Wed 16 Oct 2019"):
        rest = [step for step in seen(first).steps if step.key in ("clearance-ends", "briefed")]
        assert len(rest) == 2
        assert all(step.on > day(first) for step in rest)


def test_three_committees_agree_in_turn() -> None:
    bodies = (
        body("a", "Children's Committee", "Tue 17 Sep 2019"),
        body("b", "Policy Committee", "Tue 1 Oct 2019"),
        body("c", "Full Council", *FULL),
    )
    counted = countdown(day("Thu 28 Nov 2019"), bodies, AGREE, BOTH, day("Mon 2 Sep 2019"))
    assert counted
    assert [(stage.committee, stage.then) for stage in counted.stages] == [
        ("Children's Committee", "Policy Committee"),
        ("Policy Committee", "Full Council"),
    ]
    assert "clearance-begins" not in {step.key for step in counted.stages[1].steps}


LATER = replace(AGREE, by=("council",), after_submission=True)


def lived(sign_off: SignOff, *facts: str, full: tuple[str, ...] = ("Thu 12 Dec 2019",)) -> CouncilTimeline:
    plain = council(
        obligations=[
            duty(
                "70 working days after report_received",
                task("clearance", "15 working days before due"),
                replace(task("submitted", "by legal"), completes=True),
                task("decision", "on sign_off_meeting"),
                sign_off="council",
            )
        ],
        facts=[
            fact("report_received", "Wed 21 Aug 2019"),
            *(fact("sign_off_meeting", on, known="Mon 2 Sep 2019 09:00", of="action-plan/1") for on in facts),
        ],
    )
    bodies = (body("council", "Full Council", *full),)
    return replace(plain, council=replace(plain.council, committees=bodies, sign_off=sign_off))


def tasks(timeline: CouncilTimeline) -> dict[str, Milestone]:
    (planned,) = plan(timeline, at=at("Wed 20 Nov 2019 09:00"), until=day("Tue 31 Dec 2019"))
    return {each.key: each for each in planned.milestones}


def test_a_council_that_agrees_after_the_submission_is_asked_to_submit_first() -> None:
    timeline = lived(LATER, "Thu 12 Dec 2019")
    planned = tasks(timeline)
    assert (planned["submitted"].legal_on, planned["decision"].due_on) == (
        day("Thu 28 Nov 2019"),
        day("Thu 12 Dec 2019"),
    )
    counted = seen(full=("Thu 17 Oct 2019", "Thu 12 Dec 2019"), sign_off=LATER)
    assert (counted.meeting_on, counted.ratifies) == (day("Thu 12 Dec 2019"), True)
    assert line(counted).startswith("Full Council on Thu 12 Dec ratifies what is submitted by Thu 28 Nov: papers")
    assert steps(counted)[-1] == "It is submitted first: the date of Thu 28 Nov does not wait for the meeting."
    # It is counted on after the submission was due.
    assert seen(on="Mon 2 Dec 2019", sign_off=LATER).meeting_on == day("Thu 12 Dec 2019")


@pytest.mark.parametrize(("sign_off", "rag"), [(LATER, Rag.AMBER), (replace(LATER, after_submission=False), Rag.RED)])
def test_no_meeting_before_the_date_is_red_only_where_it_is_agreed_before(sign_off: SignOff, rag: Rag) -> None:
    timeline = lived(sign_off)
    submitted = task_context(timeline, tasks(timeline)["submitted"], at=at("Mon 25 Nov 2019 09:00"))
    assert rate(submitted).rag is rag
    said = tuple(without_meeting([submitted], (), at=at("Mon 25 Nov 2019 09:00")))
    assert bool(said) is (rag is Rag.RED)


@pytest.mark.parametrize(
    ("on", "told"),
    [
        (("Thu 12 Dec 2019",), ""),
        (("Thu 17 Oct 2019",), "is to ratify what was submitted, and comes before “Action plan” is due on Thursday 28"),
    ],
)
def test_check_says_of_a_meeting_that_ratifies_that_it_comes_before(on: tuple[str, ...], told: str) -> None:
    timeline = lived(LATER, *on, full=FULL)
    planned = plan(timeline, at=at("Mon 9 Sep 2019 09:00"), until=day("Tue 31 Dec 2019"))
    said = " ".join(text for _, text in misses(timeline, planned, on=day("Mon 9 Sep 2019")))
    assert told in said if told else not said
