"""Find the faults of people that a timeline and an import share: two holders of a post, and placeholder addresses."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import NamedTuple

from config.timeline_files.faults import Fault, warning
from timeline.definitions.addresses import is_placeholder

_SHOWN = 3


class Holding(NamedTuple):
    """Hold a post as a file gives it to a person, from the first day to the last; `where` is its key or line."""

    where: str
    post: str
    person: str
    from_on: date | None
    until_on: date | None


def two_holders(file: str, holdings: Iterable[Holding]) -> Iterator[Fault]:
    """Warn of each holding on days on which an earlier holding, which counts, gives the post to another person.

    Acting cover is left out by the caller: it is meant to stand beside the usual holder.
    """
    by_post = sorted(holdings, key=lambda holding: holding.post)
    for post, same in groupby(by_post, key=lambda holding: holding.post):
        theirs = list(same)
        for place, holding in enumerate(theirs):
            first = next((other for other in theirs[:place] if _clash(other, holding)), None)
            if first:
                text = f"On the same days as {first.where}, which counts. Cover for some days is “acting”."
                yield warning(file, holding.where, f"{post} has another holder here. {text}")


def _clash(holding: Holding, other: Holding) -> bool:
    first = max(each.from_on or date.min for each in (holding, other))
    last = min(each.until_on or date.max for each in (holding, other))
    return holding.person != other.person and first <= last


def placeholders(file: str, addresses: Mapping[str, str]) -> Iterator[Fault]:
    """Warn of addresses, by where each stands, that no mail can reach; to be asked only where mail leaves for real."""
    places = [where for where, address in addresses.items() if is_placeholder(address)]
    if places:
        first, *more = places
        others = f", and {len(more)} more ({_some(more)})" if more else ""
        text = f"Found “{addresses[first]}”, a placeholder that no mail can reach{others}; expected the council's own."
        yield warning(file, first, text)


def _some(places: list[str]) -> str:
    return ", ".join([*places[:_SHOWN], *(["…"] if len(places) > _SHOWN else [])])
