"""Hold the world's own reckoning of what is due: worked out a second time, from the rules' text and what the
world did.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property

from tests.simulation.days import Days, london
from tests.simulation.ladders import Step, of
from tests.timeline.begun import local
from tests.timeline.independent import PROCLAIMED, _days_of, _Second
from tests.timeline.second_count import anchor_of, is_series
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.duties import DutyClass, MilestoneRule, Obligation
from timeline.definitions.facts import Embargo, Fact

_AHEAD = timedelta(days=370)
_LOCAL = ("due", "legal", "start", "end", "expected")


@dataclass(frozen=True)
class Task:
    """Hold a piece of work as the world knows it; `closed` when nobody is to be asked for it any more.

    `recorded` is the fact by which it is done, without any answer.
    """

    ref: str
    title: str
    owner: str
    duty_class: DutyClass
    due_on: date | None
    legal_on: date | None
    closed: bool
    steps: tuple[Step, ...]
    acknowledged_for: int
    embargoes: tuple[tuple[Embargo, str], ...]
    recorded: Fact | None = None


@dataclass(frozen=True)
class Reckoning:
    """Hold everything as it was known at one instant. `known` is the council as the world has made it."""

    known: CouncilTimeline
    at: datetime

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        return tuple(fact for fact in self.known.facts if fact.known_at <= self.at)

    @cached_property
    def days(self) -> Days:
        late = [fact.on for fact in self.facts if fact.name == PROCLAIMED]
        return Days(late, self.known.closure_days, london(self.at).date())

    @cached_property
    def tasks(self) -> dict[str, Task]:
        """Give every task by its reference, as far ahead as matters."""
        until = min(london(self.at).date() + _AHEAD, self.known.calendars.law.last_on)
        second = _Second(self.known, self.at, until)
        return {task.ref: task for duty in self.known.obligations for task in self._of_duty(duty, second)}

    def _of_duty(self, duty: Obligation, second: _Second) -> Iterator[Task]:
        whens = {milestone.key: milestone.when for milestone in duty.milestones}
        for number, each in second.worked(duty, second.dates).items():
            ref = f"{duty.key}/{number}"
            own = second.own.get(ref, {})
            set_by = own.get("held") or own.get("moved") or own.get(duty.confirmed_by or "")
            frame = _days_of(each, set_by, second.days, fixed=duty.is_fixed)
            # Work for a submission that was made early was due by its legal date at the latest, whenever it was made.
            ends = [frame["ends_on"], frame["legal_on"]] if duty.is_fixed else [frame["ends_on"]]
            over_on = max(filter(None, ends), default=None)
            dates = {**second.dates, **{name: fact.on for name, fact in own.items()}, **local(frame)}
            tasks = []
            for rule in (each for each in duty.milestones if number == 1 or not each.only_first):
                dated, gone_by = second.step(duty, number, rule.key, whens, dates)
                due_on = dated.working_on if dated else None
                recorded = self._recorded(rule, own)
                if _was_known(duty, rule, recorded, dates):
                    continue
                steps, holds = of(rule.ladder)
                task = Task(
                    ref=f"{ref}/{rule.key}",
                    title=rule.title,
                    owner=rule.owner,
                    duty_class=duty.duty_class,
                    due_on=due_on,
                    legal_on=dated.legal_on if dated else None,
                    closed=gone_by or _closed(own, set_by, due_on, over_on),
                    steps=steps,
                    acknowledged_for=holds,
                    embargoes=tuple(self._embargoes(duty, rule, own)),
                    recorded=recorded,
                )
                tasks.append(task)
            too_soon = set_by is None and _too_soon(duty, tasks, frame["starts_on"], second.dates)
            yield from (replace(task, closed=task.closed or too_soon) for task in tasks)

    def _recorded(self, rule: MilestoneRule, own: dict[str, Fact]) -> Fact | None:
        """Give the last fact known by which the task is done, the occurrence's own before the council's."""
        shared = [fact for fact in self.facts if fact.occurrence is None and fact.name == rule.done_by]
        return own.get(rule.done_by or "") or max(shared, key=lambda fact: fact.known_at, default=None)

    def _embargoes(self, duty: Obligation, rule: MilestoneRule, own: dict[str, Fact]) -> Iterator[tuple[Embargo, str]]:
        """Give the embargoes on the one fact that a task is counted from, and the name of the fact that lifts each."""
        name = _root(duty, rule, self.known)
        shared = {fact.name: fact for fact in self.facts if fact.occurrence is None}
        fact = own.get(name) or shared.get(name)
        if fact and fact.embargo:
            lifted = own.get(fact.embargo.until_fact or "") or shared.get(fact.embargo.until_fact or "")
            if lifted is None or lifted.on > london(self.at).date():
                yield fact.embargo, name


def _root(duty: Obligation, rule: MilestoneRule, known: CouncilTimeline) -> str:
    """Give the fact at the bottom of a task's date, followed through its siblings and its duty. A duty that was moved
    rests on what it was counted from all the same.
    """
    whens = {milestone.key: milestone.when for milestone in duty.milestones}
    name = anchor_of(rule.when)
    while name in whens:
        name = anchor_of(whens[name])
    if name not in _LOCAL:
        return name
    others = {obligation.key: obligation for obligation in known.obligations}
    name = anchor_of(duty.rule)
    while name in others:
        name = anchor_of(others[name].rule)
    return name


def _was_known(duty: Obligation, rule: MilestoneRule, recorded: Fact | None, dates: Mapping[str, date]) -> bool:
    """Tell whether a day that is to be recorded was known before anybody could be asked for it: then it is no task."""
    since = dates.get(anchor_of(rule.when))
    if recorded is None or since is None or rule.done_by != anchor_of(duty.rule):
        return False
    return london(recorded.known_at - timedelta(microseconds=1)).date() < since


def _closed(own: dict[str, Fact], set_by: Fact | None, due_on: date | None, ends_on: date | None) -> bool:
    """Tell whether it was cancelled and not set again since; or what was to be done before it took place."""
    cancelled = own.get("cancelled")
    if cancelled and not (set_by and set_by.known_at > cancelled.known_at):
        return True
    return bool(set_by and set_by.name == "held" and due_on and ends_on and due_on <= ends_on)


def _too_soon(duty: Obligation, tasks: Sequence[Task], held_on: date | None, dates: Mapping[str, date]) -> bool:
    """Tell whether something that goes before one of a council's own series was due by the day from which it counts."""
    begun = dates.get(anchor_of(duty.rule))
    before = [task.due_on for task in tasks if task.due_on and held_on and task.due_on < held_on]
    ours = not duty.standing.binds and is_series(duty.rule)
    return bool(ours and begun and before and min(before) <= begun)
