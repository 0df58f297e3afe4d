"""Hold the Medway case as the files state it: its timeline, its duties and its dates."""

from datetime import date
from functools import cache

from config.load import TIMELINES, load
from tests.timeline.literals import at, day
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.duties import Obligation
from timeline.planning.occurrences import Occurrence
from timeline.planning.plan import plan

NAMED = ("action-plan", "commissioner-report", "monitoring-visit", "plo-panel", "practice-manager-training")


@cache
def medway() -> CouncilTimeline:
    return load(TIMELINES / "medway-2019.yaml", on=date(2019, 8, 27))


@cache
def duties() -> dict[str, Obligation]:
    return {duty.key: duty for duty in medway().obligations}


@cache
def planned(when: str = "Wed 4 Sep 2019 07:30", until: str = "Fri 28 Aug 2020") -> dict[str, Occurrence]:
    return {occurrence.ref: occurrence for occurrence in plan(medway(), at=at(when), until=day(until))}


@cache
def history() -> CouncilTimeline:
    return load(TIMELINES / "medway-history.yaml", on=date(2019, 8, 27))


def lived(when: str, until: str = "Thu 31 Aug 2023") -> dict[str, Occurrence]:
    return {occurrence.ref: occurrence for occurrence in plan(history(), at=at(when), until=day(until))}
