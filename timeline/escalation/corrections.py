"""Corrections: what each person was told last about a task, and one word to those for whom it no longer holds."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple

from timeline.calendar.bank_holidays import in_working_time, next_working_instant
from timeline.calendar.wording import long_date
from timeline.definitions.people import Recipient
from timeline.escalation.prompts import ENDED, MOVED, SHADOW, Prompt, PromptKey, PromptKind, PromptState, Said
from timeline.escalation.task_context import Ground
from timeline.planning.occurrences import Milestone

GONE = "It is no longer on the timeline."


class News(NamedTuple):
    """What somebody should hear: the rung of a correction, and the date it tells (the one told, when it ended)."""

    rung: str
    on: date


def gone(milestone: Milestone) -> Milestone:
    """The milestone as those see it who were told of it, when the rules no longer know it."""
    return replace(milestone, closed_because=milestone.closed_because or GONE)


def off_because(milestone: Milestone) -> str:
    """Why nobody is asked for it any more, as a sentence; empty while it has a date and is to be done."""
    if milestone.closed_because:
        return milestone.closed_because
    if not milestone.ours:
        return "It is no longer ours to do."
    return "" if milestone.due_on else f"It has no date any more: it waits for {' and '.join(milestone.waits_for)}."


def told_last(found: Ground) -> dict[str, Said]:
    """What each person (a key of the directory) was told last, by whatever rung, correction or answer that climbed.

    What was told in a trial run was told to the programme lead.
    """
    rows = [one for one in (*found.said_before, *found.said) if one.accepted_at and one.accepted_at <= found.at]
    rows.sort(key=lambda one: (one.accepted_at, one.written_at))
    return {person: one for one in rows if (person := _reader(found, one))}


def corrections(found: Ground) -> tuple[Prompt, ...]:
    """One prompt for each person who was told last what no longer holds; on its own outcome it gives nothing.

    For a milestone that the rules no longer know, `found` holds it as `gone` makes it.
    """
    return tuple(prompt for person, told in told_last(found).items() for prompt in _corrections(found, person, told))


def why_no_correction(found: Ground, prompt: Prompt) -> str:
    """The reason why a correction must not leave now, as a sentence; empty when it still holds."""
    told = told_last(found).get(prompt.deliver_to)
    if told is None or _reader_of(found, told) is None:
        return "Whoever was told holds no post any more, or may not hear of it now."
    news = news_for(found, told)
    if news == (prompt.key.rung, prompt.key.due_on):
        return ""
    off = off_because(found.milestone)
    if prompt.key.rung == ENDED and not off:
        return "It is to be done after all."
    if prompt.key.rung == MOVED and off:
        return f"It is no longer to be done: {off}"
    if prompt.key.rung == MOVED and found.milestone.due_on != prompt.key.due_on:
        return "The date has moved again since this was written."
    return "It is done." if found.standing.is_done else "There is nothing to correct any more."


def news_for(found: Ground, told: Said) -> News | None:
    """What somebody who was told this last should hear; None when it still holds, or lies behind."""
    if off_because(found.milestone):
        heard = told.key.rung == ENDED or told.key.due_on < found.on
        return None if heard else News(ENDED, told.key.due_on)
    due_on = found.milestone.due_on
    if due_on is None or found.is_history or _holds(told, due_on) or _lies_behind(found, told, due_on):
        return None
    return News(MOVED, due_on)


def _holds(told: Said, due_on: date) -> bool:
    return told.key.rung != ENDED and told.key.due_on == due_on


def _lies_behind(found: Ground, told: Said, due_on: date) -> bool:
    """Both dates have passed, or it was done for the date that holds. Done for an earlier one, it may have to be done
    again.
    """
    response = found.standing.response
    if found.standing.is_done and response:
        return due_on < found.on or response.due_on == due_on
    return due_on < found.on and told.key.due_on < found.on


def _reader(found: Ground, said: Said) -> str:
    """Who has read it: the key of a person."""
    if not said.key.person.startswith(SHADOW):
        return said.key.person
    lead = found.timeline.directory.holder(found.council.programme_lead, on=found.on)
    return lead.person.key if lead else ""


def _reader_of(found: Ground, told: Said) -> Recipient | None:
    """Who reads the correction, for a post that may hear of it now; in a trial run nobody but the lead."""
    in_trial = told.key.person.startswith(SHADOW)
    if found.council.in_shadow(on=found.on) and not in_trial:
        return None
    if in_trial:
        lead = found.timeline.directory.holder(found.council.programme_lead, on=found.on)
        return lead if lead and found.hears(lead.person.key) else None
    return next(_held(found, told.key.person, told.selector), None)


def _held(found: Ground, person: str, selector: str) -> Iterator[Recipient]:
    """The posts for which somebody who may hear of it is written to, the one that the selector means before others."""
    directory = found.timeline.directory
    meant = directory.meant(selector, owner=found.milestone.owner, on=found.on)
    posts = [one.post for one in directory.holders if one.person == person and one.holds(on=found.on)]
    posts.sort(key=lambda post: meant is None or (meant.post.key, meant.person.key) != (post, person))
    named = (Recipient(directory.posts[post], directory.people[person]) for post in posts if post in directory.posts)
    yield from named if found.hears(person) else ()


def _corrections(found: Ground, person: str, told: Said) -> Iterator[Prompt]:
    news, reader = news_for(found, told), _reader_of(found, told)
    if news and reader and not _is_on_its_way(found, person, told, news):
        yield _made(found, told, news, reader)


def _is_on_its_way(found: Ground, person: str, told: Said, news: News) -> bool:
    """Waiting or perhaps sent already; what proved undeliverable is not tried every morning."""
    same = [one for one in _such(found, news) if _reader(found, one) == person]
    waits = any(one.state is PromptState.WAITING for one in same)
    return waits or any(one.undeliverable and told.accepted_at and one.written_at >= told.accepted_at for one in same)


def _such(found: Ground, news: News) -> list[Said]:
    rows = (*found.said_before, *found.said)
    return [one for one in rows if (one.key.rung, one.key.due_on) == news and one.kind is PromptKind.CORRECTION]


def _made(found: Ground, told: Said, news: News, reader: Recipient) -> Prompt:
    meant_for = told.key.person.removeprefix(SHADOW)
    post = next((one.post for one in _held(found, meant_for, told.selector)), reader.post)
    repeat = sum(one.key.person == told.key.person for one in _such(found, news))
    return Prompt(
        key=PromptKey(found.milestone.ref, news.on, news.rung, told.key.person, repeat),
        kind=PromptKind.CORRECTION,
        selector=told.selector,
        post=post.key,
        meant_for=meant_for,
        deliver_to=reader.person.key,
        rung_at=found.at,
        send_at=_leaves_at(found),
        timed=True,
        why=_why(found, told, news),
    )


def _leaves_at(found: Ground) -> datetime:
    """Beside the daily mail, in working time."""
    hours = found.timeline.hours
    at_work = in_working_time(found.at, found.office, hours)
    return found.at if at_work else next_working_instant(found.at, found.office, hours)


def _why(found: Ground, told: Said, news: News) -> str:
    was = f"was told for {long_date(told.key.due_on)}"
    if news.rung == ENDED:
        return f"It {was}. {off_because(found.milestone)}"
    if told.key.rung == ENDED:
        return f"It was told to be off, and is due on {long_date(news.on)} after all."
    return f"It {was}, and is now due on {long_date(news.on)}."
