"""All that waits for one person, shown only after that person's own confirmation: which tasks, and for how long."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta

from timeline.answers.responses import State
from timeline.calendar.bank_holidays import LONDON
from timeline.definitions.council import Council
from timeline.definitions.duties import OWNER
from timeline.definitions.people import Person
from timeline.delivery.messages import TokenOf
from timeline.escalation.confirmation import is_asked_to_confirm
from timeline.escalation.ladder import owed
from timeline.escalation.task_context import Ground
from timeline.letters.page_views import DraftLine, MineTask, MineView
from timeline.letters.reminder import due_phrase
from timeline.planning.occurrences import Milestone

OPENS_FOR = timedelta(minutes=30)
WEEKS_AHEAD = 12
_EVERY_MINUTES = 5
_TASKS = "tasks/"


def link_of(person: str, *, at: datetime) -> TokenOf:
    """What the link in a mail asked for at that instant is bound to."""
    return TokenOf(person=person, message=f"{_TASKS}{at.astimezone(UTC).isoformat(timespec='seconds')}")


def task_link(person: str, milestone: Milestone, *, generation: int) -> TokenOf:
    """What a link on the list is bound to. Another one than a mail's: nobody was asked through it, so that it answers
    only while the task waits for this person.
    """
    return TokenOf(
        person=person, milestone=milestone.ref, due_on=milestone.due_on, generation=generation, message=_TASKS
    )


def stands_on_list(of: TokenOf) -> bool:
    """Whether it is such a link."""
    return of.message == _TASKS and bool(of.milestone)


def closes_at(of: TokenOf) -> datetime | None:
    """When such a link closes; None for the link of a task or a message, which never opens anybody's list."""
    try:
        asked_at = datetime.fromisoformat(of.message.removeprefix(_TASKS)) if of.message.startswith(_TASKS) else None
    except ValueError:
        return None
    return asked_at + OPENS_FOR if asked_at and not of.milestone else None


def mail_key(person: str, *, at: datetime) -> str:
    """The key of the mail with the link: the same for five minutes, so that no button floods a mailbox."""
    instant = at.astimezone(UTC)
    rounded = instant.replace(minute=instant.minute - instant.minute % _EVERY_MINUTES, second=0, microsecond=0)
    return f"{_TASKS}{person}/{rounded:%Y-%m-%dT%H:%M%z}"


def asked_key(person: str, *, at: datetime) -> str:
    """The same for whoever has no link and typed an address: once as long as a link is open, whoever types it."""
    instant = at.astimezone(UTC)
    begun = instant.replace(minute=instant.minute - instant.minute % (OPENS_FOR.seconds // 60), second=0, microsecond=0)
    return f"{_TASKS}{person}/asked/{begun:%Y-%m-%dT%H:%M%z}"


def waits_for(found: Ground, person: str) -> bool:
    """Whether this person is asked today: as the owner, as whoever it was given to, to help, or to confirm."""
    return (owed(found) and is_asked(found, person)) or is_asked_to_confirm(found, person)


def is_asked(found: Ground, person: str) -> bool:
    """Whether it is this person's, done or not, or waits for this person to confirm it."""
    asked = found.recipient(OWNER)
    own = found.in_post()
    # Whoever is away may still answer, if that person may hear of it.
    away = own is not None and asked is not None and asked.in_place_of == own and found.hears(own.person.key)
    theirs = [one for one in (asked, own if away else None) if one]
    is_theirs = any(one.person.key == person for one in theirs)
    return is_theirs or _is_to_help(found, person) or is_asked_to_confirm(found, person)


def _is_to_help(found: Ground, person: str) -> bool:
    response = found.standing.response
    if found.standing.state is not State.BLOCKED or response is None:
        return False
    helper = found.helper_of(response.person)
    return helper is not None and helper.person.key == person


def listed(grounds: Iterable[Ground], person: str) -> tuple[Ground, ...]:
    """What waits for this person, by date: all that we have begun to ask for, and what is due in the next weeks."""
    theirs = (one for one in grounds if waits_for(one, person) and (_is_near(one) or has_begun(one)))
    return tuple(sorted(theirs, key=lambda one: (str(one.milestone.due_on), one.milestone.ref)))


def mine_view(
    council: Council,
    tasks: Iterable[Ground],
    person: Person,
    *,
    url: Callable[[str], str],
    until: datetime,
    calendar_url: str = "",
    drafts: Sequence[DraftLine] = (),
) -> MineView:
    """The page of the tasks `listed`; `url` gives the address of a task's page by its reference."""
    now: list[MineTask] = []
    later: list[MineTask] = []
    for one in tasks:
        (now if has_begun(one) else later).append(_task(one, url))
    return MineView(
        council_name=council.name,
        programme_name=council.programme,
        person_name=person.name,
        until=f"{until.astimezone(LONDON):%H:%M}",
        now=tuple(now),
        later=tuple(later),
        calendar_url=calendar_url,
        drafts=tuple(drafts),
    )


def has_begun(found: Ground) -> bool:
    """Whether anything was said about it, or should have been by now."""
    return bool(found.said) or any(moment.at <= found.at for moment in found.moments())


def _is_near(found: Ground) -> bool:
    due_on = found.milestone.due_on
    return due_on is not None and due_on <= found.on + timedelta(weeks=WEEKS_AHEAD)


def _task(found: Ground, url: Callable[[str], str]) -> MineTask:
    return MineTask(
        title=found.milestone.title,
        obligation_title=found.milestone.duty,
        due_phrase=due_phrase(found),
        state=found.standing.state,
        url=url(found.milestone.ref),
    )
