"""Let a program read every record and task of a council, behind a token of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from config.settings import Settings
from models.store import Store
from tasks.council.kept_work import work_now
from tasks.council.programme import told_programme
from tasks.links import lasting
from tasks.links.lately import Lately
from tasks.links.link_target import find_reader
from timeline.programme.sheets.tables import Table
from timeline.steering.reader import reader_claims, reader_tables


@dataclass(frozen=True)
class Reading:
    """Hold all that a program may read at an instant: the tables of a council by name."""

    council: str
    at: datetime
    tables: Mapping[str, Table]


class Readers:
    """Open the records of every council in the database."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lately = Lately[Reading]()

    def read(self, token: str, *, at: datetime) -> Reading | None:
        """Give what the token lets a program read; None for a token that was never given, or is revoked."""
        target = find_reader(self._settings, token)
        if target is None:
            return None
        store, claims = target
        if claims.generation != lasting.generation(store, claims):
            return None
        return self._lately.get(store, "", lambda: self._read(store, at), at=at)

    def _read(self, store: Store, at: datetime) -> Reading:
        tables = reader_tables(work_now(store, self._settings, at), told_programme(store, at=at), at=at)
        return Reading(store.council, at, {table.name.replace(" ", "-").lower(): table for table in tables})


def give(store: Store, settings: Settings, name: str, *, at: datetime, who: str) -> str:
    """Give the token of a program."""
    return lasting.give(store, settings, reader_claims(name), at=at, who=who)


def revoke(store: Store, settings: Settings, name: str, *, at: datetime, who: str) -> bool:
    """Make every token of a program dead; False when none was given."""
    return lasting.revoke(store, settings, reader_claims(name), at=at, who=who)
