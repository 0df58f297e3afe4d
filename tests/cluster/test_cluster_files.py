"""Test that the files of the set say what exists: each command, each variable, each secret; and that both ways to run
the set, units and containers, start the same.
"""

import subprocess
from collections import Counter
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml
from prefect.settings import Settings as PrefectSettings
from prefect.settings.legacy import _get_settings_fields
from prefect_redis.cleanup_queue import RedisWorkerCleanupQueueSettings
from prefect_redis.client import RedisMessagingSettings

from cli.commands import COMMANDS, load_command
from config.settings import ROOT, Settings
from tasks.processes.prefect_server import _SETTINGS
from tests.cluster.units import CLUSTER, UNITS, Unit, every_unit, unit, variables, wanted

COMPOSE: dict[str, Any] = yaml.safe_load((CLUSTER / "compose.yaml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OF_OTHERS = {"postgres", "redis", "proxy", "sign-on"}
READ_BY_PREFECT = {
    *_get_settings_fields(PrefectSettings),
    *(f"PREFECT_REDIS_MESSAGING_{name.upper()}" for name in RedisMessagingSettings.model_fields),
    *(f"PREFECT_REDIS_WORKER_CLEANUP_QUEUE_{name.upper()}" for name in RedisWorkerCleanupQueueSettings.model_fields),
    # prefect.server.utilities.encryption reads it without its settings.
    "PREFECT_SERVER_ENCRYPTION_KEY",
}
READ_BY_ALL = {"DO_NOT_TRACK", "PYTHONTZPATH", "PATH"}
READ_BY_US = {f"DAYMARK_{name.upper()}" for name in Settings.model_fields}


@pytest.fixture(scope="module")
def secrets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("secrets") / "made"
    subprocess.run(["sh", CLUSTER / "secrets.sh", folder], check=True)
    return folder


def names(each: Unit) -> set[str]:
    of_files = [name for file in each.environment_files() for name in variables(file)]
    return {*of_files, *each.environment(), *each.secrets()}


@pytest.mark.parametrize("each", every_unit(), ids=lambda each: str(each.name))
def test_a_unit_starts_what_exists_with_variables_that_are_read_and_secrets_that_are_made(
    each: Unit, secrets: Path
) -> None:
    program = each.command()[0]
    assert program in ("daymark", "prefect", "sh")
    if program == "daymark":
        _, name, *words = each.command()
        known = {option for parameter in load_command(name).params for option in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= known
    # The doctor looks at both.
    both = READ_BY_PREFECT | READ_BY_US if "doctor" in each.name else READ_BY_US
    assert names(each) <= (READ_BY_PREFECT if program == "prefect" else both) | READ_BY_ALL
    assert set(each.secrets()) <= {file.name for file in secrets.iterdir()}
    assert "DAYMARK_PORT" not in variables(CLUSTER / "daymark.env"), "A file wins over the port of a unit."


def test_every_unit_can_write_its_own_state_alone() -> None:
    common = (UNITS / "daymark-.service.d/common.conf").read_text().splitlines()
    hardened = {
        "NoNewPrivileges=yes",
        "ProtectSystem=strict",
        "ProtectHome=yes",
        "CapabilityBoundingSet=",
        "UMask=0077",
    }
    assert hardened <= set(common)
    assert all(each.name.startswith("daymark-") for each in every_unit())
    lasting = [each for each in every_unit() if not each.all("Type")]
    assert all(each.all("Restart") == ["always"] for each in lasting)


def test_the_target_starts_two_of_each_part_that_runs_flows_or_serves() -> None:
    counted = Counter(name.partition("@")[0] for name in wanted() if "@" in name)
    parts = ("daymark-prefect-api", "daymark-prefect-services", "daymark-worker", "daymark-web")
    assert counted == dict.fromkeys(parts, 2)
    assert all(unit(name).command() for name in wanted())


def shape(words: list[str]) -> tuple[str, ...]:
    """Give a command without what differs between machines and containers: hosts, ports and names."""
    return tuple(word for word in words if word.isalpha() or word in ("--no-services", "-y"))


def test_containers_start_what_the_units_start() -> None:
    of_units = {
        shape(each.command()) for each in every_unit() if each.name not in ("daymark-backup", "daymark-catcher")
    }
    given = {name: service["command"] for name, service in SERVICES.items() if name not in OF_OTHERS | {"backup"}}
    assert {shape(command) for command in given.values()} == of_units
    assert Counter(shape(unit(name).command()) for name in wanted()) == Counter(
        shape(command) for name, command in given.items() if not name.endswith(("migrate", "deploy", "doctor"))
    )
    assert "daymark backup /backups/" in SERVICES["backup"]["command"][-1]
    assert "daymark backup /var/lib/daymark/backups/" in unit("daymark-backup.service").command()[-1]


@pytest.mark.parametrize("name", sorted(set(SERVICES) - OF_OTHERS))
def test_a_container_of_ours_gets_the_variables_and_secrets_of_its_unit_and_no_rights(name: str, secrets: Path) -> None:
    service = SERVICES[name]
    is_prefects = service["command"][0] == "prefect"
    like = unit("daymark-prefect-api@1.service" if is_prefects else "daymark-web@1.service")
    if name == "doctor":
        like = unit("daymark-doctor.service")
    files = [f"config/cluster/{file.name}" for file in like.environment_files()]
    assert service["env_file"] in (files, files[0])
    assert sorted(service["secrets"]) == sorted(like.secrets())
    assert set(service.get("environment", {})) <= READ_BY_US
    assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"])
    assert service["restart"] in ("always", "on-failure", "no")


def test_each_secret_of_the_containers_is_a_file_that_is_made_and_each_volume_is_named(secrets: Path) -> None:
    used = {secret for service in SERVICES.values() for secret in service.get("secrets", [])}
    assert used == set(COMPOSE["secrets"])
    assert {each["file"].removeprefix("secrets/") for each in COMPOSE["secrets"].values()} == used
    assert used <= {file.name for file in secrets.iterdir()}
    mounted = {volume.partition(":")[0] for service in SERVICES.values() for volume in service.get("volumes", [])}
    assert {volume for volume in mounted if not volume.startswith("./")} == set(COMPOSE["volumes"])
    # An object with a path stands in a list; by itself it is refused.
    assert all(isinstance(service.get("env_file", ""), str | list) for service in SERVICES.values())
    probed = {name for name, service in SERVICES.items() if "healthcheck" in service}
    assert probed == {"postgres", "redis", "prefect-api-1", "prefect-api-2", "web-1", "web-2"}


def test_secrets_are_made_once_for_their_owner_alone_and_fit_together(secrets: Path) -> None:
    made = {file.name: file.read_text().strip() for file in secrets.iterdir()}
    assert {file.stat().st_mode & 0o777 for file in secrets.iterdir()} == {0o600}
    subprocess.run(["sh", CLUSTER / "secrets.sh", secrets, "elsewhere:1"], check=True)
    assert {file.name: file.read_text().strip() for file in secrets.iterdir()} == made
    assert made["PREFECT_SERVER_API_AUTH_STRING"] in made["DAYMARK_PREFECT_URL"]
    random = ("POSTGRES_PASSWORD", "REDIS_PASSWORD", "DAYMARK_SECRET_KEY", "PREFECT_SERVER_API_AUTH_STRING")
    assert len({made[name] for name in random}) == len(random)
    ours = {name.removeprefix("DAYMARK_").lower(): made[name] for name in made if name.startswith("DAYMARK_")}
    given = Settings.given(**{name: value for name, value in ours.items() if value})
    assert given.prefect_api_url == "http://127.0.0.1:4200/api"


def test_the_servers_are_set_as_our_own_is() -> None:
    shared = variables(CLUSTER / "prefect.env")
    # Of several servers each has some of the connections, and their places lie in Redis.
    differs = {"PREFECT_SERVER_DATABASE_SQLALCHEMY_POOL_SIZE", "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE"}
    ours = {name: value for name, value in _SETTINGS.items() if name not in differs and "__" not in name}
    assert ours.items() <= shared.items()
    used = sum(int(shared[f"PREFECT_SERVER_DATABASE_SQLALCHEMY_{name}"]) for name in ("POOL_SIZE", "MAX_OVERFLOW"))
    assert 4 * used < 100


def test_pages_without_a_token_of_their_own_are_behind_the_sign_on() -> None:
    (line,) = [line for line in (CLUSTER / "Caddyfile").read_text().splitlines() if "@by_token path" in line]
    patterns = line.split()[2:]

    def is_open(path: str) -> bool:
        return any(fnmatch(path, pattern) for pattern in patterns)

    closed = "/ /review /assurance /mail /mail/1 /timeline /timeline.csv /task/x/1 /changes /people /absences /actions"
    assert [path for path in [*closed.split(), "/reports/file"] if is_open(path)] == []
    tokens = "/r/x /r/x/mine /mine /mine/x /board/x /calendar/x.ics /health /assurance/silent/x /prefect/failed/x"
    others = "/static/daymark.css /notify/receipts /teams/bot /teams/messages /api/v1 /api/v1/tasks.csv"
    assert [path for path in f"{tokens} {others}".split() if not is_open(path)] == []


def test_the_proxy_gets_a_file_with_what_it_reads_and_a_new_operator_is_told_of_each_file() -> None:
    given, caddyfile = variables(CLUSTER / "proxy.env"), (CLUSTER / "Caddyfile").read_text()
    assert {name for name in given if f"{{${name}:{given[name]}}}" not in caddyfile} == set()
    assert "EnvironmentFile=/etc/daymark/proxy.env" in (UNITS / "caddy.service.d/daymark.conf").read_text()
    operations = (ROOT / "docs/operations.md").read_text()
    assert f"cp {' '.join(sorted(file.name for file in CLUSTER.glob('*.env')))} /etc/daymark/" in operations


@pytest.mark.requires("caddy")
def test_the_proxy_reads_its_file() -> None:
    command = ["caddy", "validate", "--config", str(CLUSTER / "Caddyfile"), "--adapter", "caddyfile"]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr


def test_every_command_of_the_set_is_one_of_the_parts() -> None:
    ours = {each.command()[1] for each in every_unit() if each.command()[0] == "daymark"}
    assert ours <= {name for commands in COMMANDS.values() for name in commands}
