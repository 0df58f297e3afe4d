"""Tell Prefect what happened since the last time, as events `daymark.*`, on which administrators may build."""

from collections.abc import Iterable
from contextlib import suppress

import httpx
from prefect.events import emit_event
from prefect.exceptions import PrefectException
from prefect.variables import Variable

from config.settings import Settings
from models.store import Store
from timeline.definitions.facts import under_embargo
from timeline.window.events import Happened, Told, told

# A first apply writes thousands of events, and news of long ago is none.
_MOST = 500


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
    news: tuple[Told, ...] = (
        tuple(_news(store, settings, after=known)) if isinstance(known, int) and 0 <= known < end else ()
    )
    for event in news:
        _emit(store.council, event)
    await Variable.aset(marker, end, overwrite=True)


def _news(store: Store, settings: Settings, *, after: int) -> Iterable[Told]:
    events = store.audit.events(after, _MOST)
    if not events:
        return
    at = events[-1].at
    secret = {each.ref for each in store.plan.occurrences() if under_embargo(each.embargoes, at=at)}
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
