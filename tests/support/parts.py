"""Hold the real parts that some tests need: where they are, how to get them, and what happens without them."""

import os
import shutil
from dataclasses import dataclass
from glob import glob
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Part:
    programs: tuple[str, ...]
    debian_package: str
    elsewhere: str = ""
    """A pattern of folders outside PATH, where Debian keeps it."""


PARTS = {
    "chromium": Part(("chromium", "chromium-browser", "google-chrome"), "chromium"),
    "postgresql": Part(("initdb",), "postgresql", "/usr/lib/postgresql/*/bin"),
    "dovecot": Part(("dovecot",), "dovecot-imapd", "/usr/sbin"),
    "mail-checker": Part(("check.mjs",), "npm, then make system", ".venv/mail-checker"),
    "redis": Part(("redis-server",), "redis-server"),
    "caddy": Part(("caddy",), "caddy"),
}


def find(name: str) -> Path | None:
    """Give the program of that part on this machine."""
    part = PARTS[name]
    folders = os.pathsep.join([os.environ.get("PATH", ""), *sorted(glob(part.elsewhere), reverse=True)])  # noqa: PTH207
    given = (shutil.which(program, path=folders) for program in part.programs)
    return next((Path(path) for path in given if path), None)


def require(name: str) -> Path:
    """Give the program of that part. Without it the test is skipped, or fails when DAYMARK_TEST_REQUIRE names it."""
    program = find(name)
    if program is not None:
        return program
    sentence = f"{name} is not on this machine (on Debian: apt-get install {PARTS[name].debian_package})"
    if everything_is_required() or name in _required():
        pytest.fail(f"{sentence}, and DAYMARK_TEST_REQUIRE asks for it.", pytrace=False)
    pytest.skip(sentence)


def everything_is_required() -> bool:
    """Tell whether this run allows no skip at all, as the build does."""
    return "all" in _required()


def _required() -> list[str]:
    return os.environ.get("DAYMARK_TEST_REQUIRE", "").split(",")
