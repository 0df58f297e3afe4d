"""Tell Prefect what happened since the last time, as events `daymark.*`, on which administrators may build."""

from collections.abc import Iterable
from contextlib import suppress

import httpx
from prefect.events import emit_event
from prefect.exceptions import PrefectException
from prefect.variables import Variable

from config.settings import Settings
from models.store import Store
from timeline.planning.occurrences import refs_under_embargo
from timeline.window.events import MOST, Happened, Told, told, told_up_to


async def tell_events(store: Store, settings: Settings) -> None:
    """Emit the events since those of the last run. The number of the last event is kept in Prefect.

    Where Prefect's data was wiped it begins with what happens from now on: it is a window, and no memory. Mails have
    left by then: a Prefect that does not answer must not make the run look as if they had not.
    """
    with suppress(httpx.HTTPError, PrefectException):
        await _tell(store, settings)


async def _tell(store: Store, settings: Settings) -> None:
    marker, end = f"daymark_events_{store.council}".replace("-", "_").lower(), store.audit.chain_end()[0]
    known: object = await Variable.aget(marker, default=-1)
    if known == end:
        return
    after = told_up_to(known, end)
    for event in () if after is None else tuple(_news(store, settings, after=after)):
        _emit(store.council, event)
    await Variable.aset(marker, end, overwrite=True)


def _news(store: Store, settings: Settings, *, after: int) -> Iterable[Told]:
    events = store.audit.events(after, MOST)
    if not events:
        return
    at = events[-1].at
    secret = refs_under_embargo(store.plan.occurrences(), at=at)
    facts = dict(store.definitions.timeline(settings.working_hours).council.embargoes)
    for event in events:
        happened = Happened(event.what, event.ref, event.at, event.after)
        if news := told(happened, council=store.council, secret=secret, facts=facts):
            yield news


def _emit(council: str, event: Told) -> None:
    related = [{"prefect.resource.id": f"daymark.council.{council}", "prefect.resource.role": "council"}]
    if event.occurrence:
        of = f"daymark.occurrence.{council}.{event.occurrence}"
        related.append({"prefect.resource.id": of, "prefect.resource.role": "occurrence"})
    emit_event(
        event.name,
        resource={
            "prefect.resource.id": event.resource,
            "prefect.resource.name": event.resource.rpartition(".")[2],
            "daymark.council": council,
        },
        related=related,
    )
