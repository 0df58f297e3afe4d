"""Watches the clock: one that jumped is told at once, by the record, the next assurance and the heartbeat."""

import json
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from config.settings import Settings
from tasks import clock
from tasks.assurance.heartbeat import send_heartbeat
from tasks.council.ledger import stores
from timeline.calendar.clock_jumps import ClockReading, MachineTime, why_jumped, why_set_back


def watch_clock(settings: Settings) -> tuple[str, ...]:
    """Compare the clock with what this machine and each council's record say, and tell what does not fit.

    A jump makes the council's next assurance red. The outside monitor hears of it now: a clock that is wrong may put
    that assurance off.
    """
    if clock.is_moved():
        return ()
    at = clock.now()
    jumped, told = _since_the_last_look(settings.home / "clock.json", at), []
    for store in stores(settings):
        if why := jumped or why_set_back(store.audit.newest_at(), at=at):
            store.audit.clock_jumped(why, at=at)
            told.append(why)
    if told:
        send_heartbeat(settings, good=False)
    return tuple(told)


def _since_the_last_look(file: Path, at: datetime) -> str:
    machine = clock.machine_time()
    if machine is None:
        return ""
    last = None
    # Each machine has its own: with a file that is absent or cut off, this is its first look.
    with suppress(OSError, ValueError, TypeError, KeyError):
        kept = json.loads(file.read_text())
        last = ClockReading(datetime.fromisoformat(kept["at"]), MachineTime(kept["boot"], float(kept["seconds"])))
    # A full disk must not stop a run: what cannot be kept is not compared.
    with suppress(OSError):
        file.write_text(json.dumps({"at": at.isoformat(), **machine._asdict()}))
    return why_jumped(last, ClockReading(at, machine))
