"""Start a real Redis for a test, on loopback and with a password, as several Prefect servers share it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from redis import Redis, RedisError

from tasks.processes.child import Child
from tests.support.parts import require
from tests.support.ports import kept_port
from tests.support.soon import soon

PASSWORD = "of-the-tests"


@contextmanager
def redis_server(home: Path, **settings: str) -> Iterator[str]:
    """Give its address, such as redis://:of-the-tests@127.0.0.1:1234/0; `settings` as in redis.conf, "_" for "-"."""
    home.mkdir(parents=True, exist_ok=True)
    port = kept_port()
    # As redis.conf says it, on the command line that reads `--name value`.
    wanted = {"port": str(port), "bind": "127.0.0.1", "requirepass": PASSWORD, "save": "", "dir": str(home), **settings}
    words = [word for name, value in wanted.items() for word in (f"--{name.replace('_', '-')}", value)]
    url = f"redis://:{PASSWORD}@127.0.0.1:{port}/0"
    with Child([str(require("redis")), *words], log=home / "redis.log", env={}, cwd=home, grace=2):
        assert soon(lambda: _answers(url))
        yield url


def _answers(url: str) -> bool:
    try:
        with Redis.from_url(url) as redis:
            return bool(redis.ping())
    except RedisError:
        return False
