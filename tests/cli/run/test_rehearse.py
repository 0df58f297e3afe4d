"""`daymark rehearse`: a period on paper. Nothing is sent or stored."""

import pytest

from tests.cli.house import Commands
from tests.harness import World, snapshot
from tests.support.stated import MEDWAY

pytestmark = pytest.mark.slow("rehearses a year")

WEEK = ("--from", "2019-09-23", "--to", "2019-09-27")


def test_it_prints_a_line_a_prompt_with_the_same_keys_as_a_replay(house: World, daymark: Commands) -> None:
    said = daymark("rehearse", MEDWAY, *WEEK, "--json")
    assert said.code == 0
    keys = "at kind obligation occurrence milestone rung legal_on due_on to channel message why"
    assert all(set(row) == set(keys.split()) for row in said.objects)
    draft = next(row for row in said.objects if row["milestone"] == "action-plan/1/draft")
    assert (draft["at"], draft["rung"]) == ("2019-09-23T08:30:00+01:00", "first-notice")


def test_nothing_is_sent_or_stored(house: World, daymark: Commands) -> None:
    before, mails = snapshot(house.store), len(house.mails(ever=True))
    assert daymark("rehearse", MEDWAY, *WEEK).code == 0
    assert snapshot(house.store) == before
    assert len(house.mails(ever=True)) == mails


def test_it_needs_no_store(empty: World, daymark: Commands) -> None:
    assert daymark("rehearse", MEDWAY, *WEEK).code == 0
    assert empty.store.changes.is_empty()


def test_a_seed_gives_the_same_period_again_and_answers_make_it_quieter(empty: World, daymark: Commands) -> None:
    autumn = ("--from", "2019-09-23", "--to", "2019-11-29", "--json")
    never, always, seed, again, other = (
        daymark("rehearse", MEDWAY, *autumn, "--responses", responses).objects
        for responses in ("never", "always", "7", "7", "8")
    )
    assert seed == again != other
    assert len(always) < len(seed) < len(never)
    # Class A: what is not done three days before climbs, though somebody has it.
    pressing = {"publish-report/1/published", "action-plan/1/submitted"}
    assert {alway["milestone"] for alway in always if alway["kind"] == "escalation"} == pressing


def test_a_year_in_which_people_answer_keeps_within_the_bounds(empty: World, daymark: Commands) -> None:
    year = ("--from", "2019-08-27", "--to", "2020-08-26", "--responses", "always")
    said = daymark("rehearse", MEDWAY, *year)
    assert said.code == 0
    assert "above" not in said.err


def test_a_line_says_which_occurrence_it_is_about(empty: World, daymark: Commands) -> None:
    said = daymark("rehearse", MEDWAY, "--from", "2019-10-01", "--to", "2019-10-01")
    assert (
        "Tue 1 Oct 2019 08:30  reminder    Performance lead: List of cases to the chair, due Tue 1 Oct 2019 "
        "(plo-panel/2/cases, on-the-day)"
    ) in said.out.splitlines()


def test_a_post_above_its_bound_is_told_in_one_line_with_its_fullest_week(empty: World, daymark: Commands) -> None:
    said = daymark("rehearse", MEDWAY, "--from", "2019-08-27", "--to", "2019-11-29")
    above = [line for line in said.err.splitlines() if "above" in line]
    assert len({line.partition(":")[0] for line in above}) == len(above) > 0
    assert all(" mails in " in line and "most in the week from Monday " in line for line in above), above
    # The command check supposes the contrary, and each says what it supposes.
    assert all(line.endswith(", if nobody answers.") for line in above), above
    assert "daymark check counts a year of mails if everybody answers at once: --responses always." in said.err
