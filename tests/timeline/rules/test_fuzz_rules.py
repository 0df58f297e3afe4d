"""Test whatever is written in place of a rule: a rule that reads back the same, or one sentence."""

import re
from datetime import date

from hypothesis import example, given
from hypothesis import strategies as st

from tests.support.fuzzing import looks_at
from timeline.calendar.bank_holidays import calendars
from timeline.calendar.working_days import BeyondCalendar
from timeline.rules import Anchor, Outcome, RuleError, evaluate, is_series, parse, series

VALID = (
    "70 working days after report_received",
    "5 working days before report_published",
    "28 clear days before cabinet_meeting",
    "5 clear working days before 2019-09-03",
    "by 2019-12-01",
    "on action-plan or next working day",
    "4 weeks after action-plan",
    "6 months before 2020-02-29 or previous working day",
    "1 year after 2020-02-29",
    "within 13 weeks of action-plan",
    "within 2 working days of 2019-08-23",
    "quarterly from action-plan",
    "monthly on the 2nd tuesday from report_published",
    "monthly on the last friday or next working day",
    "every 6 weeks from 2019-10-22",
    "RRULE:FREQ=MONTHLY;BYDAY=2TU;COUNT=5 from 2019-10-01",
    "RRULE:FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=-1,30 from due or previous working day",
    "between 22 and 56 months after report_published",
    "monthly on the last working day from due",
    "on the 2nd and 4th tuesday of the month except august or next working day",
    "every term from report_published",
    "the tuesday after a bank holiday",
)
WORDS = sorted({word for rule in VALID for word in rule.split()})
ODD = ["0", "-1", "9999", "10000", "٣", "２", "1e3", "½", "0000-00-00", "2019-02-30", "1900-01-01", "2199-12-31"]
ODD += ["2200-01-01", "Ⅷ", "K", "ſ", "\x00", "\u2028", "\ud800", "\u202e", "ﬁ", "İ", "NaN", "%s", "{x}", "RRULE:", ";"]
NAMES = ("report_received", "report_published", "cabinet_meeting", "action-plan", "due")
BOTH = calendars(closures={date(2019, 12, 27): "closed"})


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """Give a valid rule with words and letters replaced, cut out, doubled or moved."""
    text = draw(st.sampled_from(VALID))
    for _ in range(draw(st.integers(1, 4))):
        pieces = re.findall(r"\s+|[^\s\d;=:-]+|\d+|.", text, re.DOTALL) or [""]
        place = draw(st.integers(0, len(pieces) - 1))
        new = draw(st.one_of(st.sampled_from(WORDS + ODD), st.text(max_size=3), st.sampled_from(pieces)))
        pieces[place : place + draw(st.integers(0, 2))] = draw(st.sampled_from([[new], [], [new, " "], [" ", new]]))
        text = "".join(pieces)
    return text


@looks_at(800)
@given(st.one_of(mutated(), mutated(), st.text(), st.lists(st.sampled_from(WORDS + ODD)).map(" ".join)))
@example("RRULE:" + ";" * 300 + " from x")
@example("by x\r\nby y")
def test_any_text_is_a_rule_that_reads_back_the_same_or_one_sentence(text: str) -> None:
    try:
        rule = parse(text)
    except RuleError as fault:
        is_one_sentence(str(fault))
        return
    assert parse(str(rule)) == rule
    assert str(parse(str(rule))) == str(rule)


@looks_at(600)
@given(
    st.one_of(mutated(), st.sampled_from(VALID)),
    st.dictionaries(st.sampled_from(NAMES), st.dates(date(1900, 1, 1), date(2199, 12, 31))),
    st.dates(date(1900, 1, 1), date(2199, 12, 31)),
    st.booleans(),
)
def test_any_rule_counted_from_any_day_gives_an_outcome_or_one_sentence(
    text: str, known: dict[str, date], until: date, local: bool
) -> None:
    anchors = {name: Anchor(on) for name, on in known.items()}
    begin = date(max(1900, until.year - 3), 1, 1)
    try:
        rule = parse(text)
        outcome = evaluate(rule, anchors=anchors, calendars=BOTH, span=(begin, until), local=local)
        if is_series(rule):
            elements = tuple(series(rule, anchors=anchors, calendars=BOTH, until=until, start_on=begin, local=local))
            assert all(element.opens_on <= element.closes_on for element in elements)
    except (RuleError, BeyondCalendar) as fault:
        is_one_sentence(str(fault))
        return
    assert isinstance(outcome, Outcome)
    for step in outcome.steps:
        is_one_sentence(step)


def is_one_sentence(text: str) -> None:
    assert text.isprintable(), text
    assert text.endswith("."), text
