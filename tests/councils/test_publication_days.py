"""Test a sweep of publication days: each working day of three years, with every practice of the catalogue on."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.councils.invented import invented
from tests.councils.laws import above_the_bounds
from tests.support.rotation import part
from tests.timeline.independent import disagreements
from timeline.calendar.bank_holidays import calendars
from timeline.calendar.london import months_after, start_of_day
from timeline.definitions.council import CouncilTimeline
from timeline.forecast.rehearsal import rehearse
from timeline.planning.occurrences import Occurrence
from timeline.planning.plan import plan

LAW = calendars().law
FROM_ON, DAYS = date(2024, 9, 2), 3 * 365
PUBLISHED_ON = [on for on in (FROM_ON + timedelta(days=n) for n in range(DAYS)) if LAW.is_working(on)]
WITH_EVERY_PRACTICE = 21
ABOUT_DAYS = ("report_received", "report_published", "statutory_direction", "commissioner_report_due")


@pytest.mark.parametrize("on", part(PUBLISHED_ON, one_in=150), ids=str)
def test_every_date_holds_whatever_the_day_of_publication(on: date) -> None:
    timeline, until = published(on), months_after(on, 12)
    at = start_of_day(on + timedelta(days=1))
    occurrences = plan(timeline, at=at, until=until)
    assert disagreements(timeline, occurrences, at=at, until=until) == []
    assert list(_too_early(timeline, occurrences, on)) == []
    assert [each.ref for each in occurrences if not (each.last_on or each.waits_for)] == []


@pytest.mark.long("rehearses a year for each day of publication; the build rehearses those of invented councils")
@pytest.mark.parametrize("on", PUBLISHED_ON, ids=str)
def test_nobody_gets_too_many_mails_whatever_the_day_of_publication(on: date) -> None:
    timeline, to_on = published(on), min(months_after(on, 12), LAW.last_on)
    rehearsed = rehearse(timeline, from_on=on, to_on=to_on, responses="always")
    assert list(above_the_bounds(timeline, tuple(rehearsed))) == []


def published(on: date) -> CouncilTimeline:
    """Give a council with a direction on the day of publication and a report of the commissioner three months later."""
    base = invented(WITH_EVERY_PRACTICE).timeline
    days = (LAW.subtract(on, 4), on, on, on + timedelta(days=94))
    facts = {fact.name: fact for fact in reversed(base.facts) if fact.occurrence is None}
    stated = tuple(
        replace(facts[name], on=day, until=None, known_at=start_of_day(min(day, on)))
        for name, day in zip(ABOUT_DAYS, days, strict=True)
    )
    return replace(base, facts=stated, council=replace(base.council, live_from=on, pre_election_periods=()))


def _too_early(timeline: CouncilTimeline, occurrences: tuple[Occurrence, ...], on: date) -> Iterator[str]:
    """Give what is asked for before anybody could begin, and each working date on a day off."""
    for occurrence in occurrences:
        for task in occurrence.milestones:
            if (
                task.chased
                and task.due_on
                and (task.due_on < on or not timeline.calendars.office.is_working(task.due_on))
            ):
                yield f"{task.ref} is due on {task.due_on}, published on {on}"
