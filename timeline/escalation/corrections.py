"""Write corrections: what each person was told last about a task, and a correction for those for whom it no longer
holds.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple

from timeline.calendar.wording import long_date
from timeline.calendar.working_hours import in_working_time, next_working_instant
from timeline.definitions.people import Recipient
from timeline.escalation.prompts import ENDED, MOVED, SHADOW, LedgerEntry, Prompt, PromptKey, PromptKind, PromptState
from timeline.escalation.task_context import TaskContext
from timeline.planning.endings.council_end import council_end
from timeline.planning.occurrences import Milestone

GONE = "It is no longer on the timeline."


class News(NamedTuple):
    """Hold the news for a person: the rung of a correction, and the date it tells (the date told, when it ended)."""

    rung: str
    on: date


def gone(milestone: Milestone) -> Milestone:
    """Give a milestone the rules no longer know, as the people who were told of it see it."""
    return replace(milestone, closed_because=milestone.closed_because or GONE)


def off_because(milestone: Milestone) -> str:
    """Tell why nobody is asked for it any more, as a sentence; empty while it has a date and is to be done."""
    if milestone.closed_because:
        return milestone.closed_because
    if not milestone.ours:
        return "It is no longer ours to do."
    return "" if milestone.due_on else f"It has no date any more: it waits for {' and '.join(milestone.waits_for)}."


def told_last(task: TaskContext) -> dict[str, LedgerEntry]:
    """Give what each person (a key of the directory) was told last, by any rung, correction or climbing answer.

    What was told in a trial run was told to the programme lead.
    """
    rows = [
        entry for entry in (*task.entries_before, *task.entries) if entry.accepted_at and entry.accepted_at <= task.at
    ]
    rows.sort(key=lambda entry: (entry.accepted_at, entry.written_at))
    return {person: entry for entry in rows if (person := _reader(task, entry))}


def corrections(task: TaskContext) -> tuple[Prompt, ...]:
    """Give a prompt for each person who was told last what no longer holds; on its own outcome it gives nothing.

    For a milestone that the rules no longer know, `task` holds it as `gone` makes it.
    """
    return tuple(prompt for person, told in told_last(task).items() for prompt in _corrections(task, person, told))


def why_no_correction(task: TaskContext, prompt: Prompt) -> str:
    """Give the reason for which a correction must not leave now, as a sentence; empty when it still holds."""
    told = told_last(task).get(prompt.deliver_to)
    if told is None or _reader_of(task, told) is None:
        return "Whoever was told holds no post any more, or may not hear of it now."
    news = news_for(task, told)
    if news == (prompt.key.rung, prompt.key.due_on):
        return ""
    off = off_because(task.milestone)
    if prompt.key.rung == ENDED and not off:
        return "It is to be done after all."
    if prompt.key.rung == MOVED and off:
        return f"It is no longer to be done: {off}"
    if prompt.key.rung == MOVED and task.milestone.due_on != prompt.key.due_on:
        return "The date has moved again since this was written."
    return "It is done." if task.status.is_done else "There is nothing to correct any more."


def news_for(task: TaskContext, told: LedgerEntry) -> News | None:
    """Give what a person who was told this last should hear; None when it still holds, or lies behind.

    Of a council that has ended nobody is told anything: those that follow say what is to be done.
    """
    if council_end(task.timeline, at=task.at):
        return None
    if off_because(task.milestone):
        heard = told.key.rung == ENDED or told.key.due_on < task.on
        return None if heard else News(ENDED, told.key.due_on)
    due_on = task.milestone.due_on
    if due_on is None or task.is_history or _holds(told, due_on) or _lies_behind(task, told, due_on):
        return None
    return News(MOVED, due_on)


def _holds(told: LedgerEntry, due_on: date) -> bool:
    return told.key.rung != ENDED and told.key.due_on == due_on


def _lies_behind(task: TaskContext, told: LedgerEntry, due_on: date) -> bool:
    """Say that both dates have passed, or it was done for the date that holds. Done for an earlier date, it may have to
    be done again.
    """
    response = task.status.response
    if task.status.is_done and response:
        return due_on < task.on or response.due_on == due_on
    return due_on < task.on and told.key.due_on < task.on


def _reader(task: TaskContext, entry: LedgerEntry) -> str:
    """Give the key of the person who has read it."""
    if not entry.key.person.startswith(SHADOW):
        return entry.key.person
    lead = task.timeline.directory.holder(task.council.programme_lead, on=task.on)
    return lead.person.key if lead else ""


def _reader_of(task: TaskContext, told: LedgerEntry) -> Recipient | None:
    """Give the reader of the correction, for a post that may hear of it now; in a trial run only the lead."""
    in_trial = told.key.person.startswith(SHADOW)
    if task.council.in_shadow(on=task.on) and not in_trial:
        return None
    if in_trial:
        lead = task.timeline.directory.holder(task.council.programme_lead, on=task.on)
        return lead if lead and task.audience.hears(lead.person.key) else None
    return next(_held(task, told.key.person, told.selector), None)


def _held(task: TaskContext, person: str, selector: str) -> Iterator[Recipient]:
    """List the posts for which a person who may hear of it is written to, the post that the selector means first."""
    directory = task.timeline.directory
    meant = directory.meant(selector, owner=task.milestone.owner, on=task.on)
    posts = [holder.post for holder in directory.holders if holder.person == person and holder.holds(on=task.on)]
    posts.sort(key=lambda post: meant is None or (meant.post.key, meant.person.key) != (post, person))
    named = (Recipient(directory.posts[post], directory.people[person]) for post in posts if post in directory.posts)
    yield from named if task.audience.hears(person) else ()


def _corrections(task: TaskContext, person: str, told: LedgerEntry) -> Iterator[Prompt]:
    news, reader = news_for(task, told), _reader_of(task, told)
    if news and reader and not _is_on_its_way(task, person, told, news):
        yield _made(task, told, news, reader)


def _is_on_its_way(task: TaskContext, person: str, told: LedgerEntry, news: News) -> bool:
    """Tell whether it waits or was perhaps sent already; an undeliverable correction is not tried every morning."""
    same = [entry for entry in _such(task, news) if _reader(task, entry) == person]
    waits = any(entry.state is PromptState.WAITING for entry in same)
    return waits or any(
        entry.undeliverable and told.accepted_at and entry.written_at >= told.accepted_at for entry in same
    )


def _such(task: TaskContext, news: News) -> list[LedgerEntry]:
    rows = (*task.entries_before, *task.entries)
    return [
        entry for entry in rows if (entry.key.rung, entry.key.due_on) == news and entry.kind is PromptKind.CORRECTION
    ]


def _made(task: TaskContext, told: LedgerEntry, news: News, reader: Recipient) -> Prompt:
    meant_for = told.key.person.removeprefix(SHADOW)
    post = next((recipient.post for recipient in _held(task, meant_for, told.selector)), reader.post)
    repeat = sum(entry.key.person == told.key.person for entry in _such(task, news))
    return Prompt(
        key=PromptKey(task.milestone.ref, news.on, news.rung, told.key.person, repeat),
        kind=PromptKind.CORRECTION,
        selector=told.selector,
        post=post.key,
        meant_for=meant_for,
        deliver_to=reader.person.key,
        rung_at=task.at,
        send_at=_leaves_at(task),
        timed=True,
        why=_why(task, told, news),
    )


def _leaves_at(task: TaskContext) -> datetime:
    """Tell when it leaves: beside the daily mail, in working time."""
    hours = task.timeline.hours
    at_work = in_working_time(task.at, task.office, hours)
    return task.at if at_work else next_working_instant(task.at, task.office, hours)


def _why(task: TaskContext, told: LedgerEntry, news: News) -> str:
    was = f"was told for {long_date(told.key.due_on)}"
    if news.rung == ENDED:
        return f"It {was}. {off_because(task.milestone)}"
    if told.key.rung == ENDED:
        return f"It was told to be off, and is due on {long_date(news.on)} after all."
    return f"It {was}, and is now due on {long_date(news.on)}."
