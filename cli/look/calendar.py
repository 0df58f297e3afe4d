"""`daymark calendar`: dated occurrences as an iCalendar file, and the private feed of a person or a post."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from cli.council import CouncilOption, NotUsable, chosen
from config.rendering.icalendar import icalendar
from config.settings import settings
from models.store import Store
from tasks import clock
from tasks.links import calendar_feed as calendars
from timeline.calendar.wording import near
from timeline.definitions.addresses import nobody_at
from timeline.definitions.council import CouncilTimeline
from timeline.ical.entries import CalendarEntry, entries
from timeline.ical.feeds import Reader

Out = Annotated[
    Path | None, typer.Option("--out", metavar="FILE.ics", help="The file to write; without it, print the calendar.")
]
Windows = Annotated[bool, typer.Option("--windows", help="Add windows that are not confirmed.")]
Whose = Annotated[
    str | None,
    typer.Option("--for", metavar="ADDRESS|POST", help="Only the dates and tasks of a person or a post."),
]
Link = Annotated[bool, typer.Option("--link", help="Print the address to which their calendar can subscribe.")]
Revoke = Annotated[
    bool, typer.Option("--revoke", help="Close every earlier address of this kind, and print a new one.")
]


def register(app: typer.Typer) -> None:
    """Add `daymark calendar` to the application."""
    app.command("calendar")(calendar)


def calendar(
    out: Out = None,
    windows: Windows = False,
    whose: Whose = None,
    link: Link = False,
    revoke: Revoke = False,
    council: CouncilOption = None,
) -> None:
    """Write the council's calendar. An entry keeps its UID when its days change; under embargo it says "Private"."""
    store, at = chosen(council), clock.now()
    timeline = store.definitions.timeline(settings().working_hours)
    reader = _reader(timeline, whose) if whose else None
    if link or revoke:
        typer.echo(_address(store, reader, revoke=revoke, at=at))
        return
    name = reader.name(timeline) if reader else timeline.council.name
    entries = _entries(store, timeline, reader, windows=windows, at=at)
    content = icalendar(entries, name=name, at=at)
    if out is None:
        typer.echo(content, nl=False)
    else:
        out.write_bytes(content)
        typer.echo(f"{out}: {len(entries)} entries.", err=True)


def _entries(
    store: Store, timeline: CouncilTimeline, reader: Reader | None, *, windows: bool, at: datetime
) -> tuple[CalendarEntry, ...]:
    if reader:
        return calendars.feed_entries(store, timeline, reader, windows=windows, at=at)
    sequences = store.plan.calendar_sequences()
    return tuple(entries(store.plan.occurrences(), council=store.council, sequences=sequences, windows=windows, at=at))


def _reader(timeline: CouncilTimeline, whose: str) -> Reader:
    """Return the person at that address, or the post with that key. Raise NotUsable."""
    person = timeline.directory.at_address(whose)
    if person:
        return Reader(person=person.key)
    if whose in timeline.directory.posts:
        return Reader(post=whose)
    if "@" in whose:
        raise NotUsable(nobody_at(whose, timeline.directory))
    nearest = near(whose, timeline.directory.posts)
    raise NotUsable(f"There is no post “{whose}”; expected a post's key or somebody's address.{nearest}")


def _address(store: Store, reader: Reader | None, *, revoke: bool, at: datetime) -> str:
    if reader is None:
        raise NotUsable("Say whose calendar the address is for, with --for ADDRESS or --for POST.")
    give = calendars.revoke if revoke else calendars.link
    return give(store, settings(), reader, at=at, who="daymark calendar")
