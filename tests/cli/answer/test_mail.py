"""`daymark mail inspect`: what a reply would be taken for, for people and for programs."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from config.settings import Settings, using
from tests.cli.house import Commands
from tests.timeline.replies.letters import SAMPLES, SEAN, TENANT, TOKEN

KEYS = [
    "kind",
    "response",
    "number",
    "token",
    "trusted",
    "from_asked",
    "absent_from",
    "absent_until",
    "evidence",
    "bounced",
    "why",
]
SERVER = "mx.notices.x.gov.uk"


@pytest.fixture
def daymark(capsys: pytest.CaptureFixture[str]) -> Iterator[Commands]:
    """Give commands where the settings name no mail server."""
    with using(Settings.given()):
        yield Commands(capsys)


def test_json_is_one_object_with_exactly_these_keys(daymark: Commands) -> None:
    said = daymark(
        "mail", "inspect", SAMPLES / "01_outlook_desktop_alt.eml", "--authserv", SERVER, "--asked", SEAN, "--json"
    )
    assert (said.code, said.err) == (0, "")
    [shown] = said.objects
    assert list(shown) == KEYS
    why = shown.pop("why")
    assert shown == {
        "kind": "response",
        "response": "acknowledged",
        "number": None,
        "token": TOKEN,
        "trusted": True,
        "from_asked": True,
        "absent_from": None,
        "absent_until": None,
        "evidence": "",
        "bounced": "",
    }
    assert why.endswith(".")


def test_an_absence_is_a_date(daymark: Commands) -> None:
    [shown] = daymark(
        "mail", "inspect", SAMPLES / "09_ooo_exchange.eml", "--authserv", SERVER, "--asked", SEAN, "--json"
    ).objects
    assert (shown["kind"], shown["response"], shown["absent_until"]) == ("auto_reply", None, "2026-03-30")


@pytest.mark.parametrize(
    ("name", "key", "value"),
    [
        ("54_soft_breaks", "evidence", "https://borough.example/minutes/2019-10-23/item-4"),
        ("11_dsn_exchange_5110", "bounced", SEAN),
        ("44_exim_bounce", "bounced", SEAN),
        ("42_google_vacation", "absent_from", "2026-12-23"),
    ],
)
def test_json_says_what_a_program_needs(daymark: Commands, name: str, key: str, value: str) -> None:
    [shown] = daymark("mail", "inspect", SAMPLES / f"{name}.eml", "--authserv", SERVER, "--json").objects
    assert shown[key] == value


def test_without_the_person_asked_it_is_not_known_whether_it_is_from_them(daymark: Commands) -> None:
    [shown] = daymark("mail", "inspect", SAMPLES / "04_gmail.eml", "--authserv", SERVER, "--json").objects
    assert (shown["from_asked"], shown["trusted"]) == (None, True)


def test_an_empty_server_name_means_exchange_online(daymark: Commands) -> None:
    external = SAMPLES / "26_exo_external_ar.eml"
    for arguments, trusted in ((["--authserv", ""], True), ([], True), (["--authserv", SERVER], False)):
        [shown] = daymark("mail", "inspect", external, *arguments, "--json").objects
        assert shown["trusted"] is trusted


def test_the_tenant_says_which_internal_mail_is_ours(daymark: Commands) -> None:
    internal = SAMPLES / "41_exo_internal.eml"
    for arguments, trusted in ((["--tenant", TENANT], True), ([], False), (["--tenant", "other"], False)):
        [shown] = daymark("mail", "inspect", internal, "--authserv", "", *arguments, "--json").objects
        assert shown["trusted"] is trusted


def test_the_settings_name_the_server_and_the_command_line_wins(daymark: Commands) -> None:
    inspect = ("mail", "inspect", SAMPLES / "05_ios_mail.eml", "--json")
    with using(Settings.given(mail_authserv=SERVER)):
        [shown] = daymark(*inspect).objects
        assert shown["trusted"] is True
        [shown] = daymark(*inspect, "--authserv", "mx.other.example").objects
        assert shown["trusted"] is False


def test_people_read_lines(daymark: Commands) -> None:
    said = daymark("mail", "inspect", SAMPLES / "54_soft_breaks.eml", "--authserv", SERVER, "--asked", SEAN)
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines() == [
        "Taken for:        response",
        "Answer:           done",
        "Evidence:         https://borough.example/minutes/2019-10-23/item-4",
        f"Token:            {TOKEN}",
        f"Sender:           {SEAN}",
        "Proved:           yes",
        "The person asked: yes",
        "Why:              The first line begins with “done”; our mail server vouches for the sender.",
    ]


def test_people_read_of_absences_and_bounces(daymark: Commands) -> None:
    away = daymark("mail", "inspect", SAMPLES / "42_google_vacation.eml", "--authserv", SERVER).out
    assert "Away from:        Wednesday 23 December 2026\nAway until:       Sunday 3 January 2027\n" in away
    assert "better than perfect" not in away
    assert f"Undeliverable:    {SEAN}" in daymark("mail", "inspect", SAMPLES / "11_dsn_exchange_5110.eml").out


def test_what_a_stranger_wrote_cannot_steer_the_terminal(daymark: Commands, tmp_path: Path) -> None:
    mail = tmp_path / "x.eml"
    mail.write_bytes(b"From: a\x1b[2Jb@x.example\n\nDone https://x.example/\x1b[31m\xe2\x80\xae\n")
    said = daymark("mail", "inspect", mail)
    assert said.code == 0
    assert said.out.replace("\n", "").isprintable()


def test_anything_can_be_inspected(daymark: Commands, tmp_path: Path) -> None:
    mail = tmp_path / "x.eml"
    mail.write_bytes(bytes(range(256)) * 10)
    assert daymark("mail", "inspect", mail).code == 0


def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(daymark: Commands, tmp_path: Path) -> None:
    for file in (tmp_path / "absent.eml", tmp_path):
        said = daymark("mail", "inspect", file)
        assert (said.code, said.out) == (2, "")
        assert [line.startswith(f"{file}: ") and line.endswith(".") for line in said.faults] == [True]


def test_mail_alone_is_wrong_use(daymark: Commands) -> None:
    for arguments in ([], ["nonsense"], ["inspect"]):
        said = daymark("mail", *arguments)
        assert (said.code, said.out, len(said.faults)) == (2, "", 1)
