"""Word a difference between two timelines, and sentences that count differences."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from timeline.calendar.wording import count
from timeline.definitions.duties import Ladder
from timeline.planning.occurrences import Occurrence

DATES = ("added", "moved", "removed", "cancelled", "took place")
RECORDS = (RECORD_ADDED, RECORD_CHANGED, RECORD_REMOVED) = ("record added", "record changed", "record removed")


@dataclass(frozen=True, kw_only=True)
class Change:
    """Hold a difference between two timelines.

    `change` is added, moved, removed, cancelled, reassigned, handed over, people, post, duty, pause, council or fact
    (which moves nothing by itself), the new state of an occurrence, a warning of a new conflict, or what becomes of a
    record of the programme (`RECORDS`). `told` are the people who heard the old date.
    """

    change: str
    ref: str
    from_: str = ""
    to: str = ""
    why: str = ""
    told: tuple[str, ...] = ()


def counted(changes: Sequence[Change]) -> str:
    """Sum up a preview in a sentence, such as "3 dates change; 2 people were told an old one …"."""
    dates = sum(change.change in DATES for change in changes)
    told = {person for change in changes for person in change.told}
    moving = "1 date changes" if dates == 1 else f"{count(dates, 'date')} change"
    records = sum(change.change in RECORDS for change in changes)
    if records:
        moving += f", {count(records, 'record')} of the programme"
    if not told:
        return f"{moving}; nobody was told an old one."
    if len(told) == 1:
        return f"{moving}; 1 person was told an old one and gets one correction."
    return f"{moving}; {len(told)} people were told an old one and get one correction each."


HOW = "--open-ladders"
"""The option of `daymark apply` that changes the ladders of open tasks too."""


def kept_ladders(planned: Sequence[Occurrence], opened: Mapping[str, Ladder]) -> Iterator[Change]:
    """Find the open tasks that would get another ladder if they opened now; `opened` are their present ladders.

    An apply leaves these ladders alone, unless the option above is given, so they do not count as differences.
    """
    for milestone in (task for occurrence in planned for task in occurrence.milestones):
        had = opened.get(milestone.ref)
        if had and had != milestone.ladder:
            why = f"It has opened and keeps its ladder; {HOW} gives it the one that holds now."
            yield Change(change="ladder", ref=milestone.ref, from_=had.key, to=milestone.ladder.key, why=why)


def in_words(kept: Sequence[Change]) -> str:
    """Word the kept ladders in a sentence for a person; empty when there are none."""
    if not kept:
        return ""
    first = ", ".join(change.ref for change in kept[:5])
    more = f" and {len(kept) - 5} more" if len(kept) > 5 else ""
    has = "has opened and keeps the ladder it" if len(kept) == 1 else "have opened and keep the ladders they"
    return f"{count(len(kept), 'task')} {has} opened with ({first}{more}); to change them too: daymark apply FILE {HOW}"
