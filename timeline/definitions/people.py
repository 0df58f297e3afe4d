"""Hold posts, the people who hold them, and the person that a rung means on a given day."""

from bisect import bisect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from operator import attrgetter

from timeline.calendar.london import DAY
from timeline.definitions.absences import Absence, KnownAbsence
from timeline.definitions.duties import Level
from timeline.definitions.indexed import indexed
from timeline.definitions.selectors import line_meant


@dataclass(frozen=True, kw_only=True)
class Post:
    """Hold a post; others by key. The deputy stands in for an absent holder, and the assistant may always answer."""

    key: str
    title: str
    level: Level = Level.OFFICER
    line_manager: str | None = None
    deputy: str | None = None
    assistant: str | None = None


@dataclass(frozen=True, kw_only=True)
class Person:
    """Hold a person. `channels` are names of channels in the person's order, empty for mail; `teams` is the
    aadObjectId; `works` are the days of the week at work (0 is Monday), empty for all five. `shared`: several people
    read the mailbox, which may answer by itself.
    """

    key: str
    name: str
    address: str
    channels: tuple[str, ...] = ()
    teams: str = ""
    phone: str = ""
    works: tuple[int, ...] = ()
    shared: bool = False


@dataclass(frozen=True, kw_only=True)
class Holder:
    """Hold a person in a post, from the first day to the last (both included; None is open). `acting` is cover for
    these days: it counts before the usual holder, who need not leave the post.
    """

    post: str
    person: str
    from_on: date | None = None
    until_on: date | None = None
    acting: bool = False

    def holds(self, *, on: date) -> bool:
        return (self.from_on is None or self.from_on <= on) and (self.until_on is None or on <= self.until_on)


class AnswersAs(StrEnum):
    """Name the capacity in which a person answers."""

    SELF = "self"
    DEPUTY = "deputy"
    ASSISTANT = "assistant"


@dataclass(frozen=True)
class Recipient:
    """Hold a person, and the post for which that person is written to; `in_place_of` is the holder who is away."""

    post: Post
    person: Person
    in_place_of: "Recipient | None" = None

    @property
    def stands_in_for(self) -> str:
        """Give the key of the person who is away; empty when the recipient stands in for nobody."""
        return self.in_place_of.person.key if self.in_place_of else ""

    @property
    def meant(self) -> Post:
        """Give the post that was to hear of it, whoever holds it or stands in."""
        return (self.in_place_of or self).post


@dataclass(frozen=True, kw_only=True)
class Directory:
    """Hold the posts, people, holders and absences of a council.

    `absences` are those in force, `known_absences` all that were heard or stated, with what became of each.
    """

    posts: Mapping[str, Post] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)
    holders: tuple[Holder, ...] = ()
    absences: tuple[Absence, ...] = ()
    known_absences: tuple[KnownAbsence, ...] = ()

    def holder(self, post: str, *, on: date) -> Recipient | None:
        """Give the holder of the post on that day: acting cover before the usual holder, else the first listed."""
        held = [holder for holder in self._by_post.get(post, ()) if holder.holds(on=on) and post in self.posts]
        first = min(held, key=lambda holder: not holder.acting, default=None)
        return Recipient(self.posts[post], self.people[first.person]) if first else None

    def absent(self, person: str, *, on: date) -> bool:
        """Tell whether an absence of theirs covers that day."""
        return any(absence.from_on <= on <= absence.until_on for absence in self._absences_of.get(person, ()))

    def has_day_off(self, person: str, *, on: date) -> bool:
        """Tell whether somebody is not at work on that day of every week, without being absent."""
        works = self.people[person].works
        return bool(works) and on.weekday() not in works and not self.absent(person, on=on)

    def away(self, person: str, *, on: date) -> bool:
        """Tell whether somebody is not there on that day, absent or off."""
        return self.absent(person, on=on) or self.has_day_off(person, on=on)

    def posts_of(self, person: str, *, on: date) -> tuple[str, ...]:
        """Give the posts that a person holds on that day, in the order of the timeline."""
        held = dict.fromkeys(holder.post for holder in self._by_person.get(person, ()) if holder.holds(on=on))
        return tuple(post for post in held if self._holds(person, post, on))

    def _holds(self, person: str, post: str, on: date) -> bool:
        recipient = self.holder(post, on=on)
        return recipient is not None and recipient.person.key == person

    def deputy_of(self, person: str, *, on: date) -> Recipient | None:
        """Give the person who stands in: the first present holder of a deputy post who is not the same person."""
        deputies = (self.posts[post].deputy for post in self.posts_of(person, on=on))
        held = (self.holder(post, on=on) for post in deputies if post)
        present = (recipient for recipient in held if recipient and not self.away(recipient.person.key, on=on))
        return next((recipient for recipient in present if recipient.person.key != person), None)

    def present(self, posts: Iterable[str], *, on: date) -> Iterator[Recipient]:
        """Give a recipient for each of these posts in order: its holder, or the deputy while the holder is away.

        A vacant post gives nobody, and so does a post with neither present.
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
        """Tell in which capacity `by` may answer for `person` on that day; None when not at all.

        It may be the person asked, the deputy while that person is away, or the assistant.
        """
        if by == person:
            return AnswersAs.SELF
        posts = [self.posts[post] for post in self.posts_of(person, on=on)]
        if any(post.assistant and self._holds(by, post.assistant, on) for post in posts):
            return AnswersAs.ASSISTANT
        deputy = self.away(person, on=on) and any(post.deputy and self._holds(by, post.deputy, on) for post in posts)
        return AnswersAs.DEPUTY if deputy else None

    def acts_in(self, post: str, by: str, *, on: date) -> "tuple[AnswersAs, str] | None":
        """Tell as what somebody acts in a post on that day, and its holder's key; None for anybody else."""
        held = self.holder(post, on=on)
        stand = self.may_answer_for(by, held.person.key, on=on) if held else None
        return (stand, held.person.key) if held and stand else None

    def at_address(self, address: str) -> Person | None:
        """Give the person of that mail address, in any case of letters; None when nobody or several people have it."""
        people = [person for person in self.people.values() if person.address.lower() == address.strip().lower()]
        return people[0] if len(people) == 1 else None

    def called(self, typed: str) -> str:
        """Give the key of the person meant by a typed name or mail address; empty when that is not certain."""
        name = " ".join(typed.split()).casefold()
        people = [
            person
            for person in self.people.values()
            if name and name in (person.name.casefold(), person.address.casefold())
        ]
        return people[0].key if len(people) == 1 else ""

    def changes_after(self, on: date) -> tuple[date, ...]:
        """Give the next day after `on` on which a person starts or has left in a post, goes away or is back.

        Empty when no such day is known.
        """
        return self._changes[bisect(self._changes, on) :][:1]

    @cached_property
    def _changes(self) -> tuple[date, ...]:
        spans: tuple[Holder | Absence, ...] = (*self.holders, *self.absences)
        days = {span.from_on for span in spans if span.from_on}
        days |= {span.until_on + DAY for span in spans if span.until_on}
        return tuple(sorted(days))

    @cached_property
    def _by_post(self) -> Mapping[str, Sequence[Holder]]:
        """Index the holders by post, in the order of the timeline."""
        return indexed(self.holders, attrgetter("post"))

    @cached_property
    def _by_person(self) -> Mapping[str, Sequence[Holder]]:
        """Index the holders by person, in the order of the timeline."""
        return indexed(self.holders, attrgetter("person"))

    @cached_property
    def _absences_of(self) -> Mapping[str, Sequence[Absence]]:
        return indexed(self.absences, attrgetter("person"))

    def deputy_post(self, post: str) -> str | None:
        """Give the key of the post that stands in for that post."""
        return self.posts[post].deputy if post in self.posts else None

    def line(self, post: str) -> tuple[str, ...]:
        """Give the post and then its line managers, upwards; stop where the line comes back to itself."""
        return self._lines.get(post, ())

    @cached_property
    def _lines(self) -> Mapping[str, tuple[str, ...]]:
        return {post: tuple(self._upwards(post)) for post in self.posts}

    def _upwards(self, post: str) -> Iterable[str]:
        seen: list[str] = []
        step: str | None = post
        while step and step not in seen and step in self.posts:
            seen.append(step)
            step = self.posts[step].line_manager
        return seen

    def manager_above(self, person: str, *, owner: str, on: date) -> Iterator[Recipient]:
        """Give the present managers, or their deputies, on the owner's line above this person, upwards."""
        managers = tuple(self.line(owner))[1:]
        own = max((place for place, post in enumerate(managers) if self._holds(person, post, on)), default=-1)
        return self.present(managers[own + 1 :], on=on)

    def meant(self, selector: str, *, owner: str, on: date) -> Recipient | None:
        """Give the recipient that a rung's selector means on that day, present or away.

        A vacant post passes it on to the first line manager in post, so that nothing falls silent between two holders.
        """
        posts = line_meant(self, selector, owner=owner)
        return next((recipient for post in posts if (recipient := self.holder(post, on=on))), None)
