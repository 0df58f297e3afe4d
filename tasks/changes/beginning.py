"""Begin: apply the timeline of the settings, or each council of their folder, to an empty store."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from config.houses.folder import CouncilFile, councils_in, goes_on, stated_alone
from config.load import digest, examine, is_error, programme_beside
from config.settings import Settings
from config.timeline_files.faults import BadInput, Fault
from models.store import Store
from tasks import clock
from tasks.changes.apply import apply_timeline
from tasks.changes.people_beside import PeopleBeside
from tasks.council.ledger import engine, stores
from timeline.calendar.london import in_london, start_of_day
from timeline.calendar.working_hours import last_working_instant
from timeline.definitions.council import CouncilTimeline


def timeline_in_force(given: Settings) -> str:
    """Apply the settings' timeline, or folder of councils, to an empty store; later only report what differs.

    Raise BadInput where nothing of it can be used.
    """
    applied = {store.council: revision for store in stores(given) if (revision := store.changes.applied())}
    if not applied:
        return _apply_first(given)
    if not given.timeline.is_dir():
        same = digest(given.timeline) in {revision.digest for revision in applied.values()}
        # The name only: the whole path would describe this machine in a log.
        return "" if same else _differs(given.timeline.name)
    return "\n".join(_folder_in_force(given.timeline, {key: revision.digest for key, revision in applied.items()}))


def _differs(name: str) -> str:
    return f"{name} differs from what is stored: run daymark preview with it. What is stored goes on."


def _folder_in_force(folder: Path, stored: Mapping[str, str]) -> Iterator[str]:
    """Say which councils of the folder are not stored as their files are, and which stored ones it does not hold."""
    councils = councils_in(folder)
    for each in councils:
        try:
            if each.faults:
                raise BadInput(each.faults)
            if each.key not in stored:
                yield f"{each.name} is not stored yet: run daymark apply with the folder."
            elif stored[each.key] != digest(each.path):
                yield _differs(each.name)
        except BadInput as bad:
            yield _unusable(each, bad)
    for key in sorted(stored.keys() - {each.key for each in councils}):
        yield goes_on(key, folder)


def _apply_first(given: Settings) -> str:
    """Apply the timeline, or each council of the folder that can be used. Raise BadInput when there is none."""
    if not given.timeline.is_dir():
        return "\n".join(_applied_first(given, stated_alone(given.timeline)))
    said, faults = list[str](), list[Fault]()
    for each in councils_in(given.timeline):
        try:
            if each.faults:
                raise BadInput(each.faults)
            said += _applied_first(given, each)
        except BadInput as bad:
            said.append(_unusable(each, bad))
            faults += each.told(bad.faults)
    if next(iter(stores(given)), None) is None:
        raise BadInput(faults)
    return "\n".join(said)


def _unusable(council: CouncilFile, bad: BadInput) -> str:
    return "\n".join(fault.told for fault in council.told(bad.faults))


def _applied_first(given: Settings, council: CouncilFile) -> Iterator[str]:
    """Apply a council's timeline, and say so, below the warnings. Raise BadInput, and then nothing was applied."""
    at, file = clock.now(), council.path
    timeline, faults = examine(file, on=at.date(), hours=given.working_hours)
    if timeline is None or any(map(is_error, faults)):
        raise BadInput(fault for fault in faults if is_error(fault))
    store = Store(engine(given.database_url), timeline.council.key)
    people = PeopleBeside(store, given, file, timeline, at=at)
    live = apply_timeline(
        store,
        timeline,
        given,
        at=at,
        who="daymark up",
        source=council.name,
        digest=digest(file),
        programme=programme_beside(file, timeline, on=at.date()),
        look_from=last_instant_with_mail(timeline, at),
    )
    imported = tuple(people.take(at=at, who="daymark up"))
    told = council.told((*faults, *people.warnings))
    yield from (f"{fault.level.value}: {fault.told}" for fault in told)
    yield from imported
    yield f"{live.council.name}: the timeline of {council.name} was applied."


def working_instant(timeline: CouncilTimeline, at: datetime) -> datetime:
    """Give the last working instant at or before `at`."""
    return last_working_instant(at, timeline.calendars.office, timeline.hours)


def last_instant_with_mail(timeline: CouncilTimeline, at: datetime) -> datetime:
    """Give the last working instant at which mail leaves at once: before the day's mail that is the evening before."""
    before_mail = in_london(at).time() < timeline.council.mail_at
    return working_instant(timeline, start_of_day(in_london(at).date()) if before_mail else at)
