"""Teams' outgoing webhook through the real pages, the real store and the door: who is heard, and what is answered."""

import base64
import hashlib
import hmac
import json
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from cli.beginning import pages
from config.settings import Settings, SettingsError
from tasks.teams import Teams
from tests.harness import World, snapshot
from tests.stated import people, variant
from tests.web.conftest import page_settings
from tests.web.fakes import MemoryDoor
from timeline.inbound import inbound_id
from timeline.responses import Answer, Response
from web.app import create_app

KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
OLD_KEY = base64.b64encode(b"the key before the last rotation").decode()
TENANT = "11111111-2222-3333-4444-555555555555"
ACCOUNTS = {
    name: f"00000000-0000-0000-0000-{number:012d}"
    for number, name in enumerate(
        ("performance-lead", "project-support", "director", "executive-assistant", "head-of-safeguarding"), start=1
    )
}
LEAVER = "00000000-0000-0000-0000-00000000000f"
CASES = "plo-panel/1/cases"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A council's memory after its first day, to be copied: a second of work that a hundred tests need not repeat."""
    home = tmp_path_factory.mktemp("house")
    with World(home) as world:
        _first_day(world)
    return home


@pytest.fixture
def world(house: Path, tmp_path: Path) -> Iterator[World]:
    with World(shutil.copytree(house, tmp_path / "house")) as world, _with_teams(world):
        yield world.at("Wed 28 Aug 2019 08:30")


def _first_day(world: World) -> None:
    stated = people()
    for name, account in ACCOUNTS.items():
        stated[name]["teams"] = account
    stated["director"]["absent"] = [{"from": "2019-11-11", "until": "2019-11-15"}]
    stated["legal-lead"] |= {"teams": LEAVER, "holds": [{"post": "legal_lead", "until": "2019-09-30"}]}
    world.at("Tue 27 Aug 2019 07:00").apply(variant(world.home, people=stated))
    world.live("Wed 28 Aug 2019 08:30", "plo-panel")


@contextmanager
def _with_teams(world: World) -> Iterator[None]:
    given = {name: getattr(world.settings, name) for name in world.settings.model_fields_set}
    given |= {"teams_keys": f"{OLD_KEY}, {KEY}", "teams_tenant": TENANT}
    world.settings = Settings.given(**given)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("web.teams.now", lambda: world.now)
        yield


@pytest.fixture
def client(world: World) -> TestClient:
    return app(world.settings)


def app(settings: Settings) -> TestClient:
    return TestClient(create_app(MemoryDoor(), page_settings(), teams=Teams(settings)), base_url="http://localhost")


_numbers = iter(range(1, 10_000))


def activity(world: World, text: str, *, by: str = "performance-lead", **changes: Any) -> dict[str, Any]:
    """A message as Teams posts it; a key of None is taken away."""
    given: dict[str, Any] = {
        "type": "message",
        "id": f"15738{next(_numbers):08d}",
        "timestamp": f"{world.now:%Y-%m-%dT%H:%M:%S}.1234567{world.now:%z}",
        "serviceUrl": "https://smba.trafficmanager.example/uk/",
        "channelId": "msteams",
        "from": {"id": "29:1a", "name": "Somebody Else Entirely", "aadObjectId": ACCOUNTS.get(by, by)},
        "conversation": {"isGroup": True, "id": "19:abc@thread.skype;messageid=1", "tenantId": TENANT},
        "text": f"<at>Reminders</at>&nbsp;{text}\n",
        "textFormat": "plain",
        "channelData": {"tenant": {"id": TENANT}, "team": {"id": "19:team"}},
    }
    return {name: value for name, value in (given | changes).items() if value is not None}


def signed(raw: bytes, key: str = KEY) -> dict[str, str]:
    digest = hmac.new(base64.b64decode(key), raw, hashlib.sha256).digest()
    return {"Authorization": f"HMAC {base64.b64encode(digest).decode()}", "Content-Type": "application/json"}


def post(client: TestClient, given: dict[str, Any], key: str = KEY) -> str:
    raw = json.dumps(given).encode()
    answer = client.post("/teams/messages", content=raw, headers=signed(raw, key))
    assert answer.status_code == 200
    said = answer.json()
    assert set(said) == {"type", "text"}
    assert said["type"] == "message"
    return str(said["text"])


def say(client: TestClient, world: World, text: str, *, by: str = "performance-lead", **changes: Any) -> str:
    return post(client, activity(world, text, by=by, **changes))


def responses(world: World, ref: str = CASES) -> list[Response]:
    return list(world.store.responses(refs={ref}).get(ref, ()))


def test_an_acknowledgement_is_recorded_and_answered(client: TestClient, world: World) -> None:
    said = say(client, world, f"ack {CASES}")
    assert said == (
        "plo-panel/1/cases: You have this. Recorded on Wednesday 28 August 2019 at 08:30. "
        "It is not done yet: we ask again on Tuesday 3 September 2019."
    )
    (response,) = responses(world)
    assert (response.answer, response.person, response.via) == (Answer.ACKNOWLEDGED, "performance-lead", "teams")
    assert response.answered_by == ""
    assert world.store.verify() is None


@pytest.mark.parametrize("ref", ["PLO-Panel/1/CASES", "plo-panel/1/c", "plo-panel/1/cases."])
def test_a_unique_prefix_in_any_case_will_do(client: TestClient, world: World, ref: str) -> None:
    say(client, world, f"ACK {ref}")
    assert len(responses(world)) == 1


@pytest.mark.parametrize("ref", ["plo-panel/1", "plo-panel", "p", "plo-panel/1/"])
def test_a_prefix_of_several_tasks_changes_nothing(client: TestClient, world: World, ref: str) -> None:
    assert "write more of the reference" in _unchanged(client, world, f"ack {ref}")


def test_done_with_a_link_is_done(client: TestClient, world: World) -> None:
    link = '<a href="https://council.example/x?a=1&amp;b=2">List</a>'
    said = say(client, world, f"done {CASES} {link}")
    assert said.startswith("plo-panel/1/cases: Recorded as done.")
    (response,) = responses(world)
    assert (response.answer, response.evidence) == (Answer.DONE, "List https://council.example/x?a=1&b=2")


def test_done_without_evidence_is_acknowledged_says_done_and_is_asked_for_it(client: TestClient, world: World) -> None:
    said = say(client, world, f"done {CASES}")
    assert "It is not done yet" in said
    assert "“done plo-panel/1/cases” and a link or a reference" in said
    (response,) = responses(world)
    assert (response.answer, response.text) == (Answer.ACKNOWLEDGED, "done")


@pytest.mark.parametrize(("word", "answer"), [("help", Answer.HELP), ("decline", Answer.DECLINED)])
def test_words_go_with_help_and_decline_and_to_the_line_manager(
    client: TestClient, world: World, word: str, answer: Answer
) -> None:
    said = say(client, world, f"{word} {CASES} Nobody has the list & it's late.")
    assert "Your line manager is told" in said
    assert "Nobody" not in said
    (response,) = responses(world)
    assert (response.answer, response.text) == (answer, "Nobody has the list & it's late.")
    world.at("Wed 28 Aug 2019 08:40").deliver()
    world.expect_mail(to="head_of_quality_assurance", about="Nobody has the list")


def test_help_is_answered_while_prefect_is_away(client: TestClient, world: World) -> None:
    # Nothing listens at the Prefect port of a story.
    assert say(client, world, f"help {CASES}").startswith("plo-panel/1/cases: You asked for help.")


DOUBTS = ["ack {} but not before Friday", "done {} by Friday https://x.example", "ack {} ?", "done {} nearly, item 6"]


@pytest.mark.parametrize("text", DOUBTS)
def test_words_that_take_the_answer_back_are_no_answer(client: TestClient, world: World, text: str) -> None:
    assert "could mean something else" in _unchanged(client, world, text.format(CASES))


@pytest.mark.parametrize(
    "text", ["", "hello", "ack", "please ack plo-panel/1/cases", "not ack plo-panel/1/cases", "ack ../x"]
)
def test_what_is_not_understood_is_answered_with_how_to_write_it(client: TestClient, world: World, text: str) -> None:
    assert _unchanged(client, world, text).startswith("Write one of these")


def test_somebody_elses_task_is_kindly_refused_as_one_that_does_not_exist(client: TestClient, world: World) -> None:
    theirs = _unchanged(client, world, f"ack {CASES}", by="project-support")
    assert theirs == _unchanged(client, world, "ack plo-panel/1/nothing", by="project-support")
    assert theirs == "No task that you can answer here is called so, and nothing was changed. “list” shows yours."


@pytest.mark.parametrize("word", ["ack", "done", "help", "decline"])
def test_a_line_manager_does_not_answer_for_the_officer(client: TestClient, world: World, word: str) -> None:
    _unchanged(client, world, f"{word} {CASES}", by="director")


def test_whoever_it_was_passed_on_to_answers_and_the_one_before_no_more(client: TestClient, world: World) -> None:
    world.answer(CASES, Answer.DELEGATED, by="performance_lead", delegated_to="project-support")
    _unchanged(client, world, f"ack {CASES}")
    say(client, world, f"ack {CASES}", by="project-support")
    assert responses(world)[-1].person == "project-support"


def test_a_task_of_a_meeting_that_was_cancelled_takes_no_answer(client: TestClient, world: World) -> None:
    world.know("cancelled", "Tue 10 Sep 2019", of="plo-panel/1")
    assert _unchanged(client, world, f"ack {CASES}") == "This task is finished, so nothing was changed."
    assert CASES not in say(client, world, "list")


def directors_task(world: World) -> str:
    """A task of the director's that is coming in November."""
    found = [one for one in world.store.milestones() if one.owner == "director" and one.ours and one.due_on]
    return next(one.ref for one in found if one.due_on and one.due_on.isoformat() >= "2019-11-18")


def test_the_assistant_answers_for_the_director_and_both_names_are_kept(client: TestClient, world: World) -> None:
    ref = directors_task(world)
    said = say(client, world, f"ack {ref}", by="executive-assistant")
    assert said.startswith(f"{ref}: Recorded for the post holder: it is acknowledged.")
    (response,) = responses(world, ref)
    assert (response.person, response.answered_by) == ("director", "Executive Assistant")


def test_the_deputy_answers_while_the_director_is_away_and_not_before(client: TestClient, world: World) -> None:
    ref = directors_task(world)
    world.at("Fri 8 Nov 2019 17:00")
    _unchanged(client, world, f"ack {ref}", by="head-of-safeguarding")
    world.at("Mon 11 Nov 2019 09:00")
    say(client, world, f"ack {ref}", by="head-of-safeguarding")
    (response,) = responses(world, ref)
    assert (response.person, response.answered_by) == ("director", "Head of Safeguarding")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("help {} Child DOB 3/4/2012", "a date of birth"),
        ("help {} NHS 943 476 5919", "an NHS number"),
        ("done {} case number 12345678, minutes 14", "a case number"),
    ],
)
def test_words_that_may_name_a_child_are_refused_with_the_hint_and_not_kept(
    client: TestClient, world: World, text: str, what: str
) -> None:
    said = _unchanged(client, world, text.format(CASES))
    assert said == (f"Take out what looks like {what}. Do not name a child, a family or a case. Nothing was recorded.")


# list and why


def test_list_names_the_persons_own_coming_tasks_with_their_references(client: TestClient, world: World) -> None:
    said = say(client, world, "list")
    lines = said.split("\n\n")
    assert lines[0].startswith("plo-panel/1/cases – List of cases")
    assert lines[0].endswith("– Tuesday 3 September 2019")
    assert len(lines) == 12
    assert lines[10].startswith("… and ")
    for name in ("Lead", "Director", "Support"):
        assert name not in said


def test_list_does_not_say_what_is_late(client: TestClient, world: World) -> None:
    world.at("Thu 5 Sep 2019 09:00")
    line = say(client, world, "list").split("\n\n")[0]
    assert line.startswith("plo-panel/1/cases")
    assert "2019" not in line


def test_what_is_done_or_passed_on_is_not_listed(client: TestClient, world: World) -> None:
    say(client, world, f"done {CASES} https://council.example/list")
    world.answer("plo-panel/2/cases", Answer.DELEGATED, by="performance_lead", delegated_to="project-support")
    said = say(client, world, "list")
    assert CASES not in said
    assert "plo-panel/2/cases" not in said
    world.at("Wed 28 Aug 2019 10:00")
    assert "plo-panel/2/cases" in say(client, world, "list", by="project-support")


def test_why_explains_a_date_to_those_on_its_line(client: TestClient, world: World) -> None:
    for who in ("performance-lead", "director"):
        said = say(client, world, f"why {CASES}", by=who)
        assert said.startswith("List of cases to the chair (plo-panel/1/cases)\n\nCounted from")
        assert "Basis: Council practice" in said
        assert "Performance" not in said


@pytest.mark.parametrize("who", ["project-support", "executive-assistant"])
def test_why_tells_nobody_beside_the_line(client: TestClient, world: World, who: str) -> None:
    assert say(client, world, f"why {CASES}", by=who).startswith("This cannot be told here.")


def test_looking_records_no_answer_and_yet_comes_in_once(client: TestClient, world: World) -> None:
    given = activity(world, "list")
    assert post(client, given).startswith("plo-panel/1/cases")
    before = snapshot(world.store)
    assert post(client, given).startswith("We have had this very message before")
    assert snapshot(world.store) == before
    assert responses(world) == []


# Who is heard


VECTOR = b'{"type":"message","text":"<at>Reminders</at> ack LIC-2026-0042"}'


@pytest.mark.parametrize(
    ("raw", "authorization", "status"),
    [
        (VECTOR, "HMAC WouOdLNlOxp56p/+Ynr/AMvvaUQ0BPW9vlFxul84QHA=", 200),
        (b"", "HMAC 04tCCW2A9F+Ca0Sp1WB95ySWpBXT9KGoyI47udqNwcs=", 200),
        (VECTOR, "HMAC 2T/oT6tnDUH+GlelkcnTkXkUammgAZISsEhgCZdQgos=", 401),
        (VECTOR, "", 401),
        (VECTOR, "HMAC ", 401),
        (VECTOR, "WouOdLNlOxp56p/+Ynr/AMvvaUQ0BPW9vlFxul84QHA=", 401),
        (VECTOR, "Bearer WouOdLNlOxp56p/+Ynr/AMvvaUQ0BPW9vlFxul84QHA=", 401),
        (VECTOR + b"\n", "HMAC WouOdLNlOxp56p/+Ynr/AMvvaUQ0BPW9vlFxul84QHA=", 401),
        (json.dumps(json.loads(VECTOR)).encode(), "HMAC WouOdLNlOxp56p/+Ynr/AMvvaUQ0BPW9vlFxul84QHA=", 401),
    ],
)
def test_the_vectors_pass_and_fail_as_they_must(
    client: TestClient, world: World, raw: bytes, authorization: str, status: int
) -> None:
    before = snapshot(world.store)
    answer = client.post("/teams/messages", content=raw, headers={"Authorization": authorization})
    assert answer.status_code == status
    assert bool(answer.content) == (status == 200)  # a stranger learns nothing
    assert snapshot(world.store) == before  # without a tenant and an account the right signature alone does nothing


def test_any_key_of_the_list_will_do_and_no_other(client: TestClient, world: World) -> None:
    post(client, activity(world, f"ack {CASES}"), key=OLD_KEY)
    assert len(responses(world)) == 1
    raw = json.dumps(activity(world, f"ack {CASES}")).encode()
    other = base64.b64encode(b"a key of nobody").decode()
    assert client.post("/teams/messages", content=raw, headers=signed(raw, other)).status_code == 401


def test_a_body_that_was_written_anew_is_refused(client: TestClient, world: World) -> None:
    given = activity(world, f"ack {CASES}")
    headers = signed(json.dumps(given).encode())
    raw = json.dumps(given, separators=(",", ":")).encode()
    assert client.post("/teams/messages", content=raw, headers=headers).status_code == 401
    assert responses(world) == []


def test_a_replay_is_refused_and_records_nothing_more(client: TestClient, world: World) -> None:
    given = activity(world, f"help {CASES} Please")
    post(client, given)
    before = snapshot(world.store)
    assert post(client, given) == "We have had this very message before, so nothing more was done."
    assert snapshot(world.store) == before


def test_a_replay_is_told_from_an_answer_that_comes_too_late(client: TestClient, world: World) -> None:
    given = activity(world, f"help {CASES} Please")
    post(client, given)
    world.done(CASES, by="performance_lead")
    assert post(client, given).startswith("We have had this very message before")
    assert "already recorded as done" in _unchanged(client, world, f"help {CASES} Please")


def test_the_same_words_in_another_message_or_conversation_are_no_replay(client: TestClient, world: World) -> None:
    first = activity(world, f"ack {CASES}")
    other = first | {"conversation": first["conversation"] | {"id": "19:other"}}
    post(client, first)
    assert "It stood so already." in post(client, other)
    assert len(responses(world)) == 1


@pytest.mark.parametrize(
    ("off", "heard"),
    [
        (timedelta(minutes=-5, seconds=-1), False),
        (timedelta(minutes=-5), True),
        (timedelta(minutes=5, seconds=-1), True),
        (timedelta(minutes=5, seconds=1), False),
        (timedelta(days=-1), False),
    ],
)
def test_a_message_more_than_five_minutes_off_is_refused(
    client: TestClient, world: World, off: timedelta, heard: bool
) -> None:
    sent_at = (world.now + off).strftime("%Y-%m-%dT%H:%M:%S.0000000%z")
    said = say(client, world, f"ack {CASES}", timestamp=sent_at)
    assert bool(responses(world)) == heard
    assert ("more than five minutes" in said) != heard


@pytest.mark.parametrize(
    "text", ["2019-08-28T07:30:00.1234567Z", "2019-08-28T07:30:00Z", "2019-08-28T08:30:00.12+01:00"]
)
def test_timestamps_have_up_to_seven_digits_and_a_zone(client: TestClient, world: World, text: str) -> None:
    say(client, world, f"ack {CASES}", timestamp=text)
    assert len(responses(world)) == 1


@pytest.mark.parametrize("text", [None, "", "yesterday", "2019-08-28T08:30:00.1234567", 1566977400, ["2019"]])
def test_a_message_without_a_readable_instant_is_refused(client: TestClient, world: World, text: Any) -> None:
    assert "more than five minutes" in _unchanged(client, world, f"ack {CASES}", timestamp=text)


FOREIGN = "99999999-2222-3333-4444-555555555555"


@pytest.mark.parametrize(
    "changes",
    [
        {"channelData": {"tenant": {"id": FOREIGN}}},
        {"conversation": {"id": "19:abc", "tenantId": FOREIGN}},
        {"channelData": {"tenant": {"id": FOREIGN}}, "conversation": {"id": "19:abc", "tenantId": FOREIGN}},
        {"channelData": None, "conversation": {"id": "19:abc"}},
        {"channelData": {"tenant": TENANT}, "conversation": {"id": "19:abc"}},
    ],
)
def test_a_foreign_tenant_is_refused(client: TestClient, world: World, changes: dict[str, Any]) -> None:
    assert "This organisation is not answered here" in _unchanged(client, world, f"ack {CASES}", **changes)


def test_one_naming_of_the_tenant_is_enough(client: TestClient, world: World) -> None:
    say(client, world, f"ack {CASES}", channelData=None)
    assert len(responses(world)) == 1


def test_without_a_tenant_in_the_settings_everybody_is_foreign(world: World) -> None:
    client = app(world.settings.model_copy(update={"teams_tenant": ""}))
    assert "This organisation is not answered here" in _unchanged(client, world, f"ack {CASES}")
    nowhere = {"channelData": None, "conversation": {"id": "19:abc"}}
    assert "This organisation is not answered here" in _unchanged(client, world, f"ack {CASES}", **nowhere)


@pytest.mark.parametrize(
    "sender",
    [
        {"name": "Performance Lead", "id": "29:1a"},
        {"name": "Performance Lead", "aadObjectId": ""},
        {"name": "Performance Lead", "aadObjectId": "00000000-0000-0000-0000-999999999999"},
        {"name": "Performance Lead", "aadObjectId": {"id": ACCOUNTS["performance-lead"]}},
        "performance-lead",
        None,
    ],
)
def test_a_person_is_known_by_the_account_and_never_by_name(client: TestClient, world: World, sender: Any) -> None:
    said = _unchanged(client, world, f"ack {CASES}", **{"from": sender})
    assert said.startswith("We do not know your Teams account")


def test_whoever_has_left_is_no_longer_known(client: TestClient, world: World) -> None:
    world.at("Mon 30 Sep 2019 17:00")
    assert say(client, world, "list", by=LEAVER).endswith("it stands in your mails.")
    world.at("Tue 1 Oct 2019 09:00")
    assert _unchanged(client, world, "list", by=LEAVER).startswith("We do not know your Teams account")


def test_a_message_without_an_id_or_a_conversation_is_nobodys(client: TestClient, world: World) -> None:
    _unchanged(client, world, f"ack {CASES}", id=None)
    _unchanged(client, world, f"ack {CASES}", conversation={"tenantId": TENANT})


@pytest.mark.parametrize("raw", [b"not json", b"[]", b'"x"', b"{}", b'{"type":"invoke"}', b"[" * 60_000, b"\xff\xfe{}"])
def test_a_signed_body_that_is_no_message_is_answered_in_words(client: TestClient, world: World, raw: bytes) -> None:
    answer = client.post("/teams/messages", content=raw, headers=signed(raw))
    assert answer.status_code == 200
    assert answer.json()["text"] == "This message cannot be read, so nothing was recorded."


@pytest.mark.parametrize(("octets", "status"), [(64 * 1024, 200), (64 * 1024 + 1, 413), (1_000_000, 413)])
def test_a_body_that_is_too_large_is_not_read(client: TestClient, world: World, octets: int, status: int) -> None:
    raw = b" " * octets
    assert client.post("/teams/messages", content=raw, headers=signed(raw)).status_code == status


def test_a_very_long_text_is_refused(client: TestClient, world: World) -> None:
    assert _unchanged(client, world, f"help {CASES} " + "<at>" * 8_000).startswith("That is too long")
    assert _unchanged(client, world, f"help {CASES} " + "word " * 500).startswith("That is too long")


def test_racing_posts_of_one_message_record_one_answer(world: World) -> None:
    _race(world)


@pytest.mark.requires("postgresql")
def test_racing_posts_record_one_answer_on_postgresql_too(tmp_path: Path, fresh_postgres_url: str) -> None:
    with World(tmp_path, database_url=fresh_postgres_url) as world:
        _first_day(world)
        with _with_teams(world):
            _race(world)


def _race(world: World) -> None:
    raw = json.dumps(activity(world, f"help {CASES} Please")).encode()

    def once(_: int) -> str:
        answer = app(world.settings).post("/teams/messages", content=raw, headers=signed(raw))
        return str(answer.json()["text"])

    with ThreadPoolExecutor(8) as threads:
        said = list(threads.map(once, range(16)))
    assert len(responses(world)) == 1
    assert sum(one.startswith("plo-panel/1/cases: You asked for help.") for one in said) == 1
    assert sum(one.startswith("We have had this very message before") for one in said) == 15
    assert world.store.verify() is None


def test_what_came_in_stands_beside_the_answer_without_its_words(client: TestClient, world: World) -> None:
    given = activity(world, f"ack {CASES}")
    post(client, given)
    assert world.store.heard(inbound_id("teams", given["conversation"]["id"], given["id"]))
    assert world.store.held() == ()
    (event,) = [one for one in world.store.events() if one.what == "message recorded"]
    assert (event.via, event.who, event.for_whom) == ("teams", "performance-lead", "performance-lead")
    assert "Somebody Else Entirely" not in str(snapshot(world.store))


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE"])
def test_only_a_post_is_answered(client: TestClient, method: str) -> None:
    assert client.request(method, "/teams/messages").status_code == 405


def test_the_house_has_the_address_with_keys_and_not_without(world: World) -> None:
    raw = json.dumps(activity(world, f"ack {CASES}")).encode()
    for settings, status in ((world.settings.model_copy(update={"teams_keys": None}), 404), (world.settings, 200)):
        client = TestClient(pages(settings), base_url="http://localhost")
        assert client.post("/teams/messages", content=raw, headers=signed(raw)).status_code == status
    assert len(responses(world)) == 1


@pytest.mark.parametrize("keys", ["not base64!", f"{KEY},x", "===="])
def test_keys_that_cannot_be_read_stop_the_house_with_one_sentence(keys: str) -> None:
    with pytest.raises(SettingsError, match="DAYMARK_TEAMS_KEYS cannot be used: a key cannot be read") as refused:
        Teams(Settings.given(teams_keys=keys))
    assert keys not in str(refused.value)


def _unchanged(client: TestClient, world: World, text: str, **changes: Any) -> str:
    before = snapshot(world.store)
    said = say(client, world, text, **changes)
    assert snapshot(world.store) == before
    return said
