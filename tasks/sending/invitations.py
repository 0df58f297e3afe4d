"""What the mails of one run say to their readers' calendars, and the address to which calendars answer."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from config.channels import Form
from config.rendering.icalendar import carried
from config.rendering.templates import render
from tasks.council.run import House
from tasks.council.tokens import derive, kept
from tasks.sending.compose import calendar_part
from timeline.calendar.bank_holidays import LONDON
from timeline.definitions.council import Council
from timeline.definitions.people import Person
from timeline.delivery.contact_methods import Way
from timeline.delivery.messages import Message, TokenOf, Waiting
from timeline.escalation.prompts import SHADOW
from timeline.escalation.task_context import Ground
from timeline.ical.entries import uid
from timeline.ical.invitations import Carried, Invitation, asks, in_words, invitation, organizer

# No days are told so far ahead.
_REMEMBERED = timedelta(days=400)


def invitations(
    house: House, going: Sequence[Waiting], grounds: Mapping[int, Ground], ways: Mapping[int, Way]
) -> dict[int, Invitation]:
    """What the mails of these prompts (by id) say to their readers' calendars; most say nothing."""
    asked = [one for one in going if _is_for_a_calendar(house, one, ways[one.id])]
    if not asked:
        return {}
    refs = {_occurrence(one) for one in asked}
    now, told = house.store.kept(refs), house.store.invitations(refs)
    found: dict[int, Invitation] = {}
    for one in asked:
        ref, person = _occurrence(one), one.prompt.deliver_to
        last = _last(told.get((person, ref), ()), uid(house.store.council, ref))
        made = invitation(
            now[ref],
            last,
            wants=asks(grounds[one.id], one.prompt),
            council=house.store.council,
            office=grounds[one.id].office,
            at=house.at,
        )
        found |= {one.id: made} if made else {}
    return found


def keep_organizer(house: House, person: str, given: Invitation) -> None:
    """Keeps the token to which the answer of a calendar comes, before the mail leaves."""
    of = organizer(person, given.entry.uid)
    house.store.keep_tokens({kept(derive(house.settings.secret(), house.store.council, of)): of}, at=house.at)


def tell_calendars(house: House) -> None:
    """A mail of its own to each who was invited to what has changed, where no correction or reminder says so: their
    task may have been done, or its date may have stayed.
    """
    timeline = house.timeline.as_known(at=house.at)
    on, council = house.at.astimezone(LONDON).date(), timeline.council
    refs = house.store.moved_invitations(since=house.at - _REMEMBERED)
    if not refs or not house.is_working_time or council.in_shadow(on=on):
        return
    now = house.store.kept(refs)
    for (person, ref), texts in house.store.invitations(refs, waiting=True).items():
        last = _last(texts, uid(council.key, ref))
        if last is None or last.ends_on < on or not timeline.directory.posts_of(person, on=on):
            continue
        office = timeline.calendars.office
        made = invitation(now[ref], last, wants=False, council=council.key, office=office, at=house.at)
        if made:
            _tell(house, timeline.directory.people[person], council, made)


def _tell(house: House, person: Person, council: Council, made: Invitation) -> None:
    """Once for each change, whatever becomes of the mail."""
    key = f"entry/{person.key}/{made.entry.uid}/{made.entry.sequence}"
    if house.store.message(key):
        return
    view = {
        "greeting_name": person.name,
        "sentence": in_words(made),
        "programme_name": council.programme,
        "council_name": council.name,
        "ref": "«token 0»",
    }
    message = Message(
        key=key,
        channel="mail",
        deliver_to=person.key,
        kind="calendar",
        subject=f"{council.programme}: a change in your calendar",
        text=render("mail/entry.txt.jinja", mail=view),
        html="",
        tokens=(TokenOf(person=person.key, message=key),),
        prompts=(),
        composed_at=house.at,
        next_attempt_at=house.at,
        calendar=calendar_part(made, person, house.settings, house.at),
    )
    keep_organizer(house, person.key, made)
    house.store.compose(message, token_hashes=house.hashes(message), at=house.at)


def _is_for_a_calendar(house: House, one: Waiting, way: Way) -> bool:
    """Only a mail carries an entry, only to the person meant, and no copy of a trial run."""
    by_mail = house.settings.ways()[way.channel].form is Form.MAIL
    return by_mail and way.person == one.prompt.deliver_to and not one.prompt.key.person.startswith(SHADOW)


def _occurrence(one: Waiting) -> str:
    return f"{one.milestone.obligation}/{one.milestone.number}"


def _last(texts: Sequence[str], entry: str) -> Carried | None:
    theirs = (one for text in reversed(texts) if (one := carried(text)).uid == entry)
    return next(theirs, None)
