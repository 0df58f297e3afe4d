import stat
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import time
from multiprocessing import get_context
from pathlib import Path

import pytest

from config.secret_key import kept_key
from config.settings import ROOT, Settings, SettingsError, _of_environment, settings, using
from timeline.calendar.working_hours import WorkingHours


@pytest.fixture(autouse=True)
def _empty_environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"DAYMARK_{name.upper()}", raising=False)
    _of_environment.cache_clear()
    yield
    _of_environment.cache_clear()


def test_everything_has_a_default_on_loopback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    settings = Settings()
    assert settings.home == tmp_path / "var"
    assert settings.database_url == f"sqlite:///{tmp_path}/var/daymark.db"
    assert (settings.base_url, settings.bind) == ("http://127.0.0.1:8480", "127.0.0.1")
    assert settings.mail_url == "daymarkmail://127.0.0.1:8425/?starttls=no"
    assert settings.mail_address == "reminders@daymark.example"
    assert settings.working_hours == WorkingHours(time(8), time(18))
    assert settings.timeline == ROOT / "config/timelines/demo.yaml"
    assert settings.caught_mail.is_relative_to(settings.home)
    assert settings.prefect_home.is_absolute()


def test_reading_settings_touches_no_file(tmp_path: Path) -> None:
    Settings.given(home=tmp_path / "var")
    assert list(tmp_path.iterdir()) == []


def test_the_environment_decides(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DAYMARK_HOME", str(tmp_path))
    monkeypatch.setenv("DAYMARK_PORT", "9000")
    monkeypatch.setenv("DAYMARK_SMTP_PORT", "9025")
    monkeypatch.setenv("DAYMARK_WORKING_HOURS", "09:00-17:30")
    monkeypatch.setenv("DAYMARK_MAIL_ADDRESS", "timeline@medway.example")
    given = settings()
    assert given.database_url == f"sqlite:///{tmp_path}/daymark.db"
    assert given.base_url == "http://127.0.0.1:9000"
    assert given.mail_url == "daymarkmail://127.0.0.1:9025/?starttls=no"
    assert given.working_hours == WorkingHours(time(9), time(17, 30))
    assert given.mail_from == "Improvement programme <timeline@medway.example>"


def test_an_empty_variable_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAYMARK_MAIL_URL", "")
    monkeypatch.setenv("DAYMARK_PORT", "")
    assert Settings().model_dump() == Settings.given().model_dump()


def test_settings_given_in_code_do_not_read_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAYMARK_DATABASE_URL", "postgresql://live.example/daymark")
    assert Settings.given().database_url.startswith("sqlite:///")


def test_settings_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first = settings()
    monkeypatch.setenv("DAYMARK_PORT", "9000")
    assert settings() is first


def test_a_replays_own_settings_hold_for_a_while(tmp_path: Path) -> None:
    before = settings()
    with using(Settings.given(home=tmp_path)) as given:
        assert settings() is given
    assert settings() is before


@pytest.mark.parametrize(
    ("bind", "base_url"),
    [
        ("0.0.0.0", "http://127.0.0.1:8480"),  # noqa: S104 (what a council might set)
        ("::1", "http://[::1]:8480"),
        ("::", "http://[::1]:8480"),
        ("localhost", "http://localhost:8480"),
        ("192.0.2.7", "http://192.0.2.7:8480"),
    ],
)
def test_the_pages_are_reached_where_they_are_bound(bind: str, base_url: str) -> None:
    assert Settings.given(bind=bind).base_url == base_url


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgresql_is_spoken_to_through_psycopg(scheme: str) -> None:
    given = Settings.given(database_url=f"{scheme}://daymark@db.example/daymark").database_url
    assert given == "postgresql+psycopg://daymark@db.example/daymark"


def test_a_database_file_is_the_same_one_for_a_worker_that_runs_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = Settings.given(database_url="sqlite:///here.db", home="var", timeline="council.yaml")
    assert settings.database_url == f"sqlite:///{tmp_path}/here.db"
    assert settings.for_children() == {
        "DAYMARK_HOME": f"{tmp_path}/var",
        "DAYMARK_TIMELINE": f"{tmp_path}/council.yaml",
        "DAYMARK_DATABASE_URL": f"sqlite:///{tmp_path}/here.db",
    }


def test_mail_is_caught_until_a_mail_server_is_named() -> None:
    assert Settings.given(smtp_port=9025).catches_mail
    assert not Settings.given(mail_url="daymarkmails://mail.council.example").catches_mail


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("PORT", "abc", "DAYMARK_PORT is 'abc': expected a port, a whole number from 1 to 65535."),
        ("PORT", "0", "DAYMARK_PORT is '0': expected a port"),
        ("PREFECT_PORT", "65536", "DAYMARK_PREFECT_PORT is '65536': expected a port"),
        ("BIND", "council", "DAYMARK_BIND is 'council': expected an address of this machine"),
        ("BASE_URL", "daymark.council.example", "DAYMARK_BASE_URL is 'daymark.council.example': expected"),
        ("BASE_URL", "https://council.example?x=1", "DAYMARK_BASE_URL is"),
        ("WORKING_HOURS", "18:00-08:00", "DAYMARK_WORKING_HOURS is '18:00-08:00': expected the hours"),
        ("WORKING_HOURS", "08:00", "DAYMARK_WORKING_HOURS is '08:00': expected the hours"),
        ("MAIL_ADDRESS", "reminders", "DAYMARK_MAIL_ADDRESS is 'reminders': expected one mail address"),
        ("MAIL_FROM", "Programme", "DAYMARK_MAIL_FROM is 'Programme': expected a sender"),
        ("MAIL_FROM", "A\nBcc: b@x.example <a@x.example>", "DAYMARK_MAIL_FROM is"),
        (
            "OAUTH_AUTHORITY",
            "http://login.example",
            "DAYMARK_OAUTH_AUTHORITY is 'http://login.example': expected where",
        ),
        ("OAUTH_AUTHORITY", "https://login.example/x", "DAYMARK_OAUTH_AUTHORITY is"),
        ("MAIL_CLIENT_ID", "daymark", "DAYMARK_MAIL_CLIENT_ID is 'daymark': expected the client id"),
        (
            "MAIL_URL",
            "daymarkgraph://graph.microsoft.com/",
            "DAYMARK_MAIL_URL sends by OAuth2: expected DAYMARK_MAIL_TENANT and DAYMARK_MAIL_CLIENT_ID and "
            "DAYMARK_MAIL_CLIENT_SECRET, too",
        ),
        ("MAIL_URL", "daymarkmail://smtp.office365.com/?auth=xoauth2", "DAYMARK_MAIL_URL sends by OAuth2: expected"),
        ("PORT", "4200", "DAYMARK_PORT and DAYMARK_PREFECT_PORT are both 4200: expected a port for each."),
    ],
)
def test_a_bad_value_gives_one_sentence(monkeypatch: pytest.MonkeyPatch, name: str, value: str, expected: str) -> None:
    monkeypatch.setenv(f"DAYMARK_{name}", value)
    with pytest.raises(SettingsError) as refused:
        Settings()
    assert str(refused.value).startswith(expected)
    assert len(str(refused.value).splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "hunter2"),
        ("DATABASE_URL", "mysql://daymark:hunter2@db.example/daymark"),
        ("MAIL_URL", "mailtos://daymark:hunter2@mail.example"),
    ],
)
def test_a_secret_is_never_repeated(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"DAYMARK_{name}", value)
    with pytest.raises(SettingsError, match=f"DAYMARK_{name} cannot be used: expected ") as refused:
        Settings()
    assert "hunter2" not in str(refused.value)
    assert refused.value.__cause__ is None


def test_the_registration_that_reads_may_send_too() -> None:
    graph, guid = "daymarkgraph://graph.microsoft.com/", "11111111-2222-3333-4444-555555555555"
    Settings.given(mail_url=graph, imap_tenant=guid, imap_client_id=guid, imap_client_secret="x")
    with pytest.raises(SettingsError, match=r"expected DAYMARK_IMAP_CLIENT_SECRET, too"):
        Settings.given(mail_url=graph, mail_tenant=guid, imap_client_id=guid)


def test_secrets_stay_out_of_what_is_printed() -> None:
    settings = Settings.given(
        secret_key="hunter2" * 5,
        database_url="postgresql://daymark:hunter2@db.example/daymark",
        mail_url="daymarkmails://daymark:hunter2@mail.example",
        mail_client_secret="hunter2",
    )
    assert "hunter2" not in f"{settings!r} {settings}"


def test_all_faults_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAYMARK_PORT", "x")
    monkeypatch.setenv("DAYMARK_BIND", "x")
    monkeypatch.setenv("DAYMARK_WORKING_HOURS", "x")
    with pytest.raises(SettingsError) as refused:
        Settings()
    assert [line.split()[0] for line in str(refused.value).splitlines()] == [
        "DAYMARK_BIND",
        "DAYMARK_PORT",
        "DAYMARK_WORKING_HOURS",
    ]


def test_a_wrong_name_in_code_is_refused() -> None:
    with pytest.raises(SettingsError, match="DAYMARK_PROT is not a setting"):
        Settings.given(prot=8480)


def test_the_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    settings = Settings.given(home=tmp_path / "var")
    key = settings.secret()
    assert len(key) == 64
    assert Settings.given(home=tmp_path / "var").secret() == key
    assert stat.S_IMODE((tmp_path / "var/secret.key").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "var").stat().st_mode) == 0o700


def test_processes_that_ask_at_once_get_the_same_key(tmp_path: Path) -> None:
    path = tmp_path / "secret.key"
    with ProcessPoolExecutor(8, mp_context=get_context("fork")) as asking:
        keys = set(asking.map(kept_key, [path] * 64))
    assert len(keys) == 1
    assert list(tmp_path.iterdir()) == [path]


def test_a_key_of_the_councils_own_is_used_as_it_is(tmp_path: Path) -> None:
    settings = Settings.given(home=tmp_path, secret_key="a" * 32)
    assert settings.secret() == b"a" * 32
    assert list(tmp_path.iterdir()) == []
