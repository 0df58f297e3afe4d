"""Hold a whole timeline worked out a second time, from the text of its rules and its facts (see second_count.py).

Only the records are the heart's own; nothing of `timeline/` runs here. A duty's date is that of its first
occurrence; a task counts from its occurrence's days, another task, a fact or a duty (docs/timelines.md).
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tests.timeline.begun import begun, is_lost, local, stated_since
from tests.timeline.second_count import Beyond, Days, Found, anchor_of, every, is_series, outcome

if TYPE_CHECKING:
    from timeline.definitions.council import CouncilTimeline
    from timeline.definitions.duties import MilestoneRule, NamedRule, Obligation
    from timeline.definitions.facts import Fact
    from timeline.planning.occurrences import Milestone, Occurrence

PROCLAIMED = "proclaimed_bank_holiday"
FAR = timedelta(days=5 * 366)

Dates = Mapping[str, date]


def disagreements(
    timeline: "CouncilTimeline",
    occurrences: "Iterable[Occurrence]",
    *,
    at: datetime | None = None,
    until: date | None = None,
) -> list[str]:
    """Tell what `plan` gave and a second calculation does not give, one readable line for each date.

    `at` is the instant that was planned for, where facts or bank holidays are known later than that; `until`, the
    last day planned for, also finds what is missing or too much in a series.
    """
    second, planned = _Second(timeline, at, until), tuple(occurrences)
    given = [line for occurrence in planned for line in second.against(occurrence)]
    return given + (second.missing(planned) if until else [])


class _Second:
    def __init__(self, timeline: "CouncilTimeline", at: datetime | None, until: date | None) -> None:
        facts = sorted((each for each in timeline.facts if at is None or each.known_at <= at), key=_known_at)
        self.own: dict[str, dict[str, Fact]] = {}
        for fact in facts:
            self.own.setdefault(fact.occurrence or "", {})[fact.name] = fact
        self.named = [(fact.occurrence or "", fact.name, fact.on, _london_day(fact.known_at)) for fact in facts]
        self.duties = {duty.key: duty for duty in timeline.obligations}
        late = [fact.on for fact in facts if fact.name == PROCLAIMED]
        known_on = _london_day(at) if at else date.max
        self.days = _days(
            frozenset({*timeline.proclaimed_bank_holidays, *late}), frozenset(timeline.closure_days), known_on
        )
        self.until = until or max((fact.on for fact in facts), default=date(2020, 1, 1)) + FAR
        self.shared = {name: fact.on for name, fact in self.own.get("", {}).items()}
        self.dates: Dates = {**self.shared, **dict(self._duty_dates())}

    def _duty_dates(self) -> Iterator[tuple[str, date]]:
        """Give the date of each duty that has one, whatever order the duties stand in."""
        found = ((key, self._duty_date(key)) for key in self.duties)
        yield from ((key, on) for key, on in found if on)

    def _duty_date(self, key: str) -> date | None:
        duty = self.duties[key]
        rules = [duty.rule, *(reading.rule for reading in duty.readings)]
        needed = {name for name in map(anchor_of, rules) if name in self.duties}
        others = {name: on for name in needed if (on := self._duty_date(name))}
        return next((each.legal_on for each in self.worked(duty, {**self.shared, **others}).values() if each), None)

    def worked(self, duty: "Obligation", dates: Dates) -> dict[int, Found | None]:
        """Give the duty's dates by number; None stands for one that waits, of which a track not begun has none."""
        begun = not duty.track or any(name in own for own in self.own.values() for name in duty.track)
        on = dates.get(anchor_of(duty.rule)) if duty.track and is_series(duty.rule) else None
        return {n: each for n, each in self._given(duty, dates).items() if (each.legal_on != on if each else begun)}

    def _given(self, duty: "Obligation", dates: Dates) -> dict[int, Found | None]:
        if duty.each:
            return {number: self._held_back(duty, {**dates, **own}) for number, own in self._each(duty, duty.each)}
        if duty.again:
            again: Mapping[int, Dates] = {1: {}, **dict(self._each(duty, duty.again))}
            return {n: self._held_back(duty, {**dates, **own}) for n, own in again.items()}
        if not is_series(duty.rule):
            return {1: self._held_back(duty, dates)}
        if _waits(duty.rule, dates) or _conditional(duty, dates):
            return {1: None}
        given = enumerate(every(duty.rule, dates, self.days, until=self.until), start=1)
        recorded = [int(number) for key, _, number in (ref.partition("/") for ref in self.own) if key == duty.key]
        most = max([duty.most, *recorded]) if duty.most else None
        laid: dict[int, Found | None] = {number: each for number, each in given if most is None or number <= most}
        return dict(self._behind(duty, laid)) if duty.confirmed_by else laid

    def _behind(self, duty: "Obligation", laid: Mapping[int, Found | None]) -> Iterator[tuple[int, Found | None]]:
        """Put each window at least half its length behind the visit before it, and right behind a window put off."""
        not_before: date | None = None
        for number, each in laid.items():
            own = self.own.get(f"{duty.key}/{number}", {})
            visit = own.get("held") or own.get("moved") or own.get(duty.confirmed_by or "")
            window = each and each.opens_on and each.legal_on - each.opens_on
            if visit and window:
                behind = (visit.until or visit.on) + timedelta(days=window.days // 2)
                not_before = max(behind, not_before or behind)
            elif not_before and each and each.opens_on and window and "cancelled" not in own:
                opens_on = max(each.opens_on, not_before)
                each = self.days.dated(opens_on + window)._replace(opens_on=opens_on)
                not_before = each.legal_on + timedelta(days=1)
            yield number, each

    def _each(self, duty: "Obligation", made_by: str) -> Iterator[tuple[int, Dates]]:
        """Give the number and the own facts of every occurrence for which the fact is recorded."""
        for ref in sorted(ref for ref, own in self.own.items() if ref.startswith(f"{duty.key}/") and made_by in own):
            yield int(ref.partition("/")[2]), {name: fact.on for name, fact in self.own[ref].items()}

    def _held_back(self, duty: "Obligation", dates: Dates) -> Found | None:
        """See that a duty with a condition has no date before the condition is known."""
        return None if _conditional(duty, dates) else self._earliest(duty, dates)

    def _earliest(self, duty: "Obligation", dates: Dates) -> Found | None:
        """Give the rule and the readings beside it; an upper bound speaks only while the rule itself waits."""
        as_written = self.once(duty.rule, dates)
        beside = [self.once(reading.rule, dates) for reading in duty.readings if _counts(reading, as_written)]
        return min((each for each in (as_written, *beside) if each), key=lambda each: each.legal_on, default=None)

    def once(self, rule: str, dates: Dates) -> Found | None:
        """Give one date; None when its fact is missing, or when it lies where no bank holidays are known."""
        try:
            return None if _waits(rule, dates) else outcome(rule, dates, self.days)
        except Beyond:
            return None

    def against(self, occurrence: "Occurrence") -> Iterator[str]:
        """Give the dates of one occurrence and of its tasks that differ."""
        duty, own = self.duties[occurrence.obligation], self.own.get(occurrence.ref, {})
        worked = self.worked(duty, self.dates)
        if occurrence.number not in worked:
            yield f"{occurrence.ref}: planned, and “{duty.rule}” gives no such number"
            return
        given = worked[occurrence.number]
        set_by = own.get("moved") or own.get(duty.confirmed_by or "")
        expected = _days_of(given, set_by, self.days, fixed=duty.is_fixed)
        for name, on in expected.items():
            if getattr(occurrence, name) != on:
                yield f"{occurrence.ref} {name}: planned {getattr(occurrence, name)}, expected {on} (“{duty.rule}”)"
        dates = {**self.dates, **{name: fact.on for name, fact in own.items()}, **local(expected)}
        yield from self._tasks(duty, occurrence.number, occurrence.milestones, dates)

    def _tasks(self, duty: "Obligation", number: int, planned: "Iterable[Milestone]", dates: Dates) -> Iterator[str]:
        # A day that is known already is not to be found out.
        known = {task.key for task in duty.milestones if self._is_known(duty, task, dates)}
        known |= {task.key for task in duty.milestones if task.only_first and number > 1}
        given = {task.key: task for task in planned}
        # Whose actions are open, the programme says: only their dates are worked out here.
        keys = {task.key: list(given) if duty.asks_owners else [task.key] for task in duty.milestones}
        whens = {key: task.when for task in duty.milestones if task.key not in known for key in keys[task.key]}
        if list(given) != list(whens):
            yield f"{duty.key}: planned the tasks {list(given)}, expected {list(whens)}"
            return
        for key, when in whens.items():
            outcome, _ = self.step(duty, number, key, whens, dates)
            expected = (outcome.legal_on, outcome.working_on) if outcome else (None, None)
            task = given[key]
            if (task.legal_on, task.due_on) != expected:
                yield f"{task.ref}: planned {task.legal_on}, due {task.due_on}; expected {expected} (“{when}”)"

    def _is_known(self, duty: "Obligation", task: "MilestoneRule", dates: Dates) -> bool:
        """Tell whether the day that a task finds out was known before anybody could be asked for it."""
        fact, asked_on = self.own.get("", {}).get(task.done_by or ""), dates.get(anchor_of(task.when), date.max)
        midnight = datetime.combine(asked_on, time(), ZoneInfo("Europe/London"))
        return fact is not None and duty.rule.endswith(f" {task.done_by}") and fact.known_at <= midnight

    def step(
        self, duty: "Obligation", number: int, key: str, whens: Mapping[str, str], dates: Dates
    ) -> tuple[Found | None, bool]:
        """Give the date of a task; True beside it where nobody is asked, because it had passed."""
        begun_on = begun(duty, {name: on for name, on in dates.items() if name not in self.duties})
        stated_on = stated_since(duty, number, self.named, dates.get("legal"))
        since = max(filter(None, (begun_on, stated_on)), default=None)
        own, later = self._task(key, whens, dates), self._task(key, whens, dates, since)
        if own and later and since and since != begun_on and is_lost(duty, key, own, later, since, dates):
            return own, " before " in whens[key] and own.legal_on < since
        return later, False

    def _task(self, key: str, whens: Mapping[str, str], dates: Dates, begun_on: date | None = None) -> Found | None:
        """See that a task counts from the working date of the one it names, and that none lies before its cause."""
        name = anchor_of(whens[key])
        sibling = self._task(name, whens, dates, begun_on) if name in whens else None
        known = {**dates, name: sibling.working_on} if sibling and sibling.working_on else dates
        given = self.once(whens[key], known)
        too_soon = given and begun_on and " before " in whens[key] and given.legal_on <= begun_on
        return self.once(f"1 working day after {begun_on}", known) if too_soon else given

    def missing(self, planned: "Iterable[Occurrence]") -> list[str]:
        """Give occurrences that the rules give up to `until` and that were not planned."""
        duties = {key: duty for key, duty in self.duties.items() if not duty.asks_owners}
        expected = {f"{key}/{number}" for key, duty in duties.items() for number in self.worked(duty, self.dates)}
        return [f"{ref}: expected, and not planned" for ref in sorted(expected - {each.ref for each in planned})]


def _days_of(given: Found | None, set_by: "Fact | None", days: Days, *, fixed: bool) -> dict[str, date | None]:
    """Give an occurrence's dates by the names of its fields; a fact of its own sets its days, but no `fixed` legal
    date.
    """
    opens_on = given.opens_on if given else None
    stays = fixed and given is not None and given.legal_on is not None
    now = days.dated(set_by.on) if set_by and not stays else given
    starts_on = None if opens_on and not set_by else set_by.on if set_by else now and now.legal_on
    return {
        "original_on": given and given.legal_on,
        "legal_on": now and now.legal_on,
        "working_on": now and now.working_on,
        "opens_on": opens_on,
        "closes_on": given.legal_on if given and opens_on else None,
        "starts_on": starts_on,
        "ends_on": set_by.until or set_by.on if set_by else starts_on,
    }


def _waits(rule: str, dates: Dates) -> bool:
    name = anchor_of(rule)
    return not name[0].isdigit() and name not in dates


def _conditional(duty: "Obligation", dates: Dates) -> bool:
    return duty.condition is not None and duty.condition not in dates


def _counts(reading: "NamedRule", as_written: Found | None) -> bool:
    return as_written is None or not reading.upper_bound


def _known_at(fact: "Fact") -> datetime:
    return fact.known_at


def _london_day(at: datetime) -> date:
    return at.astimezone(ZoneInfo("Europe/London")).date()


@cache
def _days(proclaimed: frozenset[date], closures: frozenset[date], known_on: date) -> Days:
    return Days(proclaimed, closures, known_on)
