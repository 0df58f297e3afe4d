"""Test the circuit breaker of a channel: when it rests, for how long, and what closes it."""

from datetime import timedelta

import pytest

from tests.timeline.literals import at
from timeline.delivery.contact_methods import FAILURES, Breaker

NOW = at("Thu 14 Nov 2019 08:30")


def after(failures: int) -> Breaker:
    """Give it after so many failures, each at the end of the rest before it."""
    breaker, when = Breaker(), NOW
    for _ in range(failures):
        when = breaker.rests_until or when
        breaker = breaker.failed(at=when)
    return breaker


@pytest.mark.parametrize(("failures", "rests"), [(0, False), (2, False), (3, True)])
def test_it_rests_after_three_failures_in_a_row(failures: int, rests: bool) -> None:
    assert after(failures).rests(at=NOW) is rests


@pytest.mark.parametrize(("failures", "minutes"), [(3, 10), (4, 20), (5, 40), (6, 60), (7, 60), (500, 60)])
def test_each_rest_is_twice_the_last_up_to_an_hour(failures: int, minutes: int) -> None:
    before = after(failures - 1)
    failed_at = before.rests_until or NOW
    assert before.failed(at=failed_at) == Breaker(failures, failed_at + timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("when", "rests", "probes"),
    [
        ("Thu 14 Nov 2019 08:39", True, False),
        ("Thu 14 Nov 2019 08:40", False, True),
        ("Thu 14 Nov 2019 08:41", False, True),
    ],
)
def test_at_the_end_of_its_rest_one_message_is_tried(when: str, rests: bool, probes: bool) -> None:
    rested = after(FAILURES)
    assert rested.rests_until == at("Thu 14 Nov 2019 08:40")
    assert (rested.rests(at=at(when)), rested.probes(at=at(when))) == (rests, probes)


def test_a_channel_that_works_is_not_tried_with_one_message_first() -> None:
    assert not Breaker().probes(at=NOW)
    assert not after(2).probes(at=NOW)


def test_several_lines_that_fail_at_once_are_one_failure() -> None:
    rested = after(FAILURES)
    assert rested.failed(at=NOW) == rested
