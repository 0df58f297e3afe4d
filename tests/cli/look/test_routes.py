"""`daymark routes`: the notice routes from the command line, for people and for programs."""

import pytest

from tests.cli.house import Commands

KEYS = ["meeting_on", "on", "key_decision", "private", "executive", "remaining", "routes", "why", "decides"]
CABINET = ("routes", "--meeting", "2019-09-03", "--on", "2019-08-27")


def test_cabinet_of_3_september_for_people(daymark: Commands) -> None:
    said = daymark(*CABINET)
    assert (said.code, said.err) == (0, "")
    assert "on the reading in working days: special urgency is the only route left" in said.out
    assert "on the reading in calendar days: general exception is open until Wednesday 28 August 2019" in said.out
    assert "The Monitoring Officer decides." in said.out
    assert "working days   Monday 26 August 2019, so working Friday 23 August 2019: too late" in said.out


def test_cabinet_of_3_september_for_programs(daymark: Commands) -> None:
    (shown,) = daymark(*CABINET, "--json").objects
    assert list(shown) == KEYS
    assert shown["key_decision"] is None
    assert shown["remaining"] == {"calendar days": "general-exception", "working days": "special-urgency"}
    exception = next(route for route in shown["routes"] if route["route"] == "general-exception")
    readings = [
        (reading["name"], reading["legal_on"], reading["working_on"], reading["open"])
        for reading in exception["readings"]
    ]
    assert readings == [
        ("calendar days", "2019-08-28", "2019-08-28", True),
        ("working days", "2019-08-26", "2019-08-23", False),
    ]


def test_a_decision_that_is_no_key_decision_in_private(daymark: Commands) -> None:
    (shown,) = daymark(*CABINET, "--no-key-decision", "--private", "--json").objects
    assert (shown["key_decision"], shown["private"], shown["remaining"]) == (False, True, {})
    routes = [route["route"] for route in shown["routes"]]
    assert routes == ["agenda", "private-notice", "second-private-notice", "private-urgency"]


def test_a_committee_gives_the_notices_of_the_act_and_is_told_of_no_executive(daymark: Commands) -> None:
    said = daymark("routes", "--meeting", "2019-10-08", "--on", "2019-10-01", "--committee")
    assert (said.code, said.err) == (0, "")
    assert "in calendar days: at latest Wednesday 2 October 2019 (Local Government Act 1972 section 100B" in said.out
    assert "in working days (the last was Monday 30 September 2019): the item may then be considered only" in said.out
    told = said.out.casefold()
    assert not [word for word in ("cabinet", "executive", "key decision", "2012/2089") if word in told]
    (shown,) = daymark("routes", "--meeting", "2019-10-08", "--on", "2019-10-01", "--committee", "--json").objects
    assert (shown["executive"], shown["remaining"]) == (False, {})
    assert [route["route"] for route in shown["routes"]] == ["meeting-notice", "open-agenda", "urgent-item"]


def test_a_proclaimed_holiday_counts(daymark: Commands) -> None:
    args = ("routes", "--meeting", "2019-11-20", "--on", "2019-11-01", "--json")
    last = [
        next(route for route in row["routes"] if route["route"] == "agenda")["readings"][1]["legal_on"]
        for extra in ((), ("--holiday", "2019-11-18"))
        for row in daymark(*args, *extra).objects
    ]
    assert last == ["2019-11-12", "2019-11-11"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--meeting", "2019-09-03", "--on", "2019-09-04"], "The meeting of 2019-09-03 is before 2019-09-04"),
        (["--meeting", "2019-09-03", "--committee", "--private"], "are of an executive's meeting; leave them out"),
        (["--meeting", "soon"], "--meeting: “soon” is no date"),
        (["--meeting", "2019-09-31", "--on", "2019-09-01"], "--meeting: “2019-09-31” is no date"),
        (["--meeting", "2019-09-03", "--on", ""], "--on: “” is no date"),
        (["--meeting", "2019-09-03", "--on", "2019-09-01", "--holiday", "x"], "--holiday: “x” is no date"),
        (["--meeting", "2150-01-01", "--on", "2149-12-01"], "are not known"),
        (["--meeting", "1900-01-01", "--on", "1900-01-01"], "lies outside 1900 to 2199"),
        (["--on", "2019-09-01"], "Missing option '--meeting'"),
    ],
)
def test_bad_input_is_one_sentence_and_exit_code_two(daymark: Commands, arguments: list[str], sentence: str) -> None:
    said = daymark("routes", *arguments)
    assert (said.code, said.out) == (2, "")
    assert len(said.faults) == 1
    assert sentence in said.err


def test_every_fault_is_told_at_once(daymark: Commands) -> None:
    assert len(daymark("routes", "--meeting", "x", "--on", "y", "--holiday", "z").faults) == 3
