"""Tell what a story states: copies of the Medway timeline and of the rule pack, with changes."""

import json
from pathlib import Path
from typing import Any

from sqlalchemy import text

from config.load import RULES
from config.settings import ROOT
from config.timeline_files import plain_yaml
from models.store import Store

MEDWAY = ROOT / "config/timelines/medway-2019.yaml"


def variant(folder: Path, *, like: Path = MEDWAY, name: str = "medway.yaml", **changes: Any) -> Path:
    """Give a copy of a timeline whose top-level keys are changed; None takes one away."""
    stated = {**plain_yaml.read(like), **changes}
    path = folder / name
    path.write_text(json.dumps({key: value for key, value in stated.items() if value is not None}))
    return path


def people(**changes: Any) -> dict[str, Any]:
    """Give the people of Medway by key (with _ for -), with changes; None takes one away."""
    stated = {**plain_yaml.read(MEDWAY)["people"], **{key.replace("_", "-"): change for key, change in changes.items()}}
    return {key: each for key, each in stated.items() if each is not None}


def pack(folder: Path, *, rules: dict[str, str], **ladders: Any) -> Path:
    """Give a folder with a copy of the rule pack, in which some duties have other rules and some ladders other
    rungs.
    """
    stated = plain_yaml.read(RULES / "england-ilacs.yaml")
    for duty, rule in rules.items():
        stated["obligations"][duty]["rule"] = rule
    for name, rungs in ladders.items():
        stated["ladders"][name]["rungs"] = rungs
    folder.mkdir(exist_ok=True)
    (folder / "england-ilacs.yaml").write_text(json.dumps(stated))
    return folder


def spoil(store: Store) -> None:
    """Make a row of this council unreadable, as a fault of ours or a hand in the database might."""
    with store.engine.begin() as connection:
        row = "update council set definition = '{' where key = :council"
        assert connection.execute(text(row), {"council": store.council}).rowcount == 1
