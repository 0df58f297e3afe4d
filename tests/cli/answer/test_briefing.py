"""`daymark briefing`: drafts for the lead member, listed, shown, released and discarded on behalf of the director."""

import json
from pathlib import Path

import pytest

from tasks.director.briefings import keep_drafts
from tests.cli.house import Commands
from tests.harness import World
from tests.support.stated import people, variant

REF = "action-plan/1/submitted"
DIRECTOR = "director.of.people@medway.example"
MEMBER = {"name": "Portfolio Holder", "address": "portfolio.holder@medway.example", "holds": "lead_member"}


@pytest.fixture
def house(empty: World, tmp_path: Path) -> World:
    """Begin two working days before the action plan is due, with one draft."""
    empty.at("Mon 4 Nov 2019 07:00").apply(variant(tmp_path, people=people(portfolio_holder=MEMBER)))
    keep_drafts(empty.store, empty.settings, at=empty.at("Tue 26 Nov 2019 08:25").now)
    return empty


def test_drafts_are_listed_and_shown(house: World, daymark: Commands) -> None:
    assert daymark("briefing", "list").out == f"{REF}  due 2019-11-28  (close)\n"
    (given,) = daymark("briefing", "list", "--json").objects
    assert set(given) == {"ref", "title", "due_on", "because", "made_at"}
    assert (given["ref"], given["due_on"], json.dumps(given["because"])) == (REF, "2019-11-28", '"close"')
    shown = daymark("briefing", "show", REF, "--as", DIRECTOR)
    assert shown.code == 0
    assert shown.out.startswith(
        "To: Portfolio Holder for Children's Services\nSubject: Improvement programme: briefing,"
    )
    assert "It is due on Thursday 28 November 2019." in shown.out


def test_a_draft_is_released_once_and_sent(house: World, daymark: Commands) -> None:
    for _ in range(2):
        said = daymark("briefing", "release", REF, "--as", DIRECTOR)
        assert (said.code, said.out) == (0, "Released. It leaves with the next mails, in working time.\n")
    assert daymark("briefing", "list").out == ""
    house.at("Tue 26 Nov 2019 08:30").deliver()
    house.expect_mail(to="lead_member", about="briefing")


def test_a_draft_is_discarded(house: World, daymark: Commands) -> None:
    assert daymark("briefing", "discard", REF, "--as", "executive.assistant@medway.example").code == 0
    said = daymark("briefing", "release", REF, "--as", DIRECTOR)
    assert (said.code, len(said.faults)) == (2, 1)
    house.at("Tue 26 Nov 2019 08:30").deliver()
    house.expect_no_mail(to="lead_member")


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("programme.lead@medway.example", "Only the Director of People, the deputy meanwhile and the assistant may"),
        ("nobody@medway.example", "Nobody here has the address nobody@medway.example"),
    ],
)
def test_nobody_else_may(house: World, daymark: Commands, who: str, expected: str) -> None:
    for what in ("show", "release", "discard"):
        said = daymark("briefing", what, REF, "--as", who)
        assert (said.code, said.out) == (2, "")
        assert said.err.startswith(expected)


def test_a_draft_that_is_not_there_is_one_sentence(house: World, daymark: Commands) -> None:
    said = daymark("briefing", "show", "action-plan/1/draft", "--as", DIRECTOR)
    assert (said.code, len(said.faults)) == (2, 1)
