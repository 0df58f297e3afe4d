"""Reads a council's timeline and its rule pack: every fault at once, or the heart's records."""

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from config import meaning, staffing
from config.build import council_timeline, laid
from config.faults import BadInput, Fault, FaultLevel, error
from config.plain_yaml import read
from config.shapes import PackShape, TimelineShape
from timeline.calendar import WorkingHours
from timeline.council import OFFICE_HOURS, CouncilTimeline
from timeline.milestones import in_order as milestones_in_order
from timeline.occurrences import CircularRule
from timeline.planning import in_order

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
        shape = _shaped(path.name, _with_like(path), TimelineShape)
        pack_path = rules / f"{shape.pack}.yaml"
        pack = _shaped(pack_path.name, read(pack_path), PackShape)
    except BadInput as bad:
        return None, bad.faults
    shape = laid(shape, on=on)
    files = meaning.Files(pack_path.name, pack, path.name, shape, hours)
    found = tuple(meaning.faults(files))
    if found:
        return None, found
    timeline = council_timeline(pack, shape)
    return timeline, (*_circles(pack_path.name, timeline), *staffing.faults(path.name, shape, timeline))


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
    base = read(path.parent / Path(str(own["like"])).name)
    if "like" in base:
        raise BadInput([error(path.name, "like", "The file named is itself like another; expected a whole one.")])
    return {**base, **own}


def _shaped(file: str, raw: dict[str, Any], shape: type[ShapeT]) -> ShapeT:
    try:
        return shape.model_validate(raw)
    except ValidationError as fault:
        raise BadInput(_faults(file, fault)) from None


def _faults(file: str, fault: ValidationError) -> Iterator[Fault]:
    for one in fault.errors(include_url=False):
        key = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in one["loc"]).strip(".")
        if one["type"] == "extra_forbidden":
            yield error(file, key, "This key is not known here.")
        elif one["type"] == "missing":
            yield error(file, key, "This key is missing.")
        else:
            yield error(file, key.replace(".[key]", ""), _sentence(one["msg"], one["input"]))


def _sentence(message: str, found: Any) -> str:
    text = message.removeprefix("Value error, ").rstrip(".")
    if text.startswith("found"):
        return text[0].upper() + text[1:] + "."
    shown = str(found)
    shown = shown if len(shown) <= 60 else shown[:57] + "…"
    return f"Found “{shown}”: {text[0].lower() + text[1:]}."


def _circles(file: str, timeline: CouncilTimeline) -> Iterator[Fault]:
    try:
        in_order(timeline.obligations)
    except CircularRule as fault:
        yield error(file, "obligations", str(fault))
    for obligation in timeline.obligations:
        try:
            milestones_in_order(obligation)
        except CircularRule as fault:
            yield error(file, f"obligations.{obligation.key}.milestones", str(fault))
