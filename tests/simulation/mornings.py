"""Hold the statutory flows of each morning, without Prefect; most seeds pass over a morning that can say
nothing new.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from tasks.council import ledger
from tests.simulation.days import DAY, london
from tests.simulation.evening import LONG_OVER
from tests.simulation.script import instant
from tests.simulation.town import KEY
from timeline.definitions.absences import Absence
from timeline.definitions.people import Holder
from timeline.escalation.day import decide_day

if TYPE_CHECKING:
    from tests.simulation.world import World

IN_FULL = 20
"""Each seed that this divides lives every morning."""
_WRITTEN = "SELECT audit_sequence FROM council WHERE key = :key"
_OURS = "SELECT ref FROM milestone WHERE council = :key"
_OWN_FLOW = frozenset({"action-plan", "monitoring-visit", "plo-panel", "practice-manager-training"})


class Mornings:
    """Remember what stood written when the flows last ran."""

    def __init__(self, world: "World") -> None:
        self._world = world
        self._last: tuple[int, date] | None = None
        self._midnight = self._stuck = frozenset[str]()

    def run(self) -> None:
        """Do what the statutory flows do, for each group of duties."""
        world, right = self._world, self._world.clock.is_right
        if right and not world.neighbour.stands and self._nothing_to_look_at():
            return
        world.clock.watch()
        world.undoing.something_happens()
        kept = [self._attempt(duties) for duties in self._flows()]
        self._last = self._mark() if all(kept) and right else None
        self._midnight, before = self._at_midnight(), self._midnight
        self._stuck = self._midnight & before

    def _flows(self) -> list[frozenset[str]]:
        names = frozenset(self._world.town.duties)
        groups = [names] if self._world.script.seed % 3 else [names & _OWN_FLOW, names - _OWN_FLOW]
        return [each for each in groups if each]

    def _attempt(self, duties: frozenset[str]) -> bool:
        world = self._world
        ours, theirs = lambda: self._keep(duties), world.neighbour.lives_a_morning
        return bool(world.attempt("morning", lambda: world.neighbour.beside(ours, theirs)))

    def _keep(self, duties: frozenset[str]) -> bool:
        store, at = self._world.store, self._world.clock.now
        ledger.write(store, decide_day(ledger.gather(store, duties, at=at), obligations=duties, at=at))
        return True

    def _mark(self) -> tuple[int, date]:
        """Tell how much was written down, and the day."""
        return self._world.machine.rows(_WRITTEN, key=KEY)[0][0], self._on

    @property
    def _on(self) -> date:
        return london(self._world.now).date()

    def _at_midnight(self) -> frozenset[str]:
        """Look at midnight: long overdue, and to be looked at tomorrow whether or not anything happens: a step that
        meant nobody.
        """
        over = f"{_OURS} AND next_rung_at = :next_day AND due_on < :long_ago"
        given = {"key": KEY, "next_day": stored(instant(self._on + DAY, time())), "long_ago": str(self._on - LONG_OVER)}
        return frozenset(ref for (ref,) in self._world.machine.rows(over, **given))

    def _nothing_to_look_at(self) -> bool:
        """Tell whether nothing was written down since the last morning, and nothing comes true by the calendar alone.
        Once a week, and in some seeds always, there is something.
        """
        (written, on), last = self._mark(), self._last
        if self._world.script.seed % IN_FULL == 0 or last is None or written != last[0] or (on - last[1]).days >= 7:
            return False
        # What changed by a clock that was ahead is looked at each morning until that instant has passed.
        due = f"{_OURS} AND next_rung_at <= :ends AND (next_rung_at > :begins OR changed_at > looked_at)"
        begins, ends = (stored(instant(day, time(23, 59))) for day in (last[1], on))
        waits = {ref for (ref,) in self._world.machine.rows(due, key=KEY, begins=begins, ends=ends)} - self._stuck
        return not (waits or any(last[1] < day <= on for day in self._turns()))

    def _turns(self) -> Iterator[date]:
        """Give days on which something comes true by the calendar alone."""
        known, begins_on = self._world.known, self._world.town.start
        yield from (fact.on for fact in known.facts)
        yield from (london(at).date() for at in known.proclaimed_at)
        spells: tuple[Holder | Absence, ...] = (*known.directory.holders, *known.directory.absences)
        for spell in spells:
            yield from (spell.from_on or begins_on, (spell.until_on or begins_on) + DAY)
        yield (self._world.shadow_until or begins_on) + DAY


def stored(at: datetime) -> str:
    """Give an instant as SQLite keeps it."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
