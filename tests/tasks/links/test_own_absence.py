"""Test a person's own days away on the list of their tasks: shown, ended and corrected there, and by nobody else."""

import pytest
from starlette.testclient import TestClient

from tests.harness import World
from tests.tasks.links.test_my_tasks import opened, token
from tests.tasks.receiving.test_absent import PERSON
from timeline.answers.inbound import Inbound, InboundState
from timeline.calendar.london import DAY
from timeline.definitions.absences import Absence

__all__ = ["token"]


def heard(world: World, absence: Absence) -> None:
    """Let a note tell now of an absence."""
    note = Inbound(
        id=f"away-{absence.until_on}",
        via="mail",
        received_at=world.now,
        kind="auto_reply",
        state=InboundState.RECORDED,
        why="Away.",
        person=absence.person,
    )
    world.store.inbound.record_absence(note, absence)


@pytest.fixture
def mine(world: World, client: TestClient, token: str) -> str:
    """Give the address of the list of somebody who was heard this morning to be away for ten days."""
    on = world.now.date()
    heard(world, Absence(person=PERSON, from_on=on, until_on=on + 9 * DAY))
    client.post(f"/r/{token}/mine")
    return opened(world)


def named(world: World) -> dict[str, str]:
    return {"named": f"{world.now.date() + 9 * DAY}"}


def typed(world: World, days: int) -> dict[str, str]:
    day = world.now.date() + days * DAY
    return {"day": f"{day.day}", "month": f"{day.month}", "year": f"{day.year}", "do": "until"}


def last_days(world: World) -> list[int]:
    return [(each.until_on - world.now.date()).days for each in world.timeline.directory.absences]


def test_it_is_shown_and_ended_by_the_person(world: World, client: TestClient, mine: str) -> None:
    assert "You are away: " in client.get(mine).text
    page = client.post(f"{mine}/absence", data=named(world) | {"do": "back"})
    assert (page.status_code, last_days(world)) == (200, [])
    assert "It is recorded." in page.text
    assert "That was taken back: your tasks stay with you." in page.text
    (event,) = [event for event in world.store.audit.events() if event.what == "absence ended"]
    assert (event.who, event.ref, event.via) == (PERSON, PERSON, "page")
    client.post(f"{mine}/absence", data=named(world) | typed(world, 4))
    assert last_days(world) == [4]


@pytest.mark.parametrize(("days", "says"), [(-2, "has passed"), (600, "more than a year and a half ahead")])
def test_a_day_that_cannot_be_changes_nothing(
    world: World, client: TestClient, mine: str, days: int, says: str
) -> None:
    page = client.post(f"{mine}/absence", data=named(world) | typed(world, days))
    assert (page.status_code, last_days(world)) == (422, [9])
    assert says in page.text


@pytest.mark.parametrize("data", [{}, {"named": "2019-01-01", "do": "back"}, {"named": "<script>", "do": "back"}])
def test_a_form_that_is_not_ours_changes_nothing(
    world: World, client: TestClient, mine: str, data: dict[str, str]
) -> None:
    page = client.post(f"{mine}/absence", data=data)
    assert (page.status_code, last_days(world)) == (422, [9])
    assert "<script>" not in page.text


def test_the_link_of_a_task_or_of_nobody_ends_nothing(world: World, client: TestClient, mine: str, token: str) -> None:
    assert mine
    for other in (token, "a" * 16):
        page = client.post(f"/mine/{other}/absence", data=named(world) | {"do": "back"})
        assert (page.status_code, last_days(world)) == (410, [9])
    assert client.get(f"{mine}/absence").status_code in (404, 405)
