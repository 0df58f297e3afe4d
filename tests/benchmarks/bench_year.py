"""Tell what a council costs as its history grows: a morning, an assurance, an answer, and its database.

`python -m tests.benchmarks.bench_year` lives a year in two minutes (see two_years.py), and measures after a month, half
a year and the year. A morning is what all statutory flows decide and write about a day, without Prefect; for 153
councils it is counted 153 times, and so is the assurance, of which the reckoning is measured. Seconds are the
processor's, weighed.
"""

from datetime import timedelta
from statistics import median

from tasks.assurance.look import look
from tasks.links.secure_link import Links
from tests.benchmarks.aims import Figure, tell
from tests.benchmarks.bench_pages import links_to
from tests.benchmarks.houses import council
from tests.benchmarks.two_years import FROM_ON, live_fortnights
from tests.harness import World
from tests.support.costs import weigh
from timeline.answers.responses import Answer
from timeline.letters.page_views import DeadLink, MessageView, Reply

COUNCILS, ROUNDS, ANSWERS = 153, 3, 20
STOPS = {26: 1, 182: 6, 364: 12}
"""The days after which is measured, and the months that they are."""


def measured(world: World) -> tuple[float, float, float]:
    """Give the seconds of a morning and an assurance on the next day, and those of an answer."""
    duties = [duty.key for duty in world.timeline.obligations]
    mornings, assurances = [], []
    for _ in range(ROUNDS):
        world.at(f"{world.now.date() + timedelta(days=1):%a %-d %b %Y} 08:45")
        mornings.append(weigh(lambda: world.decide(*duties)).weighed)
        assurances.append(weigh(lambda: look(world.store, world.settings, at=world.now)).weighed)
    links, done = Links(world.settings), world.store.plan.done_refs(duties)
    tokens = [token for token, ref in links_to(world).items() if ref not in done][:ANSWERS]

    def answer() -> None:
        for n, token in enumerate(tokens):
            opened = links.opened(token, at=world.now)
            assert not isinstance(opened, MessageView | DeadLink)
            opened.answer(Reply(Answer.HELP, text=f"Two people short, {n}"))

    answers = weigh(answer).weighed / max(1, len(tokens))
    return median(mornings), median(assurances), answers


def megabytes(world: World) -> float:
    """Give the size of its database without what is free in it."""
    with world.store.engine.connect() as connection:
        pages, free, size = (connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in _SIZES)
    return float((pages - free) * size / 1e6)


_SIZES = ("page_count", "freelist_count", "page_size")


def main() -> None:
    with council() as world:
        figures, begun = [], megabytes(world)
        morning = assurance = grown = 0.0
        for on in live_fortnights(world, FROM_ON + timedelta(days=366)):
            month = STOPS.get((on - FROM_ON).days)
            if month is None:
                continue
            # What the measuring itself adds to the year is left out of its growth.
            grown = megabytes(world) - begun
            morning, assurance, answer = measured(world)
            each = {"morning": morning * 1000, "assurance": assurance * 1000, "answer": answer * 1000}
            figures += [Figure(f"year-{of}", ms, "CPU ms", month, f"{of}, month {month}") for of, ms in each.items()]
            figures.append(Figure("year-database", begun + grown, "MB", month, f"database, month {month}"))
        figures.append(Figure("morning", morning * COUNCILS, "without Prefect and notify"))
        figures.append(Figure("assurance", assurance * COUNCILS, "the reckoning alone"))
        figures.append(Figure("database-year", grown))
    tell("A council's year", figures)


if __name__ == "__main__":
    main()
