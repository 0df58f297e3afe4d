"""Make the calendar feed of a person or a post."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from timeline.calendar.london import london_date
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.duties import OWNER
from timeline.definitions.facts import FactBook, known, may_hear
from timeline.delivery.messages import TokenClaims
from timeline.ical.entries import CalendarEntry, due_entries, entries
from timeline.planning.occurrences import Milestone, Occurrence, OccurrenceState
from timeline.planning.rescheduling import CANCELLED

FEED = "calendar"
_POST = "post:"
_CANCELLED_FOR = timedelta(days=30)
_LOOKS_BACK = timedelta(days=365)


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Hold the reader of a feed: the key of a person, or of a post."""

    person: str = ""
    post: str = ""

    @property
    def key(self) -> str:
        return self.person or f"{_POST}{self.post}"

    def link(self, *, generation: int) -> TokenClaims:
        """Give the claims of the token in the feed's address."""
        return TokenClaims(person=self.key, message=FEED, generation=generation)

    def name(self, timeline: CouncilTimeline) -> str:
        """Name the calendar."""
        directory = timeline.directory
        whose = directory.people[self.person].name if self.person else directory.posts[self.post].title
        return f"{timeline.council.programme}: {whose}"

    def posts(self, timeline: CouncilTimeline, *, at: datetime) -> tuple[str, ...]:
        """Give the posts that the feed is for: none for a person who has left, or for a post that no longer exists."""
        if self.post:
            return (self.post,) if self.post in timeline.directory.posts else ()
        if self.person not in timeline.directory.people:
            return ()
        return timeline.directory.posts_of(self.person, on=london_date(at))


def reader_of(claims: TokenClaims) -> Reader | None:
    """Give the reader of the feed behind a token; None when it is no feed's token."""
    if claims.message != FEED or claims.milestone:
        return None
    is_post = claims.person.startswith(_POST)
    return Reader(post=claims.person.removeprefix(_POST)) if is_post else Reader(person=claims.person)


def feed(
    timeline: CouncilTimeline,
    occurrences: Iterable[Occurrence],
    reader: Reader,
    *,
    sequences: Mapping[str, int],
    asked: Mapping[str, str],
    windows: bool = False,
    at: datetime,
) -> tuple[CalendarEntry, ...]:
    """Give the days of every occurrence the reader owns, manages or has a task in, and the reader's own due dates.

    `asked` gives the person (key) by the ref of each delegated task. Entries more than a year back are left out, and
    cancelled occurrences stay for 30 days.
    """
    view = _View(timeline, reader, reader.posts(timeline, at=at), asked, known(timeline.facts, at=at), at)
    theirs = [occurrence for occurrence in occurrences if view.concerns(occurrence)]
    shown = (occurrence for occurrence in theirs if not view.is_past(occurrence))
    tasks = (task for occurrence in theirs for task in view.tasks(occurrence))
    council = timeline.council.key
    days = entries(shown, council=council, sequences=sequences, windows=windows, at=at)
    return (*days, *due_entries(tasks, council=council, sequences=sequences, at=at))


@dataclass(frozen=True)
class _View:
    timeline: CouncilTimeline
    reader: Reader
    posts: tuple[str, ...]
    asked: Mapping[str, str]
    book: FactBook
    at: datetime

    def concerns(self, occurrence: Occurrence) -> bool:
        directory = self.timeline.directory
        owner = next((duty.owner for duty in self.timeline.obligations if duty.key == occurrence.obligation), "")
        line = set(directory.line(owner)) & set(self.posts)
        return bool(line) or any(self._is_theirs(task) for task in occurrence.milestones)

    def tasks(self, occurrence: Occurrence) -> Iterator[Milestone]:
        """Give the reader's own tasks, without those under an embargo that keeps them from the reader."""
        since = london_date(self.at) - _LOOKS_BACK
        for task in occurrence.milestones:
            if task.due_on and task.due_on >= since and task.ours and self._is_theirs(task) and self._may_hear(task):
                yield task

    def is_past(self, occurrence: Occurrence) -> bool:
        if occurrence.state is OccurrenceState.CANCELLED:
            fact = self.book.own(CANCELLED, occurrence.ref)
            return fact is not None and fact.known_at + _CANCELLED_FOR <= self.at
        last_on = occurrence.ends_on or occurrence.starts_on or occurrence.closes_on
        return last_on is not None and last_on < london_date(self.at) - _LOOKS_BACK

    def _is_theirs(self, task: Milestone) -> bool:
        """Tell whether a task is the reader's: a delegated task is its person's, and stays in its post's feed."""
        if self.reader.post:
            return task.owner == self.reader.post
        if task.ref in self.asked:
            return self.asked[task.ref] == self.reader.person
        meant = self.timeline.directory.meant(OWNER, owner=task.owner, on=london_date(self.at))
        return meant is not None and meant.person.key == self.reader.person

    def _may_hear(self, task: Milestone) -> bool:
        return may_hear(self.posts, task.embargoes, at=self.at)
