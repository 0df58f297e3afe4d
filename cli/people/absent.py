"""`daymark people absent WHO`: show when a person is away, and end, correct or confirm it."""

import json as json_text
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any

import typer

from cli.change.check import Json
from cli.change.record import a_day
from cli.council import CouncilOption, NotUsable, chosen
from config.settings import settings
from models.store import Store
from tasks import clock
from tasks.changes import absences
from tasks.changes.absences import Speaker
from timeline.calendar.london import london_date
from timeline.calendar.wording import iso_date, near
from timeline.definitions.absences import KnownAbsence
from timeline.definitions.addresses import nobody_at
from timeline.definitions.away import away_sentence, meant
from timeline.definitions.people import Directory

Who = Annotated[str | None, typer.Argument(metavar="[POST|ADDRESS]", help="A person, by post or mail address.")]
Until = Annotated[
    str | None, typer.Option("--until", metavar="DATE", help="The last day away; the day that was heard confirms it.")
]
Back = Annotated[bool, typer.Option("--back", help="The person is back today.")]
By = Annotated[str, typer.Option("--by", metavar="WHO", help="The post that says so, for the audit.")]


def absent(
    who: Who = None,
    until: Until = None,
    back: Back = False,
    by: By = "daymark people absent",
    json: Json = False,
    council: CouncilOption = None,
) -> None:
    """Show who is away, until when, and who has the tasks meanwhile. With --until or --back end, correct or confirm it.

    To leave a person alone who is not known to be away, use daymark pause.

    Exit code 0; 2 when it cannot be done, and nothing was changed.
    """
    store, at = chosen(council), clock.now()
    last_on = a_day(until, "--until") if until else None
    if (until and back) or ((until or back) and not who):
        raise NotUsable("Say who, and either --until DATE or --back.")
    directory = _directory(store)
    person = _person(directory, who, at) if who else ""
    if until or back:
        for absence in _meant(directory, person, who or "", at):
            absences.end(store, absence, last_on, by=Speaker(via="command line", typed=by), at=at)
    for line in _lines(store, person, at, json=json):
        typer.echo(line)


def _lines(store: Store, person: str, at: datetime, *, json: bool) -> Iterator[str]:
    directory, on = _directory(store), london_date(at)
    listed = absences.known(store, settings(), at=at, person=person)
    if json:
        yield from (json_text.dumps(_object(directory, absence), ensure_ascii=False) for absence in listed)
    else:
        yield from (away_sentence(directory, absence, on=on) for absence in listed)
        if not listed:
            yield "Nobody is known to be away." if not person else "Not known to be away."


def _object(directory: Directory, absence: KnownAbsence) -> dict[str, Any]:
    said = absence.said
    return {
        "person": said.person,
        "name": directory.people[said.person].name if said.person in directory.people else "",
        "from": iso_date(said.from_on),
        "until": iso_date(said.until_on),
        "last_on": iso_date(absence.last_on),
        "heard": absence.heard,
        "waits": absence.waits,
        "in_force": absence.in_force,
    }


def _meant(directory: Directory, person: str, who: str, at: datetime) -> tuple[KnownAbsence, ...]:
    absence = meant(directory.known_absences, person, on=london_date(at))
    if not absence:
        raise NotUsable(f"“{who}” is not known to be away: to leave somebody alone, use daymark pause.")
    return absence


def _person(directory: Directory, who: str, at: datetime) -> str:
    if "@" in who:
        person = directory.at_address(who)
        if person is None:
            raise NotUsable(nobody_at(who, directory))
        return person.key
    held = directory.holder(who, on=london_date(at))
    if held is None:
        expected = f"expected a post or somebody's address.{near(who, directory.posts.keys() - {who})}"
        raise NotUsable(f"There is no post “{who}” that somebody holds today; {expected}")
    return held.person.key


def _directory(store: Store) -> Directory:
    return store.definitions.timeline(settings().working_hours).directory
