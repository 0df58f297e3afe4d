"""Test the track of an improvement notice, by itself and beside a direction, and the report on urgent decisions."""

from dataclasses import replace
from datetime import date

import pytest

from tests.config.medway import medway
from tests.timeline.literals import at, day
from timeline.calendar.wording import plain_name
from timeline.definitions.facts import Fact
from timeline.planning.occurrences import Occurrence, OccurrenceState
from timeline.planning.plan import plan
from timeline.planning.rescheduling import HELD
from timeline.steering.explained import task_dates


def recorded(name: str, on: str, of: str | None) -> Fact:
    return Fact(name=name, on=day(on), known_at=at(f"{on} 09:00"), who="DfE", source="letter", occurrence=of)


def lived(*facts: Fact, without: tuple[str, ...] = ()) -> dict[str, Occurrence]:
    kept = tuple(fact for fact in medway().facts if fact.name not in without)
    timeline = replace(medway(), facts=(*kept, *facts))
    occurrences = plan(timeline, at=at("Mon 30 Dec 2019 09:00"), until=day("Thu 31 Dec 2020"))
    return {occurrence.ref: occurrence for occurrence in occurrences}


def without_direction(*facts: Fact) -> dict[str, Occurrence]:
    return lived(*facts, without=("statutory_direction", "commissioner_appointed", "commissioner_report_due"))


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
    # Nothing of a direction waits where there is a notice alone.
    assert ("dfe-review/1" in now) is direction
    if not direction:
        alone = {*without_direction(notice)}
        assert not alone & {"dfe-review/1", "commissioner-report/1", "commissioner-steps/1"}
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


def test_a_review_on_the_day_on_which_the_notice_is_closed_took_place() -> None:
    issued = recorded("notice_issued", "Mon 3 Dec 2018", "improvement-notice/1")
    held = recorded(HELD, "Mon 2 Dec 2019", "improvement-notice/1")
    notice = lived(issued, held, CLOSED)["improvement-notice/1"]
    assert notice.state is OccurrenceState.TOOK_PLACE
    assert not any(task.chased for task in notice.milestones)


REVIEWED = recorded("notice_issued", "Thu 1 Nov 2018", "improvement-notice/1")


def further(*facts: Fact) -> list[date | None]:
    """Give the days of the reviews that follow the twelfth month."""
    return [each.legal_on for each in lived(*facts).values() if each.obligation == "notice-review"]


def test_while_a_notice_stands_its_review_is_asked_for_after_the_twelfth_month_too() -> None:
    assert further(REVIEWED) == [day("Fri 1 May 2020"), day("Sun 1 Nov 2020")]
    first = lived(REVIEWED)["notice-review/2"]
    assert {task.key: task.due_on for task in first.milestones}["sent"] == day("Wed 29 Apr 2020")
    assert all(task.chased for task in first.milestones)
    assert not any(task.standing.binds for task in first.milestones)


def test_reviews_end_when_the_notice_is_closed_and_begin_anew_with_a_second() -> None:
    closed = recorded("notice_closed", "Mon 2 Dec 2019", "improvement-notice/1")
    assert further(REVIEWED, closed) == []
    second = recorded("notice_issued", "Mon 16 Dec 2019", "improvement-notice/2")
    assert further(replace(REVIEWED, on=day("Mon 1 Oct 2018")), closed, second) == []
    later = plan(
        replace(medway(), facts=(*medway().facts, REVIEWED, closed, second)),
        at=at("Mon 30 Dec 2019 09:00"),
        until=day("Fri 31 Dec 2021"),
        obligations=["notice-review"],
    )
    assert [each.legal_on for each in later] == [day("Tue 1 Jun 2021"), day("Wed 1 Dec 2021")]


def test_the_reviews_of_a_second_notice_are_others_than_those_of_the_first() -> None:
    """Else what was answered about the reviews of the first would be taken for the second's."""

    def reviews(*facts: Fact) -> dict[str, date | None]:
        timeline = replace(medway(), facts=(*medway().facts, *facts))
        shown = plan(
            timeline, at=at("Fri 30 Dec 2022 09:00"), until=day("Sun 31 Dec 2023"), obligations=["notice-review"]
        )
        assert all(task.chased for each in shown for task in each.milestones)
        return {each.ref: each.legal_on for each in shown}

    first = recorded("notice_issued", "Thu 1 Aug 2019", "improvement-notice/1")
    closed = recorded("notice_closed", "Mon 4 Oct 2021", "improvement-notice/1")
    second = recorded("notice_issued", "Mon 13 Dec 2021", "improvement-notice/2")
    before = reviews(first, closed)
    assert before == {"notice-review/2": day("Mon 1 Feb 2021"), "notice-review/3": day("Sun 1 Aug 2021")}
    further = {"notice-review/4": day("Thu 1 Jun 2023"), "notice-review/5": day("Fri 1 Dec 2023")}
    assert reviews(first, closed, second) == before | further
    # A notice that nobody closed gives way to the next.
    assert reviews(first, second) == before | further


def test_a_trust_is_on_the_timeline_once_it_is_decided_and_none_of_its_dates_is_a_legal_date() -> None:
    assert not [ref for ref in lived() if ref.startswith("trust/")]
    decided = recorded("trust_decided", "Mon 2 Dec 2019", "trust/1")
    transfer = recorded("trust_transfer_due", "Thu 1 Oct 2020", "trust/1")
    transfer = replace(transfer, known_at=decided.known_at)
    trust = lived(decided, transfer)["trust/1"]
    tasks = {task.key: task for task in trust.milestones}
    assert (trust.legal_on, tasks["logged"].due_on) == (day("Thu 1 Oct 2020"), day("Mon 16 Dec 2019"))
    assert tasks["kept"].due_on == day("Wed 19 Aug 2020")
    assert not any(task.standing.binds for task in trust.milestones)
    # What the law asks of the council goes on.
    assert "action-plan/1" in lived(decided, transfer)
    given_up = replace(recorded("trust_given_up", "Mon 16 Dec 2019", "trust/1"), source="the Minister's letter")
    assert lived(decided, transfer, given_up)["trust/1"].state is OccurrenceState.CANCELLED


def test_advice_that_came_before_the_decision_on_a_trust_is_asked_about_after_it() -> None:
    advised = recorded("trust_recommended", "Mon 7 Jan 2019", None)
    decided = recorded("trust_decided", "Mon 2 Dec 2019", "trust/1")
    advice = next(task for task in lived(advised, decided)["trust/1"].milestones if task.key == "advice")
    assert advice.due_on == day("Tue 3 Dec 2019")
    later = replace(advised, on=day("Mon 9 Dec 2019"))
    advice = next(task for task in lived(later, decided)["trust/1"].milestones if task.key == "advice")
    assert advice.due_on == day("Mon 23 Dec 2019")


def test_an_instruction_to_be_complied_with_on_its_own_day_is_due_on_that_day() -> None:
    on, ref = "Mon 2 Dec 2019", "commissioner-instruction/1"
    instruction = lived(recorded("instruction_received", on, ref), recorded("instruction_due", on, ref))[ref]
    assert {task.key: task.legal_on for task in instruction.milestones}["complied"] == day(on)


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
