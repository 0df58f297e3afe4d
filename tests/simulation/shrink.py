"""Find the shortest script that still breaks the same promise: everything is taken away that the story does not
need.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from time import monotonic
from typing import TypeVar

from tests.simulation.days import london
from tests.simulation.promises import Broken
from tests.simulation.script import Script
from tests.simulation.world import World

T = TypeVar("T")


@dataclass(frozen=True)
class Outcome:
    """Tell how a script ended: the promise that was broken and its story, or nothing."""

    script: Script
    broken: Broken | None
    at: datetime
    story: tuple[tuple[datetime, str], ...]
    given: tuple[str, ...]
    letters: int = 0
    answers: int = 0


def live(script: Script) -> Outcome:
    """Live a script until a promise is broken, or to its end."""
    broken = None
    with World(script) as world:
        try:
            world.run()
        except Broken as found:
            broken = found
        answers = sum(map(len, world.account.answers.values()))
        told = tuple(world.story), tuple(dict.fromkeys(world.given))
        return Outcome(script, broken, world.now, *told, len(world.account.letters), answers)


def shrink(outcome: Outcome, *, seconds: float) -> Outcome:
    """Give a shorter one that breaks the same promise; the best that was found in that time."""
    assert outcome.broken
    promise, until = outcome.broken.promise, monotonic() + seconds

    def still(script: Script) -> Outcome | None:
        if monotonic() > until:
            return None
        again = live(script)
        return again if again.broken and again.broken.promise == promise else None

    best = still(replace(outcome.script, last_on=_day(outcome))) or outcome
    for shorter in (_fewer_duties, _fewer_answers, _fewer_events, _fewer_duties, _fewer_answers):
        best = shorter(best, still)
    return best


Still = Callable[[Script], Outcome | None]


def _day(outcome: Outcome) -> date:
    return london(outcome.at).date() + timedelta(days=1)


def _fewer_duties(best: Outcome, still: Still) -> Outcome:
    for duty in best.script.town.duties:
        if len(best.script.town.duties) > 1:
            best = still(replace(best.script, without=best.script.without | {duty})) or best
    return best


def _fewer_events(best: Outcome, still: Still) -> Outcome:
    def only(kept: Sequence[object]) -> Outcome | None:
        return still(best.script.only(tuple(kept)))  # type: ignore[arg-type]

    past = tuple(event for event in best.script.events if event.at <= best.at)
    best = only(past) or best
    for kept in _halving(best.script.events):
        if set(kept) < set(best.script.events):
            best = still(best.script.only(tuple(event for event in best.script.events if event in kept))) or best
    return best


def _fewer_answers(best: Outcome, still: Still) -> Outcome:
    best = still(replace(best.script, muted=best.script.muted | set(best.given))) or best
    for kept in _halving(best.given):
        gone = {each for each in best.given if each not in kept}
        if gone - best.script.muted:
            best = still(replace(best.script, muted=best.script.muted | gone)) or best
    return best


def _halving(ones: Sequence[T]) -> Iterator[tuple[T, ...]]:
    """Give the ones without their halves, without their quarters … and without each."""
    size = (len(ones) + 1) // 2
    while size and ones:
        for begin in range(0, len(ones), size):
            yield tuple(halving for number, halving in enumerate(ones) if not begin <= number < begin + size)
        size = 0 if size == 1 else (size + 1) // 2
