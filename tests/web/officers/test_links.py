"""Test the secure link without a browser: what is shown, and what is recorded."""

import re
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from tests.web.fakes import MemoryDoor
from tests.web.officers.over_a_door import pages_over
from tests.web.views import DONE, MESSAGE, MOVED, OPEN, TASK, UNKNOWN
from timeline.answers.responses import Answer
from timeline.definitions.duties import DutyClass
from timeline.letters.asking.figures import FigureLine
from timeline.letters.page_views import Reply

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
    assert "We are quiet until Thursday 21 November." in pages_over(MemoryDoor({OPEN: told})).get(f"/r/{OPEN}").text
    assert "We are quiet for some working days." in pages_over(door).get(f"/r/{OPEN}").text


def test_nothing_is_chosen_beforehand(client: TestClient) -> None:
    page = client.get(f"/r/{OPEN}").text
    assert page.count('type="radio"') == 7
    assert " checked" not in page


def test_the_legal_date_stands_beside_another_working_date(door: MemoryDoor) -> None:
    legal = replace(TASK, legal_on=TASK.legal_on.replace(day=16))
    page = pages_over(MemoryDoor({OPEN: legal})).get(f"/r/{OPEN}").text
    assert "The last day itself" in page
    assert "Saturday 16 November 2019" in page
    assert "The last day itself" not in pages_over(door).get(f"/r/{OPEN}").text


def test_the_countdown_to_the_committee_stands_on_the_page(door: MemoryDoor) -> None:
    line = "Cabinet on Tue 24 Sep is the last meeting that still allows Thu 28 Nov: notice by Fri 23 Aug."
    page = pages_over(MemoryDoor({OPEN: replace(TASK, sign_off=line)})).get(f"/r/{OPEN}").text
    assert line in page
    assert "Sign-off\n" not in pages_over(door).get(f"/r/{OPEN}").text


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


def test_what_was_typed_is_kept_to_the_letter(client: TestClient) -> None:
    words = "One\n  two & <three>"
    page = client.post(f"/r/{OPEN}", data={"answer": "help", "help_text": words})
    assert ">One&#10;  two &amp; &lt;three&gt;</textarea>" in page.text
    assert 'value="help" checked' in page.text


def test_evidence_may_be_left_out_where_none_is_needed(door: MemoryDoor) -> None:
    door.views = {OPEN: replace(TASK, needs_evidence=False, duty_class=DutyClass.D)}
    page = pages_over(door).post(f"/r/{OPEN}", data=ME | {"answer": "done"})
    assert page.status_code == 200
    assert door.told == [(OPEN, Reply(Answer.DONE))]


def test_figures_that_a_task_asks_for_have_fields_and_make_lines_of_an_answer(door: MemoryDoor) -> None:
    asked = (
        FigureLine("caseloads", "Average caseload", "cases", "last 19 cases"),
        FigureLine("on-time", "On time", "%", ""),
    )
    door.views = {OPEN: replace(TASK, figures=asked)}
    client, done = pages_over(door), ME | {"answer": "done", "figure-caseloads": "18,5"}
    for typed, faults in (
        (done, ["figure-caseloads", "evidence"]),
        (done | {"figure-on-time": "71 %"}, ["figure-caseloads"]),
        (done | {"figure-caseloads": "18.5"}, ["evidence"]),
    ):
        page = client.post(f"/r/{OPEN}", data=typed).text
        assert re.findall(r'<a href="#([\w-]+)">', page) == faults
        assert f'value="{typed["figure-caseloads"]}"' in page
    assert client.post(f"/r/{OPEN}", data=done | {"figure-caseloads": "18.5", "figure-on-time": "71 %"}).is_success
    assert door.told == [(OPEN, Reply(Answer.DONE, text="caseloads: 18.5\non-time: 71 %"))]


def test_a_refusal_is_said_in_its_own_words(door: MemoryDoor) -> None:
    door.refusal = "Somebody else has confirmed this already."
    page = pages_over(door).post(f"/r/{OPEN}", data=ME | {"answer": "acknowledged"})
    assert page.status_code == 422
    assert page.text.count("Somebody else has confirmed this already.") == 2


def test_whom_nobody_knows_is_said_at_the_field(door: MemoryDoor) -> None:
    door.refusal = "Nobody on this timeline has that email address."
    page = pages_over(door).post(f"/r/{OPEN}", data=ME | {"answer": "delegated", "delegate": "lee@elsewhere.example"})
    assert page.status_code == 422
    assert re.findall(r'<a href="#(\w+)">', page.text) == ["delegate"]
    assert 'value="lee@elsewhere.example"' in page.text


def test_what_was_passed_on_has_a_link_that_is_over(client: TestClient) -> None:
    data = ME | {"answer": "delegated", "delegate": "lee.park@council.example"}
    assert "This link is no longer yours to answer." in client.post(f"/r/{OPEN}", data=data).text
    assert "use the same link again" in client.post(f"/r/{OPEN}", data=ME | {"answer": "acknowledged"}).text


def test_who_passed_it_on_stands_on_the_page(door: MemoryDoor) -> None:
    words = "Kim Cole asked you to do this. Their words: “You chair it”"
    assert words in pages_over(MemoryDoor({OPEN: replace(TASK, asked_by=words)})).get(f"/r/{OPEN}").text
    assert "asked you" not in pages_over(door).get(f"/r/{OPEN}").text


def test_the_same_answer_again_is_thanked_for_again(client: TestClient) -> None:
    pages = [client.post(f"/r/{OPEN}", data=ME | {"answer": "acknowledged"}) for _ in range(2)]
    assert [page.status_code for page in pages] == [200, 200]


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
