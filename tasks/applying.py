"""Takes a council's timeline into the store, and lays out its dates so that they can be listed at once."""

from datetime import datetime

from config.settings import Settings
from models.store import Store
from timeline.council import CouncilTimeline
from timeline.day import horizon
from timeline.planning import plan


def apply_timeline(
    store: Store,
    timeline: CouncilTimeline,
    settings: Settings,
    *,
    at: datetime,
    who: str,
    source: str,
    digest: str,
    look_from: datetime | None = None,
) -> CouncilTimeline:
    """Applies a timeline in force from `at`; from when it is live, and in shadow, the first apply decides once.

    `look_from`: an earlier instant for which flows are still to run; they pass over what is laid out after it.
    """
    store.apply(timeline, at=at, who=who, source=source, digest=digest)
    lay_out(store, settings, at=look_from or at)
    return store.timeline(settings.working_hours)


def lay_out(store: Store, settings: Settings, *, at: datetime) -> None:
    """Brings the stored occurrences to what the rules make of the facts known at `at`."""
    timeline = store.timeline(settings.working_hours)
    store.sync(plan(timeline, at=at, until=horizon(timeline, at=at)), at=at)
