"""Test which calls of Microsoft's connector are believed: real keys over HTTP, and real tokens."""

import json
from datetime import timedelta
from typing import Any

import jwt
import pytest
from starlette.testclient import TestClient

from tests.harness import World, snapshot
from tests.support.connector import BOT_ID, SERVICE, Keys, bearer, installed, machine_now
from tests.support.teams_bot import LEAD, client_of, install, status_of
from tests.web.teams_house import TENANT


@pytest.mark.parametrize(
    "token",
    [
        {"aud": "99999999-3333-4444-5555-666666666666"},
        {"aud": None},
        {"iss": "https://sts.windows.net/11111111-2222-3333-4444-555555555555/"},
        {"iss": "https://api.botframework.com"},
        {"iss": None},
        {"serviceurl": "https://elsewhere.example"},
        {"serviceurl": None},
        {"signed_by": "a stranger's"},
        {"signed_by": "a stranger's", "kid": "first"},
    ],
)
def test_a_token_that_is_not_the_connectors_for_us_is_refused(
    client: TestClient, world: World, token: dict[str, Any]
) -> None:
    before = snapshot(world.store)
    assert status_of(client, installed(world.now, LEAD, tenant=TENANT), **token) == 401
    assert snapshot(world.store) == before


def test_a_token_that_has_run_out_is_refused(client: TestClient, world: World) -> None:
    assert status_of(client, installed(world.now, LEAD, tenant=TENANT), exp=machine_now() - timedelta(minutes=6)) == 401
    assert status_of(client, installed(world.now, LEAD, tenant=TENANT), nbf=machine_now() + timedelta(minutes=6)) == 401


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer ", "Bearer x.y.z", "Basic eDp5", f"Bearer {'a' * 20_000}"])
def test_what_is_no_token_is_refused(client: TestClient, world: World, given: str) -> None:
    raw = json.dumps(installed(world.now, LEAD, tenant=TENANT))
    assert client.post("/teams/bot", content=raw, headers={"Authorization": given}).status_code == 401


def test_a_token_without_a_signature_or_with_a_shared_secrets_is_refused(client: TestClient, world: World) -> None:
    claims = {"iss": "https://api.botframework.example", "aud": BOT_ID, "serviceurl": SERVICE}
    raw = json.dumps(installed(world.now, LEAD, tenant=TENANT))
    for algorithm, secret in (("none", ""), ("HS256", "not a public key, but as little a key of the connector's")):
        forged = jwt.encode(claims, secret, algorithm=algorithm, headers={"kid": "first"})
        given = {"Authorization": f"Bearer {forged}"}
        assert client.post("/teams/bot", content=raw, headers=given).status_code == 401


def test_a_body_for_another_service_or_for_none_is_refused(client: TestClient, world: World) -> None:
    for service in ("https://elsewhere.example", "", None):
        body = installed(world.now, LEAD, tenant=TENANT, serviceUrl=service)
        assert status_of(client, body) == 401
    for raw in (b"", b"{", b"[]", b"[" * 60_000):
        assert status_of(client, raw) == 401


def test_a_foreign_tenant_is_refused(client: TestClient, world: World) -> None:
    before = snapshot(world.store)
    foreign = "99999999-2222-3333-4444-555555555555"
    assert status_of(client, installed(world.now, LEAD, tenant=foreign)) == 403
    half = installed(world.now, LEAD, tenant=TENANT, channelData={"tenant": {"id": foreign}})
    assert status_of(client, half) == 403
    assert status_of(client, installed(world.now, LEAD, tenant="", channelData={})) == 403
    assert snapshot(world.store) == before


def test_a_body_that_is_too_large_is_refused_before_it_is_read(client: TestClient, world: World) -> None:
    assert status_of(client, b"x" * 70_000) == 413


def test_keys_are_rotated(world: World, keys: Keys, monkeypatch: pytest.MonkeyPatch) -> None:
    client = client_of(world, keys)
    assert install(client, world) == 200
    asked = keys.asked
    assert install(client, world) == 200
    assert keys.asked == asked
    keys.published = ["second"]
    # The library asks again for a key it does not know, but not more than twice a minute.
    monkeypatch.setattr("jwt.jwks_client.time.monotonic", _later(61))
    body = installed(world.now, LEAD, tenant=TENANT)
    assert status_of(client, body, signed_by="second") == 200
    assert status_of(client, body, signed_by="first") == 401


def _later(seconds: float) -> Any:
    from time import monotonic

    return lambda: monotonic() + seconds


def test_while_the_keys_are_away_the_connector_is_asked_to_come_again(world: World, keys: Keys) -> None:
    away = Keys(url="http://127.0.0.1:1")
    client = client_of(world, away)
    raw = json.dumps(installed(world.now, LEAD, tenant=TENANT))
    answer = client.post("/teams/bot", content=raw, headers=bearer())
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")
