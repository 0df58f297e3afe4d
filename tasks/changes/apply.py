"""Take a council's timeline into the store, and plan its dates so that they can be listed at once."""

from datetime import datetime
from functools import partial

from config.settings import Settings
from models.store import Store
from timeline.definitions.council import CouncilTimeline
from timeline.escalation.day import horizon
from timeline.planning.occurrences import Occurrence
from timeline.planning.plan import plan
from timeline.programme.programme import Programme


def apply_timeline(
    store: Store,
    timeline: CouncilTimeline,
    settings: Settings,
    *,
    at: datetime,
    who: str,
    source: str,
    digest: str,
    programme: Programme | None = None,
    look_from: datetime | None = None,
    ladders_too: bool = False,
) -> CouncilTimeline:
    """Apply a timeline in force from `at`, with the programme beside it; the first apply decides once from when it is
    live and how long it is a trial.

    `look_from`: an earlier instant for which flows are still to run; they pass over what is planned after it.
    `ladders_too`: tasks that have opened take the new ladders.
    """
    laying = partial(laid_out, at=look_from or at)
    store.changes.apply(
        timeline,
        at=at,
        who=who,
        source=source,
        digest=digest,
        programme=programme,
        laying=laying,
        look_from=look_from,
        ladders_too=ladders_too,
    )
    return store.definitions.timeline(settings.working_hours)


def laid_out(timeline: CouncilTimeline, *, at: datetime) -> tuple[Occurrence, ...]:
    """Plan the occurrences by the rules and the facts known at `at`, as far ahead as we look."""
    return plan(timeline, at=at, until=horizon(timeline, at=at))
