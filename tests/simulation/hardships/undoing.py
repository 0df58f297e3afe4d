"""Hold every change by command, with what stood before it; `undo` takes the last back, and all is as it was."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tasks.changes import record as changing
from tasks.changes.apply import apply_timeline
from tests.simulation.days import london, new_list_since
from tests.simulation.promises import UNDONE, Broken
from tests.simulation.script import Event
from tests.simulation.town import KEY
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.duties import Ladder
from timeline.definitions.facts import Fact
from timeline.definitions.people import Directory

if TYPE_CHECKING:
    from tests.simulation.world import World

_REVISIONS = "SELECT count(*) FROM revision WHERE council = :key"
_OF_TASK = (
    "(SELECT json_extract(s.definition, '$.ladder') FROM shared_definition s WHERE s.council = milestone.council "
    "AND s.sha256 = milestone.shared)"
)
_OURS = "FROM milestone WHERE council = :key AND dropped_at IS NULL ORDER BY ref"
_LADDERS = f"SELECT ref, {_OF_TASK} {_OURS}"
_DATES = f"SELECT ref, due_on, legal_on {_OURS}"


@dataclass(frozen=True)
class Change:
    """Hold one change that can be taken back: an apply with the directory and the file before it, or a fact."""

    event: str
    stated: CouncilTimeline
    directory: Directory
    file: CouncilTimeline
    dates: dict[str, Any]
    fact: Fact | None = None


class Undoing:
    """Hold the changes that stand, the last at the end."""

    def __init__(self, world: "World") -> None:
        self._world = world
        self._changes: list[Change] = []
        self._undisturbed = False

    @contextmanager
    def change(self, event: str, act: Callable[[], object], *, fact: Fact | None = None) -> Iterator[None]:
        """See that the world notes a change within, and makes it at the end; once more when its process ended before it
        was done. It can be taken back if it was one.
        """
        world = self._world
        before, dates, count = self._stated(), self._by_ref(_DATES), self._count()
        known, file = world.known, world.file
        yield
        if world.attempt("change", act) is None:
            act()
        if self._count() > count:
            self._changes.append(Change(event, before, known.directory, file, dates, fact))
        self._undisturbed = True

    def something_happens(self) -> None:
        """See that from now on the dates may be others for another reason."""
        self._undisturbed = False

    def undo(self, event: Event) -> None:
        """Take the last change back, whichever it is by now."""
        world = self._world
        if not self._changes:
            return
        change = self._changes.pop()
        nothing_between, self._undisturbed = self._undisturbed and not self._new_holiday(), False
        count = self._count()
        world.say(f"The last change is taken back ({change.event}).")
        self._note(change)
        if world.attempt("change", self._undo) is None and self._count() == count:
            self._undo()
        changing.tell(world.store, world.settings, at=world.clock.now)
        self._ask(change, nothing_between=nothing_between)

    def _undo(self) -> bool:
        world = self._world
        changing.undo(world.store, world.settings, at=world.clock.now, who="Programme lead")
        return True

    def _new_holiday(self) -> bool:
        """Tell whether a bank holiday became known since dates were worked out last, on a morning of work: the undo
        works them out anew.
        """
        on = london(self._world.clock.now).date()
        return new_list_since(on - timedelta(days=4), until=on)

    def _note(self, change: Change) -> None:
        """Keep the world's own note: a fact holds no more, or the file is the one of before."""
        world = self._world
        known = world.known
        if change.fact:
            world.known = replace(known, facts=tuple(fact for fact in known.facts if fact is not change.fact))
            return
        own = tuple(absence for absence in change.directory.absences if absence not in world.heard)
        heard = tuple(absence for absence in known.directory.absences if absence in world.heard)
        world.known = replace(known, directory=replace(change.directory, absences=(*own, *heard)))
        world.file = change.file

    def _ask(self, change: Change, *, nothing_between: bool) -> None:
        now, before = self._stated(), change.stated
        for name in ("obligations", "council", "closure_days"):
            if getattr(now, name) != getattr(before, name):
                raise Broken(UNDONE, f"After {change.event} was taken back, the {name} are not those of before.")
        if set(now.directory.holders) != set(before.directory.holders) or now.directory.posts != before.directory.posts:
            raise Broken(UNDONE, f"After {change.event} was taken back, other people hold the posts than before.")
        dates = self._by_ref(_DATES)
        if nothing_between and any(dates.get(ref) != on for ref, on in change.dates.items()):
            raise Broken(UNDONE, f"After {change.event} was taken back, the dates are not those of before.")

    # Ladders, which an apply may change for tasks that have opened

    def tries_ladders(self, _event: Event) -> None:
        """See that somebody applies shorter ladders, to open tasks too, and takes them back at once."""
        world, before = self._world, self._by_ref(_LADDERS)
        world.say("Shorter ladders are applied, to open tasks too, and taken back.")
        shorter = tuple(
            replace(duty, milestones=tuple(replace(task, ladder=_shorter(task.ladder)) for task in duty.milestones))
            for duty in world.file.obligations
        )
        self._apply(replace(world.file, obligations=shorter))
        self._undo()
        now = self._by_ref(_LADDERS)
        if any(now.get(ref) != ladder for ref, ladder in before.items()):
            raise Broken(UNDONE, "Shorter ladders were taken back, and the ladders are not those of before.")

    def _apply(self, file: CouncilTimeline) -> None:
        world = self._world
        apply_timeline(
            world.store,
            file,
            world.settings,
            at=world.clock.now,
            who="Programme lead",
            source="file.yaml",
            digest=f"shorter of {world.now}",
            ladders_too=True,
        )

    def _stated(self) -> CouncilTimeline:
        return self._world.store.definitions.timeline(self._world.settings.working_hours)

    def _count(self) -> int:
        return int(self._rows(_REVISIONS)[0][0])

    def _by_ref(self, statement: str) -> dict[str, Any]:
        return {ref: rest for ref, *rest in self._rows(statement)}

    def _rows(self, statement: str) -> list[Any]:
        return self._world.machine.rows(statement, key=KEY)


def _shorter(ladder: Ladder) -> Ladder:
    return replace(ladder, rungs=ladder.rungs[:-1])
