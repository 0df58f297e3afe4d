"""Run a command that ends with the program that started it, even if that is killed by -9.

`python parent_watchdog.py PARENT GRACE COMMAND…`: PARENT is the process id of the program that starts this, GRACE the
seconds that COMMAND has to end by itself before it and all that it started are killed. It stands between a program and
its child because a killed program cannot clean up. Run as a file and with the standard library only, it starts in 20
ms.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time

_LOOKS_EVERY_SECONDS = 0.1
_PR_SET_PDEATHSIG = 1


def _die_with_the_watchdog() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _ended(child: subprocess.Popen[bytes], seconds: float) -> bool:
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.wait(seconds)
    return child.returncode is not None


def main(parent: int, grace: float, command: list[str]) -> int:
    """Run the command and give its exit status; 0 when it was asked to end and did."""
    asked: list[int] = []
    for signum in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(signum, lambda number, _: asked.append(number))
    # preexec_fn is safe here: the watchdog has one thread, and that thread lives as long as the child.
    child = subprocess.Popen(command, start_new_session=True, preexec_fn=_die_with_the_watchdog)  # noqa: S603
    while child.poll() is None and not asked and os.getppid() == parent:
        time.sleep(_LOOKS_EVERY_SECONDS)
    told = child.returncode is None
    if told:
        child.terminate()
        _ended(child, grace)
    # Everything that the command left behind in its group ends with it.
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    status = child.wait()
    return 0 if told else abs(status)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), float(sys.argv[2]), sys.argv[3:]))
