"""Count the mails a post gets each week, compared with the bounds of the design ("What people read")."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from timeline.calendar.london import london_date, months_after, start_of_week
from timeline.calendar.wording import count, long_date
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.duties import DutyClass, Level
from timeline.director.monday_schedule import MONDAY
from timeline.forecast.behaviour import Behaviour, supposed
from timeline.forecast.rehearsal import Rehearsed, rehearse

BOUNDS: dict[Level, int] = {Level.DIRECTOR: 3, Level.CHIEF_EXECUTIVE: 1}
OFFICERS_BOUND = 5
SUPPOSED: Behaviour = "always"
"""What a year's load supposes of people: the bounds are for a council that works, not for one that nobody runs."""


class Overload(NamedTuple):
    """Hold a post that would get more mails in the week from `monday_on` than its bound."""

    post: str
    monday_on: date
    mails: int
    bound: int


def mails_a_week(told: Iterable[Rehearsed], timeline: CouncilTimeline) -> dict[tuple[str, date], int]:
    """Count distinct messages by post and Monday; class A does not count for the chief executive.

    The director's Monday mail counts in each week in which anybody is written to.
    """
    messages: dict[tuple[str, date], set[str]] = defaultdict(set)
    for rehearsed in told:
        post, at = rehearsed.prompt.post, rehearsed.at
        level = timeline.directory.posts[post].level
        if level is Level.CHIEF_EXECUTIVE and rehearsed.milestone.duty_class is DutyClass.A:
            continue
        monday_on = start_of_week(london_date(at))
        messages[post, monday_on].add(rehearsed.message)
    director = timeline.council.director
    if director in timeline.directory.posts:
        for monday_on in {monday_on for _, monday_on in messages}:
            messages[director, monday_on].add(MONDAY)
    return {key: len(names) for key, names in messages.items()}


def bound_of(post: str, timeline: CouncilTimeline) -> int:
    """Give the number of mails a week that a post may get."""
    return BOUNDS.get(timeline.directory.posts[post].level, OFFICERS_BOUND)


def overloads(told: Iterable[Rehearsed], timeline: CouncilTimeline) -> tuple[Overload, ...]:
    """Find every week in which a post is above its bound, in order."""
    counts = mails_a_week(told, timeline)
    weeks = (Overload(post, monday_on, mails, bound_of(post, timeline)) for (post, monday_on), mails in counts.items())
    return tuple(sorted(overload for overload in weeks if overload.mails > overload.bound))


def in_words(
    overloads: Iterable[Overload], timeline: CouncilTimeline, *, responses: Behaviour
) -> Iterator[tuple[str, str]]:
    """Word each post above its bound, such as "Director of People: above 3 mails in 15 weeks, most in …, if nobody
    answers.": the same weeks with other answers have other numbers.

    Expects the order of `overloads`; among weeks with equally many mails it names the first.
    """
    for post, theirs in groupby(overloads, key=attrgetter("post")):
        above = tuple(theirs)
        most = max(above, key=attrgetter("mails"))
        worst = f"most in the week from {long_date(most.monday_on)} ({most.mails})"
        title = timeline.directory.posts[post].title
        weeks = f"above {count(most.bound, 'mail')} in {count(len(above), 'week')}"
        yield post, f"{title}: {weeks}, {worst}, {supposed(responses)}."


def of_a_year(timeline: CouncilTimeline, *, from_on: date) -> tuple[tuple[str, str], ...]:
    """Word the same for the twelve months from a day, rehearsed with people who answer, without a trial run.

    Raises BeyondCalendar past the verified years.
    """
    to_on = min(months_after(from_on, 12), timeline.calendars.law.last_on)
    live = replace(timeline, council=replace(timeline.council, live_from=from_on, shadow_until=None))
    rehearsed = rehearse(live, from_on=from_on, to_on=to_on, responses=SUPPOSED)
    return tuple(in_words(overloads(rehearsed, live), live, responses=SUPPOSED))
