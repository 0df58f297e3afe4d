"""Tell what will happen in one seed: events, and the luck that each is drawn from."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from tests.simulation.days import DAY
from tests.simulation.town import Town, chance, draw
from timeline.calendar.london import london_time


@dataclass(frozen=True, kw_only=True)
class Event:
    """Hold one thing that happens at an instant, or lasts until another; `id` stays when other events are taken away.

    `who` is a post, a person or an occurrence; `n` a number, such as the statement before which a process ends.
    """

    id: str
    kind: str
    at: datetime
    until: datetime | None = None
    who: str = ""
    what: str = ""
    on: date | None = None
    n: int = 0

    def lasts(self, at: datetime) -> bool:
        return self.until is not None and self.at <= at < self.until


@dataclass(frozen=True)
class Script:
    """Hold everything that decides a run. `muted` are answers (ids) that are not given, `answers` the only ones that
    are, when there are any such; `without` are the duties left out. `with_programme`: people add to the records of an
    improvement programme, and every report is counted a second time.
    """

    seed: int
    events: tuple[Event, ...]
    last_on: date
    without: frozenset[str] = frozenset()
    muted: frozenset[str] = frozenset()
    answers: frozenset[str] | None = None
    with_programme: bool = False

    @property
    def town(self) -> Town:
        return draw(self.seed, without=self.without)

    def is_given(self, answer: str) -> bool:
        return answer not in self.muted and (self.answers is None or answer in self.answers)

    def only(self, events: tuple[Event, ...]) -> "Script":
        return replace(self, events=events)

    def spells(self, on: date) -> set[str]:
        """Name the kinds of what lasts on that day."""
        lasting = (event for event in self.events if event.until)
        return {event.kind for event in lasting if event.until and event.at.date() <= on < event.until.date()}


def instant(on: date, at: time) -> datetime:
    return london_time(on, at)


def some(seed: int, stream: str, most: int) -> Iterator[tuple[str, "Luck"]]:
    """Give as many streams as chance has it, none to `most`, each with an id."""
    for number in range(chance(seed, f"how many {stream}").randint(0, most)):
        yield f"{stream}-{number + 1}", Luck(seed, f"{stream}-{number + 1}")


class Luck:
    """Hold the chance of one event."""

    def __init__(self, seed: int, stream: str) -> None:
        self.draw = chance(seed, stream)

    def day(self, town: Town, *, first: int = 3, last: int = 700) -> date:
        return town.start + timedelta(days=self.draw.randint(first, last))

    def weekday(self, town: Town, *, first: int = 3, last: int = 700) -> date:
        on = self.day(town, first=first, last=last)
        return on if on.weekday() < 5 else on + 2 * DAY

    def hour(self) -> time:
        return self.draw.choice([time(7, 50), time(9, 40), time(11, 15), time(15, 20), time(21, 5)])
