"""Hold a second council in the same database, which cannot be read any more: the first must lose nothing by it."""

from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from flows import councils
from flows.councils import Round
from models.store import Store
from models.store.definitions import timelines
from tasks.changes.apply import apply_timeline
from tasks.council import ledger
from tasks.sending.deliver import deliver
from tests.simulation.promises import ISOLATED, Broken
from tests.simulation.script import Event
from tests.simulation.town import KEY
from timeline.definitions.council import CouncilTimeline
from timeline.escalation.day import decide_day

if TYPE_CHECKING:
    from tests.simulation.world import World

NEIGHBOUR = "anytown"
"""It comes before ours in every loop."""
_SAID = "who, what, ref, before, after, why, via, for_whom, texts, records, previous, hash"
_SPOILT = {
    "timeline": "UPDATE council SET definition = 'not what it was' WHERE key = 'anytown'",
    "duty": "UPDATE obligation SET definition = 'not what it was' WHERE council = 'anytown'",
    "chain": (
        f"INSERT INTO audit_event (council, sequence, at, {_SAID}) "  # noqa: S608 (names of columns)
        f"SELECT council, 9999999, 'never', {_SAID} FROM audit_event WHERE council = 'anytown' LIMIT 1"
    ),
    "plan": "UPDATE milestone SET definition = 'not what it was' WHERE council = 'anytown'",
}
_OURS = "m.type = 'table' AND m.name <> 'audit_event' AND c.name = 'council'"
_TABLES = f"SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE {_OURS}"  # noqa: S608


class Neighbour:
    """Stand from an event to its end, broken in its middle."""

    def __init__(self, world: "World") -> None:
        self._world = world
        self.stands = self._broken = False

    def comes(self, event: Event, until: datetime) -> None:
        """See that another council goes live in the same database; after a third of its time a row of it breaks."""
        world = self._world
        timeline = _another(world.town.timeline)
        given = {"at": world.clock.now, "who": "Programme lead", "source": "other.yaml", "digest": "another"}
        apply_timeline(Store(world.machine.engine, NEIGHBOUR), timeline, world.settings, **given)  # type: ignore[arg-type]
        self.stands = True
        world.say(f"The council {NEIGHBOUR} goes live in the same database.")
        world.at(event.at + (until - event.at) / 3, lambda: self._breaks(event.what))
        world.at(until, self._leaves)

    def _breaks(self, what: str) -> None:
        self._world.machine.spoil(_SPOILT[what])
        timelines._last_read.clear()
        self._broken = True
        self._world.say(f"Of {NEIGHBOUR} the {what} cannot be read any more.")

    def _leaves(self) -> None:
        machine = self._world.machine
        for (table,) in machine.rows(_TABLES):
            machine.spoil(f"DELETE FROM {table} WHERE council = '{NEIGHBOUR}'")  # noqa: S608 (a table of our own)
        machine.spoil(f"DELETE FROM council WHERE key = '{NEIGHBOUR}'")  # noqa: S608
        self.stands = self._broken = False
        self._world.say(f"{NEIGHBOUR} gets a machine of its own.")

    def beside(self, ours: Callable[[], Any], theirs: Callable[[Store], object]) -> Any:
        """Do the work of a flow for both, as the flows do; give what came of ours."""
        if not self.stands:
            return ours()
        machine, done, trouble = self._world.machine, list[Any](), list[BaseException]()

        async def act(store: Store) -> str:
            if store.council == KEY:
                try:
                    with machine.only(ours=True):
                        done.append(ours())
                except Exception as fault:
                    trouble.append(fault)
            else:
                theirs(store)
            return ""

        with machine.only(ours=False):
            served = _round(councils.each_council(act))
        if trouble:
            raise trouble[0]
        if served.failed and not self._broken:
            raise Broken(ISOLATED, f"Nothing of it is broken, and {served.failed[0]}")
        if not done:
            raise Broken(ISOLATED, f"The round through the councils did nothing for {KEY}.")
        return done[0]

    def lives_a_morning(self, store: Store) -> None:
        """Do what the statutory flows do for it."""
        at = self._world.clock.now
        duties = frozenset(
            duty.key for duty in store.definitions.timeline(self._world.settings.working_hours).obligations
        )
        ledger.write(store, decide_day(ledger.gather(store, duties, at=at), obligations=duties, at=at))

    def sends(self, store: Store) -> None:
        """Do what `notify` does for it."""
        deliver(store, self._world.settings, at=self._world.clock.now)


def _another(ours: CouncilTimeline) -> CouncilTimeline:
    """Give a smaller council, with the same posts and other addresses."""
    people = {
        key: replace(person, address=person.address.replace("medway", NEIGHBOUR))
        for key, person in ours.directory.people.items()
    }
    council = replace(ours.council, key=NEIGHBOUR, name="Anytown")
    directory = replace(ours.directory, people=people)
    return replace(ours, council=council, obligations=ours.obligations[:1], directory=directory)


def _round(work: Coroutine[Any, Any, Round]) -> Round:
    """See that nothing in it waits, so that it needs no loop."""
    try:
        work.send(None)
    except StopIteration as end:
        given: Round = end.value
        return given
    raise AssertionError("A round through the councils waits for something.")
