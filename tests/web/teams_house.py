"""Hold a council whose officers have Teams accounts, and messages as Teams posts them: what the tests of the door
share.
"""

import base64
import hashlib
import hmac
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from config.settings import Settings
from tasks.receiving.teams import Teams
from tests.harness import World, snapshot
from tests.support.stated import people, variant
from tests.web.conftest import page_settings
from tests.web.fakes import MemoryDoor
from timeline.answers.responses import Response
from web.app import create_app

KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
OLD_KEY = base64.b64encode(b"the key before the last rotation").decode()
TENANT = "11111111-2222-3333-4444-555555555555"
ACCOUNTS = {
    name: f"00000000-0000-0000-0000-{number:012d}"
    for number, name in enumerate(
        ("performance-lead", "project-support", "director", "executive-assistant", "head-of-safeguarding"), start=1
    )
}
LEAVER = "00000000-0000-0000-0000-00000000000f"
CASES = "plo-panel/1/cases"


def a_house(home: Path) -> Path:
    """Give a council's memory after its first day, to be copied: a second of work that a hundred tests need not
    repeat.
    """
    with World(home) as world:
        first_day(world)
    return home


@contextmanager
def a_copy(house: Path, folder: Path) -> Iterator[World]:
    with World(shutil.copytree(house, folder / "house")) as world, with_teams(world):
        yield world.at("Wed 28 Aug 2019 08:30")


def first_day(world: World) -> None:
    stated = people()
    for name, account in ACCOUNTS.items():
        stated[name]["teams"] = account
    stated["director"]["absent"] = [{"from": "2019-11-11", "until": "2019-11-15"}]
    stated["legal-lead"] |= {"teams": LEAVER, "holds": [{"post": "legal_lead", "until": "2019-09-30"}]}
    world.at("Tue 27 Aug 2019 07:00").apply(variant(world.home, people=stated))
    world.live("Wed 28 Aug 2019 08:30", "plo-panel")


@contextmanager
def with_teams(world: World) -> Iterator[None]:
    given = {name: getattr(world.settings, name) for name in world.settings.model_fields_set}
    given |= {"teams_keys": f"{OLD_KEY}, {KEY}", "teams_tenant": TENANT}
    world.settings = Settings.given(**given)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("web.machines.teams.now", lambda: world.now)
        yield


def app(settings: Settings) -> TestClient:
    return TestClient(create_app(MemoryDoor(), page_settings(), teams=Teams(settings)), base_url="http://localhost")


_numbers = iter(range(1, 10_000))


def activity(world: World, text: str, *, by: str = "performance-lead", **changes: Any) -> dict[str, Any]:
    """Give a message as Teams posts it; a key of None is taken away."""
    given: dict[str, Any] = {
        "type": "message",
        "id": f"15738{next(_numbers):08d}",
        "timestamp": f"{world.now:%Y-%m-%dT%H:%M:%S}.1234567{world.now:%z}",
        "serviceUrl": "https://smba.trafficmanager.example/uk/",
        "channelId": "msteams",
        "from": {"id": "29:1a", "name": "Somebody Else Entirely", "aadObjectId": ACCOUNTS.get(by, by)},
        "conversation": {"isGroup": True, "id": "19:abc@thread.skype;messageid=1", "tenantId": TENANT},
        "text": f"<at>Reminders</at>&nbsp;{text}\n",
        "textFormat": "plain",
        "channelData": {"tenant": {"id": TENANT}, "team": {"id": "19:team"}},
    }
    return {name: value for name, value in (given | changes).items() if value is not None}


def signed(raw: bytes, key: str = KEY) -> dict[str, str]:
    digest = hmac.new(base64.b64decode(key), raw, hashlib.sha256).digest()
    return {"Authorization": f"HMAC {base64.b64encode(digest).decode()}", "Content-Type": "application/json"}


def post(client: TestClient, given: dict[str, Any], key: str = KEY) -> str:
    raw = json.dumps(given).encode()
    answer = client.post("/teams/messages", content=raw, headers=signed(raw, key))
    assert answer.status_code == 200
    said = answer.json()
    assert set(said) == {"type", "text"}
    assert said["type"] == "message"
    return str(said["text"])


def say(client: TestClient, world: World, text: str, *, by: str = "performance-lead", **changes: Any) -> str:
    return post(client, activity(world, text, by=by, **changes))


def responses(world: World, ref: str = CASES) -> list[Response]:
    return list(world.store.inbound.responses(refs={ref}).get(ref, ()))


def unchanged(client: TestClient, world: World, text: str, **changes: Any) -> str:
    before = snapshot(world.store)
    said = say(client, world, text, **changes)
    assert snapshot(world.store) == before
    return said
