"""A person's own list: asked for on any page, opened only through a mail to the address that the directory has."""

from collections.abc import Sequence
from datetime import datetime

from config.rendering.templates import render
from config.settings import Settings
from models.store import Store
from tasks.council.tokens import derive, kept
from tasks.director.briefings import listed as listed_drafts
from tasks.links.calendar_feed import feed_url, feed_url_if_made
from timeline.calendar.bank_holidays import LONDON
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.people import Person
from timeline.delivery.messages import Message, TokenOf
from timeline.escalation.task_context import Ground, ground
from timeline.letters.my_tasks import OPENS_FOR, asked_key, closes_at, link_of, listed, mail_key, mine_view, task_link
from timeline.letters.page_views import DeadLink, MineView


def send_link(store: Store, settings: Settings, person: str, *, at: datetime, key: str = "") -> None:
    """Puts a mail with the link into the outbox, once in five minutes (once for a `key` that is given), and keeps the
    tokens of what it will list, the person's calendar among it: opening the list later writes nothing.
    """
    timeline = store.timeline(settings.working_hours)
    key = key or mail_key(person, at=at)
    if person not in timeline.directory.people or store.message(key):
        return
    tokens = [_token_of(store, one.milestone.ref, person) for one in _tasks(store, timeline, person, at)]
    made = {kept(derive(settings.secret(), store.council, of)): of for of in tokens if of}
    store.keep_tokens(made, at=at)
    feed_url(store, settings, person, at=at)
    message = _mail(timeline, timeline.directory.people[person], settings.base_url, key, at)
    hashes = [kept(derive(settings.secret(), store.council, of)) for of in message.tokens]
    store.compose(message, token_hashes=hashes, at=at)


def send_link_to(store: Store, settings: Settings, address: str, *, at: datetime) -> None:
    """The same to whoever holds a post here and has that address; nothing where nobody does."""
    directory = store.timeline(settings.working_hours).directory
    person = directory.at_address(address)
    if person and directory.posts_of(person.key, on=at.astimezone(LONDON).date()):
        send_link(store, settings, person.key, at=at, key=asked_key(person.key, at=at))


def open_list(store: Store, settings: Settings, of: TokenOf, *, at: datetime) -> MineView | DeadLink:
    """What the link of such a mail shows at that instant; changes nothing."""
    timeline = store.timeline(settings.working_hours)
    person, until = whose_list(store, settings, of, at=at), closes_at(of)
    if isinstance(person, DeadLink) or until is None:
        return person if isinstance(person, DeadLink) else DeadLink("unknown")

    def url(ref: str) -> str:
        return _url(store, settings, ref, of.person)

    return mine_view(
        timeline.council,
        _tasks(store, timeline, of.person, at),
        person,
        url=url,
        until=until,
        calendar_url=feed_url_if_made(store, settings, of.person),
        drafts=listed_drafts(store, settings, of.person, at=at),
    )


def whose_list(store: Store, settings: Settings, of: TokenOf, *, at: datetime) -> Person | DeadLink:
    """Whose list such a link opens at that instant."""
    until = closes_at(of)
    person = store.timeline(settings.working_hours).directory.people.get(of.person)
    if until is None or person is None:
        return DeadLink("unknown")
    return person if at < until else DeadLink("expired")


def _tasks(store: Store, timeline: CouncilTimeline, person: str, at: datetime) -> Sequence[Ground]:
    duties = frozenset(one.key for one in timeline.obligations)
    said, responses = store.said(duties), store.responses(duties)
    grounds = (
        ground(timeline, one, said.get(one.ref, ()), responses.get(one.ref, ()), at=at) for one in store.milestones()
    )
    return listed(grounds, person)


def _token_of(store: Store, ref: str, person: str) -> TokenOf | None:
    found = store.milestone(ref)
    if found is None:
        return None
    return task_link(person, found.milestone, generation=found.generation)


def _url(store: Store, settings: Settings, ref: str, person: str) -> str:
    """The address of the task's page for this person; empty when no such link was ever made."""
    of = _token_of(store, ref, person)
    token = derive(settings.secret(), store.council, of) if of else ""
    return f"{settings.base_url}/r/{token}" if token and store.token(kept(token)) else ""


def _mail(timeline: CouncilTimeline, person: Person, base_url: str, key: str, at: datetime) -> Message:
    """The reply address carries a token of the mail itself, so that no subject and no header opens the list."""
    view = {
        "council_name": timeline.council.name,
        "programme_name": timeline.council.programme,
        "greeting_name": person.name,
        "url": f"{base_url}/mine/«token 1»",
        "minutes": OPENS_FOR.seconds // 60,
        "ref": "«token 0»",
    }
    return Message(
        key=key,
        channel="mail",
        deliver_to=person.key,
        kind="receipt",
        subject=f"{timeline.council.programme}: the link to your tasks",
        text=render("mail/confirm.txt.jinja", mail=view),
        html=render("mail/confirm.html.jinja", mail=view),
        tokens=(TokenOf(person=person.key, message=key), link_of(person.key, at=at)),
        prompts=(),
        composed_at=at,
        next_attempt_at=at,
    )
