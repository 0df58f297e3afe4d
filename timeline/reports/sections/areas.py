"""Follow an area for improvement: from Ofsted's finding through actions and evidence to what has changed."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from timeline.planning.occurrences import OccurrenceState
from timeline.programme.actions import Action, standing
from timeline.programme.measures import Measure
from timeline.programme.papers import Evidence
from timeline.programme.programme import Improvement
from timeline.reports.document import Missing, Part, Points, Table
from timeline.reports.sections.measures import direction, said
from timeline.reports.sections.plan import days, owner, stands_in_words
from timeline.reports.situation import Situation, plain_date, sentence

VISITS = ("monitoring-visit", "action-planning-visit")


class Area(NamedTuple):
    """Hold what is tied to an area for improvement."""

    title: str
    actions: tuple[Action, ...]
    evidence: tuple[Evidence, ...]
    measures: tuple[Measure, ...]
    improvements: tuple[Improvement, ...]


class Change(NamedTuple):
    """Hold something that was stated on a day, by a post, in a sentence."""

    on: date
    what: str
    by: str


def area(key: str, now: Situation) -> Area:
    """Gather what is tied to an area by its key."""
    programme = now.programme
    actions = tuple(each for each in programme.actions.values() if key in each.areas)
    brought = dict.fromkeys(name for action in actions for name in action.evidence)
    return Area(
        title=programme.areas[key].title,
        actions=actions,
        # Evidence of a later day is not known yet.
        evidence=tuple(programme.evidence[name] for name in brought if name in programme.evidence),
        measures=tuple(each for each in programme.measures.values() if key in each.areas),
        improvements=tuple(each for each in programme.improvements.values() if key in each.areas),
    )


def actions_table(of: Area, now: Situation) -> Iterator[Part]:
    """Show the actions of an area with their posts, days and how they stand."""
    rows = tuple(
        ((action.title,), (owner(action, now),), days(action, stands), stands_in_words(stands))
        for action in of.actions
        for stands in (standing(action, on=now.on),)
    )
    if rows:
        yield Table("Actions", ("Action", "Owner", "Due", "How it stands"), rows, (5, 2, 2, 3))
    else:
        yield Missing("No action of the plan is tied to this area.")


def evidence_table(of: Area, now: Situation) -> Iterator[Part]:
    """Show the evidence of an area: its day, who brought it, who checked it, and until when it counts."""
    rows = tuple(_evidence(each, now) for each in of.evidence)
    columns = ("Evidence", "Of", "Brought by", "Checked by", "Counts until")
    if rows:
        yield Table("Evidence", columns, rows, (5, 2, 2, 2, 2))
    else:
        yield Missing("No evidence is recorded for the actions of this area.")


def _evidence(each: Evidence, now: Situation) -> tuple[tuple[str, ...], ...]:
    until = plain_date(each.expires_on) if each.expires_on else "no end"
    expired = (f"{until}: it has expired",) if each.has_expired(now.on) else (until,)
    checked = now.post(each.checked_by) if each.checked_by else "nobody yet"
    checked_on = (plain_date(each.checked_on),) if each.checked_on else ()
    link = (each.link,) if each.link else ()
    return ((each.title, *link), (plain_date(each.on),), (now.post(each.owner),), (checked, *checked_on), expired)


def impact(of: Area, now: Situation) -> Iterator[Part]:
    """Say what has changed for children: the measures of an area, and the improvements that were made."""
    points = (*(said(measure, now) for measure in of.measures), *(sentence(each.title) for each in of.improvements))
    if points:
        yield Points(points)
    else:
        yield Missing("No measure and no improvement is tied to this area, so nothing shows whether it got better.")


def changes(of: Area, now: Situation, *, since: date) -> tuple[Change, ...]:
    """List what was stated about an area after a day, in the order of the days."""
    return tuple(sorted(each for each in _stated(of, now) if each.on > since))


def _stated(of: Area, now: Situation) -> Iterator[Change]:
    for action in of.actions:
        for update in action.updates:
            why = f" ({_in_brackets(update.why)})" if update.why else ""
            yield Change(update.on, f"{action.title}: {update.progress.value}{why}", now.post(update.by))
        for rebase in action.rebases:
            new_date = f"new date {plain_date(rebase.due_on)} ({_in_brackets(rebase.why)})"
            yield Change(rebase.on, f"{action.title}: {new_date}", now.post(rebase.by))
    for measure in of.measures:
        for value in measure.values:
            yield Change(value.on, f"{measure.title}: {measure.public(value)}", now.post(value.by))
    for each in of.evidence:
        yield Change(each.on, f"Evidence: {each.title}", now.post(each.owner))
        if each.checked_by and each.checked_on:
            yield Change(each.checked_on, f"Evidence checked: {each.title}", now.post(each.checked_by))


def _in_brackets(words: str) -> str:
    """Leave out the last full stop of words that stand in brackets: the sentence round them has its own."""
    return words.removesuffix(".")


def last_visit(now: Situation) -> tuple[date, str]:
    """Give the last day of Ofsted's last visit in words; before the first, the day of publication."""
    held = (OccurrenceState.TOOK_PLACE, OccurrenceState.CONFIRMED, OccurrenceState.POSTPONED)
    ends = [
        each.ends_on
        for each in now.told.occurrences
        if each.obligation in VISITS and each.state in held and each.ends_on and each.ends_on < now.on
    ]
    if ends:
        return max(ends), f"Ofsted's last visit, which ended on {plain_date(max(ends))}"
    published_on = now.programme.inspection.published_on
    return published_on, f"the report was published on {plain_date(published_on)}: no visit has taken place since"


def by_area(now: Situation) -> Iterator[Part]:
    """Show the areas beside each other: actions with their colour, valid evidence, and the direction of measures."""
    rows = tuple(_row(area(key, now), now) for key in now.programme.areas)
    columns = ("Area for improvement", "Actions", "Evidence", "Impact")
    if rows:
        yield Table("Progress by area", columns, rows, (4, 4, 2, 3))
    else:
        yield Missing("No area for improvement is recorded.")


def _row(of: Area, now: Situation) -> tuple[tuple[str, ...], ...]:
    actions = tuple(f"{standing(action, on=now.on).rag.value.capitalize()}: {action.title}" for action in of.actions)
    counting = tuple(each.title for each in of.evidence if not each.has_expired(now.on))
    measured = tuple(f"{measure.title}: {direction(measure, now)}" for measure in of.measures)
    return (
        (of.title,),
        actions or ("No action is tied to it.",),
        counting or ("None.",),
        (*measured, *(each.title for each in of.improvements)) or ("Nothing is measured.",),
    )
