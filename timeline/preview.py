"""What would change: the milestones as they are stored beside those that other rules, facts or people would give."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from timeline.occurrences import Milestone
from timeline.people import Directory
from timeline.prompts import Said


@dataclass(frozen=True, kw_only=True)
class Change:
    """One difference: `change` is added, moved, removed or people; `told` are the people who heard the old date."""

    change: str
    ref: str
    from_: str = ""
    to: str = ""
    why: str = ""
    told: tuple[str, ...] = ()


def changes(
    stored: Sequence[Milestone], planned: Sequence[Milestone], said: Mapping[str, Sequence[Said]]
) -> Iterator[Change]:
    """Every milestone that would come, move or go, in the order of the plan."""
    before, after = {one.ref: one for one in stored}, {one.ref: one for one in planned}
    for ref, milestone in after.items():
        if ref not in before:
            yield Change(change="added", ref=ref, to=_iso(milestone.due_on), why=_why(milestone))
        elif before[ref].due_on != milestone.due_on:
            yield Change(
                change="moved",
                ref=ref,
                from_=_iso(before[ref].due_on),
                to=_iso(milestone.due_on),
                why=_why(milestone),
                told=_told(said.get(ref, ()), before[ref].due_on),
            )
    for ref in before.keys() - after.keys():
        gone = before[ref]
        yield Change(change="removed", ref=ref, from_=_iso(gone.due_on), told=_told(said.get(ref, ()), gone.due_on))


def people_changes(before: Directory, after: Directory) -> Iterator[Change]:
    """Every post whose holders, or whose holders' names or addresses, would be others."""
    for post in sorted({*before.posts, *after.posts}):
        was, becomes = _holders(before, post), _holders(after, post)
        if was != becomes:
            yield Change(change="people", ref=post, from_=", ".join(was), to=", ".join(becomes))


def _holders(directory: Directory, post: str) -> tuple[str, ...]:
    held = ((directory.people[one.person], one) for one in directory.holders if one.post == post)
    return tuple(
        " ".join(filter(None, (who.name, who.address, _iso(one.from_on), _iso(one.until_on)))) for who, one in held
    )


def _told(said: Sequence[Said], due_on: date | None) -> tuple[str, ...]:
    heard = (one.key.person for one in said if one.accepted_at and one.key.due_on == due_on)
    return tuple(dict.fromkeys(heard))


def _why(milestone: Milestone) -> str:
    return milestone.why[0] if milestone.why else ""


def _iso(on: date | None) -> str:
    return on.isoformat() if on else ""
