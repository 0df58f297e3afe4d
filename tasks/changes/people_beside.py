"""Take in `people.csv` beside a council's timeline: when its content changes, so that what came later stays."""

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from config.houses.folder import PEOPLE, people_of
from config.load import is_error
from config.settings import Settings
from config.timeline_files.faults import BadInput, Fault
from models.store import Store
from tasks.changes.import_people import import_people, read_over
from timeline.calendar.london import london_date
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.imports import Imported


class PeopleBeside:
    """Hold the people beside a timeline that is to be applied; nothing where there is no file, or it was taken in."""

    def __init__(
        self, store: Store, settings: Settings, file: Path, timeline: CouncilTimeline, *, at: datetime
    ) -> None:
        """Read them, over what an apply of the timeline would leave. Raise BadInput, and nothing is to be changed."""
        self._store, self._settings = store, settings
        people = people_of(file)
        content = people.read_bytes() if people else b""
        self.source = f"{PEOPLE} ({sha256(content).hexdigest()[:12]})"
        self.said: Imported | None = None
        self.warnings: tuple[Fault, ...] = ()
        if people and not self._was_taken():
            self.said, self.warnings = _read(store, settings, people.name, content, timeline, at)

    def _was_taken(self) -> bool:
        """Tell whether it is what the file held when it was last taken in: an earlier content that is back is new."""
        taken = [each.source for each in self._store.changes.revisions() if each.source.startswith(f"{PEOPLE} (")]
        return taken[-1:] == [self.source]

    def take(self, *, at: datetime, who: str) -> Iterator[str]:
        """Import them once the timeline is applied, and say so."""
        if self.said and import_people(self._store, self._settings, self.said, at=at, who=who, source=self.source):
            yield f"The people of {PEOPLE} were imported."


def faults_beside(settings: Settings, file: Path, timeline: CouncilTimeline, *, at: datetime) -> tuple[Fault, ...]:
    """List the faults of the people beside a timeline, as it would be applied for the first time."""
    people = people_of(file)
    if people is None:
        return ()
    listed = frozenset(timeline.directory.people)
    try:
        return read_over(timeline, settings, people.name, people.read_bytes(), listed=listed, at=at)[1]
    except BadInput as bad:
        return bad.faults


def _read(
    store: Store, settings: Settings, name: str, content: bytes, timeline: CouncilTimeline, at: datetime
) -> tuple[Imported, tuple[Fault, ...]]:
    """Read them over the people that an apply would leave."""
    is_stored = store.changes.applied() is not None
    after = store.definitions.timeline_after_apply(timeline, on=london_date(at)) if is_stored else timeline
    listed = store.people.listed() if is_stored else frozenset[str]()
    listed |= frozenset(timeline.directory.people)
    said, faults = read_over(after, settings, name, content, listed=listed, at=at)
    if said is None:
        raise BadInput(fault for fault in faults if is_error(fault))
    return said, faults
