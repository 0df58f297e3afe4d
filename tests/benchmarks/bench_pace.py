"""Tell how long answers take when a hundred come each second, whether or not those before are done.

`python -m tests.benchmarks.bench_pace [SECONDS]` (60 by default), on SQLite with a process of the pages and on
PostgreSQL with two, served as `daymark web` serves them and asked over HTTP on this machine. Each answer is timed from
the instant at which it was to come: one that waits for those before it counts all of its waiting. The figure is what 99
of 100 take at most. By the clock, so that everything else on the machine counts too.
"""

import asyncio
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import get_context
from socket import socket
from statistics import quantiles
from time import perf_counter
from urllib.parse import urlencode

import uvicorn

from cli.run.first_start import pages
from cli.run.parts import Pages
from tasks.processes.listening import listening
from tests.benchmarks.aims import Figure, tell
from tests.benchmarks.bench_pages import form, links_to
from tests.benchmarks.houses import council
from tests.harness import World

A_SECOND, SECONDS = 100, 60
# The first answers of a process build what it keeps.
_WARM = 50
_END = b"\r\n\r\n"


class Client:
    """Ask a server over connections that are kept, as many as are busy at once."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._free: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def post(self, path: str, body: bytes) -> None:
        """Send a form; it must be answered with 200."""
        reader, writer = await self._connection()
        head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        writer.write(f"{head}Content-Length: {len(body)}".encode() + _END + body)
        head = (await reader.readuntil(_END)).decode().casefold()
        assert head.startswith("http/1.1 200"), head
        await reader.readexactly(int(head.partition("content-length:")[2].split()[0]))
        self._free.append((reader, writer))

    async def _connection(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Give the connection that was last used, unless the server has closed it meanwhile, or another."""
        while self._free:
            reader, writer = self._free.pop()
            if not reader.at_eof():
                return reader, writer
        return await asyncio.open_connection("127.0.0.1", self._port)


async def paced(port: int, posts: Sequence[tuple[str, bytes]]) -> list[float]:
    """Send each at its instant, and give how long after it each was answered."""
    client, took = Client(port), list[float]()
    for post in posts[:_WARM]:
        await client.post(*post)

    async def answer(due: float, post: tuple[str, bytes]) -> None:
        await client.post(*post)
        took.append(perf_counter() - due)

    begun = perf_counter()
    async with asyncio.TaskGroup() as group:
        for number, post in enumerate(posts[_WARM:]):
            due = begun + number / A_SECOND
            await asyncio.sleep(max(0.0, due - perf_counter()))
            group.create_task(answer(due, post))
    return took


@contextmanager
def served(world: World, processes: int) -> Iterator[int]:
    """Serve the pages in so many processes that share a port, and give the port."""
    start = get_context("fork")
    world.store.engine.dispose(close=False)
    listens = listening("127.0.0.1", 0)
    children = [start.Process(target=_serve, args=(world, listens)) for _ in range(processes)]
    for child in children:
        child.start()
    try:
        yield listens.getsockname()[1]
    finally:
        for child in children:
            child.terminate()
            child.join()


def _serve(world: World, listens: socket) -> None:
    config = Pages(pages(world.settings), host="127.0.0.1", port=0).config()
    uvicorn.Server(config).run(sockets=[listens])
    os._exit(0)


def measured(database: str, processes: int, seconds: int) -> Figure:
    """Answer for so many seconds, and check the chain that comes of it."""
    with council(database) as world:
        world.decide()
        tokens = list(links_to(world))
        numbers = range(_WARM + seconds * A_SECOND)
        posts = [(f"/r/{tokens[n % len(tokens)]}", urlencode(form(n)).encode()) for n in numbers]
        with served(world, processes) as port:
            took = asyncio.run(paced(port, posts))
        assert world.store.audit.verify() is None
        assert len(took) == seconds * A_SECOND
    parts = [1000 * each for each in quantiles(took, n=100)]
    beside = f"half take at most {parts[49]:.0f} ms, 95 of 100 {parts[94]:.0f}; a load of {os.getloadavg()[0]:.0f}"
    return Figure(f"answers-{database}-p99", parts[98], beside)


if __name__ == "__main__":
    lasting = int(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    for database, processes in (("sqlite", 1), ("postgresql", 2)):
        tell(f"Answers at {A_SECOND} a second, on {database}", [measured(database, processes, lasting)])
