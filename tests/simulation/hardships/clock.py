"""Hold the clock of the machine, which may be wrong, and forms that ask Daymark to work for an instant after it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from models.store.base.engine import LaterThanClock
from tasks import clock
from tasks.assurance import clock_watch
from tasks.council import ledger
from tasks.sending.deliver import deliver
from tests.simulation.days import DAY
from tests.simulation.mornings import stored
from tests.simulation.promises import CLOCK, ISOLATED, Broken, said
from tests.simulation.script import Event
from tests.simulation.town import KEY
from timeline.calendar.clock_jumps import MachineTime
from timeline.escalation.day import decide_day

if TYPE_CHECKING:
    from tests.simulation.world import World

_NOT_WORTH_TELLING = timedelta(minutes=5)
_NEWEST = (
    "SELECT coalesce(max(sequence), 0), coalesce(max(at), '') FROM audit_event WHERE council = :key AND sequence > :n"
)
_JUMPS = "SELECT count(*) FROM audit_event WHERE council = :key AND what = 'clock jumped'"


class MachineClock:
    """Hold what the clock says: `wrong` by so much. Daymark sees nothing else, but for the seconds since the start."""

    def __init__(self, world: "World") -> None:
        self._world = world
        self._spells = [event for event in world.script.events if event.kind == "clock" and event.until]
        self.wrong = timedelta()
        self._looked: timedelta | None = None
        self._sequence = 0

    @property
    def now(self) -> datetime:
        return self._world.now + self.wrong

    @property
    def is_right(self) -> bool:
        return not self.wrong

    @property
    def is_ahead(self) -> bool:
        return self.wrong > _NOT_WORTH_TELLING

    def stand_in(self, patch: pytest.MonkeyPatch) -> None:
        """Stand in the place of the machine's clock, and of the outside monitor that hears of a jump."""
        begun = self._world.now
        patch.setattr(clock, "_real", lambda: self.now)
        patch.setattr(clock, "machine_time", lambda: MachineTime("a start", (self._world.now - begun).total_seconds()))
        patch.setattr(clock_watch, "send_heartbeat", lambda *_given, **_how: None)

    def goes_wrong(self, event: Event, until: datetime) -> None:
        """Let it jump, until somebody puts it right."""
        world = self._world
        self.ask()
        self.wrong = timedelta(minutes=event.n)
        world.say(f"The clock of the machine jumps to {said(self.now)}, until {said(until)}.")
        world.at(until, self._put_right)

    def _put_right(self) -> None:
        self.ask()
        self.wrong = timedelta()
        self._world.disturbed = True
        self._world.say("The clock of the machine is right again.")

    def is_watched(self) -> bool:
        """Tell whether a run has anything to notice: around a spell, or while a neighbour shares the database."""
        now = self._world.now
        near = any(event.at - 2 * DAY <= now <= event.until + 2 * DAY for event in self._spells if event.until)
        return near or self._world.neighbour.stands

    def watch(self) -> None:
        """Do what every flow does first. A clock that jumped since the last one has to be told at once."""
        world = self._world
        if not self.is_watched():
            return
        before, told = self._looked, world.machine.rows(_JUMPS, key=KEY)
        try:
            clock_watch.watch_clock(world.settings)
        except Exception as fault:
            raise Broken(ISOLATED, f"No run begins any more: {type(fault).__name__}.") from fault
        self._looked = self.wrong
        jumped = before is not None and abs(self.wrong - before) > _NOT_WORTH_TELLING
        if jumped and world.machine.rows(_JUMPS, key=KEY) == told:
            raise Broken(CLOCK, f"The clock jumped by {self.wrong - (before or timedelta())}, and nobody is told.")

    def ask(self) -> None:
        """See that nothing was written for an instant after the clock."""
        sequence, newest = self._world.machine.rows(_NEWEST, key=KEY, n=self._sequence)[0]
        if sequence:
            self._sequence = sequence
            if newest > stored(self.now + timedelta(seconds=1)):
                raise Broken(CLOCK, f"Something was written for {newest}; the clock says {said(self.now)}.")


class Forms:
    """Ask for runs that somebody starts by hand for a day to come: refused, and nothing changes."""

    def __init__(self, world: "World") -> None:
        self._world = world

    def asks_for_the_future(self, event: Event) -> None:
        """Ask with one such form."""
        world, at = self._world, self._world.clock.now + timedelta(minutes=event.n)
        before, letters = world.machine.version(), len(world.account.letters)
        world.say(f"Somebody asks for a run of “{event.what}” for {said(at)}.")
        runs: dict[str, Callable[[datetime], Any]] = {
            "morning": self._morning,
            "notify": lambda at: deliver(world.store, world.settings, at=at),
            "stop": lambda at: world.store.outbox.stop(at=at, who="administrator", reason="a form"),
        }
        try:
            runs[event.what](at)
        except LaterThanClock as refused:
            world.say(f"It is refused: {refused}")
        if world.machine.version() != before or len(world.account.letters) > letters:
            raise Broken(
                CLOCK, f"A run of “{event.what}” for {said(at)} changed something at {said(self._world.clock.now)}."
            )

    def _morning(self, at: datetime) -> None:
        store, duties = self._world.store, frozenset(self._world.town.duties)
        ledger.write(store, decide_day(ledger.gather(store, duties, at=at), obligations=duties, at=at))
