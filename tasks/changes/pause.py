"""Pause a duty or a person until a day, and end a pause."""

from collections.abc import Iterator
from datetime import date, datetime

from config.settings import Settings
from models.store import Store
from tasks.changes.record import Refused
from timeline.calendar.london import london_date
from timeline.calendar.wording import long_date, near
from timeline.definitions.addresses import nobody_at
from timeline.definitions.council import CouncilTimeline, Pause
from timeline.escalation.day import horizon
from timeline.planning.pause_dates import beyond, legal_dates, nobody_left, of_duty, risk
from timeline.rules.lexer import LAST_YEAR


def pause(
    store: Store,
    settings: Settings,
    what: str,
    *,
    until: date,
    at: datetime,
    who: str,
    over_legal_dates: bool = False,
) -> Pause:
    """Pause a duty (its key) or somebody (by address or post) from today to `until` (included).

    It replaces an earlier pause of the same by command. `over_legal_dates`: somebody has seen which dates of class A or
    B fall into it (see `risks`), and pauses all the same. Raises Refused.
    """
    given = meant(store, settings, what, until=until, at=at)
    if not over_legal_dates and (sentences := risks(store, settings, given, at=at)):
        raise Refused(" ".join((*sentences, "Nothing was paused.")))
    store.definitions.pause(given, at=at, who=who)
    return given


def meant(store: Store, settings: Settings, what: str, *, until: date, at: datetime) -> Pause:
    """Give the pause that is asked for; changes nothing. Raises Refused."""
    on = london_date(at)
    if not on <= until or until.year > LAST_YEAR:
        raise Refused(f"“{until}” is not to come; expected the last day of the pause, from {on} to {LAST_YEAR}-12-31.")
    obligation, person = _meant(store.definitions.timeline(settings.working_hours), what, on=on)
    return Pause(obligation=obligation, person=person, from_on=on, until_on=until)


def risks(store: Store, settings: Settings, given: Pause, *, at: datetime) -> tuple[str, ...]:
    """List, as sentences, the dates of class A or B about which nobody would be asked in the pause."""
    timeline, planned = store.definitions.timeline(settings.working_hours), store.plan.occurrences()
    done = store.plan.done_refs(frozenset(duty.key for duty in timeline.obligations))
    theirs = nobody_left(timeline, planned, given) if given.person else of_duty(planned, given)
    sentences = [risk(each, given) for each in legal_dates(timeline, theirs, given, done=done)]
    return (*sentences, *beyond(timeline, given, planned_until=horizon(timeline, at=at)))


def resume(store: Store, settings: Settings, what: str, *, at: datetime, who: str) -> None:
    """End a pause made by command; the next flow says what is due then. Raises Refused."""
    timeline = store.definitions.timeline(settings.working_hours)
    on = london_date(at)
    obligation, person = _meant(timeline, what, on=on)
    if not store.definitions.resume(obligation=obligation, person=person, at=at, who=who):
        stated = timeline.paused(obligation, on=on) if obligation else None
        why = "Its pause stands in the timeline file: change it there." if stated else "It is not paused."
        raise Refused(f"“{what}”: {why}")


def falls_due(store: Store, settings: Settings, given: Pause) -> Iterator[str]:
    """List what should not be forgotten during a pause, as sentences."""
    timeline = store.definitions.timeline(settings.working_hours)
    if given.person:
        yield from _nobody_stands_in(timeline, given)
        return
    for milestone in store.plan.milestones(f"{given.obligation}/"):
        if milestone.chased and milestone.due_on and given.holds(on=milestone.due_on):
            due = f"{milestone.ref} is due on {long_date(milestone.due_on)}"
            yield f"{due}, in the pause: “{milestone.title}”. Its date stands."


def _nobody_stands_in(timeline: CouncilTimeline, given: Pause) -> Iterator[str]:
    directory = timeline.directory
    for post in directory.posts_of(given.person, on=given.from_on):
        deputy = directory.posts[post].deputy
        held = directory.holder(deputy, on=given.from_on) if deputy else None
        if held is None:
            yield f"The post {directory.posts[post].title} has no deputy: what is for it goes to its line manager."


def _meant(timeline: CouncilTimeline, what: str, *, on: date) -> tuple[str, str]:
    """Give the keys of the duty and of the person that are named: either one is empty."""
    if "@" in what:
        person = timeline.directory.at_address(what)
        if person is None:
            raise Refused(nobody_at(what, timeline.directory))
        return "", person.key
    duties = frozenset(duty.key for duty in timeline.obligations)
    if what in duties:
        return what, ""
    posts = frozenset(timeline.directory.posts)
    if what not in posts:
        expected = "expected a duty, a post or somebody's address"
        raise Refused(f"There is no duty and no post “{what}”; {expected}.{near(what, duties | posts)}")
    held = timeline.directory.holder(what, on=on)
    if held is None:
        raise Refused(f"Nobody holds the post “{what}” today: there is nobody to leave alone.")
    return "", held.person.key
