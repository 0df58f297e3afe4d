"""Hold the address of a Prefect server, with the login for it: ours on this machine, or that of others."""

import os
import ssl
from dataclasses import dataclass
from pathlib import Path

import certifi
import httpx

# On loopback nobody shows a certificate, and reading the usual 140 authorities takes a twentieth of a second each time.
_NO_AUTHORITIES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)

# For each schedule that it reads Prefect lists all zones. In the folder of the machine that takes 20 ms, from the
# package `tzdata`, which pendulum reads in any case, 0.3 ms.
ZONES = {"PYTHONTZPATH": ""}


def without_prefect(environment: dict[str, str]) -> dict[str, str]:
    """Give `environment` without settings of another Prefect: a profile's cloud must never get our runs."""
    return {name: value for name, value in environment.items() if not name.startswith("PREFECT_")}


def one_authority(home: Path) -> Path:
    """Write a file of a single authority into that folder, and give its path.

    Prefect parses the whole bundle of 140 for each of the dozen clients of a run, a third of the run's time, though on
    loopback no certificate is ever looked at.
    """
    path, end = home / "one-authority.pem", "-----END CERTIFICATE-----\n"
    if not path.exists():
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.write_text(Path(certifi.where()).read_text().split(end)[0] + end)
    return path


@dataclass(eq=False)
class PrefectAddress:
    """Hold where a Prefect server is: its `api_url`, its `login` as name:password (empty for none), and `home`, the
    folder in which clients of this machine keep their own things.
    """

    api_url: str
    login: str
    home: Path

    @property
    def url(self) -> str:
        """Give the address of its UI."""
        return self.api_url.removesuffix("/api")

    @property
    def running(self) -> bool:
        """Tell whether this process runs the server; a server that others run is none of ours."""
        return False

    @property
    def client_environment(self) -> dict[str, str]:
        """Give the environment in which a child of ours speaks to this server and to no other."""
        ours = {"PREFECT_API_URL": self.api_url, "PREFECT_HOME": str(self.home), "DO_NOT_TRACK": "1", **ZONES}
        ours |= {"PREFECT_API_AUTH_STRING": self.login, "PREFECT_API_SSL_CERT_FILE": self.authorities}
        return without_prefect(dict(os.environ)) | ours

    @property
    def authorities(self) -> str:
        """Give the file of the authorities that a client believes: for a Prefect elsewhere that of SSL_CERT_FILE, if
        it is set, for a council may have an authority of its own.
        """
        if not self._is_far:
            return str(one_authority(self.home))
        return os.environ.get("SSL_CERT_FILE") or certifi.where()

    def client(self, *, patience: float, connect: float | None = None) -> httpx.Client:
        """Give a client of its API that waits so many seconds for each answer, and `connect` seconds for a line."""
        name, _, password = self.login.partition(":")
        return httpx.Client(
            base_url=self.api_url,
            auth=httpx.BasicAuth(name, password) if self.login else None,
            timeout=httpx.Timeout(patience, connect=connect or patience),
            # Otherwise a proxy or a .netrc of the user would be asked first.
            trust_env=False,
            verify=ssl.create_default_context(cafile=self.authorities) if self._is_far else _NO_AUTHORITIES,
        )

    def answers(self, *, within: float) -> bool:
        """Tell whether it answers within so many seconds; a process that hangs lives and does not."""
        try:
            with self.client(patience=within) as client:
                return client.get("/health").is_success
        except httpx.TransportError:
            return False

    def hears_of(self, pool: str, worker: str = "") -> bool | None:
        """Tell whether the worker of that pool, or any, still reports, as it does every 30 seconds.

        None when nobody knows.
        """
        try:
            with self.client(patience=10) as client:
                answer = client.post(f"/work_pools/{pool}/workers/filter", json={}).raise_for_status()
            status = {row["name"]: row["status"] for row in answer.json()}
        except (httpx.HTTPError, ValueError, KeyError, TypeError):
            # No answer, or that of another program, which has taken the port meanwhile.
            return None
        asked = [given for name, given in status.items() if worker in ("", name)]
        return "ONLINE" in asked if asked else None

    @property
    def _is_far(self) -> bool:
        return self.api_url.startswith("https:")
