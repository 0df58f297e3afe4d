"""Test the link in a mail, through the real pages over the real store: looking changes nothing, answering acts once."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.harness import World, snapshot, tokens
from tests.support.rotation import CROWD
from tests.support.stated import people, variant
from timeline.answers.responses import Answer

CASES = "plo-panel/1/cases"


@pytest.fixture
def token(world: World) -> str:
    return tokens(world.expect_mail(to="performance_lead"))[0]


def form(answer: str, **fields: str) -> dict[str, str]:
    return {"answer": answer, "who": "self", **fields}


def test_looking_many_times_changes_nothing(world: World, client: TestClient, token: str) -> None:
    before = snapshot(world.store)
    for _ in range(CROWD // 2):
        assert client.get(f"/r/{token}").status_code == 200
        assert client.head(f"/r/{token}").status_code == 200
    assert client.get(f"/r/{token}?answer=done&who=self&evidence=x").status_code == 200
    assert snapshot(world.store) == before


def test_many_answers_at_once_make_one_record(world: World, client: TestClient, token: str) -> None:
    done = form("done", evidence="Minutes of 3 September, item 2")
    with ThreadPoolExecutor(CROWD) as presses:
        answers = list(presses.map(lambda _: client.post(f"/r/{token}", data=done), range(CROWD)))
    assert {answer.status_code for answer in answers} == {200}
    (response,) = world.store.inbound.responses(refs={CASES})[CASES]
    assert (response.answer, response.evidence) == (Answer.DONE, "Minutes of 3 September, item 2")
    assert [event.what for event in world.store.audit.events()].count("done") == 1
    assert world.store.audit.verify() is None


@pytest.mark.parametrize("answer", ["help", "declined"])
def test_many_calls_for_help_at_once_tell_the_manager_once(
    world: World, client: TestClient, token: str, answer: str
) -> None:
    told = form(answer, help_text="Two people short", declined_text="The panel's clerk has it")
    with ThreadPoolExecutor(CROWD) as presses:
        list(presses.map(lambda _: client.post(f"/r/{token}", data=told), range(CROWD)))
    assert len(world.store.inbound.responses(refs={CASES})[CASES]) == 1
    world.at("Wed 28 Aug 2019 11:10").deliver()
    world.expect_mail(to="head_of_quality_assurance")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("help", "needs help. Their words: “Two people short”"),
        ("declined", "says this is not theirs. Their words: “The panel's clerk has it”"),
    ],
)
def test_a_call_for_help_climbs_at_the_next_notify_and_not_twice(
    world: World, client: TestClient, token: str, answer: str, words: str
) -> None:
    told = form(answer, help_text="Two people short", declined_text="The panel's clerk has it")
    world.at("Wed 28 Aug 2019 10:59")
    assert "We tell the Head of quality assurance" in client.post(f"/r/{token}", data=told).text
    world.at("Wed 28 Aug 2019 11:00").deliver()
    world.expect_mail(to="head_of_quality_assurance", about=words)
    world.at("Wed 28 Aug 2019 11:10").deliver()
    client.post(f"/r/{token}", data=told)
    world.live("Thu 29 Aug 2019 08:30", "plo-panel")
    world.expect_no_mail(to="head_of_quality_assurance")


def test_a_call_for_help_in_the_evening_waits_for_the_morning(world: World, client: TestClient, token: str) -> None:
    world.at("Wed 28 Aug 2019 19:00")
    client.post(f"/r/{token}", data=form("help", help_text="Two people short"))
    world.at("Wed 28 Aug 2019 19:10").deliver()
    world.expect_no_mail()
    world.live("Thu 29 Aug 2019 08:30", "plo-panel")
    world.expect_mail(to="head_of_quality_assurance", about="Two people short")


def test_answering_for_somebody_keeps_both_names(world: World, client: TestClient, token: str) -> None:
    data = {"answer": "acknowledged", "who": "other", "answered_by": "Pat Assistant"}
    assert client.post(f"/r/{token}", data=data).status_code == 200
    (response,) = world.store.inbound.responses(refs={CASES})[CASES]
    assert (response.person, response.answered_by, response.via) == ("performance-lead", "Pat Assistant", "page")
    trail = [each for each in world.store.audit.trail(CASES) if each.what == "acknowledged"]
    assert [each.who for each in trail] == ["Pat Assistant for performance-lead"]
    assert "Pat Assistant for Performance Lead has this" in client.get(f"/r/{token}").text


def test_i_have_this_stops_the_asking_and_is_not_done(world: World, client: TestClient, token: str) -> None:
    client.post(f"/r/{token}", data=form("acknowledged"))
    stored = world.store.plan.milestone(CASES)
    assert stored is not None
    world.live("Tue 3 Sep 2019 08:30", "plo-panel")  # on the day it is asked for again: unless done
    world.expect_mail(to="performance_lead", about="List of cases")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"rules": {"plo-panel": "monthly on the 2nd wednesday from 2019-08-27"}}, "The date it was for has moved"),
        (
            {
                "people": people(
                    performance_lead={**people()["performance-lead"], "holds": "project_support"},
                    new_lead={"name": "N", "address": "new@medway.example", "holds": "performance_lead"},
                )
            },
            "passed to somebody else",
        ),
    ],
)
def test_a_link_dies_with_its_date_and_with_its_owner(
    world: World, client: TestClient, token: str, changes: dict[str, Any], says: str
) -> None:
    world.at("Wed 28 Aug 2019 12:00").apply(variant(world.home, **changes))
    before = snapshot(world.store)
    page = client.get(f"/r/{token}")
    assert (page.status_code, says in page.text) == (410, True)
    assert "List of cases" not in page.text
    assert client.post(f"/r/{token}", data=form("acknowledged")).status_code == 410
    assert snapshot(world.store) == before


SUPPORT = "project.support@medway.example"


def test_a_task_is_passed_on_and_the_other_person_is_told_who_asks(
    world: World, client: TestClient, token: str
) -> None:
    told = form("delegated", delegate=SUPPORT.upper(), delegated_text="You keep the list")
    page = client.post(f"/r/{token}", data=told).text
    assert "Project Support is asked from now on" in page
    (response,) = world.store.inbound.responses(refs={CASES})[CASES]
    assert (response.answer, response.delegated_to) == (Answer.DELEGATED, "project-support")
    gone = client.get(f"/r/{token}")
    assert (gone.status_code, "passed to somebody else" in gone.text) == (410, True)
    assert client.post(f"/r/{token}", data=form("acknowledged")).status_code == 410
    world.at("Wed 28 Aug 2019 11:00").deliver()
    theirs = tokens(world.expect_mail(to="project_support", about="You keep the list"))[0]
    page = client.get(f"/r/{theirs}").text
    assert "Performance Lead asked you to do this. Their words: “You keep the list”" in page
    assert "I am Project Support" in page
    assert client.post(f"/r/{theirs}", data=form("acknowledged")).status_code == 200
    assert "Performance Lead asked you to do this." in client.get(f"/r/{theirs}").text


def test_many_who_pass_it_on_at_once_pass_it_on_once(world: World, client: TestClient, token: str) -> None:
    told = form("delegated", delegate=SUPPORT)
    with ThreadPoolExecutor(CROWD) as presses:
        pages = list(presses.map(lambda _: client.post(f"/r/{token}", data=told), range(CROWD)))
    assert {page.status_code for page in pages} <= {200, 410}
    assert len(world.store.inbound.responses(refs={CASES})[CASES]) == 1
    world.at("Wed 28 Aug 2019 11:00").deliver()
    world.expect_mail(to="project_support", about="asks you to do this")


def test_what_comes_back_is_answered_by_the_newest_link(world: World, client: TestClient, token: str) -> None:
    client.post(f"/r/{token}", data=form("delegated", delegate=SUPPORT))
    world.at("Wed 28 Aug 2019 11:00").deliver()
    theirs = tokens(world.expect_mail(to="project_support"))[0]
    client.post(f"/r/{theirs}", data=form("delegated", delegate="performance.lead@medway.example"))
    page = client.get(f"/r/{token}")
    assert (page.status_code, "replaced by a newer one" in page.text) == (410, True)
    world.at("Wed 28 Aug 2019 11:10").deliver()
    mail = world.expect_mail(to="performance_lead", about="asks you to do this")
    assert client.get(f"/r/{tokens(mail)[0]}").status_code == 200


@pytest.mark.parametrize("answered_by", ["", "Pat Assistant"])
def test_both_names_stand_with_what_was_passed_on(
    world: World, client: TestClient, token: str, answered_by: str
) -> None:
    who = {"who": "other", "answered_by": answered_by} if answered_by else {}
    client.post(f"/r/{token}", data=form("delegated", delegate=SUPPORT) | who)
    world.at("Wed 28 Aug 2019 11:00").deliver()
    theirs = tokens(world.expect_mail(to="project_support"))[0]
    expected = "Pat Assistant for Performance Lead asked you" if answered_by else "Performance Lead asked you"
    assert expected in client.get(f"/r/{theirs}").text


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("nobody@medway.example", "Nobody on this timeline has that email address"),
        ("performance.lead@medway.example", "You cannot pass a task on to yourself"),
    ],
)
def test_a_task_is_passed_on_to_nobody_unknown_and_changes_nothing(
    world: World, client: TestClient, token: str, address: str, says: str
) -> None:
    before = snapshot(world.store)
    page = client.post(f"/r/{token}", data=form("delegated", delegate=address))
    assert (page.status_code, says in page.text, 'id="delegate-error"' in page.text) == (422, True, True)
    assert snapshot(world.store) == before


@pytest.mark.parametrize("token", ["zzzzzzzzzzzzzzzz", "aaaaaaaaaaaaaaaa"])
def test_a_token_that_nobody_made_is_no_longer_in_use(client: TestClient, token: str) -> None:
    assert client.get(f"/r/{token}").status_code == 410
    assert client.post(f"/r/{token}", data=form("acknowledged")).status_code == 410


def test_done_without_evidence_is_asked_for_it_and_changes_nothing(
    world: World, client: TestClient, token: str
) -> None:
    before = snapshot(world.store)
    page = client.post(f"/r/{token}", data=form("done"))
    assert (page.status_code, "Enter a link or a reference" in page.text) == (422, True)
    assert snapshot(world.store) == before


def test_what_is_done_cannot_be_unsaid_through_the_link(world: World, client: TestClient, token: str) -> None:
    client.post(f"/r/{token}", data=form("done", evidence="Minutes, item 2"))
    page = client.post(f"/r/{token}", data=form("declined", declined_text="Not mine"))
    assert "already recorded as done" in page.text
    assert len(world.store.inbound.responses(refs={CASES})[CASES]) == 1
