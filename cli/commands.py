"""Name every command with its module and the first sentence of its help, so that --help imports no module."""

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_group

# `daymark --help` lists them in this order. A test holds each sentence equal to the command's own.
COMMANDS = {
    "cli.look.date": {"date": "Work out one rule and explain the date it gives."},
    "cli.change.new": {
        "new": "Write a council's whole timeline from a few facts: commented, and ready to check, rehearse and apply.",
    },
    "cli.change.check": {
        "check": "Validate a timeline and its rule pack: name every fault at once, each with its file and key.",
    },
    "cli.look.routes": {
        "routes": ('Show which notices can still be given before a meeting, on both readings of "clear days".'),
    },
    "cli.change.schema": {
        "schema": "Print the JSON Schemas of both files (draft 2020-12), for an editor that helps while you write.",
    },
    "cli.run.rehearse": {
        "rehearse": "Work a period through on paper with the flows' own decisions: who would get what, when and why.",
    },
    "cli.change.preview": {
        "preview": "Show what an apply would change, and who was already told an old date.",
    },
    "cli.change.apply": {"apply": "Take a timeline into the store, in one transaction: duties, people and facts."},
    "cli.change.plan": {"plan": "Take the action plan from the workbook in which the council keeps it."},
    "cli.change.undo": {
        "undo": "Take the last apply, record, move or import back; a second undo takes back the one before it."
    },
    "cli.change.record": {"record": "Record a date, which outlives an apply."},
    "cli.change.move": {
        "move": "Move an occurrence, or say that it took place or is cancelled.",
    },
    "cli.keep.handover": {"handover": "Hand the timeline of a council that ends to those that follow it."},
    "cli.look.list_tasks": {
        "list": "List what needs somebody and what is due within six weeks, each with its colour and the reason.",
    },
    "cli.look.status": {
        "status": "Show how each council stands, by name: its colour, its next dates of law, and its last assurance.",
    },
    "cli.look.show_why": {
        "show": "Show one task with its whole trail: each message, answer and change, by whom and when.",
        "why": "Explain a date, and for every rung why it was, or was not, said.",
    },
    "cli.look.picture": {
        "picture": (
            "Draw the timeline: duties down, time across, each date with its colour, its letter and its reason."
        ),
    },
    "cli.look.report": {
        "report": (
            "Write a report in Word or as PDF, from what was known on a day: by post, a draft until it is released."
        ),
    },
    "cli.look.export": {
        "export": (
            "Write every record of the programme and the tasks as CSV, JSON and Excel: by post, never by person."
        ),
    },
    "cli.look.calendar": {"calendar": "Write the council's calendar."},
    "cli.change.board": {"board": "Make or revoke the address of a board's page."},
    "cli.change.api": {"api": "Give or revoke the token with which a program reads the records and tasks."},
    "cli.answer.answer": {
        "ack": 'Record "I have this": stop the asking for a while.',
        "done": 'Record "It is done", with a link or reference that shows it.',
        "help": 'Record "I need help": tell the line manager with the next mail.',
        "decline": 'Record "This is not mine": tell the line manager with the next mail.',
        "delegate": 'Record "Somebody else will do this": ask that person from the next mail on.',
        "confirm": (
            'Record "I confirm it", a second person\'s word on a done task; with --not-done the task opens again.'
        ),
    },
    "cli.look.monday": {
        "monday": "Print the director's Monday mail as it would be on a day, from the present data.",
    },
    "cli.run.replay": {
        "replay": "Live a period through the real flows, ledger and mail plugin, into the built-in catcher only.",
    },
    "cli.run.doctor": {
        "doctor": "Examine every part of this installation: one sentence for each trouble, with what helps.",
    },
    "cli.run.migrate": {
        "migrate": "Bring the tables of the database up to date, in one transaction; twice changes nothing.",
    },
    "cli.run.alone": {
        "web": "Serve the pages on DAYMARK_BIND and DAYMARK_PORT until it is stopped.",
        "worker": "Carry out the flows of Prefect's work pool until it is stopped; any number of workers share them.",
        "deploy": "Make Prefect hold just the work pool, deployments, schedules and automations of this version, once.",
        "lmtp": (
            "Take mails from the council's mail server on DAYMARK_LMTP_BIND and DAYMARK_LMTP_PORT until it is stopped."
        ),
        "catcher": "Keep every mail in place of a mail server, and take replies to it, until it is stopped.",
    },
    "cli.run.up": {"up": "Start Prefect, the officers' pages and, unless a mail server is named, the mail catcher."},
    "cli.change.stop_sending": {"stop-sending": "Stop all sending until it is resumed."},
    "cli.change.pause": {
        "pause": "Leave a duty or a person alone until a day, without a reason.",
        "resume": "End a pause that was made by command: due prompts leave from the next morning on.",
    },
    "cli.people.hold": {
        "hold": "Put a legal hold in place: while it stands, neither retention nor a request erases anything.",
    },
    "cli.proof.assurance": {
        "assurance": "Compare the messages due since the last assurance with those sent, and look 60 days ahead.",
    },
    "cli.answer.briefing": {"briefing": "List, show, release or discard drafts for the lead member."},
    "cli.answer.mail": {"mail": "Show how mails to the mailbox are read, and try the way out."},
    "cli.people.people": {
        "people": "List post holders and their days away; import, export and erase data about people."
    },
    "cli.keep.database": {"db": "Carry the records into another database."},
    "cli.keep.backup": {
        "backup": "Write the databases, the secret key and a manifest into a folder, while everything runs on.",
        "restore": "Bring a backup back into an empty home, or with --replace in place of what is there.",
    },
    "cli.keep.accept_key": {
        "accept-key": "Go on with the present secret key, when the one before is lost.",
    },
    "cli.run.teams": {"teams": "Make the app of the bot in Microsoft Teams."},
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
