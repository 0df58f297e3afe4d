"""Tell what it costs to reach ten thousand people, from what is due to what a mail server has accepted.

`python -m tests.benchmarks.bench_whole`: 100, 1,000 and 10,000 people, each with a task that is due. A process of its
own plans, decides, writes the ledger, composes the mails and hands them to a real SMTP server (aiosmtpd), which is a
process of its own, too. Beside it stands the sum of its parts: as many rungs decided and written alone, and as many
mails of that size sent alone. Seconds are the processor's, weighed; the memory is the largest that the process had.
"""

import asyncio
import json
import resource
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from multiprocessing import Pipe, Process
from multiprocessing.connection import Connection
from pathlib import Path
from time import perf_counter

from aiosmtpd.smtp import SMTP

from config.settings import Settings, using
from models.store import Store, open_engine
from tasks.channels.smtp.connection import close_connections
from tasks.council.ledger import gather, write
from tasks.sending.deliver import deliver
from tests.benchmarks import bench_mail as mails
from tests.benchmarks import bench_million as million
from tests.benchmarks.aims import Figure, tell
from tests.benchmarks.houses import folder
from tests.models import world
from tests.support.costs import weigh
from timeline.definitions.people import Directory, Holder, Person, Post
from timeline.escalation.day import decide_day

SIZES, OF_A_DUTY = (100, 1_000, 10_000), 100
COUNCIL = "exampleshire"


class Taking:
    """Take every mail, and keep none."""

    async def handle_DATA(self, *_: object) -> str:  # noqa: N802 (aiosmtpd's name)
        return "250 2.0.0 queued"


def serve(tells: "Connection[int, None]") -> None:
    async def run() -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: SMTP(Taking(), enable_SMTPUTF8=True), "127.0.0.1", 0)
        tells.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    with suppress(KeyboardInterrupt):
        asyncio.run(run())


def state(home: Path, people: int) -> None:
    """State a council with so many people, each the holder of a post with a task that is due in ten working days."""
    keys = [f"officer-{n}" for n in range(people)]
    directory = Directory(
        posts={key: Post(key=key, title=f"Officer {key}") for key in keys},
        people={key: Person(key=key, name=key.title(), address=f"{key}@council.example") for key in keys},
        holders=tuple(Holder(post=key, person=key) for key in keys),
    )
    rules = [replace(world.DRAFT, key=f"draft-{n}", title=f"Draft {n}", owner=key) for n, key in enumerate(keys)]
    duties = tuple(
        replace(world.DUTY, key=f"plan-{n}", owner=keys[n], milestones=tuple(rules[n : n + OF_A_DUTY]))
        for n in range(0, people, OF_A_DUTY)
    )
    store = Store(open_engine(_url(home)), COUNCIL)
    given = world.timeline(COUNCIL, obligations=duties, directory=directory)
    world.apply(store, replace(given, council=replace(given.council, shadow_by_default=False)))
    store.engine.dispose()


def _url(home: Path) -> str:
    return f"sqlite:///{home / 'daymark.db'}"


def live(home: Path, port: int, people: int) -> None:
    """Do what a statutory flow and `notify` do about all of them, and print the figures."""
    url = f"daymarkmail://127.0.0.1:{port}/"
    settings = Settings.given(home=home, mail_url=url, channels="mail.rate=99999", secret_key="k" * 40)
    store = Store(open_engine(_url(home)), COUNCIL)
    duties = frozenset(f"plan-{n}" for n in range(0, people, OF_A_DUTY))

    def decided() -> None:
        written = write(
            store, decide_day(gather(store, duties, at=world.MORNING), obligations=duties, at=world.MORNING)
        )
        million.counts(written, people)

    def delivered() -> None:
        accepted = 0
        # A run ends after eight minutes, and the next goes on.
        while sent := deliver(store, settings, at=world.MAIL_AT).messages:
            accepted += sum(attempt.outcome == "accepted" for attempt in sent)
        million.counts(accepted, people)

    with using(settings):
        begun = perf_counter()
        taken = {"decided": weigh(decided).weighed, "delivered": weigh(delivered).weighed}
        clock = perf_counter() - begun
        close_connections()
    largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    print(json.dumps({**taken, "clock": clock, "memory": largest}))


def whole(port: int, people: int) -> dict[str, float]:
    with folder() as home:
        state(home, people)
        command = [sys.executable, "-W", "ignore", "-m", "tests.benchmarks.bench_whole"]
        ran = subprocess.run(
            [*command, str(home), str(port), str(people)], stdout=subprocess.PIPE, text=True, check=True
        )
        told: dict[str, float] = json.loads(ran.stdout)
        return told


def parts(port: int, people: int) -> tuple[float, float]:
    """Give the seconds of as many rungs decided and written alone, and of as many mails sent alone."""
    with folder() as home:
        store = Store(open_engine(f"sqlite:///{home / 'decided.db'}"), COUNCIL)
        million.state(store)
        million.fill(store, 0, people)
        million.wake(store, people, 0, due=people)
        decided = weigh(lambda: million.counts(million.tick(store), people)).weighed
        store.engine.dispose()
    ready = mails.different_mails(people)
    sent = weigh(lambda: mails.ours(port, ready)).weighed
    close_connections()
    return decided, sent


def main() -> None:
    hears, tells = Pipe(duplex=False)
    server = Process(target=serve, args=(tells,), daemon=True)
    server.start()
    port, figures = hears.recv(), []
    mails.ours(port, mails.different_mails(20))  # the first mail loads Apprise
    for people in SIZES:
        told = whole(port, people)
        took = told["decided"] + told["delivered"]
        figures.append(Figure("whole-size", people / took, size=people, of=f"{people:,} people, a CPU second"))
    decided, sent = parts(port, SIZES[-1])
    server.terminate()
    beside = f"{SIZES[-1] / (decided + sent):,.0f} as the sum of its parts: {decided:.0f} s decided, {sent:.0f} s sent"
    figures.append(Figure("whole-path", figures[-1].value, beside))
    figures.append(
        Figure("whole-path-memory", told["memory"], f"{SIZES[-1] / told['clock']:,.0f} people a second by the clock")
    )
    own = {"planned, decided, ledger": told["decided"], "composed, sent, receipts": told["delivered"]}
    figures += [Figure(f"whole-{n}", seconds, of=f"{of}, CPU s") for n, (of, seconds) in enumerate(own.items())]
    tell("Ten thousand people, from due to accepted", figures)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        live(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
    else:
        main()
