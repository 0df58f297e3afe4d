"""Begin a house: apply a timeline and live its first moments, or copy them from another world of this run."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Self

from config.load import RULES, digest, examine, programme_beside
from config.settings import Settings
from models.store import Store, councils
from tasks.catcher.catcher import Catcher
from tasks.changes.apply import apply_timeline
from tasks.sending.deliver import Sent
from tests.support import ports, templates
from tests.support.stated import MEDWAY
from timeline.definitions.council import CouncilTimeline


class Applied:
    """Begin as told, or as a copy: `_kept_as` names what was copied from another world, or is kept for the next."""

    store: Store
    settings: Settings
    catcher: Catcher
    now: datetime
    _kept_as = ""
    _seen = 0

    @property
    def timeline(self) -> CouncilTimeline:
        """Give the timeline as it is stored."""
        raise NotImplementedError

    def at(self, text: str) -> Self:
        """Move the clock."""
        raise NotImplementedError

    def live(self, text: str, *duties: str) -> Sent:
        """Decide and deliver at that moment."""
        raise NotImplementedError

    def apply(self, file: Path = MEDWAY, *, rules: Path = RULES, shadow: bool = False) -> CouncilTimeline:
        """Apply a timeline now; without `shadow` officers get their own mails from the first day."""
        if not templates.untouched(self.store.engine):
            return self._apply(file, rules, shadow)
        key = templates.timeline_key(file, rules, self.now, shadow)
        if templates.restore(self.store.engine, key):
            self.store = Store(self.store.engine, *councils(self.store.engine))
        else:
            self._apply(file, rules, shadow)
            templates.keep(self.store.engine, key)
        self._kept_as = key
        applied = self.timeline
        templates.remember_read(self.store.engine, key)
        return applied

    def lived(self, text: str, *duties: str) -> None:
        """Live that moment of a day, or copy it from a world of this run that has lived the same.

        For fixtures: since the first apply nothing may have happened but moments that were lived so.
        """
        key = templates.moment_key(self._kept_as, self.at(text).now, duties, self.settings) if self._kept_as else ""
        if not (key and templates.restore_lived(self.store.engine, self.catcher.folder, key)):
            self.live(text, *duties)
            if key:
                templates.keep_lived(self.store.engine, self.catcher.folder, key)
        self._kept_as = key

    def begun(self, story: Callable[[Self], None]) -> None:
        """Live the beginning of a story, or copy it from a world of this run that has lived it.

        For fixtures, first of all: the story may change nothing but the database, the caught mails and the clock, and
        what it does may depend on nothing but the settings.
        """
        key = templates.story_key(story, self.settings)
        if not templates.untouched(self.store.engine):
            story(self)
        elif templates.restore_lived(self.store.engine, self.catcher.folder, key):
            known = templates.noted(key)
            self.store = Store(self.store.engine, known["council"])
            self.at(known["at"])._seen = known["seen"]
        else:
            story(self)
            at = f"{self.now:%a %-d %b %Y %H:%M}"
            templates.note(key, {"council": self.store.council, "at": at, "seen": self._seen})
            templates.keep_lived(self.store.engine, self.catcher.folder, key)
        self._kept_as = key

    def _apply(self, file: Path, rules: Path, shadow: bool) -> CouncilTimeline:
        council_timeline, faults = examine(file, on=self.now.date(), rules=rules)
        assert council_timeline is not None, faults
        if not shadow:
            council_timeline = _without_shadow(council_timeline)
        self.store = Store(self.store.engine, council_timeline.council.key)
        return apply_timeline(
            self.store,
            council_timeline,
            self.settings,
            at=self.now,
            who="the story",
            source=file.name,
            digest=digest(file, rules),
            programme=programme_beside(file, council_timeline, on=self.now.date()),
        )


def _without_shadow(timeline: CouncilTimeline) -> CouncilTimeline:
    return replace(timeline, council=replace(timeline.council, shadow_by_default=False))


@cache
def pages_port() -> int:
    """Give one port in this process: links name it, and what they stand in is copied from world to world."""
    return ports.kept_port()
