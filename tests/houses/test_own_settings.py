"""Test what a council settles for itself, its sender, mail server and mailbox, and that no other feels its faults."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest

from config.houses.own import faults, of_council
from config.settings import Settings, SettingsError, using
from models.store import Store
from tasks.catcher.catcher import Catcher
from tasks.catcher.mailbox import caught, read
from tasks.council.sight import only
from tasks.doctor.reach import examine_reach
from tasks.houses.mailboxes import mailboxes
from tasks.receiving.receive import handle
from tests.harness import World, header, tokens
from tests.houses.two import OTHER, QUILLON, SHARED, ZEPHYR, decided, everything_in, mails_of, store_of
from tests.support.ports import free_port
from tests.support.soon import soon
from tests.tasks.replying import AUTHSERV, reply, replying
from tests.tasks.smtp_servers import Act, SmtpServer
from timeline.answers.inbound import InboundState


def settle(folder: Path, word: str, **own: str) -> Path:
    """Write what a council settles for itself; a value with braces names where its secret is."""
    place = folder / word
    place.mkdir(parents=True, exist_ok=True)
    file = place / "settings.yaml"
    file.write_text("".join(f"{key}: {value}\n" for key, value in own.items()))
    return file


def house_of(world: World, folder: Path, **changes: object) -> Settings:
    kept = {name: getattr(world.settings, name) for name in world.settings.model_fields_set}
    return Settings.given(**kept | {"timeline": folder, "channels": "mail.rate=60000"} | changes)


def test_a_secret_stands_in_a_file_or_the_environment_and_none_of_the_house_goes_to_a_server_of_a_councils(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = Settings.given(
        home=tmp_path, timeline=tmp_path, imap_host="mx.example", imap_password="ours", imap_user="us"
    )
    own = {"mail_address": "in@arden.example", "imap_host": "mx.arden.example", "imap_password": "{env: ARDEN_MAILBOX}"}
    settle(tmp_path, "arden", **own, mail_url="{file: mail-url}")
    (tmp_path / "arden" / "mail-url").write_text("daymarkmails://in:secret@mx.arden.example\n")
    monkeypatch.setenv("ARDEN_MAILBOX", "theirs")
    arden = of_council(house, "arden")
    assert (arden.mail_url, arden.imap_user) == ("daymarkmails://in:secret@mx.arden.example", "")
    assert arden.imap_password
    assert arden.imap_password.get_secret_value() == "theirs"
    assert arden.mail_from == "Improvement programme <in@arden.example>"
    assert of_council(house, "brook") is house


@pytest.mark.parametrize(
    ("own", "told"),
    [
        (
            {"imap_password": "hunter2"},
            "settings.yaml: imap_password: A secret may not stand here, expected where it is",
        ),
        ({"mail_url": "daymarkmails://a:b@host"}, "settings.yaml: mail_url: A secret may not stand here"),
        ({"mail_urls": "x"}, "settings.yaml: mail_urls: This key is not known here. Did you mean “mail_url”?"),
        ({"mail_url": "{file: ../key}"}, "settings.yaml: mail_url: There is no file “../key” beside this one"),
        ({"administrators": "jo"}, "settings.yaml: administrators: Expected a list of names"),
        ({"mail_address": "nobody"}, "settings.yaml: mail_address is 'nobody': expected one mail address"),
        ({"imap_host": "mx.example"}, "settings.yaml: imap_host: No mail asks for answers to this mailbox"),
        ({"base_url": "arden"}, "settings.yaml: base_url is 'arden': expected the address that officers"),
        ({"base_url": "http://127.0.0.1:1"}, "settings.yaml: base_url: All councils of the house are reached at this"),
        ({"base_url": "https://arden.example/x"}, "settings.yaml: base_url: The pages lie at “/” of the house"),
    ],
)
def test_a_fault_is_told_without_its_secret_and_stops_that_council_alone(
    tmp_path: Path, own: dict[str, str], told: str
) -> None:
    file, house = settle(tmp_path, "arden", **own), Settings.given(home=tmp_path, timeline=tmp_path)
    (fault,) = faults(file, house)
    assert fault.told.startswith(told)
    assert "hunter2" not in fault.told
    if "administrators" not in own:
        with pytest.raises(SettingsError, match=r"arden/settings\.yaml"):
            of_council(house, "arden")


@pytest.fixture
def applied(tmp_path: Path) -> Iterator[World]:
    with replying(World(tmp_path)) as world:
        yield decided(world)


def goes_on(hanging: SmtpServer, other: Store, *, at: datetime) -> bool:
    """Let the server hang until nothing of the other council waits; tell whether that came while it hung."""
    try:
        return soon(lambda: bool(hanging.connections) and not other.outbox.anything_waiting(at=at), 120)
    finally:
        hanging.closing.set()


def test_the_doctor_tells_a_councils_faulty_settings_and_goes_on(applied: World) -> None:
    folder = applied.home / "region"
    settle(folder, ZEPHYR, administrators="jo")
    settle(folder, QUILLON, base_url="http://localhost:9")
    house = house_of(applied, folder, identity_header="X-Remote-User")
    told = [line for each in examine_reach(house, at=applied.now, has_memory=True) for line in each.lines()]
    assert [line for line in told if ZEPHYR in line] == [
        "TROUBLE  zephyr     zephyr/settings.yaml: administrators: Expected a list of names, as the proxy's header "
        "gives them. Correct its settings.yaml (docs/councils.md)."
    ]
    assert [line.split(maxsplit=2)[2] for line in told if line.startswith(f"TROUBLE  {QUILLON}")] == [
        "http://localhost:9/health cannot be reached (ConnectError): no link in a mail opens. Start daymark up; where "
        "a proxy stands before it, let it pass /health."
    ]
    unseen = f"Nobody may see {QUILLON} on the pages. Name somebody (docs/councils.md)."
    assert any(line.endswith(unseen) for line in told)


@pytest.mark.slow("runs a flow through Prefect")
def test_each_mail_leaves_by_its_councils_sender_and_a_server_that_hangs_holds_no_other_up(
    applied: World, prefect_api: str
) -> None:
    folder, port = applied.home / "region", free_port()
    with SmtpServer(connect=Act.HANG) as hanging, ThreadPoolExecutor(1) as beside:
        own = {ZEPHYR: f"{hanging.url}?starttls=no", QUILLON: f"daymarkmail://127.0.0.1:{port}/?starttls=no"}
        for word, url in own.items():
            settle(folder, word, mail_address=f"in@{word}.example", mail_url=url)
        with Catcher(applied.home / "quillon-mail", "127.0.0.1", port) as theirs, using(house_of(applied, folder)):
            first = beside.submit(goes_on, hanging, store_of(applied, QUILLON), at=applied.now)
            said = applied.run("notify").message
            got = [read(theirs.folder, each.id) for each in caught(theirs.folder)]
    assert first.result()
    assert got
    assert [mail.subject for mail in got if ZEPHYR in everything_in(mail.raw)] == []
    assert {"in@quillon.example" in header(mail.raw, "From") for mail in got} == {True}
    assert {header(mail.raw, "Reply-To").partition("@")[2].rstrip(">\r\n") for mail in got} == {"quillon.example"}
    assert (mails_of(applied, ZEPHYR), mails_of(applied, QUILLON)) == ([], [])
    assert "Zephyr Council: Messages: " in said
    assert "unreachable" in said


def test_councils_that_state_the_same_mailbox_share_it_and_others_do_not(applied: World) -> None:
    folder, own = applied.home / "region", {"mail_address": "in@arden.example", "imap_host": "mx.arden.example"}
    for word in OTHER:
        settle(folder, word, **own)
    assert [box.councils for box in mailboxes(house_of(applied, folder))] == [frozenset(OTHER)]
    (folder / "elsewhere").mkdir()
    for word in OTHER:
        settle(folder / "elsewhere", word, **own, imap_user=f"in@{word}.example")
    apart = {box.councils for box in mailboxes(house_of(applied, folder / "elsewhere"))}
    assert apart == {frozenset({QUILLON}), frozenset({ZEPHYR})}


def test_a_councils_own_mailbox_answers_for_it_alone_and_the_houses_for_all(applied: World) -> None:
    for word in OTHER:
        applied.store = store_of(applied, word)
        applied.deliver()
    folder = applied.home / "region"
    settle(
        folder, ZEPHYR, mail_address="reminders@daymark.example", imap_host="mx.zephyr.example", mail_authserv=AUTHSERV
    )
    house = house_of(applied, folder, imap_host="mx.example")
    ours, zephyrs = mailboxes(house)
    assert (ours.councils, zephyrs.councils) == (None, frozenset({ZEPHYR}))
    asked = {word: mail for word in OTHER for mail in mails_of(applied, word) if mail.envelope_to == (SHARED,)}
    assert tokens(asked[QUILLON])
    applied.at("Wed 28 Aug 2019 09:12")
    with only(zephyrs.councils):
        forged = handle(zephyrs.settings, reply(asked[QUILLON], "ack", by=SHARED), at=applied.now)
        true = handle(zephyrs.settings, reply(asked[ZEPHYR], "ack", by=SHARED), at=applied.now)
    assert (forged.state, true.state) == (InboundState.HELD, InboundState.RECORDED)
    assert not store_of(applied, QUILLON).inbound.responses(refs={"plo-panel/1/cases"})
    with only(ours.councils):
        assert handle(house, reply(asked[QUILLON], "ack", by=SHARED), at=applied.now).state is InboundState.RECORDED
