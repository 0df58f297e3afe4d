"""Check that every step of the coming weeks would reach a person who is there, by a channel that works."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from timeline.assurance.evidence import Evidence
from timeline.assurance.run import Unowned, UnownedKind
from timeline.calendar.london import london_date
from timeline.definitions.duties import LINE_MANAGER, OWNER
from timeline.definitions.facts import under_embargo
from timeline.definitions.people import Recipient
from timeline.definitions.selectors import line_meant
from timeline.delivery.contact_methods import MAIL, ContactMethod, Reachability, personal
from timeline.escalation.addressing import Addressee, fallback_recipient
from timeline.escalation.day import horizon, open_milestones
from timeline.escalation.prompts import LedgerEntry
from timeline.escalation.rung_times import RungTime
from timeline.escalation.task_context import TaskContext, task_context
from timeline.planning.occurrences import Milestone
from timeline.planning.plan import plan

LOOKS_AHEAD = timedelta(days=60)


def unassigned_steps(evidence: Evidence, reachability: Reachability, *, at: datetime) -> tuple[Unowned, ...]:
    """List the steps of the next 60 days that would reach nobody, or not as meant, with people and channels as now.

    There is a single entry for each duty, post and reason, with its first day; the earliest comes first.
    """
    earliest: dict[tuple[str, ...], Unowned] = {}
    for unowned in _all(evidence, reachability, at):
        known = earliest.setdefault(unowned.same, unowned)
        earliest[unowned.same] = replace(known, first_on=min(known.first_on, unowned.first_on))
    return tuple(sorted(earliest.values(), key=lambda unowned: (unowned.first_on, unowned.post, unowned.duty)))


def _all(evidence: Evidence, reachability: Reachability, at: datetime) -> Iterator[Unowned]:
    timeline, until = evidence.timeline, at + LOOKS_AHEAD
    entries = _by_task(evidence)
    for occurrence in plan(timeline, at=at, until=horizon(timeline, at=at)):
        for task in (task for task in open_milestones(occurrence) if not evidence.settles(task)):
            frozen = replace(task, ladder=evidence.ladders.get(task.ref, task.ladder))
            rows, answers = entries.get(task.ref, ()), evidence.responses.get(task.ref, ())
            now = task_context(timeline, frozen, rows, answers, at=at)
            if task.chased and not now.is_history and not now.status.is_done:
                for rung_time in _coming(now, until):
                    then = task_context(timeline, frozen, rows, answers, at=rung_time.at)
                    yield from _at_rung_time(then, rung_time, reachability)


def _by_task(evidence: Evidence) -> Mapping[str, list[LedgerEntry]]:
    entries: dict[str, list[LedgerEntry]] = {}
    for row in evidence.rows:
        entries.setdefault(row.key.milestone, []).append(row.entry)
    return entries


def _coming(now: TaskContext, until: datetime) -> list[RungTime]:
    """List the rung times still to come.

    Before anybody has been asked, rungs that count from the first mail have no time yet; others mean the same posts.
    """
    return [rung_time for rung_time in now.rung_times() if now.at < rung_time.at <= until]


def _at_rung_time(then: TaskContext, rung_time: RungTime, reachability: Reachability) -> Iterator[Unowned]:
    if then.pause or then.is_silenced(rung_time.rung, until=rung_time.at):
        return
    for selector in rung_time.rung.to:
        to = then.audience.recipient(selector)
        if then.audience.is_unowned(selector):
            yield _nobody(then, selector, fallback_recipient(then, rung_time, selector, then.rung_times()))
        elif to is not None:
            yield from _vacant(then, selector, to)
            yield from _unreachable(then, rung_time, to, reachability)


def _nobody(then: TaskContext, selector: str, instead: Addressee | None) -> Unowned:
    told = f"{instead.recipient.post.title} would be told instead" if instead else "nobody would be told instead"
    why = f"Nobody is there for this post: {told}."
    return _unowned(then, UnownedKind.NOBODY, _post(then, selector), why, "Name a holder, or a deputy who is there.")


def _vacant(then: TaskContext, selector: str, to: Recipient) -> Iterator[Unowned]:
    post, directory = _post(then, selector), then.timeline.directory
    given_on = selector == OWNER and then.audience.delegate() is not None
    if post in directory.posts and not given_on and directory.holder(post, on=then.on) is None:
        why = f"The post has no holder: {to.post.title} would be asked in its place."
        yield _unowned(then, UnownedKind.VACANT, post, why, "Name a holder in the timeline and apply it.")


def _unreachable(
    then: TaskContext, rung_time: RungTime, meant: Recipient, reachability: Reachability
) -> Iterator[Unowned]:
    to = then.audience.delivered_to(meant)
    if to is None:
        return
    usual = list(personal(to.person, reachability))
    open_ = [method for method in usual if method not in reachability.dead]
    if not usual or usual[0] in reachability.dead:
        yield _dead(then, to, usual, open_, reachability)
    for name in rung_time.rung.channels if rung_time.rung.channels != (MAIL,) else ():
        info = reachability.outlets.get(name)
        if info is None:
            why, helps = f"The channel {name} is not set up.", "Set it up in DAYMARK_CHANNELS."
            yield _unowned(then, UnownedKind.CHANNEL, to.post.key, why, helps)
        elif not info.several and not info.address(to.person):
            why = f"The channel {name} does not know where to reach the holder."
            yield _unowned(then, UnownedKind.CHANNEL, to.post.key, why, f"Give the holder's {info.needs.value}.")


def _dead(
    then: TaskContext, to: Recipient, usual: list[ContactMethod], open_: list[ContactMethod], reachability: Reachability
) -> Unowned:
    what = f"What we sent by {usual[0].channel} came back." if usual else "The holder has no address."
    if usual and usual[0] in reachability.nowhere:
        what = "The holder's address is a placeholder, which no mail reaches."
    deputy = then.timeline.directory.deputy_of(to.person.key, on=then.on)
    manager = then.audience.recipient(LINE_MANAGER) if to.meant.key == then.milestone.owner else None
    if open_:
        otherwise = f"It leaves by {open_[0].channel} instead."
    elif deputy and any(method not in reachability.dead for method in personal(deputy.person, reachability)):
        otherwise = f"It goes to {deputy.post.title}, the deputy, instead."
    elif manager and any(method not in reachability.dead for method in personal(manager.person, reachability)):
        otherwise = f"It goes to {manager.post.title}, the line manager, instead."
    else:
        otherwise = "Nobody else is reached in their place."
    helps = "Put the address right in the timeline and apply it."
    return _unowned(then, UnownedKind.UNREACHABLE, to.post.key, f"{what} {otherwise}", helps)


def _post(then: TaskContext, selector: str) -> str:
    """Give the key of the post that a selector means by itself."""
    posts = line_meant(then.timeline.directory, selector, owner=then.milestone.owner)
    return next(iter(posts), then.milestone.owner)


def _unowned(then: TaskContext, kind: UnownedKind, post: str, why: str, helps: str) -> Unowned:
    task: Milestone = then.milestone
    return Unowned(
        kind=kind,
        post=post,
        duty=task.obligation,
        first_on=london_date(then.at),
        why=why,
        helps=helps,
        restricted=under_embargo(task.embargoes, at=then.at),
    )
