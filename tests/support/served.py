"""Hold the officers' pages behind a real server, for tests with a browser."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from cli.run.first_start import pages
from config.settings import Settings


@contextmanager
def served(settings: Settings) -> Iterator[str]:
    """Serve them at the address that the mail's links name."""
    config = uvicorn.Config(pages(settings), host="127.0.0.1", port=settings.port, log_level="warning")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started and thread.is_alive():
        thread.join(0.01)
    yield settings.base_url
    server.should_exit = True
    thread.join()
