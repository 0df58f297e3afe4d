"""Test each council by itself: one whose rows cannot be read takes no other with it."""

import asyncio
from collections.abc import Iterator
from contextvars import Context
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from cli.run.first_start import first_run, pages
from flows.councils import each_council
from flows.forms.stop_sending import Silence, stop_sending
from models.store import Store
from models.store.base.json_values import UnreadableRow
from tasks import clock
from tasks.assurance.clock_watch import watch_clock
from tasks.assurance.page import Assurances, silent_token
from tasks.council.each import CouncilsFailed, first_of_any, for_each, readable
from tasks.council.ledger import stores
from tasks.council.quiet import Quiets
from tasks.council.run import LEASE
from tasks.links import readers
from tasks.links.secure_link import Links
from tasks.processes.claimant import this_process
from tasks.receiving.review import Reviews
from tasks.sending.recover import take_over
from tests.harness import World
from tests.support.stated import spoil, variant
from timeline.delivery.messages import new_message


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Give two councils; the first of them cannot be read."""
    with World(tmp_path) as world:
        world.begun(_two_councils)
        yield world


def _two_councils(world: World) -> None:
    world.at("Tue 27 Aug 2019 07:00").apply()
    other = {"key": "arden", "name": "Arden Council", "programme": "Improvement programme"}
    ours = world.store
    world.apply(variant(world.home, name="arden.yaml", council=other))
    spoil(world.store)
    world.store = ours


def test_a_flow_serves_the_others_and_its_end_names_the_council(world: World) -> None:
    async def act(store: Store) -> str:
        return store.definitions.timeline(world.settings.working_hours).council.key

    done = asyncio.run(each_council(act))
    assert done.said == ["Medway Council: medway"]
    assert done.failed == ["arden could not be served (UnreadableRow); the log says more."]
    state = done.state("And more.")
    assert (state.type.value, state.message) == ("FAILED", f"{done.failed[0]} Medway Council: medway And more.")


def test_a_step_is_done_for_the_others_before_the_fault_is_told(world: World) -> None:
    served: list[str] = []

    def act(store: Store) -> None:
        store.definitions.timeline(world.settings.working_hours)
        served.append(store.council)

    with pytest.raises(CouncilsFailed, match=r"^arden could not be served \(UnreadableRow\): the log says more\.$"):
        for_each(world.settings, act)
    assert served == ["medway"]
    assert [store.council for store, _ in readable(world.settings)] == ["medway"]


def test_what_no_council_has_is_not_denied_while_one_cannot_be_asked(world: World) -> None:
    def name(store: Store) -> str:
        return store.definitions.timeline(world.settings.working_hours).council.key

    assert first_of_any(world.settings, name) == "medway"
    with pytest.raises(UnreadableRow):
        first_of_any(world.settings, lambda store: name(store) and None)


def test_the_pages_of_the_others_stay(world: World) -> None:
    pages(world.settings)
    assert [view.council_name for view in Assurances(world.settings).views(at=world.now)] == ["Medway Council"]
    assert Reviews(world.settings).held() == ()
    world.at("Wed 28 Aug 2019 10:45")
    Links(world.settings).send_waiting(at=world.now)
    with pytest.raises(CouncilsFailed):
        Assurances(world.settings).tell_of_silence(silent_token(world.settings), at=world.now)
    world.expect_mail(to="improvement_programme_lead", about="Assurance has not run")


def test_a_first_run_that_fails_takes_no_other_with_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[str] = []

    async def fails() -> None:
        raise ValueError("a fault")

    async def works() -> None:
        ran.append("works")

    monkeypatch.setattr("cli.run.replay_runner.MORNING", ((None, fails), (None, works)))
    monkeypatch.setattr("flows.notify.notify", works)
    assert asyncio.run(first_run(world.now)) == (
        "The first run of a flow failed (ValueError); the next one goes on from there.",
    )
    assert ran == ["works", "works"]


def _unwritable(store: Store) -> None:
    """Set the end of this council's chain back, as a partly restored database has it: nothing can be written."""
    with store.engine.begin() as connection:
        back = "update council set audit_sequence = audit_sequence - 1 where key = :council"
        assert connection.execute(text(back), {"council": store.council}).rowcount == 1


def test_a_clock_that_jumped_is_told_for_the_others_and_stops_no_flow(world: World) -> None:
    _unwritable(Store(world.store.engine, "arden"))
    world.at("Mon 26 Aug 2019 07:00")
    told = watch_clock(world.settings)
    assert len(told) == 2
    assert [store.audit.unreported_jumps() for store in stores(world.settings)] == [(), (told[0],)]


def test_what_a_killed_process_was_sending_is_taken_over_for_the_others(world: World) -> None:
    dead = this_process().rsplit("/", 1)[0] + "/1"
    for store in stores(world.settings):
        message = new_message("notice/1", "notice", to="director", subject="S", text="T", at=world.now)
        store.outbox.compose(message, token_hashes=["0"], at=world.now)
        assert store.outbox.claim(message.key, at=world.now, lease=LEASE, by=dead)
    _unwritable(Store(world.store.engine, "arden"))
    assert take_over(world.settings, at=world.now) == 1


def test_a_first_run_looks_at_the_others(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async def nothing() -> None:
        return None

    monkeypatch.setattr("cli.run.replay_runner.MORNING", ())
    monkeypatch.setattr("flows.notify.notify", nothing)
    with world.store.engine.begin() as connection:
        connection.execute(text("update revision set at = 'no instant' where council = 'arden'"))
    assert asyncio.run(first_run(world.now)) == ()


def test_a_flow_of_the_first_run_knows_what_the_pages_took_during_the_flow_before_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked_for: list[datetime] = []

    async def works() -> None:
        worked_for.append(clock.now())
        if len(worked_for) == 2:
            # Pages work for the present, in threads of their own.
            Context().run(world.know, "cabinet_meeting", "Tue 8 Oct 2019", of="cabinet-report/1")

    world.at("Wed 28 Aug 2019 21:00")
    monkeypatch.setattr("cli.run.replay_runner.MORNING", ((None, works), (None, works)))
    monkeypatch.setattr("flows.notify.notify", works)
    assert asyncio.run(first_run(world.now)) == ()
    assert worked_for[0] == worked_for[1] < worked_for[2] == world.now


def test_pages_say_what_is_stopped_for_the_others(world: World) -> None:
    world.store.outbox.stop(at=world.now, who="director", reason="")
    with world.store.engine.begin() as connection:
        connection.execute(text("update council set held_at = 'no instant' where key = 'arden'"))
        row = "insert into assurance_run select 'arden', 1, '2019-08-27', '2019-08-27', 0, 0, 0, 0, 0, 0, 0, '{'"
        connection.execute(text(row))
    assert Assurances(world.settings).needs_somebody()
    token = readers.give(world.store, world.settings, "power-bi", at=world.now, who="a test")
    assert "Mails do not leave" in Quiets(world.settings).brief(token)[0]


def test_a_stop_that_one_council_did_not_take_does_not_say_that_nothing_is_sent(world: World) -> None:
    stop = Silence(reason="A wrong date", who="director")
    _unwritable(Store(world.store.engine, "arden"))
    state = asyncio.run(stop_sending.fn(stop))
    assert (state.type.value, state.message) == (
        "FAILED",
        "arden could not be served (IntegrityError); the log says more. For the others nothing is sent until it is "
        "resumed.",
    )
    assert [store.outbox.stopped() is not None for store in stores(world.settings)] == [False, True]
