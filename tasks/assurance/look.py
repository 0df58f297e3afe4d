"""Look at what should have been said, and ahead, without acting; it needs no channel."""

from datetime import datetime
from typing import NamedTuple

from config.settings import Settings
from models.store import Store
from tasks.council.run import CouncilRun
from timeline.assurance import Evidence, Reckoning, Unowned, reckon, unassigned_steps


class Looked(NamedTuple):
    """The result of looking without acting."""

    evidence: Evidence
    reckoning: Reckoning
    unowned: tuple[Unowned, ...]


def look(store: Store, settings: Settings, *, at: datetime) -> Looked:
    """Reckon since the last assurance, and look ahead; changes nothing. Raises StoreError."""
    council_run = CouncilRun(store, settings, at)
    evidence = store.assurance.evidence(settings.working_hours, at=at)
    since = store.assurance.evidence_since(at=at) or at
    return Looked(
        evidence, reckon(evidence, since=since, at=at), unassigned_steps(evidence, council_run.reachability(), at=at)
    )
