"""Reads a council's timeline and its rule pack: every fault at once, or the heart's records."""

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from config import meaning, recorded, sentences, staffing
from config.build import council_timeline, laid
from config.faults import BadInput, Fault, FaultLevel, error
from config.files import Files
from config.plain_yaml import read
from config.shapes import PackShape, TimelineShape
from config.words import is_key
from timeline.calendar import WorkingHours
from timeline.council import OFFICE_HOURS, CouncilTimeline

RULES = Path(__file__).parent / "rules"
TIMELINES = Path(__file__).parent / "timelines"
ShapeT = TypeVar("ShapeT", bound=BaseModel)


def load(path: Path, *, on: date, hours: WorkingHours = OFFICE_HOURS) -> CouncilTimeline:
    """The council's timeline; a demo is laid on the week of `on`. Raises BadInput with every fault."""
    timeline, found = examine(path, on=on, hours=hours)
    errors = [fault for fault in found if fault.level is FaultLevel.ERROR]
    if timeline is None or errors:
        raise BadInput(errors)
    return timeline


def examine(
    path: Path, *, on: date, hours: WorkingHours = OFFICE_HOURS, rules: Path = RULES
) -> tuple[CouncilTimeline | None, tuple[Fault, ...]]:
    """The timeline when the files could be read at all, and everything that is wrong with them."""
    try:
        raw = _with_like(path)
    except BadInput as bad:
        return None, bad.faults
    shape, found = _shaped(path.name, raw, TimelineShape)
    pack, more = _pack(path.name, str(raw.get("pack")), rules)
    if shape is None or pack is None:
        return None, (*found, *more)
    files = Files(f"{shape.pack}.yaml", pack, path.name, laid(shape, on=on), hours)
    senseless = tuple(meaning.faults(files))
    timeline = _built(files)
    people = staffing.faults(path.name, files.timeline, timeline, on=on) if timeline else ()
    early = recorded.warnings(files, on=on)
    return (None if senseless else timeline), (*senseless, *people, *early)


def _built(files: Files) -> CouncilTimeline | None:
    """None when a ladder is missing or a rung cannot be read, which its own fault tells."""
    try:
        return council_timeline(files.pack, files.timeline)
    except (KeyError, ValueError):
        return None


def _pack(file: str, key: str, rules: Path) -> tuple[PackShape | None, tuple[Fault, ...]]:
    """The rule pack that the timeline names; a timeline without a usable name has its own fault for that."""
    packs = sorted(one.stem for one in rules.glob("*.yaml"))
    if key not in packs:
        known = error(file, "pack", f"There is no rule pack “{key}”; expected {' or '.join(packs)}.")
        return None, (known,) if is_key(key) else ()
    try:
        return _shaped(f"{key}.yaml", read(rules / f"{key}.yaml"), PackShape)
    except BadInput as bad:
        return None, bad.faults


def digest(path: Path, rules: Path = RULES) -> str:
    """Tells whether a timeline, the one it is like, or its rule pack has changed since it was applied."""
    raw = _with_like(path)
    text = json.dumps([raw, read(rules / f"{raw.get('pack', '')}.yaml")], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _with_like(path: Path) -> dict[str, Any]:
    """A timeline may start from another one in its folder and replace what it says itself."""
    own = read(path)
    if "like" not in own:
        return own
    name = str(own["like"])
    if name not in {one.name for one in path.parent.glob("*.yaml")}:
        raise BadInput([error(path.name, "like", f"There is no file “{name}” beside this one, expected a timeline.")])
    base = read(path.parent / name)
    if "like" in base:
        raise BadInput([error(path.name, "like", "The file named is itself like another; expected a whole one.")])
    return {**base, **own}


def _shaped(file: str, raw: dict[str, Any], shape: type[ShapeT]) -> tuple[ShapeT | None, tuple[Fault, ...]]:
    try:
        return shape.model_validate(raw), ()
    except ValidationError as fault:
        return None, tuple(sentences.faults(file, fault))
