"""Pause, stop and start again on pages: a pause over a legal date is seen first."""

from tests.harness import World
from tests.web.administrators.changes.conftest import Lead

NOVEMBER = {"until_day": "29", "until_month": "11", "until_year": "2019"}


def test_a_pause_over_a_date_of_law_needs_to_be_seen(world: World, lead: Lead) -> None:
    shown = lead.look("pause", what="action-plan", **NOVEMBER)
    assert "28 Nov" in shown
    assert "I have seen this" in shown
    assert "Tick the box to say that you have seen this" in lead.confirm("pause")
    assert world.store.definitions.pauses() == ()
    assert "It is done" in lead.confirm("pause", despite="yes")
    assert [pause.obligation for pause in world.store.definitions.pauses()] == ["action-plan"]
    lead.page = lead.before
    assert "It was done before" in lead.confirm("pause", despite="yes")
    lead.look("resume", what="action-plan")
    lead.confirm("resume")
    assert world.store.definitions.pauses() == ()
    lead.page = lead.before
    assert "It is not paused: nothing changes." in lead.confirm("resume")


def test_a_person_is_paused_by_their_post(world: World, lead: Lead) -> None:
    lead.look("pause", what="performance_lead", until_day="6", until_month="9", until_year="2019")
    lead.confirm("pause")
    assert [pause.person for pause in world.store.definitions.pauses()] == [world.person("performance_lead")]


def test_a_stop_and_its_end_are_confirmed_and_sent_twice_change_once(world: World, lead: Lead) -> None:
    assert "Sending is not stopped" in lead.look("start", reason="Over")
    assert "no reminder, no receipt" in lead.look("stop", reason="An exercise")
    assert world.store.outbox.stopped() is None
    lead.confirm("stop")
    stopped = world.store.outbox.stopped()
    assert stopped
    assert (stopped.who, stopped.reason) == ("an administrator at this machine", "An exercise")
    lead.page = lead.before
    assert "Sending is stopped already" in lead.confirm("stop", reason="Again")
    lead.look("start", reason="Over")
    lead.confirm("start")
    assert world.store.outbox.stopped() is None
