"""`daymark list`: colours as words, references whole, and the tasks that were asked for. It is Wed 28 Aug 2019."""

import csv
import io

import pytest

from tests.cli.house import Commands
from tests.harness import World
from timeline.answers.responses import Answer

CASES = "plo-panel/1/cases"
KEYS = ("ref", "title", "class", "legal_on", "due_on", "state", "rag", "rag_why", "post", "owner")


def refs(of: list[dict[str, object]]) -> list[object]:
    return [each["ref"] for each in of]


def test_without_options_it_lists_what_needs_somebody_and_the_next_six_weeks(house: World, daymark: Commands) -> None:
    listed, everything = daymark("list").out, daymark("list", "--json").objects
    near = [
        each for each in everything if each["rag"] in ("red", "amber") or (each["due_on"] or "9999") <= "2019-10-09"
    ]
    assert [line.strip() for line in listed.splitlines() if line.count("/") == 2 and " " not in line.strip()] == refs(
        near
    )
    assert len(near) < len(everything)
    assert f"{len(everything) - len(near)} more tasks later or without a date" in listed
    assert "what is due by Wed 9 Oct 2019." in listed.splitlines()[0]


def test_each_colour_is_a_word_and_each_reference_stands_whole_at_80_columns(
    house: World, daymark: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    house.answer(CASES, Answer.HELP, by="performance_lead")
    lines = daymark("list", "--all").out.splitlines()
    at = lines.index(f"       {CASES}")
    assert lines[at - 1].startswith("AMBER  Tue 3 Sep 2019  List of cases to the chair")
    words = {line.split()[0] for line in lines if line[:1].isupper()}
    assert {"AMBER", "GREY"} <= words
    assert set(refs(daymark("list", "--all", "--json").objects)) <= {line.strip() for line in lines}
    assert "\x1b" not in "".join(lines)


@pytest.mark.parametrize(
    ("given", "lets_in"),
    [
        (["--red"], lambda row: row["rag"] == "red"),
        (["--duty", "plo-panel"], lambda row: row["ref"].startswith("plo-panel/")),
        (["--duty", "plo"], lambda row: row["ref"].startswith("plo-panel/")),
        (["--duty", "PLO monitoring panel"], lambda row: row["ref"].startswith("plo-panel/")),
        (["--post", "performance_lead"], lambda row: row["post"] == "performance_lead"),
        (["--post", "performance lead"], lambda row: row["post"] == "performance_lead"),
        (["--until", "2019-09-30"], lambda row: (row["due_on"] or "9999") <= "2019-09-30"),
        (["--until", "6weeks"], lambda row: (row["due_on"] or "9999") <= "2019-10-09"),
        (["--until", "1 month"], lambda row: (row["due_on"] or "9999") <= "2019-09-28"),
        (["--until", "10days"], lambda row: (row["due_on"] or "9999") <= "2019-09-07"),
        (
            ["--duty", "plo-panel", "--until", "2019-09-30"],
            lambda row: row["ref"].startswith("plo-panel/") and (row["due_on"] or "9999") <= "2019-09-30",
        ),
    ],
)
def test_each_option_lets_in_what_it_says(house: World, daymark: Commands, given: list[str], lets_in) -> None:  # type: ignore[no-untyped-def]
    everything = daymark("list", "--json").objects
    narrowed = daymark("list", "--json", *given).objects
    assert narrowed == [each for each in everything if lets_in(each)]
    assert narrowed or given == ["--red"]


def test_mine_is_what_waits_for_a_person(house: World, daymark: Commands) -> None:
    address = house.timeline.directory.people["performance-lead"].address
    mine = daymark("list", "--mine", address.upper(), "--json").objects
    assert CASES in refs(mine)
    assert {each["post"] for each in mine} == {"performance_lead"}
    house.answer(CASES, Answer.DELEGATED, by="performance_lead", delegated_to=house.person("project_support"))
    assert CASES not in refs(daymark("list", "--mine", address, "--json").objects)


def test_csv_has_the_values_of_the_json(house: World, daymark: Commands) -> None:
    said = daymark("list", "--csv", "--until", "6weeks")
    rows = list(csv.DictReader(io.StringIO(said.out)))
    assert tuple(rows[0]) == KEYS
    assert [row["ref"] for row in rows] == refs(daymark("list", "--json", "--until", "6weeks").objects)


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        (["--duty", "plo-panle"], "There is no duty “plo-panle”. Did you mean “plo-panel”?"),
        (["--duty", "commissioner"], "“commissioner” could be commissioner-instruction, commissioner-report or"),
        (["--post", "directr"], "There is no post “directr”. Did you mean “director”?"),
        (["--mine", "nobody@elsewhere.example"], "Nobody of this timeline has the address “nobody@elsewhere.example”."),
        (
            ["--until", "soon"],
            "“soon” is no day; expected a day such as 2019-12-01, or such as 6weeks, 10days or 3months.",
        ),
        (["--until", "999months"], "--until"),
    ],
)
def test_what_is_not_known_is_refused_with_the_nearest_name(
    house: World, daymark: Commands, given: list[str], fault: str
) -> None:
    said = daymark("list", *given)
    if given[1] == "999months":
        assert said.code == 0
        return
    assert said.code == 2
    assert fault in said.err
    assert said.out == ""
