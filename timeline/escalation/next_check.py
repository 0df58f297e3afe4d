"""Tell when to look at a milestone again, and when its owner will next be asked."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from timeline.calendar.london import DAY, london_date, start_of_day
from timeline.definitions.duties import OWNER, Mark
from timeline.escalation.addressing import fallback_recipient
from timeline.escalation.rung_times import RungTime
from timeline.escalation.task_context import TaskContext


def next_check_at(task: TaskContext, *, until: datetime) -> datetime | None:
    """Give the next instant after `until` at which something may be due, or None when the ladder has ended.

    That is a rung time, the end of an acknowledgement or of the shadow, a change of holder, the lifting of an
    embargo, a holiday that comes to be known, or tomorrow while a rung is held up (the owner has not had a day yet).
    In a pause nothing is due before its end.
    """
    if task.pause:
        return task.pause.ends_at
    tomorrow = start_of_day(london_date(until) + DAY)
    rung_times = task.rung_times()
    held_up = any(
        rung_time.at <= until and _may_still_be_said(task, rung_time, tomorrow, rung_times) for rung_time in rung_times
    )
    later = [rung_time.at for rung_time in rung_times if rung_time.at > until]
    if later:
        # A holiday that comes to be known moves the days that are still to come.
        later += [known_at for known_at in task.timeline.proclaimed_at if known_at > until]
    return min([*later, *changes(task, until), *([tomorrow] if held_up else [])], default=None)


def next_reminder_at(task: TaskContext) -> datetime | None:
    """Give the instant at which the owner will next be asked, unless something else is answered: at a rung to come, or
    at a rung that an acknowledgement holds back until it runs out.
    """
    rung_times = task.rung_times()
    return min(
        (at for rung_time in rung_times if (at := _asks_at(task, rung_time, rung_times)) and at > task.at), default=None
    )


def _asks_at(task: TaskContext, rung_time: RungTime, rung_times: Sequence[RungTime]) -> datetime | None:
    if (
        OWNER not in rung_time.rung.to
        or _was_said(task, rung_time, (OWNER,), rung_times)
        or task.milestone.due_on is None
    ):
        return None
    held = task.status.until_at if task.is_silenced(rung_time.rung, until=rung_time.at) else None
    at = max(rung_time.at, held) if held else rung_time.at
    pause = task.pause_on(london_date(at))
    at = max(at, pause.ends_at) if pause else at
    counts_after = rung_time.rung.mark is Mark.AFTER_DUE
    return at if counts_after or at.date() <= task.milestone.due_on else None


def _may_still_be_said(task: TaskContext, rung_time: RungTime, at: datetime, rung_times: Sequence[RungTime]) -> bool:
    due_on = task.milestone.due_on
    in_time = rung_time.rung.mark is Mark.AFTER_DUE or (due_on is not None and at.date() <= due_on)
    return in_time and not _was_said(task, rung_time, rung_time.rung.to, rung_times)


def _was_said(
    task: TaskContext, rung_time: RungTime, selectors: tuple[str, ...], rung_times: Sequence[RungTime]
) -> bool:
    """Tell whether everybody it may reach today has had it, those told in the place of nobody included."""
    reached = (fallback_recipient(task, rung_time, selector, rung_times) for selector in selectors)
    people = {task.audience.person_key(to.recipient) for to in reached if to}
    entries = (entry for entry in task.entries if not entry.paused)
    rows = {
        entry.key.person
        for entry in entries
        if (entry.key.rung, entry.key.repeat) == (rung_time.rung.key, rung_time.repeat)
    }
    return people <= rows


def changes(task: TaskContext, until: datetime) -> Iterator[datetime]:
    """Yield the instants at which an answer runs out, or somebody else may hear of it."""
    shadow_until = task.council.shadow_until
    if task.status.until_at and task.status.until_at > until:
        yield task.status.until_at
    if shadow_until and task.council.in_shadow(on=task.on):
        yield start_of_day(shadow_until + DAY)
    yield from (embargo.until for embargo in task.milestone.embargoes if embargo.until and embargo.in_force(at=task.at))
    yield from map(start_of_day, task.timeline.directory.changes_after(london_date(until)))
