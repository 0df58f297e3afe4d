"""Test that facts keep the order of the rule pack, are read by what they are about, and that slips are told."""

from dataclasses import replace

import pytest

from tests.config.medway import history, medway
from tests.timeline.builders import fact
from tests.timeline.literals import at, day
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.facts import Fact
from timeline.planning.fact_order import FactOrder
from timeline.planning.plan import plan

COUNCIL = replace(medway(), facts=())
INSPECTION = fact("inspection", "Mon 15 Jul 2019", until="Fri 26 Jul 2019")
RECEIVED = fact("report_received", "Wed 21 Aug 2019")
PUBLISHED = fact("report_published", "Tue 27 Aug 2019")
VISIT = fact(
    "visit_confirmed",
    "Thu 20 Feb 2020",
    until="Fri 21 Feb 2020",
    known="Mon 20 Jan 2020 09:00",
    of="monitoring-visit/1",
)


def among(*facts: Fact, council: CouncilTimeline = COUNCIL) -> FactOrder:
    return FactOrder(replace(council, facts=facts))


@pytest.mark.parametrize(
    ("wrong", "beside"),
    [
        (fact("report_received", "Wed 28 Aug 2019"), PUBLISHED),
        (fact("report_received", "Thu 25 Jul 2019"), INSPECTION),
        (fact("action_plan_submitted", "Tue 20 Aug 2019"), RECEIVED),
        (fact("action_plan_submitted", "Mon 26 Aug 2019"), PUBLISHED),
        (fact("regime_ended", "Mon 26 Aug 2019"), PUBLISHED),
        (fact("visit_confirmed", "Tue 20 Aug 2019", of="monitoring-visit/1"), PUBLISHED),
        (fact("letter_issued", "Wed 19 Feb 2020", of="monitoring-visit/1"), VISIT),
        (
            fact("instruction_due", "Mon 2 Sep 2019", of="commissioner-instruction/1"),
            fact("instruction_received", "Tue 3 Sep 2019", of="commissioner-instruction/1"),
        ),
        (fact("held", "Mon 26 Aug 2019", of="action-planning-visit/1"), PUBLISHED),
        (fact("held", "Tue 20 Aug 2019", of="action-plan/1"), RECEIVED),
    ],
    ids=lambda each: f"{each.name} {each.on}",
)
def test_no_fact_lies_before_what_it_follows(wrong: Fact, beside: Fact) -> None:
    assert list(among(wrong, beside).faults(wrong))


def test_a_receipt_after_publication_is_told_in_a_sentence_from_either_side() -> None:
    late = fact("report_received", "Wed 28 Aug 2019")
    sentence = (
        "“report_published” (Tuesday 27 August 2019) cannot come before “report_received” (Wednesday 28 August 2019)."
    )
    for each in (late, PUBLISHED):
        assert list(among(late, PUBLISHED).faults(each)) == [sentence]


def test_a_regime_does_not_end_before_it_began() -> None:
    began = replace(COUNCIL.council, regime_since=day("Mon 2 Sep 2019"))
    ended = fact("regime_ended", "Fri 30 Aug 2019")
    told = list(among(ended, council=replace(COUNCIL, council=began)).faults(ended))
    assert told == ["The regime cannot end on Friday 30 August 2019: it began on Monday 2 September 2019."]


def test_the_days_to_which_a_visit_was_moved_count_in_place_of_the_confirmed() -> None:
    earlier = fact("moved", "Thu 13 Feb 2020", known="Tue 21 Jan 2020 09:00", of="monitoring-visit/1")
    letter = fact("letter_issued", "Wed 19 Feb 2020", of="monitoring-visit/1")
    assert not list(among(VISIT, earlier, letter).faults(letter))


def test_nothing_is_held_or_submitted_on_a_day_to_come() -> None:
    for name, of in (("held", "plo-panel/1"), ("action_plan_submitted", "")):
        early = fact(name, "Wed 28 Aug 2019", known="Tue 27 Aug 2019 09:00", of=of or None)
        told = list(among(RECEIVED, early).faults(early))
        assert told == ["Wednesday 28 August 2019 is still to come; expected the day on which it happened."]


def test_a_fact_that_nothing_of_its_occurrence_reads_is_refused() -> None:
    panel = replace(VISIT, occurrence="plo-panel/3")
    assert list(among(panel).faults(panel)) == [
        "Nothing of “PLO monitoring panel” (plo-panel/3) counts from “visit_confirmed”; expected one of "
        "“Ofsted monitoring visit”."
    ]
    stated = fact("action_plan_stated_due", "Thu 28 Nov 2019", of="action-plan/1")
    assert "expected it without an occurrence" in " ".join(among(stated).faults(stated))


@pytest.mark.parametrize(
    ("slip", "told"),
    [
        (fact("statutory_direction", "Sat 22 Feb 2020"), "Saturday 22 February 2020 falls on a weekend."),
        (fact("report_received", "Fri 10 Apr 2020"), "Friday 10 April 2020 is a bank holiday (Good Friday)."),
        (replace(VISIT, on=day("Sat 20 Feb 2072"), until=None), "is the year right?"),
        (replace(VISIT, on=day("Wed 15 Jan 2020"), until=None), "was past already"),
        (fact("report_published", "Wed 25 Dec 2019"), "(Christmas Day)"),
        # A deadline may lie on any day (golden: the commissioner reports by Sunday 1 December 2019).
        (fact("commissioner_report_due", "Sun 1 Dec 2019"), ""),
    ],
)
def test_slips_are_told_and_hold(slip: Fact, told: str) -> None:
    order = among(slip)
    assert not list(order.faults(slip))
    assert told in " ".join(order.doubts(slip)) if told else not list(order.doubts(slip))


@pytest.mark.parametrize("timeline", [medway(), history()], ids=["2019", "history"])
def test_the_real_case_has_no_fault_and_no_slip(timeline: CouncilTimeline) -> None:
    order = FactOrder(timeline)
    told = [text for each in timeline.facts if order.holds(each) for text in (*order.faults(each), *order.doubts(each))]
    assert told == []
    assert not any(order.is_nowhere(each) for each in timeline.facts if each.occurrence)


@pytest.mark.parametrize(
    ("of", "is_nowhere"),
    [
        ("commissioner-report/1", False),
        ("commissioner-report/2", False),
        ("commissioner-report/3", True),
        ("action-plan/2", True),
        ("monitoring-visit/4", False),
        ("monitoring-visit/99", True),
        ("no-duty/1", True),
    ],
)
def test_an_occurrence_that_nothing_gives_is_nowhere(of: str, is_nowhere: bool) -> None:
    second = fact("commissioner_report_due", "Mon 1 Jun 2020", of="commissioner-report/2")
    asked = fact("held", "Mon 2 Dec 2019", of=of)
    assert among(RECEIVED, second, asked).is_nowhere(asked) is is_nowhere


def test_an_upper_bound_caps_what_is_worked_to() -> None:
    late = fact("report_received", "Wed 28 Aug 2019")
    council = replace(COUNCIL, facts=(late, PUBLISHED))
    plans = plan(council, at=at("Mon 2 Sep 2019 09:00"), until=day("Tue 31 Mar 2020"), obligations=["action-plan"])
    assert [each.legal_on for each in plans] == [day("Tue 3 Dec 2019")]
    assert "later date than it can be, Tuesday 3 December 2019 at the latest" in " ".join(plans[0].why)


def test_each_report_of_the_commissioner_has_its_own_day() -> None:
    first = fact("commissioner_report_due", "Sun 1 Dec 2019", known="Tue 27 Aug 2019 09:00")
    second = fact("commissioner_report_due", "Mon 1 Jun 2020", known="Mon 2 Dec 2019 09:00", of="commissioner-report/2")
    for facts in (first, second), (replace(first, occurrence="commissioner-report/1"), second):
        council = replace(COUNCIL, facts=facts)
        planned = plan(council, at=at("Mon 2 Dec 2019 09:00"), until=day("Tue 31 Mar 2020"))
        due = {each.ref: each.legal_on for each in planned}
        assert (due["commissioner-report/1"], due["commissioner-report/2"]) == (first.on, second.on)
        assert due["commissioner-steps/1"] == first.on
    order = among(first, corrected := replace(first, on=second.on))
    assert "a further one is recorded for commissioner-report/2" in " ".join(order.doubts(corrected))
    # While none is recorded, the first is there with the direction, and waits; without a direction there is none.
    assert not [each for each in plan(COUNCIL, at=at("Mon 2 Dec 2019 09:00"), until=first.on) if "commiss" in each.ref]
    directed = replace(COUNCIL, facts=(fact("statutory_direction", "Tue 27 Aug 2019"),))
    waiting = plan(
        directed, at=at("Mon 2 Dec 2019 09:00"), until=day("Tue 31 Mar 2020"), obligations=["commissioner-report"]
    )
    assert [(each.ref, each.waits_for) for each in waiting] == [("commissioner-report/1", ("commissioner_report_due",))]


def test_nobody_moves_a_date_of_law_and_an_agreement_stands_beside_it() -> None:
    named = fact("moved", "Sat 16 Jan 2027", known="Mon 2 Dec 2019 09:00", of="action-plan/1")
    assert "Nobody moves the date of" in " ".join(among(RECEIVED, named).faults(named))
    off = replace(named, name="cancelled", on=day("Mon 2 Dec 2019"))
    assert "Nobody cancels" in " ".join(among(RECEIVED, off).faults(off))
    # A direction may be revised: the commissioner's report is called off.
    hers = replace(off, occurrence="commissioner-report/1")
    assert not list(among(RECEIVED, hers).faults(hers))
    agreed = replace(
        named, name="agreed_day", on=day("Thu 12 Dec 2019"), who="Ofsted", source="letter of 29 November 2019"
    )
    assert not list(among(RECEIVED, agreed).faults(agreed))
    panel = replace(agreed, occurrence="plo-panel/3")
    assert "expected “moved”" in " ".join(among(panel).faults(panel))
    beside = "On 2 December 2019 Thursday 12 December 2019 was agreed with Ofsted: letter of 29 November 2019."
    for fact_, told in ((agreed, beside), (named, "The legal date stays: nobody moves it.")):
        council = replace(COUNCIL, facts=(RECEIVED, fact_))
        (submission,) = plan(
            council, at=at("Mon 2 Dec 2019 10:00"), until=day("Tue 31 Mar 2020"), obligations=["action-plan"]
        )
        tasks = {task.key: task for task in submission.milestones}
        assert (submission.legal_on, tasks["submitted"].legal_on) == (day("Thu 28 Nov 2019"),) * 2
        assert submission.agreed == (agreed if fact_ is agreed else None)
        # What `why`, mails, pages and feeds print.
        for words in (submission.why, tasks["submitted"].brief, tasks["clearance"].brief):
            assert told in " ".join(words)


def test_a_submission_made_earlier_leaves_the_date_of_law_and_waits_for_the_second_person() -> None:
    held = fact("held", "Tue 26 Nov 2019", of="action-plan/1")
    council = replace(COUNCIL, facts=(RECEIVED, held))
    (submission,) = plan(
        council, at=at("Wed 27 Nov 2019 10:00"), until=day("Tue 31 Mar 2020"), obligations=["action-plan"]
    )
    tasks = {task.key: task for task in submission.milestones}
    assert (submission.legal_on, submission.starts_on) == (day("Thu 28 Nov 2019"), held.on)
    assert (tasks["submitted"].recorded, tasks["submitted"].needs_second_person) == (held, True)
    assert tasks["clearance"].closed_because.startswith("It was submitted on 26 November 2019")
    assert tasks["published"].chased
    assert tasks["receipt"].chased
