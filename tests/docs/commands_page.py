"""Make docs/commands.md from the commands themselves: `python -m tests.docs.commands_page`, or `make docs`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import typer

from cli.commands import load_command
from cli.main import application
from config.settings import ROOT

PAGE = ROOT / "docs/commands.md"
TEXT = ROOT / "tests/docs/commands_page.txt"
WINGS = {
    "run": "Start, rehearse, replay",
    "look": "Look",
    "change": "Change",
    "people": "People",
    "answer": "Answer",
    "proof": "Prove",
    "keep": "Keep",
}
EXAMPLES = {
    "date": 'daymark date "70 working days after report_received" --fact report_received=2019-08-16',
    "new": 'daymark new --name "Anytown Council" --published 2026-09-14 --received 2026-09-04 --out anytown.yaml',
    "check": "daymark check config/timelines/medway-2019.yaml",
    "routes": "daymark routes --meeting 2019-11-19 --on 2019-11-01 --key-decision",
    "rehearse": "daymark rehearse config/timelines/medway-2019.yaml --from 2019-08-27 --to 2020-03-31 --chart load.svg",
    "replay": "daymark replay config/timelines/medway-2019.yaml --from 2019-08-27 --to 2019-09-30 --responses always",
    "preview": "daymark preview config/timelines/council.yaml",
    "record": 'daymark record visit_confirmed 2026-11-24 2026-11-25 --for monitoring-visit/1 --by "Director of People" '
    '--source "Letter from Ofsted"',
    "move": 'daymark move plo-panel/2 --to 2026-10-15 --reason "The chair is away" --yes',
    "pause": "daymark pause plo-panel --until 2026-08-31",
    "calendar": "daymark calendar --for improvement_programme_lead --out calendar.ics",
    "why": "daymark why plo-panel/2/papers",
    "report": "daymark report cabinet --as-at 2019-09-03 --out cabinet.docx",
    "picture": "daymark picture --out timeline.svg --from 2019-11-01 --to 2020-10-31",
    "done": "daymark done plo-panel/2/papers --as plo.panel.chair@medway.example --evidence https://council.example/papers",
    "delegate": "daymark delegate plo-panel/2/papers --as plo.panel.chair@medway.example "
    "--to project.support@medway.example",
    "mail inspect": "daymark mail inspect reply.eml --asked head.of.qa@medway.example",
    "people import": "daymark people import config/people/example.csv",
    "people erase": 'daymark people erase project.support@medway.example --reason "Left in June" --yes',
    "hold": 'daymark hold --by "Monitoring Officer" --reason "Claim 12 of 2026"',
    "audit export": "daymark audit export --to audit",
}


@dataclass(frozen=True)
class Command:
    """Hold one command as its help tells it; `made` and `context` are Typer's."""

    name: str
    made: Any
    context: Any

    @property
    def wing(self) -> str:
        return str(self.made.callback.__module__.split(".")[1])

    @property
    def says(self) -> list[str]:
        """Give the paragraphs of its help, each on one line."""
        return [" ".join(paragraph.split()) for paragraph in self.made.help.split("\n\n")]

    @property
    def usage(self) -> str:
        given = [p for p in self.made.params if p.param_type_name == "argument"]
        needed = [p for p in self.made.params if p.param_type_name == "option" and p.required]
        more = len(self.made.params) > len(given) + len(needed)
        options = (f"{p.opts[0]} {p.metavar}" for p in needed)
        return " ".join(["daymark", self.name, *map(_argument, given), *options, *(["[OPTIONS]"] if more else [])])


def page() -> str:
    """Give the whole page; `commands_page.txt` holds the part that is written by hand."""
    every = sorted(commands(), key=lambda command: [*WINGS].index(command.wing))
    return TEXT.read_text().format(index="\n".join(_index(every)), commands="\n".join(_sections(every)))


def commands() -> Iterator[Command]:
    """Yield every command, and in place of a group its own commands."""
    top = typer.main.get_command(application())
    context = top.make_context("daymark", [], resilient_parsing=True)
    for name in top.list_commands(context):  # type: ignore[attr-defined]  # Typer types a group as a command
        yield from _below(name, load_command(name), context, "")


def _below(name: str, made: Any, context: Any, prefix: str) -> Iterator[Command]:
    inner = made.make_context(name, [], parent=context, resilient_parsing=True)
    if not hasattr(made, "list_commands"):
        yield Command(f"{prefix}{name}", made, inner)
        return
    for own in made.list_commands(inner):
        yield from _below(own, made.get_command(inner, own), inner, f"{name} ")


def _index(every: list[Command]) -> Iterator[str]:
    yield "| command | does |"
    yield "| --- | --- |"
    for command in every:
        yield f"| [`daymark {command.name}`](#daymark-{command.name.replace(' ', '-')}) | {_cell(command.says[0])} |"


def _sections(every: list[Command]) -> Iterator[str]:
    for wing, members in groupby(every, key=lambda command: command.wing):
        yield f"## {WINGS[wing]}\n"
        for command in members:
            yield from _section(command)


def _section(command: Command) -> Iterator[str]:
    yield f"### `daymark {command.name}`\n"
    yield f"```\n{command.usage}\n```\n"
    for paragraph in command.says:
        yield f"{paragraph}\n"
    rows = [parameter.get_help_record(command.context) for parameter in command.made.params if not parameter.hidden]
    if rows:
        yield "| argument or option | meaning |"
        yield "| --- | --- |"
        yield from (f"| `{_cell(re.sub(r' <.+>$', '', left))}` | {_cell(right)} |" for left, right in rows)
        yield ""
    if example := EXAMPLES.get(command.name):
        yield f"Example:\n\n```\n{example}\n```\n"


def _argument(parameter: Any) -> str:
    label = parameter.metavar or parameter.name.upper()
    return label if parameter.required or label.startswith("[") else f"[{label}]"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", r"\|")


if __name__ == "__main__":
    PAGE.write_text(page())
