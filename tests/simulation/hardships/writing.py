"""Hold the script of what befalls the house itself, each event from a chance of its own."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import time, timedelta

from tests.simulation.script import Event, instant, some
from tests.simulation.town import Town, chance

_HOUR = 60
_DAY = 24 * _HOUR
_AHEAD = (6 * _HOUR, _DAY, 3 * _DAY, 7 * _DAY, 28 * _DAY, 30 * _DAY)
_BACK = (-3 * _HOUR, -_DAY, -4 * _DAY, -10 * _DAY)
_SPOILT = ("timeline", "duty", "chain", "plan")
_UNDONE = ("fact", "holiday", "leaves", "away")


def write(seed: int, town: Town, changes: Iterable[Event]) -> Iterator[Event]:
    """Write everything; `changes` are the events that may be taken back."""
    for make in (_clocks, _forms, _amid, _pauses, _ladders, _neighbours):
        yield from make(seed, town)
    for change in changes:
        if change.kind in _UNDONE:
            yield from _undone(seed, change)


def _clocks(seed: int, town: Town) -> Iterator[Event]:
    """Let the machine's clock jump ahead or back, for one morning or for days."""
    for id_, luck in some(seed, "clock", 2):
        begins = instant(luck.weekday(town, first=20, last=640), luck.draw.choice([time(7), time(7), time(12)]))
        minutes = luck.draw.choice(luck.draw.choice([_AHEAD, _AHEAD, _BACK]))
        hours = luck.draw.choice([5, 5, 5, 8, 50])
        yield Event(id=id_, kind="clock", at=begins, until=begins + timedelta(hours=hours), n=minutes)


def _forms(seed: int, town: Town) -> Iterator[Event]:
    for id_, luck in some(seed, "future", 3):
        minutes = luck.draw.choice([2 * _HOUR, _DAY, 5 * _DAY, 31 * _DAY])
        at = instant(luck.weekday(town, last=640), luck.draw.choice([time(7, 20), time(8, 20), time(11, 15)]))
        yield Event(id=id_, kind="future", at=at, n=minutes, what=luck.draw.choice(["morning", "notify", "stop"]))


def _amid(seed: int, town: Town) -> Iterator[Event]:
    """Write a stop, or a pause, between two mails of one run."""
    for id_, luck in some(seed, "amid", 3):
        what = luck.draw.choice(["stop", "stop", "pause"])
        who = luck.draw.choice(town.duties)
        at = instant(luck.weekday(town), time(6))
        yield Event(id=id_, kind="amid", at=at, what=what, who=who, n=luck.draw.choice([1, 1, 2, 3]))


def _pauses(seed: int, town: Town) -> Iterator[Event]:
    """See that a duty or a person is left alone for a time; sometimes that is taken back."""
    posts = sorted({holder.post for holder in town.timeline.directory.holders})
    officers = [post for post in posts if town.timeline.directory.posts[post].level.value == "officer"]
    for id_, luck in some(seed, "pause", 2):
        on = luck.weekday(town)
        who = luck.draw.choice([*town.duties, *officers])
        days = luck.draw.choice([2, 5, 12, 30])
        early = luck.draw.choice([0, 0, 1, 3])
        yield Event(id=id_, kind="pause", at=instant(on, luck.hour()), who=who, on=on + timedelta(days=days), n=early)


def _ladders(seed: int, town: Town) -> Iterator[Event]:
    for id_, luck in some(seed, "ladders", 1):
        yield Event(id=id_, kind="ladders", at=instant(luck.weekday(town), luck.hour()))


def _neighbours(seed: int, town: Town) -> Iterator[Event]:
    for id_, luck in some(seed, "neighbour", 1):
        begins = instant(luck.weekday(town, last=600), time(6, 30))
        until = begins + timedelta(days=luck.draw.choice([6, 12]))
        yield Event(id=id_, kind="neighbour", at=begins, until=until, what=luck.draw.choice(_SPOILT))


def _undone(seed: int, change: Event) -> Iterator[Event]:
    """See that some changes are taken back, at once or days later, and some of those are made again."""
    luck = chance(seed, f"{change.id}-undo")
    if luck.random() < 0.12:
        taken = change.at + luck.choice(
            [timedelta(minutes=3), timedelta(minutes=3), timedelta(hours=4), timedelta(days=2)]
        )
        yield Event(id=f"{change.id}-undo", kind="undo", at=taken, who=change.id)
        if luck.random() < 0.6:
            yield replace(change, id=f"{change.id}-again", at=taken + timedelta(hours=luck.choice([1, 26])))
