"""The look ahead: whether every step of the coming weeks would reach a person who is there, by a way that works."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from timeline.assurance.evidence import Evidence
from timeline.assurance.run import Unowned, UnownedKind
from timeline.calendar.bank_holidays import LONDON
from timeline.definitions.duties import LINE_MANAGER, OWNER
from timeline.definitions.people import Recipient
from timeline.definitions.selectors import line_meant
from timeline.delivery.contact_methods import MAIL, Reach, Way, personal
from timeline.escalation.addressing import To, told_instead
from timeline.escalation.day import horizon, open_milestones
from timeline.escalation.prompts import Said
from timeline.escalation.rung_times import Moment
from timeline.escalation.task_context import Ground, ground
from timeline.planning.occurrences import Milestone
from timeline.planning.plan import plan

LOOKS_AHEAD = timedelta(days=60)


def unowned(evidence: Evidence, reach: Reach, *, at: datetime) -> tuple[Unowned, ...]:
    """What would reach nobody, or not as it is meant to, in the next 60 days, as people and channels are known now.

    One for each duty, post and reason, with the first day that it bears on; the earliest first.
    """
    found: dict[tuple[str, ...], Unowned] = {}
    for one in _all(evidence, reach, at):
        known = found.setdefault(one.same, one)
        found[one.same] = replace(known, first_on=min(known.first_on, one.first_on))
    return tuple(sorted(found.values(), key=lambda one: (one.first_on, one.post, one.duty)))


def _all(evidence: Evidence, reach: Reach, at: datetime) -> Iterator[Unowned]:
    timeline, until = evidence.timeline, at + LOOKS_AHEAD
    said = _by_task(evidence)
    for occurrence in plan(timeline, at=at, until=horizon(timeline, at=at)):
        for task in open_milestones(occurrence):
            frozen = replace(task, ladder=evidence.ladders.get(task.ref, task.ladder))
            rows, answers = said.get(task.ref, ()), evidence.responses.get(task.ref, ())
            now = ground(timeline, frozen, rows, answers, at=at)
            if task.chased and not now.is_history and not now.standing.is_done:
                for moment in _coming(now, until):
                    then = ground(timeline, frozen, rows, answers, at=moment.at)
                    yield from _at_one_moment(then, moment, reach)


def _by_task(evidence: Evidence) -> Mapping[str, list[Said]]:
    found: dict[str, list[Said]] = {}
    for row in evidence.rows:
        found.setdefault(row.key.milestone, []).append(row.said)
    return found


def _coming(now: Ground, until: datetime) -> list[Moment]:
    """The moments still to come. Where nobody has been asked yet, what counts from the first mail is left out: the same
    posts are meant by the steps beside it.
    """
    return [one for one in now.moments() if now.at < one.at <= until]


def _at_one_moment(then: Ground, moment: Moment, reach: Reach) -> Iterator[Unowned]:
    if then.pause or then.silenced(moment.rung, until=moment.at):
        return
    for selector in moment.rung.to:
        to = then.recipient(selector)
        if then.is_unowned(selector):
            yield _nobody(then, selector, told_instead(then, moment, selector, then.moments()))
        elif to is not None:
            yield from _vacant(then, selector, to)
            yield from _unreachable(then, moment, to, reach)


def _nobody(then: Ground, selector: str, instead: To | None) -> Unowned:
    told = f"{instead.recipient.post.title} would be told instead" if instead else "nobody would be told instead"
    why = f"Nobody is there for this post: {told}."
    return _one(then, UnownedKind.NOBODY, _post(then, selector), why, "Name a holder, or a deputy who is there.")


def _vacant(then: Ground, selector: str, to: Recipient) -> Iterator[Unowned]:
    post, directory = _post(then, selector), then.timeline.directory
    given_on = selector == OWNER and then.delegate() is not None
    if post in directory.posts and not given_on and directory.holder(post, on=then.on) is None:
        why = f"The post has no holder: {to.post.title} would be asked in its place."
        yield _one(then, UnownedKind.VACANT, post, why, "Name a holder in the timeline and apply it.")


def _unreachable(then: Ground, moment: Moment, meant: Recipient, reach: Reach) -> Iterator[Unowned]:
    to = then.delivered_to(meant)
    if to is None:
        return
    usual = list(personal(to.person, reach))
    open_ = [one for one in usual if one not in reach.dead]
    if not usual or usual[0] in reach.dead:
        yield _dead(then, to, usual, open_, reach)
    for name in moment.rung.channels if moment.rung.channels != (MAIL,) else ():
        outlet = reach.outlets.get(name)
        if outlet is None:
            why, helps = f"The channel {name} is not set up.", "Set it up in DAYMARK_CHANNELS."
            yield _one(then, UnownedKind.CHANNEL, to.post.key, why, helps)
        elif not outlet.several and not outlet.address(to.person):
            why = f"The channel {name} does not know where to reach the holder."
            yield _one(then, UnownedKind.CHANNEL, to.post.key, why, f"Give the holder's {outlet.needs.value}.")


def _dead(then: Ground, to: Recipient, usual: list[Way], open_: list[Way], reach: Reach) -> Unowned:
    what = f"What we sent by {usual[0].channel} came back." if usual else "The holder has no address."
    deputy = then.timeline.directory.deputy_of(to.person.key, on=then.on)
    manager = then.recipient(LINE_MANAGER) if to.meant.key == then.milestone.owner else None
    if open_:
        otherwise = f"It leaves by {open_[0].channel} instead."
    elif deputy and any(one not in reach.dead for one in personal(deputy.person, reach)):
        otherwise = f"It goes to {deputy.post.title}, the deputy, instead."
    elif manager and any(one not in reach.dead for one in personal(manager.person, reach)):
        otherwise = f"It goes to {manager.post.title}, the line manager, instead."
    else:
        otherwise = "Nobody else is reached in their place."
    helps = "Put the address right in the timeline and apply it."
    return _one(then, UnownedKind.UNREACHABLE, to.post.key, f"{what} {otherwise}", helps)


def _post(then: Ground, selector: str) -> str:
    """The post that a selector means by itself."""
    posts = line_meant(then.timeline.directory, selector, owner=then.milestone.owner)
    return next(iter(posts), then.milestone.owner)


def _one(then: Ground, kind: UnownedKind, post: str, why: str, helps: str) -> Unowned:
    task: Milestone = then.milestone
    restricted = any(one.until is None or then.at < one.until for one in task.embargoes)
    return Unowned(
        kind=kind,
        post=post,
        duty=task.obligation,
        first_on=then.at.astimezone(LONDON).date(),
        why=why,
        helps=helps,
        restricted=restricted,
    )
