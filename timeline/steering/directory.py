"""Print the directory as it stands on a day, post by post, for people and for programs."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from timeline.calendar.wording import iso_date, short_date
from timeline.definitions.people import Directory, Holder

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def objects(directory: Directory, *, on: date) -> Iterator[dict[str, Any]]:
    """Return an object for each post; a vacant post has an empty list of holders."""
    for key, post in directory.posts.items():
        yield {
            "post": key,
            "title": post.title,
            "level": post.level.value,
            "line_manager": post.line_manager,
            "deputy": post.deputy,
            "assistant": post.assistant,
            "holders": [_holder(directory, holder, on) for holder in held(directory, key, on)],
        }


def lines(directory: Directory, *, on: date) -> Iterator[str]:
    """Return the directory as text: a line for each post, and below it a line for each of its holders."""
    for key, post in directory.posts.items():
        others = [f"{name} {titled}" for name, titled in beside(directory, key)]
        yield f"{post.title} ({key})" + (f": {', '.join(others)}" if others else "")
        holders = held(directory, key, on)
        yield from (f"  {_line(directory, holder, on)}" for holder in holders)
        if not holders:
            yield "  nobody"


def held(directory: Directory, post: str, on: date) -> list[Holder]:
    """List the present and future holders of the post, the holder who counts today first."""
    holders = [
        holder
        for holder in directory.holders
        if holder.post == post and (holder.until_on is None or holder.until_on >= on)
    ]
    counts = directory.holder(post, on=on)
    return sorted(
        holders, key=lambda holder: (counts is None or holder.person != counts.person.key, not holder.holds(on=on))
    )


def _holder(directory: Directory, holder: Holder, on: date) -> dict[str, Any]:
    person, away_until = directory.people[holder.person], _away_until(directory, holder.person, on)
    return {
        "person": person.key,
        "name": person.name,
        "address": person.address,
        "from": iso_date(holder.from_on),
        "until": iso_date(holder.until_on),
        "acting": holder.acting,
        "channels": list(person.channels),
        "works": [_DAYS[day].lower() for day in person.works],
        "shared": person.shared,
        "away_until": iso_date(away_until),
        "away_unconfirmed_until": iso_date(_waits_until(directory, holder.person, on)),
    }


def beside(directory: Directory, key: str) -> Iterator[tuple[str, str]]:
    """Give the posts beside a post by title: its line manager, its deputy and its assistant."""
    post = directory.posts[key]
    for name, other in (("line manager", post.line_manager), ("deputy", post.deputy), ("assistant", post.assistant)):
        if other:
            yield name, directory.posts[other].title if other in directory.posts else other


def _line(directory: Directory, holder: Holder, on: date) -> str:
    person = directory.people[holder.person]
    return ", ".join((f"{person.name} <{person.address}>", *particulars(directory, holder, on)))


def particulars(directory: Directory, holder: Holder, on: date) -> tuple[str, ...]:
    """Say what holds of somebody in a post: since and until when, at work on which days, reached how, and away."""
    person, away_until = directory.people[holder.person], _away_until(directory, holder.person, on)
    waits = _waits_until(directory, holder.person, on)
    parts = (
        "acting" if holder.acting else "",
        f"from {short_date(holder.from_on)}" if holder.from_on else "",
        f"until {short_date(holder.until_on)}" if holder.until_on else "",
        f"works {' '.join(_DAYS[day] for day in person.works)}" if person.works else "",
        "a shared mailbox" if person.shared else "",
        f"by {', '.join(person.channels)}" if person.channels else "",
        f"away until {short_date(away_until)}" if away_until else "",
        f"away until {short_date(waits)} by a note that waits to be confirmed" if waits else "",
    )
    return tuple(part for part in parts if part)


def _away_until(directory: Directory, person: str, on: date) -> date | None:
    """Return the last day of the absences that cover the day; None if there is none."""
    until = [
        absence.until_on
        for absence in directory.absences
        if absence.person == person and absence.from_on <= on <= absence.until_on
    ]
    return max(until, default=None)


def _waits_until(directory: Directory, person: str, on: date) -> date | None:
    """Return the last day of an absence that counts only once somebody confirms it; None if there is none."""
    waits = (each.said for each in directory.known_absences if each.waits and each.said.person == person)
    return max((said.until_on for said in waits if said.until_on >= on), default=None)
