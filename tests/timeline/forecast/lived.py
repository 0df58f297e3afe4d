"""Live Medway's year on paper, once for each way in which people answer."""

from dataclasses import replace
from datetime import date
from functools import cache

from config.load import TIMELINES, load
from tests.timeline.literals import day
from timeline.definitions.council import CouncilTimeline
from timeline.forecast.behaviour import Behaviour
from timeline.forecast.rehearsal import Rehearsed, rehearse

PUBLISHED = day("Tue 27 Aug 2019")
A_YEAR_ON = day("Thu 27 Aug 2020")


@cache
def medway(live_from: date = PUBLISHED) -> CouncilTimeline:
    """Give the real input, live from a day and out of shadow."""
    council_timeline = load(TIMELINES / "medway-2019.yaml", on=live_from)
    return replace(
        council_timeline,
        council=replace(council_timeline.council, live_from=live_from, shadow_until=None, shadow_by_default=False),
    )


@cache
def year(responses: Behaviour) -> tuple[Rehearsed, ...]:
    return tuple(rehearse(medway(), from_on=PUBLISHED, to_on=A_YEAR_ON, responses=responses))
