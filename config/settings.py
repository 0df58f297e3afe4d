"""Read the settings, as the only reader of the `DAYMARK_…` variables of the environment."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import time
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from config import values
from config.channels import FORM as CHANNEL_WORDS
from config.channels import MAIL, Channel, Form, channels
from config.secret_key import kept_key, kept_login
from config.settings_faults import refuse_a_shared_port, refuse_oauth_by_halves, sentences
from timeline.calendar.working_hours import WorkingHours

ROOT = Path(__file__).resolve().parents[1]
"""The folder of all rooms: the project's root, or where the package is installed."""


class SettingsError(Exception):
    """Report settings that cannot be used: a line with a sentence for each fault, never with a secret's value."""


_Port = Annotated[int, Field(ge=1, le=65535, description="a port, a whole number from 1 to 65535")]
_ADDRESS = "an address of this machine, such as 127.0.0.1 or 0.0.0.0"
_Bind = Annotated[str, BeforeValidator(values.address_to_bind), Field(description=_ADDRESS)]
_PLACE = "a folder for the database, caught mail, logs and the secret key"
_SECRET = "at least 32 characters that nobody can guess"  # noqa: S105 (a sentence, not a secret)
_HOURS = "the hours in which messages may leave, such as 08:00-18:00"


def _catcher(data: dict[str, Any]) -> str:
    return f"daymarkmail://{values.LOOPBACK}:{data['smtp_port']}/?starttls=no"


_PASSWORD = "a secret of the mailbox"  # noqa: S105 (a sentence, not a secret)
_GUID = r"^([0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})?$"


class Settings(BaseSettings):
    """Hold the settings of the environment; docs/settings.md explains each."""

    model_config = SettingsConfigDict(env_prefix="DAYMARK_", env_ignore_empty=True, frozen=True, extra="forbid")

    home: Annotated[Path, BeforeValidator(values.folder)] = Field(Path("var"), description=_PLACE)
    bind: _Bind = values.LOOPBACK
    port: _Port = 8480
    prefect_bind: _Bind = values.LOOPBACK
    prefect_port: _Port = 4200
    prefect_url: Annotated[str, BeforeValidator(values.web_address_or_none)] = Field(
        "", description="a Prefect that others run, such as https://name:password@prefect.council.example", repr=False
    )
    smtp_port: _Port = 8425
    base_url: Annotated[str, BeforeValidator(values.web_address)] = Field(
        default_factory=lambda data: f"http://{values.on_loopback(data['bind'], data['port'])}",
        description="the address that officers reach the pages at, such as https://daymark.council.example",
    )
    database_url: Annotated[str, BeforeValidator(values.database)] = Field(
        default_factory=lambda data: f"sqlite:///{data['home'] / 'daymark.db'}",
        description="a database, sqlite:////path/to/file or postgresql://user:password@host/name",
        repr=False,
    )
    timeline: Annotated[Path, BeforeValidator(values.folder)] = Field(
        ROOT / "config/timelines/demo.yaml", description="a council's timeline, or a folder of councils"
    )
    secret_key: SecretStr | None = Field(None, min_length=32, description=_SECRET)
    working_hours: Annotated[WorkingHours, NoDecode, BeforeValidator(values.hours)] = Field(
        WorkingHours(time(8), time(18)), description=_HOURS
    )
    mail_address: Annotated[str, BeforeValidator(values.bare_address)] = Field(
        "reminders@daymark.example", description="one mail address, such as reminders@daymark.example"
    )
    mail_from: Annotated[str, BeforeValidator(values.sender)] = Field(
        default_factory=lambda data: f"Improvement programme <{data['mail_address']}>",
        description="a sender, such as Improvement programme <reminders@daymark.example>",
    )
    mail_url: Annotated[str, BeforeValidator(values.mail_route)] = Field(
        default_factory=_catcher,
        description="an address of Daymark's own plugins, daymarkmail://…, daymarkmails://… or daymarkgraph://…",
        repr=False,
    )
    mail_client_id: str = Field("", pattern=_GUID, description="the client id of the app that sends, a GUID")
    mail_client_secret: SecretStr | None = Field(None, description="the secret of the app that sends")
    oauth_authority: values.Authority = Field(values.AUTHORITY, description="where tokens come from, https://HOST")
    mail_authserv: str = Field(
        "", pattern=r"^[A-Za-z0-9.-]*$", description="the name that our mail server writes into Authentication-Results"
    )
    mail_tenant: str = Field("", pattern=_GUID, description="the tenant id of Exchange Online, a GUID")
    imap_host: str = Field("", pattern=r"^[A-Za-z0-9.:-]*$", description="the host of the mailbox that answers reach")
    imap_port: _Port = 993
    imap_tls: bool = Field(True, description="yes, or no for a mailbox on this machine")
    imap_user: str = Field("", description="who reads the mailbox")
    imap_password: SecretStr | None = Field(None, description=_PASSWORD)
    imap_folder: str = Field("INBOX", min_length=1, description="the folder that answers arrive in")
    imap_done_folder: str = Field("Daymark", min_length=1, description="the folder for what was read")
    imap_tenant: str = Field("", description="the tenant of the app registration, a GUID or a domain")
    imap_client_id: str = Field("", pattern=_GUID, description="the app registration's client id, a GUID")
    imap_client_secret: SecretStr | None = Field(None, description=_PASSWORD)
    lmtp_bind: _Bind = values.LOOPBACK
    lmtp_peers: Annotated[str, BeforeValidator(values.networks)] = Field(
        "127.0.0.0/8,::1", description="addresses or networks with commas, such as 192.0.2.10,198.51.100.0/24"
    )
    lmtp_port: Annotated[int, Field(ge=0, le=65535, description="a port, or 0 for no LMTP server")] = 0
    channels: Annotated[str, BeforeValidator(values.channel_words)] = Field(
        "", description=f"ways out beside mail: {CHANNEL_WORDS}", repr=False
    )
    probes: Annotated[str, BeforeValidator(values.channel_words)] = Field(
        "", description=f"where each channel is tried on ourselves: {CHANNEL_WORDS}", repr=False
    )
    heartbeat_url: Annotated[str, BeforeValidator(values.web_address_or_none)] = Field(
        "", description="the address that hears of each assurance, such as https://hc.council.example/UUID", repr=False
    )
    ask_links: bool = Field(False, description="whether each link of the programme is asked once a week")
    teams_keys: SecretStr | None = Field(None, description="the outgoing webhook's keys in base64, with commas")
    teams_tenant: str = Field("", pattern=_GUID, description="the tenant id of Teams, a GUID")
    teams_bot_id: str = Field("", pattern=_GUID, description="the client id of our bot's app registration, a GUID")
    teams_bot_secret: SecretStr | None = Field(None, description="the client secret of that app registration")
    notify_key: SecretStr | None = Field(None, description="an API key of GOV.UK Notify")
    notify_bearer: SecretStr | None = Field(None, min_length=16, description="the token of Notify's callbacks")
    identity_header: str = Field("", pattern=r"^[A-Za-z0-9-]*$", description="the proxy's header that names the person")
    sees_all: str = Field("", description="the names, with commas, of those who may see every council")
    sees_all_key: SecretStr | None = Field(None, min_length=32, description=_SECRET)

    def __init__(self, **given: Any) -> None:
        """Read the settings; values given here win over the environment. Raises SettingsError."""
        try:
            super().__init__(**given)
        except ValidationError as faults:
            raise SettingsError("\n".join(sentences(faults, Settings.model_fields))) from None

    @classmethod
    def given(cls, **chosen: Any) -> "Settings":
        """Make settings of `chosen` and defaults alone, without the environment (for tests and replay)."""
        return _Given(**chosen)

    @model_validator(mode="after")
    def _fit_together(self) -> Self:
        refuse_a_shared_port({name: getattr(self, name) for name in ("port", "prefect_port", "smtp_port")})
        refuse_oauth_by_halves(self.model_dump())
        for name in self.probe_ways():
            if name not in self.ways():
                raise ValueError(f"DAYMARK_PROBES tries “{name}”: expected the name of one of DAYMARK_CHANNELS.")
        return self

    @model_validator(mode="after")
    def _the_bot_is_of_one_tenant(self) -> Self:
        wanted = self.teams_bot_id or any(way.form is Form.BOT for way in self.ways().values())
        if wanted and not (self.teams_bot_id and self.teams_bot_secret and self.teams_tenant):
            raise ValueError(
                "A bot in Teams needs DAYMARK_TEAMS_BOT_ID, DAYMARK_TEAMS_BOT_SECRET, DAYMARK_TEAMS_TENANT."
            )
        return self

    def secret(self) -> bytes:
        """Give the secret of tokens: DAYMARK_SECRET_KEY, or the key kept in HOME (made on first use)."""
        if self.secret_key is not None:
            return self.secret_key.get_secret_value().encode()
        return kept_key(self.home / "secret.key").encode()

    def prefect_login(self) -> str:
        """Give Prefect's login as name:password: that of PREFECT_URL, else ours, kept in HOME (made on first use)."""
        return values.login_in(self.prefect_url) if self.prefect_url else kept_login(self.prefect_login_file)

    @property
    def prefect_login_file(self) -> Path:
        return self.home / "prefect.login"

    def for_children(self) -> dict[str, str]:
        """Give the variables that a child process in another folder needs to find the same files."""
        named = {"HOME": self.home, "TIMELINE": self.timeline, "DATABASE_URL": self.database_url}
        return {f"DAYMARK_{name}": str(value) for name, value in named.items()}

    @property
    def catches_mail(self) -> bool:
        """Tell whether mail goes to the built-in catcher instead of the council's mail server."""
        return self.mail_url == _catcher(self.model_dump())

    def ways(self) -> dict[str, Channel]:
        """Give the channels by name; "mail" is always among them."""
        return channels(self.channels, self.mail_url)

    def probe_ways(self) -> dict[str, Channel]:
        """Give the channels of our test messages by name, without mail, which is tested on our own address."""
        return {name: way for name, way in channels(self.probes, self.mail_url).items() if name != MAIL}

    @property
    def pages_url(self) -> str:
        """Give the address at which this machine reaches the officers' pages."""
        return f"http://{values.on_loopback(self.bind, self.port)}"

    @property
    def caught_mail(self) -> Path:
        return self.home / "caught-mail"

    @property
    def logs(self) -> Path:
        return self.home / "logs"

    @property
    def prefect_home(self) -> Path:
        return self.home / "prefect"

    @property
    def prefect_api_url(self) -> str:
        """Give the address at which this machine reaches Prefect's API; the login is not in it."""
        if self.prefect_url:
            return f"{values.without_login(self.prefect_url)}/api"
        return f"http://{values.on_loopback(self.prefect_bind, self.prefect_port)}/api"


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


def settings() -> Settings:
    """Give the settings of this process: those of `using`, else the environment's. Raises SettingsError."""
    return _in_use[-1] if _in_use else _of_environment()


@contextmanager
def using(given: Settings) -> Iterator[Settings]:
    """Make the whole process work with `given` for a while: for a replay or a test."""
    _in_use.append(given)
    try:
        yield given
    finally:
        _in_use.remove(given)


_in_use: list[Settings] = []


@lru_cache(maxsize=1)
def _of_environment() -> Settings:
    """Read the environment once, so that nothing changes under a running process."""
    return Settings()
