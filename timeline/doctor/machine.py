"""Decide whether the machine is fit: its disk, the modes of secret files, its zones, and two clocks side by side."""

from collections.abc import Iterator, Mapping
from datetime import timedelta

from timeline.doctor.diagnosis import Trouble

ROOM_BYTES = 1_000_000_000
"""Two weeks of a council: Prefect alone keeps some 30 MB a day for as long."""
OTHERS = 0o077
_APART = timedelta(seconds=5)
"""A link or a morning's run does not mind a second; a minute moves a reminder."""
LONDON = (timedelta(0), timedelta(hours=1))
"""What London's clocks are ahead of UTC in January and in July."""


def disk(free_bytes: int, folder: str) -> Iterator[Trouble]:
    """Tell that the disk of a folder is nearly full: then no answer can be recorded, and nothing is sent."""
    if free_bytes < ROOM_BYTES:
        fault = f"Only {free_bytes / 1e9:.1f} GB are free on the disk of {folder}; expected {ROOM_BYTES / 1e9:.0f} GB."
        yield Trouble(fault, "Free some, or move DAYMARK_HOME to a larger disk.")


def modes(secrets: Mapping[str, int]) -> Iterator[Trouble]:
    """Tell which files and folders, by path with their mode, others on the machine may read or write."""
    for path, mode in secrets.items():
        if mode & OTHERS:
            wanted = mode & ~OTHERS & 0o777
            fault = f"Others on this machine may open {path} (mode {mode & 0o777:o})."
            yield Trouble(fault, f"Run chmod {wanted:o} {path}.")


def zones(january: timedelta | None, july: timedelta | None) -> Iterator[Trouble]:
    """Tell that this Python does not know London's clocks; None where it has no such zone."""
    if (january, july) != LONDON:
        fault = "This Python does not know when London's clocks change: every hour of a reminder would be wrong."
        yield Trouble(fault, "Install the package tzdata again (make install).")


def clocks(ahead: timedelta) -> Iterator[Trouble]:
    """Tell that the clock of this machine is not that of the database's; `ahead` of it is positive."""
    if abs(ahead) > _APART:
        word = "ahead of" if ahead > timedelta(0) else "behind"
        fault = f"The clock of this machine is {abs(ahead).total_seconds():.0f} s {word} that of the database."
        yield Trouble(fault, "Have both set by the same time server (timedatectl set-ntp true).")
