"""Show what an import would change, and make it where the command says --yes."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import typer

from cli.change.print_changes import print_changes
from config.timeline_files.faults import BadInput, Fault, FaultLevel
from timeline.forecast.changes import Change


@dataclass(frozen=True, kw_only=True)
class Import:
    """Hold an import that was read: its changes, its warnings, and how it is made (False: it was made before)."""

    changes: Sequence[Change]
    warnings: Sequence[Fault]
    make: Callable[[], bool]


def refuse(faults: Iterable[Fault]) -> BadInput:
    """Give the refusal of a file that cannot be used, without its mere warnings."""
    return BadInput(fault for fault in faults if fault.level is FaultLevel.ERROR)


def show(given: Import, *, yes: bool, json: bool) -> None:
    """Print the changes, and make them with --yes; exit with 1 where somebody should look."""
    for fault in given.warnings:
        typer.echo(f"{fault.level.value}: {fault}", err=True)
    print_changes(given.changes, json=json)
    if not yes:
        typer.echo("Nothing was changed: say --yes to import it.", err=True)
        raise typer.Exit(1 if given.changes or given.warnings else 0)
    typer.echo("Imported." if given.make() else "This is imported already.", err=json)
    raise typer.Exit(1 if given.warnings else 0)
