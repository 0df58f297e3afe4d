"""Test the plain sentence about a task's date: what an officer reads first, and no word of the date language in it."""

from dataclasses import replace

import pytest

from tests.timeline.builders import council, duty, fact, task
from tests.timeline.literals import REPORTED_LAW, at, day
from timeline.definitions.duties import NamedRule, Obligation, OccurrenceKind
from timeline.definitions.facts import Fact
from timeline.planning.explanation import of_occurrence
from timeline.planning.occurrences import Milestone
from timeline.planning.plan import plan
from timeline.steering.explained import dates, task_dates

FORUM = duty(
    "monthly on the 2nd friday from report_published",
    task("invitation", "8 working days before due"),
    task("held", "by legal"),
    task("answers", "5 working days after due"),
    task("follow-up", "3 working days after answers"),
    key="engagement-forum",
    kind=OccurrenceKind.SESSION,
    because="the forum meets on {date}",
)
PLAN = duty(
    "by plan_due",
    task("draft", "40 working days before due"),
    task("reply", "5 working days after plan_reply"),
    because="the law gives the council until {date} to submit the plan",
)
VISIT = duty(
    "within 60 working days of report_published",
    task("dates", "5 working days before expected"),
    task("data", "3 working days before start"),
    key="monitoring-visit",
    kind=OccurrenceKind.VISIT,
    confirmed_by="visit_confirmed",
)
FACTS = (fact("report_published", "Tue 27 Aug 2019"), fact("plan_due", "Thu 28 Nov 2019"))
REPLY = fact("plan_reply", "Mon 9 Dec 2019")
CONFIRMED = fact("visit_confirmed", "Mon 14 Oct 2019", of="monitoring-visit/1")


def tasks(of: Obligation, *facts: Fact) -> dict[str, Milestone]:
    timeline = council(obligations=[of], facts=[*FACTS, *facts])
    occurrence = plan(timeline, at=at("Tue 10 Dec 2019 09:00"), until=day("Tue 31 Dec 2019"))[0]
    return {milestone.key: milestone for milestone in occurrence.milestones}


@pytest.mark.parametrize(
    ("of", "key", "sentence", "until"),
    [
        (FORUM, "invitation", "Because the forum meets on Friday 13 September 2019.", "Fri 13 Sep 2019"),
        (FORUM, "held", "Because the forum meets on Friday 13 September 2019.", "Fri 13 Sep 2019"),
        (
            FORUM,
            "answers",
            "Because this is due 5 working days after “Engagement forum”, Friday 13 September 2019.",
            "",
        ),
        (FORUM, "follow-up", "Because this is due 3 working days after “Answers”, Friday 20 September 2019.", ""),
        (PLAN, "draft", "Because the law gives the council until Thursday 28 November 2019 to submit the plan.", ""),
        (PLAN, "reply", "Because this is due 5 working days after “plan reply”, Monday 9 December 2019.", ""),
        (
            replace(FORUM, because=""),
            "invitation",
            "Because “Engagement forum” is on Friday 13 September 2019.",
            "Fri 13 Sep 2019",
        ),
        (replace(PLAN, because=""), "draft", "Because “Action plan” is due by Thursday 28 November 2019.", ""),
    ],
)
def test_why_a_task_is_due_is_said_in_a_sentence(of: Obligation, key: str, sentence: str, until: str) -> None:
    task = tasks(of, REPLY)[key]
    assert (task.because, task.because_until) == (sentence, day(until) if until else None)


def test_while_a_visit_is_not_confirmed_it_is_expected() -> None:
    waiting = tasks(VISIT)
    assert waiting["dates"].because == "Because “Monitoring visit” is expected from Tuesday 27 August 2019 on."
    assert waiting["data"].because == ""
    confirmed = tasks(VISIT, CONFIRMED)
    assert confirmed["data"].because == "Because “Monitoring visit” is on Monday 14 October 2019."


def test_what_waits_gives_no_reason_yet() -> None:
    assert tasks(PLAN)["reply"].because == ""


LAWFUL = duty(
    "70 working days after report_received",
    task("draft", "40 working days before due"),
    task("submitted", "by legal", standing=REPORTED_LAW),
    standing=REPORTED_LAW,
    readings=(
        NamedRule(name="stated by Ofsted", rule="by plan_due"),
        NamedRule(name="no later than", rule="70 working days after report_published", upper_bound=True, settle="Ask."),
    ),
    because="the law gives the council until {date} to submit the plan",
)
BY_LAW = "Because the law gives the council until {} to submit the plan."
STATED_SO = "Because “Action plan” is due by {} (stated by Ofsted)."


@pytest.mark.parametrize(
    ("received", "stated", "sentence", "by_law"),
    [
        ("Wed 21 Aug 2019", "Thu 28 Nov 2019", BY_LAW.format("Thursday 28 November 2019"), True),  # both agree
        ("Wed 21 Aug 2019", "Fri 29 Nov 2019", BY_LAW.format("Thursday 28 November 2019"), True),
        ("Wed 21 Aug 2019", "Mon 28 Oct 2019", STATED_SO.format("Monday 28 October 2019"), False),
        ("", "Mon 28 Oct 2019", STATED_SO.format("Monday 28 October 2019"), False),
        ("", "", BY_LAW.format("Tuesday 3 December 2019 at the latest"), True),
    ],
)
def test_a_day_that_somebody_stated_before_the_laws_own_is_not_called_law(
    received: str, stated: str, sentence: str, by_law: bool
) -> None:
    since = "Wed 28 Aug 2019 08:00"
    known = [fact(name, on, known=since) for name, on in (("report_received", received), ("plan_due", stated)) if on]
    timeline = council(obligations=[LAWFUL], facts=[FACTS[0], *known])
    (occurrence,) = plan(timeline, at=at("Wed 28 Aug 2019 09:00"), until=day("Tue 31 Dec 2019"))
    draft, submitted = occurrence.milestones
    assert (draft.because, submitted.because, submitted.by_law) == (sentence, sentence, by_law)
    assert submitted.basis == (LAWFUL.milestones[1].basis if by_law else "Stated by Ofsted")
    assert ("legal date" in task_dates(submitted)) is by_law
    told = tuple(dates(of_occurrence(timeline, occurrence, at=at("Wed 28 Aug 2019 09:00"))))
    assert told[0].startswith("Legal date" if by_law else "Date")
    # The latest that it can be settles nothing once the day of receipt is known.
    assert "Ask." not in occurrence.why
