"""Ask at the end of each working day: has everybody been told who should have been by now?"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from tests.simulation.account import Letter
from tests.simulation.meant import by_selector, climbs_too_high, too_high
from tests.simulation.promises import LOST, Broken, short
from tests.simulation.reckoning import Task
from tests.simulation.scene import Scene
from timeline.definitions.refs import duty_of

# Working days on which everything ran and the mail server was there. A rung is said on the first; the others are for
# what happened in between, and for the working day that an owner has before anybody above is told.
OWNER_WITHIN = 3
OTHERS_WITHIN = 6
LONG_OVER = timedelta(days=60)


class Due(NamedTuple):
    """Hold somebody who should have heard of a task since a day, and within how many good days."""

    person: str
    since: date
    within: int
    step: str


@dataclass
class Evenings:
    """Remember the good days, and since when things stand for each task and person as they stand."""

    live_from: date
    good: list[date] = field(default_factory=list)
    _stood: dict[tuple[str, str], tuple[object, date]] = field(default_factory=dict)

    def ask(self, scene: Scene, *, dead: frozenset[str], was_good: bool) -> None:
        """Raise Broken for the first thing that was lost. `dead` are the people whose mailbox takes nothing."""
        on = scene.folk.on
        if was_good:
            self.good.append(on)
        if scene.in_shadow:
            self._stood.clear()
            return
        before, self._stood = self._stood, {}
        for task in scene.reckoning.tasks.values():
            if self._is_open(task, scene):
                for due in _due(task, scene):
                    # Whoever was meant before an evening on which somebody else was is meant anew.
                    if (task.ref, due.person) in before:
                        self._stood[task.ref, due.person] = before[task.ref, due.person]
                    self._heard(task, due, scene, dead)

    def _is_open(self, task: Task, scene: Scene) -> bool:
        on = scene.folk.on
        if task.due_on is None or task.closed or task.recorded or task.due_on < self.live_from:
            return False
        if duty_of(task.ref) in scene.paused:
            return False
        near = task.due_on - LONG_OVER <= on <= task.due_on + LONG_OVER
        return near and not scene.account.done(task.ref)

    def _heard(self, task: Task, due: Due, scene: Scene, dead: frozenset[str]) -> None:
        on = scene.folk.on
        begun = max(due.since, self._stands_since(task, due, scene, due.person in dead))
        good = len(self.good) - bisect_left(self.good, begun)
        instead = _stand_ins(due, task, scene, dead) if due.person in dead else set[str]()
        if good < due.within or (due.person in dead and not instead):
            return
        if not any(_tells(letter, task, due, scene, instead) for letter in scene.account.about[task.ref]):
            raise Broken(
                LOST,
                f"{due.person} should have heard of {task.ref} (due {short(task.due_on or on)}, {due.step}) "
                f"since {short(begun)}, and by the evening of {short(on)} has not.",
            )

    def _stands_since(self, task: Task, due: Due, scene: Scene, is_dead: bool) -> date:
        silent = scene.silent_until(task), scene.is_silent(task)
        given = scene.last(task), silent, scene.delegate(task)
        now = (task.due_on, *given, is_dead, due.within, due.step, task.embargoes)
        key = (task.ref, due.person)
        if self._stood.get(key, (None,))[0] != now:
            self._stood[key] = (now, scene.folk.on)
        return self._stood[key][1]


def _stand_ins(due: Due, task: Task, scene: Scene, dead: frozenset[str]) -> set[str]:
    """Tell who can be reached for somebody who cannot, and may hear of it: the deputies, and an owner's line
    manager.
    """
    there = {deputy for deputy in scene.folk.deputies(due.person) if not scene.folk.away(deputy)}
    given = {each for each in there if scene.in_circulation(each, task)}
    given |= by_selector("line manager of owner", task, scene) if due.within == OWNER_WITHIN else set()
    return given - {due.person} - dead


def _tells(letter: Letter, task: Task, due: Due, scene: Scene, instead: set[str]) -> bool:
    """Tell whether there is a letter that arrived, since then, at the person or whoever stands in."""
    if letter.arrives_at is None or letter.bounced or letter.on < due.since:
        return False
    told = [each for each in letter.told if each.ref == task.ref and each.due_on == task.due_on]
    if letter.ahead:
        # Said too early, for a step that a wrong clock took for due: it stands for that step alone.
        told = [each for each in told if each.rung == due.step]
    to_them = letter.person == due.person or letter.person in scene.folk.deputies(due.person) | instead
    return bool(told) and (to_them or any(each.person == due.person for each in told))


def _due(task: Task, scene: Scene) -> Iterator[Due]:
    """Tell who should have heard by tonight: the latest step that speaks to each."""
    latest: dict[str, Due] = {}
    for step in task.steps:
        if (step.unless_acknowledged and scene.is_silent(task)) or task.due_on is None:
            continue
        if step.mark == "before" and scene.folk.on > task.due_on:
            continue
        moments = [on for on in step.moments(task.due_on, scene.days) if on <= scene.folk.on]
        for selector in step.to if moments else ():
            person = "" if climbs_too_high(step, selector, task, scene) else _asked(selector, task, scene)
            if person and (person not in latest or latest[person].since <= moments[-1]):
                within = OWNER_WITHIN if selector == "owner" else OTHERS_WITHIN
                latest[person] = Due(person, moments[-1], within, step.key)
    yield from latest.values()


def _asked(selector: str, task: Task, scene: Scene) -> str:
    """Give the person a step means tonight, if that person may hear of it."""
    folk, given = scene.folk, scene.delegate(task)
    if selector == "owner" and scene.is_declined(task):
        selector = "line manager of owner"
    elif selector == "owner" and given and not folk.away(given):
        return given if scene.in_circulation(given, task) else ""
    elif selector == "owner" and given and any(not folk.away(deputy) for deputy in folk.deputies(given)):
        return ""
    post, person = folk.there(selector, task.owner, lambda who: scene.in_circulation(who, task))
    if not post or not folk.may_hear(task.duty_class.value, task.owner, post) or too_high(selector, post, task, scene):
        return ""
    return person if scene.in_circulation(person, task) else ""
