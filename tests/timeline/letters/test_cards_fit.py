"""Test that cards are valid and small enough whatever stands in them, and without markup."""

import json
import re
from dataclasses import replace

import pytest

from tests.timeline.letters.cards import (
    CORRECTION,
    HOSTILE,
    MAIL,
    MOVED,
    SAM,
    TASK,
    faults,
    links,
    parts,
    several_tasks,
    url,
    words,
)
from timeline.letters.card import LARGEST, as_json, card, correction_card, neutral_lines, octets_in_teams, plain, shows

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
