"""Offer in Prefect's forms what there is today, over every council that can be read."""

from collections.abc import Mapping
from datetime import datetime

from config.settings import Settings
from tasks.council.each import readable
from tasks.processes import prefect_forms
from timeline.picture.audience import PlannedWork
from timeline.window.choices import choices


def offer(settings: Settings, *, at: datetime) -> int | None:
    """Bring the forms up to date, and count those that changed; None when Prefect could not be asked."""
    return prefect_forms.offer(settings, lambda: offered(settings, at=at))


def offered(settings: Settings, *, at: datetime) -> Mapping[str, tuple[str, ...]]:
    """Give what may be chosen for each kind of choice; of several councils everything, in their order."""
    every: dict[str, dict[str, None]] = {}
    for store, timeline in readable(settings):
        work = PlannedWork(timeline=timeline.as_known(at=at), occurrences=store.plan.occurrences(), tasks=())
        for kind, given in choices(work, at=at).items():
            every.setdefault(kind, {}).update(dict.fromkeys(given))
    return {kind: tuple(given) for kind, given in every.items()}
