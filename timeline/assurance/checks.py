"""What waits long past its time: prompts that no message took, and messages that do not end."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from timeline.assurance.evidence import Evidence, LedgerRow, MessageProgress
from timeline.assurance.mornings import working_time
from timeline.assurance.run import Finding, FindingKind
from timeline.assurance.wanted import DuePrompts
from timeline.calendar.london import LONDON, london_date, london_time
from timeline.calendar.wording import long_date
from timeline.definitions.refs import duty_of
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
    """Prompts in no message that `notify` had the time to take. While sending is stopped, everything waits."""
    if evidence.stopped:
        return
    for row in evidence.rows:
        waits = row.entry.state is PromptState.WAITING and not row.message
        if waits and _time_since(evidence, _may_leave_at(evidence, row), at) >= PROMPT_LEAVES_WITHIN:
            since = row.waits_since.astimezone(LONDON)
            why = f"It waits since {long_date(since.date())}, {since:%H:%M}, and nothing says why."
            yield _finding(FindingKind.OVERDUE, row, why)


def stuck(evidence: Evidence, *, at: datetime) -> Iterator[Finding]:
    """Messages that were begun and never ended, or that nobody takes up; one on a channel at rest is waited for."""
    if evidence.stopped:
        return
    told = {row.message: row for row in evidence.rows if row.message and row.entry.state is PromptState.WAITING}
    for key, row in told.items():
        message = evidence.messages.get(key)
        if message is None:
            yield _finding(FindingKind.STUCK, row, "The message that was to say it is no longer there.")
        elif message.state in (*_FAILED, MessageState.ACCEPTED, MessageState.DELIVERED):
            yield _finding(FindingKind.STUCK, row, f"Its message is {message.state.value}, and it still waits.")
        elif _stands_still(evidence, message, at):
            yield _finding(FindingKind.STUCK, row, f"Its message is {message.state.value}, and does not end.")


def _stands_still(evidence: Evidence, message: MessageProgress, at: datetime) -> bool:
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
    """The day's mail is one: what fell due after it was made leaves with the next, on another day."""
    if row.alone:
        return row.waits_since
    same_day = [
        message_progress.composed_at
        for message_progress in evidence.messages.values()
        if message_progress.deliver_to == row.deliver_to
        and message_progress.state not in _FAILED
        and message_progress.composed_at < row.waits_since
    ]
    day = london_date(row.waits_since)
    had_its_mail = any(london_date(at) == day for at in same_day)
    return _next_morning(evidence, row.waits_since) if had_its_mail else row.waits_since


def _next_morning(evidence: Evidence, after: datetime) -> datetime:
    office, mail_at = evidence.timeline.calendars.office, evidence.timeline.council.mail_at
    on = office.add(london_date(after), 1)
    return london_time(on, mail_at)


def _time_since(evidence: Evidence, since: datetime, at: datetime) -> timedelta:
    timeline = evidence.timeline.as_known(at=at)
    return working_time(since, at, timeline.calendars.office, timeline.hours) if since < at else timedelta()


def _finding(kind: FindingKind, row: LedgerRow, why: str) -> Finding:
    ref = row.key.milestone
    return Finding(
        kind=kind,
        ref=ref,
        duty=duty_of(ref),
        post=row.post,
        why=why,
        due_on=row.key.due_on,
        about=row.key,
    )


# At its far end each morning lays a little more of the timeline out: what has come there lately may be on its way.
_FAR = AHEAD - timedelta(days=10)


def differences(evidence: Evidence, then: DuePrompts, now: DuePrompts, *, at: datetime) -> Iterator[Finding]:
    """What the rules gave this morning and give now, and the database does not hold so."""
    until = london_date(at) + _FAR
    same = [one for one in now.occurrences if _days(one) in {_days(other) for other in then.occurrences}]
    for occurrence in (one for one in same if _is_near(one, until)):
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
    stands = evidence.stored_tasks.get(task.ref)
    if stands is None or stands.dropped:
        return "It is on the timeline and not in the database."
    if stands.due_on != task.due_on or stands.legal_on != task.legal_on:
        due, held = (long_date(on) if on else "no date" for on in (task.due_on, stands.due_on))
        return f"The rules give {due}, and the database holds {held}."
    return "" if stands.owner == task.owner else "The rules give it another owner than the database."


def _differs(ref: str, duty: str, post: str, why: str, due_on: date | None = None) -> Finding:
    return Finding(kind=FindingKind.DIFFERS, ref=ref, duty=duty, post=post, why=why, due_on=due_on)
