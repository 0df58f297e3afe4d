"""Examine this machine: the installed packages, the disk, the modes of secret files, and the zones."""

import shutil
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from packaging.requirements import Requirement

from config.settings import Settings
from timeline.doctor import machine
from timeline.doctor.diagnosis import Diagnosis, Trouble, examined

_INSTALL = "Install the versions of the lock again (make install)."


def examine_machine(settings: Settings) -> Iterator[Diagnosis]:
    """Give the state of each part that needs neither the database nor a network."""
    python = f"Python {sys.version_info.major}.{sys.version_info.minor}"
    needed = list(_needed())
    seen = f"{python}; all {len(needed)} packages are as Daymark needs them"
    yield examined("packages", filter(None, map(_misfit, needed)), seen=seen)
    folder = _nearest(settings.home)
    free = shutil.disk_usage(folder).free
    yield examined("disk", machine.disk(free, f"{folder}"), seen=f"{free / 1e9:.0f} GB are free at {folder}")
    yield examined("files", machine.modes(_secrets(settings)), seen=f"nobody else may open what {settings.home} holds")
    yield examined("zone", machine.zones(*_london()), seen="London's clocks are known")


def _needed() -> Iterator[Requirement]:
    """Give what the package says it needs on this machine, without its extras."""
    for line in requires("daymark") or ():
        needed = Requirement(line)
        if needed.marker is None or needed.marker.evaluate({"extra": ""}):
            yield needed


def _misfit(needed: Requirement) -> Trouble | None:
    try:
        installed = version(needed.name)
    except PackageNotFoundError:
        return Trouble(f"The package {needed.name} is not installed; expected {needed}.", _INSTALL)
    if needed.specifier.contains(installed, prereleases=True):
        return None
    return Trouble(f"{needed.name} {installed} is installed; expected {needed}.", _INSTALL)


def _secrets(settings: Settings) -> dict[str, int]:
    """Give the modes of what only Daymark's own user may open; none where nobody else may enter the home."""
    home = settings.home
    if not home.exists() or not home.stat().st_mode & machine.OTHERS:
        return {}
    secrets = home / "secret.key", settings.prefect_login_file, home / "daymark.db", settings.caught_mail
    return {f"{path}": path.stat().st_mode for path in secrets if path.exists()}


def _nearest(folder: Path) -> Path:
    """Give the folder, or the nearest above it that is there: before the first start there is no home."""
    return next(path for path in (folder, *folder.parents) if path.exists())


def _london() -> tuple[timedelta | None, timedelta | None]:
    try:
        london = ZoneInfo("Europe/London")
    except ZoneInfoNotFoundError:
        return None, None
    return datetime(2026, 1, 15, tzinfo=london).utcoffset(), datetime(2026, 7, 15, tzinfo=london).utcoffset()
