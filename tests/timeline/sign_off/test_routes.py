"""Test the notice routes of SI 2012/2089, on both readings of "clear days"."""

from datetime import date

import pytest

from tests.timeline.literals import day
from timeline.calendar.bank_holidays import calendars
from timeline.calendar.working_days import BeyondCalendar
from timeline.rules import CALENDAR_DAYS, WORKING_DAYS
from timeline.sign_off.notice_routes import (
    AGENDA,
    GENERAL_EXCEPTION,
    KEY_DECISION_NOTICE,
    MONITORING_OFFICER,
    PRIVATE_NOTICE,
    PRIVATE_URGENCY,
    SECOND_PRIVATE_NOTICE,
    SPECIAL_URGENCY,
    MeetingPassed,
    NoticeRoutes,
    Route,
    notice_routes,
)
from timeline.sign_off.notice_routes_wording import in_short, open_or_late, remaining

BOTH = calendars()


def seen(meeting: str, on: str, *, key_decision: bool | None = True, private: bool = False) -> NoticeRoutes:
    return notice_routes(day(meeting), on=day(on), key_decision=key_decision, private=private, calendars=BOTH)


@pytest.mark.parametrize(
    ("meeting", "route", "reading", "legal", "working"),
    [
        # The source document's meeting (1.3): neither 28 nor 5 clear days were left on 27 August.
        ("Tue 3 Sep 2019", KEY_DECISION_NOTICE, CALENDAR_DAYS, "Mon 5 Aug 2019", "Mon 5 Aug 2019"),
        ("Tue 3 Sep 2019", KEY_DECISION_NOTICE, WORKING_DAYS, "Tue 23 Jul 2019", "Tue 23 Jul 2019"),
        ("Tue 3 Sep 2019", GENERAL_EXCEPTION, CALENDAR_DAYS, "Wed 28 Aug 2019", "Wed 28 Aug 2019"),
        ("Tue 3 Sep 2019", GENERAL_EXCEPTION, WORKING_DAYS, "Mon 26 Aug 2019", "Fri 23 Aug 2019"),
        ("Tue 3 Sep 2019", AGENDA, CALENDAR_DAYS, "Wed 28 Aug 2019", "Wed 28 Aug 2019"),
        ("Tue 3 Sep 2019", AGENDA, WORKING_DAYS, "Mon 26 Aug 2019", "Fri 23 Aug 2019"),
        ("Tue 3 Sep 2019", SPECIAL_URGENCY, CALENDAR_DAYS, "Tue 3 Sep 2019", "Tue 3 Sep 2019"),
        # The next Cabinet that it names: the last day for 28 clear days is a bank holiday.
        ("Tue 24 Sep 2019", KEY_DECISION_NOTICE, CALENDAR_DAYS, "Mon 26 Aug 2019", "Fri 23 Aug 2019"),
        ("Tue 24 Sep 2019", PRIVATE_NOTICE, CALENDAR_DAYS, "Mon 26 Aug 2019", "Fri 23 Aug 2019"),
        ("Tue 24 Sep 2019", SECOND_PRIVATE_NOTICE, CALENDAR_DAYS, "Wed 18 Sep 2019", "Wed 18 Sep 2019"),
        ("Tue 24 Sep 2019", SECOND_PRIVATE_NOTICE, WORKING_DAYS, "Mon 16 Sep 2019", "Mon 16 Sep 2019"),
        # Christmas and New Year lie between.
        ("Tue 7 Jan 2020", AGENDA, CALENDAR_DAYS, "Wed 1 Jan 2020", "Tue 31 Dec 2019"),
        ("Tue 7 Jan 2020", AGENDA, WORKING_DAYS, "Sun 29 Dec 2019", "Fri 27 Dec 2019"),
    ],
)
def test_the_last_day_for_a_notice(meeting: str, route: Route, reading: str, legal: str, working: str) -> None:
    last = seen(meeting, "Mon 1 Jul 2019", private=True).day(route, reading)
    assert (last.legal_on, last.working_on) == (day(legal), day(working))


@pytest.mark.parametrize(
    ("on", "calendar_days", "working_days"),
    [
        ("Mon 22 Jul 2019", KEY_DECISION_NOTICE, KEY_DECISION_NOTICE),
        ("Tue 23 Jul 2019", KEY_DECISION_NOTICE, KEY_DECISION_NOTICE),
        ("Wed 24 Jul 2019", KEY_DECISION_NOTICE, GENERAL_EXCEPTION),
        ("Mon 5 Aug 2019", KEY_DECISION_NOTICE, GENERAL_EXCEPTION),
        ("Tue 6 Aug 2019", GENERAL_EXCEPTION, GENERAL_EXCEPTION),
        ("Mon 26 Aug 2019", GENERAL_EXCEPTION, GENERAL_EXCEPTION),
        # The day on which Ofsted's report was published.
        ("Tue 27 Aug 2019", GENERAL_EXCEPTION, SPECIAL_URGENCY),
        ("Wed 28 Aug 2019", GENERAL_EXCEPTION, SPECIAL_URGENCY),
        ("Thu 29 Aug 2019", SPECIAL_URGENCY, SPECIAL_URGENCY),
        ("Tue 3 Sep 2019", SPECIAL_URGENCY, SPECIAL_URGENCY),
    ],
)
def test_which_route_remains_for_cabinet_on_3_september(on: str, calendar_days: Route, working_days: Route) -> None:
    notice_routes = seen("Tue 3 Sep 2019", on)
    assert (notice_routes.remaining(CALENDAR_DAYS), notice_routes.remaining(WORKING_DAYS)) == (
        calendar_days,
        working_days,
    )


def test_on_27_august_the_sentences_are_those_of_the_source_document() -> None:
    notice_routes = seen("Tue 3 Sep 2019", "Tue 27 Aug 2019", key_decision=None)
    said = remaining(notice_routes)
    assert said[0].startswith("It was not said whether this is a key decision.")
    assert (
        "If it is a key decision, on the reading in calendar days: general exception is open until "
        "Wednesday 28 August 2019 (SI 2012/2089 regulation 10); else special urgency."
    ) in said
    assert (
        "If it is a key decision, on the reading in working days: special urgency is the only route left "
        "(SI 2012/2089 regulation 11)."
    ) in said
    assert said[-1] == MONITORING_OFFICER
    assert in_short(notice_routes) == (
        "general exception on the reading in calendar days and special urgency on the reading in working days"
    )


def test_what_is_no_key_decision_needs_no_notice_of_regulations_9_to_11() -> None:
    notice_routes = seen("Tue 3 Sep 2019", "Tue 27 Aug 2019", key_decision=False)
    assert [route.route for route in notice_routes.routes] == [AGENDA]
    assert remaining(notice_routes)[0] == "Not a key decision: regulations 9 to 11 do not bind it."
    assert not any("general exception" in sentence for sentence in remaining(notice_routes))


def test_a_key_decision_is_not_hedged() -> None:
    said = remaining(seen("Tue 3 Sep 2019", "Tue 27 Aug 2019", key_decision=True))
    assert not any("If it is a key decision" in sentence or "not said" in sentence for sentence in said)


@pytest.mark.parametrize(
    ("on", "calendar_days", "working_days"),
    [
        ("Tue 13 Aug 2019", True, True),
        ("Wed 14 Aug 2019", True, False),
        ("Mon 26 Aug 2019", True, False),
        ("Tue 27 Aug 2019", False, False),
    ],
)
def test_a_private_meeting_needs_both_notices_or_the_scrutiny_chair(
    on: str, calendar_days: bool, working_days: bool
) -> None:
    notice_routes = seen("Tue 24 Sep 2019", on, private=True)
    assert (notice_routes.open_for_private(CALENDAR_DAYS), notice_routes.open_for_private(WORKING_DAYS)) == (
        calendar_days,
        working_days,
    )
    urgent = [sentence for sentence in remaining(notice_routes) if "regulation 5(6)" in sentence]
    assert len(urgent) == 2 - calendar_days - working_days
    assert notice_routes.day(PRIVATE_URGENCY, CALENDAR_DAYS).open


@pytest.mark.parametrize(
    ("on", "word"),
    [
        ("Fri 23 Aug 2019", "open"),
        ("Sat 24 Aug 2019", "open on days off only"),
        ("Mon 26 Aug 2019", "open on days off only"),
        ("Tue 27 Aug 2019", "too late"),
    ],
)
def test_a_last_day_on_a_bank_holiday_is_the_law_and_the_friday_before_is_the_work(on: str, word: str) -> None:
    assert open_or_late(seen("Tue 24 Sep 2019", on).day(KEY_DECISION_NOTICE, CALENDAR_DAYS)) == word


def test_a_proclaimed_holiday_takes_a_day_from_the_working_day_reading_only() -> None:
    both = calendars({day("Mon 19 Sep 2022"): "State Funeral"})
    args = {"on": day("Mon 5 Sep 2022"), "key_decision": True, "private": False}
    routes = notice_routes(day("Thu 22 Sep 2022"), calendars=both, **args)  # type: ignore[arg-type]
    assert routes.day(AGENDA, WORKING_DAYS).legal_on == day("Tue 13 Sep 2022")
    assert routes.day(AGENDA, CALENDAR_DAYS).legal_on == day("Fri 16 Sep 2022")


def test_a_meeting_before_the_day_looked_from_is_refused() -> None:
    with pytest.raises(MeetingPassed, match="The meeting of 2019-09-03 is before 2019-09-04"):
        seen("Tue 3 Sep 2019", "Wed 4 Sep 2019")


def test_past_the_calendar_nothing_is_guessed() -> None:
    beyond = date(BOTH.law.last_on.year + 1, 2, 1)
    with pytest.raises(BeyondCalendar, match="are not known"):
        notice_routes(beyond, on=BOTH.law.last_on, key_decision=True, private=False, calendars=BOTH)
