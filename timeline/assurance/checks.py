"""Find prompts that no message took, messages that do not end, and tasks that the database holds wrongly."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from timeline.assurance.evidence import Evidence, LedgerRow, MessageProgress
from timeline.assurance.mornings import working_time
from timeline.assurance.run import Finding, FindingKind
from timeline.assurance.wanted import DuePrompts
from timeline.calendar.clock_jumps import is_from_later_clock
from timeline.calendar.london import in_london, london_date, london_time
from timeline.calendar.wording import long_date
from timeline.delivery.messages import MessageState
from timeline.escalation.day import AHEAD
from timeline.escalation.prompts import PromptState
from timeline.planning.occurrences import Milestone, Occurrence

# `notify` begins every ten minutes: by then it has looked twice.
PROMPT_LEAVES_WITHIN = timedelta(minutes=15)
# A claim is a dead worker's after ten minutes, and a run sends for eight.
MESSAGE_ENDS_WITHIN = timedelta(minutes=30)
_ON_ITS_WAY = (MessageState.WAITING, MessageState.UNCERTAIN)
_FAILED = (MessageState.FAILED, MessageState.WITHDRAWN, MessageState.BOUNCED)


def overdue(evidence: Evidence, *, at: datetime) -> Iterator[Finding]:
    """Find the prompts in no message that `notify` had the time to take; none while sending is stopped."""
    if evidence.stopped:
        return
    for row in evidence.rows:
        waits = row.entry.state is PromptState.WAITING and not row.message
        if waits and _time_since(evidence, _may_leave_at(evidence, row), at) >= PROMPT_LEAVES_WITHIN:
            since = in_london(row.waits_since)
            why = f"It waits since {long_date(since.date())}, {since:%H:%M}, and nothing says why."
            yield _finding(FindingKind.OVERDUE, row, why)


def stuck(evidence: Evidence, *, at: datetime) -> Iterator[Finding]:
    """Find the messages that were begun and never ended, or that nobody takes up, unless their channel is at rest."""
    if evidence.stopped:
        return
    waiting = {row.message: row for row in evidence.rows if row.message and row.entry.state is PromptState.WAITING}
    for key, row in waiting.items():
        message = evidence.messages.get(key)
        if message is None:
            yield _finding(FindingKind.STUCK, row, "The message that was to say it is no longer there.")
        elif message.state in (*_FAILED, MessageState.ACCEPTED, MessageState.DELIVERED):
            yield _finding(FindingKind.STUCK, row, f"Its message is {message.state.value}, and it still waits.")
        elif _stands_still(evidence, row, message, at):
            yield _finding(FindingKind.STUCK, row, f"Its message is {message.state.value}, and does not end.")


def _stands_still(evidence: Evidence, row: LedgerRow, message: MessageProgress, at: datetime) -> bool:
    if is_from_later_clock(max(message.composed_at, message.claimed_at or message.composed_at), at=at):
        # Its next time was set by a clock that was ahead, and excuses nothing.
        return _time_since(evidence, row.waits_since, at) >= MESSAGE_ENDS_WITHIN
    if message.state is MessageState.SENDING:
        since = message.claimed_at
    elif message.state in _ON_ITS_WAY and message.channel not in evidence.resting:
        since = message.next_attempt_at
        if since is None:
            return True
    else:
        return False
    return since is None or _time_since(evidence, since, at) >= MESSAGE_ENDS_WITHIN


def _may_leave_at(evidence: Evidence, row: LedgerRow) -> datetime:
    """Give the earliest time for a prompt: after the day's mail was made, that is the next working day."""
    if row.alone:
        return row.waits_since
    earlier = [
        message.composed_at
        for message in evidence.messages.values()
        if message.deliver_to == row.deliver_to
        and message.state not in _FAILED
        and message.composed_at < row.waits_since
    ]
    day = london_date(row.waits_since)
    had_its_mail = any(london_date(at) == day for at in earlier)
    return _next_morning(evidence, row.waits_since) if had_its_mail else row.waits_since


def _next_morning(evidence: Evidence, after: datetime) -> datetime:
    office, mail_at = evidence.timeline.calendars.office, evidence.timeline.council.mail_at
    on = office.ahead(london_date(after), 1)
    return london_time(on, mail_at)


def _time_since(evidence: Evidence, since: datetime, at: datetime) -> timedelta:
    timeline = evidence.timeline.as_known(at=at)
    return working_time(since, at, timeline.calendars.office, timeline.hours) if since < at else timedelta()


def _finding(kind: FindingKind, row: LedgerRow, why: str) -> Finding:
    return Finding.about_prompt(row.key, kind=kind, post=row.post, why=why)


# Each morning plans a little further ahead: the database may not yet hold what lies at the far end.
_FAR = AHEAD - timedelta(days=10)


def differences(evidence: Evidence, then: DuePrompts, now: DuePrompts, *, at: datetime) -> Iterator[Finding]:
    """Find what the rules gave this morning and still give, but the database holds differently."""
    until = london_date(at) + _FAR
    planned_then = {_days(occurrence) for occurrence in then.occurrences}
    same = [occurrence for occurrence in now.occurrences if _days(occurrence) in planned_then]
    for occurrence in (occurrence for occurrence in same if _is_near(occurrence, until)):
        if occurrence.ref not in evidence.occurrences:
            yield _differs(occurrence.ref, occurrence.obligation, "", "It is on the timeline and not in the database.")
        for task in occurrence.milestones:
            if _dates(then.tasks.get(task.ref)) == _dates(task) and (why := _wrong(evidence, task)):
                yield _differs(task.ref, task.obligation, task.owner, why, task.due_on)


def _is_near(occurrence: Occurrence, until: date) -> bool:
    begins_on = occurrence.opens_on or occurrence.legal_on
    return begins_on is None or begins_on <= until


def _days(occurrence: Occurrence) -> tuple[object, ...]:
    return occurrence.ref, occurrence.legal_on, occurrence.opens_on, occurrence.closes_on


def _dates(task: Milestone | None) -> tuple[object, ...]:
    return (task.due_on, task.legal_on, task.owner) if task else ()


def _wrong(evidence: Evidence, task: Milestone) -> str:
    stored = evidence.stored_tasks.get(task.ref)
    if stored is None or stored.dropped:
        return "It is on the timeline and not in the database."
    if stored.due_on != task.due_on or stored.legal_on != task.legal_on:
        due, held = (long_date(on) if on else "no date" for on in (task.due_on, stored.due_on))
        return f"The rules give {due}, and the database holds {held}."
    return "" if stored.owner == task.owner else "The rules give it another owner than the database."


def _differs(ref: str, duty: str, post: str, why: str, due_on: date | None = None) -> Finding:
    return Finding(kind=FindingKind.DIFFERS, ref=ref, duty=duty, post=post, why=why, due_on=due_on)
