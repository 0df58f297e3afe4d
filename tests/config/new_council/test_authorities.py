"""Test the list of authorities: their number and kinds, and what `daymark new` says of a name that is none of them."""

import json
import re
from collections import Counter
from hashlib import sha256

import pytest

from config.new_council.authorities import authorities, of_today
from config.new_council.questions import Newcomer, faults
from config.timeline_files.faults import FaultLevel
from tests.timeline.literals import day

NONE = "is none of the 153 councils with children's services."


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


AREA = {"county council": "E10", "metropolitan district": "E08", "London borough": "E09", "unitary authority": "E06"}


def test_each_has_a_number_and_a_code_of_its_own_kind() -> None:
    """Test that the codes are those of the kinds, and stand once each."""
    today = of_today()
    assert len({each.number for each in today}) == len({each.code for each in today}) == 153
    assert all(re.fullmatch(r"[2-9]\d\d", each.number) for each in today)
    assert all(re.fullmatch(r"E(06|08|09|10)0000\d\d", each.code) for each in today)
    strays = {each.name: each.code for each in today if not each.code.startswith(AREA.get(each.kind, ""))}
    assert strays == {}


def test_the_codes_are_those_of_the_source() -> None:
    """Test by a digest that no code slips; whoever changes one on purpose has compared it with the source."""
    rows = sorted((each.number, each.code, each.name) for each in of_today())
    digest = sha256(json.dumps(rows).encode()).hexdigest()[:16]
    assert digest == "6f81308140f39f8f", "compare the codes with their source"


@pytest.mark.parametrize(
    ("name", "number", "code"),
    [
        ("Cumberland", "942", "E06000063"),
        ("Westmorland and Furness", "943", "E06000064"),
        ("North Northamptonshire", "940", "E06000061"),
        ("West Northamptonshire", "941", "E06000062"),
        ("North Yorkshire", "815", "E06000065"),
        ("Somerset", "933", "E06000066"),
        ("Dorset", "838", "E06000059"),
        ("Bournemouth, Christchurch and Poole", "839", "E06000058"),
        ("Buckinghamshire", "825", "E06000060"),
        ("Barnsley", "370", "E08000038"),
        ("Sheffield", "373", "E08000039"),
        ("Gateshead", "390", "E08000037"),
        ("Northumberland", "929", "E06000057"),
        ("Surrey", "936", "E10000030"),
        ("City of London", "201", "E09000001"),
        ("Isles of Scilly", "420", "E06000053"),
        ("Cumbria", "909", "E10000006"),
    ],
)
def test_councils_that_changed_have_their_codes_of_today(name: str, number: str, code: str) -> None:
    authority = authorities().find(name)
    assert authority is not None
    assert (authority.number, authority.code) == (number, code)


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
        ("Medwey Council", f"“Medwey Council” {NONE} Did you mean “Medway”?"),
        ("Gloucester City Council", f"“Gloucester City Council” {NONE} Did you mean “Gloucestershire”?"),
        ("Sussex", f"“Sussex” {NONE} Did you mean “East Sussex” or “West Sussex”?"),
        ("Kingston", f"“Kingston” {NONE} Did you mean “Kingston upon Thames” or “Kingston upon Hull”?"),
        ("Stockton Borough Council", f"“Stockton Borough Council” {NONE} Did you mean “Stockton-on-Tees”?"),
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
        ("East Surrey", "Mon 14 Sep 2026", "East Surrey begins on Thursday 1 April 2027: a report published before is"),
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
    assert none == (FaultLevel.NOTE, "--name", f"“Testshire” {NONE}")
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
