"""Test what holds for every rule and any text: nothing but an answer or a sentence ever comes out."""

import contextlib
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.support.fuzzing import looks_at
from timeline.calendar.bank_holidays import calendars
from timeline.calendar.working_days import BeyondCalendar
from timeline.rules import (
    Anchor,
    Outcome,
    Rule,
    RuleError,
    bounded,
    evaluate,
    is_series,
    is_window,
    names,
    parse,
    plain,
    series,
)

BOTH = calendars(closures={date(2019, 12, 27): "Christmas closure", date(2019, 12, 30): "Christmas closure"})

numbers = st.integers(1, 9999).map(str)
small = st.integers(1, 90).map(str)
iso_dates = st.dates(date(1900, 1, 1), date(2199, 12, 31)).map(date.isoformat)
anchors = st.one_of(iso_dates, st.sampled_from(["report_received", "action-plan", "due", "v2"]))
units = st.sampled_from(["day", "days", "weeks", "months", "years", "working days"])
nths = st.sampled_from(["1st", "2nd", "3rd", "4th", "last"])
weekdays = st.sampled_from(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
rrule_parts = st.sampled_from(
    (
        *("INTERVAL=2", "COUNT=5", "UNTIL=20300101", "BYDAY=2TU", "BYDAY=MO,FR", "BYMONTH=2", "BYMONTHDAY=-1,30"),
        *("BYSETPOS=-1", "BYYEARDAY=366", "BYWEEKNO=53", "BYSETPOS=366", "WKST=SU"),
    )
)
rrules = st.builds(
    lambda often, parts: ";".join([f"FREQ={often}", *parts]),
    st.sampled_from(["WEEKLY", "MONTHLY", "YEARLY"]),
    st.lists(rrule_parts, max_size=3),
)


def joined(*parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(*parts).map(" ".join)


def word(*words: str) -> st.SearchStrategy[str]:
    return st.sampled_from(words)


plain_rules = st.one_of(
    joined(st.one_of(small, numbers), units, word("after", "before"), anchors),
    joined(small, word("clear days before", "clear working days before"), anchors),
    joined(word("by", "on"), anchors),
    joined(word("within"), small, units, word("of"), anchors),
    joined(word("between 1 and"), st.integers(2, 60).map(str), word("months"), word("after"), anchors),
    joined(word("quarterly from"), anchors),
    joined(word("monthly on the"), nths, weekdays),
    joined(word("monthly on the"), nths, weekdays, word("from"), anchors),
    joined(word("every"), small, word("days", "weeks", "months"), word("from"), anchors),
    joined(rrules.map(lambda text: f"RRULE:{text}"), word("from"), anchors),
)
rules = st.one_of(plain_rules, joined(plain_rules, word("or next working day", "or previous working day")))
own_words = word("70", "clear", "working", "days", "after", "before", "by", "x", "or", "next", "of", "from")
scraps = st.lists(st.one_of(own_words, st.text()))
facts = st.dictionaries(
    st.sampled_from(["report_received", "report_published", "action-plan", "due", "v2"]),
    st.builds(Anchor, st.one_of(st.dates(), st.dates(date(2012, 1, 1), date(2028, 12, 31)))),
)
spans = st.one_of(
    st.none(),
    st.tuples(st.dates(), st.dates()),
    st.dates(date(2012, 1, 1), date(2027, 12, 31)).map(lambda on: (on, on + timedelta(days=365))),
)


def read(text: str) -> Rule | None:
    with contextlib.suppress(RuleError):
        return parse(text)
    return None


def worked_out(text: str, known: dict[str, Anchor], span: tuple[date, date] | None) -> Outcome | None:
    with contextlib.suppress(RuleError, BeyondCalendar):
        return evaluate(text, anchors=known, calendars=BOTH, span=span, local=True)
    return None


@looks_at(500)
@given(st.one_of(st.text(), scraps.map(" ".join), st.text().map(lambda text: f"RRULE:{text} from x")))
@example("RRULE:")
@example("RRULE:FREQ=DAILY;BYDAY=,")
@example("by " + "9" * 5000)
@example("\x00")
def test_any_text_is_a_rule_or_a_sentence(text: str) -> None:
    try:
        rule = parse(text)
    except RuleError as fault:
        sentence = str(fault)
    else:
        sentence = "."
        assert parse(str(rule)) == rule
    assert sentence.endswith(".")
    assert "\n" not in sentence


@looks_at(500)
@given(rules)
def test_a_rule_written_out_reads_back_the_same(text: str) -> None:
    rule = read(text)
    if rule is not None:
        assert parse(str(rule)) == rule
        assert parse(str(rule).upper()) == rule


@looks_at(400)
@given(rules, facts, spans)
def test_working_a_rule_out_gives_an_outcome_or_a_sentence(
    text: str, known: dict[str, Anchor], span: tuple[date, date] | None
) -> None:
    outcome = worked_out(text, known, span)
    if outcome is None:
        return
    waiting = tuple(name for name in names(parse(text)) if name not in known)
    assert outcome.waits_for == waiting
    assert all(step.endswith(".") for step in outcome.steps)
    with contextlib.suppress(RuleError, BeyondCalendar):
        assert bounded(outcome, anchors=known, calendars=BOTH).waits_for == waiting


@looks_at(400)
@given(rules, facts, spans)
def test_a_working_date_is_never_after_its_legal_date_and_always_a_working_day(
    text: str, known: dict[str, Anchor], span: tuple[date, date] | None
) -> None:
    outcome = worked_out(text, known, span)
    if outcome is None:
        return
    for reading in outcome.readings:
        if reading.working_on:
            assert reading.working_on <= reading.legal_on
            assert BOTH.office.is_working(reading.working_on)
            assert BOTH.office.days_between(reading.working_on, reading.legal_on) == 0
    assert bool(outcome.working_on_missing) == (outcome.legal_on is not None and outcome.working_on is None)


@looks_at(300)
@given(rules, facts, st.dates(date(2012, 1, 1), date(2026, 12, 31)), st.integers(0, 700))
def test_a_series_lists_the_same_dates_whatever_the_span(
    text: str, known: dict[str, Anchor], start: date, length: int
) -> None:
    rule = read(text)
    if rule is None or not is_series(rule) or plain(rule).anchor is None:
        return
    span = (start, start + timedelta(days=length))
    outcome = worked_out(text, known, span)
    if outcome is None or outcome.waits_for:
        return
    elements = tuple(series(rule, anchors=known, calendars=BOTH, until=span[1], local=True))
    assert [element.k for element in elements] == list(range(1, len(elements) + 1))
    assert outcome.dates == tuple(element.opens_on for element in elements if element.opens_on >= start)
    opening = [element.opens_on for element in elements]
    assert opening == sorted(set(opening))
    if is_window(rule):
        overlapping = tuple((each.opens_on, each.closes_on) for each in elements if each.closes_on >= start)
        assert outcome.windows == overlapping
        for each, after in pairwise(elements):
            assert each.closes_on + timedelta(days=1) == after.opens_on


@pytest.mark.parametrize("rule", ["9 working days after x", "3 clear days before x", "2 months before x"])
@given(st.dates(date(2013, 1, 1), date(2027, 1, 1)), st.integers(0, 60))
def test_an_earlier_event_never_gives_a_later_date(rule: str, on: date, days: int) -> None:
    """Test that what makes "no later than, counted from publication" true."""
    earlier, later = (worked_out(rule, {"x": Anchor(start)}, None) for start in (on, on + timedelta(days=days)))
    assert earlier is not None
    assert later is not None
    assert earlier.legal_on is not None
    assert later.legal_on is not None
    assert earlier.legal_on <= later.legal_on


@given(
    st.dates(date(2018, 1, 1), date(2020, 12, 31)),
    st.integers(1, 90),
    st.sets(st.dates(date(2019, 1, 1), date(2019, 12, 31)), max_size=30),
)
def test_closure_days_never_move_a_legal_date(on: date, n: int, closures: set[date]) -> None:
    closed = calendars(closures=dict.fromkeys(closures, "closed"))
    for rule in (f"{n} working days after x", f"{n} clear working days before x", f"within {n} working days of x"):
        with_closures = evaluate(rule, anchors={"x": Anchor(on)}, calendars=closed)
        without = evaluate(rule, anchors={"x": Anchor(on)}, calendars=calendars())
        assert with_closures.legal_on == without.legal_on
        assert with_closures.working_on is not None
        assert with_closures.working_on <= (without.working_on or date.min)
