"""Test that owners see and update their own actions of the plan behind their own link, and nobody else's."""

import pytest
from starlette.testclient import TestClient

from tasks.council.tokens import derive, token_hash
from tests.harness import World
from timeline.letters.my_tasks import link_of
from timeline.programme.actions import Progress

TRAINING = "practice-manager-training"


def list_of(world: World, post: str) -> str:
    """Give the path of the list of a post's holder, asked for just now."""
    claims = link_of(world.person(post), at=world.now)
    token = derive(world.settings.secret(), world.store.council, claims)
    world.store.outbox.keep_tokens({token_hash(token): claims}, at=world.now)
    return f"/mine/{token}"


def test_an_owner_says_how_an_action_stands_and_nothing_is_overwritten(world: World, client: TestClient) -> None:
    world.at("Tue 3 Sep 2019 10:00")
    mine = list_of(world, "training_lead")
    page = client.get(mine).text
    assert f'href="{mine}/action/{TRAINING}"' in page
    assert "A review of Early Help" not in page
    said = {"progress": "slipping", "percent": "40", "why": "The trainer is ill."}
    for _ in range(2):
        again = client.post(f"{mine}/action/{TRAINING}", data=said)
        assert "Thank you. It is recorded." in again.text
    assert "Slipping, 40 % done (Tue 3 Sep 2019)." in client.get(f"{mine}/action/{TRAINING}").text
    (update,) = world.store.programmes.updates(at=world.now)
    assert (update.who, update.record) == (world.person("training_lead"), f"actions.{TRAINING}")
    known = world.store.programmes.known(at=world.now)
    assert known
    (told,) = known.programme.actions[TRAINING].updates
    assert (told.by, told.progress, told.percent, told.why) == (
        "training_lead",
        Progress.SLIPPING,
        40,
        "The trainer is ill.",
    )


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({}, "Choose an answer under “How does it stand?”"),
        ({"progress": "slipping"}, "Say why it slips."),
        ({"progress": "done"}, "Say what shows that it is done: a link or a reference."),
        ({"progress": "on track", "percent": "140"}, "expected a number from 0 to 100"),
        ({"progress": "on track", "expected-day": "40"}, "Enter day, month and year"),
        ({"progress": "slipping", "why": "Case 943 476 5919 waits."}, "case number"),
    ],
)
def test_what_cannot_be_recorded_is_told_with_what_was_typed(
    world: World, client: TestClient, said: dict[str, str], fault: str
) -> None:
    world.at("Tue 3 Sep 2019 10:00")
    answer = client.post(f"{list_of(world, 'training_lead')}/action/{TRAINING}", data=said)
    assert (answer.status_code, fault in answer.text) == (422, True)
    assert world.store.programmes.updates(at=world.now) == ()


def test_an_action_of_somebody_else_and_one_under_embargo_stay_shut(world: World, client: TestClient) -> None:
    world.at("Tue 3 Sep 2019 10:00")
    for key in ("early-help-review", "gone"):
        path = f"{list_of(world, 'training_lead')}/action/{key}"
        for answer in (client.get(path), client.post(path, data={"progress": "on track"})):
            assert (answer.status_code, "This action is not yours" in answer.text) == (404, True)
    assert client.get(f"/mine/{'a' * 16}/action/{TRAINING}").status_code == 410
    world.at("Mon 26 Aug 2019 10:00")
    assert TRAINING not in client.get(list_of(world, "training_lead")).text
    assert world.store.programmes.updates(at=world.now) == ()
