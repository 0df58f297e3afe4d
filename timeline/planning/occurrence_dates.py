"""Hold the dates of an occurrence that its tasks count from, and what its own facts say of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from timeline.calendar.bank_holidays import Calendars
from timeline.calendar.london import london_date
from timeline.calendar.provisional import provisional
from timeline.definitions.duties import MilestoneRule, Obligation
from timeline.definitions.facts import Fact, FactBook
from timeline.definitions.refs import occurrence_ref
from timeline.planning import rescheduling as moves
from timeline.planning.because import Days
from timeline.planning.due_dates import DutyDate, working_on
from timeline.planning.occurrences import Dated, dated
from timeline.planning.reading_facts import stated_by
from timeline.planning.series_end import ended_because, occurrence_end, over_because, series_end

# The names that a task may count from besides siblings and facts: the occurrence's working date and its date, its first
# and last day, and the day to expect it from while it is a window.
LOCAL_NAMES = {
    "due": "the working date of the duty",
    "legal": "the date of the duty",
    "start": "its first day",
    "end": "its last day",
    "expected": "the first day on which it is expected",
}
# The same as people read them, before the title of the duty.
_CALLED = {
    "due": "the last working day for",
    "legal": "the date of",
    "start": "the first day of",
    "end": "the last day of",
    "expected": "the first day on which to expect",
}


@dataclass(frozen=True)
class OccurrenceDates:
    """Hold the dates of an occurrence that its tasks count from; its own `fact`, if there is any, sets its days."""

    obligation: Obligation
    duty_date: DutyDate
    fact: Fact | None
    book: FactBook
    dates: Mapping[str, Dated]
    calendars: Calendars

    @property
    def ref(self) -> str:
        return occurrence_ref(self.obligation.key, self.duty_date.number)

    @property
    def provisional_on(self) -> date | None:
        """Give the provisional legal date, while no fact of its own says more."""
        return None if self.fact else self.duty_date.provisional_on

    @property
    def is_window(self) -> bool:
        return self.duty_date.opens_on is not None and self.fact is None

    @property
    def legal_on(self) -> date | None:
        return self.fact.on if self.fact and self._is_set else self.duty_date.legal_on

    @cached_property
    def working_on(self) -> date | None:
        return working_on(self.fact.on, self.calendars) if self.fact and self._is_set else self.duty_date.working_on

    @property
    def _is_set(self) -> bool:
        """Tell whether its own fact sets its dates: a legal date stays, on whatever day it was met."""
        return self.fact is not None and not (self.obligation.is_fixed and self.duty_date.legal_on)

    @property
    def starts_on(self) -> date | None:
        return None if self.is_window else self.fact.on if self.fact else self.legal_on

    @property
    def ends_on(self) -> date | None:
        return self.fact.until or self.fact.on if self.fact else self.starts_on

    @property
    def days(self) -> Days:
        """Give the days by which people know the occurrence."""
        expected_on = self.duty_date.opens_on if self.is_window else None
        ends_on, at_latest = self.ends_on or self.duty_date.closes_on, self.duty_date.at_latest and not self._is_set
        return Days(self.legal_on, expected_on, ends_on, self.stated, at_latest)

    @property
    def stated(self) -> str:
        """Say who stated its date, where it is not the rule's own: then it is no legal date."""
        return "" if self._is_set else self.duty_date.stated

    @property
    def facts(self) -> frozenset[str]:
        beside = (self.fact, moves.agreed(self.obligation, self.book, self.ref))
        return self.duty_date.facts | {fact.name for fact in beside if fact}

    @cached_property
    def stated_since(self) -> Dated | None:
        """Give the first day on which its date was known, where a fact states it, such as a meeting's."""
        stated, on = stated_by(self.obligation), self.legal_on
        if stated is None or on is None:
            return None
        names = (stated,) if self.obligation.is_fixed else (stated, moves.MOVED)
        since = self.book.known_since(names, self.ref, on=on)
        called = f"the day on which {moves.recorded(self.obligation.kind)}"
        return Dated(london_date(since), called=called) if since else None

    @cached_property
    def cancelled(self) -> Fact | None:
        return moves.cancelled(self.obligation, self.book, self.ref)

    @cached_property
    def ended(self) -> Fact | None:
        """Give the fact that ended it before its date."""
        end = occurrence_end(self.obligation, self.book, self.ref)
        return end if end and (self.legal_on is None or self.legal_on >= end.on) else None

    @property
    def tasks(self) -> tuple[MilestoneRule, ...]:
        """Give the rules of its tasks; some belong to the first of a series alone."""
        return tuple(rule for rule in self.obligation.milestones if self.is_first or not rule.only_first)

    @property
    def is_first(self) -> bool:
        return self.duty_date.number == 1

    def recorded(self, rule: MilestoneRule) -> Fact | None:
        """Give the fact that says that a task is done. Of a duty that comes again, the council's own is the first's.

        A submission that took place is done by its completing task, so that a second person confirms that, too; and so
        is an instruction that was withdrawn.
        """
        shared = self.obligation.again is None or self.is_first
        find = self.book.get if shared else self.book.own
        fact = find(rule.done_by, self.ref) if rule.done_by else None
        ends = self.obligation.is_submitted and (rule.completes or not rule.ours)
        withdrawn = self.cancelled if self.obligation.each else None
        return fact or ((self.held or withdrawn) if ends else None)

    @property
    def held(self) -> Fact | None:
        """Give the fact that says that it took place, if that is what sets its days."""
        return self.fact if self.fact and self.fact.name == moves.HELD else None

    @cached_property
    def submitted(self) -> Fact | None:
        """Give the fact that says that the duty is done: its completing task is, or the step that is another body's."""
        completing = (rule for rule in self.obligation.milestones if rule.completes or not rule.ours)
        return next((fact for rule in completing if (fact := self.recorded(rule))), None)

    @cached_property
    def why(self) -> tuple[str, ...]:
        given = self.duty_date
        originally = moves.originally(given.opens_on, given.closes_on, given.legal_on)
        over = (over_because(self.ended),) if self.ended else ()
        return (*given.why, *moves.history(self.obligation, self.book, self.ref, originally), *over)

    @property
    def set_on(self) -> tuple[str, ...]:
        """Give the sentences about the facts that set its days since, or closed it."""
        return self.why[len(self.duty_date.why) :]

    def closed_because(self, due_on: date | None) -> str:
        """Say why nobody is asked any more for a task due on that day; empty while people may be asked."""
        if self.cancelled:
            return moves.cancelled_because(self.obligation.kind, self.cancelled)
        if self.ended:
            return over_because(self.ended)
        if self.held and self.submitted is None and due_on and self.ends_on:
            return moves.took_place(self.held) if due_on <= self.ends_on else ""
        end, closes_on = series_end(self.obligation, self.book), self.duty_date.closes_on
        ended = self.is_window and end is not None and closes_on is not None and closes_on >= end.on
        return ended_because(end) if ended and end else ""

    def names(self) -> dict[str, Dated]:
        """Give every date that a task may count from: the occurrence's own before those of the council."""
        local = {
            "due": None if self.is_window else self.working_on,
            "legal": None if self.is_window else self.legal_on,
            "start": self.starts_on,
            "end": self.ends_on,
            "expected": self.starts_on or self.duty_date.opens_on,
        }
        if self.provisional_on:
            local |= {"due": provisional(self.calendars).office.roll_back(self.provisional_on)}
            local |= {"legal": self.provisional_on}
        own = {name: dated(fact) for name, fact in self.book.all_own(self.ref).items()}
        return {
            **self.dates,
            **own,
            **{name: Dated(on, facts=self.facts, called=self._called(name, on)) for name, on in local.items() if on},
        }

    def _called(self, name: str, on: date) -> str:
        """Name a day of the occurrence for people: its working day is its date where the two are the same."""
        same = name == "due" and on == self.legal_on
        return f"{_CALLED['legal' if same else name]} “{self.obligation.title}”"
