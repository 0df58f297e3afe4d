"""Keep the calendar feed of a person or a post: its address, and its content."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from config.houses.own import pages_of
from config.rendering.icalendar import icalendar
from config.settings import Settings
from models.store import Store
from tasks.council.tokens import derive, token_hash
from tasks.links.link_target import find_page
from timeline.definitions.council import CouncilTimeline
from timeline.delivery.messages import TokenClaims
from timeline.escalation.later_clock import task_now
from timeline.ical.entries import CalendarEntry
from timeline.ical.feeds import FEED, Reader, feed, reader_of
from timeline.letters.page_views import DeadLink
from timeline.planning.occurrences import Occurrence


@dataclass(frozen=True)
class Feed:
    """Hold a calendar as it is fetched; `etag` stays the same as long as no entry changes."""

    content: bytes
    etag: str


class CalendarFeeds:
    """Hold the feeds of every council in the database."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def open_feed(self, token: str, *, at: datetime) -> Feed | DeadLink:
        """Give what stands behind the address at that instant; changes nothing."""
        target = find_page(self._settings, token)
        reader = reader_of(target[1]) if target else None
        if target is None or reader is None:
            return DeadLink("unknown")
        store, claims = target
        if claims.generation != store.outbox.token_generation(reader.key, FEED):
            return DeadLink("closed")
        timeline = store.definitions.timeline(self._settings.working_hours)
        if not reader.posts(timeline, at=at):
            return DeadLink("closed")
        return _published(reader.name(timeline), feed_entries(store, timeline, reader, at=at), at)


def _published(name: str, entries: Sequence[CalendarEntry], at: datetime) -> Feed:
    # The digest is of the entries, not of the file: a file names the instant at which it was made.
    etag = sha256(f"{name}\n{entries!r}".encode()).hexdigest()[:32]
    return Feed(icalendar(entries, name=name, at=at), etag)


def feed_entries(
    store: Store, timeline: CouncilTimeline, reader: Reader, *, windows: bool = False, at: datetime
) -> tuple[CalendarEntry, ...]:
    """Give the entries that the calendar of a person or a post shows at that instant."""
    timeline = timeline.as_known(at=at)
    occurrences = store.plan.occurrences()
    asked = _asked(store, timeline, occurrences, at)
    return feed(
        timeline, occurrences, reader, sequences=store.plan.calendar_sequences(), asked=asked, windows=windows, at=at
    )


def _asked(store: Store, timeline: CouncilTimeline, occurrences: Sequence[Occurrence], at: datetime) -> dict[str, str]:
    """Give, by task, the person to whom it was passed on."""
    responses = store.inbound.responses(frozenset(duty.key for duty in timeline.obligations))
    passed_on = {ref for ref, ones in responses.items() if any(response.delegated_to for response in ones)}
    tasks = (task for occurrence in occurrences for task in occurrence.milestones if task.ref in passed_on)
    delegates = (
        (task.ref, task_now(timeline, task, (), responses[task.ref], at=at).audience.delegate()) for task in tasks
    )
    return {ref: recipient.person.key for ref, recipient in delegates if recipient}


def feed_url(store: Store, settings: Settings, person: str, *, at: datetime) -> str:
    """Give the address of a person's own calendar, and keep its token the first time."""
    return link(store, settings, Reader(person=person), at=at)


def feed_url_if_made(store: Store, settings: Settings, person: str) -> str:
    """Give the same address for a page that changes nothing; empty until somebody has asked for it."""
    reader = Reader(person=person)
    generation = store.outbox.token_generation(reader.key, FEED)
    return "" if generation is None else _url(store, settings, reader.link(generation=generation))


def link(store: Store, settings: Settings, reader: Reader, *, at: datetime, who: str = "daymark") -> str:
    """Give the address of a feed, and keep its token."""
    return _give(store, settings, reader, store.outbox.token_generation(reader.key, FEED) or 0, at=at, who=who)


def revoke(store: Store, settings: Settings, reader: Reader, *, at: datetime, who: str = "daymark") -> str:
    """Make every address that was given for a feed dead, and give the new one."""
    generation = store.outbox.token_generation(reader.key, FEED)
    return _give(store, settings, reader, 0 if generation is None else generation + 1, at=at, who=who)


def _give(store: Store, settings: Settings, reader: Reader, generation: int, *, at: datetime, who: str) -> str:
    claims = reader.link(generation=generation)
    store.outbox.keep_lasting_token(
        token_hash(derive(settings.secret(), store.council, claims)), claims, at=at, who=who
    )
    return _url(store, settings, claims)


def _url(store: Store, settings: Settings, claims: TokenClaims) -> str:
    return f"{pages_of(settings, store.council)}/calendar/{derive(settings.secret(), store.council, claims)}.ics"
