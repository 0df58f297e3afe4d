"""Read the systemd units, as systemd does: what each starts, with which files, and which of its names it fills in."""

import shlex
from dataclasses import dataclass
from pathlib import Path

from config.settings import ROOT

CLUSTER = ROOT / "config/cluster"
UNITS = CLUSTER / "systemd"
WITH_SECRETS = "/opt/daymark/bin/daymark-with-secrets"


@dataclass(frozen=True)
class Unit:
    """Hold a unit's keys with their values, in order; `instance` stands behind the @ of its name."""

    name: str
    keys: tuple[tuple[str, str], ...]
    instance: str = ""

    def all(self, key: str) -> list[str]:
        return [value for name, value in self.keys if name == key]

    def words(self, key: str = "ExecStart") -> list[str]:
        """Give what it starts, word by word."""
        (line,) = self.all(key)
        return [self._filled(word) for word in shlex.split(line)]

    def command(self) -> list[str]:
        """Give what is started with its secrets."""
        first, *command = self.words()
        assert first == WITH_SECRETS
        return command

    def environment(self) -> dict[str, str]:
        """Give the variables of the unit itself; those of its file win over them."""
        return dict(self._filled(value).split("=", 1) for value in self.all("Environment"))

    def environment_files(self) -> list[Path]:
        return [CLUSTER / Path(file).name for file in self.all("EnvironmentFile")]

    def secrets(self) -> list[str]:
        """Give the names of the secret files that it may read."""
        return [value.partition(":")[0] for value in self.all("LoadCredential")]

    def _filled(self, text: str) -> str:
        named = {"%i": self.instance, "%H": "machine", "%%": "%", "$$": "$"}
        for short, meant in named.items():
            text = text.replace(short, meant)
        return text


def unit(name: str) -> Unit:
    """Read a unit by its name, such as daymark-web@8480.service."""
    stem, at, instance = name.removesuffix(".service").partition("@")
    lines = (UNITS / f"{stem}{at}.service").read_text().splitlines()
    stated = [line.split("=", 1) for line in lines if "=" in line and not line.startswith("#")]
    return Unit(stem, tuple((key, value) for key, value in stated), instance)


def every_unit() -> list[Unit]:
    return [unit(file.name.replace("@.", "@1.")) for file in sorted(UNITS.glob("*.service"))]


def wanted() -> list[str]:
    """Give what the target starts: two of each part that can be killed."""
    lines = (UNITS / "daymark.target").read_text().splitlines()
    names = [name for line in lines if line.startswith("Wants=") for name in line.removeprefix("Wants=").split()]
    return [name for name in names if name.startswith("daymark-") and name.endswith(".service")]


def variables(file: Path) -> dict[str, str]:
    """Read an environment file."""
    lines = [line for line in file.read_text().splitlines() if line and not line.startswith("#")]
    return dict(line.split("=", 1) for line in lines)
