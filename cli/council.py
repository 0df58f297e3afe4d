"""Which council a command speaks of, and the store that holds it."""

from datetime import date
from typing import Annotated

import typer

from config.settings import settings
from models.store import Store
from tasks.council.ledger import engine, stores
from timeline.calendar.london import london_date

CouncilOption = Annotated[
    str | None, typer.Option("--council", metavar="KEY", help="Needed only when there are several.")
]


class NotUsable(ValueError):
    """Wrong use or unusable input, as one sentence; exit code 2."""


def chosen(council: str | None) -> Store:
    """The store of the council named, or of the only one there is."""
    found = {store.council: store for store in stores()}
    if not found:
        raise NotUsable("No council's timeline is stored yet: run daymark apply FILE.")
    if council is None and len(found) > 1:
        raise NotUsable(f"There are several councils ({', '.join(sorted(found))}): say which with --council.")
    key = council or next(iter(found))
    if key not in found:
        raise NotUsable(f"There is no council “{key}”; expected {' or '.join(sorted(found))}.")
    return found[key]


def store_for(council: str) -> Store:
    """The store in which a council is, or will be, held."""
    return Store(engine(settings().database_url), council)


def applied_on(store: Store) -> date | None:
    """The day of the council's first apply: a demo was laid on its week, and stays there."""
    applied = store.changes.applied()
    return london_date(applied.first_applied_at) if applied else None
