"""Tell Prefect what happened since the last time, as events `daymark.*`, on which administrators may build."""

import logging
from collections.abc import Iterator

from prefect.events import emit_event

from config.settings import Settings
from models.store import News, Store, heard, news
from tasks.council.each import told_for_log
from tasks.council.ledger import engine
from tasks.council.sight import in_sight
from timeline.definitions.refs import occurrence_of
from timeline.planning.occurrences import refs_under_embargo
from timeline.window.events import MOST, Happened, Told, told, told_up_to

_log = logging.getLogger(__name__)


def tell_events(settings: Settings) -> None:
    """Emit the events of every council since those of the last run; how far that was, the database knows.

    Of a council that Prefect never heard of it begins with what happens from now on. Mails have left by then: a
    council that cannot be read, or a Prefect that does not answer, must not make the run look as if they had not.
    """
    try:
        database = engine(settings.database_url)
        new = [each for each in news(database) if in_sight(each.council)]
        heard(database, [each for each in new if _is_told(Store(database, each.council), settings, each)])
    except Exception as trouble:
        _log.error("Prefect was not told what happened (%s); the next run tells it.", type(trouble).__name__)


def _is_told(store: Store, settings: Settings, new: News) -> bool:
    after = told_up_to(new.told, new.end)
    try:
        for event in () if after is None else tuple(_news(store, settings, after=after, end=new.end)):
            _emit(store.council, event)
    except Exception as trouble:
        _log.error(told_for_log(store.council, trouble))
        return False
    return True


def _news(store: Store, settings: Settings, *, after: int, end: int) -> Iterator[Told]:
    # What happened since the end was read is told by the next run.
    events = store.audit.events(after, min(MOST, end - after))
    if not events:
        return
    about = store.plan.kept_occurrences({occurrence_of(event.ref) for event in events})
    secret = refs_under_embargo((kept.occurrence for kept in about.values()), at=events[-1].at)
    facts = dict(store.definitions.timeline(settings.working_hours).council.embargoes)
    for event in events:
        happened = Happened(event.what, event.ref, event.at, event.after)
        if given := told(happened, council=store.council, secret=secret, facts=facts):
            yield given


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
