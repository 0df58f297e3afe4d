"""The `daymark` command."""

import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import version
from typing import Annotated

import typer

# A command's module is imported only when it is asked for, or all for --help: `daymark date` need not wait for
# the database. Modules import Prefect inside their functions, if at all.
COMMANDS = {
    "cli.date": ("date",),
    "cli.new": ("new",),
    "cli.check": ("check",),
    "cli.routes": ("routes",),
    "cli.schema": ("schema",),
    "cli.rehearse": ("rehearse",),
    "cli.preview": ("preview",),
    "cli.apply": ("apply",),
    "cli.undo": ("undo",),
    "cli.record": ("record",),
    "cli.move": ("move",),
    "cli.look": ("list", "show", "why"),
    "cli.calendar": ("calendar",),
    "cli.answer": ("ack", "done", "help", "decline", "delegate", "confirm"),
    "cli.monday": ("monday",),
    "cli.briefing": ("briefing",),
    "cli.mail": ("mail",),
    "cli.replay": ("replay",),
    "cli.up": ("up",),
    "cli.stop": ("stop-sending",),
    "cli.pause": ("pause", "resume"),
    "cli.people": ("people",),
    "cli.audit": ("audit",),
    "cli.hold": ("hold",),
    "cli.assurance": ("assurance",),
}

# Errors whose text is a sentence for people, by name so that naming them imports nothing.
TOLD = (
    "cli.council.NotUsable",
    "cli.lock.AlreadyRunning",
    "cli.parts.PortsTaken",
    "config.faults.BadInput",
    "config.settings.SettingsError",
    "flows.deployments.DeployFailed",
    "models.migrations.upgrade.NotOurs",
    "models.store.errors.StoreError",
    "tasks.listening.PortTaken",
    "tasks.changing.Refused",
    "tasks.caught_mail.NoSuchMail",
    "tasks.prefect_server.ServerNotReady",
    "timeline.occurrences.CircularRule",
    "timeline.responses.AnswerRefused",
    "timeline.rules.language.RuleError",
    "timeline.working_days.BeyondCalendar",
)
_WRONG_USE = ("typer._click.exceptions.ClickException", "click.exceptions.ClickException")


def main() -> None:
    """The console script."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Runs one command and gives its exit code: 2 with a sentence on stderr when it cannot be done."""
    try:
        returned = application(arguments)(list(arguments), prog_name="daymark", standalone_mode=False)
    except Exception as error:
        text = sentence(error)
        if text is None:
            raise
        typer.echo(text, err=True)
        return 2
    return returned if isinstance(returned, int) else 0


def application(arguments: Sequence[str]) -> typer.Typer:
    """The command that is asked for, or all of them when it is none of ours."""
    app = typer.Typer(
        name="daymark",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    app.callback()(_daymark)
    asked = next((argument for argument in arguments if not argument.startswith("-")), "")
    for module in [name for name in COMMANDS if asked in COMMANDS[name]] or COMMANDS:
        import_module(module).register(app)
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
    """Keeps a council's statutory timeline after its children's services were judged inadequate."""


def sentence(error: BaseException) -> str | None:
    """What to tell people about an error, or None for one that is ours to mend."""
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
    """What was typed is repeated on a terminal: no line breaks, no escape sequences."""
    printable = "".join(letter if letter.isprintable() else "?" for letter in text.strip())
    return printable if printable.endswith((".", "?")) else f"{printable}."


if __name__ == "__main__":
    main()
