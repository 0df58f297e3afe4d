"""Test what is over by now: each kind at its last day, and around the changes of the clocks."""

from dataclasses import replace

import pytest

from tests.timeline.literals import at, day
from timeline.definitions.absences import Absence
from timeline.definitions.council import Council, CouncilTimeline
from timeline.definitions.facts import REGIME_ENDED, Fact
from timeline.definitions.people import Directory
from timeline.definitions.retention import ExpiryBounds, Retention, expiry_bounds

ENDED = Fact(name=REGIME_ENDED, on=day("Wed 30 Jun 2021"), known_at=at("Fri 9 Jul 2021 09:00"))


def test_each_kind_has_its_own_time() -> None:
    assert expiry_bounds(Retention(), (), at=at("Thu 14 Nov 2019 12:10")) == ExpiryBounds(
        raw_mail_before=at("Tue 15 Oct 2019 00:00"),
        absences_before=day("Fri 16 Aug 2019"),
        free_text_before=at("Wed 14 Nov 2018 00:00"),
        ledger_before=None,
    )


def test_a_council_has_its_own_times() -> None:
    kept = Retention(raw_mail_days=7, absence_days=1, free_text_months=1, prompt_years=1)
    assert expiry_bounds(kept, (ENDED,), at=at("Fri 1 Jul 2022 00:00")) == ExpiryBounds(
        raw_mail_before=at("Fri 24 Jun 2022 00:00"),
        absences_before=day("Thu 30 Jun 2022"),
        free_text_before=at("Wed 1 Jun 2022 00:00"),
        ledger_before=at("Thu 1 Jul 2021 00:00"),
    )


@pytest.mark.parametrize(
    ("now", "raw_mail_before"),
    [
        # The clocks went forward on Sunday 29 March 2020 and back on Sunday 27 October 2019: days are whole ones.
        ("Tue 28 Apr 2020 12:10", "Sun 29 Mar 2020 00:00"),
        ("Tue 26 Nov 2019 12:10", "Sun 27 Oct 2019 00:00"),
        # The same day in London, a minute before and after midnight.
        ("Wed 27 May 2020 23:59", "Mon 27 Apr 2020 00:00"),
        ("Thu 28 May 2020 00:00", "Tue 28 Apr 2020 00:00"),
    ],
)
def test_days_are_londons(now: str, raw_mail_before: str) -> None:
    assert expiry_bounds(Retention(), (), at=at(now)).raw_mail_before == at(raw_mail_before)


@pytest.mark.parametrize(
    ("now", "before"),
    [
        ("Mon 28 Feb 2022 12:10", "Sun 28 Feb 2021 00:00"),
        # A month ends sooner a year earlier: the last day there is.
        ("Thu 29 Feb 2024 12:10", "Tue 28 Feb 2023 00:00"),
    ],
)
def test_twelve_months_end_with_the_month(now: str, before: str) -> None:
    assert expiry_bounds(Retention(), (), at=at(now)).free_text_before == at(before)


@pytest.mark.parametrize(
    ("now", "before"),
    [
        ("Thu 8 Jul 2021 12:10", None),  # not yet known
        ("Thu 29 Jun 2023 12:10", None),
        ("Fri 30 Jun 2023 12:10", None),  # two years are over when their last day is
        ("Sat 1 Jul 2023 12:10", "Thu 1 Jul 2021 00:00"),  # all that was said to the last day of the regime
        ("Mon 1 Jul 2024 12:10", "Fri 1 Jul 2022 00:00"),  # what was said afterwards has two years of its own
    ],
)
def test_messages_and_answers_count_from_the_end_of_the_regime(now: str, before: str | None) -> None:
    assert expiry_bounds(Retention(), (ENDED,), at=at(now)).ledger_before == (at(before) if before else None)


def test_what_belongs_to_the_next_regime_is_not_over() -> None:
    again = day("Fri 1 Oct 2021")
    given = expiry_bounds(Retention(), (ENDED,), regime_since=again, at=at("Tue 1 Oct 2024 12:10"))
    assert given.ledger_before == at("Fri 1 Oct 2021 00:00")
    # Of the regime that ended itself nothing is taken away by its own beginning.
    begun = day("Tue 27 Aug 2019")
    given = expiry_bounds(Retention(), (ENDED,), regime_since=begun, at=at("Tue 1 Oct 2024 12:10"))
    assert given.ledger_before == at("Sat 1 Oct 2022 00:00")


def test_the_end_that_was_corrected_counts() -> None:
    later = replace(ENDED, on=day("Fri 31 Dec 2021"), known_at=at("Mon 3 Jan 2022 09:00"))
    assert expiry_bounds(Retention(), (ENDED, later), at=at("Sat 1 Jul 2023 12:10")).ledger_before is None


def test_an_absence_that_is_over_is_not_taken_in_again() -> None:
    past, last, ahead = (
        Absence(person="ann", from_on=day("Thu 1 Aug 2019"), until_on=day(until))
        for until in ("Thu 15 Aug 2019", "Fri 16 Aug 2019", "Fri 29 Nov 2019")
    )
    given = CouncilTimeline(
        council=Council(key="x", name="X"), obligations=(), directory=Directory(absences=(past, last, ahead))
    )
    assert given.without_past_absences(at=at("Thu 14 Nov 2019 12:10")).directory.absences == (last, ahead)
