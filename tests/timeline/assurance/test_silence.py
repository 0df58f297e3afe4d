"""Test when an assurance is missing, and what a channel's messages to ourselves say."""

import pytest

from tests.timeline.literals import at
from timeline.assurance.mornings import is_silent
from timeline.assurance.probes import Probed, seen
from timeline.delivery.contact_methods import Breaker

FRIDAY, MONDAY = at("Fri 15 Nov 2019 08:45"), at("Mon 18 Nov 2019 08:45")


@pytest.mark.parametrize(
    ("last", "when", "expected"),
    [
        (FRIDAY, "Sat 16 Nov 2019 10:45", False),
        (FRIDAY, "Sun 17 Nov 2019 12:45", False),
        (FRIDAY, "Mon 18 Nov 2019 09:44", False),
        (FRIDAY, "Mon 18 Nov 2019 09:45", True),
        (MONDAY, "Mon 18 Nov 2019 14:45", False),
        (MONDAY, "Tue 19 Nov 2019 10:45", True),
        (at("Wed 14 Aug 2019 08:45"), "Thu 15 Aug 2019 10:45", True),
    ],
)
def test_a_weekend_is_no_silence_and_a_weekday_is(last: object, when: str, expected: bool) -> None:
    assert is_silent(last, since=None, at=at(when)) is expected  # type: ignore[arg-type]


def test_before_the_first_assurance_it_counts_from_the_first_apply() -> None:
    assert not is_silent(None, since=None, at=at("Tue 19 Nov 2019 10:45"))
    assert not is_silent(None, since=at("Tue 19 Nov 2019 10:00"), at=at("Tue 19 Nov 2019 12:00"))
    assert is_silent(None, since=at("Mon 18 Nov 2019 10:00"), at=at("Tue 19 Nov 2019 12:00"))


def probed(when: str, back: str = "", outcome: str = "accepted", *, returns: bool = True) -> Probed:
    return Probed("mail", at(when), outcome, "data 250", returns, at(back) if back else None)


BASIC = "550 5.7.30 Basic authentication is not supported"
TODAY = probed("Mon 18 Nov 2019 08:45")


@pytest.mark.parametrize(
    ("last", "before", "breaker", "catches", "works", "says"),
    [
        (None, None, None, False, None, "not tried on ourselves yet"),
        (TODAY, None, None, True, True, "The catcher took it."),
        (TODAY, None, None, False, None, "has not come back yet"),
        (TODAY, probed("Fri 15 Nov 2019 08:45", "Fri 15 Nov 2019 08:50"), None, False, None, "not come back yet"),
        (TODAY, probed("Fri 15 Nov 2019 08:45"), None, False, False, "Friday 15 November 2019 did not come back"),
        (probed("Mon 18 Nov 2019 08:45", "Mon 18 Nov 2019 08:49"), None, None, False, True, "after 4 minutes"),
        (
            probed("Mon 18 Nov 2019 08:45", outcome="refused"),
            None,
            None,
            True,
            False,
            "was refused. The last attempt",
        ),
        (probed("Mon 18 Nov 2019 08:45", returns=False), None, None, False, True, "is not known"),
        (TODAY, None, Breaker(3), True, False, "failed 3 times in a row."),
        (TODAY, None, Breaker(3, because=BASIC), True, False, f"The server said: “{BASIC}”. It takes no passwords"),
    ],
)
def test_how_a_channel_fares(
    last: Probed | None, before: Probed | None, breaker: Breaker | None, catches: bool, works: bool | None, says: str
) -> None:
    channel_seen = seen("mail", last, before, breaker, catches=catches)
    assert channel_seen.works is works
    assert says in channel_seen.told
