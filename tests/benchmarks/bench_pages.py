"""Tell how many answers a second the pages take, beside the same page doing one bare INSERT.

`python -m tests.benchmarks.bench_pages [ANSWERS]` (400 by default), on SQLite in one process and on PostgreSQL in two.
Without a network: measured is opening the link, deciding, recording with its audit event, and the page; the peer reads
the same form, writes one row in a transaction of its own and shows the same page. On SQLite the seconds are the
processor's, weighed against a known piece of work; on PostgreSQL they pass by the clock, for the server works as well.
"""

import os
import sys
from collections.abc import Sequence
from multiprocessing import get_context
from statistics import median
from time import perf_counter
from typing import Any

from sqlalchemy import insert
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from cli.run.first_start import pages
from config.settings import Settings
from models.store import open_engine
from models.tables import FreeTextRow
from tasks.council.tokens import derive, token_hash
from tasks.links.secure_link import Links
from tests.benchmarks.aims import Figure, tell
from tests.benchmarks.houses import council
from tests.benchmarks.requests import Post, post_all
from tests.harness import World
from tests.support.costs import weigh
from timeline.delivery.messages import TokenClaims
from timeline.letters.page_views import Recorded, TaskView
from web.forms import read
from web.pages import Pages, PageSettings

ROUNDS = 5  # both take turns, so that a busy moment of the machine slows both
PROCESSES = 2


def form(n: int) -> dict[str, str]:
    return {"answer": "help", "help_text": f"Two people short, {n}", "who": "self"}


def links_to(world: World) -> dict[str, str]:
    """Give a link for each task that can be answered, made as a mail makes them, with the task's reference."""
    rows = {}
    for milestone in world.store.plan.milestones():
        holder = world.timeline.directory.holder(milestone.owner, on=world.now.date())
        if holder is None or milestone.due_on is None or milestone.embargoes or milestone.asks_owner:
            continue
        claims = TokenClaims(person=holder.person.key, milestone=milestone.ref, due_on=milestone.due_on)
        token = derive(world.settings.secret(), world.store.council, claims)
        world.store.outbox.keep_tokens({token_hash(token): claims}, at=world.now)
        if isinstance(Links(world.settings).open_link(token, at=world.now), TaskView):
            rows[token] = milestone.ref
    return rows


def bare(settings: Settings, view: TaskView) -> ASGIApp:
    """Give the same page, and one row."""
    shown = Pages(PageSettings(council_name="", programme_name="", base_url="http://localhost", prefect_url=""))
    recorded = Recorded("You asked for help", ("Recorded.",))
    engine = open_engine(settings.database_url)

    async def answer(request: Request) -> Response:
        typed = read(await request.body())
        row: dict[str, Any] = {"council": "medway", "digest": typed.help_text, "body": typed.help_text}
        with engine.begin() as connection:
            connection.execute(insert(FreeTextRow), [row])
        return shown.show("recorded", view=view, recorded=recorded)

    return Starlette(routes=[Route("/r", answer, methods=["POST"])])


def on_sqlite(count: int) -> None:
    with council() as world:
        world.decide()
        tokens = list(links_to(world))
        view = Links(world.settings).open_link(tokens[0], at=world.now)
        assert isinstance(view, TaskView)
        apps: Sequence[ASGIApp] = (pages(world.settings), bare(world.settings, view))
        seconds: tuple[list[float], list[float]] = ([], [])
        for turn in range(ROUNDS + 1):
            numbers = range(turn * count // ROUNDS, (turn + 1) * count // ROUNDS)
            ours = [(f"/r/{tokens[n % len(tokens)]}", form(n)) for n in numbers]
            theirs = [("/r", form(n)) for n in numbers]
            for app, posts, taken in zip(apps, (ours, theirs), seconds, strict=True):
                taken.append(weigh(lambda app=app, posts=posts: post_all(app, posts)).weighed / len(posts))  # type: ignore[misc]  # mypy infers no lambda with defaults
        # The first round fills the caches.
        tell_of("sqlite", *(median(taken[1:]) for taken in seconds))


def on_postgresql(count: int) -> None:
    with council("postgresql") as world:
        world.decide()
        tokens = list(links_to(world))
        view = Links(world.settings).open_link(tokens[0], at=world.now)
        assert isinstance(view, TaskView)
        numbers = range(count)
        ours = [(f"/r/{tokens[n % len(tokens)]}", form(n)) for n in numbers]
        theirs = [("/r", form(n)) for n in numbers]
        by_us, by_them = in_processes(world, None, ours), in_processes(world, view, theirs)
        assert world.store.audit.verify() is None
        tell_of("postgresql", by_us / count, by_them / count)


def in_processes(world: World, view: TaskView | None, posts: Sequence[Post]) -> float:
    """Give the seconds that two processes need for the posts, from when both are ready."""
    start = get_context("fork")
    world.store.engine.dispose(close=False)
    ready, go = start.Semaphore(0), start.Event()
    parts = [posts[n::PROCESSES] for n in range(PROCESSES)]
    children = [start.Process(target=_answer, args=(world, view, part, ready, go)) for part in parts]
    for child in children:
        child.start()
    for _ in children:
        ready.acquire()
    begun = perf_counter()
    go.set()
    for child in children:
        child.join()
        assert child.exitcode == 0
    return perf_counter() - begun


def _answer(world: World, view: TaskView | None, posts: Sequence[Post], ready: Any, go: Any) -> None:
    app = bare(world.settings, view) if view else pages(world.settings)
    post_all(app, posts[:10])
    ready.release()
    go.wait()
    post_all(app, posts[10:])
    os._exit(0)


def tell_of(database: str, by_us: float, by_them: float) -> None:
    figures = [
        Figure(f"answers-{database}", 1 / by_us, f"{1 / by_them:,.0f} of the page with one bare INSERT"),
        Figure(f"answers-{database}-share", by_them / by_us),
    ]
    tell(f"Answers on a page, on {database}", figures)


if __name__ == "__main__":
    answers = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    on_sqlite(answers)
    on_postgresql(answers)
