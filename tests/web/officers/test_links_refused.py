"""Test the secure link where it answers no more, and forms that hold too much, no form, or markup."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.web.fakes import MemoryDoor
from tests.web.officers.over_a_door import pages_over
from tests.web.views import OPEN, TASK
from timeline.answers.responses import Answer
from timeline.letters.page_views import DeadLink, Recorded, Reply

ME = {"who": "self"}


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


def test_a_link_that_dies_while_it_is_answered_says_so() -> None:
    class Dying(MemoryDoor):
        def answer(self, *_: Any, **__: Any) -> Recorded | DeadLink:
            return DeadLink("reassigned")

    page = pages_over(Dying()).post(f"/r/{OPEN}", data=ME | {"answer": "acknowledged"})
    assert page.status_code == 410
    assert "passed to somebody else" in page.text


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("reason", ["moved", "reassigned", "closed", "unknown"])
def test_a_dead_link_is_gone_whatever_killed_it_and_names_no_task(method: str, reason: Any) -> None:
    door = MemoryDoor({OPEN: DeadLink(reason)})
    page = pages_over(door).request(method, f"/r/{OPEN}", data=ME | {"answer": "acknowledged"})
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
    client = pages_over(MemoryDoor({OPEN: view}))
    form = ME | {"answer": "done", "evidence": '"><script>'}
    for page in (
        client.get(f"/r/{OPEN}"),
        client.post(f"/r/{OPEN}", data={"answer": "done", "evidence": '"><script>'}),
        client.post(f"/r/{OPEN}", data=form),
    ):
        assert "<script" not in page.text
        assert "&lt;script&gt;" in page.text
