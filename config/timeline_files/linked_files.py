"""What lies beside a timeline in its folder: the one it is like, and the calendars of its committees."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from config.timeline_files.faults import BadInput, Fault, error
from config.timeline_files.plain_yaml import read
from config.timeline_files.shapes import CommitteeShape, TimelineShape


def with_like(path: Path) -> dict[str, Any]:
    """A timeline may start from another one in its folder and replace what it says itself."""
    own = read(path)
    if "like" not in own:
        return own
    name = str(own["like"])
    if name not in _names(path.parent, "*.yaml"):
        raise BadInput([error(path.name, "like", f"There is no file “{name}” beside this one, expected a timeline.")])
    base = read(path.parent / name)
    if "like" in base:
        raise BadInput([error(path.name, "like", "The file named is itself like another; expected a whole one.")])
    return {**base, **own}


def calendars(raw: Mapping[str, Any], folder: Path) -> Iterator[bytes]:
    """What stands in each calendar that a timeline names; nothing for one that is not there."""
    committees = raw.get("committees")
    for committee in committees.values() if isinstance(committees, dict) else ():
        name = str(committee.get("calendar")) if isinstance(committee, dict) else ""
        if name in _names(folder, "*.ics"):
            yield (folder / name).read_bytes()


def with_meetings(path: Path, shape: TimelineShape) -> tuple[TimelineShape, tuple[Fault, ...]]:
    """The timeline with the meetings that stand in its committees' calendars, and what is wrong with those."""
    found: dict[str, CommitteeShape] = {}
    faults: list[Fault] = []
    for key, committee in shape.committees.items():
        try:
            found[key] = _met(path, f"committees.{key}", committee)
        except BadInput as bad:
            faults += bad.faults
    return shape.model_copy(update={"committees": {**shape.committees, **found}}), tuple(faults)


def _met(path: Path, key: str, committee: CommitteeShape) -> CommitteeShape:
    if committee.calendar is None:
        return committee
    if committee.calendar not in _names(path.parent, "*.ics"):
        text = f"There is no file “{committee.calendar}” beside this one, expected an iCalendar file (.ics)."
        raise BadInput([error(path.name, f"{key}.calendar", text)])
    # Only here: icalendar takes its time to import, and most timelines need none.
    from config.timeline_files.committee_calendar import meetings

    days = {*committee.meetings, *meetings(path.parent / committee.calendar, committee.matches or "")}
    return committee.model_copy(update={"meetings": tuple(sorted(days))})


def _names(folder: Path, pattern: str) -> frozenset[str]:
    return frozenset(path.name for path in folder.glob(pattern))
