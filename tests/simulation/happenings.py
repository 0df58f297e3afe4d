"""Tell what happens to the council: facts, holidays, people who come, leave and are away, and a machine that is off."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tasks.changes import record as changing
from tasks.changes.apply import apply_timeline
from tests.simulation.days import DAY
from tests.simulation.folk import Folk
from tests.simulation.programme.given import given
from tests.simulation.programme.writing import PROGRAMME
from tests.simulation.promises import said, short
from tests.simulation.script import Event
from tests.simulation.town import EXTRA, fact
from timeline.definitions.absences import Absence
from timeline.definitions.facts import PROCLAIMED, Fact
from timeline.definitions.people import Directory, Holder

if TYPE_CHECKING:
    from tests.simulation.world import World

_SPELLS = {
    "off": "The machine is off",
    "missed": "Prefect makes no runs",
    "doubled": "Prefect makes every run twice",
    "belated": "Prefect makes the morning's runs at noon",
    "unreachable": "The mail server is away",
    "late": "The mail server hands mail on late",
    "hangs-taken": "The mail server takes mail and says nothing",
    "hangs-lost": "The mail server hangs and loses what it had",
    "put-off": "The mail server puts mail off",
}
_MAILBOXES = {"refused": "is gone", "bounces": "sends everything back"}


class Happenings:
    """Do to Daymark what people do by command, and keep the world's own note of it."""

    def __init__(self, world: "World") -> None:
        self._world = world

    def happens(self, event: Event) -> None:
        """Make one event of the script happen, at its instant."""
        if event.until:
            self._begins(event, event.until)
        doing: dict[str, Callable[[Event], None]] = {
            "fact": self._fact,
            "holiday": self._holiday,
            "leaves": self._leaves,
            "away": self._away,
            "undo": self._world.undoing.undo,
            "ladders": self._world.undoing.tries_ladders,
            "pause": self._world.silence.pauses,
            "amid": self._world.silence.awaits,
            "future": self._world.forms.asks_for_the_future,
            PROGRAMME: self._world.programme.happens,
        }
        if event.kind in doing:
            doing[event.kind](event)

    def _begins(self, event: Event, until: datetime) -> None:
        world = self._world
        if event.kind in _SPELLS:
            world.say(f"{_SPELLS[event.kind]} until {said(until)}.")
        if event.kind == "silence":
            world.silence.stops(until)
        if event.kind == "clock":
            world.clock.goes_wrong(event, until)
        if event.kind == "neighbour":
            world.neighbour.comes(event, until)
        if event.kind in _MAILBOXES:
            world.say(f"The mailbox of {event.who} {_MAILBOXES[event.kind]} until {said(until)}.")
            world.at(until, lambda: self._new_address(event))

    def _fact(self, event: Event) -> None:
        assert event.on
        until = event.on + event.n * DAY if event.n else None
        self._record(
            event,
            fact(event.what, event.on, self._world.now, of=event.who or None, until=until),
            f"It is recorded: {event.what} of {event.who}, {short(event.on)}.",
        )

    def _holiday(self, event: Event) -> None:
        assert event.on
        if event.on > self._world.today:
            self._record(
                event, fact(PROCLAIMED, event.on, self._world.now), f"{short(event.on)} is proclaimed a bank holiday."
            )

    def _record(self, event: Event, recorded: Fact, sentence: str) -> None:
        """Record it by command, which refuses what nothing could mean; once more when the process ended before it was
        done.
        """
        world = self._world
        try:
            occurrences = [occurrence.ref for occurrence in world.store.plan.occurrences()]
            changing.refuse(recorded, world.store.definitions.timeline(world.settings.working_hours), occurrences)
        except changing.Refused as refused:
            world.say(f"Not recorded: {refused}")
            return

        def act() -> bool:
            # The command knows no embargo: the product has to lay it on the fact.
            typed = replace(recorded, embargo=None, known_at=world.clock.now)
            return changing.record(world.store, typed, world.settings, at=world.clock.now, who="Programme lead")

        with world.undoing.change(event.id, act, fact=recorded):
            world.known = replace(world.known, facts=(*world.known.facts, recorded))
            world.say(sentence)

    def _leaves(self, event: Event) -> None:
        """Note somebody's last day in a post, and from when somebody else is there: `n` days later, or nobody
        below 0.
        """
        assert event.on
        directory = self._world.known.directory
        held = next(
            (holder for holder in directory.holders if holder.post == event.who and holder.until_on is None), None
        )
        if held is None:
            return
        others = [holder for holder in directory.holders if holder != held]
        comers = list(_comers(event))
        people = dict(directory.people)
        for comer in comers:
            address = f"{comer.person}@medway.example"
            people[comer.person] = replace(people[EXTRA], key=comer.person, name=comer.person, address=address)
        holders = (*others, replace(held, until_on=event.on), *comers)
        then = f"{comers[0].person} follows on {short(comers[0].from_on or event.on)}" if comers else "nobody follows"
        self._change(
            event,
            replace(directory, holders=holders, people=people),
            f"{held.person} leaves the post {event.who} after {short(event.on)}; {then}.",
        )

    def _away(self, event: Event) -> None:
        assert event.on
        directory = self._world.known.directory
        person = Folk(directory, event.on).holder(event.who)
        if person:
            absence = Absence(person=person, from_on=event.on, until_on=event.on + (event.n - 1) * DAY)
            changed = replace(directory, absences=(*directory.absences, absence))
            self._change(event, changed, f"{person} will be away from {short(event.on)} for {event.n} days.")

    def _new_address(self, event: Event) -> None:
        directory, person = self._world.known.directory, event.who
        if person not in directory.people:
            # Their coming was taken back meanwhile.
            return
        new = replace(directory.people[person], address=f"new.{directory.people[person].address}")
        people = {**directory.people, person: new}
        self._change(event, replace(directory, people=people), f"{person} has a new address.")

    def _change(self, event: Event, directory: Directory, sentence: str) -> None:
        """See that the file is changed and applied."""
        world = self._world
        with world.undoing.change(event.id, lambda: self.apply(sentence)):
            world.known = replace(world.known, directory=directory)
            stated = tuple(absence for absence in directory.absences if absence not in world.heard)
            world.file = replace(world.file, directory=replace(directory, absences=stated))

    def apply(self, sentence: str) -> bool:
        """Apply as `daymark apply` does."""
        world, at = self._world, self._world.clock.now
        who, source, digest = "Programme lead", "file.yaml", str(world.now)
        programme = given(world.town.start) if world.script.with_programme else None
        apply_timeline(
            world.store,
            world.file,
            world.settings,
            at=at,
            who=who,
            source=source,
            digest=digest,
            programme=programme,
        )
        changing.tell(world.store, world.settings, at=at)
        world.say(sentence)
        return True


def _comers(event: Event) -> Iterator[Holder]:
    if event.n >= 0 and event.on:
        yield Holder(post=event.who, person=event.what, from_on=event.on + timedelta(days=event.n + 1))
