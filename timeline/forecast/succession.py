"""Decide what the successors of a council that ends take over, and what stands in the way of it."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from timeline.calendar.wording import count, long_date
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.facts import HANDED_OVER, PASSED_ON, Fact
from timeline.definitions.people import Person
from timeline.escalation.day import horizon
from timeline.forecast.changes import Change
from timeline.planning.endings.council_end import BETWEEN
from timeline.planning.occurrences import Milestone
from timeline.planning.plan import plan

Event = tuple[str, str | None]
"""The name of a fact, and the occurrence that it is about."""


@dataclass(frozen=True, kw_only=True)
class Successor:
    """Hold a council that takes over, as its file (`source`) states it.

    With `takes_programme` it asks for the actions of the programme too.
    """

    source: str
    given: CouncilTimeline
    takes_programme: bool = True

    @property
    def name(self) -> str:
        return self.given.council.name


@dataclass(frozen=True, kw_only=True)
class Succession:
    """Hold the end of a council on its vesting day, and those that follow it.

    `before` is the timeline of the council that ends, `done` are the references of its tasks that are done, `by` names
    who hands over, from what `source`.
    """

    before: CouncilTimeline
    successors: Sequence[Successor]
    done: Collection[str]
    vesting_on: date
    at: datetime
    by: str
    source: str

    @cached_property
    def open_tasks(self) -> Mapping[str, Milestone]:
        """Give the tasks of which somebody is still asked, by reference."""
        asked = ((ref, task) for ref, task in self._tasks(self.before).items() if task.chased and ref not in self.done)
        return {ref: task for ref, task in asked if task.due_on is None or task.due_on >= self._since(task)}

    def _since(self, task: Milestone) -> date:
        return self.before.council.live_since(task.obligation) or date.min

    @cached_property
    def tasks(self) -> Mapping[str, Mapping[str, Milestone]]:
        """Give the tasks of each successor as they will stand, by its key."""
        return {each.given.council.key: self._tasks(self.begun(each)) for each in self.successors}

    def begun(self, successor: Successor) -> CouncilTimeline:
        """Give the successor's timeline as it begins: with the facts of the council that ends."""
        taking = self.taking_over(successor)
        inherits = successor.takes_programme and not taking.asked.public_on
        asked = self.before.asked if inherits else taking.asked
        return replace(taking, facts=(*taking.facts, *self.handed(successor)), asked=asked)

    def taking_over(self, successor: Successor) -> CouncilTimeline:
        """Give the timeline of its file, live since the council before was, and in trial only if it says until when.

        A clock of law runs on: what was open is still asked for.
        """
        council = successor.given.council
        live_from = council.live_from or self.before.council.live_from
        return replace(successor.given, council=replace(council, live_from=live_from, shadow_by_default=False))

    def handed(self, successor: Successor) -> tuple[Fact, ...]:
        """Give the facts that go over: those of which the successor's file says nothing itself."""
        stated = {_event(fact) for fact in successor.given.facts}
        facts = (fact for fact in self.before.facts if fact.name not in PASSED_ON)
        return tuple(fact for fact in facts if _event(fact) not in stated)

    def known_as(self, successor: Successor) -> Callable[[Person], str]:
        """Give the key of a person of the council that ends with the successor: who has the same address, or the same
        key and name, is the same; another is named as of the council that ended.
        """
        directory, former = successor.given.directory, self.before.council.key

        def key(person: Person) -> str:
            here = directory.at_address(person.address) if person.address else None
            same = directory.people.get(person.key)
            if here is None and same and same.name == person.name:
                here = same
            return here.key if here else f"{person.key}-of-{former}"

        return key

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Give the facts by which the council ends: who has everything, and each duty that not all of them have."""
        names = [successor.name for successor in self.successors]
        told = {"on": self.vesting_on, "known_at": self.at, "who": self.by, "source": self.source}
        whole = Fact(name=HANDED_OVER, called=BETWEEN.join(names), **told)  # type: ignore[arg-type]  # of four kinds
        parted = ((duty, self._having(duty)) for duty in dict.fromkeys(task.obligation for task in self._all.values()))
        some = ((duty, having) for duty, having in parted if having and having != names)
        return (whole, *(replace(whole, occurrence=duty, called=BETWEEN.join(having)) for duty, having in some))

    @cached_property
    def left(self) -> tuple[str, ...]:
        """Name the duties with an open task that no successor has: with the handover it ends."""
        theirs = {ref for tasks in self.tasks.values() for ref in tasks}
        return tuple(dict.fromkeys(task.obligation for ref, task in self.open_tasks.items() if ref not in theirs))

    @cached_property
    def faults(self) -> tuple[str, ...]:
        """Say in sentences what stands in the way."""
        return tuple(self._faults())

    def moves(self, successor: Successor) -> Iterator[Change]:
        """Give the open tasks whose date is another with the successor, by its own rules or committees."""
        theirs = self.tasks[successor.given.council.key]
        for ref, task in self.open_tasks.items():
            if ref in theirs and theirs[ref].due_on != task.due_on:
                days = (str(task.due_on or ""), str(theirs[ref].due_on or ""))
                yield Change(change="moved", ref=ref, from_=days[0], to=days[1], why=f"As {successor.name} has it.")

    def _faults(self) -> Iterator[str]:
        stated = self.before.council.vesting_day
        if stated and stated != self.vesting_on:
            yield f"The timeline of {self.before.council.name} says vesting_day: {stated}, and --on {self.vesting_on}."
        keys = [self.before.council.key, *(each.given.council.key for each in self.successors)]
        for successor in self.successors:
            if keys.count(successor.given.council.key) > 1:
                yield f"{successor.source}: council.key: “{successor.given.council.key}” is another council's already."
            yield from self._facts_differ(successor)
            yield from self._dates_differ(successor)
            yield from self._forgotten(successor)
        for duty in self.left:
            if any(task.standing.binds for task in self.open_tasks.values() if task.obligation == duty):
                yield f"No successor has all of “{duty}”, which the law or a direction asks for; expected one that has."

    def _facts_differ(self, successor: Successor) -> Iterator[str]:
        known = {_event(fact): fact for fact in self.before.facts}
        for fact in successor.given.facts:
            same = known.get(_event(fact))
            if same and (same.on, same.until) != (fact.on, fact.until):
                theirs = f"{self.before.council.name} has {same.on}"
                yield f"{successor.source}: {fact.name}: {fact.on}, and {theirs}; expected the same, or no such fact."

    def _dates_differ(self, successor: Successor) -> Iterator[str]:
        """Hold that no date of law moves because a council does."""
        theirs = self.tasks[successor.given.council.key]
        for ref, task in self.open_tasks.items():
            now = theirs.get(ref)
            if now and task.standing.binds and now.legal_on != task.legal_on:
                was = long_date(task.legal_on) if task.legal_on else "no date"
                here = long_date(now.legal_on) if now.legal_on else "no date"
                yield f"{successor.source}: {ref} would have the legal date {here}; expected {was}, as it stands."

    def _forgotten(self, successor: Successor) -> Iterator[str]:
        live_from = successor.given.council.live_from
        late = [ref for ref, task in self.open_tasks.items() if live_from and task.due_on and task.due_on < live_from]
        if late and live_from:
            what = f"{count(len(late), 'open task')}, the first {late[0]}, would be asked of nobody"
            day = self._first_due(late)
            yield f"{successor.source}: live_from: {live_from}: {what}; expected no live_from, or {day}."

    def _first_due(self, refs: Collection[str]) -> date | None:
        return min((due_on for ref in refs if (due_on := self.open_tasks[ref].due_on)), default=None)

    def _having(self, duty: str) -> list[str]:
        return [each.name for each in self.successors if any(own.key == duty for own in each.given.obligations)]

    @cached_property
    def _all(self) -> Mapping[str, Milestone]:
        return self._tasks(self.before)

    def _tasks(self, timeline: CouncilTimeline) -> Mapping[str, Milestone]:
        planned = plan(timeline, at=self.at, until=horizon(timeline, at=self.at))
        return {task.ref: task for occurrence in planned for task in occurrence.milestones}


def _event(fact: Fact) -> Event:
    return fact.name, fact.occurrence
