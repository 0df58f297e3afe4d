"""Examine the Redis that several Prefect servers share, where the environment names it."""

from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from timeline.doctor.diagnosis import Diagnosis, Trouble, examined
from timeline.doctor.several_servers import ADDRESSES, SHARED, kept_apart, thrown_away

_PATIENCE_SECONDS = 3.0
_ADDRESS = "Set it to redis://:PASSWORD@HOST:PORT/NUMBER, a sign such as / in the password as %2F."
_START = "Start Redis, or look at {name} and the password in it."


def examine_redis(variables: Mapping[str, str]) -> Iterator[Diagnosis]:
    """Give the state of Redis; nothing for a single server, which needs none.

    `variables` is the environment of this process: that of the servers, where `daymark doctor` was started from the
    same files.
    """
    urls = {name: url for name in ADDRESSES if (url := variables.get(name, "")).startswith("redis")}
    if urls or any(variables.get(name, "").startswith("prefect_redis.") for name in SHARED):
        yield examined("Redis", _troubles(variables, urls), seen="it answers, and holds what the servers share")


def _troubles(variables: Mapping[str, str], urls: Mapping[str, str]) -> Iterator[Trouble]:
    yield from kept_apart(variables)
    told = set[str]()
    for name, url in urls.items():
        try:
            where = f"{urlsplit(url).hostname}:{urlsplit(url).port or 6379}"
        except ValueError:
            # Its words repeat what stands in place of the port: perhaps a password.
            yield Trouble(f"{name} is no address of Redis.", _ADDRESS)
            continue
        # The variables mostly name the same server.
        if where not in told:
            told.add(where)
            yield from _server(name, url, where)


def _server(name: str, url: str, where: str) -> Iterator[Trouble]:
    # Half a second to import, and only several machines have it.
    try:
        from redis import Redis, RedisError
    except ImportError:
        yield Trouble("The extra daymark[cluster] is not installed.", "Install it (make cluster).")
        return
    try:
        with Redis.from_url(url, socket_timeout=_PATIENCE_SECONDS, socket_connect_timeout=_PATIENCE_SECONDS) as redis:
            policy = str(redis.info("memory")["maxmemory_policy"])
    except (RedisError, ValueError) as fault:
        # The kind only: the words of some repeat the address with its password.
        yield Trouble(f"Redis at {where} cannot be used ({type(fault).__name__}).", _START.format(name=name))
    else:
        yield from thrown_away(policy)
