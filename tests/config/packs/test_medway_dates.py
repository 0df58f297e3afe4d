"""Test the golden dates of Medway, from the facts of 2019 and from what really happened."""

from dataclasses import replace

import pytest

from tests.config.medway import NAMED, history, lived, medway, planned
from tests.timeline.literals import at, day
from timeline.planning.occurrences import Milestone
from timeline.planning.plan import plan


def milestones(ref: str, when: str = "Wed 4 Sep 2019 07:30") -> dict[str, Milestone]:
    return {milestone.key: milestone for milestone in planned(when)[ref].milestones}


@pytest.mark.parametrize(
    ("ref", "legal", "working"),
    [
        ("action-plan/1", "Thu 28 Nov 2019", "Thu 28 Nov 2019"),
        ("commissioner-report/1", "Sun 1 Dec 2019", "Fri 29 Nov 2019"),
        # The second Tuesday of each month …
        ("plo-panel/1", "Tue 10 Sep 2019", "Tue 10 Sep 2019"),
        ("plo-panel/2", "Tue 8 Oct 2019", "Tue 8 Oct 2019"),
        ("plo-panel/3", "Tue 12 Nov 2019", "Tue 12 Nov 2019"),
        ("plo-panel/4", "Tue 10 Dec 2019", "Tue 10 Dec 2019"),
        ("plo-panel/5", "Tue 14 Jan 2020", "Tue 14 Jan 2020"),
        ("plo-panel/12", "Tue 11 Aug 2020", "Tue 11 Aug 2020"),
        # … and the third Wednesday.
        ("practice-manager-training/1", "Wed 18 Sep 2019", "Wed 18 Sep 2019"),
        ("practice-manager-training/4", "Wed 18 Dec 2019", "Wed 18 Dec 2019"),
    ],
)
def test_golden_dates_of_medway(ref: str, legal: str, working: str) -> None:
    assert (planned()[ref].legal_on, planned()[ref].working_on) == (day(legal), day(working))


@pytest.mark.parametrize(
    ("number", "opens", "closes"),
    [
        (1, "Thu 28 Nov 2019", "Thu 27 Feb 2020"),
        (2, "Fri 28 Feb 2020", "Wed 27 May 2020"),
        (3, "Thu 28 May 2020", "Thu 27 Aug 2020"),
    ],
)
def test_visits_are_windows_from_the_plans_due_date(number: int, opens: str, closes: str) -> None:
    occurrence = planned()[f"monitoring-visit/{number}"]
    assert (occurrence.opens_on, occurrence.closes_on) == (day(opens), day(closes))
    assert occurrence.starts_on is None


@pytest.mark.parametrize(
    ("ref", "key", "due"),
    [
        ("action-plan/1", "draft", "Thu 3 Oct 2019"),
        ("action-plan/1", "sign-off", "Thu 14 Nov 2019"),
        ("action-plan/1", "decision", "Mon 25 Nov 2019"),
        ("action-plan/1", "target", "Tue 26 Nov 2019"),
        ("action-plan/1", "submitted", "Thu 28 Nov 2019"),
        ("action-plan/1", "receipt", "Fri 29 Nov 2019"),
        # Counted from the working date of Sun 1 Dec 2019.
        ("commissioner-report/1", "evidence", "Fri 15 Nov 2019"),
        ("commissioner-report/1", "views", "Fri 1 Nov 2019"),
        ("monitoring-visit/1", "dates", "Thu 31 Oct 2019"),
        ("plo-panel/1", "cases", "Tue 3 Sep 2019"),
        ("plo-panel/1", "minutes", "Thu 12 Sep 2019"),
        ("plo-panel/4", "actions", "Tue 24 Dec 2019"),
        ("practice-manager-training/1", "room", "Wed 28 Aug 2019"),
        ("practice-manager-training/4", "impact", "Fri 27 Dec 2019"),
    ],
)
def test_milestones_of_medway(ref: str, key: str, due: str) -> None:
    assert milestones(ref)[key].due_on == day(due)


def test_readings_of_the_plans_date_stand_side_by_side_and_agree() -> None:
    occurrence = planned()["action-plan/1"]
    assert {reading.name: reading.legal_on for reading in occurrence.readings} == {
        "the rule": day("Thu 28 Nov 2019"),
        "stated by Ofsted or the council": day("Thu 28 Nov 2019"),
        "no later than, counted from publication": day("Tue 3 Dec 2019"),
    }
    assert "inferred" in occurrence.why[0]


def test_when_only_publication_is_known_the_plan_is_due_no_later_than_the_third_of_december() -> None:
    known = tuple(fact for fact in medway().facts if fact.name in ("report_published", "statutory_direction"))
    (occurrence, *_) = (
        occurrence
        for occurrence in plan(
            replace(medway(), facts=known), at=at("Wed 4 Sep 2019 07:30"), until=day("Tue 31 Dec 2019")
        )
        if occurrence.obligation == "action-plan"
    )
    assert occurrence.legal_on == day("Tue 3 Dec 2019")


def test_before_the_report_comes_everything_waits_for_a_fact() -> None:
    plan = planned("Tue 20 Aug 2019 07:30")
    assert all(occurrence.waits_for and occurrence.legal_on is None for occurrence in plan.values())
    # Nothing of a commissioner waits before there is a direction.
    waits = {key: plan[f"{key}/1"].waits_for for key in NAMED if f"{key}/1" in plan}
    assert waits == {
        "action-plan": ("report_received",),
        "monitoring-visit": ("action-plan",),
        "plo-panel": ("report_published",),
        "practice-manager-training": ("report_published",),
    }


@pytest.mark.parametrize(
    ("when", "embargoed"),
    [("Wed 21 Aug 2019 07:30", True), ("Mon 26 Aug 2019 23:59", True), ("Tue 27 Aug 2019 07:30", False)],
)
def test_until_publication_all_that_is_dated_rests_on_the_embargoed_report(when: str, embargoed: bool) -> None:
    dated = [milestone for each in planned(when).values() for milestone in each.milestones if milestone.due_on]
    assert dated
    assert {bool(milestone.embargoes) for milestone in dated} == {embargoed}


def test_the_first_visit_as_it_happened() -> None:
    due = {
        milestone.key: milestone.due_on for milestone in lived("Wed 16 Sep 2020 07:30")["monitoring-visit/1"].milestones
    }
    assert due == {
        "dates": day("Thu 23 Jul 2020"),
        "data": day("Thu 6 Aug 2020"),
        "cases": day("Mon 10 Aug 2020"),
        "logistics": day("Thu 13 Aug 2020"),
        "briefing": day("Mon 17 Aug 2020"),
        "feedback": day("Mon 24 Aug 2020"),
        "new-concerns": day("Tue 25 Aug 2020"),
        "declined": day("Wed 26 Aug 2020"),
        "expected-letter": day("Fri 25 Sep 2020"),
        "draft-letter": None,
        "first-letter": day("Tue 22 Sep 2020"),
        "letter": None,
        "actions": None,
    }


@pytest.mark.parametrize(
    ("when", "starts"),
    [
        ("Mon 3 Feb 2020 07:30", "Tue 31 Mar 2020"),
        ("Mon 16 Mar 2020 07:30", "Tue 31 Mar 2020"),
        ("Tue 17 Mar 2020 07:30", "Thu 20 Aug 2020"),
    ],
)
def test_in_march_2020_the_first_visit_moves_to_august(when: str, starts: str) -> None:
    assert lived(when)["monitoring-visit/1"].starts_on == day(starts)


@pytest.mark.parametrize(
    ("ref", "starts", "ends"),
    [
        ("monitoring-visit/1", "Thu 20 Aug 2020", "Fri 21 Aug 2020"),
        ("monitoring-visit/4", "Wed 11 May 2022", "Thu 12 May 2022"),
        ("monitoring-visit/5", "Wed 21 Sep 2022", "Thu 22 Sep 2022"),
        ("re-inspection/1", "Mon 17 Jul 2023", "Fri 28 Jul 2023"),
    ],
)
def test_the_days_of_the_public_record(ref: str, starts: str, ends: str) -> None:
    occurrence = lived("Tue 1 Aug 2023 07:30")[ref]
    assert (occurrence.starts_on, occurrence.ends_on) == (day(starts), day(ends))


def test_the_letter_of_the_first_visit_stays_in_confidence() -> None:
    (letter,) = (
        milestone
        for milestone in lived("Wed 16 Sep 2020 07:30")["monitoring-visit/1"].milestones
        if milestone.key == "first-letter"
    )
    assert [embargo.circulation for embargo in letter.embargoes] == [
        frozenset({"director", "chief_executive", "head_of_improvement"})
    ]


def test_what_no_source_states_is_marked_in_the_history() -> None:
    stated = {fact.name: fact for fact in history().facts if not fact.occurrence}
    assert stated["direction_revised"].on == day("Fri 29 Jan 2021")
    assert stated["commissioner_report_published"].on == day("Fri 10 Jan 2020")
    examples = [fact for fact in history().facts if "example" in fact.source]
    assert len(examples) == 3
    assert all(fact.inferred for fact in examples)
