"""Load a council's timeline with its rule pack, or report every fault at once."""

import hashlib
import json
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from config.checks import facts as recorded
from config.checks import meaning, staffing
from config.checks.places import placed
from config.houses.folder import people_of
from config.programme_file import load as programme_file
from config.timeline_files import faults as sentences
from config.timeline_files import linked_files as beside
from config.timeline_files.build import council_timeline
from config.timeline_files.demo_dates import laid
from config.timeline_files.faults import BadInput, Fault, FaultLevel, error
from config.timeline_files.files import Files
from config.timeline_files.pack_shapes import PackShape
from config.timeline_files.people_faults import placeholders
from config.timeline_files.plain_yaml import read
from config.timeline_files.timeline_shapes import TimelineShape
from config.timeline_files.words import is_key
from timeline.calendar.wording import near
from timeline.calendar.working_hours import WorkingHours
from timeline.definitions.council import OFFICE_HOURS, CouncilTimeline
from timeline.programme.asked.of_programme import asked_of
from timeline.programme.programme import Programme

RULES = Path(__file__).parent / "rules"
TIMELINES = Path(__file__).parent / "timelines"
ShapeT = TypeVar("ShapeT", bound=BaseModel)


def load(path: Path, *, on: date, hours: WorkingHours = OFFICE_HOURS) -> CouncilTimeline:
    """Load the council's timeline; a demo moves to the week of `on`. Raises BadInput with every fault."""
    timeline, faults = examine(path, on=on, hours=hours)
    errors = [fault for fault in faults if is_error(fault)]
    if timeline is None or errors:
        raise BadInput(errors)
    return timeline


def examine(
    path: Path, *, on: date, hours: WorkingHours = OFFICE_HOURS, rules: Path = RULES, mail_leaves: bool = False
) -> tuple[CouncilTimeline | None, tuple[Fault, ...]]:
    """Give the timeline, when the files could be read at all, and all their faults.

    `mail_leaves` for a real server: then placeholder addresses are a fault. The catcher takes them, as in the demo.
    """
    timeline, faults = _examine(path, on=on, hours=hours, rules=rules, mail_leaves=mail_leaves)
    return timeline, placed(path, faults)


def _examine(
    path: Path, *, on: date, hours: WorkingHours, rules: Path, mail_leaves: bool
) -> tuple[CouncilTimeline | None, tuple[Fault, ...]]:
    try:
        raw = beside.with_like(path)
    except BadInput as bad:
        return None, bad.faults
    shape, faults = _shaped(path.name, raw, TimelineShape)
    pack, more = _pack(path.name, str(raw.get("pack")), rules)
    if shape is None or pack is None:
        return None, (*faults, *more)
    shape, unread = beside.with_meetings(path, shape)
    files = Files(f"{shape.pack}.yaml", pack, path.name, laid(shape, shape.lay, on=on), hours)
    senseless = (*unread, *meaning.faults(files))
    timeline = _built(files)
    if timeline and not any(map(is_error, senseless)):
        senseless = (*senseless, *recorded.beside_each_other(files, timeline))
    people = staffing.faults(path.name, files.timeline, timeline, on=on) if timeline else ()
    addresses = {f"people.{key}.address": person.address for key, person in files.timeline.people.items()}
    nowhere = placeholders(path.name, addresses) if mail_leaves else ()
    early = recorded.warnings(files, on=on)
    programme, beside_it = examine_programme(path, timeline, on=on) if timeline else (None, ())
    timeline = replace(timeline, asked=asked_of(programme), hours=files.hours) if timeline else None
    return (None if any(map(is_error, senseless)) else timeline), (*senseless, *people, *nowhere, *early, *beside_it)


def meetings_taken(path: Path) -> tuple[Fault, ...]:
    """Note which meetings a timeline takes from its committees' calendars; none where the file cannot be used."""
    try:
        shape, _ = _shaped(path.name, beside.with_like(path), TimelineShape)
        notes = tuple(beside.meetings_taken(path, shape)) if shape else ()
    except BadInput:
        return ()
    return placed(path, notes)


def examine_programme(path: Path, timeline: CouncilTimeline, *, on: date) -> tuple[Programme | None, tuple[Fault, ...]]:
    """Give the programme in the file beside a timeline, `NAME.programme.yaml`, and its faults; None without a file.

    A demo's moves to the week of `on`, as its timeline does.
    """
    file = programme_of(path)
    if not file.exists():
        return None, ()
    duties = {duty.key: duty for duty in timeline.obligations}
    tasks = {f"{duty.key}/{task.key}": task for duty in timeline.obligations for task in duty.milestones}
    return programme_file.examine(file, posts=timeline.directory.posts, duties=duties, tasks=tasks, on=on)


def programme_beside(path: Path, timeline: CouncilTimeline, *, on: date) -> Programme | None:
    """Give the programme beside a timeline that was loaded: `examine` has told its faults. None without a file."""
    return examine_programme(path, timeline, on=on)[0]


def programme_of(path: Path) -> Path:
    """Give the place of the programme file of a timeline."""
    return path.with_suffix(".programme.yaml")


@cache
def fact_order() -> tuple[tuple[str, ...], ...]:
    """Give the order of facts of the installed rule packs, for a council that was applied before packs stated any."""
    packs = (read(path) for path in sorted(RULES.glob("*.yaml")))
    return tuple(tuple(chain) for pack in packs for chain in pack.get("order", ()))


def is_error(fault: Fault) -> bool:
    return fault.level is FaultLevel.ERROR


def _built(files: Files) -> CouncilTimeline | None:
    """Build the timeline; None when a ladder is missing or a rung cannot be read, which has its own fault."""
    try:
        return council_timeline(files.pack, files.timeline)
    except (KeyError, ValueError):
        return None


def _pack(file: str, key: str, rules: Path) -> tuple[PackShape | None, tuple[Fault, ...]]:
    """Read the rule pack that the timeline names; a timeline without a usable name has its own fault."""
    packs = sorted(path.stem for path in rules.glob("*.yaml"))
    if key not in packs:
        known = error(file, "pack", f"There is no rule pack “{key}”; expected {' or '.join(packs)}.{near(key, packs)}")
        return None, (known,) if is_key(key) else ()
    try:
        return _shaped(f"{key}.yaml", read(rules / f"{key}.yaml"), PackShape)
    except BadInput as bad:
        return None, bad.faults


def digest(path: Path, rules: Path = RULES) -> str:
    """Digest a timeline with the timeline it is like, its rule pack, its committees' calendars, programme and people.

    Another digest than at the last apply means that a file has changed since.
    """
    raw = beside.with_like(path)
    calendars = [hashlib.sha256(calendar).hexdigest() for calendar in beside.calendars(raw, path.parent)]
    programme = [read(file)] if (file := programme_of(path)).exists() else []
    people = [hashlib.sha256(of_people.read_bytes()).hexdigest()] if (of_people := people_of(path)) else []
    files = [raw, read(rules / f"{raw.get('pack', '')}.yaml"), *calendars, *programme, *people]
    text = json.dumps(files, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _shaped(file: str, raw: dict[str, Any], shape: type[ShapeT]) -> tuple[ShapeT | None, tuple[Fault, ...]]:
    try:
        return shape.model_validate(raw), ()
    except ValidationError as fault:
        return None, tuple(sentences.faults(file, fault, shape))
