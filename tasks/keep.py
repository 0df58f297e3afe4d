"""Keep everything that must not be lost in a folder, and bring it back: the databases and the secret key."""

import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from config.secret_key import fingerprint
from config.settings import Settings
from models.migrations.version import known
from models.store import Store, councils, open_engine
from models.store.base.copies import copy_database, copy_sqlite, holds_tables, restore_postgres
from tasks.council.half_restored import half_restored_from, restore_begins, restore_ended

MANIFEST, DATABASE, DUMP, PREFECT, KEY = "manifest.json", "daymark.db", "daymark.dump", "prefect.db", "secret.key"
_FORMAT = 1


class Unkept(ValueError):
    """Report a backup that cannot be made or brought back, as a sentence; nothing was changed."""


@dataclass(frozen=True)
class Manifest:
    """Hold what a backup holds: `files` by name with their SHA-256, `councils` with the ends of their chains and
    counts.
    """

    at: datetime
    daymark: str
    migration: str
    key: str
    files: Mapping[str, str]
    councils: Mapping[str, Mapping[str, int | str]]


def back_up(settings: Settings, folder: Path, *, at: datetime) -> Manifest:
    """Write a backup into a new or empty folder; others may go on writing meanwhile. Raise Unkept, StoreError.

    Killed in between, it leaves no folder that looks like a backup.
    """
    folder = folder.resolve()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Unkept(f"{folder} is not empty: expected a new or an empty folder for the backup.")
    draft = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}")
    draft.mkdir(mode=0o700, parents=True)
    try:
        manifest = _written(settings, draft, at=at)
        folder.parent.mkdir(parents=True, exist_ok=True)
        draft.rename(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return manifest


def _written(settings: Settings, draft: Path, *, at: datetime) -> Manifest:
    engine = open_engine(settings.database_url)
    try:
        name = DATABASE if engine.dialect.name == "sqlite" else DUMP
        contents = copy_database(engine, draft / name)
    finally:
        engine.dispose()
    if _prefect(settings).exists():
        copy_sqlite(_prefect(settings), draft / PREFECT)
    if settings.secret_key is None:
        _put(settings.secret() + b"\n", draft / KEY)
    manifest = Manifest(
        at=at,
        daymark=version("daymark"),
        migration=contents.migration,
        key=fingerprint(settings.secret()),
        files={file.name: _sha256(file) for file in sorted(draft.iterdir())},
        councils=contents.councils,
    )
    _put(json.dumps(_plain(manifest), indent=2).encode() + b"\n", draft / MANIFEST)
    return manifest


def examine(folder: Path) -> Manifest:
    """Read a backup and compare every file with its SHA-256. Raise Unkept."""
    try:
        given = json.loads((folder / MANIFEST).read_text("utf-8"))
        manifest = _manifest(given)
    except FileNotFoundError:
        raise Unkept(f"{folder} is no backup: expected {MANIFEST}, as daymark backup writes it.") from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise Unkept(f"{folder / MANIFEST} was not understood: expected it as daymark backup writes it.") from None
    for name, sha256 in manifest.files.items():
        if "/" in name or not (folder / name).is_file() or _sha256(folder / name) != sha256:
            raise Unkept(f"{folder / name} is missing or is not as it was backed up, so nothing was restored.")
    if not {DATABASE, DUMP} & set(manifest.files):
        raise Unkept(f"{folder} holds no database of Daymark, so nothing was restored.")
    if manifest.migration not in known():
        raise Unkept(f"{folder} was made by Daymark {manifest.daymark}, which is newer: install that version first.")
    return manifest


def restore(settings: Settings, folder: Path, *, at: datetime, replace: bool = False) -> tuple[Manifest, Path | None]:
    """Bring a backup back, and give where what was there before lies now. Raise Unkept, StoreError.

    Everything is checked and laid ready first; the database comes last, so that none is ever there half. What was there
    before is moved away and kept.
    """
    manifest = examine(folder)
    # What an earlier try has put in place is no reason to stop.
    replace = replace or half_restored_from(settings.home) == folder.absolute()
    _refuse(settings, manifest, folder, replace=replace)
    restore_begins(settings.home, folder)
    moved = _put_in_place(settings, manifest, folder, at=at, replace=replace)
    _tell(settings, manifest, at=at)
    restore_ended(settings.home)
    return manifest, moved


def _put_in_place(settings: Settings, manifest: Manifest, folder: Path, *, at: datetime, replace: bool) -> Path | None:
    targets = dict(_targets(settings, manifest))
    _clear_drafts(targets.values())
    try:
        ready = {target: _laid_ready(folder / name, target, manifest.files[name]) for name, target in targets.items()}
        if DUMP in manifest.files:
            restore_postgres(folder / DUMP, settings.database_url, replace=replace)
    except Exception:
        _clear_drafts(targets.values())
        restore_ended(settings.home)
        raise
    moved = _moved_away(settings, list(targets.values()), at=at)
    for target, draft in ready.items():
        draft.replace(target)
    return moved


def _clear_drafts(targets: Iterable[Path]) -> None:
    """Delete what was laid ready and not put in place, also by a restore that was killed."""
    for target in targets:
        for draft in target.parent.glob(f".{target.name}.*"):
            draft.unlink()


def _refuse(settings: Settings, manifest: Manifest, folder: Path, *, replace: bool) -> None:
    on_sqlite = settings.database_url.startswith("sqlite")
    if on_sqlite != (DATABASE in manifest.files):
        kind = "SQLite" if DATABASE in manifest.files else "PostgreSQL"
        raise Unkept(
            f"{folder} holds a database of {kind}: expected DAYMARK_DATABASE_URL to name one of the same kind."
        )
    if settings.secret_key is not None and fingerprint(settings.secret()) != manifest.key:
        raise Unkept("DAYMARK_SECRET_KEY is not the key of this backup: set the one it was made with.")
    if KEY not in manifest.files and settings.secret_key is None:
        raise Unkept("The key of this backup was set by DAYMARK_SECRET_KEY and is not in it: set it, then restore.")
    if replace:
        return
    if on_sqlite and _database(settings).exists():
        raise Unkept(f"There is a database in {_database(settings)}: add --replace to keep it aside and restore.")
    if not on_sqlite:
        _refuse_full(settings.database_url)


def _refuse_full(database_url: str) -> None:
    if holds_tables(database_url):
        raise Unkept("The database of DAYMARK_DATABASE_URL is not empty: add --replace to restore over it.")


def _targets(settings: Settings, manifest: Manifest) -> Iterator[tuple[str, Path]]:
    """Name where each file goes; the database last."""
    places = {KEY: settings.home / KEY, PREFECT: _prefect(settings)}
    if DATABASE in manifest.files:
        places[DATABASE] = _database(settings)
    if settings.secret_key is not None:
        del places[KEY]
    return ((name, target) for name, target in places.items() if name in manifest.files)


def _laid_ready(file: Path, target: Path, sha256: str) -> Path:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    _put(file.read_bytes(), draft)
    if _sha256(draft) != sha256:
        draft.unlink()
        raise Unkept(f"{file} could not be copied to {target.parent}, so nothing was restored.")
    return draft


def _moved_away(settings: Settings, targets: Sequence[Path], *, at: datetime) -> Path | None:
    """Move what is there, with its journals, into a folder of its own; the database first."""
    beside = [Path(f"{target}{suffix}") for target in reversed(targets) for suffix in ("", "-wal", "-shm")]
    there = [file for file in beside if file.exists()]
    if not there:
        return None
    aside = settings.home / f"before-restore-{at:%Y%m%dT%H%M%S}"
    aside.mkdir(mode=0o700, parents=True)
    for file in there:
        file.replace(aside / file.name)
    return aside


def _tell(settings: Settings, manifest: Manifest, *, at: datetime) -> None:
    """Write into each council's chain that it goes on from a backup."""
    engine = open_engine(settings.database_url)
    try:
        for council in councils(engine):
            Store(engine, council).audit.restored(of=manifest.at, at=at)
    finally:
        engine.dispose()


def _database(settings: Settings) -> Path:
    return Path(settings.database_url.removeprefix("sqlite:///"))


def _prefect(settings: Settings) -> Path:
    return settings.prefect_home / PREFECT


def _put(content: bytes, path: Path) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _plain(manifest: Manifest) -> dict[str, Any]:
    return {"format": _FORMAT, **vars(manifest), "at": manifest.at.isoformat()}


def _manifest(given: dict[str, Any]) -> Manifest:
    if given.pop("format") != _FORMAT:
        raise ValueError("another format")
    return Manifest(**given | {"at": datetime.fromisoformat(given["at"]), "files": dict(given["files"].items())})
