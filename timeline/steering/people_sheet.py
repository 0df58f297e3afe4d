"""Build the page of people: posts and who holds them, who is away, who cannot be reached, and what is open for each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from timeline.answers.responses import State
from timeline.calendar.london import in_london, london_date
from timeline.calendar.wording import date_and_time, long_date
from timeline.definitions.away import not_over
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.duties import OWNER, Level
from timeline.definitions.people import Directory, Person
from timeline.delivery.contact_methods import MAIL, Breaker, DeadAddress
from timeline.escalation.confirmation import confirmers
from timeline.escalation.task_context import TaskContext
from timeline.letters.absence import away_view
from timeline.letters.my_tasks import waits_for
from timeline.letters.page_views import AwayView
from timeline.steering.directory import beside, held, particulars
from timeline.steering.narrowing import is_near
from timeline.steering.task_lines import Line
from timeline.steering.timeline_sheet import ListedTask, listed


class HolderShown(NamedTuple):
    """Show somebody in a post: `particulars` say since when, reached how and when away."""

    name: str
    address: str
    particulars: str


class PostShown(NamedTuple):
    """Show a post with the posts beside it, such as ("deputy", "Head of service"), and its holders."""

    title: str
    beside: tuple[tuple[str, str], ...]
    holders: tuple[HolderShown, ...]


class TasksOf(NamedTuple):
    """List what waits for a person now or in the next six weeks."""

    name: str
    posts: str
    tasks: tuple[ListedTask, ...]


@dataclass(frozen=True, kw_only=True)
class PeopleSheet:
    """Hold the page of people; `unreached` are sentences about people and channels that nothing reaches."""

    council_name: str
    programme_name: str
    unreached: tuple[str, ...]
    posts: tuple[PostShown, ...]
    away: tuple[AwayView, ...]
    open: tuple[TasksOf, ...]


@dataclass(frozen=True, kw_only=True)
class Deliverability:
    """Gather what is known about ways to people: addresses that came back, and channels that failed, by name."""

    dead: Sequence[DeadAddress] = ()
    breakers: Mapping[str, Breaker] = field(default_factory=dict)


def people_sheet(
    timeline: CouncilTimeline, lines: Sequence[Line], ways: Deliverability, *, council: str, at: datetime
) -> PeopleSheet:
    """Build the page from the directory, the tasks as they stand, and what is known about ways to people."""
    directory, on = timeline.directory, london_date(at)
    near = [line for line in lines if line.is_coming and is_near(line, on)]
    return PeopleSheet(
        council_name=timeline.council.name,
        programme_name=timeline.council.programme,
        unreached=(*_without(directory, on), *_dead(directory, ways.dead), *_resting(ways.breakers, at)),
        posts=tuple(_posts(directory, on)),
        away=tuple(
            away_view(timeline, council, known, own=False, on=on) for known in not_over(directory.known_absences, on=on)
        ),
        open=tuple(_open(directory, near, on)),
    )


def _posts(directory: Directory, on: date) -> Iterator[PostShown]:
    for key, post in directory.posts.items():
        holders = (
            HolderShown(
                directory.people[holder.person].name,
                directory.people[holder.person].address,
                ", ".join(particulars(directory, holder, on)),
            )
            for holder in held(directory, key, on)
        )
        yield PostShown(post.title, tuple(beside(directory, key)), tuple(holders))


def _without(directory: Directory, on: date) -> Iterator[str]:
    """Name the posts that nobody holds, and the holders without an address; those of bodies outside need neither."""
    for key, post in directory.posts.items():
        if post.level in (Level.MEMBER, Level.EXTERNAL):
            continue
        recipient = directory.holder(key, on=on)
        if recipient is None:
            yield f"Nobody holds the post {post.title} today."
        elif not recipient.person.address:
            yield f"{recipient.person.name} ({post.title}) has no mail address."


def _dead(directory: Directory, dead: Iterable[DeadAddress]) -> Iterator[str]:
    for each in dead:
        person = directory.people.get(each.way.person)
        if person is None:
            continue
        what = (
            f"Mail to {person.name} <{person.address}>"
            if each.way.channel == MAIL
            else (f"A message to {person.name} by {each.way.channel}")
        )
        said = f" The server said: “{each.why}”." if each.why else ""
        goes_on = "The next message tries once more." if each.doubted else "Nothing is sent there until it changes."
        yield f"{what} came back on {long_date(in_london(each.since_at).date())}.{said} {goes_on}"


def _resting(breakers: Mapping[str, Breaker], at: datetime) -> Iterator[str]:
    for name, breaker in breakers.items():
        if breaker.rests(at=at) and breaker.rests_until:
            said = f" It said: “{breaker.because}”." if breaker.because else ""
            until = date_and_time(breaker.rests_until)
            yield f"The channel {name} failed {breaker.failures} times in a row and rests until {until}.{said}"


def _open(directory: Directory, near: Sequence[Line], on: date) -> Iterator[TasksOf]:
    """List for each person, by name, what waits for them."""
    theirs: dict[str, list[Line]] = {}
    for line in near:
        for person in dict.fromkeys(_perhaps_asked(line.task)):
            if waits_for(line.task, person):
                theirs.setdefault(person, []).append(line)
    for known in sorted(directory.people.values(), key=lambda person: person.name.casefold()):
        if known.key in theirs:
            yield TasksOf(known.name, _posts_of(directory, known, on), tuple(map(listed, theirs[known.key])))


def _perhaps_asked(task: TaskContext) -> Iterator[str]:
    """Give the few people for whom a task can wait: to ask about everybody takes ten times as long."""
    response = task.status.response
    helper = task.audience.helper_of(response.person) if response and task.status.state is State.BLOCKED else None
    for recipient in (task.audience.recipient(OWNER), task.audience.in_post(), helper):
        if recipient:
            yield recipient.person.key
    if task.status.state is State.UNCONFIRMED:
        yield from (recipient.person.key for recipient in confirmers(task))


def _posts_of(directory: Directory, person: Person, on: date) -> str:
    return ", ".join(directory.posts[post].title for post in directory.posts_of(person.key, on=on))
