"""Keep a person's own list: asked for on any page, opened only through a mail to the address in the directory."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from config.houses.own import pages_of
from config.rendering.templates import render
from config.settings import Settings
from models.store import Store
from tasks.changes.absences import view_of
from tasks.council.run import CouncilRun
from tasks.council.tokens import derive, token_hash
from tasks.director.briefings import listed as listed_drafts
from tasks.links.calendar_feed import feed_url, feed_url_if_made
from tasks.links.own_actions import programme_of
from timeline.calendar.london import london_date
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.people import Person
from timeline.delivery.messages import Message, TokenClaims, new_message, own_token
from timeline.escalation.later_clock import task_now
from timeline.escalation.task_context import TaskContext
from timeline.letters.my_tasks import (
    OPENS_FOR,
    asked_keys,
    closes_at,
    link_of,
    listed,
    mail_keys,
    mine_view,
    next_key,
    task_link,
)
from timeline.letters.page_views import DeadLink, MineView
from timeline.planning.endings.council_end import council_end, told_behind_link


def send_link(store: Store, settings: Settings, person: str, *, at: datetime) -> None:
    """Put a mail with the link into the outbox, once in five minutes and a few times a day."""
    _send(store, settings, person, _next(store, mail_keys(person, at=at), at=at), at=at)


def send_link_to(store: Store, settings: Settings, address: str, *, at: datetime) -> None:
    """Send the link to the post holder who has that address, in working time and once for as long as a link is open;
    nothing where nobody has it.
    """
    run = CouncilRun(store, settings, at)
    if council_end(run.timeline, at=at):
        return
    directory = run.timeline.directory
    person = directory.at_address(address)
    if person and directory.posts_of(person.key, on=london_date(at)) and run.is_working_time:
        key = _next(store, asked_keys(person.key, at=at), apart=OPENS_FOR, at=at)
        _send(store, settings, person.key, key, at=at)


def _next(store: Store, keys: Sequence[str], *, at: datetime, **apart: timedelta) -> str:
    sent = (store.outbox.message(key) for key in keys)
    return next_key(keys, [message.composed_at for message in sent if message], at=at, **apart)


def _send(store: Store, settings: Settings, person: str, key: str, *, at: datetime) -> None:
    """Write the mail, if there is a key for it.

    Keeps the tokens of everything that the list will show, with the person's calendar: opening it later writes nothing.
    """
    timeline = store.definitions.timeline(settings.working_hours)
    # A link that leaves when a stop has ended would have closed by then: the page says to ask again.
    if not key or person not in timeline.directory.people or store.outbox.stopped():
        return
    tokens = [_token_of(store, task.milestone.ref, person) for task in _tasks(store, timeline, person, at)]
    made = {token_hash(derive(settings.secret(), store.council, claims)): claims for claims in tokens if claims}
    store.outbox.keep_tokens(made, at=at)
    feed_url(store, settings, person, at=at)
    message = _mail(timeline, timeline.directory.people[person], pages_of(settings, store.council), key, at)
    CouncilRun(store, settings, at).put_in_outbox(message)


def open_list(store: Store, settings: Settings, claims: TokenClaims, *, at: datetime) -> MineView | DeadLink:
    """Give what the link of such a mail shows at that instant; changes nothing."""
    timeline = store.definitions.timeline(settings.working_hours)
    person, until = whose_list(store, settings, claims, at=at), closes_at(claims)
    if isinstance(person, DeadLink) or until is None:
        return person if isinstance(person, DeadLink) else DeadLink("unknown")

    def url(ref: str) -> str:
        return _url(store, settings, ref, claims.person)

    return mine_view(
        timeline.council,
        _tasks(store, timeline, claims.person, at),
        person,
        url=url,
        until=until,
        calendar_url=feed_url_if_made(store, settings, claims.person),
        drafts=listed_drafts(store, settings, claims.person, at=at),
        away=view_of(store, settings, at=at, person=claims.person),
        ours=programme_of(store, settings, claims.person, at=at),
    )


def whose_list(store: Store, settings: Settings, claims: TokenClaims, *, at: datetime) -> Person | DeadLink:
    """Give the person whose list such a link opens at that instant."""
    until = closes_at(claims)
    timeline = store.definitions.timeline(settings.working_hours)
    directory = timeline.directory
    if until and (ended := told_behind_link(timeline, at=at)):
        return DeadLink("ended", ended)
    person = directory.people.get(claims.person)
    if until is None or person is None:
        return DeadLink("unknown")
    if not directory.posts_of(person.key, on=london_date(at)):
        return DeadLink("reassigned")
    return person if at < until else DeadLink("expired")


def _tasks(store: Store, timeline: CouncilTimeline, person: str, at: datetime) -> Sequence[TaskContext]:
    duties = frozenset(duty.key for duty in timeline.obligations)
    entries, responses = store.ledger.entries(duties), store.inbound.responses(duties)
    tasks = (
        task_now(timeline, milestone, entries.get(milestone.ref, ()), responses.get(milestone.ref, ()), at=at)
        for milestone in store.plan.milestones()
    )
    return listed(tasks, person)


def _token_of(store: Store, ref: str, person: str) -> TokenClaims | None:
    stored = store.plan.milestone(ref)
    if stored is None:
        return None
    return task_link(person, stored.milestone, generation=stored.generation)


def _url(store: Store, settings: Settings, ref: str, person: str) -> str:
    """Give the address of the task's page for this person; empty when no such link was ever made."""
    claims = _token_of(store, ref, person)
    token = derive(settings.secret(), store.council, claims) if claims else ""
    return f"{pages_of(settings, store.council)}/r/{token}" if token and store.outbox.token(token_hash(token)) else ""


def _mail(timeline: CouncilTimeline, person: Person, base_url: str, key: str, at: datetime) -> Message:
    """Build the mail. Its reply address carries a token of its own, so that no subject and no header opens the list."""
    view = {
        "council_name": timeline.council.name,
        "programme_name": timeline.council.programme,
        "greeting_name": person.name,
        "url": f"{base_url}/mine/«token 1»",
        "minutes": OPENS_FOR.seconds // 60,
        "ref": "«token 0»",
    }
    return new_message(
        key,
        "receipt",
        to=person.key,
        subject=f"{timeline.council.programme}: the link to your tasks",
        text=render("mail/confirm.txt.jinja", mail=view),
        html=render("mail/confirm.html.jinja", mail=view),
        tokens=(own_token(person.key, key), link_of(person.key, at=at)),
        at=at,
    )
