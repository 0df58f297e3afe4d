"""Name this process, so that a later process can tell whether it still lives."""

import os
import socket
from functools import cache
from pathlib import Path


def this_process() -> str:
    """Give the name of this process: its host, its number, and when it began, because numbers are used again."""
    number = os.getpid()
    return f"{_host()}/{number}/{_began(number)}"


def has_ended(name: str) -> bool:
    """Tell whether the process of that name has ended; False for one of another host, which is out of our sight."""
    host, number, began = [*name.rsplit("/", 2), "", ""][:3]
    return host == _host() and number.isdecimal() and _began(int(number)) != began


@cache
def _host() -> str:
    """Give the host's name, and in a container the number of its own list of processes."""
    try:
        processes = str(Path("/proc/self/ns/pid").readlink())
    except OSError:
        processes = ""
    return f"{socket.gethostname()}{processes}"


def _began(number: int) -> str:
    """Give the ticks after the start of the machine at which a process began; empty when it has ended."""
    try:
        status = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return "" if Path("/proc/self").exists() else "unknown"
    return "" if status[0] in "ZX" else status[19]
