"""Writes corrections into the ledger: one for each person who was told what no longer holds."""

from collections.abc import Collection
from datetime import datetime

from config.settings import settings
from models.store import Store
from timeline.corrections import corrections, gone
from timeline.ground import ground
from timeline.ladder import Decision


def correct(store: Store, *, at: datetime, obligations: Collection[str] | None = None) -> int:
    """Writes the corrections that are called for at `at`, of these duties or of all; gives how many are new.

    A second time, or beside another worker, it writes nothing: what the ledger holds is not written again.
    """
    found = store.misled(obligations)
    if not found:
        return 0
    refs = frozenset(one.milestone.ref for one in found)
    said, responses = store.said(refs=refs), store.responses(refs=refs)
    timeline = store.timeline(settings().working_hours)
    decisions = []
    for one in found:
        milestone = gone(one.milestone) if one.gone else one.milestone
        ref = milestone.ref
        on = ground(timeline, milestone, said.get(ref, ()), responses.get(ref, ()), at=at)
        prompts = corrections(on)
        if prompts:
            # The next flow looks at it again: what was not decided here is not slept through.
            decisions.append(Decision(milestone, on.standing, prompts, next_rung_at=at))
    return store.write(decisions, at=at) if decisions else 0
