"""`daymark hold`: everything is kept until it is released; who and why stand in no plain column of the chain."""

import pytest

from tests.cli.house import Commands
from tests.harness import World

PUT = ("hold", "--by", "Monitoring Officer", "--reason", "Claim 17")


def test_a_hold_is_put_told_and_released(house: World, daymark: Commands) -> None:
    assert daymark("hold").out == "No legal hold stands for medway: what is over is erased.\n"
    assert daymark(*PUT).out == "Nothing of medway is erased until daymark hold --release.\n"
    assert daymark("hold").out == (
        "A legal hold stands for medway since Wednesday 28 August 2019 (Monitoring Officer: Claim 17).\n"
    )
    assert daymark(*PUT, "--release").out == (
        "The hold is released. What is over is erased at the next run of retention.\n"
    )
    assert daymark("hold").out.startswith("No legal hold stands")
    whats = [event.what for event in house.store.audit.events() if event.what.startswith("legal hold")]
    assert whats == ["legal hold", "legal hold released"]
    assert house.store.audit.verify() is None


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("hold", "--by", "Monitoring Officer"), "A legal hold says who and why"),
        (("hold", "--reason", "Claim 17"), "A legal hold says who and why"),
        (("hold", "--by", " ", "--reason", "Claim 17"), "A legal hold says who and why"),
        (("hold", "--release"), "A legal hold says who and why"),
        ((*PUT, "--release"), "No legal hold stands for medway, so there is nothing to release."),
        ((*PUT, "--council", "elsewhere"), "There is no council “elsewhere”; expected medway."),
    ],
)
def test_what_cannot_be_is_told_and_changes_nothing(
    arguments: tuple[str, ...], sentence: str, house: World, daymark: Commands
) -> None:
    before = len(house.store.audit.events())
    told = daymark(*arguments)
    assert (told.code, told.out, len(told.faults)) == (2, "", 1)
    assert told.err.startswith(sentence)
    assert len(house.store.audit.events()) == before


def test_without_a_council_there_is_nothing_to_hold(empty: World, daymark: Commands) -> None:
    assert empty
    assert daymark(*PUT).err == "No council's timeline is stored yet: run daymark apply FILE.\n"
