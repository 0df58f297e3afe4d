"""Decide whether a fact can stand beside the others: what comes before what, who reads it, and what looks like a slip.

The rule pack states the order. Files, commands, pages and forms ask here, so that the same fact has the same answer.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property

from timeline import rules
from timeline.calendar.london import london_date
from timeline.calendar.wording import long_date, plain_name
from timeline.calendar.working_days import WEEKEND
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.duties import Obligation
from timeline.definitions.facts import PROCLAIMED, REGIME_ENDED, Fact, FactBook, known
from timeline.definitions.refs import duty_of, number_of
from timeline.planning.plan import plan
from timeline.planning.reading_facts import causes_of, days_of, deadlines, ends, read_of
from timeline.planning.rescheduling import AGREED, CANCELLED, HELD, MOVED, date_setting_fact

ALL_KNOWN = datetime.max.replace(tzinfo=UTC)
# Years between a day and the day on which it became known; a date beyond them is most often a slip of a digit.
_FAR = 5
_AHEAD = timedelta(days=3 * 366)
_ANY = 9999
# A direction may be older than the report: that of an earlier judgement stands. Most often it is a slip.
_DIRECTED, _PUBLISHED = "statutory_direction", "report_published"


class FactOrder:
    """Judge the facts of a timeline, all of them known."""

    def __init__(self, timeline: CouncilTimeline) -> None:
        self._timeline = timeline
        self._duties: Mapping[str, Obligation] = {duty.key: duty for duty in timeline.obligations}
        self._counts: dict[str, int] = {}

    @cached_property
    def _book(self) -> FactBook:
        return known(self._timeline.facts, at=ALL_KNOWN)

    def holds(self, fact: Fact) -> bool:
        """Tell whether it is the last word on its event: what was corrected since may have been wrong."""
        now = self._book.own(fact.name, fact.occurrence) if fact.occurrence else self._book.get(fact.name)
        return now == fact

    def faults(self, fact: Fact) -> Iterator[str]:
        """Give a sentence for each reason for which the fact cannot hold."""
        yield from self._unread(fact)
        yield from self._moves_law(fact)
        yield from self.out_of_order(fact)
        if fact.name in {HELD, *ends(self._timeline)} and fact.on > london_date(fact.known_at):
            yield f"{long_date(fact.on)} is still to come; expected the day on which it happened."

    def out_of_order(self, fact: Fact, *, beside: frozenset[Fact] | None = None) -> Iterator[str]:
        """Say each fact before or after which it cannot lie; only of those in `beside`, if they are given."""
        for earlier, later in self._pairs(fact):
            other = later if earlier is fact else earlier
            if (beside is None or other in beside) and later.on < self._last_on(earlier):
                yield (
                    f"{_named(later)} ({long_date(later.on)}) cannot come before {_named(earlier)} "
                    f"({long_date(self._last_on(earlier))})."
                )
        yield from self._before_its_cause(fact)
        since = self._timeline.council.regime_since
        if fact.name == REGIME_ENDED and since and fact.on < since:
            yield f"The regime cannot end on {long_date(fact.on)}: it began on {long_date(since)}."

    def doubts(self, fact: Fact) -> Iterator[str]:
        """Say what looks like a slip, and may be meant.

        Of the days of an occurrence the preview and `check` say themselves that nobody works then, and that a move is
        to a day gone by (`overlooked`).
        """
        if fact.name in (PROCLAIMED, CANCELLED):
            return
        known_on, last_on = london_date(fact.known_at), fact.until or fact.on
        if abs(fact.on.year - known_on.year) > _FAR:
            yield f"{long_date(fact.on)} is far from {long_date(known_on)}, when it became known: is the year right?"
        elif fact.name in days_of(self._timeline) - {MOVED} and last_on < known_on:
            yield f"{long_date(last_on)} was past already when it became known, on {long_date(known_on)}."
        yield from self._overwritten(fact)
        yield from self._before_publication(fact)
        if fact.name not in deadlines(self._timeline) | (days_of(self._timeline) - {AGREED}):
            yield from (text for on in dict.fromkeys((fact.on, last_on)) if (text := self._off(on)))

    def _overwritten(self, fact: Fact) -> Iterator[str]:
        """Say that it corrects the day of a first occurrence: a further day has a number of its own."""
        duty = next((duty for duty in self._duties.values() if duty.again == fact.name), None)
        others = (each for each in self._timeline.facts if each.name == fact.name and not each.occurrence)
        if duty and not fact.occurrence and (was := {each.on for each in others} - {fact.on}):
            yield (
                f"This replaces {', '.join(map(long_date, sorted(was)))} as the day of “{duty.title}”; a further one "
                f"is recorded for {duty.key}/2."
            )

    def _before_publication(self, fact: Fact) -> Iterator[str]:
        """Say that a direction is older than the judgement; it may be that of an earlier judgement."""
        published = self._book.get(_PUBLISHED)
        if fact.name == _DIRECTED and published and fact.on < published.on:
            yield (
                f"{long_date(fact.on)} is before the report was published ({long_date(published.on)}): a direction "
                "follows a judgement that is public. If it is that of an earlier judgement, it stays, and its reviews "
                "count from its own day."
            )

    def _off(self, on: date) -> str:
        """Say why nobody works on a day; empty for a working day."""
        if on.weekday() in WEEKEND:
            return f"{long_date(on)} falls on a weekend."
        name = self._timeline.calendars.law.days_off.get(on, "")
        return f"{long_date(on)} is a bank holiday ({name})." if name else ""

    def _unread(self, fact: Fact) -> Iterator[str]:
        """Say that nothing of its occurrence reads it."""
        duty = self._duties.get(duty_of(fact.occurrence or ""))
        if duty is None or fact.name in read_of(duty, self._timeline):
            return
        readers = [each.title for each in self._timeline.obligations if fact.name in read_of(each, self._timeline)]
        where = f"expected one of “{readers[0]}”" if readers else "expected it without an occurrence"
        yield f"Nothing of “{duty.title}” ({fact.occurrence}) counts from “{fact.name}”; {where}."

    def _moves_law(self, fact: Fact) -> Iterator[str]:
        """Say that nobody moves a legal date, and that only a legal date stays beside what was agreed."""
        duty = self._duties.get(duty_of(fact.occurrence or ""))
        if duty and fact.name == MOVED and duty.is_fixed:
            yield (
                f"Nobody moves the date of “{duty.title}”: the law or a direction gives it. If Ofsted or the DfE "
                "agreed to another day, expected with whom (--agreed-with, “by” of the fact “agreed_day”) and where "
                "that is written."
            )
        if duty and fact.name == CANCELLED and duty.is_fixed and not duty.each and causes_of(duty):
            yield f"Nobody cancels “{duty.title}”: the law asks for it, whatever is agreed."
        if duty and fact.name == AGREED and not duty.is_fixed:
            yield f"“{duty.title}” has no legal date that would stay beside an agreed day; expected “moved”."

    def is_nowhere(self, fact: Fact) -> bool:
        """Tell whether its occurrence is none that the rules or the facts give; of a series it is counted."""
        duty, number = self._duties.get(duty_of(fact.occurrence or "")), number_of(fact.occurrence or "")
        if duty is None or number is None:
            return True
        if duty.each or (duty.again and number > 1):
            return (fact.occurrence, duty.each or duty.again) not in self._book.of_occurrence
        if rules.is_series(rules.parse(duty.rule)):
            return number > self._elements(duty)
        return number != 1

    def _elements(self, duty: Obligation) -> int:
        """Count the occurrences of a series up to three years after the last fact about it; any while it waits."""
        if duty.key not in self._counts:
            own = (fact for fact in self._timeline.facts if duty_of(fact.occurrence or "") == duty.key)
            until = max(fact.on for fact in own) + _AHEAD
            facts = tuple(fact for fact in self._timeline.facts if fact.name != REGIME_ENDED)
            planned = plan(
                replace(self._timeline, facts=facts), at=ALL_KNOWN, until=until, obligations=frozenset({duty.key})
            )
            waits = any(occurrence.original_on is None for occurrence in planned)
            self._counts[duty.key] = _ANY if waits else max((each.number for each in planned), default=0)
        return self._counts[duty.key]

    def _pairs(self, fact: Fact) -> Iterator[tuple[Fact, Fact]]:
        """Give each pair of an earlier and a later fact in which it stands."""
        for chain in self._timeline.council.fact_order:
            if fact.name in chain:
                at = chain.index(fact.name)
                befores = (self._book.get(name, fact.occurrence) for name in chain[:at])
                yield from ((before, fact) for before in befores if before)
                yield from ((fact, after) for name in chain[at + 1 :] for after in self._afters(name, fact))

    def _afters(self, name: str, fact: Fact) -> Iterator[Fact]:
        """Give the facts of a name that come after it: of its occurrence, or of all while it is the council's."""
        if fact.occurrence:
            own = self._book.own(name, fact.occurrence)
            yield from (own,) if own else ()
            return
        shared = self._book.shared.get(name)
        yield from (shared,) if shared else ()
        for (occurrence, other), after in self._book.of_occurrence.items():
            if other == name and not self._book.own(fact.name, occurrence):
                yield after

    def _last_on(self, fact: Fact) -> date:
        """Give its last day; days that were moved since, or on which it was held, count in place of the confirmed."""
        duty = self._duties.get(duty_of(fact.occurrence or ""))
        if duty and fact.occurrence and fact.name == duty.confirmed_by:
            fact = date_setting_fact(duty, self._book, fact.occurrence) or fact
        return fact.until or fact.on

    def _before_its_cause(self, fact: Fact) -> Iterator[str]:
        """Say that an occurrence cannot lie before the fact that its duty counts from."""
        duty = self._duties.get(duty_of(fact.occurrence or ""))
        if duty is None or fact.name not in (MOVED, HELD, duty.confirmed_by):
            return
        for name in causes_of(duty):
            cause = self._book.get(name, fact.occurrence)
            if cause and fact.on < cause.on:
                yield (
                    f"“{duty.title}” cannot lie on {long_date(fact.on)}, before {plain_name(name)} "
                    f"({long_date(cause.on)})."
                )
                return


def _named(fact: Fact) -> str:
    return f"“{fact.name}”" + (f" of {fact.occurrence}" if fact.occurrence else "")
