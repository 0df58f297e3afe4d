"""Propose an absence, acting cover, a leaver with a successor, or a whole file of people.

Each is a file of people in the end, as `daymark people import` takes it: so it is checked, shown, undone and kept in
the same way, and outlives an apply.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from config.load import is_error
from config.timeline_files.faults import BadInput, Fault
from tasks.changes import import_people as importing
from tasks.changes.absences import LONGEST
from tasks.changes.record import Refused
from tasks.council.run import CouncilRun
from tasks.proposals.proposal import Done, Faulty, Proposal
from timeline.calendar.london import DAY, london_date
from timeline.calendar.wording import long_date, near_address
from timeline.definitions.people import Person
from timeline.forecast.changes import counted
from timeline.steering.filters import Choice

_COLUMNS = ("address", "name", "post", "from", "until", "acting", "away from", "away until")
_PAGE = "a page"
Row = Mapping[str, str]


@dataclass(frozen=True)
class Somebody:
    """Name a person by the address, and somebody who is new by the name too."""

    address: str
    name: str = ""


def file(run: CouncilRun, name: str, content: bytes, *, says: str = "") -> Proposal:
    """Propose to take a file of people over the timeline's. Raises Faulty with every fault of the file."""
    store, given = run.store, run.settings
    try:
        imported, faults = importing.read(store, given, name, content, at=run.at)
    except BadInput as bad:
        raise Faulty(_in_words(bad.faults, by_hand=bool(says))) from None
    if imported is None:
        raise Faulty(_in_words(filter(is_error, faults), by_hand=bool(says)))
    changes = importing.changes(store, given, imported, at=run.at)

    def make(who: str, at: datetime) -> Done:
        done = importing.import_people(store, given, imported, at=at, who=who, source=name)
        return Done((counted(changes),)) if done else Done((_KNOWN,), already=True)

    return Proposal(
        says=(says or f"{name}: {_people(len(imported.people))}.",),
        changes=changes,
        notes=(*_in_words(faults, by_hand=bool(says)), counted(changes)),
        already="" if changes or faults else _KNOWN,
        make=make,
    )


_KNOWN = "This is known already: nothing changes."


def being_away(run: CouncilRun, person: str, from_on: date, until_on: date) -> Proposal:
    """Propose an absence of a person (an address) beside those that are known; never with a reason."""
    who = _person(run, person)
    if until_on > london_date(run.at) + LONGEST:
        raise Refused(f"{long_date(until_on)} is more than a year and a half ahead: expected the last day away.")
    stated = [each.said for each in run.timeline.directory.known_absences if not each.heard]
    spans = [(absence.from_on, absence.until_on) for absence in stated if absence.person == who.key]
    rows = [
        {"address": who.address, "away from": f"{first}", "away until": f"{last}"}
        for first, last in dict.fromkeys((*spans, (from_on, until_on)))
    ]
    says = f"{who.name} is away from {long_date(from_on)} to {long_date(until_on)}."
    return file(run, _PAGE, _written(rows, ("address", "away from", "away until")), says=says)


def acting(run: CouncilRun, post: str, cover: Somebody, from_on: date, until_on: date) -> Proposal:
    """Propose that somebody covers a post for some days; the usual holder stays in it."""
    title, name = run.timeline.directory.posts[post].title, _name(run, cover)
    row = _row(run, cover) | {"post": post, "from": f"{from_on}", "until": f"{until_on}", "acting": "yes"}
    says = f"{name} is acting {title} from {long_date(from_on)} to {long_date(until_on)}."
    return file(run, _PAGE, _written([*_held(run, cover.address), row], _COLUMNS[:6]), says=says)


def leaving(run: CouncilRun, post: str, last_on: date, successor: Somebody | None) -> Proposal:
    """Propose that the holder of a post leaves it after a day, and that somebody follows on the next."""
    directory = run.timeline.directory
    held = directory.holder(post, on=london_date(run.at))
    title = directory.posts[post].title
    if held is None:
        raise Refused(f"Nobody holds the post {title} today: there is nobody who leaves it.")
    leaver = Somebody(held.person.address)
    rows = [row | ({"until": f"{last_on}"} if row["post"] == post else {}) for row in _held(run, leaver.address)]
    says = f"{held.person.name} leaves the post {title} after {long_date(last_on)}."
    if successor:
        if successor.address.lower() == leaver.address.lower():
            raise Refused("Whoever leaves a post cannot follow in it: choose somebody else.")
        follows = _row(run, successor) | {"post": post, "from": f"{last_on + DAY}"}
        rows += [*_held(run, successor.address), follows]
        says += f" {_name(run, successor)} follows on {long_date(last_on + DAY)}."
    return file(run, _PAGE, _written(rows, _COLUMNS[:6]), says=says)


def people(run: CouncilRun) -> tuple[Choice, ...]:
    """Offer everybody who holds a post now or later, by name and post; the address says who is meant."""
    directory, on = run.timeline.directory, london_date(run.at)
    holders = (each for each in directory.holders if each.until_on is None or each.until_on >= on)
    titles: dict[str, list[str]] = {}
    for holder in holders:
        titles.setdefault(holder.person, []).append(directory.posts[holder.post].title)
    known = ((directory.people[key], held) for key, held in titles.items() if key in directory.people)
    choices = (Choice(who.address, f"{who.name}: {', '.join(dict.fromkeys(held))}") for who, held in known)
    return tuple(sorted(choices, key=lambda choice: choice.text))


def _people(n: int) -> str:
    return "1 person" if n == 1 else f"{n} people"


def _held(run: CouncilRun, address: str) -> Iterator[dict[str, str]]:
    """Give the lines of the posts that a person holds now or later: a file states all of them, or takes them away."""
    directory, on = run.timeline.directory, london_date(run.at)
    known = directory.at_address(address)
    for holder in directory.holders:
        if known and holder.person == known.key and (holder.until_on is None or holder.until_on >= on):
            yield _row(run, Somebody(address)) | {
                "post": holder.post,
                "from": f"{holder.from_on or ''}",
                "until": f"{holder.until_on or ''}",
                "acting": "yes" if holder.acting else "",
            }


def _row(run: CouncilRun, who: Somebody) -> dict[str, str]:
    return {"address": who.address, "name": _name(run, who)}


def _name(run: CouncilRun, who: Somebody) -> str:
    known = run.timeline.directory.at_address(who.address)
    return known.name if known else who.name


def _person(run: CouncilRun, address: str) -> Person:
    directory = run.timeline.directory
    known = directory.at_address(address)
    if known is None:
        alike = near_address(address, (person.address for person in directory.people.values()))
        raise Refused(f"Nobody here, or more than one person, has the address {address}.{alike}")
    return known


def _written(rows: Iterable[Row], columns: Iterable[str]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(columns), restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def _in_words(faults: Iterable[Fault], *, by_hand: bool) -> tuple[str, ...]:
    """Word the faults; those of a form have no line and no column that somebody could look for."""
    return tuple(fault.text if by_hand else f"{fault}" for fault in faults)
