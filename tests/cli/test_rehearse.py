"""`daymark rehearse`: a period on paper. Nothing is sent or stored."""

from tests.cli.house import Commands
from tests.harness import World, snapshot
from tests.stated import MEDWAY

WEEK = ("--from", "2019-09-23", "--to", "2019-09-27")


def test_it_prints_a_line_a_prompt_with_the_same_keys_as_a_replay(house: World, daymark: Commands) -> None:
    said = daymark("rehearse", MEDWAY, *WEEK, "--json")
    assert said.code == 0
    keys = "at kind obligation occurrence milestone rung legal_on due_on to channel message why"
    assert all(set(one) == set(keys.split()) for one in said.objects)
    draft = next(one for one in said.objects if one["milestone"] == "action-plan/1/draft")
    assert (draft["at"], draft["rung"]) == ("2019-09-23T08:30:00+01:00", "first-notice")


def test_nothing_is_sent_or_stored(house: World, daymark: Commands) -> None:
    before, mails = snapshot(house.store), len(house.mails(ever=True))
    assert daymark("rehearse", MEDWAY, *WEEK).code == 0
    assert snapshot(house.store) == before
    assert len(house.mails(ever=True)) == mails


def test_it_needs_no_store(empty: World, daymark: Commands) -> None:
    assert daymark("rehearse", MEDWAY, *WEEK).code == 0
    assert empty.store.is_empty()


def test_a_seed_gives_the_same_period_again_and_answers_make_it_quieter(empty: World, daymark: Commands) -> None:
    autumn = ("--from", "2019-09-23", "--to", "2019-11-29", "--json")
    never, always, seed, again, other = (
        daymark("rehearse", MEDWAY, *autumn, "--responses", responses).objects
        for responses in ("never", "always", "7", "7", "8")
    )
    assert seed == again != other
    assert len(always) < len(seed) < len(never)
    # Class A: what is not done three days before climbs, though somebody has it.
    assert {one["milestone"] for one in always if one["kind"] == "escalation"} == {"action-plan/1/submitted"}


def test_a_year_in_which_people_answer_keeps_within_the_bounds(empty: World, daymark: Commands) -> None:
    year = ("--from", "2019-08-27", "--to", "2020-08-26", "--responses", "always")
    said = daymark("rehearse", MEDWAY, *year)
    assert said.code == 0
    assert "above" not in said.err
