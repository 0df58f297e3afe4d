"""Tell how long a test has a sender wait for a server that hangs.

A sender counts its limit from the beginning, and a busy machine may use a short one up before the server hangs. Then
the same is tried again with more time. Whoever is answered has time in plenty.
"""

from collections.abc import Callable
from typing import TypeVar

from tests.support.side_server import SideServer

R = TypeVar("R")
S = TypeVar("S", bound=SideServer)

LIMITS = (0.5, 5, 50)
NO_ANSWER = r"no answer within (0\.5|5|50) seconds"
_HANGING = ("HANG", "DRIP")


def limits(*told: object) -> tuple[float, ...]:
    """Give the limits to try, one after the other, with a server that is told so."""
    return LIMITS if any(getattr(each, "name", "") in _HANGING for each in told) else LIMITS[-1:]


def patiently(send: Callable[[float], tuple[R, S]], *told: object) -> tuple[R, S]:
    """Send with each limit, until the server hung before the time was over."""
    for limit in limits(*told):
        given, server = send(limit)
        if server.hung:
            break
    return given, server
