"""Compare the clock with the time that this machine counted, and say what is known of a clock that jumped."""

import json
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from config.settings import Settings
from models.store import Store
from tasks import clock
from timeline.calendar.clock_jumps import ClockReading, MachineTime, why_jumped, why_set_back


def jumped_since_the_last_look(home: Path, *, at: datetime, keep: bool) -> str:
    """Say whether the clock jumped since the look that was kept last; empty when it did not. `keep` this look too."""
    machine, file = clock.machine_time(), home / "clock.json"
    if machine is None:
        return ""
    last = None
    # Each machine has its own: with a file that is absent or cut off, this is its first look.
    with suppress(OSError, ValueError, TypeError, KeyError):
        kept = json.loads(file.read_text())
        last = ClockReading(datetime.fromisoformat(kept["at"]), MachineTime(kept["boot"], float(kept["seconds"])))
    # A full disk must not stop a run: what cannot be kept is not compared.
    with suppress(OSError):
        if keep:
            file.write_text(json.dumps({"at": at.isoformat(), **machine._asdict()}))
    return why_jumped(last, ClockReading(at, machine))


def clock_sentences(store: Store, settings: Settings, *, at: datetime) -> tuple[str, ...]:
    """Say what no assurance has told yet of a clock that jumped: recorded by a run, or seen now; changes nothing."""
    jumps = store.audit.unreported_jumps()
    if clock.is_moved():
        return jumps
    seen = jumped_since_the_last_look(settings.home, at=at, keep=False), why_set_back(store.audit.newest_at(), at=at)
    return tuple(dict.fromkeys(filter(None, (*jumps, *seen))))
