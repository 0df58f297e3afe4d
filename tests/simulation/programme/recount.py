"""Read every report and count each number of it a second time, from the world's own diary and reckoning."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from tasks.reports.make import Asked, make
from tests.simulation.programme import of_records, of_tasks, of_training
from tests.simulation.programme.diary import Diary
from tests.simulation.promises import NUMBERS, Broken
from tests.simulation.script import instant
from timeline.reports.document import Report
from timeline.reports.kinds import KINDS

if TYPE_CHECKING:
    from tests.simulation.world import World

_EARLIER = timedelta(days=45)
AREA = "early-help"


@dataclass(frozen=True)
class Lived:
    """Hold what was lived by the end of a day, with the words for it: `title` gives the title of a post."""

    world: "World"
    diary: Diary
    on: date
    until: datetime

    def title(self, post: str) -> str:
        """Give the title of a post."""
        return self.world.known.directory.posts[post].title


Told = tuple[str, Any, Any]
"""What is counted, what a report says of it, and what was lived."""


def recount(world: "World", diary: Diary) -> int:
    """Compare every report as known today and as known earlier; raise Broken for the first number that differs."""
    compared = 0
    for on in (world.today, world.today - _EARLIER):
        lived = Lived(world, diary, on, min(instant(on, time(23, 59)), world.clock.now))
        for kind in KINDS:
            for what, said, counted in _of(kind, lived):
                compared += 1
                if said != counted:
                    raise Broken(NUMBERS, f"The report “{kind}” as at {on}, {what}: it says {said}; {counted} is true.")
    return compared


def _of(kind: str, lived: Lived) -> Iterator[Told]:
    world = lived.world
    asked = Asked(kind=kind, as_at=lived.on, area=AREA if KINDS[kind].of_area else "")
    report = make(world.store, world.settings, asked, at=world.clock.now)
    yield from _COUNTED[kind](report, lived)
    if kind == of_training.KIND:
        lead = Asked(kind=kind, as_at=lived.on, reader="training_lead")
        yield from of_training.missed(make(world.store, world.settings, lead, at=world.clock.now), lived)


def _every(*counts: Callable[[Report, Lived], Iterator[Told]]) -> Callable[[Report, Lived], Iterator[Told]]:
    def all_of(report: Report, lived: Lived) -> Iterator[Told]:
        for each in counts:
            yield from each(report, lived)

    return all_of


_RECORDS = (of_records.measures, of_records.matrix, of_records.moved, of_records.exceptions)
_COUNTED: dict[str, Callable[[Report, Lived], Iterator[Told]]] = {
    "cabinet": _every(of_records.actions, of_records.risks, of_records.improvements),
    "commissioner": _every(
        of_records.areas, of_records.measures, of_records.moved, of_records.risks, of_training.held, of_tasks.kept
    ),
    "board": _every(*_RECORDS, of_records.plan, of_records.decided),
    "visit": _every(of_records.changed),
    "training": _every(of_training.sessions, of_training.coverage),
    "accountability": _every(*_RECORDS, of_tasks.overdue),
    "inspector": _every(of_records.trail, of_records.evidence),
}
