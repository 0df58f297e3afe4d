"""When to look at a milestone again, and when its owner will next be asked."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from timeline.calendar.bank_holidays import LONDON
from timeline.definitions.duties import OWNER, Mark
from timeline.escalation.addressing import told_instead
from timeline.escalation.rung_times import Moment
from timeline.escalation.task_context import Ground


def next_rung_at(found: Ground, *, until: datetime) -> datetime | None:
    """The next instant after `until` at which something may be due, or None when the ladder has ended.

    A moment of the ladder, the end of an acknowledgement or of the shadow, a change of holder, the lifting of an
    embargo, a holiday that comes to be known, or tomorrow while a rung is held up (the owner has not had a day yet).
    In a pause nothing is due before its end.
    """
    if found.pause:
        return found.pause.ends_at
    tomorrow = _start(until.astimezone(LONDON).date() + timedelta(days=1))
    wanted = found.moments()
    held_up = any(moment.at <= until and _may_still_be_said(found, moment, tomorrow, wanted) for moment in wanted)
    later = [moment.at for moment in wanted if moment.at > until]
    if later:
        # A holiday that comes to be known moves the days that are still to come.
        later += [known_at for known_at in found.timeline.proclaimed_at if known_at > until]
    return min([*later, *changes(found, until), *([tomorrow] if held_up else [])], default=None)


def asks_again_at(found: Ground) -> datetime | None:
    """When the owner will next be asked, if nothing else is answered: a rung that comes, or one that an
    acknowledgement holds back until it runs out.
    """
    wanted = found.moments()
    return min((at for moment in wanted if (at := _asks_at(found, moment, wanted)) and at > found.at), default=None)


def _asks_at(found: Ground, moment: Moment, wanted: Sequence[Moment]) -> datetime | None:
    if OWNER not in moment.rung.to or _was_said(found, moment, (OWNER,), wanted) or found.milestone.due_on is None:
        return None
    held = found.standing.until_at if found.silenced(moment.rung, until=moment.at) else None
    at = max(moment.at, held) if held else moment.at
    pause = found.timeline.paused(found.milestone.obligation, on=at.astimezone(LONDON).date())
    at = max(at, pause.ends_at) if pause else at
    counts_after = moment.rung.mark is Mark.AFTER_DUE
    return at if counts_after or at.date() <= found.milestone.due_on else None


def _may_still_be_said(found: Ground, moment: Moment, at: datetime, wanted: Sequence[Moment]) -> bool:
    due_on = found.milestone.due_on
    in_time = moment.rung.mark is Mark.AFTER_DUE or (due_on is not None and at.date() <= due_on)
    return in_time and not _was_said(found, moment, moment.rung.to, wanted)


def _was_said(found: Ground, moment: Moment, selectors: tuple[str, ...], wanted: Sequence[Moment]) -> bool:
    """Whether everybody whom it may reach today has had it, with whoever is told where nobody is there."""
    reached = (told_instead(found, moment, selector, wanted) for selector in selectors)
    people = {found.person_key(to.recipient) for to in reached if to}
    said = (one for one in found.said if not one.paused)
    rows = {one.key.person for one in said if (one.key.rung, one.key.repeat) == (moment.rung.key, moment.repeat)}
    return people <= rows


def changes(found: Ground, until: datetime) -> Iterator[datetime]:
    """When an answer has run out, or somebody else may hear of it."""
    shadow_until = found.council.shadow_until
    if found.standing.until_at and found.standing.until_at > until:
        yield found.standing.until_at
    if shadow_until and found.council.in_shadow(on=found.on):
        yield _start(shadow_until + timedelta(days=1))
    yield from (one.until for one in found.milestone.embargoes if one.until and one.until > found.at)
    yield from map(_start, found.timeline.directory.changes_after(until.astimezone(LONDON).date()))


def _start(on: date) -> datetime:
    return datetime.combine(on, time(), LONDON)
