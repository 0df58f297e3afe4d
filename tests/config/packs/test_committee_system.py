"""Test the rule pack for a council of the committee system: no Cabinet, and no word of one, on its whole timeline."""

import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from config.load import TIMELINES, load
from tests.support.programmes import medways
from tests.support.reports import situation, words
from tests.timeline.literals import at, day
from timeline.definitions.council import CouncilTimeline
from timeline.forecast.conflicts import conflicts
from timeline.planning.occurrences import Milestone
from timeline.planning.plan import plan
from timeline.reports.cabinet import cabinet
from timeline.reports.kinds import KINDS
from timeline.sign_off import summary

WORDS = ("cabinet", "executive", "key decision", "2012/2089", "special urgency", "call-in")
COMMITTEES = """
like: medway-2019.yaml
committees:
  children: {title: Children and Families Committee, meetings: [2019-09-16, 2019-10-08]}
  council: {title: Full Council, meetings: [2019-10-17, 2019-12-12]}
council: {key: shire, name: Shire Council, executive: false}
facts:
- {fact: report_received, on: 2019-08-21, by: Ofsted, source: letter}
- {fact: report_published, on: 2019-08-27, by: Ofsted, source: its page}
- {fact: committee_meeting, for: committee-report/1, on: 2019-09-16, known: 2019-08-27, by: The clerk, source: calendar}
- {fact: scrutiny_meeting, for: scrutiny-report/1, on: 2019-10-03, known: 2019-08-27, by: The clerk, source: calendar}
"""
CHOSEN = """
- {fact: first_sign_off_meeting, for: action-plan/1, on: 2019-10-08, known: 2019-08-28, by: The clerk, source: minutes}
- {fact: sign_off_meeting, for: action-plan/1, on: 2019-10-17, known: 2019-08-28, by: The clerk, source: minutes}
"""
RATIFIED = """
- {fact: sign_off_meeting, for: action-plan/1, on: 2019-12-12, known: 2019-08-28, by: The clerk, source: minutes}
"""


@cache
def shire(sign_off: str = "{by: [children, council]}", facts: str = "") -> CouncilTimeline:
    """State Medway's case as a council of the committee system would."""
    with TemporaryDirectory() as home:
        shutil.copy(TIMELINES / "medway-2019.yaml", home)
        file = Path(home) / "shire.yaml"
        file.write_text(f"{COMMITTEES}{facts}sign_off: {sign_off}\n")
        return load(file, on=day("Tue 27 Aug 2019"))


def steps(timeline: CouncilTimeline) -> dict[str, Milestone]:
    planned = plan(timeline, at=at("Mon 2 Sep 2019 09:00"), until=day("Tue 31 Dec 2019"), obligations=["action-plan"])
    return {task.key: task for task in planned[0].milestones}


def test_no_duty_of_an_executive_is_left_and_the_report_to_committee_has_the_notices_of_the_act() -> None:
    planned = plan(shire(), at=at("Mon 2 Sep 2019 09:00"), until=day("Tue 31 Mar 2020"))
    duties = {each.obligation for each in planned}
    assert not duties & {"cabinet-report", "cabinet-feedback-report", "special-urgency-report", "key-decision-report"}
    (report,) = (each for each in planned if each.obligation == "committee-report")
    agenda = next(task for task in report.milestones if task.key == "agenda")
    assert (agenda.legal_on, agenda.standing.binds) == (day("Sun 8 Sep 2019"), True)
    assert agenda.basis.startswith("Local Government Act 1972 s.100A(6)")


def test_no_word_of_an_executive_stands_on_its_timeline_its_countdown_or_its_report() -> None:
    timeline = shire()
    planned = plan(timeline, at=at("Mon 2 Sep 2019 09:00"), until=day("Tue 31 Mar 2020"))
    tasks = [task for each in planned for task in each.milestones]
    said = [text for task in tasks for text in (task.title, task.asks, task.act, task.basis, *task.why)]
    said += [text for each in planned for text in (each.title, *each.why)]
    said += [duty.basis for duty in timeline.obligations]
    said += summary.sentences(timeline, "action-plan", day("Thu 28 Nov 2019"), on=day("Mon 2 Sep 2019"))
    said += [each.text for each in conflicts(timeline, planned, on=day("Mon 2 Sep 2019"))]
    report = cabinet(situation(medways(), of=timeline))
    said += [*words(report).splitlines(), KINDS["cabinet"].titled(timeline.council)]
    # A source is named as it is: Medway has a Cabinet.
    plain = {
        text: text.casefold().replace("chief executive", "").replace("medway's report to cabinet", "") for text in said
    }
    assert [text for text, lower in plain.items() if any(word in lower for word in WORDS)] == []
    assert report.meeting == "Children and Families Committee, 16 September 2019"


def test_what_leads_to_two_meetings_is_ready_for_the_first() -> None:
    tasks = steps(shire(facts=CHOSEN))
    # Cleared ten working days before the committee, and decided by full Council, whose decision nobody calls in.
    assert tasks["clearance"].due_on == day("Tue 24 Sep 2019")
    assert tasks["briefed"].due_on == day("Wed 2 Oct 2019")
    assert tasks["decision"].due_on == day("Thu 17 Oct 2019")
    assert tasks["submitted"].legal_on == day("Thu 28 Nov 2019")


@pytest.mark.parametrize(("facts", "decided"), [("", None), (RATIFIED, "Thu 12 Dec 2019")])
def test_a_plan_that_is_ratified_after_its_submission_waits_for_no_meeting(facts: str, decided: str | None) -> None:
    tasks = steps(shire("{by: [council], after_submission: true}", facts))
    assert tasks["clearance"].due_on == day("Thu 7 Nov 2019")
    assert tasks["submitted"].legal_on == day("Thu 28 Nov 2019")
    assert tasks["decision"].due_on == (day(decided) if decided else None)
    assert tasks["decision"].waits_for == (() if decided else ("sign_off_meeting",))
