"""Show people the actions of the plan that they own, behind their own link, and add what they say of them."""

from datetime import datetime

from config.settings import Settings
from models.store import Store
from tasks.council.programme import NoProgramme, UpdateRefused, programme_now, updating
from timeline.calendar.london import london_date
from timeline.definitions.people import Person
from timeline.letters.own_actions import OwnActionView, OwnProgramme, SaidOfAction, own_programme, shown
from timeline.programme.actions import Action
from timeline.programme.as_known import NotPublished
from timeline.steering.records import ProgrammeNow


def programme_of(store: Store, settings: Settings, person: str, *, at: datetime) -> OwnProgramme:
    """Give what the programme asks of a person; nothing while none may be told."""
    on = london_date(at)
    try:
        now = programme_now(store, settings, at=at)
        return own_programme(now.programme, now.timeline, _posts(now, person), on=on)
    except (NoProgramme, NotPublished):
        return OwnProgramme()


def own_action(store: Store, settings: Settings, person: Person, key: str, *, at: datetime) -> OwnActionView:
    """Show an action to its owner. Raise UpdateRefused for an action of somebody else, or of nobody."""
    now, action = _theirs(store, settings, person, key, at)
    return OwnActionView(
        council_name=now.timeline.council.name,
        programme_name=now.timeline.council.programme,
        person_name=person.name,
        action=shown(action, on=now.on),
    )


def say_of_action(
    store: Store, settings: Settings, person: Person, key: str, said: SaidOfAction, *, at: datetime
) -> None:
    """Add what its owner says of an action, in the name of that person. Raise UpdateRefused."""
    now, action = _theirs(store, settings, person, key, at)
    updating(store, now, f"actions.{key}", said.update(action, on=now.on)).add(person.key, at=at)


def _theirs(store: Store, settings: Settings, person: Person, key: str, at: datetime) -> tuple[ProgrammeNow, Action]:
    try:
        now = programme_now(store, settings, at=at)
        action = now.programme.actions.get(key)
    except (NoProgramme, NotPublished):
        raise NotTheirs from None
    if action is None or action.owner not in _posts(now, person.key):
        raise NotTheirs
    return now, action


class NotTheirs(UpdateRefused):
    """Refuse an action that belongs to another post, or to none."""


def _posts(now: ProgrammeNow, person: str) -> frozenset[str]:
    return frozenset(now.timeline.directory.posts_of(person, on=now.on))
