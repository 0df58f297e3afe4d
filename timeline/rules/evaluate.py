"""Evaluate a rule: its dates, or the names it waits for, and the reasons."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from timeline.calendar.bank_holidays import Calendars
from timeline.calendar.working_days import BeyondCalendar
from timeline.rules import explain, explain_series
from timeline.rules.arithmetic import Single, legal_date, opening, working_date
from timeline.rules.outcome import Anchor, Element, Outcome, Reading
from timeline.rules.parse import parse
from timeline.rules.rule import Clear, Rolled, Rule, RuleError, is_series, is_window, names, plain
from timeline.rules.series import anchored_on, check_local, elements

AS_WRITTEN = "the rule as written"
CALENDAR_DAYS, WORKING_DAYS = "calendar days", "working days"
Span = tuple[date, date]


def evaluate(
    rule: Rule | str,
    *,
    anchors: Mapping[str, Anchor],
    calendars: Calendars,
    span: Span | None = None,
    local: bool = False,
) -> Outcome:
    """Give the dates of a rule, counted from `anchors`, with the reasons.

    `span` (both ends included) bounds a series and is needed by it alone. `local` allows "or next working day". A name
    that is missing from `anchors` stands in the outcome's `waits_for`. Raises RuleError for a rule that cannot be read
    or worked out, BeyondCalendar when working days would be counted outside the verified years.
    """
    rule = parse(rule) if isinstance(rule, str) else rule
    check_local(rule, local=local)
    missing = tuple(name for name in names(rule) if name not in anchors)
    if missing:
        return Outcome(str(rule), waits_for=missing, steps=(f"Waits for {missing[0]}: it has no date yet.",))
    begun = _begun(rule, anchors)
    if is_series(rule):
        return _series(rule, begun, anchored_on(rule, anchors), calendars, _checked(rule, span))
    return _single(rule, begun, anchored_on(rule, anchors), calendars)


def _begun(rule: Rule, anchors: Mapping[str, Anchor]) -> Outcome:
    """Begin the outcome with the date that the rule counts from."""
    anchor = plain(rule).anchor
    if anchor is None:
        return Outcome(str(rule))
    source = explain.source_of(rule, anchors[anchor] if isinstance(anchor, str) else Anchor(anchor))
    return Outcome(str(rule), counted_from=(source,), steps=(f"Counted from {source}.",))


def _single(rule: Rule, begun: Outcome, anchor_on: date | None, calendars: Calendars) -> Outcome:
    bare = plain(rule)
    if anchor_on is None or not isinstance(bare, Single):
        raise TypeError(f"{rule} is not a rule of a single date")
    given_on = legal_date(bare, anchor_on, calendars.law)
    steps = [*begun.steps, *explain.counting(bare, anchor_on, given_on, calendars.law)]
    legal_on = _agreed(rule, given_on, calendars)
    if legal_on != given_on:
        steps.append(explain.agreed(given_on, legal_on, calendars.office))
    outcome = replace(begun, legal_on=legal_on, steps=tuple(steps))
    if is_window(rule):
        opens_on = opening(bare, anchor_on, calendars.law)
        outcome = replace(outcome, opens_on=opens_on, closes_on=legal_on, windows=((opens_on, legal_on),))
    outcome = _with_working_date(outcome, calendars)
    if isinstance(bare, Clear):
        return _with_both_readings(rule, bare, anchor_on, outcome, calendars)
    return replace(outcome, readings=(Reading(AS_WRITTEN, legal_on, outcome.working_on),))


def _agreed(rule: Rule, given_on: date, calendars: Calendars) -> date:
    """Move an agreed date to a day on which the council works; leave a legal date."""
    if not isinstance(rule, Rolled):
        return given_on
    return calendars.office.roll_forward(given_on) if rule.forward else calendars.office.roll_back(given_on)


def _with_working_date(outcome: Outcome, calendars: Calendars) -> Outcome:
    if outcome.legal_on is None:
        return outcome
    working_on, reason = working_date(outcome.legal_on, calendars)
    step = explain.working_date(outcome.legal_on, working_on, calendars.office) if working_on else reason
    return replace(outcome, working_on=working_on, working_on_missing=reason, steps=(*outcome.steps, step))


def _with_both_readings(rule: Rule, clear: Clear, meeting_on: date, outcome: Outcome, calendars: Calendars) -> Outcome:
    """Add both readings, that worked to first, because the statute does not say whether weekends count."""
    own, other = (WORKING_DAYS, CALENDAR_DAYS) if clear.working else (CALENDAR_DAYS, WORKING_DAYS)
    try:
        silent_on = legal_date(replace(clear, working=not clear.working), meeting_on, calendars.law)
        other_on = _agreed(rule, silent_on, calendars)
        beside = [Reading(other, other_on, working_date(other_on, calendars)[0])]
        step = explain.other_reading(clear, other_on)
    except BeyondCalendar as beyond:
        beside, step = [], f"The reading in {other} is not known. {beyond}"
    worked_to = [Reading(own, outcome.legal_on, outcome.working_on)] if outcome.legal_on else []
    return replace(outcome, readings=(*worked_to, *beside), steps=(*outcome.steps, step))


def _checked(rule: Rule, span: Span | None) -> Span:
    if span is None:
        raise RuleError(f"Rule “{rule}” gives many dates, expected a span to list them in.")
    if span[0] > span[1]:
        raise RuleError(f"The span ends on {span[1]} before it begins on {span[0]}, expected the earlier day first.")
    return span


def _series(rule: Rule, begun: Outcome, anchor_on: date | None, calendars: Calendars, span: Span) -> Outcome:
    listed = [each for each in elements(rule, anchor_on or span[0], span[1], calendars) if each.closes_on >= span[0]]
    steps = (*begun.steps, *explain_series.listing(rule, listed, span, calendars))
    outcome = replace(begun, dates=tuple(each.opens_on for each in listed if each.opens_on >= span[0]), steps=steps)
    return _first(rule, outcome, listed, calendars) if listed else outcome


def _first(rule: Rule, outcome: Outcome, elements: list[Element], calendars: Calendars) -> Outcome:
    """Put the first date or window of a series where other rules have their only date."""
    first = elements[0]
    if is_window(rule):
        windows = tuple((each.opens_on, each.closes_on) for each in elements)
        outcome = replace(outcome, windows=windows, opens_on=first.opens_on, closes_on=first.closes_on)
    working_on, reason = working_date(first.closes_on, calendars)
    return replace(
        outcome,
        legal_on=first.closes_on,
        working_on=working_on,
        working_on_missing=reason,
        readings=(Reading(AS_WRITTEN, first.closes_on, working_on),),
        steps=(*outcome.steps, reason) if reason else outcome.steps,
    )
