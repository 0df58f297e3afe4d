"""One difference between two timelines, and how many of them there are."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from timeline.calendar.wording import count
from timeline.definitions.duties import Ladder
from timeline.planning.occurrences import Occurrence

DATES = ("added", "moved", "removed", "cancelled", "took place")


@dataclass(frozen=True, kw_only=True)
class Change:
    """One difference: `change` is added, moved, removed, cancelled, reassigned, handed over, people, post, duty, pause,
    council or fact (which moves nothing by itself), what became of an occurrence, or a warning of what would no longer
    fit together. `told` are the people who heard the old date.
    """

    change: str
    ref: str
    from_: str = ""
    to: str = ""
    why: str = ""
    told: tuple[str, ...] = ()


def counted(changes: Sequence[Change]) -> str:
    """The end of a preview in one sentence, such as "3 dates move, 2 people were told an old one …"."""
    dates = sum(change.change in DATES for change in changes)
    told = {person for change in changes for person in change.told}
    moving = "1 date changes" if dates == 1 else f"{count(dates, 'date')} change"
    if not told:
        return f"{moving}; nobody was told an old one."
    were = (
        "was told an old one and gets one correction"
        if len(told) == 1
        else "were told an old one and get one correction each"
    )
    return f"{moving}; {'1 person' if len(told) == 1 else f'{len(told)} people'} {were}."


HOW = "--open-ladders"
"""The word of `daymark apply` that changes them too."""


def kept_ladders(planned: Sequence[Occurrence], opened: Mapping[str, Ladder]) -> Iterator[Change]:
    """The open tasks whose ladder would be another if they opened now; `opened` are the ladders of those that are open.

    They are no differences that an apply makes: it leaves them alone, unless it is told not to.
    """
    for milestone in (task for occurrence in planned for task in occurrence.milestones):
        had = opened.get(milestone.ref)
        if had and had != milestone.ladder:
            why = f"It has opened and keeps its ladder; {HOW} gives it the one that holds now."
            yield Change(change="ladder", ref=milestone.ref, from_=had.key, to=milestone.ladder.key, why=why)


def in_words(kept: Sequence[Change]) -> str:
    """One sentence for a person; empty when there are none."""
    if not kept:
        return ""
    first = ", ".join(change.ref for change in kept[:5])
    more = f" and {len(kept) - 5} more" if len(kept) > 5 else ""
    has = "has opened and keeps the ladder it" if len(kept) == 1 else "have opened and keep the ladders they"
    return f"{count(len(kept), 'task')} {has} opened with ({first}{more}); to change them too: daymark apply FILE {HOW}"
