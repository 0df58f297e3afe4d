"""Test the source document's dates, explained: what is counted, every reading, and how an open one is settled."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cli.look.explain import explanation_lines, explanation_object
from config.load import examine
from config.timeline_files import plain_yaml
from tests.support.stated import MEDWAY, variant
from tests.timeline.literals import at, day
from timeline.planning.explanation import Explanation, of_milestone, of_occurrence
from timeline.planning.plan import plan

NOW = at("Wed 4 Sep 2019 10:00")
ASK = (
    "Ask Ofsted for the day the report was sent and record it: "
    "daymark record report_received DATE --by WHO --source TEXT."
)


def explained(ref: str, file: Path = MEDWAY) -> Explanation:
    timeline, faults = examine(file, on=NOW.date())
    assert timeline is not None, faults
    planned = {occurrence.ref: occurrence for occurrence in plan(timeline, at=NOW, until=date(2020, 6, 30))}
    return of_occurrence(timeline, planned[ref], at=NOW)


def facts(**changes: str | None) -> list[dict[str, Any]]:
    """Give Medway's facts with other days; None takes one away."""
    stated = plain_yaml.read(MEDWAY)["facts"]
    kept = [each for each in stated if changes.get(each["fact"], "") is not None]
    return [{**each, "on": changes.get(each["fact"]) or str(each["on"])} for each in map(_plain, kept)]


def _plain(fact: dict[str, Any]) -> dict[str, Any]:
    return {key: str(value) if isinstance(value, date) else value for key, value in fact.items()}


def test_the_action_plan_shows_receipt_the_stated_date_and_publication_side_by_side() -> None:
    said = explanation_object(explained("action-plan/1"))
    assert [(reading["name"], reading["legal_on"], reading["worked_to"]) for reading in said["readings"]] == [
        ("the rule", "2019-11-28", True),
        ("stated by Ofsted or the council", "2019-11-28", False),
        ("no later than, counted from publication", "2019-12-03", False),
    ]
    assert said["counted_from"] == {
        "fact": "report_received",
        "on": "2019-08-21",
        "who": "Head of Business Change",
        "source": "worked back from paragraph 6.1",
        "inferred": True,
    }
    assert (said["counted"], said["skipped"]) == ("70 working days", ["Monday 26 August 2019 (Summer bank holiday)"])
    assert ASK in said["steps"]


def test_the_text_says_the_same() -> None:
    lines = list(explanation_lines(explained("action-plan/1")))
    assert "Skipped: 14 weekends and Monday 26 August 2019 (Summer bank holiday)." in lines
    assert "The stated date and the law's agree." in lines
    assert "paragraph 6.1" in next(line for line in lines if "stated by Ofsted" in line)
    assert "Tuesday 3 December 2019" in next(line for line in lines if "counted from publication" in line)
    assert ASK in lines
    assert not [line for line in lines if "  " in line.removeprefix(lines[0]) or "None" in line]


@pytest.mark.parametrize(
    ("stated", "worked_to", "said"),
    [
        ("2019-11-27", "Wed 27 Nov 2019", "The stated date is earlier than the law's; we work to the earlier."),
        ("2019-11-29", "Thu 28 Nov 2019", "The stated date is later than the law's; we work to the earlier."),
    ],
)
def test_a_stated_date_that_differs_is_said_plainly(tmp_path: Path, stated: str, worked_to: str, said: str) -> None:
    explanation = explained("action-plan/1", variant(tmp_path, facts=facts(action_plan_stated_due=stated)))
    assert explanation.legal_on == day(worked_to)
    assert said in explanation.sentences


def test_with_publication_alone_it_is_no_later_than_and_perhaps_earlier(tmp_path: Path) -> None:
    alone = variant(tmp_path, facts=facts(report_received=None, action_plan_stated_due=None))
    explanation = explained("action-plan/1", alone)
    assert explanation.legal_on == day("Tue 3 Dec 2019")
    said = "No later than Tuesday 3 December 2019, and earlier if the report was received earlier."
    assert {said, ASK} <= set(explanation.sentences)


def test_the_commissioners_report_has_both_dates_and_is_not_ours() -> None:
    said = explanation_object(explained("commissioner-report/1"))
    assert (said["legal_on"], said["working_on"]) == ("2019-12-01", "2019-11-29")
    assert "Sunday 1 December 2019" in " ".join(said["steps"])
    assert "It is the commissioner's, not ours to submit." in said["steps"]


def test_what_waits_names_the_command_that_records_it() -> None:
    timeline, _ = examine(MEDWAY, on=NOW.date())
    assert timeline is not None
    tasks = {
        task.ref: task
        for occurrence in plan(timeline, at=NOW, until=date(2020, 6, 30))
        for task in occurrence.milestones
    }
    first = of_milestone(tasks["action-plan/1/reply"], timeline)[0]
    assert first.endswith("daymark record action_plan_reply DATE --by WHO --source TEXT.")
    bound = of_milestone(tasks["monitoring-visit/1/data"], timeline)[0]
    assert "record visit_confirmed DATE --for monitoring-visit/1 " in bound
