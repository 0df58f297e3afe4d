"""Start the whole set as its units do, from the same files: PostgreSQL, Redis, a proxy, two of each of our parts."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from functools import cached_property
from pathlib import Path
from typing import Self

import httpx

from config.settings import ROOT, Settings
from tests.cli.run.place import Administrator
from tests.cluster.parts import Part
from tests.cluster.units import CLUSTER, Unit, unit, variables
from tests.support.parts import require
from tests.support.ports import free_port
from tests.support.postgres import Server
from tests.support.soon import soon

BIN = Path(sys.executable).parent
ONCE = ("daymark-prefect-migrate.service", "daymark-migrate.service")
_INHERITED = ("PATH", "HOME", "LANG", "TZ")


class WholeSet:
    """Hold the set under `home`. Its clock stands where it is moved to; `parts` are its processes by name.

    A `small` one has no second of what a day can do without, and no part that takes mail from a mail server.
    """

    def __init__(self, home: Path, *, small: bool = False) -> None:
        self.home, self._small, self._open = home, small, ExitStack()
        self.ports = {name: free_port() for name in ("prefect", "pages", "smtp", "lmtp", "redis")}
        self._api, self._web = [free_port(), free_port()], [free_port(), free_port()]
        home.mkdir(parents=True)
        self.postgres = Server()
        self.parts: dict[str, Part] = {}
        (home / "clock").write_text("0")
        self.secrets = home / "secrets"
        addresses = [f"127.0.0.1:{port}" for port in (self.postgres.port, self.ports["redis"], self.ports["prefect"])]
        subprocess.run(["sh", CLUSTER / "secrets.sh", self.secrets, *addresses], check=True)

    @property
    def settings(self) -> Settings:
        """Give the settings that the parts have."""
        secret_names = ("database_url", "secret_key", "prefect_url")
        secrets = {name: self._secret(f"DAYMARK_{name.upper()}") for name in secret_names}
        return Settings.given(home=self.home / "var", smtp_port=self.ports["smtp"], **secrets)

    @cached_property
    def administrator(self) -> Administrator:
        return Administrator(
            f"http://127.0.0.1:{self.ports['prefect']}/api", self._secret("PREFECT_SERVER_API_AUTH_STRING")
        )

    def __enter__(self) -> Self:
        """Start all in the order that the units state, and wait until each answers."""
        self._open.enter_context(self.postgres)
        self.postgres.create("daymark", "prefect")
        (self.home / "redis").mkdir()
        self._begin("redis", self._redis())
        self._begin("proxy", self._proxy(), env=self._of_proxy())
        for name in ONCE:
            self.once(name)
        for port in self._api:
            self.begin(f"daymark-prefect-api@{port}.service")
        assert soon(lambda: self._is_up(self.ports["prefect"], "/api/ready"), 300)
        self.once("daymark-deploy.service")
        for name in self._others():
            self.begin(f"{name}.service")
        assert soon(lambda: self._is_up(self.ports["pages"], "/health"), 300)
        return self

    def __exit__(self, *_: object) -> None:
        for part in self.parts.values():
            part.kill()
        self._open.close()

    def _others(self) -> list[str]:
        """Give what starts when Prefect answers."""
        web = [f"daymark-web@{port}" for port in self._web]
        first = ["daymark-prefect-services@1", "daymark-worker@1", "daymark-worker@2", "daymark-catcher", web[0]]
        return first if self._small else [*first, "daymark-prefect-services@2", web[1], "daymark-lmtp"]

    def begin(self, name: str) -> None:
        """Start a unit that lasts, as its supervisor does."""
        of = unit(name)
        self._begin(name.removesuffix(".service"), self._command(of), env=self._environment(of))

    def once(self, name: str) -> str:
        """Run a unit that ends; give what it prints."""
        of = unit(name)
        return self._run(self._command(of), self._environment(of))

    def examined(self) -> str:
        """Give what the doctor says of the set, whether it finds it well or not."""
        of = unit("daymark-doctor.service")
        return self._ran(self._command(of), self._environment(of)).stdout

    def ended(self) -> list[str]:
        """Name the parts that have ended by themselves, with the last line that each of them wrote."""
        return [f"{name}: {part.last_line()}" for name, part in self.parts.items() if not part.running]

    def daymark(self, *words: str) -> str:
        """Run a command of Daymark as an operator does, in the environment of the doctor; give what it prints."""
        like = unit("daymark-doctor.service")
        return self._run([str(BIN / "daymark-with-secrets"), "daymark", *words], self._environment(like))

    def kill(self, name: str) -> Part:
        """Kill the first part of that name, and give it."""
        part = next(part for key, part in self.parts.items() if key.startswith(name) and part.running)
        part.kill()
        return part

    def _begin(self, name: str, command: Sequence[str], env: Mapping[str, str] | None = None) -> None:
        self.parts[name] = Part(name, command, self._base() | dict(env or {}), self.home)
        self.parts[name].start()

    def _run(self, command: Sequence[str], env: Mapping[str, str]) -> str:
        done = self._ran(command, env)
        assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
        return done.stdout

    def _ran(self, command: Sequence[str], env: Mapping[str, str]) -> "subprocess.CompletedProcess[str]":
        given = self._base() | dict(env)
        return subprocess.run(command, env=given, cwd=self.home, capture_output=True, text=True, check=False)

    def _command(self, of: Unit) -> list[str]:
        return [str(BIN / "daymark-with-secrets"), *of.command()]

    def _environment(self, of: Unit) -> dict[str, str]:
        """Give what systemd would: the unit's own variables, then those of its file, and a folder with its secrets."""
        credentials = self.home / "credentials" / of.name
        credentials.mkdir(parents=True, exist_ok=True)
        for secret in of.secrets():
            (credentials / secret).write_bytes((self.secrets / secret).read_bytes())
        of_files = {name: value for file in of.environment_files() for name, value in variables(file).items()}
        here = {name: value for name, value in self._here().items() if name in of_files}
        stated = of.environment() | of_files | here
        moved = {"TEST_CLOCK": str(self.home / "clock"), "PYTHONPATH": f"{CLOCK}{os.pathsep}{ROOT}"}
        ours = moved if "DAYMARK_HOME" in stated else {}
        path = {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
        return stated | path | ours | {"CREDENTIALS_DIRECTORY": str(credentials)}

    def _here(self) -> dict[str, str]:
        """Give what differs on this machine from the example, for other places and ports alone."""
        return {
            "DAYMARK_HOME": str(self.home / "var"),
            "DAYMARK_BASE_URL": f"http://127.0.0.1:{self.ports['pages']}",
            "DAYMARK_SMTP_PORT": str(self.ports["smtp"]),
            "DAYMARK_LMTP_PORT": str(self.ports["lmtp"]),
            "PREFECT_HOME": str(self.home / "prefect"),
            "PREFECT_SERVER_UI_STATIC_DIRECTORY": str(self.home / "prefect/pages"),
            "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": f"http://127.0.0.1:{self.ports['prefect']}",
        }

    def _of_proxy(self) -> dict[str, str]:
        elsewhere = f"http://127.0.0.1:{free_port()}"
        return {
            "HOME": str(self.home),
            "PREFECT_INSIDE": f"http://127.0.0.1:{self.ports['prefect']}",
            "PREFECT_SERVERS": " ".join(f"127.0.0.1:{port}" for port in self._api),
            "PREFECT_SITE": elsewhere,
            "PAGES_SITE": f"http://127.0.0.1:{self.ports['pages']}",
            "PAGES_HOST": "127.0.0.1",
            "PAGES_SERVERS": " ".join(f"127.0.0.1:{port}" for port in self._web),
            "SIGN_ON": f"127.0.0.1:{free_port()}",
        }

    def _proxy(self) -> list[str]:
        return [str(require("caddy")), "run", "--config", str(CLUSTER / "Caddyfile"), "--adapter", "caddyfile"]

    def _redis(self) -> list[str]:
        words = {"--port": str(self.ports["redis"]), "--bind": "127.0.0.1", "--dir": str(self.home / "redis")}
        given = [word for pair in words.items() for word in pair]
        password = ["--requirepass", self._secret("REDIS_PASSWORD")]
        return [str(require("redis")), str(CLUSTER / "redis.conf"), *given, *password]

    def _secret(self, name: str) -> str:
        return (self.secrets / name).read_text().strip()

    def _base(self) -> dict[str, str]:
        return {name: os.environ[name] for name in _INHERITED if name in os.environ}

    @staticmethod
    def _is_up(port: int, path: str) -> bool:
        with suppress(httpx.TransportError):
            return httpx.get(f"http://127.0.0.1:{port}{path}", trust_env=False, timeout=20).is_success
        return False


CLOCK = Path(__file__).with_name("clock")
