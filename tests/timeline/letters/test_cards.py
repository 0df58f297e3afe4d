"""Test messages as Adaptive Cards: valid, small enough whatever stands in them, and neutral where several read."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest

from timeline.letters.card import LARGEST, as_json, card, correction_card, neutral_lines, octets_in_teams, plain, shows
from timeline.letters.correction import CorrectionTask, CorrectionView
from timeline.letters.mail_views import MailTask, MailView

SCHEMA = Path(__file__).parents[2] / "data/adaptive-cards/adaptive-card-1.5.schema.json"
SAM = "00000000-1111-2222-3333-444444444444"

TASK = MailTask(
    number=1,
    title="Director’s sign-off of the action plan",
    obligation_title="Action plan to Ofsted and the Secretary of State",
    asks="Sign off the written statement of action.",
    due_phrase="due in 3 working days (5 calendar days), Thursday 14 November",
    ask_sentence="Please tell us you have this by Wednesday 13 November. Need help, or not yours? Use the same link.",
    why="10 working days before the action plan is due on Thursday 28 November 2019. Basis: SI 2018/794 reg 3.",
    url="https://daymark.council.example/r/«token 1»",
    checklist=("The plan", "The equality assessment"),
    sign_off="Cabinet meets on Tuesday 3 December.",
)
MAIL = MailView(
    programme_name="Improvement programme",
    council_name="Medway Council",
    greeting_name="Sam Hart",
    kind="reminder",
    intro="This task on the improvement timeline is with you.",
    tasks=(TASK,),
    closing=("Please do not name a child, a family or a case number in an answer.",),
    shadow_for="",
    ref="«token 0»",
)
MOVED = CorrectionTask(
    number=1,
    title="Data lists for the visit",
    duty="Monitoring visit",
    now="now due in 4 working days (6 calendar days), Wednesday 20 November",
    was="On Tuesday 12 November we told you that this was due on Monday 18 November.",
    why="The visit moved to Wednesday 27 November 2019: Ofsted asked for it.",
    follows="The link in our earlier mails no longer works: please use this one.",
    url="https://daymark.council.example/r/«token 1»",
)
CORRECTION = CorrectionView(
    programme_name="Improvement programme",
    council_name="Medway Council",
    greeting_name="Sam Hart",
    intro="We told you a date on the improvement timeline that no longer holds. This is how things stand now.",
    tasks=(MOVED, replace(MOVED, number=2, title="Hotel", now="no longer needed", was="", why="", url="")),
    closing=("We are sorry if this has cost you work.",),
    shadow_for="",
    ref="«token 0»",
)
HOSTILE = {
    "markdown": "**Bold** _it_ [press](https://evil.example) # h > q ~~s~~ `c` ![i](https://evil.example/i.png)",
    "a list": "1. one\n- two\n# three\n> four",
    "HTML": '<at>Everybody</at> <img src="https://evil.example/i.png"> &amp; <b>bold</b>',
    "a date function": "{{{DATE(2017-02-14T06:00:00Z, SHORT)}}} {{TIME(x)}}",
    "right to left": "\u202eforged\u202c \u2066isolated\u2069 \u200fmark",
    "controls": "nul\x00 bell\x07 line\u2028end \ud800 surrogate",
    "5,000 characters": "unbroken" * 625,
    "5,000 emoji": "🚸" * 5_000,
    "template": '${title} @{triggerBody()} \\u0022, "} ]',
    "nothing": "",
}


def several_tasks(n: int, **changes: Any) -> MailView:
    tasks = (
        replace(TASK, **{"title": f"Task number {one} of the list", **changes}, number=one, url=url(one))
        for one in range(1, n + 1)
    )
    return replace(MAIL, tasks=tuple(tasks))


def url(number: int) -> str:
    return f"https://daymark.council.example/r/«token {number}»"


@cache
def validator() -> jsonschema.Draft6Validator:
    return jsonschema.Draft6Validator(json.loads(SCHEMA.read_text("utf-8")))


def faults(found: dict[str, Any]) -> list[str]:
    """Tell what the published schema refuses; it does not know Teams' own key, and is strict about everything else."""
    bare = {key: value for key, value in found.items() if key != "msteams"}
    return [error.message for error in validator().iter_errors(bare)]


def parts(found: Any, kind: str) -> Iterator[dict[str, Any]]:
    if isinstance(found, dict):
        if found.get("type") == kind:
            yield found
        for value in found.values():
            yield from parts(value, kind)
    elif isinstance(found, list):
        for value in found:
            yield from parts(value, kind)


def words(found: dict[str, Any]) -> str:
    return "\n".join(run["text"] for run in parts(found, "TextRun"))


def links(found: dict[str, Any]) -> list[str]:
    return [action["url"] for action in parts(found, "Action.OpenUrl")]


def test_a_chat_with_one_person_says_what_is_asked_by_when_and_why() -> None:
    part = card(MAIL, several=False)
    said = words(part)
    assert "Due in 3 working days (5 calendar days), Thursday 14 November." in said
    for one in (TASK.title, TASK.obligation_title, TASK.asks, TASK.ask_sentence, TASK.why, *TASK.checklist, "Cabinet"):
        assert one in said


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


@pytest.mark.parametrize("found", [card(MAIL, several=True, teams=SAM), correction_card(CORRECTION, several=True)])
def test_a_channel_gets_no_name_no_link_no_question_and_no_mention(found: dict[str, Any]) -> None:
    whole = as_json(found)
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
        assert secret not in whole.replace(found["fallbackText"], "")


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


ALL = {
    "one": card(MAIL, several=False),
    "with a mention": card(MAIL, several=False, teams=SAM),
    "three": card(several_tasks(3), several=False),
    "forty": card(several_tasks(40), several=False),
    "channel": card(MAIL, several=True),
    "correction": correction_card(CORRECTION, several=False),
    "correction in a channel": correction_card(CORRECTION, several=True),
}


@pytest.mark.parametrize("name", ALL)
def test_every_card_is_valid_against_the_published_schema(name: str) -> None:
    assert faults(ALL[name]) == []


def test_the_schema_does_find_a_fault() -> None:
    assert faults(card(MAIL, several=False) | {"body": [{"type": "TextBlock", "txt": "x"}]})


@pytest.mark.parametrize("name", ALL)
def test_every_card_declares_what_it_is_and_fetches_nothing(name: str) -> None:
    part = ALL[name]
    assert (part["version"], part["lang"], part["type"]) == ("1.5", "en", "AdaptiveCard")
    assert part["fallbackText"]
    assert not [*parts(part, "Image"), *parts(part, "Media")]
    assert "backgroundImage" not in as_json(part)


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("several", [False, True])
@pytest.mark.parametrize("n", [1, 40])
def test_whatever_stands_in_a_title_the_card_is_valid_small_and_without_markup(
    value: str, several: bool, n: int
) -> None:
    hostile = {"title": value, "asks": value, "why": value, "obligation_title": value, "checklist": (value, value)}
    view = replace(
        several_tasks(n, **hostile), greeting_name=value, programme_name=value, shadow_for=value, council_name=value
    )
    part = card(view, several=several, teams=SAM)
    assert faults(part) == []
    assert octets_in_teams(as_json(part)) <= LARGEST
    for block in parts(part, "TextBlock"):  # the only element in which markdown is read
        assert not re.search(r"[\[\]*_#`~\\]|://|&\w+;|^\s*(?:\d+[.)]|[-+>])\s", block["text"].replace("<at>", ""))
    for text in [run["text"] for kind in ("TextRun", "TextBlock") for run in parts(part, kind)]:
        assert not re.search("[\x00-\x1f\x7f-\x9f\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]", text)
        assert "{{" not in text


def test_thirty_five_tasks_keep_every_link() -> None:
    part = card(several_tasks(35, why="because " * 100, asks="do this " * 100), several=False)
    assert links(part) == [url(number) for number in range(1, 36) for _ in range(2)]
    assert octets_in_teams(as_json(part)) <= LARGEST


@pytest.mark.parametrize(
    "title", ["Decide the plan", '"Yes" ' * 50, "\\\\" * 300, "Llythyr â'r cynllun – ŵy", "🚸" * 300]
)
@pytest.mark.parametrize("many", ["several", "corrections", "neutral"])
def test_escaped_as_teams_counts_it_no_number_of_tasks_is_too_large(title: str, many: str) -> None:
    """Test that a card of 13 tasks had 25,225 octets, and counted 28,875 in Teams, which dropped it."""
    for n in (1, 2, 12, 13, 14, 25, 60):
        mail = several_tasks(n, title=title, obligation_title=title)
        moved = tuple(replace(MOVED, number=number, title=title, url=url(number)) for number in range(1, n + 1))
        part = (
            correction_card(replace(CORRECTION, tasks=moved), several=False, teams=SAM)
            if many == "corrections"
            else card(mail, several=many == "neutral", teams=SAM)
        )
        # By hand, and not by the function that bounds it: a text inside JSON, its letters as they are.
        assert len(json.dumps(as_json(part), ensure_ascii=False).encode()) <= octets_in_teams(as_json(part)) <= LARGEST


def test_words_are_shortened_before_anything_is_left_out() -> None:
    long = card(several_tasks(8, why="because " * 400), several=False)
    assert "…" in words(long)
    assert TASK.ask_sentence in words(long)
    assert TASK.ask_sentence not in words(card(several_tasks(40), several=False))


def test_too_many_tasks_are_counted_and_the_messages_own_page_has_them_all() -> None:
    part = card(several_tasks(300), several=False)
    shown = len(set(links(part))) - 1
    assert f"… and {300 - shown} more." in words(part)
    assert links(part)[-1] == "https://daymark.council.example/r/«token 0»"
    assert octets_in_teams(as_json(part)) <= LARGEST


def test_a_channel_without_cards_gets_the_same_lines() -> None:
    late = replace(TASK, due_phrase="overdue by 1 working day (1 calendar day), since Wednesday 13 November")
    said = f"{TASK.title} ({TASK.obligation_title}): Thursday 14 November"
    assert neutral_lines(replace(MAIL, tasks=(TASK, late))) == (said,)
    assert not shows(replace(MAIL, tasks=(late,)))


def test_too_many_dates_for_a_channel_are_counted() -> None:
    part = card(several_tasks(300), several=True)
    assert re.search(r"… and \d+ more\.", words(part))
    assert "300 dates" in words(part)
    assert faults(part) == []


def test_places_for_tokens_stand_in_the_json_as_they_are_stored() -> None:
    assert "«token 1»" in as_json(card(MAIL, several=False))


@pytest.mark.parametrize(
    ("text", "longest", "said"),
    [("  a \n b ", 9, "a b"), ("abcdef", 5, "abcd…"), ("abcde", 5, "abcde"), ("{{{x", 9, "{ { {x"), ("", 3, "")],
)
def test_a_value_is_one_plain_line(text: str, longest: int, said: str) -> None:
    assert plain(text, longest) == said
