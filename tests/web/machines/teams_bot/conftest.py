"""Hold councils with a bot in Teams: made once for this folder, and copied for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.harness import World
from tests.support.connector import Keys, published_keys
from tests.support.teams_bot import a_house_with_a_bot, client_of
from tests.support.teams_chat import Chat, a_house_with_a_card, chatting


@pytest.fixture(scope="package")
def keys() -> Iterator[Keys]:
    with published_keys() as keys:
        yield keys


@pytest.fixture
def world(teams_house: Path, tmp_path: Path) -> Iterator[World]:
    with a_house_with_a_bot(teams_house, tmp_path) as world:
        yield world


@pytest.fixture
def client(world: World, keys: Keys) -> TestClient:
    return client_of(world, keys)


@pytest.fixture(scope="package")
def house_with_a_card(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_house_with_a_card(tmp_path_factory.mktemp("house"))


@pytest.fixture
def chat(house_with_a_card: Path, tmp_path: Path, keys: Keys) -> Iterator[Chat]:
    with chatting(house_with_a_card, tmp_path, keys) as chat:
        yield chat
