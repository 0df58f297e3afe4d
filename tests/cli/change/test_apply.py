"""`daymark apply`: a timeline taken into the store, once, and what it says."""

import pytest

from tests.cli.house import Commands
from tests.harness import World, snapshot
from tests.support.stated import MEDWAY, variant


def test_it_says_how_many_duties_from_when_and_who_gets_the_mail_at_first(empty: World, daymark: Commands) -> None:
    said = daymark("apply", MEDWAY)
    assert said.code in (0, 1)
    assert said.out.splitlines() == [
        "Medway Council: 37 duties, live from Tuesday 27 August 2019.",
        "Until Tuesday 10 September 2019 everything goes to the Head of Specialist Projects only.",
    ]


def test_everything_can_be_listed_at_once(empty: World, daymark: Commands) -> None:
    daymark("apply", MEDWAY)
    assert "plo-panel/1/cases" in {row["ref"] for row in daymark("list", "--json").objects}


def test_applied_twice_it_adds_nothing_but_that_it_was_applied(empty: World, daymark: Commands) -> None:
    daymark("apply", MEDWAY)
    before = snapshot(empty.store)
    daymark("apply", MEDWAY)
    after = snapshot(empty.store)
    assert {name for name in after if len(after[name]) != len(before[name])} <= {"audit_event"}
    events = [audit_event.what for audit_event in empty.store.audit.events()]
    assert events.count("timeline applied") == 2
    assert events.count("fact recorded") == len(empty.timeline.facts)
    # A series begins when it can be prepared: the first steps are said some days later, once.
    assert empty.at("Mon 9 Sep 2019 07:30").decide() > empty.decide() == 0


@pytest.mark.slow("an apply rehearses a year before and after the change")
def test_what_changed_is_an_event_and_says_who(empty: World, daymark: Commands) -> None:
    daymark("apply", MEDWAY)
    empty.at("Wed 28 Aug 2019 09:00")
    moved = variant(empty.home, rules={"plo-panel": "monthly on the 2nd wednesday from 2019-08-27"})
    assert daymark("apply", moved, "--by", "Head of Specialist Projects").code in (0, 1)
    assert [row for row in daymark("show", "plo-panel/1/cases", "--json").objects[0]["trail"] if row["what"] == "moved"]
    applied = [audit_event for audit_event in empty.store.audit.events() if audit_event.what == "timeline applied"]
    assert applied[-1].who == "Head of Specialist Projects"
    assert empty.store.audit.verify() is None


@pytest.mark.slow("applies a whole timeline three times")
def test_live_from_and_shadow_stay_as_the_first_apply_left_them(empty: World, daymark: Commands) -> None:
    daymark("apply", MEDWAY)
    empty.at("Mon 18 Nov 2019 09:00")
    said = daymark("apply", MEDWAY)
    assert said.out.splitlines()[0] == "Medway Council: 37 duties, live from Tuesday 27 August 2019."


def test_a_preview_before_the_first_apply_says_what_it_would_bring(empty: World, daymark: Commands) -> None:
    said = daymark("preview", MEDWAY)
    assert (said.code, "The first mails leave on " in said.out) == (1, True)
    assert daymark("preview", MEDWAY, "--json").objects[0]["open"] > 100
