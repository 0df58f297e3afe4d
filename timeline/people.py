"""Posts, the people who hold them, and whom a rung means on a given day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from timeline.duties import LINE_MANAGER, OWNER, Level


@dataclass(frozen=True, kw_only=True)
class Post:
    key: str
    title: str
    level: Level = Level.OFFICER
    line_manager: str | None = None


@dataclass(frozen=True, kw_only=True)
class Person:
    key: str
    name: str
    address: str


@dataclass(frozen=True, kw_only=True)
class Holder:
    """A person in a post, from the first day to the last (both included; None is open)."""

    post: str
    person: str
    from_on: date | None = None
    until_on: date | None = None

    def holds(self, *, on: date) -> bool:
        return (self.from_on is None or self.from_on <= on) and (self.until_on is None or on <= self.until_on)


@dataclass(frozen=True, kw_only=True)
class Absence:
    """Somebody is away, from the first day to the last (both included). Never a reason."""

    person: str
    from_on: date
    until_on: date


@dataclass(frozen=True)
class Recipient:
    """A person, and the post for which that person is written to."""

    post: Post
    person: Person


@dataclass(frozen=True, kw_only=True)
class Directory:
    """Everybody a rung can mean."""

    posts: Mapping[str, Post] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)
    holders: tuple[Holder, ...] = ()
    absences: tuple[Absence, ...] = ()

    def holder(self, post: str, *, on: date) -> Recipient | None:
        """The first person listed who holds the post on that day."""
        for holder in self.holders:
            if holder.post == post and holder.holds(on=on) and post in self.posts:
                return Recipient(self.posts[post], self.people[holder.person])
        return None

    def changes_after(self, on: date) -> tuple[date, ...]:
        """The next day after `on` on which somebody takes up or has left a post; empty when none is known."""
        days = [one.from_on for one in self.holders if one.from_on]
        days += [one.until_on + timedelta(days=1) for one in self.holders if one.until_on]
        return tuple(sorted(day for day in days if day > on)[:1])

    def line(self, post: str) -> Iterable[str]:
        """The post and then its line managers, upwards; stops where a line bites its own tail."""
        seen: list[str] = []
        step: str | None = post
        while step and step not in seen and step in self.posts:
            seen.append(step)
            step = self.posts[step].line_manager
        return tuple(seen)

    def manager_above(self, person: str, *, owner: str, on: date) -> Recipient | None:
        """The first manager present on the owner's line who stands above this person."""
        found = [held for post in tuple(self.line(owner))[1:] if (held := self.holder(post, on=on))]
        own = max((place for place, held in enumerate(found) if held.person.key == person), default=-1)
        return next(iter(found[own + 1 :]), None)

    def meant(self, selector: str, *, owner: str, on: date) -> Recipient | None:
        """Whom a rung's selector means on that day.

        A vacant post does not end the matter: what was for it goes to the first line manager present, so that
        nothing falls silent between two holders.
        """
        if selector == OWNER:
            line = tuple(self.line(owner))
        elif selector == LINE_MANAGER:
            line = tuple(self.line(owner))[1:]
        else:
            line = tuple(self.line(selector))
        return next((found for post in line if (found := self.holder(post, on=on))), None)
