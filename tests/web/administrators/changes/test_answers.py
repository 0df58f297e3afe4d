"""Enter answers and confirmations for others on a page, and send a message to ourselves."""

import re

import pytest

from tests.harness import World
from tests.web.administrators.changes.conftest import Lead
from timeline.answers.responses import Response

DRAFT, OWNER, MANAGER = "action-plan/1/draft", "improvement_programme_lead", "head_of_improvement"


@pytest.fixture
def asked(world: World) -> World:
    world.live("Mon 23 Sep 2019 08:30", "action-plan")
    return world.at("Tue 24 Sep 2019 10:00")


def given(world: World) -> list[Response]:
    return list(world.store.inbound.responses(refs={DRAFT}).get(DRAFT, ()))


def test_an_answer_names_who_said_it_and_who_entered_it(asked: World, lead: Lead) -> None:
    said = {"ref": DRAFT, "answer": "acknowledged", "by": asked.address(OWNER)}
    shown = lead.look("answer", **said)
    assert "says: I have this." in shown
    assert given(asked) == []
    lead.confirm("answer")
    lead.page = lead.before
    lead.confirm("answer")
    (response,) = given(asked)
    assert response.person == response.by == asked.person(OWNER)
    assert response.answered_by.endswith(", entered by an administrator at this machine")
    assert "Please give a link or a reference" in lead.look("answer", **said | {"answer": "done"})
    assert "Say what is missing" in lead.look("answer", **said | {"answer": "returned"})


def offered(lead: Lead, address: str) -> list[str]:
    """Give the tasks that the form lists at this address, by reference."""
    listed = lead.open(address).partition('name="ref"')[2].partition("</select>")[0]
    return re.findall(r'<option value="([^"]+)"', listed)


def test_the_task_of_a_phone_call_is_listed_in_one_step(asked: World, lead: Lead) -> None:
    """Fail where the form lists every task of the timeline, and has no filter."""
    usual, owner = offered(lead, "/changes/answer"), asked.address(OWNER)
    assert DRAFT in usual
    theirs = offered(lead, f"/changes/answer?caller={owner}")
    assert DRAFT in theirs
    owners = {ref: stored.milestone.owner for ref in theirs if (stored := asked.store.plan.milestone(ref))}
    assert {*owners.values()} == {OWNER}
    assert len(theirs) < len(usual) < len(offered(lead, "/changes/answer?until=all"))
    assert offered(lead, f"/changes/answer?post={MANAGER}&duty=action-plan") == ["action-plan/1/heard"]
    assert f'value="{owner}" selected' in lead.open(f"/changes/answer?caller={owner}&ref={DRAFT}")
    lead.look("answer", ref=DRAFT, answer="acknowledged", by=owner, caller=owner)
    assert f'name="caller" value="{owner}"' in lead.page
    assert "There is no duty" in lead.open("/changes/answer?duty=nothing")
    assert lead.status == 422


def test_whoever_entered_that_it_is_done_enters_no_confirmation(asked: World) -> None:
    lead, other = (Lead(asked, "10.0.0.9", identity_header="X-User") for _ in range(2))
    lead.browser.headers["X-User"], other.browser.headers["X-User"] = "lee@medway.example", "kim@medway.example"
    done = {"ref": DRAFT, "answer": "done", "by": asked.address(OWNER), "evidence": "Cabinet, item 6"}
    lead.look("answer", **done)
    lead.confirm("answer")
    confirmed = {"ref": DRAFT, "answer": "confirmed", "by": asked.address(MANAGER)}
    assert "cannot enter its confirmation" in lead.look("answer", **confirmed)
    own = confirmed | {"by": asked.address(OWNER)}
    assert "cannot confirm it" in other.look("answer", **own)
    assert len(given(asked)) == 1
    other.look("answer", **confirmed)
    assert "It is done" in other.confirm("answer")
    assert [each.answer.value for each in given(asked)] == ["done", "confirmed"]


def test_a_test_message_goes_to_ourselves_once(world: World, lead: Lead) -> None:
    shown = lead.look("test")
    assert world.settings.mail_address in shown
    assert world.mails() == []
    lead.confirm("test")
    assert [mail.envelope_to for mail in world.mails()] == [(world.settings.mail_address,)]
    lead.page = lead.before
    assert "Something else was changed meanwhile" in lead.confirm("test")
    assert len(world.mails()) == 1
