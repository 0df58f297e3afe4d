"""Test the list of authorities: their number and kinds, and what `daymark new` says of a name that is none of them."""

from collections import Counter

import pytest

from config.new_council.authorities import authorities, of_today
from config.new_council.questions import Newcomer, faults
from config.timeline_files.faults import FaultLevel
from tests.timeline.literals import day


def said(name: str, published: str = "Mon 14 Sep 2026", *, any_name: bool = False) -> list[tuple[FaultLevel, str, str]]:
    given = Newcomer(name=name, published_on=day(published), any_name=any_name)
    return [(fault.level, fault.key, fault.text) for fault in faults(given)]


def test_there_are_153_of_five_kinds() -> None:
    """Test the totals that GOV.UK prints above its list."""
    assert Counter(each.kind for each in of_today()) == {
        "county council": 21,
        "metropolitan district": 36,
        "London borough": 32,
        "unitary authority": 62,
        "authority of its own kind": 2,
    }


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Medway Council", "Medway"),
        ("London Borough of Barnet", "Barnet"),
        ("Royal Borough of Kensington & Chelsea", "Kensington and Chelsea"),
        ("Nottingham City Council", "Nottingham"),
        ("Nottinghamshire County Council", "Nottinghamshire"),
        ("City of York Council", "York"),
        ("Durham County Council", "Durham"),
        ("Hull City Council", "Kingston upon Hull"),
        ("BCP Council", "Bournemouth, Christchurch and Poole"),
        ("City of London Corporation", "City of London"),
        ("St Helens MBC", "St Helens"),
    ],
)
def test_a_council_is_known_by_the_names_people_give_it(name: str, short: str) -> None:
    authority = authorities().find(name)
    assert authority is not None
    assert authority.name == short
    assert said(name) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Glasgow City Council", "Glasgow is in Scotland; Ofsted inspects children's services in England alone."),
        ("Cardiff Council", "Cardiff is in Wales;"),
        ("Medwey Council", "There is no council “Medwey Council”. Did you mean “Medway”?"),
        (
            "Cumbria County Council",
            "Cumbria ends where Cumberland and Westmorland and Furness follow on Saturday",
        ),
    ],
)
def test_a_name_that_is_wrong_is_refused_unless_somebody_insists(name: str, text: str) -> None:
    ((level, key, told),) = said(name)
    assert (level, key) == (FaultLevel.ERROR, "--name")
    assert told.startswith(text)
    assert told.endswith("If it is right all the same, say --any-name.")
    assert said(name, any_name=True) == []


@pytest.mark.parametrize(
    ("name", "published", "text"),
    [
        ("Surrey", "Mon 14 Sep 2026", "Surrey ends where East Surrey and West Surrey follow on Thursday 1 April 2027"),
        ("Cumbria", "Thu 9 Nov 2017", "Cumbria ends where Cumberland and Westmorland and Furness follow"),
        (
            "Poole",
            "Thu 9 Nov 2017",
            "Poole ends where Bournemouth, Christchurch and Poole follows on Monday",
        ),
    ],
)
def test_a_council_that_ends_is_written_with_a_warning(name: str, published: str, text: str) -> None:
    ((level, _, told),) = said(name, published)
    assert level is FaultLevel.WARNING
    assert told.startswith(text)


def test_a_name_that_is_none_is_noted_and_that_of_the_examples_is_not() -> None:
    (none,) = said("Testshire")
    assert none == (FaultLevel.NOTE, "--name", "“Testshire” is none of the 153 councils with children's services.")
    assert said("Anytown Council") == []


@pytest.mark.parametrize(
    ("published", "off"),
    [
        ("Fri 25 Dec 2026", "Friday 25 December 2026 is no working day (Christmas Day)"),
        ("Mon 28 Dec 2026", "Monday 28 December 2026 is no working day (Boxing Day, substitute day)"),
        ("Sat 26 Sep 2026", "Saturday 26 September 2026 is no working day (a Saturday)"),
    ],
)
def test_a_publication_on_a_day_off_is_warned_of(published: str, off: str) -> None:
    warned = (FaultLevel.WARNING, "--published", f"{off}; Ofsted publishes reports on working days.")
    assert said("Medway", published) == [warned]
