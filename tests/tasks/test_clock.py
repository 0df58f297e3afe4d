"""Test the clock: a replay and the first run alone may move it, and one that jumped is told at once."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tasks import clock
from tasks.assurance import clock_watch
from tasks.assurance.assure import assure
from tasks.council.quiet import Quiets
from tasks.retention import erase_caught, erase_over
from tests.harness import World
from tests.models.privacy.test_retention import came_in
from timeline.assurance import AssuranceRun
from timeline.calendar.clock_jumps import MachineTime


def test_the_first_run_works_for_an_earlier_instant_and_never_for_a_later_one() -> None:
    now = clock.now()
    with clock.earlier(now - timedelta(days=2)):
        assert (clock.now(), clock.is_moved()) == (now - timedelta(days=2), True)
    assert not clock.is_moved()
    later = clock.earlier(now + timedelta(days=2))
    with pytest.raises(ValueError, match="Nothing works for an instant after the clock"):
        later.__enter__()


def test_a_replay_moves_the_clock_of_its_process_and_puts_it_back() -> None:
    with clock.replayed() as move:
        move(clock.now() + timedelta(days=400))
        moved = clock.now()
    assert moved > clock.now() + timedelta(days=399)


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Tell what the outside monitor was told: whether all is good."""
    told: list[bool] = []
    monkeypatch.setattr(clock_watch, "send_heartbeat", lambda _, *, good: told.append(good))
    return told


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World(tmp_path) as world:
        world.at("Tue 27 Aug 2019 07:00").apply()
        yield world


def looks(world: World, text: str, monkeypatch: pytest.MonkeyPatch, *, seconds: float, boot: str = "one") -> bool:
    """Tell whether a run that begins then notices a jump; the machine has counted these seconds."""
    monkeypatch.setattr(clock, "machine_time", lambda: MachineTime(boot, seconds))
    return bool(clock_watch.watch_clock(world.at(text).settings))


def test_a_clock_that_jumped_ahead_is_told_at_once_and_makes_one_assurance_red(
    world: World, heard: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not looks(world, "Tue 27 Aug 2019 08:00", monkeypatch, seconds=100)
    assert looks(world, "Tue 27 Aug 2019 18:10", monkeypatch, seconds=700)
    assert not looks(world, "Tue 27 Aug 2019 18:20", monkeypatch, seconds=1300)
    assert heard == [False]
    run = assure(world.store, world.settings, at=world.now)
    assert (run.is_red, [why[:22] for why in run.machine]) == (True, ["The clock jumped ahead"])
    assert world.store.audit.unreported_jumps() == ()


def test_a_clock_that_is_behind_the_record_is_told_without_any_machine_that_counts(
    world: World, heard: list[bool]
) -> None:
    world.at("Fri 27 Sep 2019 08:10").decide()
    assert not clock_watch.watch_clock(world.settings)
    assert clock_watch.watch_clock(world.at("Wed 28 Aug 2019 08:00").settings)
    assert not clock_watch.watch_clock(world.at("Wed 28 Aug 2019 08:10").settings)
    assert heard == [False]
    assert "set back" in assure(world.store, world.settings, at=world.now).machine[0]


def test_two_weeks_off_are_no_jump_though_the_machine_did_not_count_them(
    world: World, heard: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not looks(world, "Tue 27 Aug 2019 08:00", monkeypatch, seconds=100)
    assert not looks(world, "Tue 10 Sep 2019 08:00", monkeypatch, seconds=50, boot="two")
    assert not looks(world, "Tue 24 Sep 2019 08:00", monkeypatch, seconds=50 + 14 * 24 * 3600)
    assert heard == []


def test_pages_and_list_name_a_clock_that_jumped_until_an_assurance_has_told(
    world: World, heard: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    def said() -> tuple[str, ...]:
        return tuple(sentence[:22] for sentence in Quiets(world.settings).sentences(at=world.now))

    looks(world, "Tue 27 Aug 2019 08:00", monkeypatch, seconds=100)
    assert said() == ()
    # Before any run looked: the machine's own time shows it.
    monkeypatch.setattr(clock, "machine_time", lambda: MachineTime("one", 700))
    world.at("Fri 27 Sep 2019 08:10")
    assert said() == ("The clock jumped ahead",)
    looks(world, "Fri 27 Sep 2019 08:10", monkeypatch, seconds=700)
    assert said() == ("The clock jumped ahead",)
    world.store.assurance.keep_run(AssuranceRun(at=world.now, since=world.now))
    assert (said(), heard) == ((), [False])


def test_retention_erases_nothing_at_the_word_of_a_clock_that_leapt(world: World) -> None:
    world.store.assurance.keep_run(AssuranceRun(at=world.now, since=world.now))
    world.store.inbound.record(came_in(received_at=world.now))
    over = world.timeline.over(at=world.at("Tue 31 Dec 2019 07:10").now)
    assert erase_over(world.store, over, at=world.now).held.startswith("Nothing is erased before Tuesday 7 January")
    old = world.settings.caught_mail / "new" / "1"
    old.parent.mkdir(parents=True, exist_ok=True)
    old.write_bytes(b"")
    after = world.now + timedelta(days=9999)
    assert erase_caught([world.store], world.settings.caught_mail, before=after, at=world.now) == 0
    assert old.exists()
