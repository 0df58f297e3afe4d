"""Stand in for Microsoft's connector: keys over real HTTP, signed tokens, and activities as Teams brings them."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from tasks.channels.teams_bot.connector import PUBLIC, CloudEnvironment

BOT_ID = "22222222-3333-4444-5555-666666666666"
SECRET = "a-secret-of-the-app-registration"
ISSUER = "https://api.botframework.example"
SERVICE = "https://smba.trafficmanager.example/uk"
BOT = f"28:{BOT_ID}"


@cache
def key(name: str) -> rsa.RSAPrivateKey:
    """Give a signing key by name: made once, because it takes a tenth of a second."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Keys:
    """Hold the keys that are published, and how often they were asked for."""

    published: list[str] = field(default_factory=lambda: ["first"])
    url: str = ""
    asked: int = 0

    @property
    def cloud(self) -> CloudEnvironment:
        from microsoft_teams.api.auth.cloud_environment import with_overrides

        return with_overrides(
            PUBLIC, openid_metadata_url=f"{self.url}/v1/.well-known/openidconfiguration", token_issuer=ISSUER
        )

    def as_json(self) -> bytes:
        keys = [json.loads(RSAAlgorithm.to_jwk(key(name).public_key())) | {"kid": name} for name in self.published]
        return json.dumps({"keys": keys}).encode()


@contextmanager
def published_keys() -> Iterator[Keys]:
    keys = Keys()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            keys.asked += 1
            body = keys.as_json() if self.path == "/v1/.well-known/keys" else b""
            self.send_response(200 if body else 404)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    keys.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield keys
    finally:
        server.shutdown()
        server.server_close()


def machine_now() -> datetime:
    """Give the instant by which the library judges a token: no story moves that clock."""
    return datetime.now(UTC)  # noqa: TID251 (see above)


def token(*, signed_by: str = "first", kid: str = "", **claims: Any) -> str:
    """Give a token of the connector's, good by this machine's clock; a claim of None is taken away."""
    at = machine_now()
    given = {"iss": ISSUER, "aud": BOT_ID, "serviceurl": SERVICE, "nbf": at, "exp": at + timedelta(hours=1)} | claims
    chosen = {name: value for name, value in given.items() if value is not None}
    return jwt.encode(chosen, key(signed_by), algorithm="RS256", headers={"kid": kid or signed_by})


def bearer(**changes: Any) -> dict[str, str]:
    return {"Authorization": f"Bearer {token(**changes)}", "Content-Type": "application/json"}


_numbers = iter(range(1, 100_000))


def activity(at: datetime, account: str, *, tenant: str, **changes: Any) -> dict[str, Any]:
    """Give an activity of a person's chat with our bot; a key of None is taken away."""
    given: dict[str, Any] = {
        "type": "message",
        "id": f"f:{next(_numbers):08d}",
        "timestamp": f"{at:%Y-%m-%dT%H:%M:%S}.1234567{at:%z}",
        "serviceUrl": SERVICE,
        "channelId": "msteams",
        "from": {"id": f"29:{account}", "name": "Somebody Else Entirely", "aadObjectId": account},
        "conversation": {"conversationType": "personal", "id": f"a:{account}", "tenantId": tenant},
        "recipient": {"id": BOT, "name": "Daymark"},
        "channelData": {"tenant": {"id": tenant}},
    }
    return {name: value for name, value in (given | changes).items() if value is not None}


def installed(at: datetime, account: str, *, tenant: str, action: str = "add", **changes: Any) -> dict[str, Any]:
    return activity(at, account, tenant=tenant, **{"type": "installationUpdate", "action": action} | changes)


def pressed(
    at: datetime, account: str, *, tenant: str, verb: str, data: Mapping[str, Any], **changes: Any
) -> dict[str, Any]:
    action = {"type": "Action.Execute", "id": "", "verb": verb, "data": dict(data)}
    value = {"action": action, "trigger": "manual"}
    parts = {"type": "invoke", "name": "adaptiveCard/action", "value": value}
    return activity(at, account, tenant=tenant, **parts | changes)
