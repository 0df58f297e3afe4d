"""Keep the Prefect server behind a check of the host asked for, as uvicorn starts it.

Prefect answers whatever name it is asked by. A page of another origin could then give its own name this machine's
address (DNS rebinding), and would count as Prefect's own page.
"""

import os

from prefect.server.api.server import create_app
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp

from tasks.processes.asked_again import AskedAgain
from tasks.processes.garbage import collect_in_a_thread
from tasks.processes.prefect_server import HOSTS


def guarded() -> ASGIApp:
    """Build the server's application; a request for another host is answered with 400."""
    collect_in_a_thread()
    hosts = os.environ[HOSTS].split(",")
    return TrustedHostMiddleware(AskedAgain(create_app()), allowed_hosts=hosts, www_redirect=False)
