"""`daymark schema`: the JSON Schemas of a timeline and of a rule pack."""

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from config.timeline_files.schema import schemas


class File(StrEnum):
    TIMELINE = "timeline"
    PACK = "pack"


_NAMES = {File.TIMELINE: "timeline", File.PACK: "rule_pack"}
Which = Annotated[File | None, typer.Argument(metavar="[timeline|pack]", help="One of the two; without it, both.")]
Out = Annotated[Path | None, typer.Option("--out", metavar="FOLDER", help="Write them as files into this folder.")]


def register(app: typer.Typer) -> None:
    """Add `daymark schema` to the application."""
    app.command("schema")(schema)


def schema(which: Which = None, out: Out = None) -> None:
    """Print the JSON Schemas of both files (draft 2020-12), for an editor that helps while you write."""
    made = {name: schema_object for name, schema_object in schemas().items() if which is None or name == _NAMES[which]}
    if out is None:
        typer.echo(_as_text(made if which is None else made[_NAMES[which]]))
        return
    out.mkdir(parents=True, exist_ok=True)
    for name, schema_object in made.items():
        path = out / f"{name.replace('_', '-')}.schema.json"
        path.write_text(_as_text(schema_object) + "\n", encoding="utf-8")
        typer.echo(path, err=True)


def _as_text(made: object) -> str:
    return json.dumps(made, indent=2, ensure_ascii=False)
