"""Posts, the people who hold them, and whom a rung means on a given day."""

from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from operator import attrgetter
from typing import TypeVar

from timeline.calendar.london import DAY
from timeline.definitions.duties import Level
from timeline.definitions.selectors import line_meant

Row = TypeVar("Row")


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
    """`channels` are names of channels in the person's order, empty for mail; `teams` is the aadObjectId; `works` are
    the days of the week at work (0 is Monday), empty for all five.
    """

    key: str
    name: str
    address: str
    channels: tuple[str, ...] = ()
    teams: str = ""
    phone: str = ""
    works: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Holder:
    """A person in a post, from the first day to the last (both included; None is open). `acting` is cover for these
    days: it counts before the holder whose post it is, who need not leave it.
    """

    post: str
    person: str
    from_on: date | None = None
    until_on: date | None = None
    acting: bool = False

    def holds(self, *, on: date) -> bool:
        return (self.from_on is None or self.from_on <= on) and (self.until_on is None or on <= self.until_on)


@dataclass(frozen=True, kw_only=True)
class Absence:
    """Somebody is away, from the first day to the last (both included). Never a reason."""

    person: str
    from_on: date
    until_on: date


class AnswersAs(StrEnum):
    """As what somebody answers."""

    SELF = "self"
    DEPUTY = "deputy"
    ASSISTANT = "assistant"


@dataclass(frozen=True)
class Recipient:
    """A person, and the post for which that person is written to; `in_place_of` is the holder who is away."""

    post: Post
    person: Person
    in_place_of: "Recipient | None" = None

    @property
    def stands_in_for(self) -> str:
        """The key of the person who is away; empty when nobody is stood in for."""
        return self.in_place_of.person.key if self.in_place_of else ""

    @property
    def meant(self) -> Post:
        """The post that was to hear of it, whoever holds it or stands in."""
        return (self.in_place_of or self).post


@dataclass(frozen=True, kw_only=True)
class Directory:
    """Everybody a rung can mean."""

    posts: Mapping[str, Post] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)
    holders: tuple[Holder, ...] = ()
    absences: tuple[Absence, ...] = ()

    def holder(self, post: str, *, on: date) -> Recipient | None:
        """Who holds the post on that day: acting cover before the usual holder, else the first listed."""
        held = [holder for holder in self._by_post.get(post, ()) if holder.holds(on=on) and post in self.posts]
        first = min(held, key=lambda one: not one.acting, default=None)
        return Recipient(self.posts[post], self.people[first.person]) if first else None

    def absent(self, person: str, *, on: date) -> bool:
        """Whether an absence of theirs covers that day."""
        return any(absence.from_on <= on <= absence.until_on for absence in self._absences_of.get(person, ()))

    def has_day_off(self, person: str, *, on: date) -> bool:
        """Whether somebody is not at work on that day of every week, without being absent."""
        works = self.people[person].works
        return bool(works) and on.weekday() not in works and not self.absent(person, on=on)

    def away(self, person: str, *, on: date) -> bool:
        """Whether somebody is not there on that day, absent or off."""
        return self.absent(person, on=on) or self.has_day_off(person, on=on)

    def posts_of(self, person: str, *, on: date) -> tuple[str, ...]:
        """The posts that somebody holds on that day, in the order of the timeline."""
        held = dict.fromkeys(holder.post for holder in self._by_person.get(person, ()) if holder.holds(on=on))
        return tuple(post for post in held if self._holds(person, post, on))

    def _holds(self, person: str, post: str, on: date) -> bool:
        recipient = self.holder(post, on=on)
        return recipient is not None and recipient.person.key == person

    def deputy_of(self, person: str, *, on: date) -> Recipient | None:
        """Who stands in for somebody: the first present holder of a deputy post, and not the same person."""
        deputies = (self.posts[post].deputy for post in self.posts_of(person, on=on))
        held = (self.holder(post, on=on) for post in deputies if post)
        present = (recipient for recipient in held if recipient and not self.away(recipient.person.key, on=on))
        return next((recipient for recipient in present if recipient.person.key != person), None)

    def present(self, posts: Iterable[str], *, on: date) -> Iterator[Recipient]:
        """Who is there for each of these posts, in order: its holder, or whoever stands in while the holder is away.
        What is vacant, or has neither, gives nobody.
        """
        for post in posts:
            held = self.holder(post, on=on)
            if held and self.away(held.person.key, on=on):
                held = self._stand_in(held, on)
            if held:
                yield held

    def _stand_in(self, away: Recipient, on: date) -> Recipient | None:
        deputy = self.holder(away.post.deputy, on=on) if away.post.deputy else None
        if deputy is None or deputy.person.key == away.person.key or self.away(deputy.person.key, on=on):
            return None
        return Recipient(deputy.post, deputy.person, away)

    def may_answer_for(self, by: str, person: str, *, on: date) -> AnswersAs | None:
        """As what `by` may answer for `person` on that day: the person asked, the deputy while that person is away,
        or the assistant; None for anybody else.
        """
        if by == person:
            return AnswersAs.SELF
        posts = [self.posts[post] for post in self.posts_of(person, on=on)]
        if any(post.assistant and self._holds(by, post.assistant, on) for post in posts):
            return AnswersAs.ASSISTANT
        deputy = self.away(person, on=on) and any(post.deputy and self._holds(by, post.deputy, on) for post in posts)
        return AnswersAs.DEPUTY if deputy else None

    def at_address(self, address: str) -> Person | None:
        """The person of that mail address, in whatever case it is written; None when nobody or several have it."""
        people = [person for person in self.people.values() if person.address.lower() == address.strip().lower()]
        return people[0] if len(people) == 1 else None

    def called(self, typed: str) -> str:
        """The key of the one person whom somebody meant by a name or a mail address; empty when that is not certain."""
        name = " ".join(typed.split()).casefold()
        people = [
            person
            for person in self.people.values()
            if name and name in (person.name.casefold(), person.address.casefold())
        ]
        return people[0].key if len(people) == 1 else ""

    def changes_after(self, on: date) -> tuple[date, ...]:
        """The next day after `on` on which somebody takes up or has left a post, goes away or is back; empty when none
        is known.
        """
        return self._changes[bisect(self._changes, on) :][:1]

    @cached_property
    def _changes(self) -> tuple[date, ...]:
        """Every such day, in order."""
        spans: tuple[Holder | Absence, ...] = (*self.holders, *self.absences)
        days = {span.from_on for span in spans if span.from_on}
        days |= {span.until_on + DAY for span in spans if span.until_on}
        return tuple(sorted(days))

    @cached_property
    def _by_post(self) -> Mapping[str, Sequence[Holder]]:
        """The holders of each post, in the order of the timeline."""
        return _indexed(self.holders, attrgetter("post"))

    @cached_property
    def _by_person(self) -> Mapping[str, Sequence[Holder]]:
        """What each person holds, in the order of the timeline."""
        return _indexed(self.holders, attrgetter("person"))

    @cached_property
    def _absences_of(self) -> Mapping[str, Sequence[Absence]]:
        return _indexed(self.absences, attrgetter("person"))

    def deputy_post(self, post: str) -> str | None:
        """The key of the post that stands in for that post."""
        return self.posts[post].deputy if post in self.posts else None

    def line(self, post: str) -> Iterable[str]:
        """The post and then its line managers, upwards; stops where a line bites its own tail."""
        seen: list[str] = []
        step: str | None = post
        while step and step not in seen and step in self.posts:
            seen.append(step)
            step = self.posts[step].line_manager
        return tuple(seen)

    def manager_above(self, person: str, *, owner: str, on: date) -> Iterator[Recipient]:
        """The managers on the owner's line who stand above this person and are there, or who stands in, upwards."""
        managers = tuple(self.line(owner))[1:]
        own = max((place for place, post in enumerate(managers) if self._holds(person, post, on)), default=-1)
        return self.present(managers[own + 1 :], on=on)

    def meant(self, selector: str, *, owner: str, on: date) -> Recipient | None:
        """Whose it is by a rung's selector on that day, there or away.

        A vacant post does not end the matter: what was for it goes to the first line manager in post, so that
        nothing falls silent between two holders.
        """
        posts = line_meant(self, selector, owner=owner)
        return next((recipient for post in posts if (recipient := self.holder(post, on=on))), None)


def _indexed(rows: Iterable[Row], key: Callable[[Row], str]) -> Mapping[str, Sequence[Row]]:
    index: dict[str, list[Row]] = {}
    for row in rows:
        index.setdefault(key(row), []).append(row)
    return index
