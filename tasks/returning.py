"""Tells somebody who is back what was said to whoever stood in: one mail for an absence."""

from collections.abc import Iterator
from datetime import datetime, time

from tasks.house import House
from tasks.tokens import absence_key
from timeline.calendar import LONDON
from timeline.messages import Message, TokenOf
from timeline.people import Absence
from timeline.returning import StoodIn, back, subject, text
from timeline.ways import MAIL, Way

BACK = "back"
"""The kind of the mail."""


def tell_who_is_back(house: House) -> None:
    """Composes the mails that are owed today; in a trial run nobody was written to, so nobody missed anything."""
    on = house.at.astimezone(LONDON).date()
    if not house.is_working_time or house.timeline.council.in_shadow(on=on):
        return
    for absence in back(house.timeline, on=on):
        _tell(house, absence)


def _tell(house: House, absence: Absence) -> None:
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
