"""Copy databases in place of making them: an empty one of today's tables, one in which a timeline was applied, one in
which a first day was lived, with its mails, and Prefect's own.

A template is made by the first test that needs it and shared by the workers of a run.
"""

import fcntl
import inspect
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from config.load import programme_of
from config.settings import Settings
from config.timeline_files import linked_files
from models.store import open_engine
from models.store.definitions import timelines
from timeline.definitions.council import CouncilTimeline

FOLDER = "DAYMARK_TEST_TEMPLATES"
"""The environment variable that names the folder of this run."""


def start_empty(database: Path) -> None:
    """Put a database of today's tables there, unless there is one already."""
    if not database.exists():
        database.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(_empty(), database)


def migrated_prefect(home: Path) -> None:
    """Put Prefect's database of today's tables into its home, unless there is one: its migrations take ten seconds."""
    if not (home / "prefect.db").exists():
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copyfile(_prefect(), home / "prefect.db")


def _prefect() -> Path:
    template = _folder() / "prefect.db"
    with (_folder() / "prefect.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not template.exists():
            made = _folder() / "made-prefect"
            command = [str(Path(sys.executable).with_name("prefect")), "server", "database", "upgrade", "--yes"]
            subprocess.run(command, env=os.environ | {"PREFECT_HOME": str(made)}, check=True, capture_output=True)
            _copy(made / "prefect.db", template)
    return template


def timeline_key(file: Path, rules: Path, *circumstances: object) -> str:
    """Name what an apply depends on: the texts of the files, and the circumstances."""
    raw = linked_files.with_like(file)
    texts = [json.dumps(raw).encode(), (rules / f"{raw.get('pack')}.yaml").read_bytes()]
    texts += [programme.read_bytes()] if (programme := programme_of(file)).exists() else []
    texts += [*linked_files.calendars(raw, file.parent), repr((file.name, circumstances)).encode()]
    return sha256(b"".join(sha256(text).digest() for text in texts)).hexdigest()


def restore(engine: Engine, key: str) -> bool:
    """Put the template of that key in place of an untouched database; False where there is no such template."""
    template, database = _folder() / f"{key}.db", Path(str(engine.url.database))
    if not template.exists():
        return False
    # What was read before it stays true: a lived moment changes nothing that a timeline states.
    known = _known.get(key) or timelines._last_read.get(engine.pool, {})
    engine.dispose()
    _remove_journal(database)
    shutil.copyfile(template, database)
    timelines._last_read[engine.pool] = dict(known)
    return True


# The timelines that were read in copies of each template. The product asks of each whether it is the one in force.
_known: dict[str, dict[str, tuple[timelines.Version, CouncilTimeline]]] = {}


def remember_read(engine: Engine, key: str) -> None:
    """Give the timeline that was read last to every later copy of this template in this process."""
    _known.setdefault(key, dict(timelines._last_read.get(engine.pool, {})))


def keep(engine: Engine, key: str) -> None:
    """Make a template of the database as it stands."""
    _copy(Path(str(engine.url.database)), _folder() / f"{key}.db")


def moment_key(before: str, at: datetime | None, duties: tuple[str, ...], settings: Settings) -> str:
    """Name what a moment depends on: what was lived before it, and all settings but where this world lies."""
    of_its_own = {"home", "database_url", "smtp_port", "prefect_port"} | (
        {"mail_url"} if settings.catches_mail else set()
    )
    given = settings.model_dump(mode="json", exclude=of_its_own)
    return sha256(repr((before, at, duties, given)).encode()).hexdigest()


def story_key(story: Callable[..., None], settings: Settings) -> str:
    """Name what a story depends on: its text, and all settings but where this world lies."""
    return moment_key("", None, (story.__module__, inspect.getsource(story)), settings)


def note(key: str, values: dict[str, Any]) -> None:
    """Note down beside a template what its database does not hold."""
    unfinished = _folder() / f"{key}.{os.getpid()}.json"
    unfinished.write_text(json.dumps(values))
    unfinished.replace(_folder() / f"{key}.json")


def noted(key: str) -> dict[str, Any]:
    """Give what was noted down beside it."""
    values: dict[str, Any] = json.loads((_folder() / f"{key}.json").read_text())
    return values


def restore_lived(engine: Engine, mails: Path, key: str) -> bool:
    """Put a lived moment in place of the database, and its mails among those that are caught."""
    if not restore(engine, key):
        return False
    shutil.copytree(_folder() / f"{key}.mails", mails, dirs_exist_ok=True)
    return True


def keep_lived(engine: Engine, mails: Path, key: str) -> None:
    """Make a template of the database and of the mails that were caught so far, unless another worker was faster."""
    unfinished = _folder() / f"{key}.{os.getpid()}.mails"
    shutil.copytree(mails, unfinished)
    try:
        unfinished.rename(_folder() / f"{key}.mails")
    except OSError:
        shutil.rmtree(unfinished)
    else:
        keep(engine, key)


def untouched(engine: Engine) -> bool:
    """Tell whether nothing was written into this database yet; never of PostgreSQL, which has no templates here."""
    return engine.dialect.name == "sqlite" and _is_untouched(Path(str(engine.url.database)))


def _empty() -> Path:
    template = _folder() / "empty.db"
    if not template.exists():
        made = _folder() / f"made-{os.getpid()}" / "daymark.db"
        open_engine(f"sqlite:///{made}").dispose()
        _copy(made, template)
    return template


def _is_untouched(database: Path) -> bool:
    journal = database.with_name(f"{database.name}-wal")
    unwritten = not journal.exists() or journal.stat().st_size == 0
    return unwritten and database.read_bytes() == _empty().read_bytes()


def _remove_journal(database: Path) -> None:
    for suffix in ("-wal", "-shm"):
        database.with_name(f"{database.name}{suffix}").unlink(missing_ok=True)


def _copy(database: Path, template: Path) -> None:
    """Copy what is committed, and show the copy to other workers only when it is whole."""
    unfinished = template.with_suffix(f".{os.getpid()}")
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(unfinished)) as target:
        source.backup(target)
    unfinished.replace(template)


def _folder() -> Path:
    return Path(os.environ[FOLDER])
