"""Test messages as Adaptive Cards: what a chat with one person says, and what a channel of several says."""

import re
from dataclasses import replace
from typing import Any

import pytest

from tests.timeline.letters.cards import CORRECTION, MAIL, MOVED, SAM, TASK, links, parts, several_tasks, url, words
from timeline.letters.card import as_json, card, correction_card, shows


def test_a_chat_with_one_person_says_what_is_asked_by_when_and_why() -> None:
    part = card(MAIL, several=False)
    said = words(part)
    assert "Due in 3 working days (5 calendar days), Thursday 14 November." in said
    for each in (TASK.title, TASK.obligation_title, TASK.asks, TASK.ask_sentence, TASK.why, *TASK.checklist, "Cabinet"):
        assert each in said


def test_both_buttons_open_the_tasks_own_page_and_nothing_submits() -> None:
    part = card(MAIL, several=False)
    actions = [(part["title"], part["url"]) for part in parts(part, "Action.OpenUrl")]
    assert actions == [("Acknowledge", TASK.url), ("I need help", TASK.url)]
    assert not re.search(r"Action\.(?!OpenUrl)", as_json(part))


def test_several_tasks_are_numbered_as_in_the_mail_and_have_each_their_buttons() -> None:
    part = card(several_tasks(3), several=False)
    assert "2. Task number 2 of the list" in words(part)
    assert [part["title"] for part in parts(part, "Action.OpenUrl")][2:4] == ["Acknowledge 2", "I need help 2"]
    assert links(part) == [url(1), url(1), url(2), url(2), url(3), url(3)]


def test_the_officer_is_mentioned_where_the_account_is_known() -> None:
    part = card(replace(MAIL, greeting_name="Sam *Hart* <b>"), several=False, teams=SAM)
    (entity,) = part["msteams"]["entities"]
    assert entity["mentioned"] == {"id": SAM, "name": "Sam Hart b"}
    assert entity["text"] in [block["text"] for block in parts(part, "TextBlock")]


def test_without_an_account_there_is_no_mention_and_the_name_is_plain() -> None:
    part = card(MAIL, several=False)
    assert "msteams" not in part
    assert "Sam Hart" in words(part)


def test_a_copy_of_the_trial_run_says_so() -> None:
    assert "would have gone to Lee" in words(
        card(replace(MAIL, shadow_for="It would have gone to Lee."), several=False)
    )


def test_a_correction_tells_before_and_now_and_has_a_button_where_something_can_be_answered() -> None:
    part = correction_card(CORRECTION, several=False)
    said = words(part)
    assert "Now due in 4 working days (6 calendar days), Wednesday 20 November." in said
    assert "due on Monday 18 November" in said
    assert [(part["title"], part["url"]) for part in parts(part, "Action.OpenUrl")] == [("Open the task 1", MOVED.url)]


NEUTRAL = [
    ("due today, Thursday 14 November", "Thursday 14 November"),
    ("due tomorrow, Friday 15 November", "Friday 15 November"),
    ("due in 3 working days (5 calendar days), Thursday 14 November", "Thursday 14 November"),
    ("due in 3 calendar days, Sunday 5 January 2020", "Sunday 5 January 2020"),
    ("overdue by 2 working days (4 calendar days), since Thursday 14 November", ""),
    ("working date Thursday 14 November has passed; the legal date is today", ""),
    ("waits for report received", ""),
    ("something else, Thursday 14 November", ""),
]


@pytest.mark.parametrize(("phrase", "said"), NEUTRAL)
def test_a_channel_gets_coming_dates_and_never_what_is_late(phrase: str, said: str) -> None:
    view = replace(MAIL, tasks=(replace(TASK, due_phrase=phrase), replace(TASK, number=2, title="Other")))
    part = card(view, several=True)
    assert (TASK.title in words(part)) == bool(said)
    assert f"Action plan to Ofsted and the Secretary of State): \n{said}" in words(part)
    assert "days" not in words(part)
    assert "since" not in words(part)


@pytest.mark.parametrize("card", [card(MAIL, several=True, teams=SAM), correction_card(CORRECTION, several=True)])
def test_a_channel_gets_no_name_no_link_no_question_and_no_mention(card: dict[str, Any]) -> None:
    whole = as_json(card)
    for secret in (
        "Sam",
        "Hart",
        "token",
        "http://daymark",
        "https://",
        "OpenUrl",
        "msteams",
        "Please",
        "told you",
        SAM,
    ):
        assert secret not in whole.replace(card["fallbackText"], "")


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ("now due tomorrow, Friday 15 November", "now Friday 15 November"),
        ("no longer needed", "no longer needed"),
        ("no date for now: it waits for the secret letter", "no date for now"),
        ("overdue by 1 working day (1 calendar day), since Wednesday 13 November", None),
    ],
)
def test_a_correction_in_a_channel_says_the_new_date_and_no_reason(now: str, said: str | None) -> None:
    view = replace(CORRECTION, tasks=(replace(MOVED, now=now),))
    assert shows(view) == (said is not None)
    runs = [run["text"] for run in parts(correction_card(view, several=True), "TextRun")]
    assert runs[-1] == (said or "0 dates on the improvement timeline")
