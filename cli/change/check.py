"""`daymark check FILE|FOLDER`: validate a timeline and its rule pack, all faults at once."""

import asyncio
import json as json_text
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from config.checks.places import placed
from config.houses import own
from config.houses.folder import SETTINGS, TIMELINE, CouncilFile, councils_in, people_of, stated_alone
from config.load import examine_programme, meetings_taken, programme_of
from config.programme_file.load import missing, unanswered
from config.settings import settings
from config.timeline_files.faults import Fault, FaultLevel, error, note, warning
from tasks import clock
from tasks.changes import timeline_file
from tasks.changes.people_beside import faults_beside
from timeline.calendar.london import months_after, start_of_day
from timeline.calendar.wording import count
from timeline.calendar.working_days import BeyondCalendar
from timeline.definitions.council import CouncilTimeline
from timeline.forecast.behaviour import supposed
from timeline.forecast.conflicts import Clash, conflicts
from timeline.forecast.mail_load import SUPPOSED, of_a_year
from timeline.planning.plan import plan
from timeline.programme.links import links as links_of

File = Annotated[Path, typer.Argument(metavar="FILE", help="A council's timeline (YAML).")]
FileOrFolder = Annotated[
    Path, typer.Argument(metavar="FILE|FOLDER", help="A council's timeline (YAML), or a folder of councils.")
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")]
Links = Annotated[
    bool, typer.Option("--links", help="Ask other machines whether each link of the programme still answers.")
]


def register(app: typer.Typer) -> None:
    """Add `daymark check` to the application."""
    app.command("check")(check)


def check(file: FileOrFolder, json: Json = False, links: Links = False) -> None:
    """Validate a timeline and its rule pack: name every fault at once, each with its file and key.

    A folder of councils is checked council by council (docs/councils.md). Nothing leaves this machine, unless --links
    asks the addresses in the programme whether they still answer.

    Exit code 0 when all is well, 1 with warnings, 2 when the file, or any of the folder, cannot be used.
    """
    given = councils_in(file) if file.is_dir() else (stated_alone(file),)
    raise typer.Exit(max(_checked(each, json=json, links=links) for each in given))


def _checked(given: CouncilFile, *, json: bool, links: bool) -> int:
    """Print every fault of a council's files, and give the exit code that they mean."""
    faults = given.told((*(given.faults or examined(given.path)), *of_settings(given), *of_people(given)))
    notes = () if given.faults else given.told(meetings_taken(given.path))
    if links and not any(map(_is_error, faults)):
        faults = (*faults, *given.told(of_links(given.path)))
    for fault in (*faults, *notes):
        typer.echo(_as_json(fault) if json else _as_text(fault), err=not json and _is_error(fault))
    faults = tuple(fault for fault in faults if fault.level is not FaultLevel.NOTE)
    if not faults and not json:
        typer.echo(f"{given.name}: nothing to mend. Mails were counted for a year, {supposed(SUPPOSED)}.")
    return 2 if any(map(_is_error, faults)) else 1 if faults else 0


def of_settings(given: CouncilFile) -> tuple[Fault, ...]:
    """List the faults of the settings beside a council's timeline; its folder must have the key of the council."""
    file = given.path.parent / SETTINGS
    if given.path.name != TIMELINE or not file.exists():
        return ()
    wrong = own.faults(file, settings())
    if given.key in ("", file.parent.name):
        return wrong
    text = f"The folder has another name than the council, expected “{given.key}”: its settings would not be read."
    return (*wrong, error(file.name, "", text))


def of_people(given: CouncilFile) -> tuple[Fault, ...]:
    """List the faults of the people beside a timeline that can be used."""
    at = clock.now()
    timeline = timeline_file.examined(given.path, at.date())[0] if not given.faults and people_of(given.path) else None
    return faults_beside(settings(), given.path, timeline, at=at) if timeline else ()


def examined(file: Path) -> tuple[Fault, ...]:
    """List every fault of the file and, when it can be used, what clashes and what is missing.

    That is weeks in which a post would get too many mails, and gaps in the programme beside it.
    """
    on = clock.now().date()
    timeline, faults = timeline_file.examined(file, on)
    if timeline is None or any(map(_is_error, faults)):
        return faults
    from_on = _looked_from(timeline, on)
    programme, _ = examine_programme(file, timeline, on=on)
    gaps: Iterable[Fault] = ()
    if programme:
        gaps = missing(programme_of(file).name, programme, on=from_on, duties=timeline.obligations)
    return (*faults, *_conflicts(file.name, timeline, from_on), *_overloads(file.name, timeline, from_on), *gaps)


def of_links(file: Path) -> tuple[Fault, ...]:
    """Ask each address in the programme beside a file that can be used; list what did not answer, and their number."""
    # Only here: httpx takes a quarter of a second to import.
    from tasks.addresses.ask import ask

    on = clock.now().date()
    timeline, _ = timeline_file.examined(file, on)
    programme, _ = examine_programme(file, timeline, on=on) if timeline else (None, ())
    if programme is None:
        return (note(file.name, "", "There is no programme beside it, and so no link to ask."),)
    of_programme = programme_of(file)
    addresses = {link.address for link in links_of(programme)}
    if not addresses:
        return (note(of_programme.name, "", "It has no web address, and so no link to ask."),)
    typer.echo(f"Asking {count(len(addresses), 'link')} …", err=True)
    answers = asyncio.run(ask(addresses))
    return placed(of_programme, unanswered(of_programme.name, programme, answers))


def load_checked(file: Path, *, on: date | None = None) -> tuple[CouncilTimeline, tuple[Fault, ...]]:
    """Return the timeline and its warnings; a demo is laid on the week of `on` (today).

    Raise BadInput with every error.
    """
    return timeline_file.load_checked(file, on=on or clock.now().date())


def print_warnings(faults: Iterable[Fault]) -> None:
    """Print the warnings that `load_checked` returned, for those who watch."""
    for fault in faults:
        typer.echo(_as_text(fault), err=True)


def _looked_from(timeline: CouncilTimeline, on: date) -> date:
    """Return today, or the first day of a timeline of another time (an example, a replay)."""
    known_on = sorted(fact.known_at.date() for fact in timeline.facts)
    return known_on[0] if known_on and months_after(known_on[-1], 12) < on else on


def _conflicts(file: str, timeline: CouncilTimeline, from_on: date) -> Iterator[Fault]:
    """Warn of dates that clash in the next twelve months, with every recorded fact known."""
    last_at = max((fact.known_at for fact in timeline.facts), default=start_of_day(from_on))
    at = max(last_at, start_of_day(from_on))
    planned = plan(timeline, at=at, until=min(months_after(from_on, 12), timeline.calendars.law.last_on))
    for conflict in conflicts(timeline, planned, on=from_on):
        # Vacant posts have a fault already, with all their gaps.
        if conflict.clash is not Clash.VACANT:
            yield warning(file, conflict.ref, conflict.text)


def _overloads(file: str, timeline: CouncilTimeline, from_on: date) -> Iterator[Fault]:
    try:
        overloads = of_a_year(timeline, from_on=from_on)
    except BeyondCalendar as fault:
        yield warning(file, "", str(fault))
        return
    for post, sentence in overloads:
        yield warning(file, f"posts.{post}", sentence)


def _is_error(fault: Fault) -> bool:
    return fault.level is FaultLevel.ERROR


def _as_json(fault: Fault) -> str:
    return json_text.dumps(
        {"file": fault.file, "key": fault.key, "level": fault.level.value, "text": fault.text}, ensure_ascii=False
    )


def _as_text(fault: Fault) -> str:
    return f"{fault.level.value}: {fault.told}"
