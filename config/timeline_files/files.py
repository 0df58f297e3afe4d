"""Read both files of a council together, with everything they define by name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from config.timeline_files import merge
from config.timeline_files.build_people import posts as built_posts
from config.timeline_files.faults import Fault, error
from config.timeline_files.pack_shapes import LadderShape, ObligationShape, PackShape
from config.timeline_files.timeline_shapes import TimelineShape
from timeline.calendar.wording import near
from timeline.calendar.working_hours import WorkingHours
from timeline.definitions.people import Post


@dataclass(frozen=True)
class Files:
    """Hold both files of a council, and everything they define by name."""

    pack_file: str
    pack: PackShape
    timeline_file: str
    timeline: TimelineShape
    house_hours: WorkingHours

    @property
    def hours(self) -> WorkingHours:
        """Give the working hours of this council: its own, or those of the house."""
        return self.timeline.council.working_hours or self.house_hours

    @cached_property
    def posts(self) -> Mapping[str, Post]:
        return built_posts(self.pack, self.timeline)

    @cached_property
    def facts(self) -> Mapping[str, str]:
        return merge.facts(self.pack, self.timeline)

    @cached_property
    def ladders(self) -> Mapping[str, LadderShape]:
        return merge.ladders(self.pack, self.timeline)

    @cached_property
    def lists(self) -> Mapping[str, tuple[str, ...]]:
        return merge.lists(self.pack, self.timeline)

    @cached_property
    def obligations(self) -> Mapping[str, ObligationShape]:
        """Give every duty with its rule for this council, including duties switched off."""
        return merge.obligations(self.pack, self.timeline)

    @cached_property
    def dated(self) -> frozenset[str]:
        return frozenset(self.facts) | frozenset(self.obligations)


def known(file: str, key: str, name: str, among: Mapping[str, object], what: str) -> Iterator[Fault]:
    """Report a name that is not defined."""
    if name not in among:
        yield error(file, key, f"There is no {what} “{name}”.{near(name, among)}")
