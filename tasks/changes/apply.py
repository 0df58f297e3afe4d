"""Takes a council's timeline into the store, and lays out its dates so that they can be listed at once."""

from datetime import datetime
from functools import partial

from config.settings import Settings
from models.store import Store
from timeline.definitions.council import CouncilTimeline
from timeline.escalation.day import horizon
from timeline.planning.occurrences import Occurrence
from timeline.planning.plan import plan


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
    ladders_too: bool = False,
) -> CouncilTimeline:
    """Applies a timeline in force from `at`; from when it is live, and in shadow, the first apply decides once.

    `look_from`: an earlier instant for which flows are still to run; they pass over what is laid out after it.
    `ladders_too`: tasks that have opened take the ladders that hold now.
    """
    laying = partial(laid_out, at=look_from or at)
    store.changes.apply(
        timeline,
        at=at,
        who=who,
        source=source,
        digest=digest,
        laying=laying,
        look_from=look_from,
        ladders_too=ladders_too,
    )
    return store.definitions.timeline(settings.working_hours)


def laid_out(timeline: CouncilTimeline, *, at: datetime) -> tuple[Occurrence, ...]:
    """The occurrences as the rules make them of the facts known at `at`, as far ahead as we look."""
    return plan(timeline, at=at, until=horizon(timeline, at=at))
