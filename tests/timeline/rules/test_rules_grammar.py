"""Test the date language as text: what is read, how it is written back, and the sentence for each fault."""

import re

import pytest

from timeline.rules import RuleError, is_name, is_series, is_window, meant_date, names, parse, plain, read_date


@pytest.mark.parametrize(
    ("text", "names_", "series", "window"),
    [
        ("70 working days after report_received", ("report_received",), False, False),
        ("1 working day before action-plan", ("action-plan",), False, False),
        ("28 clear days before cabinet_meeting", ("cabinet_meeting",), False, False),
        ("5 clear working days before 2019-09-03", (), False, False),
        ("1 clear day before due", ("due",), False, False),
        ("by 2019-12-01", (), False, False),
        ("on 2019-11-28", (), False, False),
        ("4 weeks after x", ("x",), False, False),
        ("6 months after x", ("x",), False, False),
        ("2 years before end", ("end",), False, False),
        ("within 13 weeks of start", ("start",), False, True),
        ("within 10 working days of start", ("start",), False, True),
        ("between 22 and 56 months after start", ("start",), False, True),
        ("between 1 and 2 weeks after 2019-11-28", (), False, True),
        ("quarterly from x", ("x",), True, True),
        ("monthly on the 2nd tuesday", (), True, False),
        ("monthly on the last friday from visit2", ("visit2",), True, False),
        ("every 6 weeks from 2019-10-22", (), True, False),
        ("RRULE:FREQ=MONTHLY;BYDAY=2TU from 2019-10-01", (), True, False),
        ("monthly on the 2nd tuesday or next working day", (), True, False),
        ("by due or previous working day", ("due",), False, False),
        ("monthly on the 2nd and 4th tuesday from x", ("x",), True, False),
        ("monthly on the 12th working day", (), True, False),
        ("termly from x", ("x",), True, True),
        ("the tuesday after a bank holiday from x", ("x",), True, False),
        ("every 1 week from x except july and august or next working day", ("x",), True, False),
    ],
)
def test_a_rule_is_read_and_written_back_the_same(
    text: str, names_: tuple[str, ...], series: bool, window: bool
) -> None:
    rule = parse(text)
    assert str(rule) == text
    assert parse(str(rule)) == rule
    assert names(rule) == names_
    assert is_series(rule) is series
    assert is_window(rule) is window


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("  70  Working\tDAYS after\nReport_Received ", "70 working days after report_received"),
        ("1 working days after x", "1 working day after x"),
        ("007 days after x", "7 days after x"),
        ("5 clear day before x", "5 clear days before x"),
        ("rrule:freq=monthly; byday=2tu FROM X", "RRULE:FREQ=MONTHLY;BYDAY=2TU from x"),
        ("Monthly on the Last Friday OR Next Working Day", "monthly on the last friday or next working day"),
        ("last working day of the month", "monthly on the last working day"),
        ("on the 1st working day of each month from x", "monthly on the 1st working day from x"),
        ("On the 2nd and 4th Tuesday", "monthly on the 2nd and 4th tuesday"),
        ("2nd tuesday except in August from x", "monthly on the 2nd tuesday from x except august"),
        ("every term", "termly"),
        ("on the tuesday after every bank holiday", "the tuesday after a bank holiday"),
    ],
)
def test_case_and_white_space_do_not_matter(text: str, canonical: str) -> None:
    assert str(parse(text)) == canonical


def test_the_suffix_leaves_the_plain_rule_beneath() -> None:
    assert plain(parse("by due or next working day")) == parse("by due")


@pytest.mark.parametrize(
    ("text", "given", "expected"),
    [
        ("", "it ends too early", "a number, by, on"),
        ("tomorrow", "found “tomorrow” as word 1", "a number, by, on"),
        ("70 working days", "it ends too early", "“after” or “before”"),
        ("70 working weeks after x", "found “weeks” as word 3", "“days” or “day”"),
        ("70 fortnights after x", "found “fortnights” as word 2", "working days, days, weeks, months or years"),
        ("70 days aftr x", "found “aftr” as word 3", "“after” or “before”"),
        ("70 days after", "it ends too early", "a date or a name"),
        ("70 days after days", "found “days” as word 4", "a date or a name"),
        ("70 days after 2x", "found “2x” as word 4", "a day that exists, as year-month-day"),
        ("5 clear days after x", "found “after” as word 4", "“before”"),
        ("by 2019-02-30", "found “2019-02-30” as word 2", "a day that exists, as year-month-day, from 1900 to 2199"),
        ("by 2019-2-3", "found “2019-2-3” as word 2", "a day that exists, as year-month-day, from 1900 to 2199"),
        ("by 1/12/2019", "found “1/12/2019” as word 2", "a day that exists, as year-month-day, from 1900 to 2199"),
        ("by 1899-12-31", "found “1899-12-31” as word 2", "a day that exists, as year-month-day, from 1900 to 2199"),
        ("by 2200-01-01", "found “2200-01-01” as word 2", "a day that exists, as year-month-day, from 1900 to 2199"),
        ("0 days after x", "found “0” as word 1", "a whole number from 1 to 9999"),
        ("-5 days after x", "found “-5” as word 1", "a whole number from 1 to 9999"),
        ("1.5 days after x", "found “1.5” as word 1", "a whole number from 1 to 9999"),
        ("1000000000 days after x", "found “1000000000” as word 1", "a whole number from 1 to 9999"),
        ("٣ days after x", "found “٣” as word 1", "a number, by, on"),
        ("by x y", "found “y” as word 3", "the rule to end there"),
        ("within 3 weeks after x", "found “after” as word 4", "“of”"),
        ("between 3 weeks after x", "found “weeks” as word 3", "“and”"),
        ("between 3 and 5 working days after x", "found “working” as word 5", "days, weeks, months or years"),
        ("between 3 and 5 weeks of x", "found “of” as word 6", "“after”"),
        ("quarterly", "it ends too early", "“from”"),
        ("monthly on the 5th tuesday", "found “5th” as word 4", "“1st”, “2nd”, “3rd”, “4th” or “last”"),
        ("monthly on the 2nd payday", "found “payday” as word 5", "“monday”"),
        ("every 2 working days from x", "found “working” as word 3", "days, weeks or months"),
        ("every 2 years from x", "found “years” as word 3", "days, weeks or months"),
        ("monthly on the 2nd and 2nds tuesday", "found “2nds” as word 6", "“1st”, “2nd”, “3rd”, “4th” or “last”"),
        ("monthly on the 16th working day", "found “16th” as word 4", "“1st”, “2nd”, “3rd”"),
        ("1st working week", "found “week” as word 3", "“day”"),
        ("1st tuesday except easter", "found “easter” as word 4", "“january”"),
        ("the tuesday after easter", "found “easter” as word 4", "“a”, “each” or “every”"),
        ("by x or later", "found “later” as word 4", "“next” or “previous”"),
    ],
)
def test_a_fault_is_one_sentence_with_what_was_found_where_and_what_was_expected(
    text: str, given: str, expected: str
) -> None:
    with pytest.raises(RuleError) as fault:
        parse(text)
    said = str(fault.value)
    assert f"Rule “{text}”: {given}, expected {expected}" in said
    assert ", such as “" in said
    assert "\n" not in said


@pytest.mark.parametrize(
    ("rrule", "fault"),
    [
        ("", "“=” is not understood, expected one of FREQ"),
        ("BYDAY=2TU", "does not say how often"),
        ("FREQ=HOURLY", "“FREQ=HOURLY” has a value that FREQ cannot hold"),
        ("FREQ=DAILY;BYHOUR=9", "“BYHOUR=9” is not understood"),
        ("FREQ=DAILY;INTERVAL=0", "“INTERVAL=0” has a value"),
        ("FREQ=DAILY;COUNT=0", "“COUNT=0” has a value"),
        ("FREQ=DAILY;COUNT=1000000000", "has a value"),
        ("FREQ=DAILY;UNTIL=20190230", "no day that exists"),
        ("FREQ=DAILY;UNTIL=20191001T090000Z", "has a value"),
        ("FREQ=MONTHLY;BYDAY=2XX", "“BYDAY=2XX” has a value"),
        ("FREQ=MONTHLY;BYMONTH=13", "“BYMONTH=13” has a value"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "has a value"),
        ("FREQ=WEEKLY;BYDAY=2TU", "numbers its days"),
        ("FREQ=DAILY;FREQ=DAILY", "says the same thing twice"),
        ("FREQ=DAILY;BYSETPOS=2", "picks among the days of a day"),
        ("FREQ", "“FREQ=” has a value"),
    ],
)
def test_an_rrule_that_cannot_be_followed_is_refused(rrule: str, fault: str) -> None:
    with pytest.raises(RuleError, match=fault):
        parse(f"RRULE:{rrule} from 2019-10-01")


@pytest.mark.parametrize("rule", ["termly", "by x", "70 working days after x"])
def test_only_a_series_of_days_leaves_out_months(rule: str) -> None:
    with pytest.raises(RuleError, match="gives no series of days, expected that before “except”"):
        parse(f"{rule} except august")


@pytest.mark.parametrize("rule", ["quarterly from x", "within 2 weeks of x", "between 1 and 2 weeks after x"])
def test_a_window_has_no_date_to_move(rule: str) -> None:
    with pytest.raises(RuleError, match="gives a window, expected a single date"):
        parse(f"{rule} or next working day")


@pytest.mark.parametrize("weekday", ["tuesday", "working day"])
def test_a_day_after_a_bank_holiday_is_no_monthly_day(weekday: str) -> None:
    with pytest.raises(RuleError, match=f"without “monthly on”: “the {weekday} after a bank holiday from x”"):
        parse(f"monthly on the {weekday} after a bank holiday from x")


def test_a_very_long_rule_is_refused_without_repeating_it() -> None:
    with pytest.raises(RuleError, match="401 characters long, expected at most 400"):
        parse("x" * 401)


def test_control_characters_do_not_reach_the_terminal() -> None:
    with pytest.raises(RuleError) as fault:
        parse("by \x1b[31mred")
    assert "\x1b" not in str(fault.value)


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("report_received", True),
        ("action-plan", True),
        ("v2", True),
        ("Due", False),
        ("2nd", False),
        ("days", False),
        ("next", False),
        ("_x", False),
        ("", False),
        ("a b", False),
        ("x\n", False),
    ],
)
def test_a_name_is_small_letters_and_none_of_the_words_of_the_language(name: str, allowed: bool) -> None:
    assert is_name(name) is allowed


@pytest.mark.parametrize("text", ["", "2019-02-30", "20191201", "2019-12-01T00:00", "2019-W48-4", "2019-12-01\n"])
def test_a_date_is_read_in_one_form_only(text: str) -> None:
    with pytest.raises(RuleError, match="is no date: expected year-month-day"):
        read_date(text)


@pytest.mark.parametrize("rule", ["between 5 and 5 weeks after x", "between 6 and 5 weeks after x"])
def test_a_window_opens_before_it_closes(rule: str) -> None:
    with pytest.raises(RuleError, match=f"Rule “{rule}” does not open before it closes"):
        parse(rule)


@pytest.mark.parametrize(
    ("rrule", "most"),
    [("FREQ=MONTHLY;BYDAY=12TU", 5), ("FREQ=YEARLY;BYMONTH=3;BYDAY=-6WE", 5), ("FREQ=YEARLY;BYDAY=54TU", 53)],
)
def test_no_month_has_a_sixth_tuesday(rrule: str, most: int) -> None:
    with pytest.raises(RuleError, match=f"expected at most {most}, such as"):
        parse(f"RRULE:{rrule} from 2019-10-01")


@pytest.mark.parametrize("rrule", ["FREQ=MONTHLY;BYDAY=5TU", "FREQ=YEARLY;BYDAY=53TU", "FREQ=YEARLY;BYDAY=-53TU"])
def test_the_last_one_that_a_month_or_a_year_may_have_is_looked_for(rrule: str) -> None:
    assert str(parse(f"RRULE:{rrule} from 2019-10-01")) == f"RRULE:{rrule} from 2019-10-01"


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("14/09/2026", " Did you mean 2026-09-14?"),
        ("3/4/2026", " Did you mean 2026-04-03?"),  # day first, as people write it here
        ("14.9.26", " Did you mean 2026-09-14?"),
        ("14 September 2026", " Did you mean 2026-09-14?"),
        ("14 sep 2026", " Did you mean 2026-09-14?"),
        ("31/02/2026", ""),
        ("09/14/2026", ""),  # no day of the British way: nobody guesses
        ("soon", ""),
    ],
)
def test_a_date_with_the_day_first_is_not_read_and_its_spelling_is_told(written: str, told: str) -> None:
    assert meant_date(written) == told
    with pytest.raises(RuleError) as refused:
        read_date(written)
    assert str(refused.value).endswith(told or "such as 2019-12-01.")
    if " " not in written and told:
        with pytest.raises(RuleError, match=f"{re.escape(told)}$"):
            parse(f"5 working days after {written}")
