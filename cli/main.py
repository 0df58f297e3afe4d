"""Run the `daymark` command."""

import gc
import os
import re
import sys
from collections.abc import Sequence
from importlib.metadata import version
from typing import Annotated

import typer

from cli.commands import LazyGroup

# The text of these errors is a sentence for people. They are listed by name, so that the list imports nothing.
TOLD = (
    "cli.council.NotUsable",
    "cli.run.lock.AlreadyRunning",
    "cli.run.parts.PortsTaken",
    "config.timeline_files.faults.BadInput",
    "config.settings.SettingsError",
    "flows.server.deployments.DeployFailed",
    "models.migrations.version.NotOurs",
    "models.store.base.engine.StoreError",
    "models.store.base.json_values.UnreadableRow",
    "tasks.processes.listening.PortTaken",
    "tasks.changes.record.Refused",
    "tasks.council.half_restored.HalfRestored",
    "tasks.council.key.OtherKey",
    "tasks.keep.Unkept",
    "tasks.catcher.mailbox.NoSuchMail",
    "tasks.processes.prefect_server.ServerNotReady",
    "tasks.steering.tasks.NoSuchTask",
    "timeline.planning.occurrences.CircularRule",
    "timeline.steering.narrowing.NotOffered",
    "timeline.answers.responses.AnswerRefused",
    "timeline.rules.rule.RuleError",
    "timeline.calendar.working_days.BeyondCalendar",
)
_OBJECTS_BETWEEN_COLLECTIONS = 100_000
_OWNER_ONLY = 0o077
# No words hold them; line breaks and tabs may stand in a --text.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_WRONG_USE = ("typer._click.exceptions.ClickException", "click.exceptions.ClickException")


def main() -> None:
    """Run the console script. All files that it and its children make are for their owner only."""
    # The home may have been made by an administrator, for everybody to read.
    os.umask(_OWNER_ONLY)
    # A command makes little garbage while it starts; collecting as often as usual takes a tenth of its time.
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run a command and return its exit code: 2 with a sentence on stderr when it cannot be done."""
    if any(_CONTROL.search(argument) for argument in arguments):
        typer.echo("An argument holds a control character, or is no text in UTF-8: expected plain words.", err=True)
        return 2
    try:
        returned = application()(list(arguments), prog_name="daymark", standalone_mode=False)
    except Exception as error:
        text = sentence(error)
        if text is None:
            raise
        typer.echo(text, err=True)
        return 2
    return returned if isinstance(returned, int) else 0


def application() -> typer.Typer:
    """Build the whole command; it imports the module of a sub-command when that is called."""
    app = typer.Typer(
        name="daymark",
        cls=LazyGroup,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    app.callback()(_daymark)
    return app


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"daymark {version('daymark')}")
        raise typer.Exit


def _daymark(
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Keep a council's statutory timeline after its children's services were judged inadequate."""


def sentence(error: BaseException) -> str | None:
    """Return the sentence that tells people about an error, or None if the error is a fault of Daymark."""
    names = {f"{kind.__module__}.{kind.__qualname__}" for kind in type(error).__mro__}
    if "NoArgsIsHelpError" in {kind.__qualname__ for kind in type(error).__mro__}:
        return str(error.format_message())  # type: ignore[attr-defined]
    if names & set(_WRONG_USE):
        return _one_line(str(error.format_message()))  # type: ignore[attr-defined]
    if names & set(TOLD):
        return str(error)
    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename}: {error.strerror}."
    if "sqlalchemy.exc.OperationalError" in names:
        # The driver's own words, which hold no password; SQLAlchemy's would add the statement and its values.
        return f"The database cannot be used: {str(getattr(error, 'orig', '')).strip().splitlines()[0]}."
    return None


def _one_line(text: str) -> str:
    """Keep out line breaks and escape sequences: the text repeats on a terminal what was typed."""
    printable = "".join(letter if letter.isprintable() else "?" for letter in text.strip())
    return printable if printable.endswith((".", "?")) else f"{printable}."


if __name__ == "__main__":
    main()
