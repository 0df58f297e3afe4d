"""Examine the memory: the database and its tables, the secret key, the clocks, and each council in it."""

from collections.abc import Iterator
from datetime import datetime

from config.settings import Settings
from models.store import Store, StoreError
from models.store.base.engine import table_versions
from models.store.base.health import server_clock, trouble
from models.store.base.json_values import UnreadableRow
from tasks import clock
from tasks.council.clock_looks import clock_sentences
from tasks.council.half_restored import HalfRestored, refuse_half_restored
from tasks.council.key import OtherKey, refuse_another_key
from tasks.council.ledger import engine, stores
from tasks.council.quiet import quiet
from tasks.processes.claimant import has_ended
from timeline.doctor.diagnosis import Diagnosis, Trouble, examined
from timeline.doctor.machine import clocks

_LOOK = "Look at DAYMARK_DATABASE_URL, and at the log of the database."
_TOLD_ABOVE = ""


def examine_memory(settings: Settings, *, at: datetime) -> Iterator[Diagnosis]:
    """Give the state of the database; where it can be used, that of the key and of each council too."""
    faults = tuple(_database(settings))
    yield examined("database", faults, seen="its tables are this Daymark's, and it takes a write")
    if faults:
        return
    councils = tuple(stores(settings))
    yield examined("key", _key(settings, councils), seen="links and mails are made with the key of these records")
    yield examined("clock", _clock(settings, councils, at), seen="it has not jumped")
    for store in councils:
        yield examined(store.council, _council(store, settings, at), seen="it can be read, and nothing is stopped")


def _database(settings: Settings) -> Iterator[Trouble]:
    try:
        refuse_half_restored(settings.home)
        stored, needed = table_versions(settings.database_url)
    except (HalfRestored, StoreError) as fault:
        yield Trouble(f"{fault}", _TOLD_ABOVE if isinstance(fault, HalfRestored) else _LOOK)
        return
    if not stored:
        yield Trouble("It holds no records of Daymark yet.", "Run daymark up, or daymark apply FILE.")
    elif stored != needed:
        yield Trouble(f"Its tables are at {stored}; this Daymark needs {needed}.", "Run daymark migrate.")
    elif said := trouble(engine(settings.database_url)):
        yield Trouble(f"It takes no write ({said}).", _LOOK)


def _key(settings: Settings, councils: tuple[Store, ...]) -> Iterator[Trouble]:
    file = settings.home / "secret.key"
    if settings.secret_key is None and not file.exists():
        # Asking for it would make another key.
        yield Trouble(f"There is no {file}, though records exist.", "Bring it back from a backup (daymark restore).")
        return
    for store in councils:
        try:
            refuse_another_key(store, settings)
        except OtherKey as fault:
            yield Trouble(f"{fault}", _TOLD_ABOVE)


def _clock(settings: Settings, councils: tuple[Store, ...], at: datetime) -> Iterator[Trouble]:
    for sentence in dict.fromkeys(said for store in councils for said in clock_sentences(store, settings, at=at)):
        yield Trouble(sentence, "Have it set by a time server (timedatectl set-ntp true).")
    now = server_clock(engine(settings.database_url))
    if now and not clock.is_moved():
        yield from clocks(at - now)


def _council(store: Store, settings: Settings, at: datetime) -> Iterator[Trouble]:
    try:
        for sentence in quiet(store, settings, at=at).without_names:
            yield Trouble(sentence, _TOLD_ABOVE)
        left = [claimant for claimant in store.outbox.claimants() if has_ended(claimant)]
        yield from _plan(store)
    except Exception as fault:  # whatever it is, the other parts are still to be examined
        yield Trouble(
            f"It cannot be read ({type(fault).__name__}).", "Run daymark check FILE, then daymark apply FILE."
        )
        return
    if left:
        sending = "A process that has ended was sending messages, which wait for the end of its lease."
        yield Trouble(sending, "Start daymark up again, which takes them over at once.")


def _plan(store: Store) -> Iterator[Trouble]:
    """Read every task: another hand may have changed what many of them share."""
    try:
        store.plan.occurrences()
    except UnreadableRow as fault:
        yield Trouble(f"{fault}", _TOLD_ABOVE)
