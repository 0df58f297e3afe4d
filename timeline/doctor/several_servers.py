"""Decide whether several Prefect servers can work together: what they share must lie in Redis, and stay there."""

from collections.abc import Iterator, Mapping

from timeline.doctor.diagnosis import Trouble

SHARED = (
    "PREFECT_SERVER_EVENTS_MESSAGING_BROKER",
    "PREFECT_SERVER_EVENTS_MESSAGING_CACHE",
    "PREFECT_SERVER_EVENTS_CAUSAL_ORDERING",
    "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE",
    "PREFECT_SERVER_WORKER_CHANNEL_CLEANUP_QUEUE_STORAGE",
)
"""What each server keeps in its own memory unless it is told otherwise."""
MESSAGES, CLEANUPS = "PREFECT_REDIS_MESSAGING_URL", "PREFECT_REDIS_WORKER_CLEANUP_QUEUE_URL"
DOCKET = "PREFECT_SERVER_DOCKET_URL"
ADDRESSES = (MESSAGES, CLEANUPS, DOCKET)
"""Where each looks for Redis."""
_FILE = "(config/cluster/prefect.env)"
_ADDRESS = "Set it to the address of Redis (config/cluster/secrets.sh), and start the servers again."


def kept_apart(variables: Mapping[str, str]) -> Iterator[Trouble]:
    """Tell what each server would keep for itself, by the variables of Prefect's environment."""
    apart = [name for name in SHARED if not variables.get(name, "").startswith("prefect_redis.")]
    if apart:
        fault = f"{', '.join(apart)} {'is' if len(apart) == 1 else 'are'} not on Redis: each server has its own."
        yield Trouble(fault, f"Set what Daymark's example has {_FILE}, and start the servers again.")
    for name in (MESSAGES, CLEANUPS):
        if not variables.get(name):
            fault = f"{name} is not set: its part looks for a Redis on this machine, without a password."
            yield Trouble(fault, _ADDRESS)
    if not variables.get(DOCKET, "").startswith("redis"):
        fault = f"{DOCKET} is not on Redis: with two services processes every scheduled run is made twice."
        yield Trouble(fault, _ADDRESS)


def thrown_away(policy: str) -> Iterator[Trouble]:
    """Tell that a full Redis would throw away what a server still needs; `policy` is its `maxmemory-policy`."""
    if policy != "noeviction":
        fault = f"Redis throws away what it holds when it is full (maxmemory-policy {policy}): events would be lost."
        yield Trouble(fault, "Set maxmemory-policy noeviction in redis.conf, and start Redis again.")
