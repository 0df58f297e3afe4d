"""Hold sending that is stopped, and duties and people that are paused: also between two mails of one run."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from tasks.changes import pause as pausing
from tasks.changes.record import Refused
from tests.simulation.days import DAY
from tests.simulation.folk import Folk
from tests.simulation.promises import said, short
from tests.simulation.script import Event
from timeline.definitions.absences import Absence

if TYPE_CHECKING:
    from tests.simulation.world import World

_WHO = "administrator"


@dataclass(frozen=True)
class Paused:
    """Hold a duty that nobody is asked about, the last day included."""

    duty: str
    until_on: date


class Silence:
    """Hold stops, pauses, and their ends. `stopped` while nothing may leave."""

    def __init__(self, world: "World") -> None:
        self._world = world
        self.stopped = False
        self.paused: dict[str, Paused] = {}
        self._persons: dict[str, Absence] = {}
        self._amid: list[Event] = []

    def stops(self, until: datetime) -> None:
        """Make the emergency stop."""
        world = self._world
        world.store.outbox.stop(at=world.clock.now, who=_WHO, reason="a try")
        self.stopped = world.disturbed = True
        world.say(f"All sending is stopped until {said(until)}.")
        world.at(until, self._goes_on)

    def _goes_on(self) -> None:
        world = self._world
        world.store.outbox.resume(at=world.clock.now, who=_WHO, reason="the try is over")
        self.stopped, world.disturbed = False, True
        world.say("Sending goes on.")

    def is_paused(self, duty: str, on: date) -> bool:
        paused = self.paused.get(duty)
        return paused is not None and on <= paused.until_on

    def pauses(self, event: Event) -> None:
        """See that a duty, or the holder of a post, is left alone until a day; sometimes not that long."""
        world = self._world
        assert event.on
        person = "" if event.who in world.town.duties else Folk(world.known.directory, world.today).holder(event.who)
        what = world.known.directory.people[person].address if person else event.who
        try:
            pausing.pause(
                world.store,
                world.settings,
                what,
                until=event.on,
                at=world.clock.now,
                who=_WHO,
                over_legal_dates=True,
            )
        except Refused as refused:
            world.say(f"Not paused: {refused}")
            return
        world.say(f"{person or event.who} is paused until {short(event.on)}.")
        world.disturbed = True
        if person:
            self._is_away(Absence(person=person, from_on=world.today, until_on=event.on))
        else:
            self.paused[event.who] = Paused(event.who, event.on)
        if event.n:
            world.at(world.now + event.n * DAY + timedelta(hours=1), lambda: self._resumes(event.who, person))

    def _resumes(self, duty: str, person: str) -> None:
        world = self._world
        what = world.known.directory.people[person].address if person else duty
        try:
            pausing.resume(world.store, world.settings, what, at=world.clock.now, who=_WHO)
        except Refused as refused:
            world.say(f"Not resumed: {refused}")
            return
        world.say(f"The pause of {person or duty} is taken back.")
        world.disturbed = True
        self.paused.pop(duty, None)
        if person:
            self._is_back(person)

    def made(self, absence: Absence) -> bool:
        """Tell whether these days away are a pause."""
        return absence in self._persons.values()

    def _is_away(self, absence: Absence) -> None:
        """See that somebody who is paused is as if away; a pause takes the place of an earlier one."""
        self._is_back(absence.person)
        self._set((*self._world.known.directory.absences, absence))
        self._world.heard.append(absence)
        self._persons[absence.person] = absence

    def _is_back(self, person: str) -> None:
        until_on = self._world.today - DAY
        was = self._persons.pop(person, None)
        if was is None or was.until_on < self._world.today:
            return
        left = (replace(was, until_on=until_on),) if was.from_on <= until_on else ()
        others = tuple(absence for absence in self._world.known.directory.absences if absence != was)
        self._world.heard.extend(left)
        self._set((*others, *left))

    def _set(self, absences: tuple[Absence, ...]) -> None:
        known = self._world.known
        self._world.known = replace(known, directory=replace(known.directory, absences=absences))

    # In the middle of a run

    def awaits(self, event: Event) -> None:
        """See that the next run of `notify` is in for it."""
        self._amid.append(event)

    def between_mails(self) -> Callable[[], None] | None:
        """Tell what happens after so many mails of the next run, counted by the carrier."""
        if not self._amid:
            return None
        event, left = self._amid.pop(0), [0]

        def after_a_mail() -> None:
            left[0] += 1
            if left[0] == event.n:
                self._world.say("In the middle of the run:")
                self.happens_amid(event)

        return after_a_mail

    def happens_amid(self, event: Event) -> None:
        if event.what == "stop":
            self.stops(self._world.now + timedelta(hours=26))
        else:
            self.pauses(replace(event, on=self._world.today + 9 * DAY, n=0))
