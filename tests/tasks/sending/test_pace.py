"""How fast a channel is used: turns are told apart by a clock that the test moves."""

import pytest

from config.channels import Channel, Form
from tasks.sending.pacing import Pace, pace_of


class Clock:
    """A monotonic clock that moves when somebody sleeps."""

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
        assert sum(first <= one < first + 59.99 for one in begun) <= in_a_minute


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


def test_two_runs_of_a_process_share_the_pace_of_a_channel() -> None:
    channel = Channel(name="teams", url="daymarkteams://flow.example/1", form=Form.CARD, rate_per_minute=30)
    same = Channel(name="teams", url="daymarkteams://flow.example/1", form=Form.CARD, rate_per_minute=30)
    other = Channel(name="sms", url="sms://x", form=Form.SHORT, rate_per_minute=30)
    assert pace_of(channel) is pace_of(same)
    assert pace_of(channel) is not pace_of(other)
