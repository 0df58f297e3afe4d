"""`daymark new`: write a council's whole timeline from a few facts."""

import shlex
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from config.load import is_error
from config.new_council.catalogue import choose, offered
from config.new_council.questions import OPTIONS, Newcomer, faults, newcomer_name
from config.new_council.timeline_file import timeline_of
from config.timeline_files.faults import BadInput, Fault, FaultLevel, error
from timeline.rules import RuleError, read_date

STDOUT = Path("-")


def _two_days(days: tuple[str, str] | None) -> tuple[str, str] | None:
    """Refuse an option in place of a day: click takes the next two words, whatever they are."""
    for day in days or ():
        if day.startswith("-"):
            raise typer.BadParameter(f"found one day before {day}, expected its first and its last day.")
    return days


Name = Annotated[str, typer.Option("--name", metavar="NAME", help="The council's name, as people read it.")]
Published = Annotated[str, typer.Option("--published", metavar="DATE", help="When Ofsted published its report.")]
Received = Annotated[
    str | None, typer.Option("--received", metavar="DATE", help="When the council received it, in confidence.")
]
Direction = Annotated[
    str | None, typer.Option("--direction", metavar="DATE", help="When the statutory direction was issued.")
]
Commissioner = Annotated[
    str | None,
    typer.Option("--commissioner-report", metavar="DATE", help="By when the commissioner reports to the Minister."),
]
Inspection = Annotated[
    tuple[str, str] | None,
    typer.Option("--inspection", metavar="START END", callback=_two_days, help="Its first and its last day."),
]
With = Annotated[
    list[str] | None,
    typer.Option(
        "--with", metavar="PRACTICE", help="A practice that the council has, or “all”. Give it once for each."
    ),
]
Without = Annotated[
    list[str] | None,
    typer.Option("--without", metavar="PRACTICE", help="A practice that it has not, of “all”."),
]
Out = Annotated[Path, typer.Option("--out", metavar="FILE", help="The file to write; - prints it.")]
AnyName = Annotated[bool, typer.Option("--any-name", help="Take the name as it is, though no such council is known.")]
Force = Annotated[bool, typer.Option("--force", help="Write over a file that is there.")]


def register(app: typer.Typer) -> None:
    """Add `daymark new` to the application."""
    app.command("new")(new)


def new(
    name: Name,
    published: Published,
    out: Out,
    received: Received = None,
    direction: Direction = None,
    commissioner_report: Commissioner = None,
    inspection: Inspection = None,
    with_: With = None,
    without: Without = None,
    any_name: AnyName = False,
    force: Force = False,
) -> None:
    """Write a council's whole timeline from a few facts: commented, and ready to check, rehearse and apply.

    Dates are such as 2019-08-27. No practice of another council is on until it is chosen, by --with or in the file;
    what it counts from comes with it. Every post gets a holder with a .example address, which no mail can reach.
    """
    days = _days(published, received, direction, commissioner_report, *(inspection or (None, None)))
    choice = choose(_wanted(with_, without), without or ())
    given = Newcomer(name=newcomer_name(name), any_name=any_name, practices=choice.keys, **days)
    listed = (*faults(given), *choice.faults)
    errors = tuple(fault for fault in listed if is_error(fault))
    if errors:
        raise BadInput(errors)
    if not out.name.isprintable():
        raise BadInput([error("daymark new", "--out", "It holds a control character, expected such as council.yaml.")])
    notes = tuple(fault for fault in listed if fault.level is FaultLevel.NOTE)
    _ask_about(notes)
    _write(out, timeline_of(given, file=_called(out)), force=force)
    if choice.brought:
        typer.echo(f"Chosen too, because others count from them: {', '.join(choice.brought)}.", err=True)
    for fault in listed:
        typer.echo(f"{fault.level.value}: {fault}", err=True)
    raise typer.Exit(1 if len(listed) > len(notes) else 0)


def _ask_about(notes: Iterable[Fault]) -> None:
    """Ask whoever sits at the terminal whether to write a council that nobody knows; a script is told afterwards."""
    for fault in notes if sys.stdin.isatty() else ():
        if not typer.confirm(f"{fault.text} Write it all the same?", err=True):
            raise typer.Exit(2)


def _wanted(with_: list[str] | None, without: list[str] | None) -> tuple[str, ...]:
    """Give the practices wanted; somebody at a terminal who names none is shown the catalogue and asked."""
    if with_ or without or not sys.stdin.isatty():
        return tuple(with_ or ())
    typer.echo("What councils do beside what they must, each an example with its days:", err=True)
    for key, practice in offered().items():
        typer.echo(f"  {key}: {practice.title}, {practice.rule} (example, {practice.example})", err=True)
    asked = "Which does the council have (keys with commas, “all”, or nothing)"
    answer = typer.prompt(asked, default="", show_default=False, err=True)
    return tuple(answer.replace(",", " ").split())


def _days(*texts: str | None) -> dict[str, date]:
    """Return the days by the names of a newcomer's fields. Raise BadInput with every text that is no date."""
    days: dict[str, date] = {}
    wrong = []
    for (field, option), text in zip(OPTIONS.items(), texts, strict=True):
        try:
            days |= {field: read_date(text)} if text is not None else {}
        except RuleError as fault:
            wrong.append(error("daymark new", option, str(fault)))
    if wrong:
        raise BadInput(wrong)
    return days


def _called(out: Path) -> str:
    return "FILE" if out == STDOUT else out.name


def _write(out: Path, text: str, *, force: bool) -> None:
    if out == STDOUT:
        typer.echo(text, nl=False)
        return
    try:
        with out.open("w" if force else "x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        there = f"{out} is there already: choose another name, or write over it with --force."
        raise BadInput([error("daymark new", "--out", there)]) from None
    typer.echo(f"Wrote {out}. Next: daymark check {shlex.quote(str(out))}")
