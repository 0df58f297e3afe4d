"""Decide whether the director's Monday mail is written today, and to whom it goes.

Its day is the first working day of the week. Late is still due: after an outage it goes on a later working day of the
same week, and never twice in a week.
"""

from datetime import date, datetime, timedelta

from timeline.calendar.london import london_date, start_of_week
from timeline.calendar.wording import long_date
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.people import Recipient
from timeline.planning.endings.council_end import ended_because

MONDAY = "monday"
"""The kind of a Monday mail."""
LATELY = timedelta(days=7)
"""How far back the first mail looks, and each mail whose predecessor did not arrive."""


def week_key(on: date) -> str:
    """Give the key of that week's only message, such as "monday/2019-W47"."""
    year, week, _ = on.isocalendar()
    return f"{MONDAY}/{year}-W{week:02}"


def first_on(timeline: CouncilTimeline, *, on: date) -> date | None:
    """Give the first working day of that week; None in a week without any, such as over Christmas."""
    monday_on = start_of_week(on)
    day = timeline.calendars.office.roll_forward(monday_on)
    return day if day < monday_on + LATELY else None


def why_not_today(timeline: CouncilTimeline, *, written: bool, stopped: str = "", at: datetime) -> str:
    """Tell why this week's mail is not written now, as a sentence; empty when it is to be written.

    `written`: this week's mail stands in the outbox or has left it. `stopped`: why nothing is sent, if it is stopped.
    """
    timeline, on = timeline.as_known(at=at), london_date(at)
    off, begins_on = timeline.calendars.office.why_off(on), first_on(timeline, on=on)
    live_from = timeline.council.live_from
    if ended := ended_because(timeline, at=at):
        return ended
    if written:
        return "This week's Monday mail is written."
    if stopped:
        return stopped
    if off or begins_on is None:
        return f"Nothing is sent today: {off}."
    if live_from and begins_on < live_from:
        return f"The week had begun when this timeline went live on {long_date(live_from)}."
    return ""


def readers(timeline: CouncilTimeline, *, on: date) -> tuple[Recipient, ...]:
    """List the people to whom it may go, the best first; empty when the post is vacant and has no deputy.

    The director comes first; while the director is away, the deputy. With neither there it goes to the director, who
    reads it on return.
    """
    directory, post = timeline.directory, timeline.council.director
    holder, deputy = directory.holder(post, on=on), _deputy(timeline, on)
    if holder is None:
        return (deputy,) if deputy else ()
    # A weekly day off does not count as away: a director who does not work on Mondays reads it on Tuesday.
    if directory.absent(holder.person.key, on=on):
        return (deputy, holder) if deputy else (holder,)
    return (holder, deputy) if deputy else (holder,)


def _deputy(timeline: CouncilTimeline, on: date) -> Recipient | None:
    directory = timeline.directory
    stated = directory.posts[timeline.council.director].deputy if timeline.council.director in directory.posts else None
    recipient = directory.holder(stated, on=on) if stated else None
    return recipient if recipient and not directory.absent(recipient.person.key, on=on) else None
