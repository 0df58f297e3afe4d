"""Compile the tests once in a run and not once in each worker, which takes seven seconds each time."""

import py_compile
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from _pytest.assertion import rewrite

TESTS = Path(__file__).parents[1]

# Whatever the environment says: each worker, and each program that a test starts, would compile all of it anew.
sys.dont_write_bytecode = False


def compile_share(config: pytest.Config) -> None:
    """Compile this worker's share of the tests, while the others compile theirs; what is compiled already is kept."""
    worker = getattr(config, "workerinput", None)
    if worker is None:
        return
    number, workers = int(worker["workerid"].removeprefix("gw")), worker["workercount"]
    for file in sorted(TESTS.rglob("*.py"))[number::workers]:
        # A file that cannot be compiled is told when it is collected.
        with suppress(SyntaxError, py_compile.PyCompileError, OSError):
            if file.name.startswith("test_") or file.name == "conftest.py":
                _rewrite(file, config)
            elif "data" not in file.parts:
                py_compile.compile(str(file), doraise=True)


def _rewrite(file: Path, config: pytest.Config) -> None:
    """Do what pytest does when it imports a test, which has no public name."""
    compiled = rewrite.get_cache_dir(file) / (file.stem + rewrite.PYC_TAIL)
    if rewrite._read_pyc(file, compiled) is None:
        rewrite.try_makedirs(compiled.parent)
        source, code = rewrite._rewrite_test(file, config)
        rewrite._write_pyc(config.stash[rewrite.assertstate_key], code, source, compiled)
