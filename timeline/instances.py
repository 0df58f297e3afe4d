"""Duties that come one for each record: an instruction, a request, a decision."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from timeline.calendar import Calendars
from timeline.duties import Obligation
from timeline.facts import FactBook
from timeline.occurrences import Dated, dated
from timeline.readings import Worked, work_out


def instances(
    obligation: Obligation, book: FactBook, dates: Mapping[str, Dated], calendars: Calendars, *, until: date
) -> tuple[Worked, ...]:
    """One date for each fact `each` that is bound to an occurrence of the duty, under the number of that occurrence.

    The rule counts from the facts of the occurrence before those of the council. Empty while nothing is recorded.
    """
    found: list[Worked] = []
    for number in numbers(obligation, book):
        own = {name: dated(fact) for name, fact in book.all_own(f"{obligation.key}/{number}").items()}
        worked = work_out(obligation, {**dates, **own}, calendars, until=until)
        found += [replace(one, number=number) for one in worked[:1]]
    return tuple(found)


def numbers(obligation: Obligation, book: FactBook) -> tuple[int, ...]:
    """The numbers of the occurrences that were recorded."""
    refs = (ref for ref, facts in book.by_occurrence.items() if obligation.each in facts)
    parts = (ref.partition("/") for ref in refs)
    return tuple(sorted(int(number) for key, _, number in parts if key == obligation.key and number.isdigit()))
