"""Check that posts are held: posts, line managers, and holders over time."""

from collections.abc import Iterator
from datetime import date

from config.timeline_files.faults import Fault, error, warning
from config.timeline_files.files import known
from config.timeline_files.people_faults import Holding, two_holders
from config.timeline_files.timeline_shapes import TimelineShape
from timeline.calendar.london import DAY
from timeline.calendar.wording import long_date, near
from timeline.definitions.council import DIRECTOR, LEAD_MEMBER, CouncilTimeline
from timeline.definitions.duties import LINE_MANAGER, OWNER, Level
from timeline.definitions.people import Directory, Holder
from timeline.definitions.selectors import line_meant


def faults(file: str, shape: TimelineShape, timeline: CouncilTimeline, *, on: date) -> Iterator[Fault]:
    """Report the faults of posts and holders from `on`, or from the day of going live if that is later."""
    directory = timeline.directory
    yield from _lines(file, directory)
    for key, person in shape.people.items():
        for number, holding in enumerate(person.holds):
            where = f"people.{key}.holds[{number}]"
            if holding.post not in directory.posts:
                yield from known(file, where, holding.post, directory.posts, "post")
            if holding.from_on and holding.until_on and holding.until_on < holding.from_on:
                yield error(file, where, f"The last day in post, {holding.until_on}, is before the first.")
    yield from two_holders(file, _usual(shape))
    yield from _staffed(file, timeline, on)
    yield from _named(file, timeline)


def _usual(shape: TimelineShape) -> Iterator[Holding]:
    """Give the holdings but for acting cover, in the order of the file: of two at the same time the first counts."""
    for key, person in shape.people.items():
        for number, holding in enumerate(person.holds):
            if not holding.acting:
                where = f"people.{key}.holds[{number}]"
                yield Holding(where, holding.post, key, holding.from_on, holding.until_on)


def _named(file: str, timeline: CouncilTimeline) -> Iterator[Fault]:
    """Report unknown posts in the council's own settings."""
    council, posts = timeline.council, timeline.directory.posts
    named = {"programme_lead": council.programme_lead}
    # A pack may lack these two: then there is no Monday mail, and nobody to brief.
    named |= {"director": council.director} if council.director != DIRECTOR else {}
    named |= {"lead_member": council.lead_member} if council.lead_member != LEAD_MEMBER else {}
    for what, post in named.items():
        yield from known(file, f"council.{what}", post, posts, "post")


def of_directory(file: str, timeline: CouncilTimeline, *, on: date) -> Iterator[Fault]:
    """Report the faults of a stored directory, wherever its people come from."""
    yield from _lines(file, timeline.directory)
    yield from _staffed(file, timeline, on)


def _staffed(file: str, timeline: CouncilTimeline, on: date) -> Iterator[Fault]:
    first_on = max(timeline.council.live_from or on, on)
    for post in sorted(needed(timeline)):
        if post in timeline.directory.posts:
            yield from _held(file, timeline.directory, post, first_on)
    yield from _unmanaged(file, timeline)


def _lines(file: str, directory: Directory) -> Iterator[Fault]:
    for key, post in directory.posts.items():
        if post.line_manager:
            yield from known(file, f"posts.{key}.line_manager", post.line_manager, directory.posts, "post")
        for what, other in (("deputy", post.deputy), ("assistant", post.assistant)):
            if other and (other not in directory.posts or other == key):
                yield error(
                    file,
                    f"posts.{key}.{what}",
                    f"There is no other post “{other}”.{near(other, directory.posts.keys() - {key})}",
                )
        top = tuple(directory.line(key))[-1]
        if directory.posts[top].line_manager == key:
            yield error(file, f"posts.{key}.line_manager", "Its line of managers bites its own tail.")


def needed(timeline: CouncilTimeline) -> frozenset[str]:
    """Give the posts that any ladder reaches, and the programme lead."""
    posts = {timeline.council.programme_lead}
    for obligation in timeline.obligations:
        for milestone in obligation.milestones:
            if not milestone.ours:
                continue
            selectors = {OWNER, *(selector for rung in milestone.ladder.rungs for selector in rung.to)}
            meant = (line_meant(timeline.directory, selector, owner=milestone.owner) for selector in selectors)
            posts.update(line[0] for line in meant if line)
    return frozenset(posts)


def _unmanaged(file: str, timeline: CouncilTimeline) -> Iterator[Fault]:
    """Report owners whose ladder climbs to a line manager they do not have."""
    asked = [rule for obligation in timeline.obligations for rule in obligation.milestones if rule.ours]
    owners = {rule.owner for rule in asked if any(LINE_MANAGER in rung.to for rung in rule.ladder.rungs)}
    for key in sorted(owners & set(timeline.directory.posts)):
        post = timeline.directory.posts[key]
        if post.line_manager is None:
            yield warning(file, f"posts.{key}.line_manager", f"{post.title} has none, so nobody is told what is open.")


def _held(file: str, directory: Directory, post: str, first_on: date) -> Iterator[Fault]:
    title = directory.posts[post].title
    holders = [holder for holder in directory.holders if holder.post == post]
    if directory.posts[post].level in (Level.MEMBER, Level.EXTERNAL):
        return
    if not holders:
        yield error(file, f"posts.{post}", f"Nobody holds the post {title}; expected a person with “holds: {post}”.")
        return
    for from_on, until_on in _gaps(holders, first_on):
        until = f" to {long_date(until_on)}" if until_on else ""
        text = f"The post {title} is vacant from {long_date(from_on)}{until}; its line manager is told instead."
        yield warning(file, f"posts.{post}", text)


def _gaps(holders: list[Holder], first_on: date) -> Iterator[tuple[date, date | None]]:
    """Give the days without a holder: before the first, between two, and after the last known to leave."""
    held_until: date | None = None
    for holder in sorted(holders, key=lambda holder: holder.from_on or date.min):
        vacant_from = held_until + DAY if held_until else first_on
        if holder.from_on and holder.from_on > vacant_from:
            yield vacant_from, holder.from_on - DAY
        if holder.until_on is None:
            return
        held_until = max(held_until or holder.until_on, holder.until_on)
    if held_until:
        yield held_until + DAY, None
