"""Tell how many answers a second the pages take, beside the same page doing one bare INSERT.

`python -m tests.benchmarks.bench_pages [ANSWERS]` (200 by default). Both run in this process, without a network: what
is measured is opening the link, deciding, recording with its audit event, and the page; the peer reads the same form,
writes one row in a transaction of its own and shows the same page.
"""

import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from time import perf_counter
from typing import Any

from rich.console import Console
from rich.table import Table
from sqlalchemy import insert
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from cli.run.first_start import pages
from models.tables import FreeTextRow, TokenRow
from tasks.council.tokens import derive, token_hash
from tasks.links.secure_link import Links
from tests.harness import World
from timeline.delivery.messages import TokenClaims
from timeline.letters.page_views import Recorded, TaskView
from web.forms import read
from web.pages import Pages, PageSettings

ROUNDS = 5  # both take turns, so that a busy moment of the machine slows both


def form(n: int) -> dict[str, str]:
    return {"answer": "help", "help_text": f"Two people short, {n}", "who": "self"}


def links_to(world: World) -> list[str]:
    """Give a link for each task that can be answered, made as a mail makes them."""
    rows = []
    for milestone in world.store.plan.milestones():
        holder = world.timeline.directory.holder(milestone.owner, on=world.now.date())
        if holder is None or milestone.due_on is None or milestone.embargoes:
            continue
        claims = TokenClaims(person=holder.person.key, milestone=milestone.ref, due_on=milestone.due_on)
        token = derive(world.settings.secret(), world.store.council, claims)
        keep(world, token, claims)
        if isinstance(Links(world.settings).open_link(token, at=world.now), TaskView):
            rows.append(token)
    return rows


def keep(world: World, token: str, of: TokenClaims) -> None:
    parts = {name: getattr(of, name) for name in TokenClaims.__dataclass_fields__}
    row = {"council": world.store.council, "sha256": token_hash(token), "made_at": world.now} | parts
    with world.store.engine.begin() as connection:
        connection.execute(insert(TokenRow), [row])


def bare(world: World, view: TaskView) -> TestClient:
    """Give the same page, and one row."""
    shown = Pages(PageSettings(council_name="", programme_name="", base_url="http://localhost", prefect_url=""))
    recorded = Recorded("You asked for help", ("Recorded.",))

    async def answer(request: Request) -> Response:
        typed = read(await request.body())
        row: dict[str, Any] = {"council": world.store.council, "digest": typed.help_text, "body": typed.help_text}
        with world.store.engine.begin() as connection:
            connection.execute(insert(FreeTextRow), [row])
        return shown.show("recorded", view=view, recorded=recorded)

    return TestClient(Starlette(routes=[Route("/r", answer, methods=["POST"])]), base_url="http://localhost")


def seconds(client: TestClient, posts: Iterable[tuple[str, int]]) -> float:
    begun = perf_counter()
    for path, n in posts:
        assert client.post(path, data=form(n)).status_code == 200
    return perf_counter() - begun


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as home, World(Path(home)) as world:
        world.at("Tue 27 Aug 2019 07:00").apply()
        world.decide()
        tokens = links_to(world)
        view = Links(world.settings).open_link(tokens[0], at=world.now)
        assert isinstance(view, TaskView)
        ours, theirs = TestClient(pages(world.settings), base_url="http://localhost"), bare(world, view)
        posts = [(f"/r/{tokens[n % len(tokens)]}", n) for n in range(count)]
        seconds(ours, posts[:1])
        by_us = by_them = 0.0
        for turn in range(ROUNDS):
            by_us += seconds(ours, [(path, n + 1) for path, n in posts[turn::ROUNDS]])
            by_them += seconds(theirs, [("/r", n) for _, n in posts[turn::ROUNDS]])
    show(count, by_us, by_them)


def show(count: int, by_us: float, by_them: float) -> None:
    table = Table("page", "answers", "answers/s", "of bare", title="Answers on a page, in one process, on SQLite")
    table.add_row("recorded, with its audit event", f"{count:,}", f"{count / by_us:,.0f}", f"{by_them / by_us:.0%}")
    table.add_row("the same page, one bare INSERT", f"{count:,}", f"{count / by_them:,.0f}", "100%")
    Console().print(table)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
