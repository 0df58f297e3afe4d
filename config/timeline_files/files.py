"""Both files of a council side by side, and what their names stand for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from config.timeline_files import merge as joined
from config.timeline_files.build import posts as built_posts
from config.timeline_files.faults import Fault, error
from config.timeline_files.shapes import LadderShape, ObligationShape, PackShape, TimelineShape
from timeline.calendar.working_hours import WorkingHours
from timeline.definitions.people import Post


@dataclass(frozen=True)
class Files:
    """Both files of a council and what stands in them by name."""

    pack_file: str
    pack: PackShape
    timeline_file: str
    timeline: TimelineShape
    hours: WorkingHours

    @cached_property
    def posts(self) -> Mapping[str, Post]:
        return built_posts(self.pack, self.timeline)

    @cached_property
    def facts(self) -> Mapping[str, str]:
        return joined.facts(self.pack, self.timeline)

    @cached_property
    def ladders(self) -> Mapping[str, LadderShape]:
        return joined.ladders(self.pack, self.timeline)

    @cached_property
    def lists(self) -> Mapping[str, tuple[str, ...]]:
        return joined.lists(self.pack, self.timeline)

    @cached_property
    def obligations(self) -> Mapping[str, ObligationShape]:
        """Every duty with the rule that holds here, also those switched off."""
        return joined.obligations(self.pack, self.timeline)

    @cached_property
    def dated(self) -> frozenset[str]:
        return frozenset(self.facts) | frozenset(self.obligations)


def known(file: str, key: str, name: str, among: Mapping[str, object], what: str) -> Iterator[Fault]:
    """A fault when a name stands for nothing."""
    if name not in among:
        yield error(file, key, f"There is no {what} “{name}”.{near(name, among)}")


def near(name: str, among: Mapping[str, object] | frozenset[str]) -> str:
    """A second sentence for a slip of the pen."""
    found = get_close_matches(name, list(among), n=1)
    return f" Did you mean “{found[0]}”?" if found else ""
