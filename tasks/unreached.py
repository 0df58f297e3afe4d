"""Tells the programme lead who cannot be reached: one line in a mail, once a person and day."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from config.channels import Form
from tasks.house import House
from timeline.calendar import LONDON
from timeline.messages import Message, TokenOf
from timeline.people import Person
from timeline.unreached import subject, text
from timeline.ways import MAIL, Reach, Way, personal

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
        subject=subject(timeline.council),
        text=text(timeline, person, lead, reached_by=reached_by.channel if reached_by else "", on=_day(house)),
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
