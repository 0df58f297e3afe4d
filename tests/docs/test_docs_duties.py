"""Test docs/duties.md lists every duty of the rule pack as the pack states it."""

import re
from collections.abc import Callable
from datetime import date
from functools import cache

import pytest

from config.load import TIMELINES, load
from tests.docs import law_page
from tests.support.pages import prose, table, text
from timeline.definitions.duties import Obligation

PAGE = "docs/duties.md"


@cache
def duties() -> tuple[Obligation, ...]:
    return load(TIMELINES / "medway-2019.yaml", on=date(2019, 8, 27)).obligations


def test_every_duty_stands_in_the_table_as_in_the_pack() -> None:
    assert table(PAGE, "Every duty") == [
        {
            "duty": duty.key,
            "what": duty.title,
            "rule": duty.rule,
            "class": duty.duty_class.value,
            "kind": duty.standing.kind.value,
            "certainty": duty.standing.certainty.value,
            "basis": duty.basis,
        }
        for duty in duties()
    ]


def test_the_number_and_the_version_are_those_of_the_pack() -> None:
    assert f"version {duties()[0].version}, {len(duties())} duties" in " ".join(text(PAGE).split())


def test_which_duties_follow_from_an_executive_is_told() -> None:
    told = {row["duty"]: row["councils"].startswith("with an") for row in table(PAGE, "With and without a Cabinet")}
    stated = {key: shape.executive for key, shape in law_page.pack().obligations.items()}
    assert told == {key: executive for key, executive in stated.items() if executive is not None}


def test_what_comes_one_by_one_and_what_waits_is_told() -> None:
    each = {row["duty"]: row["one for each"] for row in table(PAGE, "Duties that come one by one")}
    waits = {row["duty"]: row["nothing is due before"] for row in table(PAGE, "Duties that wait")}
    assert each == {duty.key: duty.each for duty in duties() if duty.each}
    assert waits == {duty.key: duty.condition for duty in duties() if duty.condition}


@pytest.mark.parametrize(
    ("heading", "told"),
    [("Estimates", lambda each: each.estimate), ("Duties of others", lambda each: not each.ours)],
)
def test_a_list_names_the_duties_it_is_about(heading: str, told: Callable[[Obligation], bool]) -> None:
    section = prose(PAGE).split(f"## {heading}\n")[1].split("\n## ")[0]
    assert re.findall(r"`([a-z0-9-]+)`", section) == [duty.key for duty in duties() if told(duty)]
