"""Test every date that docs/date-language.md prints is worked out and compared."""

import re
from datetime import date
from typing import Any, get_args

import pytest

from tests.support.pages import table, text
from tests.timeline.literals import day
from timeline.calendar.bank_holidays import Calendars, calendars
from timeline.calendar.wording import short_date
from timeline.calendar.working_days import BeyondCalendar
from timeline.rules import Anchor, Excepted, Outcome, Rolled, RuleError, bounded, evaluate, is_window, parse, plain
from timeline.rules.rule import Plain

BOTH = calendars()
PAGE = "docs/date-language.md"
FACTS = {row["name"]: Anchor(day(row["date"])) for row in table(PAGE, "Facts used in the examples")}


def worked_out(rule: str, both: Calendars = BOTH, **given: Any) -> Outcome:
    return evaluate(rule, anchors=FACTS, calendars=both, **given)


def written(on: date | None) -> str:
    return short_date(on) if on else "not known"


@pytest.mark.parametrize("heading", ["One date", "Golden dates", "Where the calendar ends"])
def test_a_rule_of_one_date_gives_what_is_printed(heading: str) -> None:
    for row in table(PAGE, heading):
        outcome = worked_out(row["rule"])
        assert (written(outcome.legal_on), written(outcome.working_on)) == (row["legal date"], row["working date"]), row


def test_a_window_opens_and_closes_as_printed() -> None:
    for row in table(PAGE, "A window"):
        outcome = worked_out(row["rule"])
        given = [written(on) for on in (outcome.opens_on, outcome.closes_on, outcome.working_on)]
        assert given == [row["opens"], row["closes"], row["working date"]]
        assert outcome.legal_on == outcome.closes_on


def test_a_rule_of_many_dates_gives_those_printed() -> None:
    for row in table(PAGE, "Many dates"):
        outcome = worked_out(row["rule"], span=(day(row["from"]), day(row["to"])))
        windows = [f"{written(opens)} to {written(closes)}" for opens, closes in outcome.windows]
        dates = windows if is_window(parse(row["rule"])) else [written(on) for on in outcome.dates]
        assert "; ".join(dates) == row["gives"]


def test_a_local_rule_moves_its_date_as_printed() -> None:
    for row in table(PAGE, "A date that moves"):
        outcome = worked_out(row["rule"], local=True)
        assert (written(outcome.legal_on), outcome.working_on) == (row["date"], outcome.legal_on)


def test_a_date_that_waits_says_what_is_printed() -> None:
    for row in table(PAGE, "A date that is not known yet"):
        known = {name: anchor for name, anchor in FACTS.items() if name == row["known"]}
        outcome = evaluate(row["rule"], anchors=known, calendars=BOTH)
        outcome = bounded(outcome, anchors=known, calendars=BOTH)
        latest = [f"no later than {written(reading.legal_on)}" for reading in outcome.readings]
        assert "; ".join([f"waits for `{', '.join(outcome.waits_for)}`", *latest]) == row["answer"]


def test_clear_days_have_the_two_readings_printed() -> None:
    for row in table(PAGE, "Clear days: two readings"):
        readings = {reading.name: written(reading.legal_on) for reading in worked_out(row["rule"]).readings}
        assert readings == {name: row[name] for name in ("calendar days", "working days")}


def test_an_added_day_off_moves_the_dates_printed() -> None:
    for row in table(PAGE, "Days off"):
        added = {day(row["added day"]): "added"}
        both = calendars(added) if row["as"] == "proclaimed bank holiday" else calendars(closures=added)
        outcome = worked_out(row["rule"], both)
        assert (written(outcome.legal_on), written(outcome.working_on)) == (row["legal date"], row["working date"])
    assert {row["as"] for row in table(PAGE, "Days off")} == {"proclaimed bank holiday", "closure day"}


def test_what_is_refused_is_refused_in_the_words_printed() -> None:
    for row in table(PAGE, "What is refused"):
        with pytest.raises((RuleError, BeyondCalendar)) as refusal:
            worked_out(row["rule"])
        assert str(refusal.value) == row["the sentence"]


def test_every_form_of_the_language_has_an_example() -> None:
    rules = [parse(rule) for rule in re.findall(r"^\| `([^`]+)` \|", text(PAGE), re.MULTILINE) if _reads(rule)]
    shown = {type(rule) for rule in rules} | {type(plain(rule)) for rule in rules}
    assert shown == {*get_args(Plain), Excepted, Rolled}


def _reads(rule: str) -> bool:
    try:
        parse(rule)
    except RuleError:
        return False
    return True


def test_the_verified_years_are_those_printed() -> None:
    years = f"the years {BOTH.law.first_on.year} to {BOTH.law.last_on.year} are verified"
    assert years in text(PAGE), f"docs/date-language.md does not say that {years}"
