"""One mail a day of one kind to the programme lead, about posts and duties."""

from collections.abc import Callable, Collection, Iterator

from config.channels import Form
from tasks.house import House
from timeline.calendar import LONDON, next_working_instant
from timeline.duties import OWNER
from timeline.messages import Message, TokenOf
from timeline.people import Person
from timeline.ways import MAIL, Way, personal


def tell_lead(
    house: House, kind: str, subject: str, words: Callable[[str], str], *, not_by: Collection[str] = ()
) -> bool:
    """Composes the mail, for the next working instant; False when one of this kind was made today, or there is no way.

    `words` makes the text for a name; `not_by` are channels that do not work, used only where there is no other.
    """
    day = house.at.astimezone(LONDON).date()
    key, lead = f"{kind}/{day}", _lead(house)
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


def _lead(house: House) -> Person | None:
    """Whoever holds the post; while it is vacant, the first above it."""
    post, on = house.timeline.council.programme_lead, house.at.astimezone(LONDON).date()
    found = house.timeline.directory.meant(OWNER, owner=post, on=on)
    return found.person if found else None


def _ways(house: House, lead: Person) -> Iterator[Way]:
    """Those that work and carry text: it is no card."""
    reach = house.reach()
    forms = {name: channel.form for name, channel in house.settings.ways().items()}
    return (one for one in personal(lead, reach) if one not in reach.dead and forms[one.channel] is not Form.CARD)
