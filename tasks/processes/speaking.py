"""Have this process speak to our Prefect server, and to no other."""

import os
import zoneinfo
from collections.abc import Iterator
from contextlib import contextmanager

from tasks.processes.prefect_address import PrefectAddress


@contextmanager
def speaking_to(server: PrefectAddress) -> Iterator[None]:
    """Have `server` record the flows that run inside, in this process and in those that it starts.

    Enter it before anything imports prefect, if possible: Prefect reads its environment then, and makes its folder
    there.
    """
    before = dict(os.environ)
    # As `client_environment` has it for children: Prefect lists all zones for each schedule that it reads.
    zoneinfo.reset_tzpath(to=())
    _become(server.client_environment | {"PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "WARNING"})
    try:
        from prefect.settings import (
            PREFECT_API_AUTH_STRING,
            PREFECT_API_SSL_CERT_FILE,
            PREFECT_API_URL,
            PREFECT_HOME,
            temporary_settings,
        )

        ours = {
            PREFECT_API_URL: server.api_url,
            PREFECT_HOME: server.home,
            PREFECT_API_AUTH_STRING: server.login,
            PREFECT_API_SSL_CERT_FILE: server.authorities,
        }
        with temporary_settings(ours):
            try:
                yield
            finally:
                if server.running:
                    say_the_last()
    finally:
        _become(before)


def say_the_last() -> None:
    """Hand Prefect's events and logs over while the server lives: left to the end of the process, it tries a minute."""
    from prefect.events.worker import EventsWorker
    from prefect.logging.handlers import APILogWorker

    EventsWorker.drain_all(timeout=10)
    APILogWorker.drain_all(timeout=10)


def _become(environment: dict[str, str]) -> None:
    for name in set(os.environ) - set(environment):
        del os.environ[name]
    os.environ.update(environment)
