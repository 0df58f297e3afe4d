"""List all tasks that wait for a person, for that person only, and make the links that open the list."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta

from timeline.answers.responses import State
from timeline.calendar.london import in_london, london_date
from timeline.definitions.council import Council
from timeline.definitions.duties import OWNER
from timeline.definitions.people import Person
from timeline.delivery.messages import TokenClaims
from timeline.escalation.confirmation import is_asked_to_confirm
from timeline.escalation.held import owed
from timeline.escalation.task_context import TaskContext
from timeline.letters.own_actions import OwnProgramme
from timeline.letters.page_views import AwayView, DraftLine, MineTask, MineView
from timeline.letters.phrases import shown_as
from timeline.letters.reminder import due_phrase
from timeline.planning.occurrences import Milestone

OPENS_FOR = timedelta(minutes=30)
WEEKS_AHEAD = 12
_EVERY = timedelta(minutes=5)
_A_DAY_BY_LINK, _A_DAY_BY_ADDRESS = 6, 3
_TASKS = "tasks/"


def link_of(person: str, *, at: datetime) -> TokenClaims:
    """Give the claims of the link to the list that was asked for at that instant."""
    return TokenClaims(person=person, message=f"{_TASKS}{at.astimezone(UTC).isoformat(timespec='seconds')}")


def task_link(person: str, milestone: Milestone, *, generation: int) -> TokenClaims:
    """Give the claims of a link on the list.

    It differs from the link in a mail: nobody was asked through it, so it answers only while the task waits for this
    person.
    """
    return TokenClaims(
        person=person, milestone=milestone.ref, due_on=milestone.due_on, generation=generation, message=_TASKS
    )


def stands_on_list(claims: TokenClaims) -> bool:
    """Tell whether it is such a link."""
    return claims.message == _TASKS and bool(claims.milestone)


def closes_at(claims: TokenClaims) -> datetime | None:
    """Give the instant at which a link to a list closes; None for the link of a task or a message."""
    try:
        asked_at = (
            datetime.fromisoformat(claims.message.removeprefix(_TASKS)) if claims.message.startswith(_TASKS) else None
        )
    except ValueError:
        return None
    return asked_at + OPENS_FOR if asked_at and not claims.milestone else None


def mail_keys(person: str, *, at: datetime) -> tuple[str, ...]:
    """Give the keys of the mails with the link that a person may get on a day by pressing the button of a link."""
    return tuple(f"{_TASKS}{person}/{london_date(at)}/{number}" for number in range(1, _A_DAY_BY_LINK + 1))


def asked_keys(person: str, *, at: datetime) -> tuple[str, ...]:
    """Give the keys of those that somebody may cause on a day who typed the address, whoever that was."""
    return tuple(f"{_TASKS}{person}/asked/{london_date(at)}/{number}" for number in range(1, _A_DAY_BY_ADDRESS + 1))


def next_key(keys: Sequence[str], sent_at: Sequence[datetime], *, apart: timedelta = _EVERY, at: datetime) -> str:
    """Give the key of the next mail of the day; empty when the last is too near or the day has had them all.

    `sent_at` are the mails of the day so far. No button and no stranger floods a mailbox.
    """
    if len(sent_at) >= len(keys) or any(abs(at - earlier) < apart for earlier in sent_at):
        return ""
    return keys[len(sent_at)]


def waits_for(task: TaskContext, person: str) -> bool:
    """Tell whether this person is asked today: as owner or delegate, to help, or to confirm."""
    return (owed(task) and is_asked(task, person)) or is_asked_to_confirm(task, person)


def is_asked(task: TaskContext, person: str) -> bool:
    """Tell whether the task belongs to this person, done or not, or waits for this person to confirm it."""
    asked = task.audience.recipient(OWNER)
    own = task.audience.in_post()
    # A post holder who is away may still answer, if they may hear of the task.
    away = own is not None and asked is not None and asked.in_place_of == own and task.audience.hears(own.person.key)
    theirs = [recipient for recipient in (asked, own if away else None) if recipient]
    is_theirs = any(recipient.person.key == person for recipient in theirs)
    return is_theirs or _is_to_help(task, person) or is_asked_to_confirm(task, person)


def _is_to_help(task: TaskContext, person: str) -> bool:
    response = task.status.response
    if task.status.state is not State.BLOCKED or response is None:
        return False
    helper = task.audience.helper_of(response.person)
    return helper is not None and helper.person.key == person


def listed(tasks: Iterable[TaskContext], person: str) -> tuple[TaskContext, ...]:
    """List the tasks that wait for this person, by date: those already asked for, and those due in the next weeks."""
    theirs = (task for task in tasks if waits_for(task, person) and (_is_near(task) or has_begun(task)))
    return tuple(sorted(theirs, key=lambda task: (str(task.milestone.due_on), task.milestone.ref)))


def mine_view(
    council: Council,
    tasks: Iterable[TaskContext],
    person: Person,
    *,
    url: Callable[[str], str],
    until: datetime,
    calendar_url: str = "",
    drafts: Sequence[DraftLine] = (),
    away: Sequence[AwayView] = (),
    ours: OwnProgramme | None = None,
) -> MineView:
    """Build the page of the tasks `listed`; `url` gives the address of a task's page by its reference."""
    now: list[MineTask] = []
    later: list[MineTask] = []
    for task in tasks:
        (now if has_begun(task) else later).append(_task(task, url))
    return MineView(
        council_name=council.name,
        programme_name=council.programme,
        person_name=person.name,
        until=f"{in_london(until):%H:%M}",
        now=tuple(now),
        later=tuple(later),
        calendar_url=calendar_url,
        drafts=tuple(drafts),
        away=tuple(away),
        actions=ours.actions if ours else (),
        missed=ours.missed if ours else (),
    )


def has_begun(task: TaskContext) -> bool:
    """Tell whether anybody was asked about it, or should have been by now."""
    return bool(task.entries) or any(rung_time.at <= task.at for rung_time in task.rung_times())


def _is_near(task: TaskContext) -> bool:
    due_on = task.milestone.due_on
    return due_on is not None and due_on <= task.on + timedelta(weeks=WEEKS_AHEAD)


def _task(task: TaskContext, url: Callable[[str], str]) -> MineTask:
    return MineTask(
        title=shown_as(task),
        obligation_title=task.milestone.duty,
        due_phrase=due_phrase(task),
        state=task.status.state,
        url=url(task.milestone.ref),
    )
