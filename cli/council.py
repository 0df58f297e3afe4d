"""Find the council that a command works on, and open the store that holds it."""

from typing import Annotated

import typer

from config.settings import settings
from models.store import Store
from tasks import clock
from tasks.council.clock_looks import clock_sentences
from tasks.council.ledger import engine, stores
from tasks.council.quiet import quiet
from tasks.processes.prefect_stops import prefect_stops
from timeline.calendar.wording import near
from timeline.definitions.addresses import nobody_at
from timeline.definitions.people import Person

CouncilOption = Annotated[
    str | None, typer.Option("--council", metavar="KEY", help="Needed only when there are several.")
]


class NotUsable(ValueError):
    """Report wrong use or unusable input, as a sentence; exit code 2."""


def chosen(council: str | None) -> Store:
    """Return the store of the council named, or of the only council. Raise NotUsable."""
    by_key = {store.council: store for store in stores()}
    if not by_key:
        raise NotUsable("No council's timeline is stored yet: run daymark apply FILE.")
    if council is None and len(by_key) > 1:
        raise NotUsable(f"There are several councils ({', '.join(sorted(by_key))}): say which with --council.")
    key = council or next(iter(by_key))
    if key not in by_key:
        raise NotUsable(f"There is no council “{key}”; expected {' or '.join(sorted(by_key))}.{near(key, by_key)}")
    return by_key[key]


def person_at(store: Store, address: str) -> Person:
    """Return the person of the council who has that address. Raise NotUsable."""
    directory = store.definitions.timeline(settings().working_hours).directory
    person = directory.at_address(address)
    if person is None:
        raise NotUsable(nobody_at(address, directory))
    return person


def store_for(council: str) -> Store:
    """Return the store that holds, or will hold, the council."""
    return Store(engine(settings().database_url), council)


def refuse_another(store: Store, file: str) -> None:
    """Raise NotUsable when the file would make a second council beside those that live in this database."""
    others = sorted(each.council for each in stores())
    if others and store.council not in others:
        here = " and ".join(f"“{key}”" for key in others)
        fix = f"set key: {others[0]} there, or say apply … --another-council to keep both"
        raise NotUsable(f"{file}: council.key: “{store.council}” would be a council beside {here}; {fix}.")


def say_what_is_quiet(store: Store, *, err: bool = False) -> None:
    """Print first what is off in Prefect, that the clock jumped, and what is stopped or paused, with how to end it."""
    at = clock.now()
    first = *prefect_stops(settings().home, at=at), *clock_sentences(store, settings(), at=at)
    for sentence in (*first, *quiet(store, settings(), at=at).sentences):
        typer.echo(sentence, err=err)
