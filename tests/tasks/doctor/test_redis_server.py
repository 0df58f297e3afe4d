"""Test that what keeps several Prefect servers from working as one is told: of Redis itself, and of its variables."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tasks.doctor.redis_server import examine_redis
from tests.support.ports import free_port
from tests.support.redis_server import redis_server
from timeline.doctor.several_servers import ADDRESSES, SHARED

ENV = Path(__file__).parents[3] / "config/cluster/prefect.env"


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with redis_server(tmp_path_factory.mktemp("redis")) as address:
        yield address


def whole(url: str) -> dict[str, str]:
    """Give the environment of the servers, as our example and its secrets make it."""
    lines = [line.partition("=") for line in ENV.read_text().splitlines() if line and not line.startswith("#")]
    return {name: value for name, _, value in lines} | dict.fromkeys(ADDRESSES, url)


def told(variables: dict[str, str]) -> list[str]:
    return [line for diagnosis in examine_redis(variables) for line in diagnosis.lines()]


def test_a_single_server_needs_no_redis_and_nothing_is_said_of_it() -> None:
    assert told({"PREFECT_SERVER_DOCKET_URL": "memory://"}) == []


def test_the_example_beside_a_redis_that_answers_is_well(url: str) -> None:
    assert told(whole(url)) == ["well     Redis      it answers, and holds what the servers share"]


@pytest.mark.parametrize("name", SHARED)
def test_what_each_server_would_keep_for_itself_is_told_with_its_remedy(url: str, name: str) -> None:
    (line,) = told({other: value for other, value in whole(url).items() if other != name})
    assert line.startswith(f"TROUBLE  Redis      {name} is not on Redis: ")
    assert line.endswith("(config/cluster/prefect.env), and start the servers again.")


@pytest.mark.parametrize("name", ADDRESSES)
def test_an_address_of_redis_that_is_missing_is_told(url: str, name: str) -> None:
    (line,) = told({other: value for other, value in whole(url).items() if other != name})
    assert line.startswith(f"TROUBLE  Redis      {name} is not ")
    assert line.endswith("Set it to the address of Redis (config/cluster/secrets.sh), and start the servers again.")


def test_a_redis_that_is_away_or_refuses_us_is_told_once_and_without_its_password(url: str) -> None:
    away = f"redis://:a-password@127.0.0.1:{free_port()}/0"
    (line,) = told(whole(away))
    assert "cannot be used (ConnectionError). Start Redis, or look at PREFECT_REDIS_MESSAGING_URL" in line
    (refused,) = told(whole(url.replace("of-the-tests", "of-others")))
    assert "cannot be used (AuthenticationError)." in refused
    assert not any(password in line + refused for password in ("a-password", "of-others"))


def test_a_password_that_breaks_the_address_is_not_repeated(url: str) -> None:
    broken = dict.fromkeys(ADDRESSES, url) | {ADDRESSES[0]: "redis://:half/other-half@redis.example:6379/0"}
    (line,) = told(whole(url) | broken)
    assert line.startswith(f"TROUBLE  Redis      {ADDRESSES[0]} is no address of Redis. Set it to redis://")
    assert "half" not in line


def test_a_redis_that_throws_away_what_it_holds_is_told(tmp_path: Path) -> None:
    with redis_server(tmp_path, maxmemory="10mb", maxmemory_policy="allkeys-lru") as full:
        (line,) = told(whole(full))
    assert line.endswith(
        "Redis throws away what it holds when it is full (maxmemory-policy allkeys-lru): events would be lost. "
        "Set maxmemory-policy noeviction in redis.conf, and start Redis again."
    )
