"""Tell how long Medway's five months take to live again, beside the same months rehearsed on paper.

`python -m tests.benchmarks.bench_replay`; the aim is four minutes on two cores.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.aims import Figure, tell

PERIOD = ["config/timelines/medway-2019.yaml", "--from", "2019-08-27", "--to", "2020-01-31", "--json"]


def timed(command: str, home: str) -> tuple[float, list[dict[str, object]]]:
    """Give seconds of one daymark command, and the prompts it printed."""
    begun = time.perf_counter()
    daymark = Path(sys.executable).with_name("daymark")
    done = subprocess.run(
        [daymark, command, *PERIOD],
        env=os.environ | {"DAYMARK_HOME": home},
        check=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    return time.perf_counter() - begun, [json.loads(line) for line in done.stdout.splitlines()]


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="daymark-bench-") as home:
        on_paper, rehearsed = timed("rehearse", home)
        lived, replayed = timed("replay", home)
    mails = len({each["message"] for each in replayed})
    beside = f"{on_paper:.1f} s on paper; {len(replayed)} prompts in {mails} mails, {len(rehearsed)} on paper"
    tell("Five months of Medway, lived again", [Figure("replay", lived, beside)])


if __name__ == "__main__":
    main()
