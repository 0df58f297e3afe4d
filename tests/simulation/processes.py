"""Hold the processes that do Daymark's work, of which each may end before any statement, or have another beside it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tests.simulation.account import Letter
from tests.simulation.machine import Crash
from tests.simulation.script import Event

if TYPE_CHECKING:
    from tests.simulation.world import World


class Processes:
    """Remember what is still to befall a process; `crashed` when one ended today."""

    def __init__(self, world: "World") -> None:
        self._world = world
        self._trouble: dict[str, list[Event]] = {}
        self.crashed = False

    def awaits(self, event: Event) -> None:
        """See that the next process of that kind is in for it."""
        self._trouble.setdefault(event.what, []).append(event)

    def attempt(self, kind: str, what: Callable[[], Any]) -> Any:
        """Do it in a process of its own, which may end before any statement, or have another beside it. None when it
        ended.
        """
        world = self._world
        begun = len(world.account.letters)
        self._prepare(self._next_trouble(kind), what)
        try:
            return what()
        except Crash:
            self.crashed = True
            world.say(f"The process ends before “{world.machine.crashed_at}”, and another starts.")
            self._never_finished(world.account.letters[begun:])
            world.machine.restart()
            return None
        finally:
            world.machine.disarm()
            world.carrier.beside = None

    def _next_trouble(self, kind: str) -> Event | None:
        waiting = self._trouble.get(kind) or (self._trouble.get("send") if kind == "notify" else None)
        return waiting.pop(0) if waiting else None

    def _prepare(self, event: Event | None, what: Callable[[], Any]) -> None:
        if event and event.kind == "crash":
            self._world.machine.arm(statement=event.n)
        elif event and event.what == "send":
            self._world.carrier.beside = what
        elif event:
            self._world.machine.arm(transaction=event.n, beside=lambda: self._beside(what))

    def _beside(self, what: Callable[[], Any]) -> None:
        self._world.say("A second worker does the same at the same moment.")
        what()

    def _never_finished(self, letters: list[Letter]) -> None:
        """Find what was handed over and never written down: nobody here knows that it was taken."""
        sending = {row[0] for row in self._world.machine.rows("SELECT key FROM message WHERE state = 'sending'")}
        for letter in letters:
            letter.outcome = "uncertain" if letter.message in sending else letter.outcome
