"""Test a second council only when asked for, and the way back from a first apply that has said nothing."""

import pytest

from models.store import councils
from tests.cli.house import Commands
from tests.harness import World, snapshot
from tests.support.stated import variant

KEY = {"key": "medway-council", "name": "Medway Council", "programme": "Improvement programme"}


def test_a_changed_key_is_refused_in_one_sentence_by_apply_and_preview(house: World, daymark: Commands) -> None:
    other = variant(house.home, name="other.yaml", council=KEY)
    before = snapshot(house.store)
    for command in ("apply", "preview"):
        said = daymark(command, other)
        assert (said.code, said.faults) == (
            2,
            [
                "other.yaml: council.key: “medway-council” would be a council beside “medway”; set key: medway there, "
                "or say apply … --another-council to keep both."
            ],
        )
    assert snapshot(house.store) == before


@pytest.mark.slow("applies a whole timeline twice")
def test_asked_for_it_lives_beside_the_first_and_can_be_taken_back(house: World, daymark: Commands) -> None:
    other = variant(house.home, name="other.yaml", council=KEY)
    assert daymark("apply", other, "--another-council").code in (0, 1)
    assert councils(house.store.engine) == ("medway", "medway-council")
    assert daymark("apply", other).code in (0, 1)  # It is no other council any more.
    before = house.store.plan.milestones()
    said = daymark("undo", "--council", "medway-council")
    assert (said.code, said.out.splitlines()[-1]) == (
        0,
        "Nothing is stored for “medway-council” any more but its audit chain.",
    )
    assert councils(house.store.engine) == ("medway",)
    assert daymark("list").code == 0
    assert house.store.plan.milestones() == before
