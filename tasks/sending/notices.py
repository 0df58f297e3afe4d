"""Tells the programme lead who cannot be reached: one line in a mail, once a person and day."""

from collections.abc import Callable, Collection, Iterator
from datetime import date, datetime, time, timedelta

from config.channels import Form
from tasks.council.run import House
from tasks.council.tokens import absence_key
from timeline.calendar.bank_holidays import LONDON, next_working_instant
from timeline.definitions.duties import OWNER
from timeline.definitions.people import Absence, Person
from timeline.delivery.contact_methods import MAIL, Reach, Way, personal
from timeline.delivery.messages import Message, TokenOf
from timeline.letters.absence import StoodIn, back, subject, text, unreached_subject, unreached_text

# So that a bounce of Friday evening is still told on Monday.
_LATELY = timedelta(days=7)


def tell_of_unreached(house: House, people: Collection[str]) -> None:
    """Composes the mails about `people` (their keys), and about those whose address has lately proved dead."""
    if not house.is_working_time:
        return
    about = dict.fromkeys(sorted(people), _day(house))
    for dead in house.store.dead_ways():
        if dead.since_at > house.at - _LATELY:
            about.setdefault(dead.way.person, dead.since_at.astimezone(LONDON).date())
    for person, on in about.items():
        _tell(house, person, on)


def _tell(house: House, key: str, on: date) -> None:
    name = f"undeliverable/{key}/{on}"
    lead = _lead(house)
    if lead is None or house.store.message(name):
        return
    reach, timeline = house.reach(), house.timeline
    person = timeline.directory.people[key]
    reached_by = next(_open(person, reach), None)
    # It is no card.
    forms = {name: channel.form for name, channel in house.settings.ways().items()}
    ways = [one for one in _open(lead, reach) if forms[one.channel] is not Form.CARD]
    if not ways:
        return
    its_way = min(ways, key=lambda one: one.channel != MAIL)
    message = Message(
        key=name,
        channel=its_way.channel,
        deliver_to=lead.key,
        kind="undeliverable",
        subject=unreached_subject(timeline.council),
        text=unreached_text(
            timeline, person, lead, reached_by=reached_by.channel if reached_by else "", on=_day(house)
        ),
        html="",
        # What comes back carries it.
        tokens=(TokenOf(person=lead.key, message=name),),
        prompts=(),
        composed_at=house.at,
        next_attempt_at=house.at,
    )
    house.store.compose(message, token_hashes=house.hashes(message), at=house.at)


def _lead(house: House) -> Person | None:
    found = house.timeline.directory.holder(house.timeline.council.programme_lead, on=_day(house))
    return found.person if found else None


def _open(person: Person, reach: Reach) -> Iterator[Way]:
    return (one for one in personal(person, reach) if one not in reach.dead)


def _day(house: House) -> date:
    return house.at.astimezone(LONDON).date()


def tell_lead(
    house: House, kind: str, subject: str, words: Callable[[str], str], *, not_by: Collection[str] = ()
) -> bool:
    """Composes the mail, for the next working instant; False when one of this kind was made today, or there is no way.

    `words` makes the text for a name; `not_by` are channels that do not work, used only where there is no other.
    """
    day = house.at.astimezone(LONDON).date()
    key, lead = f"{kind}/{day}", _lead_lead(house)
    ways = _ways(house, lead) if lead else ()
    its_way = min(ways, key=lambda one: (one.channel in not_by, one.channel != MAIL), default=None)
    if lead is None or its_way is None or house.store.message(key):
        return False
    office = house.timeline.as_known(at=house.at).calendars.office
    message = Message(
        key=key,
        channel=its_way.channel,
        deliver_to=lead.key,
        kind=kind,
        subject=subject,
        text=words(lead.name),
        html="",
        # What comes back carries it.
        tokens=(TokenOf(person=lead.key, message=key),),
        prompts=(),
        composed_at=house.at,
        next_attempt_at=next_working_instant(house.at, office, house.timeline.hours),
    )
    return house.store.compose(message, token_hashes=house.hashes(message), at=house.at)


def _lead_lead(house: House) -> Person | None:
    """Whoever holds the post; while it is vacant, the first above it."""
    post, on = house.timeline.council.programme_lead, house.at.astimezone(LONDON).date()
    found = house.timeline.directory.meant(OWNER, owner=post, on=on)
    return found.person if found else None


def _ways(house: House, lead: Person) -> Iterator[Way]:
    """Those that work and carry text: it is no card."""
    reach = house.reach()
    forms = {name: channel.form for name, channel in house.settings.ways().items()}
    return (one for one in personal(lead, reach) if one not in reach.dead and forms[one.channel] is not Form.CARD)


BACK = "back"
"""The kind of the mail."""


def tell_who_is_back(house: House) -> None:
    """Composes the mails that are owed today; in a trial run nobody was written to, so nobody missed anything."""
    on = house.at.astimezone(LONDON).date()
    if not house.is_working_time or house.timeline.council.in_shadow(on=on):
        return
    for absence in back(house.timeline, on=on):
        _tell_returning(house, absence)


def _tell_returning(house: House, absence: Absence) -> None:
    key = absence_key(house.settings.secret(), house.store.council, BACK, absence)
    if house.store.message(key) or Way(absence.person, MAIL) in house.reach().dead:
        return
    tasks = tuple(_stood_in(house, absence))
    if not tasks:
        return
    timeline = house.timeline
    person = timeline.directory.people[absence.person]
    message = Message(
        key=key,
        channel=MAIL,
        deliver_to=person.key,
        kind=BACK,
        subject=subject(timeline.council.programme),
        text=text(timeline, person, tasks),
        html="",
        tokens=(TokenOf(person=person.key, message=key),),
        prompts=(),
        composed_at=house.at,
        next_attempt_at=house.at,
    )
    house.store.compose(message, token_hashes=house.hashes(message), at=house.at)


def _stood_in(house: House, absence: Absence) -> Iterator[StoodIn]:
    since = datetime.combine(absence.from_on, time(), LONDON)
    posts = house.timeline.directory.posts
    for ref, post in house.store.stood_in(absence.person, since=since).items():
        found = house.ground(ref)
        if found and post in posts and found.stands_for(absence.person):
            yield StoodIn(found=found, post=posts[post].title)
