"""Test the secure link without a browser: what is shown, what is recorded, and what is not."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.web.conftest import page_settings
from tests.web.fakes import DONE, MESSAGE, MOVED, OPEN, TASK, UNKNOWN, MemoryDoor
from timeline.answers.responses import Answer
from timeline.definitions.duties import DutyClass
from timeline.letters.page_views import DeadLink, Recorded, Reply
from web.app import create_app

ME = {"who": "self"}


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("token", [OPEN, DONE, MESSAGE, MOVED, UNKNOWN])
def test_looking_changes_nothing(client: TestClient, door: MemoryDoor, method: str, token: str) -> None:
    client.request(method, f"/r/{token}?answer=acknowledged&who=self")
    assert door.told == []


def test_the_task_page_says_what_by_when_and_why(client: TestClient) -> None:
    page = client.get(f"/r/{OPEN}")
    assert page.status_code == 200
    for words in (TASK.title, TASK.asks, TASK.obligation_title, TASK.basis, *TASK.why, TASK.post_title):
        assert words in page.text
    assert "Due in 3 working days (5 calendar days), Thursday 14 November" in page.text
    assert "own practice, not law." in page.text


def test_the_question_stands_above_its_reasons(client: TestClient) -> None:
    page = client.get(f"/r/{OPEN}").text
    order = (TASK.title, TASK.asks, "What do you want to tell us?", "Send answer", "About this task", TASK.why[0])
    places = [page.index(words) for words in order]
    assert places == sorted(places)


def test_the_page_says_until_when_nobody_asks_again(door: MemoryDoor) -> None:
    told = replace(TASK, quiet_until="Thursday 21 November")
    assert "We are quiet until Thursday 21 November." in _client(MemoryDoor({OPEN: told})).get(f"/r/{OPEN}").text
    assert "We are quiet for some working days." in _client(door).get(f"/r/{OPEN}").text


def test_nothing_is_chosen_beforehand(client: TestClient) -> None:
    page = client.get(f"/r/{OPEN}").text
    assert page.count('type="radio"') == 7
    assert " checked" not in page


def test_the_legal_date_stands_beside_another_working_date(door: MemoryDoor) -> None:
    legal = replace(TASK, legal_on=TASK.legal_on.replace(day=16))
    page = _client(MemoryDoor({OPEN: legal})).get(f"/r/{OPEN}").text
    assert "The last day itself" in page
    assert "Saturday 16 November 2019" in page
    assert "The last day itself" not in _client(door).get(f"/r/{OPEN}").text


def test_the_countdown_to_the_committee_stands_on_the_page(door: MemoryDoor) -> None:
    line = "Cabinet on Tue 24 Sep is the last meeting that still allows Thu 28 Nov: notice by Fri 23 Aug."
    page = _client(MemoryDoor({OPEN: replace(TASK, sign_off=line)})).get(f"/r/{OPEN}").text
    assert line in page
    assert "Sign-off\n" not in _client(door).get(f"/r/{OPEN}").text


@pytest.mark.parametrize(
    ("typed", "recorded"),
    [
        ({"answer": "acknowledged"}, Reply(Answer.ACKNOWLEDGED)),
        (
            {"answer": "done", "evidence": " https://files.council.example/plan "},
            Reply(Answer.DONE, evidence="https://files.council.example/plan"),
        ),
        ({"answer": "help", "help_text": "The\r\nboard slips"}, Reply(Answer.HELP, text="The\nboard slips")),
        ({"answer": "help"}, Reply(Answer.HELP)),
        ({"answer": "declined", "declined_text": "Finance"}, Reply(Answer.DECLINED, text="Finance")),
        ({"answer": "acknowledged", "help_text": "left over"}, Reply(Answer.ACKNOWLEDGED)),
        (
            {"answer": "delegated", "delegate": " Lee.Park@council.example ", "delegated_text": "You chair it"},
            Reply(Answer.DELEGATED, text="You chair it", delegate="Lee.Park@council.example"),
        ),
        (
            {"answer": "delegated", "delegate": "lee.park@council.example", "help_text": "left over"},
            Reply(Answer.DELEGATED, delegate="lee.park@council.example"),
        ),
    ],
)
def test_each_answer_is_recorded(client: TestClient, door: MemoryDoor, typed: dict[str, str], recorded: Reply) -> None:
    page = client.post(f"/r/{OPEN}", data=ME | typed)
    assert page.status_code == 200
    assert "Thank you, we have your answer" in page.text
    assert door.told == [(OPEN, recorded)]


def test_an_assistant_answers_for_the_holder_under_both_names(client: TestClient, door: MemoryDoor) -> None:
    client.post(f"/r/{OPEN}", data={"answer": "acknowledged", "who": "other", "answered_by": "Lee\n Park"})
    assert door.told == [(OPEN, Reply(Answer.ACKNOWLEDGED, answered_for=True, answered_by="Lee Park"))]


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ({}, ["answer", "who"]),
        ({"answer": "acknowledged"}, ["who"]),
        ({"answer": "ACK", "who": "self"}, ["answer"]),
        ({"answer": "done", "who": "self", "evidence": " "}, ["evidence"]),
        ({"answer": "done", "who": "other"}, ["evidence", "answered_by"]),
        ({"answer": "done", "who": "self", "evidence": "x" * 501}, ["evidence"]),
        ({"answer": "help", "who": "self", "help_text": "x" * 2001}, ["help_text"]),
        ({"answer": "declined", "who": "self", "declined_text": "She is in case ref 123456"}, ["declined_text"]),
        ({"answer": "acknowledged", "who": "other", "answered_by": "943 476 5919"}, ["answered_by"]),
        ({"answer": "delegated", "who": "self"}, ["delegate"]),
        ({"answer": "delegated", "who": "self", "delegate": "Lee Park"}, ["delegate"]),
        ({"answer": "delegated", "who": "self", "delegate": "x@" + "y" * 253}, ["delegate"]),
        (
            {"answer": "delegated", "who": "self", "delegate": "l@x.example", "delegated_text": "Case number 12345"},
            ["delegated_text"],
        ),
    ],
)
def test_what_is_missing_or_held_back_is_said_at_its_field_and_nothing_is_recorded(
    client: TestClient, door: MemoryDoor, typed: dict[str, str], fields: list[str]
) -> None:
    page = client.post(f"/r/{OPEN}", data=typed)
    assert page.status_code == 422
    assert "<title>Error: " in page.text
    assert re.findall(r'<a href="#(\w+)">', page.text) == fields
    for field in fields:
        assert f'id="{field}"' in page.text
        assert f'id="{field}-error"' in page.text
    assert door.told == []


def test_what_was_typed_is_kept_to_the_letter(client: TestClient) -> None:
    words = "One\n  two & <three>"
    page = client.post(f"/r/{OPEN}", data={"answer": "help", "help_text": words})
    assert ">One&#10;  two &amp; &lt;three&gt;</textarea>" in page.text
    assert 'value="help" checked' in page.text


def test_evidence_may_be_left_out_where_none_is_needed(door: MemoryDoor) -> None:
    door.views = {OPEN: replace(TASK, needs_evidence=False, duty_class=DutyClass.D)}
    page = _client(door).post(f"/r/{OPEN}", data=ME | {"answer": "done"})
    assert page.status_code == 200
    assert door.told == [(OPEN, Reply(Answer.DONE))]


def test_a_refusal_is_said_in_its_own_words(door: MemoryDoor) -> None:
    door.refusal = "Somebody else has confirmed this already."
    page = _client(door).post(f"/r/{OPEN}", data=ME | {"answer": "acknowledged"})
    assert page.status_code == 422
    assert page.text.count("Somebody else has confirmed this already.") == 2


def test_whom_nobody_knows_is_said_at_the_field(door: MemoryDoor) -> None:
    door.refusal = "Nobody on this timeline has that email address."
    page = _client(door).post(f"/r/{OPEN}", data=ME | {"answer": "delegated", "delegate": "lee@elsewhere.example"})
    assert page.status_code == 422
    assert re.findall(r'<a href="#(\w+)">', page.text) == ["delegate"]
    assert 'value="lee@elsewhere.example"' in page.text


def test_what_was_passed_on_has_a_link_that_is_over(client: TestClient) -> None:
    data = ME | {"answer": "delegated", "delegate": "lee.park@council.example"}
    assert "This link is no longer yours to answer." in client.post(f"/r/{OPEN}", data=data).text
    assert "use the same link again" in client.post(f"/r/{OPEN}", data=ME | {"answer": "acknowledged"}).text


def test_who_passed_it_on_stands_on_the_page(door: MemoryDoor) -> None:
    words = "Kim Cole asked you to do this. Their words: “You chair it”"
    assert words in _client(MemoryDoor({OPEN: replace(TASK, asked_by=words)})).get(f"/r/{OPEN}").text
    assert "asked you" not in _client(door).get(f"/r/{OPEN}").text


def test_the_same_answer_again_is_thanked_for_again(client: TestClient) -> None:
    pages = [client.post(f"/r/{OPEN}", data=ME | {"answer": "acknowledged"}) for _ in range(2)]
    assert [page.status_code for page in pages] == [200, 200]


def test_a_link_that_dies_while_it_is_answered_says_so() -> None:
    class Dying(MemoryDoor):
        def answer(self, *_: Any, **__: Any) -> Recorded | DeadLink:
            return DeadLink("reassigned")

    page = _client(Dying()).post(f"/r/{OPEN}", data=ME | {"answer": "acknowledged"})
    assert page.status_code == 410
    assert "passed to somebody else" in page.text


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("reason", ["moved", "reassigned", "closed", "unknown"])
def test_a_dead_link_is_gone_whatever_killed_it_and_names_no_task(method: str, reason: Any) -> None:
    door = MemoryDoor({OPEN: DeadLink(reason)})
    page = _client(door).request(method, f"/r/{OPEN}", data=ME | {"answer": "acknowledged"})
    assert page.status_code == 410
    assert '<h1 class="govuk-heading-l">This link is no longer in use</h1>' in page.text
    assert TASK.title not in page.text
    assert door.told == []


@pytest.mark.parametrize("token", ["short", OPEN + "a", "abcdefghjkmnpq01", "..%2f..%2fetc", "abcdefghjkmnpq2%00"])
def test_a_malformed_link_is_not_found_and_never_asked_for(client: TestClient, token: str) -> None:
    page = client.get(f"/r/{token}")
    assert page.status_code == 404
    assert "We cannot find that page" in page.text


def test_a_link_in_capitals_is_the_same_link(client: TestClient) -> None:
    assert client.get(f"/r/{OPEN.upper()}").status_code == 200


def test_a_finished_task_asks_nothing_more(client: TestClient) -> None:
    page = client.get(f"/r/{DONE}").text
    assert 'name="answer"' not in page
    assert "You told us on Thu 14 Nov at 09:12 that it is done." in page


def test_the_page_of_a_message_leads_to_each_task_and_takes_no_answer(client: TestClient, door: MemoryDoor) -> None:
    page = client.get(f"/r/{MESSAGE}")
    assert page.status_code == 200
    assert f'href="/r/{OPEN}"' in page.text
    assert client.post(f"/r/{MESSAGE}", data=ME | {"answer": "acknowledged"}).status_code == 400
    assert door.told == []


def test_a_form_of_64_kb_is_read_and_a_larger_one_is_not(client: TestClient, door: MemoryDoor) -> None:
    form = b"answer=acknowledged&who=self&more="
    kind = {"content-type": "application/x-www-form-urlencoded"}
    assert client.post(f"/r/{OPEN}", content=form.ljust(64 * 1024, b"x"), headers=kind).status_code == 200
    assert len(door.told) == 1

    def in_pieces() -> Iterator[bytes]:
        yield form
        yield b"x" * 64 * 1024

    for too_large in (form.ljust(64 * 1024 + 1, b"x"), in_pieces()):
        assert client.post(f"/r/{OPEN}", content=too_large, headers=kind).status_code == 413
    assert len(door.told) == 1


@pytest.mark.parametrize("body", [b"\xff\xfe", b"{}", b"&".join(b"answer=done" for _ in range(50)), b"%00=%ff"])
def test_a_body_that_is_no_form_records_nothing(client: TestClient, door: MemoryDoor, body: bytes) -> None:
    assert client.post(f"/r/{OPEN}", content=body).status_code == 422
    assert door.told == []


def test_what_others_wrote_is_never_markup() -> None:
    hostile = "<script>alert(1)</script>"
    words = dict.fromkeys(
        ("title", "asks", "obligation_title", "due_phrase", "basis", "post_title", "person_name", "state_phrase"),
        hostile,
    )
    view = replace(TASK, why=(hostile,), council_name=hostile, programme_name=hostile, **words)  # type: ignore[arg-type]
    client = _client(MemoryDoor({OPEN: view}))
    form = ME | {"answer": "done", "evidence": '"><script>'}
    for page in (
        client.get(f"/r/{OPEN}"),
        client.post(f"/r/{OPEN}", data={"answer": "done", "evidence": '"><script>'}),
        client.post(f"/r/{OPEN}", data=form),
    ):
        assert "<script" not in page.text
        assert "&lt;script&gt;" in page.text


def _client(door: MemoryDoor) -> TestClient:
    return TestClient(create_app(door, page_settings()), base_url="http://localhost")
