"""`daymark date`: one rule from the command line, for people and for programs."""

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from cli.look.date import register
from tasks import clock
from tests.timeline.literals import at, day
from timeline.calendar.bank_holidays import calendars
from timeline.calendar.wording import long_date

KEYS = ["legal_on", "working_on", "opens_on", "closes_on", "dates", "waits_for", "basis", "readings", "steps"]


def daymark(*words: str) -> Result:
    """Run `daymark date …` in an application that has another command beside it."""
    app = typer.Typer()
    register(app)
    app.command("other")(lambda: None)
    return CliRunner().invoke(app, ["date", *words])


def answer(*words: str) -> dict[str, object]:
    result = daymark(*words, "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    told: dict[str, object] = json.loads(result.stdout)
    return told


def test_the_action_plan_as_json() -> None:
    answered = answer("70 working days after report_received", "--fact", "report_received=2019-08-21")
    assert list(answered) == KEYS
    basis = answered.pop("basis")
    assert "SI 2007/462" in str(basis)
    assert answered == {
        "legal_on": "2019-11-28",
        "working_on": "2019-11-28",
        "opens_on": None,
        "closes_on": None,
        "dates": [],
        "waits_for": [],
        "readings": [{"name": "the rule as written", "legal_on": "2019-11-28", "working_on": "2019-11-28"}],
        "steps": [
            "Counted from report_received, Wednesday 21 August 2019 (given on the command line).",
            "Day 1 is Thursday 22 August 2019; day 70 is Thursday 28 November 2019.",
            "Skipped: 14 weekends and Monday 26 August 2019 (Summer bank holiday).",
            "The date is a working day, so the working date is the same.",
        ],
    }


def test_the_action_plan_for_people() -> None:
    result = daymark("70 working days after report_received", "--fact", "report_received=2019-08-21")
    assert result.exit_code == 0
    assert "  Date          Thursday 28 November 2019\n  Working date  Thursday 28 November 2019\n" in result.stdout
    assert "Why\n  Counted from report_received, Wednesday 21 August 2019" in result.stdout
    assert "Basis\n  SI 2007/462" in result.stdout
    assert "Readings" not in result.stdout


def test_a_rule_needs_no_quotes() -> None:
    assert answer("by", "2019-12-01") == answer("by 2019-12-01")


def test_both_readings_are_shown() -> None:
    result = daymark("5 clear working days before 2019-09-03")
    assert (
        "Readings\n"
        "  working days: Monday 26 August 2019, working date Friday 23 August 2019\n"
        "  calendar days: Wednesday 28 August 2019, working date Wednesday 28 August 2019\n"
    ) in result.stdout
    assert "Elitestone" in result.stdout


def test_a_rule_that_counts_by_the_calendar_has_no_convention_to_name() -> None:
    assert answer("4 weeks after 2019-11-28")["basis"] == ""


def test_an_unknown_fact_is_an_answer() -> None:
    answered = answer("70 working days after report_received")
    assert (answered["waits_for"], answered["legal_on"], answered["readings"]) == (["report_received"], None, [])
    assert "Waits for     report_received" in daymark("70 working days after report_received").stdout


def test_with_publication_alone_the_latest_date_is_a_reading() -> None:
    answered = answer("70 working days after report_received", "--fact", "report_published=2019-08-27")
    assert (answered["waits_for"], answered["legal_on"]) == (["report_received"], None)
    assert answered["readings"] == [
        {"name": "no later than (counted from publication)", "legal_on": "2019-12-03", "working_on": "2019-12-03"}
    ]


def test_a_proclaimed_holiday_counts() -> None:
    answered = answer("1 working day after 2019-11-15", "--holiday", "2019-11-18", "--holiday", "2019-11-19")
    assert answered["legal_on"] == "2019-11-20"
    assert "Monday 18 November 2019 (proclaimed bank holiday)" in str(answered["steps"])


def test_a_window_shows_both_its_ends() -> None:
    answered = answer("within 13 weeks of 2019-11-28")
    assert (answered["opens_on"], answered["closes_on"], answered["legal_on"]) == (
        "2019-11-28",
        "2020-02-27",
        "2020-02-27",
    )
    text = daymark("within 13 weeks of 2019-11-28").stdout
    assert "  Opens         Thursday 28 November 2019\n  Closes        Thursday 27 February 2020\n" in text


def test_a_series_is_listed_in_its_span() -> None:
    span = ("--from", "2019-09-01", "--to", "2019-11-30")
    answered = answer("monthly on the 2nd tuesday", *span)
    assert answered["dates"] == ["2019-09-10", "2019-10-08", "2019-11-12"]
    assert not any("Listed from" in step for step in answered["steps"])  # type: ignore[attr-defined]
    assert (
        "  Tuesday 10 September 2019\n  Tuesday 8 October 2019\n" in daymark("monthly on the 2nd tuesday", *span).stdout
    )


def test_a_series_without_a_span_runs_twelve_months_from_its_start_and_says_so() -> None:
    answered = answer("quarterly from plan", "--fact", "plan=2019-11-28")
    assert answered["dates"] == ["2019-11-28", "2020-02-28", "2020-05-28", "2020-08-28"]
    assert answered["steps"][-1] == (  # type: ignore[index]
        "Listed from Thursday 28 November 2019 to Friday 27 November 2020: no --from or --to was given."
    )


@pytest.mark.parametrize(
    ("today", "first", "last", "dates"),
    [
        ("Tue 1 Dec 2026", "2026-12-08", "2027-11-09", 12),
        # On a few days of a year its twelve months have eleven or thirteen second Tuesdays.
        ("Wed 9 Dec 2026", "2027-01-12", "2027-11-09", 11),
        ("Tue 13 Oct 2026", "2026-10-13", "2027-10-12", 13),
    ],
)
def test_a_series_without_a_start_runs_from_today_and_says_so(
    monkeypatch: pytest.MonkeyPatch, today: str, first: str, last: str, dates: int
) -> None:
    monkeypatch.setattr(clock, "_real", lambda: at(f"{today} 09:00"))
    answered = answer("monthly on the 2nd tuesday")
    listed: list[str] = answered["dates"]  # type: ignore[assignment]
    assert (listed[0], listed[-1], len(listed)) == (first, last, dates)
    assert answered["steps"][-1].startswith(f"Listed from {long_date(day(today))} (today) to ")  # type: ignore[index]


def test_a_suffix_of_local_rules_is_worked_out_and_said() -> None:
    answered = answer("by 2019-12-01 or next working day")
    assert (answered["legal_on"], answered["working_on"]) == ("2019-12-02", "2019-12-02")
    assert "Only a rule of status local may say" in str(answered["steps"])


def test_past_the_horizon_calendar_units_have_no_working_date() -> None:
    late_on = calendars().law.last_on + timedelta(days=1)
    assert answer(f"by {late_on}")["working_on"] is None
    assert "  Working date  not known\n" in daymark(f"by {late_on}").stdout


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (["nonsense"], "Rule “nonsense”: found “nonsense” as word 1"),
        (["by x", "--fact", "x"], "--fact “x” was not understood"),
        (["by x", "--fact", "x="], "“” is no date"),
        (["by x", "--fact", "two words=2019-12-01"], "--fact “two words=2019-12-01” was not understood"),
        (["by x", "--fact", "x=2019-02-30"], "“2019-02-30” is no date"),
        (["by x", "--fact", "x=2019-12-01", "--fact", "x=2019-12-02"], "A --fact was given twice"),
        (["by 2019-12-01", "--holiday", "tomorrow"], "“tomorrow” is no date"),
        (["quarterly from 2019-12-01", "--from", "soon"], "“soon” is no date"),
        (["quarterly from 2019-12-01", "--from", "2020-01-02", "--to", "2020-01-01"], "--from 2020-01-02 is after"),
        (["quarterly from 2019-12-01", "--to", "2019-11-01"], "The span ends on 2019-11-01 before it begins"),
        (["9999 years after 2019-12-01"], "lies outside 1900 to 2199"),
        (["5 working days after 2011-12-01"], "The bank holidays of 2011 are not known"),
    ],
)
def test_bad_input_is_one_sentence_and_exit_code_two(words: list[str], fault: str) -> None:
    result = daymark(*words, "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert fault in result.stderr
    assert result.stderr.count("\n") == 1


def test_every_fault_is_told_at_once() -> None:
    result = daymark("nonsense", "--fact", "x", "--holiday", "y", "--from", "z")
    assert result.exit_code == 2
    assert [line[:20] for line in result.stderr.splitlines()] == [
        "Rule “nonsense”: fou",
        "--fact “x” was not u",
        "“y” is no date: expe",
        "“z” is no date: expe",
    ]


def test_a_missing_rule_is_wrong_use() -> None:
    assert daymark().exit_code == 2


def test_the_command_runs_as_a_program(tmp_path: Path) -> None:
    program = "import typer; from cli.look.date import register; app = typer.Typer(); register(app); app()"
    ran = subprocess.run(
        [sys.executable, "-c", program, "by", "2019-12-01", "--json"],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[3],
        env={"HOME": str(tmp_path), "PATH": ""},
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert json.loads(ran.stdout)["working_on"] == day("Fri 29 Nov 2019").isoformat()
