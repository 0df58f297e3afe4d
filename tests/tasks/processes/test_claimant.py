"""Test telling whether the process that began something still lives."""

import os
import subprocess
import sys

from tasks.processes.claimant import has_ended, this_process


def _as(number: int) -> str:
    """Give the name that another process of this host gives itself, but for its beginning."""
    host, _, began = this_process().rsplit("/", 2)
    return f"{host}/{number}/{began}"


def test_this_process_lives_and_one_that_is_over_has_ended() -> None:
    assert not has_ended(this_process())
    with subprocess.Popen([sys.executable, "-c", ""]) as over:
        over.wait()
    assert has_ended(_as(over.pid))


def test_a_number_that_is_used_again_is_another_process() -> None:
    assert has_ended(_as(os.getppid()))


def test_a_process_of_another_host_and_what_is_no_name_are_left_alone() -> None:
    elsewhere = this_process().replace("/", "-elsewhere/", 1)
    for name in (elsewhere, "", "nothing", "a/b", f"{this_process().rsplit('/', 2)[0]}/x/y"):
        assert not has_ended(name), name
