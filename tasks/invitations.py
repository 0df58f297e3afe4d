"""What the mails of one run say to their readers' calendars, and the address to which calendars answer."""

from collections.abc import Mapping, Sequence

from config.channels import Form
from config.icalendar_file import carried
from tasks.house import House
from tasks.tokens import derive, kept
from timeline.entries import uid
from timeline.ground import Ground
from timeline.invitations import Carried, Invitation, asks, invitation, organizer
from timeline.messages import Waiting
from timeline.prompts import SHADOW
from timeline.ways import Way


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


def _is_for_a_calendar(house: House, one: Waiting, way: Way) -> bool:
    """Only a mail carries an entry, only to the person meant, and no copy of a trial run."""
    by_mail = house.settings.ways()[way.channel].form is Form.MAIL
    return by_mail and way.person == one.prompt.deliver_to and not one.prompt.key.person.startswith(SHADOW)


def _occurrence(one: Waiting) -> str:
    return f"{one.milestone.obligation}/{one.milestone.number}"


def _last(texts: Sequence[str], entry: str) -> Carried | None:
    theirs = (one for text in reversed(texts) if (one := carried(text)).uid == entry)
    return next(theirs, None)
