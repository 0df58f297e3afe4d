"""Lives a script: the real decisions, the real store and the flows' own functions on a clock that jumps.

After every step the promises are asked.
"""

import heapq
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

import pytest

from config.settings import Settings, using
from models.store import Store
from tasks.council import ledger
from tasks.sending.deliver import deliver
from tests.simulation.account import Account, Letter
from tests.simulation.carrier import Carrier
from tests.simulation.days import DAY, Days, london
from tests.simulation.evening import Evenings
from tests.simulation.folk import Folk
from tests.simulation.happenings import Happenings
from tests.simulation.machine import Crash, Machine
from tests.simulation.mornings import Mornings, stored
from tests.simulation.office import Office
from tests.simulation.post import AUTHSERV
from tests.simulation.promises import AUDIT, TWICE, WRONG_ANSWER, Broken
from tests.simulation.reckoning import Reckoning
from tests.simulation.scene import Scene
from tests.simulation.script import Event, Script, instant
from tests.simulation.threads import at_once
from tests.simulation.town import KEY
from timeline.definitions.people import Absence

MORNING, AT_NOON, MAIL_AT = time(7, 30), time(12, 10), time(8, 30)
_TICKS = (MAIL_AT, time(9, 50), time(12, 30), time(15, 10), time(17, 50))
_EVENING = time(18, 30)
_SECRET = "a-secret-of-the-simulation-which-nobody-can-guess"
_NO_RUNS = frozenset({"off", "missed"})
_BAD = _NO_RUNS | {"silence", "belated"}


@dataclass
class World(AbstractContextManager["World"]):
    """One council through its two years. `run` raises Broken; `story` tells what happened, `given` who answered."""

    script: Script
    story: list[tuple[datetime, str]] = field(default_factory=list)
    given: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.town = self.script.town
        self.known = self.town.timeline
        self.now = instant(self.town.start, time(7))
        self.account, self.office = Account(), Office(self.script.events)
        self.machine, self._patch = Machine(), pytest.MonkeyPatch()
        self.carrier, self._happenings = Carrier(self), Happenings(self)
        self.evenings = Evenings(self.town.start)
        self._queue: list[tuple[datetime, int, Callable[[], None]]] = []
        self._numbers = count()
        self.heard: list[Absence] = []
        self._trouble: dict[str, list[Event]] = {}
        self._reckoned: tuple[object, Reckoning] | None = None
        self._mornings = Mornings(self)
        self._woken = self._crashed = False
        shadow = self.town.timeline.council.shadow_by_default
        # Counted by all that the calendar holds, as a process of today does: the trial run ends once.
        days = Days((), self.known.closure_days, self.script.last_on)
        self.shadow_until = days.after(self.town.start, 10) if shadow else None

    def __enter__(self) -> "World":
        self.machine.__enter__()
        given: dict[str, Any] = {"home": self.machine.home, "database_url": self.machine.url, "secret_key": _SECRET}
        channels = "sms=json://gateway.example/{phone}"
        self.settings = Settings.given(**given, channels=channels, mail_authserv=AUTHSERV)
        self.store = Store(self.machine.engine, KEY)
        self._open = using(self.settings)
        self._open.__enter__()
        self.carrier.stand_in(self._patch)
        self._patch.setattr(ledger, "engine", lambda _url: self.machine.engine)
        for name in ("tasks.changes.record.wake_notify", "tasks.receiving.receive.wake_notify"):
            self._patch.setattr(name, self._wake)
        self._patch.setattr("tasks.links.secure_link.Thread", at_once(self._wake))
        return self

    def __exit__(self, *_: object) -> None:
        self._patch.undo()
        self._open.__exit__(None, None, None)
        self.machine.__exit__()

    def _wake(self, *_: object) -> bool:
        """In place of Prefect, which is asked to run `notify` at once."""
        self._woken = True
        return True

    # The two years

    def run(self) -> None:
        """Lives the script to its end. Raises Broken at the first promise that is not kept."""
        self._happenings.apply("The council goes live.")
        for event in self.script.events:
            self.at(event.at, lambda event=event: self._happens(event))  # type: ignore[misc]
        on = self.town.start
        while on <= self.script.last_on:
            self._day(on)
            on += DAY
        self._audit()

    def at(self, at: datetime, what: Callable[[], None]) -> None:
        heapq.heappush(self._queue, (at, next(self._numbers), what))

    def say(self, sentence: str) -> None:
        self.story.append((self.now, sentence))

    def _happens(self, event: Event) -> None:
        if event.kind in ("crash", "two"):
            self._trouble.setdefault(event.what, []).append(event)
        else:
            self._happenings.happens(event)

    def _day(self, on: date) -> None:
        """Events at their hour; on a weekday the flows of the morning, then `notify`, then the evening's question."""
        self._crashed = False
        for at, what in self._schedule(on) if on.weekday() < 5 else ():
            self._until(instant(on, at))
            self.now = instant(on, at)
            what()
        self._until(instant(on, time(23, 59)))

    def _schedule(self, on: date) -> list[tuple[time, Callable[[], None]]]:
        spells = self._spells(on)
        begins = AT_NOON if "belated" in spells else MORNING
        runs = [(begins, self._mornings.run), *((at, self.notify) for at in _TICKS if at > begins)]
        runs = [] if spells & _NO_RUNS else runs
        twice = 2 if "doubled" in spells else 1
        return [*(one for one in runs for _ in range(twice)), (_EVENING, lambda: self._evening(on))]

    def _spells(self, on: date) -> set[str]:
        lasting = (event for event in self.script.events if event.until)
        return {event.kind for event in lasting if event.until and event.at.date() <= on < event.until.date()}

    def _until(self, at: datetime) -> None:
        while self._queue and self._queue[0][0] <= at:
            self.now, _, what = heapq.heappop(self._queue)
            back_at = next(
                (event.until for event in self.script.events if event.kind == "off" and _lasts(event, self.now)), None
            )
            if back_at:
                self.at(back_at + timedelta(hours=1), what)
                continue
            what()
            if self._woken:
                self._woken = False
                self.now += timedelta(seconds=20)
                self.notify()

    # What Daymark does

    def notify(self) -> None:
        """What `notify` does, without Prefect, when anything waits."""
        waits = "SELECT 1 FROM prompt WHERE state = 'waiting' AND message IS NULL AND send_at <= :at"
        leaves = "SELECT 1 FROM message WHERE state IN ('waiting', 'uncertain', 'sending') AND next_attempt_at <= :at"
        if self.machine.rows(f"{waits} UNION {leaves} LIMIT 1", at=stored(self.now)):
            self.attempt("notify", lambda: deliver(self.store, self.settings, at=self.now))

    def attempt(self, kind: str, what: Callable[[], Any]) -> Any:
        """Does it in a process of its own, which may end before any statement, or have another beside it. None when it
        ended.
        """
        begun = len(self.account.letters)
        self._prepare(self._next_trouble(kind), what)
        try:
            return what()
        except Crash:
            self._crashed = True
            self.say(f"The process ends before “{self.machine.crashed_at}”, and another starts.")
            self._never_finished(self.account.letters[begun:])
            self.machine.restart()
            return None
        finally:
            self.machine.disarm()
            self.carrier.beside = None

    def _next_trouble(self, kind: str) -> Event | None:
        waiting = self._trouble.get(kind) or (self._trouble.get("send") if kind == "notify" else None)
        return waiting.pop(0) if waiting else None

    def _prepare(self, event: Event | None, what: Callable[[], Any]) -> None:
        if event and event.kind == "crash":
            self.machine.arm(statement=event.n)
        elif event and event.what == "send":
            self.carrier.beside = what
        elif event:
            self.machine.arm(transaction=event.n, beside=lambda: self._beside(what))

    def _beside(self, what: Callable[[], Any]) -> None:
        self.say("A second worker does the same at the same moment.")
        what()

    def _never_finished(self, letters: list[Letter]) -> None:
        """What was handed over and never written down: nobody here knows that it was taken."""
        sending = {row[0] for row in self.machine.rows("SELECT key FROM message WHERE state = 'sending'")}
        for letter in letters:
            letter.outcome = "uncertain" if letter.message in sending else letter.outcome

    # What is asked

    def scene(self) -> Scene:
        """What holds at this instant; reckoned anew when something was done, or comes true by the calendar."""
        on = london(self.now).date()
        passed = sum(fact.on <= on for fact in self.known.facts)
        heard = sum(at <= self.now for at in self.known.proclaimed_at)
        key = (on.toordinal() // 21, passed, heard, len(self.known.facts), id(self.known))
        if self._reckoned is None or self._reckoned[0] != key:
            self._reckoned = (key, Reckoning(self.known, self.now))
        return Scene(self.account, self._reckoned[1], Folk(self.known.directory, on), self.shadow_until)

    def _evening(self, on: date) -> None:
        scene = self.scene()
        self.evenings.ask(scene, dead=self.office.dead(at=self.now), was_good=self._was_good(on, scene.days))
        self._answers_agree()

    def _was_good(self, on: date, days: Days) -> bool:
        """Whether everything ran on that day, and the mail server was there all the time."""
        away = self.office.was_away(instant(on, time(7)), instant(on, time(18)))
        ends = {event.kind for event in self.script.events if event.until and event.until.date() == on}
        return days.works(on) and not ((self._spells(on) | ends) & _BAD or away or self._crashed)

    def _answers_agree(self) -> None:
        """What stands recorded is what people answered, no more and no less."""
        rows = dict(self.machine.rows("SELECT milestone, count(*) FROM response GROUP BY milestone"))
        ours = {ref: len(given) for ref, given in self.account.answers.items() if given}
        if rows != ours:
            ref = min(ref for ref in {*rows, *ours} if rows.get(ref) != ours.get(ref))
            counted = f"{rows.get(ref, 0)} answers stand recorded and {ours.get(ref, 0)} were given"
            raise Broken(WRONG_ANSWER, f"Of {ref} {counted}.")

    def _audit(self) -> None:
        broken = self.store.audit.verify()
        if broken is not None:
            raise Broken(AUDIT, f"Event {broken} is not what its hash says.")
        sealed = self.store.audit.verify_records()
        if sealed is None or sealed.altered:
            raise Broken(AUDIT, f"Not as sealed: {sealed.altered[0] if sealed else 'nothing is sealed'}")
        keys = "milestone, due_on, rung, person, repeat"
        if self.machine.rows(f"SELECT 1 FROM prompt GROUP BY {keys} HAVING count(*) > 1"):  # noqa: S608
            raise Broken(TWICE, "A prompt stands twice in the ledger.")


def _lasts(one: Event, at: datetime) -> bool:
    return one.until is not None and one.at <= at < one.until
