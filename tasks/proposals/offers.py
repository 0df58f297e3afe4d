"""List what a form offers, from the timeline: facts, occurrences, posts."""

from collections.abc import Iterator, Sequence
from datetime import date

from tasks.changes.record import fact_names
from tasks.council.run import CouncilRun
from timeline.calendar.wording import plain_name, short_date
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.refs import occurrence_ref
from timeline.planning.occurrences import Occurrence
from timeline.planning.reading_facts import OF_ONE
from timeline.steering.filters import Choice


def facts(run: CouncilRun) -> tuple[Choice, ...]:
    """Offer the facts that the timeline knows; a move, a meeting held and a cancellation have a form of their own."""
    names = sorted(fact_names(run.timeline) - {*OF_ONE})
    return tuple(Choice(name, plain_name(name).capitalize()) for name in names)


def occurrences(run: CouncilRun) -> tuple[Choice, ...]:
    """Offer every occurrence, by duty and date."""
    stored = sorted(run.store.plan.occurrences(), key=lambda each: (each.title, day_of(each) or date.max, each.ref))
    return tuple(Choice(each.ref, _named(each)) for each in stored)


def of_facts(run: CouncilRun) -> tuple[Choice, ...]:
    """Offer what a fact may be about: an occurrence that is there, or the next of those that a fact makes."""
    known = occurrences(run)
    return *_next(run.timeline, known), *known


def posts(run: CouncilRun) -> tuple[Choice, ...]:
    """Offer the posts by their titles."""
    titles = ((post.key, post.title) for post in run.timeline.directory.posts.values())
    return tuple(sorted((Choice(*each) for each in titles), key=lambda choice: choice.text))


def day_of(occurrence: Occurrence) -> date | None:
    """Give the first day of an occurrence, or of its window."""
    return occurrence.starts_on or occurrence.opens_on or occurrence.working_on or occurrence.legal_on


def _named(occurrence: Occurrence) -> str:
    on = day_of(occurrence)
    last_on = occurrence.ends_on if occurrence.starts_on else occurrence.closes_on
    span = f" to {short_date(last_on)}" if last_on and last_on != on else ""
    when = f"{short_date(on)}{span}" if on else "no date yet"
    return f"{occurrence.title}: {when}, {occurrence.state.value} ({occurrence.ref})"


def _next(timeline: CouncilTimeline, known: Sequence[Choice]) -> Iterator[Choice]:
    refs = {choice.value for choice in known}
    for duty in timeline.obligations:
        if duty.each or duty.again:
            number = next(n for n in range(1, len(refs) + 2) if occurrence_ref(duty.key, n) not in refs)
            ref = occurrence_ref(duty.key, number)
            yield Choice(ref, f"{duty.title}: a new one ({ref})")
