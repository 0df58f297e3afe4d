"""Keep the parts running: start a part again that ended or hangs, later each time, and tell it."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from tasks import clock
from tasks.processes.restarts import note_restart

_LOOKS_EVERY_SECONDS = 0.5
_LONGEST_PAUSE_SECONDS = 60.0
# A part that lived this long is no longer failing.
_STEADY_AFTER_SECONDS = 300.0


class Part(Protocol):
    """Ask for a part that runs beside us and can be started again; people call it by `name`."""

    @property
    def name(self) -> str: ...

    def fault(self) -> str:
        """Say why it does not do its work, as the end of a sentence about it; empty when it does."""
        ...

    def start_again(self) -> None:
        """End what is left of it, and start it. Raises an exception with a sentence when it cannot."""
        ...


def pause_before(restart: int) -> float:
    """Give the seconds to wait before the first (1), second, … restart in a row: 1, 2, 4, … and at most 60."""
    return float(min(2 ** (restart - 1), _LONGEST_PAUSE_SECONDS))


@dataclass
class Kept:
    """Hold a part, and how often in a row it had to be started again. `now` is the time of the machine since
    its start.
    """

    part: Part
    restarts: int = 0
    since: float = 0.0
    not_before: float | None = None

    def look(self, now: float) -> str:
        """Look at the part, and start it again once its pause is over; give a sentence when there is news."""
        if self.not_before is not None:
            return self._start_again(now) if now >= self.not_before else ""
        if self.restarts and now - self.since >= _STEADY_AFTER_SECONDS:
            self.restarts = 0
        fault = self._fault()
        return self._rest(now, f"The {self.part.name} {fault}") if fault else ""

    def _fault(self) -> str:
        try:
            return self.part.fault()
        except Exception as trouble:  # of a part that cannot be looked at nobody knows whether it works
            return f"could not be looked at ({type(trouble).__name__})."

    def _rest(self, now: float, sentence: str) -> str:
        self.restarts += 1
        pause = pause_before(self.restarts)
        self.not_before = now + pause
        return f"{sentence} It is started again in {pause:.0f} s."

    def _start_again(self, now: float) -> str:
        self.not_before = None
        try:
            self.part.start_again()
        except Exception as trouble:  # whatever hinders a part, the others go on
            return self._rest(now, f"The {self.part.name} could not be started again: {trouble}")
        self.since = now
        return ""


@dataclass
class Keeper:
    """Look at every part in turn, and now and then take care of what they do (`care`, every `care_every` seconds).

    News goes to `say` and to the file of restarts in `logs`, from which the assurance tells the programme lead.
    """

    parts: Sequence[Part]
    logs: Path
    say: Callable[[str], None]
    care: Callable[[], Sequence[str]]
    care_every: float = 300.0
    _kept: list[Kept] = field(default_factory=list)
    _care_at: float | None = None

    def go_on(self) -> None:
        """Keep the parts running until a signal ends us."""
        while True:
            self.look(time.monotonic())
            time.sleep(_LOOKS_EVERY_SECONDS)

    def look(self, now: float) -> None:
        """Look at each part once; no fault of a part keeps us from the next."""
        self._kept = self._kept or [Kept(part, since=now) for part in self.parts]
        for kept in self._kept:
            if sentence := kept.look(now):
                self._tell(sentence)
        self._take_care(now)

    def _take_care(self, now: float) -> None:
        if self._care_at is None:
            self._care_at = now + self.care_every
        if now < self._care_at:
            return
        self._care_at = now + self.care_every
        try:
            told = self.care()
        except Exception as trouble:  # the parts are kept running even while Prefect cannot be asked
            told = [f"Prefect could not be asked what it needs ({type(trouble).__name__})."]
        for sentence in told:
            self.say(sentence)

    def _tell(self, sentence: str) -> None:
        self.say(sentence)
        note_restart(self.logs, sentence, at=clock.now())
