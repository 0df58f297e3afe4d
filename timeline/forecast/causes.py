"""Tell why dates differ between two timelines: the changes in facts, duties and days off, in sentences."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from timeline import rules
from timeline.calendar.wording import long_date
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.duties import Obligation
from timeline.definitions.facts import PROCLAIMED, Fact, known
from timeline.planning.rescheduling import AGREED, CANCELLED, HELD, MOVED, day, days

Key = tuple[str, str]


@dataclass(frozen=True)
class Causes:
    """Hold the differences: `facts` by occurrence (empty for the council) and name, `duties` by key, and `days_off`.

    `names` are all the names that the dates of each duty are counted from, directly or through others.
    """

    facts: Mapping[Key, str]
    duties: Mapping[str, str]
    days_off: tuple[str, ...]
    names: Mapping[str, frozenset[str]]

    def of(self, obligation: str, occurrence: str) -> str:
        """Give the causes that bear on an occurrence; if none does so directly, give every difference."""
        names = self.names.get(obligation, frozenset())
        own = [text for (ref, _), text in self.facts.items() if ref == occurrence]
        duties = [text for key, text in self.duties.items() if key == obligation or key in names]
        counted = [text for (ref, name), text in self.facts.items() if not ref and name in names]
        reasons = [*own, *duties, *counted] or [*self.days_off] or [*self.facts.values(), *self.duties.values()]
        return " ".join(dict.fromkeys(reasons))


def causes(before: CouncilTimeline, after: CouncilTimeline, *, at: datetime) -> Causes:
    """Find the differences between two timelines as they are known at `at`."""
    return Causes(
        dict(_facts(before, after, at)),
        dict(_duties(before, after)),
        tuple(_days_off(before, after, at)),
        {**names_of(before), **names_of(after)},
    )


def _facts(before: CouncilTimeline, after: CouncilTimeline, at: datetime) -> Iterator[tuple[Key, str]]:
    was, now = _known(before, at), _known(after, at)
    for key in {**was, **now}:
        old, new = was.get(key), now.get(key)
        if old != new and key[1] != PROCLAIMED:
            yield key, _fact(key, old, new)


def _known(timeline: CouncilTimeline, at: datetime) -> dict[Key, Fact]:
    book = known(timeline.facts, at=at)
    return {**{("", name): fact for name, fact in book.shared.items()}, **book.of_occurrence}


def _fact(key: Key, old: Fact | None, new: Fact | None) -> str:
    called = f"{key[1]} of {key[0]}" if key[0] else key[1]
    # Many end their reason with a full stop, and so does the sentence.
    source = f": {new.source.rstrip('. ')}" if new and new.source else ""
    if new is not None and key[1] in _MOVES:
        words = f"{key[0]} {_MOVES[key[1]]}" + ("" if key[1] == CANCELLED else f" {_when(new)}")
        return f"{words}{source}."
    if new is None:
        return f"{called} no longer holds (it was {_when(old)})." if old else ""
    if old is None:
        return f"{called} is {_when(new)}{source}."
    if _when(old) == _when(new):
        return f"{called} ({_when(new)}) is told otherwise{source}."
    return f"{called} was {_when(old)}, is now {_when(new)}{source}."


_MOVES = {
    MOVED: "is moved to",
    AGREED: "has, agreed beside its legal date,",
    HELD: "took place on",
    CANCELLED: "is cancelled",
}


def _when(fact: Fact) -> str:
    last_on = fact.until or fact.on
    return day(fact.on) if last_on == fact.on else days(fact.on, last_on)


def _duties(before: CouncilTimeline, after: CouncilTimeline) -> Iterator[tuple[str, str]]:
    was, now = ({duty.key: duty for duty in council_timeline.obligations} for council_timeline in (before, after))
    for key in {**was, **now}:
        old, new = was.get(key), now.get(key)
        if old is None or new is None:
            yield key, "The duty was added." if old is None else "The duty was taken off the timeline."
        elif old != new:
            yield key, " ".join(_rules_changed(old, new))


def _rules_changed(old: Obligation, new: Obligation) -> Iterator[str]:
    if old.rule != new.rule:
        yield f"The rule was “{old.rule}”, is now “{new.rule}”."
    was = {milestone.key: milestone.when for milestone in old.milestones}
    for rule in new.milestones:
        if was.get(rule.key, rule.when) != rule.when:
            yield f"The rule of {rule.key} was “{was[rule.key]}”, is now “{rule.when}”."
    if old.version != new.version:
        yield f"The rule pack was version {old.version}, is now version {new.version}."
    elif (old.rule, was) == (new.rule, {milestone.key: milestone.when for milestone in new.milestones}):
        yield "Its wording, its steps or its owners differ."


def _days_off(before: CouncilTimeline, after: CouncilTimeline, at: datetime) -> Iterator[str]:
    was, now = _holidays(before, at), _holidays(after, at)
    for on in sorted(now.keys() - was.keys()):
        yield f"{long_date(on)} was proclaimed a bank holiday ({now[on]})."
    for on in sorted(was.keys() - now.keys()):
        yield f"{long_date(on)} is no bank holiday any more ({was[on]})."
    for on in sorted(after.closure_days.keys() - before.closure_days.keys()):
        yield f"{long_date(on)} is a closure day now ({after.closure_days[on]})."
    for on in sorted(before.closure_days.keys() - after.closure_days.keys()):
        yield f"{long_date(on)} is no closure day any more."


def _holidays(timeline: CouncilTimeline, at: datetime) -> dict[date, str]:
    late = {
        fact.on: fact.called or fact.source
        for fact in timeline.facts
        if fact.name == PROCLAIMED and fact.known_at <= at
    }
    return {**late, **timeline.proclaimed_bank_holidays}


def names_of(timeline: CouncilTimeline) -> dict[str, frozenset[str]]:
    """Give for each duty's key all the names that its dates are counted from, directly or through others."""
    direct = {duty.key: _direct(duty) for duty in timeline.obligations}
    return {key: frozenset(_reached(key, direct)) for key in direct}


def _direct(obligation: Obligation) -> set[str]:
    texts = [
        obligation.rule,
        *(rule.rule for rule in obligation.readings),
        *(rule.when for rule in obligation.milestones),
    ]
    counted_from = {name for text in texts for name in rules.names(rules.parse(text))}
    return counted_from | {*filter(None, (obligation.confirmed_by, obligation.condition, obligation.each))}


def _reached(key: str, direct: Mapping[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    ahead = [key]
    while ahead:
        for name in direct.get(ahead.pop(), set()) - seen:
            seen.add(name)
            ahead.append(name)
    return seen
