"""Test that an event loop never waits for a database because of garbage."""

import subprocess
import sys
from pathlib import Path

import pytest

from config.settings import ROOT

# The main thread stands for the event loop: only it can let the writer commit. The waiting connection holds its own
# mutex while it waits for the writer, and a cursor of it has become garbage of the main thread. SQLite tells of a
# statement once it holds the mutex. Where the loop is held up the wait is in vain, however short it is.
STORY = """
import gc, sqlite3, sys, threading, time
from concurrent.futures import ThreadPoolExecutor
from tasks.processes.garbage import collect_in_a_thread

def connection():
    seconds = 60 if sys.argv[2] == "thread" else 1
    return sqlite3.connect(sys.argv[1], timeout=seconds, check_same_thread=False, isolation_level=None)

if sys.argv[2] == "thread":
    collect_in_a_thread(every_seconds=0.05)
writing, waiting, threads = connection(), connection(), ThreadPoolExecutor(1)
writing.execute("BEGIN IMMEDIATE")
cursor = waiting.execute("SELECT 1 UNION SELECT 2")
garbage = [cursor]
garbage.append(garbage)
holds_its_mutex = threading.Event()
waiting.set_trace_callback(lambda _: holds_its_mutex.set())
waited = threads.submit(waiting.execute, "BEGIN IMMEDIATE")
assert holds_its_mutex.wait(60)
del garbage, cursor
kept = [[] for _ in range(5_000)]
time.sleep(0.2)
writing.execute("COMMIT")
try:
    waited.result()
    print("went on")
except sqlite3.OperationalError as fault:
    print(fault)
"""


@pytest.mark.parametrize(("collects", "outcome"), [("thread", "went on"), ("where memory is asked for", "locked")])
def test_a_cursor_that_becomes_garbage_of_the_loop_holds_up_no_database(
    tmp_path: Path, collects: str, outcome: str
) -> None:
    story = [sys.executable, "-c", STORY, str(tmp_path / "notes.db"), collects]
    told = subprocess.run(story, cwd=ROOT, capture_output=True, text=True, check=True)
    assert outcome in told.stdout
