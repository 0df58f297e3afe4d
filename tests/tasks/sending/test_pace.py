"""Test how fast a channel is used: turns are told apart by a clock that the test moves."""

from pathlib import Path

import pytest

from config.channels import Channel, Form
from config.settings import Settings
from tasks.sending.pacing import PER_MINUTE, HousePace, Pace, pace_of


class Clock:
    """Hold a monotonic clock that moves when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def turns(pace: Pace, clock: Clock, *, until: float) -> list[float]:
    begun: list[float] = []
    while pace.turn(until=until) and len(begun) < 1000:
        begun.append(clock.now - 1000)
    return begun


@pytest.mark.parametrize(("per_minute", "in_a_minute"), [(1, 1), (30, 30), (60, 60), (180, 180)])
def test_no_more_than_the_rate_begin_in_any_minute(per_minute: int, in_a_minute: int) -> None:
    clock = Clock()
    begun = turns(Pace(per_minute, monotonic=clock, sleep=clock.sleep), clock, until=1179.99)
    assert len(begun) == 3 * per_minute
    for first in begun:
        assert sum(first <= each < first + 59.99 for each in begun) <= in_a_minute


def test_without_a_rate_nobody_waits() -> None:
    clock = Clock()
    assert turns(Pace(None, monotonic=clock, sleep=clock.sleep), clock, until=2000) == [0.0] * 1000


def test_a_turn_after_the_end_of_the_run_is_refused_at_once() -> None:
    clock = Clock()
    pace = Pace(1, monotonic=clock, sleep=clock.sleep)
    assert pace.turn(until=1059)
    assert not pace.turn(until=1059)
    assert clock.now == 1000
    assert pace.turn(until=1060)
    assert clock.now == 1060


def test_who_asks_us_to_wait_is_waited_for() -> None:
    clock = Clock()
    pace = Pace(None, monotonic=clock, sleep=clock.sleep)
    pace.hold(90)
    assert not pace.turn(until=1089)
    assert pace.turn(until=1090)
    assert clock.now == 1090
    pace.hold(-5)
    assert pace.turn(until=1090)


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_mail_to_a_real_server_has_thirty_turns_a_minute_for_the_house(tmp_path: Path, processes: int) -> None:
    clock, begun = Clock(), list[float]()
    house = [HousePace(PER_MINUTE, tmp_path / "pace", monotonic=clock, sleep=clock.sleep) for _ in range(processes)]
    for number in range(90):
        assert house[number % processes].turn(until=5000)
        begun.append(clock.now)
    assert all(sum(first <= each < first + 59.99 for each in begun) <= PER_MINUTE for first in begun)
    assert not house[0].turn(until=clock.now)


@pytest.mark.parametrize("left", ["", "no number", "987654321.0", "-inf", "nan"])
def test_what_another_start_of_the_machine_left_holds_nobody_up(tmp_path: Path, left: str) -> None:
    clock = Clock()
    (tmp_path / "pace").write_text(left)
    assert HousePace(30, tmp_path / "pace", monotonic=clock, sleep=clock.sleep).turn(until=1000)


def test_the_catcher_is_not_bounded_and_a_stated_rate_counts(tmp_path: Path) -> None:
    caught, real = Settings.given(home=tmp_path), Settings.given(home=tmp_path, mail_url="daymarkmail://mail.example")
    rated = Settings.given(home=tmp_path, mail_url="daymarkmail://mail.example", channels="mail.rate=10")
    apart = [pace_of(given.ways()["mail"], given)._apart for given in (caught, real, rated)]
    assert apart == [0.0, 2.0, 6.0]


def test_two_runs_of_a_process_share_the_pace_of_a_channel() -> None:
    channel = Channel(name="teams", url="daymarkteams://flow.example/1", form=Form.CARD, rate_per_minute=30)
    same = Channel(name="teams", url="daymarkteams://flow.example/1", form=Form.CARD, rate_per_minute=30)
    other = Channel(name="sms", url="sms://x", form=Form.SHORT, rate_per_minute=30)
    given = Settings.given()
    assert pace_of(channel, given) is pace_of(same, given)
    assert pace_of(channel, given) is not pace_of(other, given)
