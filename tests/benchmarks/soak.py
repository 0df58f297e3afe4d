"""Live at fifty times the real load, and tell whether the memory of each part stays flat.

`python -m tests.benchmarks.soak [MINUTES]` (20 by default; `make soak MINUTES=60` for an hour), with PostgreSQL, Redis,
a proxy and two of each part, as `tests/cluster` starts them. A day of Medway passes in 29 minutes: `notify` runs for
every ten minutes of it, its flows at their hours and the assurance after them; beside that, links of the mails are
opened, answered and asked again, and a mail server hands absences over. The file soak.csv keeps what each part held, in
MB, every half minute; FLAT stands where the last third holds no more than the second, but for a twentieth or 10 MB.
"""

import csv
import os
import random
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import httpx
from rich.console import Console
from rich.table import Table

from tasks.catcher.mailbox import caught, read
from tests.cluster.days import Days
from tests.cluster.whole_set import WholeSet
from tests.support.stated import variant
from tests.timeline.literals import at as instant
from timeline.calendar.schedules import STATUTORY

TIMES = 50
RESULTS = Path("soak.csv")
BEGINS = "Mon 11 Nov 2019 07:00"
STEP = timedelta(minutes=10)
"""How often `notify` runs on a real day."""
EVERY, SETTLED = 30.0, 60.0
"""Seconds between two looks at the memory; a process younger than a minute is a run, and no part."""
_LINK = re.compile(r"/r/([a-z2-7]{16})\b")
_VIEWS, _ANSWERS = 20, 2
"""In each step: what officers of a council open and answer in some hours."""
Held = dict[str, list[float]]


def megabytes(whole: WholeSet) -> Iterator[tuple[str, float]]:
    """Give what each part holds with all that it started and that has lasted."""
    for name, part in whole.parts.items():
        yield name, sum(_resident(process) for process in part.processes() if _age(process) > SETTLED)


def _age(process: int) -> float:
    """Give how many seconds ago a process began; 0 when it has ended."""
    with suppress(OSError):
        began = int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[19])
        return float(Path("/proc/uptime").read_text().split()[0]) - began / os.sysconf("SC_CLK_TCK")
    return 0.0


def _resident(process: int) -> float:
    """Give the memory that a process holds, in MB; 0 when it has ended."""
    with suppress(OSError):
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    return 0.0


class Soak:
    """Hold the set while it lives, what its parts held, and what was asked of it."""

    def __init__(self, whole: WholeSet) -> None:
        self.days, self.held, self.looked_at = Days(whole), Held(), 0.0
        self.asked = {"pages": 0, "answers": 0, "mails taken": 0}
        self._client = httpx.Client(trust_env=False, timeout=60, base_url=f"http://127.0.0.1:{whole.ports['pages']}")

    def step(self, now: datetime) -> None:
        """Live ten minutes of a day."""
        self.days.at(f"{now:%a %-d %b %Y %H:%M}")
        for hour, names in ((7.5, sorted(STATUTORY)), (8.75, ["assurance"])):
            if now <= now.replace(hour=int(hour), minute=int(hour % 1 * 60)) < now + STEP and now.weekday() < 5:
                self.days.run(*names)
        self.days.run("notify")
        self._open_links()
        self.days.tell_us_of_an_absence()
        self.asked["mails taken"] += 1
        self.look()

    def _open_links(self) -> None:
        chance = random.Random(self.days.runs)  # noqa: S311 (no secret)
        folder = self.days.set.settings.caught_mail
        mails = caught(folder)
        for n in range(_VIEWS if mails else 0):
            links = _LINK.findall(read(folder, chance.choice(mails).id).text)
            if not links:
                continue
            path = f"/r/{chance.choice(links)}"
            assert self._client.get(path).status_code in (200, 410), path
            self.asked["pages"] += 1
            if n < _ANSWERS:
                words = {"answer": "help", "help_text": f"Two people short, {self.days.runs}", "who": "self"}
                assert self._client.post(path, data=words).status_code < 500, path
                self.asked["answers"] += 1

    def look(self) -> None:
        """Look at the memory, at most every half minute, and keep it in the file."""
        if time.monotonic() - self.looked_at < EVERY:
            return
        self.looked_at = time.monotonic()
        with RESULTS.open("a", newline="") as file:
            for name, held in megabytes(self.days.set):
                self.held.setdefault(name, []).append(held)
                csv.writer(file).writerow([f"{self.looked_at:.0f}", name, f"{held:.1f}"])

    def close(self) -> None:
        self._client.close()


def live(soak: Soak, minutes: float, *, pause: Callable[[float], None] = time.sleep) -> timedelta:
    """Live so long, no faster than fifty times; give how much of the real days passed."""
    began, first = time.monotonic(), instant(BEGINS)
    for n in count():
        soak.step(first + n * STEP)
        due = began + (n + 1) * STEP.total_seconds() / TIMES
        if time.monotonic() - began > minutes * 60:
            return (n + 1) * STEP
        while (left := due - time.monotonic()) > 0:
            soak.look()
            pause(min(left, 1.0))
    raise AssertionError


def verdicts(held: Held) -> Iterator[tuple[str, float, float, bool]]:
    """Give of each part the medians of the second and the last third of the time, and whether it is flat."""
    for name, each in sorted(held.items()):
        if third := len(each) // 3:
            before, after = median(each[third : 2 * third]), median(each[2 * third :])
            yield name, before, after, after <= before + max(10, before / 20)


def show(soak: Soak, minutes: float, lived: timedelta) -> bool:
    hours = lived / timedelta(hours=1)
    title = f"{minutes:g} minutes, {hours:.0f} hours of a council, {hours * 60 / minutes:.0f} times the real load"
    table = Table("part", "second third, MB", "last third, MB", "", title=title)
    rows = list(verdicts(soak.held))
    for name, before, after, flat in rows:
        table.add_row(name, f"{before:.0f}", f"{after:.0f}", "FLAT" if flat else "GROWS")
    Console(width=120).print(table)
    asked = ", ".join(f"{number} {what}" for what, number in soak.asked.items())
    Console(width=120).print(f"{soak.days.runs} runs, {asked}; {RESULTS} holds all that was looked at.")
    return all(flat for *_, flat in rows)


def main(minutes: float) -> int:
    RESULTS.unlink(missing_ok=True)
    with TemporaryDirectory(prefix="daymark-soak-") as folder:
        home = Path(folder)
        file = variant(home, live_from="2019-11-11", shadow_until="never")
        with WholeSet(home / "set") as whole:
            soak = Soak(whole)
            soak.days.at(BEGINS)
            whole.daymark("apply", str(file))
            lived = live(soak, minutes)
            soak.close()
            return 0 if show(soak, minutes, lived) else 1


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 20))
