"""Test that a bank holiday proclaimed late counts from the instant at which it is known, and moves only what it
must.
"""

from dataclasses import replace
from datetime import date

from tests.timeline.builders import EVERYBODY
from tests.timeline.literals import at, day
from timeline.calendar.bank_holidays import calendars
from timeline.definitions.council import Council, CouncilTimeline
from timeline.definitions.facts import PROCLAIMED, Fact

COUNCIL = CouncilTimeline(council=Council(key="c", name="C"), obligations=(), directory=EVERYBODY)
FUNERAL = day("Mon 19 Sep 2022")


def holiday(on: date, known: str) -> Fact:
    return Fact(name=PROCLAIMED, on=on, known_at=at(known), called="Day of thanksgiving", source="Royal Proclamation")


def test_an_official_holiday_is_a_working_day_until_it_is_proclaimed() -> None:
    before, after = (COUNCIL.as_known(at=at(when)) for when in ("Fri 9 Sep 2022 17:00", "Sat 10 Sep 2022 12:00"))
    assert before.calendars.law.is_working(FUNERAL)
    assert not after.calendars.law.is_working(FUNERAL)


def test_a_holiday_that_was_moved_is_the_old_one_until_it_was_moved() -> None:
    before = COUNCIL.as_known(at=at("Wed 11 Nov 2020 09:00")).calendars.law
    assert (before.is_working(day("Mon 30 May 2022")), before.is_working(day("Thu 2 Jun 2022"))) == (False, True)
    assert (calendars().law.is_working(day("Mon 30 May 2022")), calendars().law.is_working(day("Thu 2 Jun 2022"))) == (
        True,
        False,
    )


def test_a_holiday_recorded_by_a_council_counts_from_when_it_is_known() -> None:
    thanks = day("Mon 18 Nov 2019")
    timeline = replace(COUNCIL, facts=(holiday(thanks, "Fri 8 Nov 2019 10:00"),))
    assert timeline.as_known(at=at("Fri 8 Nov 2019 09:59")).calendars.law.is_working(thanks)
    assert timeline.as_known(at=at("Fri 8 Nov 2019 10:00")).calendars.law.why_off(thanks) == "Day of thanksgiving"


def test_looked_at_without_an_instant_every_holiday_is_known() -> None:
    thanks = day("Mon 18 Nov 2019")
    timeline = replace(COUNCIL, facts=(holiday(thanks, "Fri 8 Nov 2019 10:00"),))
    assert timeline.calendars.law.why_off(thanks) == "Day of thanksgiving"
    assert timeline.calendars.law.why_off(FUNERAL)


def test_one_epoch_leads_to_another() -> None:
    early = COUNCIL.as_known(at=at("Tue 1 Jan 2019 09:00"))
    assert early.as_known(at=at("Thu 1 Jan 2026 09:00")).calendars.law.why_off(FUNERAL)
    assert early.calendars.law.is_working(day("Fri 8 May 2020"))
