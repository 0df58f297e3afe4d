"""Tell how long dates take: one council after a changed fact, a year of a thousand tasks, every council of England.

`python -m tests.benchmarks.bench_plans`; the aims are 0.2 s, 5 s and 30 s. Beside each stands a peer that works out as
many dates with numpy's busday functions, one call each, and nothing else: no reasons, no ladders, no people.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np

from config.load import load
from timeline.calendar.bank_holidays import official
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.duties import Obligation
from timeline.definitions.facts import Fact
from timeline.forecast.rehearsal import rehearse
from timeline.planning.occurrences import Occurrence
from timeline.planning.plan import plan

MEDWAY = Path("config/timelines/medway-2019.yaml")
FROM_ON, AT = date(2019, 8, 28), datetime(2019, 8, 28, 9, tzinfo=UTC)
TWO_YEARS = FROM_ON + timedelta(days=731)
COUNCILS, MILESTONES, ROUNDS = 153, 1000, 5


def timed(work: Callable[[], int], rounds: int = ROUNDS) -> tuple[float, int]:
    """Give the median seconds of some rounds, and what the work counted."""
    seconds, counted = [], 0
    for _ in range(rounds):
        begun = perf_counter()
        counted = work()
        seconds.append(perf_counter() - begun)
    return median(seconds), counted


def dates_in(occurrences: tuple[Occurrence, ...]) -> int:
    return sum(1 + len(occurrence.milestones) for occurrence in occurrences)


def with_numpy(dates: int) -> int:
    """Give the peer: so many dates, each the 70th working day after some day."""
    off = np.busdaycalendar(holidays=np.array(sorted(official()), dtype="datetime64[D]"))
    begin = np.datetime64(FROM_ON)
    return sum(1 for n in range(dates) if np.busday_offset(begin + n % 700, 70, roll="backward", busdaycal=off))


def changed(timeline: CouncilTimeline, day: int) -> CouncilTimeline:
    """Give the same council after another day was recorded for the receipt of the report."""
    on = date(2019, 8, 19) + timedelta(days=day % 5)
    moved = Fact(name="report_received", on=on, known_at=AT - timedelta(hours=1), who="Ofsted", source="letter")
    return replace(timeline, facts=(*timeline.facts, moved))


def council_number(timeline: CouncilTimeline, n: int) -> CouncilTimeline:
    """Give another council, judged some weeks earlier or later."""
    by = timedelta(weeks=n - COUNCILS // 2)
    facts = (replace(fact, on=fact.on + by, until=fact.until and fact.until + by) for fact in timeline.facts)
    return replace(timeline, council=replace(timeline.council, key=f"c{n}"), facts=tuple(facts))


def of_a_thousand(timeline: CouncilTimeline) -> CouncilTimeline:
    """Give the council with its duties copied until a year has a thousand tasks."""
    duties: list[Obligation] = []
    copy = 0
    while _tasks(replace(timeline, obligations=tuple(duties))) < MILESTONES:
        duties += [
            replace(duty, key=f"{duty.key}-{copy}") for duty in timeline.obligations if duty.rule.startswith("mon")
        ]
        copy += 1
    live = replace(timeline.council, live_from=FROM_ON, shadow_until=None)
    return replace(timeline, council=live, obligations=tuple(duties))


def _tasks(timeline: CouncilTimeline) -> int:
    occurrences = plan(timeline, at=AT, until=FROM_ON + timedelta(days=365))
    return sum(len(occurrence.milestones) for occurrence in occurrences)


def tell(what: str, aim: float, seconds: float, counted: int, peer: float) -> None:
    verdict = "within" if seconds <= aim else "ABOVE"
    print(
        f"{what:<46} {seconds:7.3f} s  {counted:6} dates  {verdict} {aim:g} s; {seconds / peer:6.1f} times numpy alone"
    )


def main() -> None:
    medway = load(MEDWAY, on=FROM_ON)
    day = iter(range(10_000))
    seconds, dates = timed(lambda: dates_in(plan(changed(medway, next(day)), at=AT, until=TWO_YEARS)))
    tell("re-planning one council after a changed fact", 0.2, seconds, dates, timed(lambda: with_numpy(dates))[0])

    large = of_a_thousand(medway)
    tasks, year = _tasks(large), {"from_on": FROM_ON, "to_on": FROM_ON + timedelta(days=365)}
    seconds, prompts = timed(lambda: sum(1 for _ in rehearse(large, **year, responses="always")), rounds=1)
    print(f"{'':46} {prompts} prompts of {tasks} tasks")
    tell("12 months of 1,000 tasks rehearsed", 5, seconds, tasks, timed(lambda: with_numpy(tasks))[0])

    councils = [council_number(medway, n) for n in range(COUNCILS)]
    seconds, dates = timed(
        lambda: sum(dates_in(plan(council_timeline, at=AT, until=TWO_YEARS)) for council_timeline in councils), rounds=1
    )
    tell("two-year plans of 153 councils", 30, seconds, dates, timed(lambda: with_numpy(dates), rounds=1)[0])


if __name__ == "__main__":
    main()
