"""Work out the dates of a duty: its rule, the competing readings beside it, and the reading worked to (the
earliest).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from timeline import rules
from timeline.calendar.bank_holidays import Calendars
from timeline.calendar.provisional import provisional
from timeline.calendar.wording import long_date, plain_name
from timeline.calendar.working_days import BeyondCalendar
from timeline.definitions.duties import NamedRule, Obligation
from timeline.planning.explanation import headline, working_date_reason
from timeline.planning.occurrences import AS_THE_LAW_SAYS, Dated, resting_on
from timeline.planning.readings import compared
from timeline.rules import Anchor, Outcome, Reading

# The wait of a date past the verified years.
PAST_CALENDAR = ("the calendar",)
_NAMED_DAY = re.compile(rf"\b(?:{'|'.join((*rules.WEEKDAYS, *rules.MONTHS))})\b")
_ISO_DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


@dataclass(frozen=True, kw_only=True)
class DutyDate:
    """Hold a date (or window) that a rule gives, numbered from 1 while the rule's anchor is the same.

    `provisional_on` is a legal date past the verified calendar, counted on holidays that are worked out. `stated` names
    the reading that it is worked to, where that is not the rule's own date; `at_latest` says that it may be earlier.
    """

    number: int
    legal_on: date | None
    working_on: date | None
    opens_on: date | None = None
    closes_on: date | None = None
    waits_for: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    brief: tuple[str, ...] = ()
    readings: tuple[Reading, ...] = ()
    facts: frozenset[str] = frozenset()
    provisional_on: date | None = None
    stated: str = ""
    at_latest: bool = False


def anchors(dates: Mapping[str, Dated]) -> dict[str, Anchor]:
    """Turn dates into anchors of the date language; people read a fact's name without its underscores."""
    return {name: Anchor(dated.on, dated.source, dated.called or plain_name(name)) for name, dated in dates.items()}


def dates_of_duty(
    obligation: Obligation, dates: Mapping[str, Dated], calendars: Calendars, *, until: date
) -> tuple[DutyDate, ...]:
    """Work out the dates of a duty up to `until`: every element of a series, else a single date that may wait."""
    rule = rules.parse(obligation.rule)
    local = obligation.standing.is_own
    facts = resting_on(rules.names(rule), dates)
    if rules.is_series(rule):
        return _series(rule, local, facts, dates, calendars, until)
    as_written = outcome_of(rule, dates, calendars, local=local)
    return (_single(obligation, as_written, facts, dates, calendars),)


def outcome_of(rule: rules.Rule | str, dates: Mapping[str, Dated], calendars: Calendars, *, local: bool) -> Outcome:
    """Evaluate a rule; past the verified calendar it waits for the year to be added, and stops no other rule."""
    try:
        return rules.evaluate(rule, anchors=anchors(dates), calendars=calendars, local=local)
    except BeyondCalendar as error:
        return Outcome(rule=str(rule), waits_for=PAST_CALENDAR, steps=(str(error),))


def _series(
    rule: rules.Rule,
    local: bool,
    facts: frozenset[str],
    dates: Mapping[str, Dated],
    calendars: Calendars,
    until: date,
) -> tuple[DutyDate, ...]:
    missing = tuple(name for name in rules.names(rule) if name not in dates)
    if missing:
        return (DutyDate(number=1, legal_on=None, working_on=None, waits_for=missing),)
    elements = rules.series(rule, anchors=anchors(dates), calendars=calendars, until=until, local=local)
    return tuple(_up_to_the_calendar(rule, elements, facts, dates, calendars))


def _up_to_the_calendar(
    rule: rules.Rule,
    elements: Iterable[rules.Element],
    facts: frozenset[str],
    dates: Mapping[str, Dated],
    calendars: Calendars,
) -> Iterator[DutyDate]:
    """Give the dates of a series; the first that would need a year not yet known waits for that year to be added."""
    number = 1
    try:
        for element in elements:
            yield _element(rule, element, facts, dates, calendars)
            number = element.k + 1
    except BeyondCalendar as error:
        waits, why = PAST_CALENDAR, (str(error),)
        yield DutyDate(number=number, legal_on=None, working_on=None, waits_for=waits, why=why, brief=why, facts=facts)


def _element(
    rule: rules.Rule,
    element: rules.Element,
    facts: frozenset[str],
    dates: Mapping[str, Dated],
    calendars: Calendars,
) -> DutyDate:
    window, which = rules.is_window(rule), _which(rule, element, dates)
    return DutyDate(
        number=element.k,
        legal_on=element.closes_on,
        working_on=working_on(element.closes_on, calendars),
        opens_on=element.opens_on if window else None,
        closes_on=element.closes_on if window else None,
        why=(which, *rules.why_that_day(rule, element.opens_on, calendars.law)),
        brief=(which,),
        facts=facts,
    )


def working_on(on: date, calendars: Calendars) -> date | None:
    """Give the last working day on or before a date; None past the verified calendar."""
    try:
        return calendars.office.roll_back(on)
    except BeyondCalendar:
        return None


def _which(rule: rules.Rule, element: rules.Element, dates: Mapping[str, Dated]) -> str:
    """Say which element it is, such as "Number 2 of a series: quarterly from the date of “Action plan to Ofsted”,
    Thursday 28 November 2019.".
    """
    words = _NAMED_DAY.sub(lambda day: day[0].capitalize(), str(rule))
    for name in rules.names(rule):
        called = f"{dates[name].called or plain_name(name)}, {long_date(dates[name].on)}"
        words = re.sub(rf"(?<![\w-]){re.escape(name)}(?![\w-])", called, words)
    return f"Number {element.k} of a series: {_ISO_DATE.sub(_in_words, words)}."


def _in_words(iso_date: re.Match[str]) -> str:
    return long_date(date.fromisoformat(iso_date[0]))


def _single(
    obligation: Obligation,
    as_written: Outcome,
    facts: frozenset[str],
    dates: Mapping[str, Dated],
    calendars: Calendars,
) -> DutyDate:
    beside = _beside(obligation, dates, calendars)
    outcomes = ([(AS_THE_LAW_SAYS, as_written)] if as_written.legal_on else []) + [
        (rule.name, outcome) for rule, outcome in beside if _counts(rule, outcome, as_written)
    ]
    if not outcomes:
        return _waiting(obligation, as_written, facts, dates, calendars)
    name, worked_to = min(outcomes, key=lambda pair: pair[1].legal_on or date.max)
    early = _margin(obligation, name, worked_to, calendars)
    bounds = {reading.name for reading in obligation.readings if reading.upper_bound}
    comparison = compared(obligation, as_written, beside, worked_to=name, dates=dates)
    used = [
        n for rule, outcome in beside if _counts(rule, outcome, as_written) for n in rules.names(rules.parse(rule.rule))
    ]
    return DutyDate(
        number=1,
        legal_on=worked_to.legal_on,
        working_on=worked_to.working_on,
        opens_on=worked_to.opens_on,
        closes_on=worked_to.closes_on,
        why=(*worked_to.steps, *comparison.sentences, *early),
        brief=(
            headline(rules.parse(worked_to.rule), worked_to),
            *working_date_reason(worked_to),
            *comparison.brief,
            *early,
        ),
        readings=comparison.readings,
        facts=facts | resting_on(used, dates),
        stated="" if name in {AS_THE_LAW_SAYS, *bounds} else name,
        at_latest=name in bounds and as_written.legal_on is None,
    )


def _waiting(
    obligation: Obligation, waits: Outcome, facts: frozenset[str], dates: Mapping[str, Dated], calendars: Calendars
) -> DutyDate:
    """Give a date that waits; a legal date past the verified calendar has a provisional day meanwhile."""
    given = DutyDate(number=1, legal_on=None, working_on=None, waits_for=waits.waits_for, why=waits.steps)
    if waits.waits_for != PAST_CALENDAR or not obligation.is_fixed:
        return given
    rule, local = rules.parse(obligation.rule), obligation.standing.is_own
    on = outcome_of(rule, dates, provisional(calendars), local=local).legal_on
    if on is None:
        return given
    said = provisionally(on)
    return replace(given, why=(said, *waits.steps), brief=(said,), facts=facts, provisional_on=on)


def provisionally(on: date) -> str:
    return f"Provisionally {long_date(on)}: counted on bank holidays worked out by the Act of 1971, not yet published."


def _margin(obligation: Obligation, name: str, worked_to: Outcome, calendars: Calendars) -> tuple[str, ...]:
    """Say, of a date that is the latest it can be, by when to be ready; empty for every other."""
    days = next((rule.margin for rule in obligation.readings if rule.name == name and rule.upper_bound), None)
    if not days or worked_to.legal_on is None:
        return ()
    ready = outcome_of(f"{days} working days before {worked_to.legal_on}", {}, calendars, local=True).working_on
    if ready is None:
        return ()
    return (f"This is the latest it can be. Keep a margin of {days} working days: be ready by {long_date(ready)}.",)


def _beside(
    obligation: Obligation, dates: Mapping[str, Dated], calendars: Calendars
) -> tuple[tuple[NamedRule, Outcome], ...]:
    """Give the other readings that have a date, including those that do not count."""
    local = obligation.standing.is_own
    outcomes = ((rule, outcome_of(rule.rule, dates, calendars, local=local)) for rule in obligation.readings)
    return tuple((rule, outcome) for rule, outcome in outcomes if outcome.legal_on)


def _counts(reading: NamedRule, outcome: Outcome, as_written: Outcome) -> bool:
    """Tell whether a reading counts: an upper bound ("no later than") counts while the rule itself waits, and caps it
    where it gives a later date.
    """
    latest, given = outcome.legal_on or date.max, as_written.legal_on
    return not reading.upper_bound or given is None or latest < given
