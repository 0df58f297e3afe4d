"""Which open tasks keep a ladder that the rules no longer give them: a ladder is frozen when its task opens."""

from collections.abc import Iterator, Mapping, Sequence

from timeline.changes import Change
from timeline.duties import Ladder
from timeline.occurrences import Occurrence
from timeline.wording import count

HOW = "--open-ladders"
"""The word of `daymark apply` that changes them too."""


def kept_ladders(planned: Sequence[Occurrence], opened: Mapping[str, Ladder]) -> Iterator[Change]:
    """The open tasks whose ladder would be another if they opened now; `opened` are the ladders of those that are open.

    They are no differences that an apply makes: it leaves them alone, unless it is told not to.
    """
    for milestone in (task for one in planned for task in one.milestones):
        had = opened.get(milestone.ref)
        if had and had != milestone.ladder:
            why = f"It has opened and keeps its ladder; {HOW} gives it the one that holds now."
            yield Change(change="ladder", ref=milestone.ref, from_=had.key, to=milestone.ladder.key, why=why)


def in_words(kept: Sequence[Change]) -> str:
    """One sentence for a person; empty when there are none."""
    if not kept:
        return ""
    first = ", ".join(one.ref for one in kept[:5])
    more = f" and {len(kept) - 5} more" if len(kept) > 5 else ""
    has = "has opened and keeps the ladder it" if len(kept) == 1 else "have opened and keep the ladders they"
    return f"{count(len(kept), 'task')} {has} opened with ({first}{more}); to change them too: daymark apply FILE {HOW}"
