"""Ask which events of the chain administrators hear of in Prefect, and that nothing in confidence is among them."""

import json

import pytest

from tests.timeline.literals import at
from timeline.window.events import MOST, Happened, Told, told, told_up_to

NOW = at("Fri 29 Nov 2019 09:00")


def prompt(kind: str, due_on: str) -> str:
    return json.dumps({"due_on": due_on, "rung": "r", "person": "ada", "repeat": 0, "kind": kind})


CASES = [
    (Happened("acknowledged", "plo-panel/1/cases", NOW), "daymark.acknowledged"),
    (Happened("done", "plo-panel/1/cases", NOW), "daymark.done"),
    (Happened("help", "plo-panel/1/cases", NOW), "daymark.help-asked"),
    (Happened("moved", "plo-panel/1/cases", NOW), "daymark.moved"),
    (Happened("fact recorded", "plo-panel/1", NOW, '{"name":"moved"}'), "daymark.fact-recorded"),
    (Happened("prompt undeliverable", "plo-panel/1/cases", NOW), "daymark.delivery-failed"),
    (Happened("prompt written", "plo-panel/1/cases", NOW, prompt("escalation", "2019-12-03")), "daymark.escalated"),
    (Happened("prompt written", "plo-panel/1/cases", NOW, prompt("reminder", "2019-11-28")), "daymark.overdue"),
]


@pytest.mark.parametrize(("happened", "name"), CASES)
def test_each_has_its_name_and_the_task_and_occurrence_that_it_is_about(happened: Happened, name: str) -> None:
    news = told(happened, council="medway", secret=(), facts=())
    assert news == Told(name, f"daymark.task.medway.{happened.ref}", "plo-panel/1")
    assert told(happened, council="medway", secret={"plo-panel/1"}, facts=()) is None


def test_a_channel_that_rests_is_about_no_task() -> None:
    news = told(Happened("channel rests", "mail", NOW), council="medway", secret=(), facts=())
    assert news == Told("daymark.channel-down", "daymark.channel.medway.mail", "")


@pytest.mark.parametrize(
    "happened",
    [
        Happened("prompt written", "plo-panel/1/cases", NOW, prompt("reminder", "2019-12-03")),
        Happened("prompt written", "plo-panel/1/cases", NOW, prompt("correction", "2019-11-28")),
        Happened("person imported", "ada", NOW),
        Happened("fact recorded", "report_received", NOW, '{"name":"report_received"}'),
    ],
)
def test_a_usual_reminder_a_person_and_a_fact_in_confidence_are_no_news(happened: Happened) -> None:
    assert told(happened, council="medway", secret=(), facts={"report_received"}) is None


@pytest.mark.parametrize(
    ("known", "end", "after"),
    [(7, 7, None), (7, 9, 7), (-1, 9, None), (12, 9, None), ("7", 9, None), (0, MOST + 3, 3)],
)
def test_only_what_is_new_is_told_and_of_much_the_last(known: object, end: int, after: int | None) -> None:
    assert told_up_to(known, end) == after
