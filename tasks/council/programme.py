"""Read a council's programme with its updates as it is at an instant, and add an update to it."""

from dataclasses import dataclass
from datetime import datetime

from config.settings import Settings
from models.store import Store
from timeline.calendar.london import london_date
from timeline.programme.as_known import NotPublished, as_known
from timeline.programme.links import links
from timeline.programme.programme import Programme
from timeline.programme.refusal import refusal
from timeline.programme.updates import Part, RecordUpdate
from timeline.steering.records import ProgrammeNow


class NoProgramme(LookupError):
    """Report that a council has stated no programme."""


class UpdateRefused(ValueError):
    """Refuse an update of a record, in a sentence."""


@dataclass(frozen=True)
class Updating:
    """Hold an update that was looked at and can be added."""

    store: Store
    record: str
    part: Part

    def add(self, who: str, *, at: datetime) -> bool:
        """Add it in the name of somebody; False when it stands there already."""
        return self.store.programmes.update(self.update(who, at=at), at=at)

    def update(self, who: str, *, at: datetime) -> RecordUpdate:
        """Give the update as it would be kept."""
        return RecordUpdate(record=self.record, part=self.part, at=at, who=who)

    def stands(self, *, at: datetime) -> bool:
        """Tell whether the very same was the last update of its record."""
        theirs = [each.part for each in self.store.programmes.updates(at=at) if each.record == self.record]
        return theirs[-1:] == [self.part]


def told_programme(store: Store, *, at: datetime) -> Programme | None:
    """Read the programme as it may be told; None where there is none, or before the findings are public."""
    stated = store.programmes.known(at=at)
    try:
        return as_known(stated.programme, on=london_date(at)) if stated else None
    except NotPublished:
        return None


def programme_now(store: Store, settings: Settings, *, at: datetime) -> ProgrammeNow:
    """Read the programme. Raise NoProgramme."""
    stated = store.programmes.known(at=at)
    if stated is None:
        raise NoProgramme(store.council)
    addresses = (link.address for link in links(stated.programme))
    return ProgrammeNow(
        timeline=store.definitions.timeline(settings.working_hours),
        whole=stated.programme,
        updates=store.programmes.updates(at=at),
        stated=store.programmes.statements(),
        occurrences=store.plan.occurrences(),
        links=store.programmes.link_states(addresses),
        at=at,
    )


def updating(store: Store, now: ProgrammeNow, record: str, part: Part) -> Updating:
    """Look at an update before it is added. Raise UpdateRefused."""
    if fault := refusal(now.programme, record, part, on=london_date(now.at)):
        raise UpdateRefused(fault)
    return Updating(store, record, part)
