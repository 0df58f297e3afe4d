"""`daymark assurance`: the reckoning now, without acting on it."""

import pytest

from tests.cli.house import Commands
from tests.harness import World, snapshot
from tests.support.assured_days import Days
from timeline.delivery.messages import MessageState


@pytest.fixture
def morning(empty: World) -> World:
    """Begin when every duty was decided at 07:30 and the mails have left; it is Wed 28 Aug 2019 09:00."""
    empty.apply()
    empty.at("Wed 28 Aug 2019 07:30")
    Days(empty).decide()
    empty.at("Wed 28 Aug 2019 08:30").deliver()
    return empty.at("Wed 28 Aug 2019 09:00")


def test_what_is_explained_and_owned_is_good_and_nothing_changes(morning: World, daymark: Commands) -> None:
    before = snapshot(morning.store)
    said = daymark("assurance", "--json")
    (shown,) = said.objects
    assert (said.code, shown["unexplained"], shown["ahead"]) == (0, [], [])
    figures = shown["figures"]
    assert figures["due"] == figures["sent"] + figures["suppressed"] > 0
    assert sum(figures["sent"] for figures in shown["duties"].values()) == shown["figures"]["sent"]
    assert daymark("assurance").out.endswith(" 0 unexplained.\n")
    assert snapshot(morning.store) == before


def test_a_flow_that_did_not_run_is_told_with_exit_code_1(morning: World, daymark: Commands) -> None:
    morning.at("Thu 29 Aug 2019 09:00")
    said = daymark("assurance")
    assert said.code == 1
    assert "Unexplained: " in said.out
    (shown,) = daymark("assurance", "--json").objects
    assert {each["kind"] for each in shown["unexplained"]} == {"unsaid"}
    assert len(shown["unexplained"]) == shown["figures"]["unexplained"]


def test_an_address_that_came_back_is_told_ahead_by_its_post(morning: World, daymark: Commands) -> None:
    (entry, *_) = morning.store.ledger.accepted(since=morning.now.replace(hour=0), until=morning.now)
    assert entry.message
    assert morning.store.outbox.message(entry.message).state is MessageState.ACCEPTED  # type: ignore[union-attr]
    morning.store.outbox.mark_bounced(entry.message, at=morning.now, why="5.1.1")
    said = daymark("assurance", "--json")
    (shown,) = said.objects
    assert said.code == 1
    assert {(each["kind"], each["post"]) for each in shown["ahead"]} == {("unreachable", entry.prompt.post)}
    assert morning.address(entry.prompt.post) not in said.out
