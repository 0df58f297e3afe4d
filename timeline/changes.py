"""One difference between two timelines, and how many of them there are."""

from collections.abc import Sequence
from dataclasses import dataclass

from timeline.wording import count

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
    dates = sum(one.change in DATES for one in changes)
    told = {person for one in changes for person in one.told}
    moving = "1 date changes" if dates == 1 else f"{count(dates, 'date')} change"
    if not told:
        return f"{moving}; nobody was told an old one."
    were = (
        "was told an old one and gets one correction"
        if len(told) == 1
        else "were told an old one and get one correction each"
    )
    return f"{moving}; {'1 person' if len(told) == 1 else f'{len(told)} people'} {were}."
