"""Test whether today is the day of the director's Monday mail, and to whom it goes."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from tests.timeline.builders import COUNCIL, POSTS, council, directory
from tests.timeline.literals import at, day
from timeline.definitions.absences import Absence
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.people import Holder
from timeline.director.monday_schedule import first_on, readers, week_key, why_not_today

CLOSURE = {day("Mon 30 Dec 2019"): "Christmas closure", day("Tue 31 Dec 2019"): "Christmas closure"}
SHUT = {day(text): "Christmas closure" for text in ("Mon 23 Dec 2019", "Tue 24 Dec 2019", "Fri 27 Dec 2019")}


def because(when: str, *, written: bool = False, stopped: str = "", timeline: CouncilTimeline = COUNCIL) -> str:
    return why_not_today(timeline, written=written, stopped=stopped, at=at(when))


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("Mon 18 Nov 2019 08:25", ""),  # GMT
        ("Mon 1 Jul 2019 08:25", ""),  # BST
        # The clocks go forward on Sun 31 Mar 2019 and back on Sun 27 Oct 2019.
        ("Sun 31 Mar 2019 08:25", "Nothing is sent today: a Sunday."),
        ("Mon 1 Apr 2019 08:25", ""),
        ("Sun 27 Oct 2019 08:25", "Nothing is sent today: a Sunday."),
        ("Mon 28 Oct 2019 08:25", ""),
        # Bank holiday Mondays: the week begins on Tuesday.
        ("Mon 26 Aug 2019 08:25", "Nothing is sent today: Summer bank holiday."),
        ("Tue 27 Aug 2019 08:25", ""),
        ("Mon 6 May 2019 08:25", "Nothing is sent today: Early May bank holiday."),
        ("Tue 7 May 2019 08:25", ""),
        # Christmas 2019: Wednesday and Thursday are off, and the mail was due on Monday.
        ("Mon 23 Dec 2019 08:25", ""),
        ("Wed 25 Dec 2019 08:25", "Nothing is sent today: Christmas Day."),
        ("Fri 27 Dec 2019 08:25", ""),  # after an outage still that week
        ("Sat 28 Dec 2019 08:25", "Nothing is sent today: a Saturday."),
        # Late is still due.
        ("Fri 22 Nov 2019 17:50", ""),
    ],
)
def test_its_day_is_the_first_working_day_of_the_week_and_late_is_still_due(when: str, expected: str) -> None:
    assert because(when) == expected


@pytest.mark.parametrize(
    ("when", "closures", "expected"),
    [
        ("Mon 30 Dec 2019 08:25", CLOSURE, "Nothing is sent today: Christmas closure."),
        ("Wed 1 Jan 2020 08:25", CLOSURE, "Nothing is sent today: New Year’s Day."),
        ("Thu 2 Jan 2020 08:25", CLOSURE, ""),
        # A whole week without a working day has no mail.
        ("Mon 23 Dec 2019 08:25", SHUT, "Nothing is sent today: Christmas closure."),
        ("Fri 27 Dec 2019 08:25", SHUT, "Nothing is sent today: Christmas closure."),
        ("Mon 30 Dec 2019 08:25", SHUT, ""),
    ],
)
def test_a_closure_day_moves_it_as_a_bank_holiday_does(when: str, closures: Mapping[date, str], expected: str) -> None:
    assert because(when, timeline=council(closures=closures)) == expected


def test_a_bank_holiday_proclaimed_late_moves_it() -> None:
    proclaimed = council(proclaimed={day("Mon 18 Nov 2019"): "Day of thanks"})
    assert because("Mon 18 Nov 2019 08:25", timeline=proclaimed) == "Nothing is sent today: Day of thanks."
    assert because("Tue 19 Nov 2019 08:25", timeline=proclaimed) == ""


@pytest.mark.parametrize("when", ["Mon 18 Nov 2019 08:25", "Fri 22 Nov 2019 08:25"])
def test_it_is_never_written_twice_a_week(when: str) -> None:
    assert because(when, written=True) == "This week's Monday mail is written."


def test_it_is_not_written_while_sending_is_stopped() -> None:
    assert because("Mon 18 Nov 2019 08:25", stopped="Sending is stopped.") == "Sending is stopped."


@pytest.mark.parametrize(
    ("live_from", "expected"),
    [
        ("Mon 18 Nov 2019", ""),
        ("Tue 19 Nov 2019", "The week had begun when this timeline went live on Tuesday 19 November 2019."),
        ("Sun 17 Nov 2019", ""),
    ],
)
def test_the_first_one_is_that_of_the_first_whole_week(live_from: str, expected: str) -> None:
    assert because("Wed 20 Nov 2019 08:25", timeline=council(live_from=live_from)) == expected


def test_each_week_has_a_key_of_its_own_over_the_turn_of_the_year() -> None:
    days = ("Sun 29 Dec 2019", "Mon 30 Dec 2019", "Wed 1 Jan 2020", "Sun 5 Jan 2020", "Mon 6 Jan 2020")
    assert [week_key(day(text)) for text in days] == [
        "monday/2019-W52",
        "monday/2020-W01",
        "monday/2020-W01",
        "monday/2020-W01",
        "monday/2020-W02",
    ]


def test_the_first_working_day_of_a_week_is_found_from_any_of_its_days() -> None:
    for text in ("Mon 26 Aug 2019", "Tue 27 Aug 2019", "Sun 1 Sep 2019"):
        assert first_on(COUNCIL, on=day(text)) == day("Tue 27 Aug 2019")
    assert first_on(council(closures=SHUT), on=day("Fri 27 Dec 2019")) is None


# To whom


def people(timeline: CouncilTimeline, when: str = "Mon 18 Nov 2019") -> list[tuple[str, str]]:
    return [(recipient.post.key, recipient.person.key) for recipient in readers(timeline, on=day(when))]


DEPUTY = {**POSTS, "director": replace(POSTS["director"], deputy="head_of_service")}


def house(*away: str, vacant: tuple[str, ...] = (), deputy: bool = True) -> CouncilTimeline:
    absences = tuple(
        Absence(person=each, from_on=day("Mon 11 Nov 2019"), until_on=day("Mon 18 Nov 2019")) for each in away
    )
    staffed = directory(vacant=vacant)
    return council(directory=replace(staffed, posts=DEPUTY if deputy else POSTS, absences=absences))


DIRECTOR, HEAD = ("director", "director"), ("head_of_service", "head-of-service")


@pytest.mark.parametrize(
    ("timeline", "expected"),
    [
        (house(), [DIRECTOR, HEAD]),
        (house("director"), [HEAD, DIRECTOR]),
        (house("head-of-service"), [DIRECTOR]),
        (house("director", "head-of-service"), [DIRECTOR]),
        (house(vacant=("director",)), [HEAD]),
        (house(deputy=False), [DIRECTOR]),
        (house("director", deputy=False), [DIRECTOR]),
        (house(vacant=("director",), deputy=False), []),
    ],
)
def test_it_goes_to_the_director_and_to_the_deputy_while_the_director_is_away(
    timeline: CouncilTimeline, expected: list[tuple[str, str]]
) -> None:
    assert people(timeline) == expected


def test_the_day_after_an_absence_it_is_the_directors_again() -> None:
    assert people(house("director"), "Tue 19 Nov 2019")[0] == DIRECTOR


def test_another_post_may_read_it() -> None:
    given = replace(COUNCIL, council=replace(COUNCIL.council, director="chief_executive"))
    assert people(given) == [("chief_executive", "chief-executive")]


def test_a_new_holder_reads_it_from_the_first_day() -> None:
    holders = (
        Holder(post="director", person="old", until_on=day("Sun 17 Nov 2019")),
        Holder(post="director", person="new", from_on=day("Mon 18 Nov 2019")),
    )
    assert people(council(directory=directory(holders=holders))) == [("director", "new")]
