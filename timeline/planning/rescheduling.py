"""Reschedule: hold the facts recorded about an occurrence, the fact that sets its days, and every move in words."""

from datetime import date

from timeline.calendar.london import london_date
from timeline.calendar.wording import long_date
from timeline.definitions.duties import Obligation, OccurrenceKind
from timeline.definitions.facts import Fact, FactBook

MOVED, HELD, CANCELLED = "moved", "held", "cancelled"
# Another day that Ofsted or the DfE agreed to for a legal date, which stays: by whom, and where it is written.
AGREED = "agreed_day"


def date_setting_fact(obligation: Obligation, book: FactBook, ref: str) -> Fact | None:
    """Give the fact that sets its days: it took place, else it was moved, else it was confirmed.

    Nobody moves a legal date.
    """
    names = filter(None, (HELD, None if obligation.is_fixed else MOVED, obligation.confirmed_by))
    return next((fact for name in names if (fact := book.own(name, ref))), None)


def cancelled(obligation: Obligation, book: FactBook, ref: str) -> Fact | None:
    """Give the fact that cancelled it; None when its days were set again later."""
    fact, days = book.own(CANCELLED, ref), date_setting_fact(obligation, book, ref)
    return None if fact is None or (days and days.known_at > fact.known_at) else fact


def history(obligation: Obligation, book: FactBook, ref: str, originally: str) -> tuple[str, ...]:
    """Say the rule's date and every move, in the order in which the moves became known; empty without a move."""
    names = {MOVED, HELD, CANCELLED, AGREED, obligation.confirmed_by}
    moves = [fact for fact in book.history.get(ref, ()) if fact.name in names]
    first = (f"Originally {originally}.",) if originally and any(move.name == MOVED for move in moves) else ()
    if obligation.is_fixed:
        return tuple(
            dict.fromkeys(_beside(move) if move.name in (AGREED, MOVED) else _sentence(move) for move in moves)
        )
    return (*first, *dict.fromkeys(_sentence(move) for move in moves))


def agreed(obligation: Obligation, book: FactBook, ref: str) -> Fact | None:
    """Give the other day that was agreed for a legal date."""
    return book.own(AGREED, ref) if obligation.is_fixed else None


def _beside(fact: Fact) -> str:
    """Say which other day stands beside a legal date."""
    since = f"On {day(london_date(fact.known_at))}"
    if fact.name == AGREED:
        return f"{since} {_with_weekday(fact)} was agreed with {fact.who}: {fact.source}. The legal date stays."
    return f"{since} {_with_weekday(fact)} was named{_because(fact)}. The legal date stays: nobody moves it."


def originally(opens_on: date | None, closes_on: date | None, legal_on: date | None) -> str:
    """Write the window or the day that the rule gave; empty when it gave none."""
    if opens_on and closes_on:
        return f"the window from {long_date(opens_on)} to {long_date(closes_on)}"
    return long_date(legal_on) if legal_on else ""


def _sentence(fact: Fact) -> str:
    known_on = london_date(fact.known_at)
    since = f"On {day(known_on)}"
    match fact.name:
        case "moved":
            return f"{since} moved to {_with_weekday(fact)}{_because(fact)}."
        case "held":
            return f"It took place on {_with_weekday(fact)} ({fact.told or fact.name})."
        case "cancelled":
            return f"{since} cancelled{_because(fact)}."
    return f"Set for {_with_weekday(fact)} ({fact.told or fact.name})."


def _because(fact: Fact) -> str:
    recorded = f"recorded by {fact.who}" if fact.who else ""
    if not fact.source:
        return f" ({recorded})" if recorded else ""
    return f": {fact.source}" + (f" ({recorded})" if recorded else "")


def cancelled_because(kind: OccurrenceKind, cancelling: Fact) -> str:
    """Say why nobody is asked about a cancelled occurrence."""
    source = f" ({cancelling.told})" if cancelling.told else ""
    return f"The {kind.value} was cancelled on {long_date(cancelling.on)}{source}."


def took_place(fact: Fact) -> str:
    return f"It took place on {days(fact.on, fact.until or fact.on)}."


def recorded(kind: OccurrenceKind) -> str:
    """Say that the day to which steps lead was recorded."""
    return f"the date of the {kind.value} was recorded"


def gone_by(kind: OccurrenceKind, on: date, recorded_on: date) -> str:
    """Say why nobody is asked for a step whose day had passed before the day to which it leads was recorded."""
    return f"Its day, {long_date(on)}, had passed when {recorded(kind)}, on {long_date(recorded_on)}."


def was_submitted(obligation: Obligation, fact: Fact) -> str:
    """Say why nobody is asked for what leads to a submission that was made, or that came out where it is not ours."""
    return f"It {'was submitted' if obligation.ours else 'came out'} on {day(fact.on)} ({fact.told or fact.name})."


def day(on: date) -> str:
    """Write a day without its weekday, such as "17 March 2020"."""
    return long_date(on).partition(" ")[2]


def days(first_on: date, last_on: date) -> str:
    """Write days such as "Friday 28 February 2020", "20–21 August 2020" or "31 August to 1 September 2020"."""
    if first_on == last_on:
        return long_date(first_on)
    if (first_on.year, first_on.month) == (last_on.year, last_on.month):
        return f"{first_on.day}–{day(last_on)}"
    return f"{day(first_on)} to {day(last_on)}"


def _with_weekday(fact: Fact) -> str:
    last_on = fact.until or fact.on
    return long_date(fact.on) + (f" to {long_date(last_on)}" if last_on != fact.on else "")
