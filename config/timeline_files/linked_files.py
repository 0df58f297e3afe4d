"""Read the files that a timeline names in its folder: the timeline it is like, and the calendars of its committees."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from config.timeline_files.faults import BadInput, Fault, error, note
from config.timeline_files.plain_yaml import read
from config.timeline_files.timeline_shapes import CommitteeShape, TimelineShape
from timeline.calendar.wording import count, short_date

if TYPE_CHECKING:
    from config.timeline_files.committee_calendar import Taken


def with_like(path: Path) -> dict[str, Any]:
    """Read a timeline that may start from another timeline in its folder and replace parts of it."""
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
    """Read each calendar that a timeline names and that exists."""
    committees = raw.get("committees")
    for committee in committees.values() if isinstance(committees, dict) else ():
        name = str(committee.get("calendar")) if isinstance(committee, dict) else ""
        if name in _names(folder, "*.ics"):
            yield (folder / name).read_bytes()


def with_meetings(path: Path, shape: TimelineShape) -> tuple[TimelineShape, tuple[Fault, ...]]:
    """Add the meetings in the committees' calendars to the timeline, and list the faults of the calendars."""
    committees: dict[str, CommitteeShape] = {}
    faults: list[Fault] = []
    for key, committee in shape.committees.items():
        try:
            committees[key] = _with_calendar(path, f"committees.{key}", committee)
        except BadInput as bad:
            faults += bad.faults
    return shape.model_copy(update={"committees": {**shape.committees, **committees}}), tuple(faults)


def meetings_taken(path: Path, shape: TimelineShape) -> Iterator[Fault]:
    """Note which meetings were taken from each calendar, and which of a like name were not."""
    for key, committee in shape.committees.items():
        if committee.calendar and (taken := _taken(path, f"committees.{key}", committee)):
            yield note(path.name, f"committees.{key}", "".join(_told(committee.calendar, taken)))


def _told(calendar: str, taken: "Taken") -> Iterator[str]:
    days, more = taken.days[:_LISTED], len(taken.days) - _LISTED
    listed = ", ".join(map(short_date, days)) + (f" and {more} more" if more > 0 else "")
    yield f"{count(len(taken.days), 'meeting')} taken from {calendar}: {listed}."
    for why, titles in (("cancelled", taken.cancelled), ("of another body", taken.others)):
        if titles:
            shown = ", ".join(f"“{title}”" for title in titles[:_LISTED])
            yield f" Left out as {why}: {shown}{' …' if len(titles) > _LISTED else ''}."


_LISTED = 12


def _with_calendar(path: Path, key: str, committee: CommitteeShape) -> CommitteeShape:
    if committee.calendar is None:
        return committee
    days = {*committee.meetings, *_taken(path, key, committee).days}
    return committee.model_copy(update={"meetings": tuple(sorted(days))})


def _taken(path: Path, key: str, committee: CommitteeShape) -> "Taken":
    if committee.calendar not in _names(path.parent, "*.ics"):
        text = f"There is no file “{committee.calendar}” beside this one, expected an iCalendar file (.ics)."
        raise BadInput([error(path.name, f"{key}.calendar", text)])
    # Imported only here: icalendar is slow to import, and most timelines do not need it.
    from config.timeline_files.committee_calendar import meetings

    return meetings(path.parent / committee.calendar, committee.matches or "")


def _names(folder: Path, pattern: str) -> frozenset[str]:
    return frozenset(path.name for path in folder.glob(pattern))
