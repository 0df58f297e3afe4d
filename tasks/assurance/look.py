"""Look at what should have been said, and ahead, without acting; it needs no channel."""

from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from config.settings import Settings
from models.store import Store
from tasks.council.run import CouncilRun
from timeline.assurance import Evidence, Reckoning, Unowned, reckon, unassigned_steps
from timeline.definitions.addresses import is_placeholder
from timeline.delivery.contact_methods import MAIL, ContactMethod, Reachability


class Looked(NamedTuple):
    """Hold the result of looking without acting."""

    evidence: Evidence
    reckoning: Reckoning
    unowned: tuple[Unowned, ...]


def look(store: Store, settings: Settings, *, at: datetime, whole: bool = False) -> Looked:
    """Reckon since the last assurance, and look ahead; changes nothing. Raises StoreError.

    If `whole`, everything is compared from the beginning, and not since the last day proved.
    """
    council_run = CouncilRun(store, settings, at)
    evidence = store.assurance.evidence(settings.working_hours, at=at, whole=whole)
    since = store.assurance.evidence_since(at=at) or at
    return Looked(
        evidence, reckon(evidence, since=since, at=at), unassigned_steps(evidence, _reachability(council_run), at=at)
    )


def _reachability(council_run: CouncilRun) -> Reachability:
    """Take placeholder addresses for dead before a mail to them fails; the catcher takes them, as in the demo."""
    reachability, people = council_run.reachability(), council_run.timeline.directory.people
    if council_run.settings.catches_mail:
        return reachability
    nowhere = frozenset(ContactMethod(key, MAIL) for key, person in people.items() if is_placeholder(person.address))
    return replace(reachability, dead=reachability.dead | nowhere, nowhere=nowhere)
