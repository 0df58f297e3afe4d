"""What the environment may set: the only reader of `DAYMARK_…` variables."""

import ipaddress
import re
from collections.abc import Iterator
from datetime import time
from email.utils import parseaddr
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, NamedTuple, Self
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from config.secret_key import kept_key

ROOT = Path(__file__).resolve().parents[1]
"""The project's root: where prefect.yaml, the rule packs and the timelines stand."""


class SettingsError(Exception):
    """Settings that cannot be used: one sentence per fault, one fault a line, never a secret's value."""


class WorkingHours(NamedTuple):
    """Local times in Europe/London between which messages may leave; `closes` itself is outside."""

    opens: time
    closes: time


def _folder(text: str | Path) -> Path:
    return Path(text).expanduser().absolute()


def _address_to_bind(text: str) -> str:
    return text if text == "localhost" else str(ipaddress.ip_address(text))


def _hours(text: str | WorkingHours) -> WorkingHours:
    if isinstance(text, WorkingHours):
        return text
    opens, closes = (time.fromisoformat(part.strip()) for part in text.split("-"))
    if opens >= closes:
        raise ValueError
    return WorkingHours(opens, closes)


def _database(url: str) -> str:
    url = re.sub(r"^postgres(ql)?://", "postgresql+psycopg://", url)
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise ValueError
    return url


def _web_address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ValueError
    return url.rstrip("/")


def _mail_route(url: str) -> str:
    # Apprise's own mailto:// sends "sean.o'brien@…" to "brien@…" and reports success.
    if not re.match(r"daymarkmails?://[^/]", url):
        raise ValueError
    return url


def _bare_address(text: str) -> str:
    if not re.fullmatch(r"[^@\s<>,;]+@[^@\s<>,;]+", text):
        raise ValueError
    return text


def _sender(text: str) -> str:
    _bare_address(parseaddr(text)[1])
    if not text.isprintable():
        raise ValueError
    return text


_Port = Annotated[int, Field(ge=1, le=65535, description="a port, a whole number from 1 to 65535")]
_PLACE = "a folder for the database, caught mail, logs and the secret key"
_SECRET = "at least 32 characters that nobody can guess"  # noqa: S105 (a sentence, not a secret)
_HOURS = "the hours in which messages may leave, such as 08:00-18:00"
_DATABASE = "a database, sqlite:////path/to/file or postgresql://user:password@host/name"


def _on_loopback(data: dict[str, Any], port: str) -> str:
    """Where a part that listens at BIND is reached from this machine, as host:port for a URL."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(data["bind"], data["bind"])  # noqa: S104 (compared, not bound)
    return f"[{host}]:{data[port]}" if ":" in host else f"{host}:{data[port]}"


class Settings(BaseSettings):
    """Everything that the environment decides; the README's table says what each is for."""

    model_config = SettingsConfigDict(env_prefix="DAYMARK_", env_ignore_empty=True, frozen=True, extra="forbid")

    home: Annotated[Path, BeforeValidator(_folder)] = Field(Path("var"), description=_PLACE)
    bind: Annotated[str, BeforeValidator(_address_to_bind)] = Field(
        "127.0.0.1", description="an address of this machine, such as 127.0.0.1 or 0.0.0.0"
    )
    port: _Port = 8480
    prefect_port: _Port = 4200
    smtp_port: _Port = 8425
    base_url: Annotated[str, BeforeValidator(_web_address)] = Field(
        default_factory=lambda data: f"http://{_on_loopback(data, 'port')}",
        description="the address that officers reach the pages at, such as https://daymark.council.example",
    )
    database_url: Annotated[str, BeforeValidator(_database)] = Field(
        default_factory=lambda data: f"sqlite:///{data['home'] / 'daymark.db'}",
        description=_DATABASE,
        repr=False,
    )
    timeline: Annotated[Path, BeforeValidator(_folder)] = Field(
        ROOT / "config/timelines/demo.yaml", description="the file of a council's timeline"
    )
    secret_key: SecretStr | None = Field(None, min_length=32, description=_SECRET)
    working_hours: Annotated[WorkingHours, NoDecode, BeforeValidator(_hours)] = Field(
        WorkingHours(time(8), time(18)), description=_HOURS
    )
    mail_address: Annotated[str, BeforeValidator(_bare_address)] = Field(
        "reminders@daymark.example", description="one mail address, such as reminders@daymark.example"
    )
    mail_from: Annotated[str, BeforeValidator(_sender)] = Field(
        default_factory=lambda data: f"Improvement programme <{data['mail_address']}>",
        description="a sender, such as Improvement programme <reminders@daymark.example>",
    )
    mail_url: Annotated[str, BeforeValidator(_mail_route)] = Field(
        default_factory=lambda data: f"daymarkmail://{_on_loopback(data, 'smtp_port')}/?starttls=no",
        description="an address of Daymark's own mail plugin, daymarkmail://… or daymarkmails://…",
        repr=False,
    )

    def __init__(self, **values: Any) -> None:
        """Values given here win over the environment. Raises SettingsError."""
        try:
            super().__init__(**values)
        except ValidationError as faults:
            raise SettingsError("\n".join(_sentences(faults))) from None

    @classmethod
    def given(cls, **values: Any) -> "Settings":
        """Settings made of `values` and defaults alone, whatever the environment says (tests, replay)."""
        return _Given(**values)

    @model_validator(mode="after")
    def _each_part_has_its_port(self) -> Self:
        ports = {"DAYMARK_PORT": self.port, "DAYMARK_PREFECT_PORT": self.prefect_port}
        ports["DAYMARK_SMTP_PORT"] = self.smtp_port
        for name, port in ports.items():
            sharing = [other for other in ports if ports[other] == port]
            if len(sharing) > 1 and sharing[0] == name:
                raise ValueError(f"{' and '.join(sharing)} are both {port}: expected a port for each.")
        return self

    def secret(self) -> bytes:
        """What tokens are derived from: DAYMARK_SECRET_KEY, or the key kept in HOME (made on first use)."""
        if self.secret_key is not None:
            return self.secret_key.get_secret_value().encode()
        return kept_key(self.home / "secret.key").encode()

    @property
    def caught_mail(self) -> Path:
        """The Maildir of the built-in catcher."""
        return self.home / "caught-mail"

    @property
    def logs(self) -> Path:
        return self.home / "logs"

    @property
    def prefect_home(self) -> Path:
        return self.home / "prefect"


class _Given(Settings):
    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings,)


def _sentences(faults: ValidationError) -> Iterator[str]:
    for fault in faults.errors():
        if not fault["loc"]:
            yield str(fault["ctx"]["error"])
        # A default that waits for a setting at fault is no fault of its own.
        elif fault["type"] != "default_factory_not_called":
            yield _sentence(str(fault["loc"][0]), fault["input"])


def _sentence(name: str, found: Any) -> str:
    field = Settings.model_fields.get(name)
    if field is None:
        return f"DAYMARK_{name.upper()} is not a setting."
    secret = name == "secret_key" or not field.repr
    fault = "cannot be used" if secret else f"is {str(found)!r}"
    return f"DAYMARK_{name.upper()} {fault}: expected {field.description}."


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process, read from the environment once. Raises SettingsError."""
    return Settings()
