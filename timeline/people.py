"""Posts, the people who hold them, and whom a rung means on a given day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from timeline.duties import LINE_MANAGER, OWNER, Level


@dataclass(frozen=True, kw_only=True)
class Post:
    """`line_manager`, `deputy` and `assistant` are keys of posts. The deputy stands in while the holder is away; the
    assistant (a PA) may answer for the holder at any time, and both names are kept.
    """

    key: str
    title: str
    level: Level = Level.OFFICER
    line_manager: str | None = None
    deputy: str | None = None
    assistant: str | None = None


@dataclass(frozen=True, kw_only=True)
class Person:
    """`channels` are names of channels in the person's order, empty for mail; `teams` is the aadObjectId."""

    key: str
    name: str
    address: str
    channels: tuple[str, ...] = ()
    teams: str = ""
    phone: str = ""


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


class Stand(StrEnum):
    """As what somebody answers."""

    SELF = "self"
    DEPUTY = "deputy"
    ASSISTANT = "assistant"


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

    def absent(self, person: str, *, on: date) -> bool:
        """Whether somebody is away on that day."""
        return any(one.person == person and one.from_on <= on <= one.until_on for one in self.absences)

    def posts_of(self, person: str, *, on: date) -> tuple[str, ...]:
        """The posts that somebody holds on that day, in the order of the timeline."""
        held = dict.fromkeys(one.post for one in self.holders if one.person == person and one.holds(on=on))
        return tuple(post for post in held if self._holds(person, post, on))

    def _holds(self, person: str, post: str, on: date) -> bool:
        found = self.holder(post, on=on)
        return found is not None and found.person.key == person

    def deputy_of(self, person: str, *, on: date) -> Recipient | None:
        """Who stands in for somebody: the first present holder of a deputy post, and not the same person."""
        deputies = (self.posts[post].deputy for post in self.posts_of(person, on=on))
        held = (self.holder(post, on=on) for post in deputies if post)
        present = (one for one in held if one and not self.absent(one.person.key, on=on))
        return next((one for one in present if one.person.key != person), None)

    def may_answer_for(self, by: str, person: str, *, on: date) -> Stand | None:
        """As what `by` may answer for `person` on that day: the person asked, the deputy while that person is away,
        or the assistant; None for anybody else.
        """
        if by == person:
            return Stand.SELF
        posts = [self.posts[post] for post in self.posts_of(person, on=on)]
        if any(post.assistant and self._holds(by, post.assistant, on) for post in posts):
            return Stand.ASSISTANT
        deputy = self.absent(person, on=on) and any(post.deputy and self._holds(by, post.deputy, on) for post in posts)
        return Stand.DEPUTY if deputy else None

    def at_address(self, address: str) -> Person | None:
        """The person of that mail address, in whatever case it is written; None when nobody or several have it."""
        found = [one for one in self.people.values() if one.address.lower() == address.strip().lower()]
        return found[0] if len(found) == 1 else None

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
