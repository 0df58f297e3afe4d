"""Test the track of an improvement notice, by itself and beside a direction, and the report on urgent decisions."""

from dataclasses import replace

import pytest

from tests.config.medway import medway
from tests.timeline.literals import at, day
from timeline.calendar.wording import plain_name
from timeline.definitions.facts import Fact
from timeline.planning.occurrences import Occurrence, OccurrenceState
from timeline.planning.plan import plan
from timeline.steering.explained import task_dates


def recorded(name: str, on: str, of: str | None) -> Fact:
    return Fact(name=name, on=day(on), known_at=at(f"{on} 09:00"), who="DfE", source="letter", occurrence=of)


def lived(*facts: Fact, without: tuple[str, ...] = ()) -> dict[str, Occurrence]:
    kept = tuple(fact for fact in medway().facts if fact.name not in without)
    timeline = replace(medway(), facts=(*kept, *facts))
    occurrences = plan(timeline, at=at("Mon 30 Dec 2019 09:00"), until=day("Thu 31 Dec 2020"))
    return {occurrence.ref: occurrence for occurrence in occurrences}


@pytest.mark.parametrize("direction", [True, False])
def test_reviews_and_the_chairs_reports_count_from_the_notice_beside_a_direction_or_alone(direction: bool) -> None:
    notice = recorded("notice_issued", "Fri 1 Nov 2019", "improvement-notice/1")
    now = lived(notice, without=() if direction else ("statutory_direction",))
    tasks = {task.key: task for task in now["improvement-notice/1"].milestones}
    months = {3: "Sat 1 Feb 2020", 6: "Fri 1 May 2020", 9: "Sat 1 Aug 2020", 12: "Sun 1 Nov 2020"}
    assert {n: tasks[f"chair-{n}"].legal_on for n in months} == {n: day(on) for n, on in months.items()}
    assert tasks["six-month-review"].legal_on == day("Fri 1 May 2020")
    assert tasks["six-month-papers"].due_on == day("Wed 29 Apr 2020")
    assert tasks["twelve-month-review"].chased is False
    assert (now["dfe-review/1"].legal_on is not None) is direction
    # A notice is not statutory: none of its dates is called a legal date.
    assert not any(task.standing.binds or "legal date" in task_dates(task) for task in tasks.values())


CLOSED = recorded("notice_closed", "Mon 2 Dec 2019", "improvement-notice/1")


@pytest.mark.parametrize(
    "closed", [CLOSED, replace(CLOSED, occurrence=None), replace(CLOSED, name="regime_ended", occurrence=None)]
)
def test_a_notice_that_is_closed_ends_its_whole_track_and_says_why(closed: Fact) -> None:
    now = lived(recorded("notice_issued", "Fri 1 Nov 2019", "improvement-notice/1"), closed)
    notice = now["improvement-notice/1"]
    assert notice.state is OccurrenceState.CANCELLED
    said = f"It is over: {plain_name(closed.name)} on Monday 2 December 2019 (letter; recorded by DfE)."
    assert {task.closed_because for task in notice.milestones} == {said}
    assert not any(task.chased for task in notice.milestones)
    assert notice.why[-1] == said


def test_the_end_of_a_notice_ends_no_later_one() -> None:
    first = recorded("notice_issued", "Fri 1 Feb 2019", "improvement-notice/1")
    second = recorded("notice_issued", "Mon 16 Dec 2019", "improvement-notice/2")
    now = lived(first, second, replace(CLOSED, occurrence=None))
    assert now["improvement-notice/2"].state is OccurrenceState.PLANNED
    assert {task.closed_because for task in now["improvement-notice/2"].milestones} == {""}


def test_a_direction_that_is_revoked_ends_the_departments_reviews_and_no_instruction() -> None:
    revoked = recorded("direction_revoked", "Mon 2 Mar 2020", None)
    instruction = (
        recorded("instruction_received", "Mon 2 Dec 2019", "commissioner-instruction/1"),
        recorded("instruction_due", "Tue 31 Mar 2020", "commissioner-instruction/1"),
    )
    now = lived(*instruction, replace(revoked, known_at=at("Mon 30 Dec 2019 08:00")))
    reviews = [each.legal_on for ref, each in now.items() if ref.startswith("dfe-review/")]
    assert reviews == [day("Sat 1 Feb 2020")]
    assert now["commissioner-instruction/1"].state is OccurrenceState.PLANNED


def test_without_a_notice_nothing_of_its_track_stands_on_the_timeline() -> None:
    assert not [ref for ref in lived() if ref.startswith("improvement-notice")]


def test_urgent_decisions_are_reported_within_a_year_of_the_last_report_or_else_of_the_decision() -> None:
    ref = "special-urgency-report/1"
    assert lived()[ref].legal_on == day("Thu 3 Sep 2020")
    reported = lived(recorded("last_urgency_report", "Thu 17 Jan 2019", ref))[ref]
    assert reported.legal_on == day("Fri 17 Jan 2020")
