"""Say when a series, or what came by a fact, ends: visits with the re-inspection, a notice when it is closed,
everything with the regime, and none beyond what is usual; and lay a series out anew for each notice.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import zip_longest

from timeline import rules
from timeline.calendar.bank_holidays import Calendars
from timeline.calendar.wording import long_date, plain_name
from timeline.definitions.duties import Obligation
from timeline.definitions.facts import REGIME_ENDED, Fact, FactBook
from timeline.definitions.refs import duty_of, number_of, occurrence_ref
from timeline.planning.due_dates import DutyDate, dates_of_duty
from timeline.planning.occurrences import Dated


def series_end(obligation: Obligation, book: FactBook) -> Fact | None:
    """Give the fact that ends a series; None while it goes on."""
    begun = begun_on(obligation, book) or date.min
    return min((end for end in _ends(obligation, book) if end.on >= begun), key=lambda fact: fact.on, default=None)


def begun_on(obligation: Obligation, book: FactBook) -> date | None:
    """Give the last day on which its track began, such as a second notice; None while it has not.

    The first day there is stands for the beginning of a duty of no track.
    """
    if not obligation.track:
        return date.min
    books = (book.shared, *book.by_occurrence.values())
    return max((facts[name].on for facts in books for name in obligation.track if name in facts), default=None)


def _ends(obligation: Obligation, book: FactBook) -> Iterator[Fact]:
    if ended := book.get(REGIME_ENDED):
        yield ended
    if name := obligation.ended_by:
        yield from (facts[name] for facts in book.by_occurrence.values() if name in facts)
        yield from filter(None, (book.shared.get(name),))


def occurrence_end(obligation: Obligation, book: FactBook, ref: str) -> Fact | None:
    """Give the fact that ends what a fact began, such as the closing of an improvement notice; None while it runs.

    Only a duty with an end of its own ends with the regime too: the law's other duties go on.
    """
    begun = book.own(obligation.each, ref) if obligation.each and obligation.ended_by else None
    if begun is None or obligation.ended_by is None:
        return None
    ends = (fact for fact in (book.get(obligation.ended_by, ref), book.get(REGIME_ENDED)) if fact)
    return min((fact for fact in ends if fact.on >= begun.on), key=lambda fact: fact.on, default=None)


def each_of(obligation: Obligation, ordered: Iterable[Obligation]) -> Obligation | None:
    """Give the duty that facts begin, such as a notice, from each date of which a series counts anew."""
    rule = rules.parse(obligation.rule)
    names = rules.names(rule) if rules.is_series(rule) else ()
    return next((duty for duty in ordered if duty.each and duty.key in names), None)


def anew_with_each(
    obligation: Obligation,
    base: Obligation,
    begun: Sequence[DutyDate],
    book: FactBook,
    dates: Mapping[str, Dated],
    calendars: Calendars,
    *,
    until: date,
) -> Iterator[DutyDate]:
    """Give a series that counts anew from each date of `base`, such as the reviews under each notice.

    Those of a later notice are numbered on: what was answered about the reviews of the first stays with the first.
    """
    before = 0
    for its, later in zip_longest(begun, begun[1:]):
        if its.legal_on is None:
            continue
        counted = {**dates, base.key: Dated(its.legal_on, "", its.facts, f"the date of “{base.title}”")}
        last = min([until, *_ends_of(base, book, its, later)])
        laid = dates_of_duty(obligation, counted, calendars, until=last)
        # Nothing is reviewed on the day on which it begins.
        laid = tuple(each for each in laid if each.legal_on != its.legal_on)
        yield from (replace(each, number=before + each.number) for each in laid)
        before += max((each.number for each in laid), default=0)


def _ends_of(base: Obligation, book: FactBook, its: DutyDate, later: DutyDate | None) -> Iterator[date]:
    """Give the days on which a notice ends: on which it was closed, and on which the next was issued."""
    if end := occurrence_end(base, book, occurrence_ref(base.key, its.number)):
        yield end.on
    if later and base.each and (fact := book.own(base.each, occurrence_ref(base.key, later.number))):
        yield fact.on


def is_laid(obligation: Obligation, number: int, book: FactBook) -> bool:
    """Tell whether an occurrence is laid out: those that are usual, and more as far as somebody has recorded them."""
    if not obligation.most or number <= obligation.most:
        return True
    recorded = (number_of(ref) or 0 for ref in book.by_occurrence if duty_of(ref) == obligation.key)
    return number <= max(recorded, default=0)


def ended_because(end: Fact) -> str:
    """Say why nobody is asked about a window that was open at the end, and of which no day was agreed."""
    return f"The series has ended: {plain_name(end.name)}, {long_date(end.on)}."


def over_because(end: Fact) -> str:
    """Say why nobody is asked any more about what a fact began."""
    told = f" ({end.told})" if end.told else ""
    return f"It is over: {plain_name(end.name)} on {long_date(end.on)}{told}."
