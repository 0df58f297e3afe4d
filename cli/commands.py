"""Name every command with its module and the first sentence of its help, so that --help imports no module."""

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_group

# `daymark --help` lists them in this order. A test holds each sentence equal to the command's own.
COMMANDS = {
    "cli.look.date": {"date": "Works out one rule and explains the date it gives."},
    "cli.change.new": {
        "new": "Writes a council's whole timeline from a few facts: commented, and ready to check, rehearse and apply.",
    },
    "cli.change.check": {
        "check": "Validates a timeline and its rule pack: every fault at once, each with its file and key.",
    },
    "cli.look.routes": {
        "routes": (
            'Shows which notices can still be given before a meeting (SI 2012/2089), on both readings of "clear days".'
        ),
    },
    "cli.change.schema": {
        "schema": "Prints the JSON Schemas of both files (draft 2020-12), for an editor that helps while you write.",
    },
    "cli.run.rehearse": {
        "rehearse": "Lives a period on paper with the flows' own decisions: who would get what, when and why.",
    },
    "cli.change.preview": {
        "preview": "Shows what applying a timeline would change, and who was already told an old date.",
    },
    "cli.change.apply": {"apply": "Takes a timeline into the store, in one transaction: duties, people and facts."},
    "cli.change.undo": {"undo": "Takes the last apply, record, move or import back; undone again, the one before it."},
    "cli.change.record": {"record": "Records a date, which outlives an apply."},
    "cli.change.move": {
        "move": "Moves an occurrence, or says that it took place or is cancelled; its first date stays visible.",
    },
    "cli.look.list_show_why": {
        "list": "Lists what is coming, with red, amber or green and the reason.",
        "show": "Shows one item with its whole trail: what was said, answered and changed, by whom and when.",
        "why": "Explains a date, and for every rung why it was, or was not, said.",
    },
    "cli.look.calendar": {"calendar": "Writes the council's calendar; an entry keeps its UID when its days change."},
    "cli.answer.answer": {
        "ack": 'Records "I have this": stops the asking for a while.',
        "done": 'Records "It is done", with a link or reference that shows it.',
        "help": 'Records "I need help": the line manager is told at the next mail.',
        "decline": 'Records "This is not mine": the line manager is told at the next mail.',
        "delegate": 'Records "Somebody else will do this": that person is asked from the next mail on.',
        "confirm": (
            'Records "I confirm it", the word of a second person on what is done; with --not-done the task opens again.'
        ),
    },
    "cli.look.monday": {
        "monday": "Prints what the director's Monday mail would say on a day, from what is stored now.",
    },
    "cli.run.replay": {
        "replay": "Lives a period through the real flows, ledger and mail plugin, into the built-in catcher only.",
    },
    "cli.run.up": {"up": "Starts Prefect, the officers' pages and, unless a mail server is named, the mail catcher."},
    "cli.change.stop_sending": {"stop-sending": "Stops everything that would leave until it is resumed."},
    "cli.change.pause": {
        "pause": "Leaves a duty or a person alone until a day; no reason is asked.",
        "resume": "Ends a pause that was made by command: what is due is said from the next morning on.",
    },
    "cli.people.hold": {
        "hold": "Keeps everything: while it stands, neither retention nor anybody's request erases anything.",
    },
    "cli.proof.assurance": {
        "assurance": (
            "Works out what should have been said since the last assurance and compares it "
            "with what was, and whether every step of the next 60 days reaches somebody."
        ),
    },
    "cli.answer.briefing": {"briefing": "List, show, release or discard drafts for the lead member."},
    "cli.answer.mail": {"mail": "What comes into the mailbox."},
    "cli.people.people": {"people": "Who holds which post, and what is held about people."},
    "cli.proof.audit": {"audit": "Verify or export the audit chain."},
}


class LazyGroup(TyperGroup):
    """List the commands of the table; import only the module of the command that is called."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        for commands in COMMANDS.values():
            self.commands.update({name: TyperCommand(name, help=text) for name, text in commands.items()})

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Let typer check the name, then build the command that the name's module registers."""
        name, listed, rest = super().resolve_command(ctx, args)
        return name, load_command(name) if name and listed else None, rest


def load_command(name: str) -> Any:
    """Import the module of a command of the table and build the command."""
    app = typer.Typer(rich_markup_mode=None)
    module = next(module for module, commands in COMMANDS.items() if name in commands)
    import_module(module).register(app)
    return get_group(app).commands[name]
