"""Tell what a council costs as its history grows: a morning, an assurance, an answer, and its database.

`python -m tests.benchmarks.bench_year [MONTHS]` lives a year (see two_years.py) in less than a minute, and measures
after a month, half a year and the year; with 24 or more, also after so many. A morning is what all statutory flows
decide and write about a day, without Prefect. An assurance is its reckoning alone, a day after the one before, as it
runs; beside it stands one from the beginning, as the first version did each time and once a week still does. Nothing of
the council is remembered when it begins, as in a house in which the others came between. For 153 councils both are
counted 153 times. Seconds are the processor's, weighed.
"""

import sys
from dataclasses import replace
from datetime import date, timedelta
from statistics import median

from models.store.base import json_values, stored_tasks
from tasks.assurance.chain import look_at_chain
from tasks.assurance.look import Looked, look
from tasks.links.secure_link import Links
from tests.benchmarks.aims import Figure, tell
from tests.benchmarks.bench_pages import links_to
from tests.benchmarks.houses import council
from tests.benchmarks.two_years import FROM_ON, Accepting, live_fortnights
from tests.harness import World
from tests.support.costs import weigh
from timeline.answers.responses import Answer
from timeline.assurance import AssuranceRun
from timeline.letters.page_views import DeadLink, MessageView, Reply
from timeline.planning import plan

COUNCILS, ROUNDS, ANSWERS, FORTNIGHTS = 153, 3, 20, 26
YEAR = 12
STOPS = (1, 6, YEAR)
"""The months after which is measured."""


def measured(world: World) -> tuple[float, float, float, float]:
    """Give the seconds of a morning and an assurance on the next days, of one from the beginning, and of an answer."""
    duties = [duty.key for duty in world.timeline.obligations]
    mornings, assurances, wholes = [], [], []
    ledger = Accepting(world.store.engine, world.store.council)
    _keep(world, _looked(world))
    for _ in range(ROUNDS):
        world.at(f"{world.now.date() + timedelta(days=1):%a %-d %b %Y} 08:45")
        mornings.append(weigh(lambda: world.decide(*duties)).weighed)
        # Else the assurance is right to say that it waits.
        ledger.accept(world.now)
        assurances.append(_weighed(world, whole=False))
        wholes.append(_weighed(world, whole=True))
        _keep(world, _looked(world))
    links, done = Links(world.settings), world.store.plan.done_refs(duties)
    tokens = [token for token, ref in links_to(world).items() if ref not in done][:ANSWERS]

    def answer() -> None:
        for n, token in enumerate(tokens):
            opened = links.opened(token, at=world.now)
            assert not isinstance(opened, MessageView | DeadLink)
            opened.answer(Reply(Answer.HELP, text=f"Two people short, {n}"))

    answers = weigh(answer).weighed / max(1, len(tokens))
    return median(mornings), median(assurances), median(wholes), answers


def _weighed(world: World, *, whole: bool) -> float:
    for cache in (json_values._recall, stored_tasks._task, stored_tasks._shared, plan._plan, plan._occurrences):
        cache.cache_clear()
    return weigh(lambda: look(world.store, world.settings, at=world.now, whole=whole)).weighed


def _looked(world: World) -> Looked:
    return look(world.store, world.settings, at=world.now)


def _keep(world: World, looked: Looked) -> None:
    """Keep the assurance, as it is kept every day: the next begins where it stood."""
    found, store = looked.reckoning, world.store
    last = next(iter(store.assurance.runs(1)), None)
    chain = look_at_chain(store, last.chain if last else None, at=found.at)
    run = AssuranceRun(at=found.at, since=found.since, duties=found.duties, findings=found.findings)
    store.assurance.keep_run(replace(run, chain=chain, proved=found.proved))


def megabytes(world: World) -> float:
    """Give the size of its database without what is free in it."""
    with world.store.engine.connect() as connection:
        pages, free, size = (connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in _SIZES)
    return float((pages - free) * size / 1e6)


_SIZES = ("page_count", "freelist_count", "page_size")


def stops(months: int) -> dict[date, int]:
    """Give the days on which is measured, and how many months have passed by then."""
    every = {*(each for each in STOPS if each <= months), months}
    return {FROM_ON + timedelta(weeks=2 * round(month * FORTNIGHTS / YEAR)): month for month in sorted(every)}


def _each(of: str, ms: float, month: int) -> Figure:
    return Figure(f"year-{of}", ms, "CPU ms", month, f"{of}, month {month}")


def main(months: int) -> None:
    with council() as world:
        days, figures, begun = stops(months), [], megabytes(world)
        for on in live_fortnights(world, max(days) + timedelta(days=1)):
            month = days.get(on)
            if month is None:
                _keep(world, _looked(world))
                continue
            # What the measuring itself adds to the year is left out of its growth.
            grown = megabytes(world) - begun
            morning, assurance, whole, answer = measured(world)
            each = {"morning": morning, "assurance": assurance, "whole": whole, "answer": answer}
            figures += [_each(of, taken * 1000, month) for of, taken in each.items()]
            figures.append(Figure("year-database", begun + grown, "MB", month, f"database, month {month}"))
            if month == YEAR:
                figures.append(Figure("assurance", assurance * COUNCILS, f"{whole * COUNCILS:.3g} from the beginning"))
                figures.append(Figure("database-year", grown))
    tell("A council's year", figures)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else YEAR)
