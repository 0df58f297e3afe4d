"""Live a script: the real decisions, the real store and the flows' own functions, day after day.

After every step the promises are asked.
"""

import heapq
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

import pytest

from config.settings import Settings, using
from models.store import Store
from tasks.sending.deliver import deliver
from tests.simulation.account import Account
from tests.simulation.carrier import Carrier
from tests.simulation.days import DAY, Days, london
from tests.simulation.evening import Evenings
from tests.simulation.folk import Folk
from tests.simulation.happenings import Happenings
from tests.simulation.hardships.clock import Forms, MachineClock
from tests.simulation.hardships.neighbour import Neighbour
from tests.simulation.hardships.silence import Silence
from tests.simulation.hardships.undoing import Undoing
from tests.simulation.machine import Machine
from tests.simulation.mornings import Mornings, stored
from tests.simulation.office import Office
from tests.simulation.post import AUTHSERV
from tests.simulation.processes import Processes
from tests.simulation.programme.people import Programme
from tests.simulation.promises import AUDIT, TWICE, WRONG_ANSWER, Broken
from tests.simulation.reckoning import Reckoning
from tests.simulation.scene import Scene
from tests.simulation.script import Event, Script, instant
from tests.simulation.town import KEY
from timeline.definitions.absences import Absence
from timeline.definitions.council import CouncilTimeline

MORNING, AT_NOON, MAIL_AT = time(7, 30), time(12, 10), time(8, 30)
_TICKS = (MAIL_AT, time(9, 50), time(12, 30), time(15, 10), time(17, 50))
_EVENING = time(18, 30)
_SECRET = "a-secret-of-the-simulation-which-nobody-can-guess"
_ANSWERED = "SELECT milestone, count(*) FROM response WHERE council = :key GROUP BY milestone"
_NO_RUNS = frozenset({"off", "missed"})
_BAD = _NO_RUNS | {"silence", "belated", "clock"}


@dataclass
class World(AbstractContextManager["World"]):
    """Hold one council through its two years. `run` raises Broken; `story` and `given` tell what happened."""

    script: Script
    story: list[tuple[datetime, str]] = field(default_factory=list)
    given: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.town = self.script.town
        self.known = self.town.timeline
        self.now = instant(self.town.start, time(7))
        self.account, self.office = Account(), Office(self.script.events)
        self.clock = MachineClock(self)
        self.machine, self._patch = Machine(lambda: self.clock.now), pytest.MonkeyPatch()
        self.file = self.known
        self.silence, self.undoing, self.neighbour = Silence(self), Undoing(self), Neighbour(self)
        self.forms, self._processes = Forms(self), Processes(self)
        self.programme = Programme(self)
        self.attempt = self._processes.attempt
        self.carrier, self._happenings = Carrier(self), Happenings(self)
        self.evenings = Evenings(self.town.start)
        self._queue: list[tuple[datetime, int, Callable[[], None]]] = []
        self._numbers = count()
        self.heard: list[Absence] = []
        self._reckoned: tuple[object, CouncilTimeline, Reckoning] | None = None
        self._mornings = Mornings(self)
        self._woken = self.disturbed = False
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
        self.clock.stand_in(self._patch)
        for name in ("council.ledger", "council.quiet", "links.link_target", "receiving.batches"):
            self._patch.setattr(f"tasks.{name}.engine", lambda _url: self.machine.engine)
        for name in ("tasks.changes.record.wake_notify", "tasks.receiving.receive.wake_notify"):
            self._patch.setattr(name, self._wake)
        self._patch.setattr("tasks.links.opened_link.wake_soon", self._wake)
        return self

    def __exit__(self, *_: object) -> None:
        self._patch.undo()
        self._open.__exit__(None, None, None)
        self.machine.__exit__()

    def _wake(self, *_: object) -> bool:
        """Stand in place of Prefect, which is asked to run `notify` at once."""
        self._woken = True
        return True

    # The two years

    def run(self) -> None:
        """Live the script to its end. Raises Broken at the first promise that is not kept."""
        self._happenings.apply("The council goes live.")
        for event in self.script.events:
            self.at(max(event.at, self.now), lambda event=event: self._happens(event))  # type: ignore[misc]
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
            self._processes.awaits(event)
        else:
            self._happenings.happens(event)
            self.clock.ask()

    def _day(self, on: date) -> None:
        """Live events at their hour; on a weekday the flows of the morning, then `notify`, then the evening's
        question.
        """
        self._processes.crashed = self.disturbed = False
        for at, what in self._schedule(on) if on.weekday() < 5 else ():
            self._until(instant(on, at))
            self.now = instant(on, at)
            what()
        self._until(instant(on, time(23, 59)))

    def _schedule(self, on: date) -> list[tuple[time, Callable[[], None]]]:
        spells = self.script.spells(on)
        begins = AT_NOON if "belated" in spells else MORNING
        runs = [(begins, self._mornings.run), *((at, self.notify) for at in _TICKS if at > begins)]
        runs = [] if spells & _NO_RUNS else runs
        twice = 2 if "doubled" in spells else 1
        return [*(run for run in runs for _ in range(twice)), (_EVENING, lambda: self._evening(on))]

    def _until(self, at: datetime) -> None:
        while self._queue and self._queue[0][0] <= at:
            self.now, _, what = heapq.heappop(self._queue)
            back_at = next(
                (event.until for event in self.script.events if event.kind == "off" and event.lasts(self.now)), None
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
        """Do what `notify` does, without Prefect, when anything waits."""
        waits = "SELECT 1 FROM prompt WHERE council = :key AND state = 'waiting' AND message IS NULL AND send_at <= :at"
        under_way = "SELECT 1 FROM message WHERE council = :key AND state IN ('waiting', 'uncertain', 'sending')"
        leaves = f"{under_way} AND (next_attempt_at <= :at OR composed_at > :at OR claimed_at > :at)"
        if self.machine.rows(f"{waits} UNION {leaves} LIMIT 1", key=KEY, at=stored(self.clock.now)):
            self.clock.watch()
            self.carrier.after_a_mail = self.silence.between_mails()
            self.attempt("notify", lambda: self.neighbour.beside(self._deliver, self.neighbour.sends))
            self.carrier.after_a_mail = None
            self.clock.ask()

    def _deliver(self) -> object:
        return deliver(self.store, self.settings, at=self.clock.now)

    # What is asked

    @property
    def today(self) -> date:
        """Give the day that the clock of the machine says."""
        return london(self.clock.now).date()

    def scene(self) -> Scene:
        """Tell what holds at this instant by the clock; reckoned anew when something was done, or comes true by the
        calendar.
        """
        at, on = self.clock.now, self.today
        passed = sum(fact.on <= on for fact in self.known.facts)
        heard = sum(at <= self.now for at in self.known.proclaimed_at)
        key = (on.toordinal() // 21, passed, heard, self.clock.wrong)
        if self._reckoned is None or self._reckoned[0] != key or self._reckoned[1] is not self.known:
            self._reckoned = (key, self.known, Reckoning(self._as_known(at), at))
        paused = frozenset(duty for duty in self.town.duties if self.silence.is_paused(duty, on))
        return Scene(self.account, self._reckoned[2], Folk(self.known.directory, on), self.shadow_until, at, paused)

    def _as_known(self, at: datetime) -> CouncilTimeline:
        """See that what stands recorded is known, also to a clock that is behind."""
        if at >= self.now:
            return self.known
        facts = tuple(replace(fact, known_at=min(fact.known_at, at)) for fact in self.known.facts)
        return replace(self.known, facts=facts)

    def _evening(self, on: date) -> None:
        if self.clock.is_right:
            scene = self.scene()
            self.evenings.ask(scene, dead=self.office.dead(at=self.now), was_good=self._was_good(on, scene.days))
        self._answers_agree()

    def _was_good(self, on: date, days: Days) -> bool:
        """Tell whether everything ran on that day, and the mail server was there all the time."""
        away = self.office.was_away(instant(on, time(7)), instant(on, time(18)))
        ends = {event.kind for event in self.script.events if event.until and event.until.date() == on}
        return days.works(on) and not (
            (self.script.spells(on) | ends) & _BAD or away or self._processes.crashed or self.disturbed
        )

    def _answers_agree(self) -> None:
        """See that what stands recorded is what people answered, no more and no less."""
        rows = dict(self.machine.rows(_ANSWERED, key=KEY))
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
        keys = "council, milestone, due_on, rung, person, repeat"
        if self.machine.rows(f"SELECT 1 FROM prompt GROUP BY {keys} HAVING count(*) > 1"):  # noqa: S608
            raise Broken(TWICE, "A prompt stands twice in the ledger.")
