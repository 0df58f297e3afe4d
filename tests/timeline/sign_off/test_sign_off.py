"""Test where the sign-off countdown stands: for which tasks, on which days, and what is said without a calendar."""

from dataclasses import replace

import pytest

from tests.timeline.builders import COUNCIL, council, duty, fact, task
from tests.timeline.literals import at, day
from timeline.definitions.council import Committee, CouncilTimeline
from timeline.definitions.people import Person
from timeline.escalation.ladder import decide
from timeline.escalation.task_context import task_context
from timeline.letters.reminder import mail_view
from timeline.letters.task_page import task_view
from timeline.planning.plan import plan
from timeline.sign_off.summary import in_short, of, sentences

DUE_ON = day("Thu 28 Nov 2019")
OFFICER = Person(key="officer", name="Officer", address="officer@council.example")
CABINET = "Cabinet on Tue 19 Nov is the last recorded meeting that still allows Thu 28 Nov"


def needing(*meetings: str, sign_off: str = "cabinet") -> CouncilTimeline:
    """Give the action plan of Thu 28 Nov 2019, with a task on that day, one before it and one after it."""
    rules = (
        task("draft", "10 working days before due"),
        task("submitted", "by due"),
        task("receipt", "1 day after due"),
    )
    plain = council(
        obligations=[duty("70 working days after report_received", *rules, sign_off=sign_off)],
        facts=[fact("report_received", "Wed 21 Aug 2019")],
    )
    committee = Committee(key="cabinet", title="Cabinet", meetings=tuple(day(meeting) for meeting in meetings))
    return replace(plain, council=replace(plain.council, committees=(committee,)))


MEETING = needing("Tue 19 Nov 2019")


def short(timeline: CouncilTimeline, key: str, when: str = "Tue 1 Oct 2019 10:00") -> str:
    (occurrence,) = plan(timeline, at=at(when), until=DUE_ON)
    return in_short(timeline, next(task for task in occurrence.milestones if task.key == key), at=at(when))


@pytest.mark.parametrize(("key", "said"), [("draft", True), ("submitted", True), ("receipt", False)])
def test_it_is_said_for_tasks_up_to_the_due_date(key: str, said: bool) -> None:
    assert short(MEETING, key).startswith(CABINET) is said


@pytest.mark.parametrize(
    ("when", "said"),
    [("Wed 27 Nov 2019 10:00", True), ("Thu 28 Nov 2019 10:00", True), ("Fri 29 Nov 2019 10:00", False)],
)
def test_nothing_is_said_once_the_due_date_has_passed(when: str, said: bool) -> None:
    assert bool(short(MEETING, "submitted", when)) is said
    assert bool(sentences(MEETING, "action-plan", DUE_ON, on=at(when).date())) is said


def test_without_meetings_mails_are_silent_and_why_says_how_to_give_them() -> None:
    nobody = needing()
    assert short(nobody, "draft") == ""
    assert sentences(nobody, "action-plan", DUE_ON, on=day("Tue 1 Oct 2019")) == (
        "No meetings of Cabinet are recorded, so its sign-off cannot be counted down: write its meetings, or an "
        "iCalendar file with them, under committees.cabinet in the timeline.",
    )
    assert sentences(nobody, "action-plan", DUE_ON, on=day("Fri 29 Nov 2019")) == ()
    gone = replace(nobody, council=COUNCIL.council)
    assert sentences(gone, "action-plan", DUE_ON, on=day("Tue 1 Oct 2019"))[0].startswith("No meetings of Cabinet are")


def test_a_duty_that_needs_no_committee_has_no_countdown() -> None:
    plain = needing("Tue 19 Nov 2019", sign_off="")
    assert of(plain, "action-plan", DUE_ON, on=day("Tue 1 Oct 2019")) is None
    assert sentences(plain, "action-plan", DUE_ON, on=day("Tue 1 Oct 2019")) == ()
    assert short(plain, "draft") == ""


def test_a_date_that_is_not_known_or_past_the_calendar_has_none() -> None:
    assert of(MEETING, "action-plan", None, on=day("Tue 1 Oct 2019")) is None
    beyond_on = MEETING.calendars.law.last_on.replace(year=2150)
    assert of(MEETING, "action-plan", beyond_on, on=day("Tue 1 Oct 2019")) is None


def test_mail_and_page_carry_the_one_line() -> None:
    for timeline, said in ((MEETING, CABINET), (needing(), "")):
        (occurrence,) = plan(timeline, at=at("Thu 31 Oct 2019 08:30"), until=DUE_ON)
        draft = next(task for task in occurrence.milestones if task.key == "draft")
        context = task_context(timeline, draft, at=at("Thu 31 Oct 2019 08:30"))
        (prompt,) = decide(context, until=at("Thu 31 Oct 2019 23:59")).prompts
        (told,) = mail_view([(prompt, context)], OFFICER, ["https://daymark.example/r/1"], ref="a2b3").tasks
        shown = task_view(context, OFFICER, post_title="Officer")
        assert (told.sign_off.split(":")[0], shown.sign_off.split(":")[0]) == (said, said)
