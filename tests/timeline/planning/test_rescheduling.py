"""Test what becomes of an occurrence: moved, held, cancelled, waiting for a condition, one for each record, an
estimate.
"""

from dataclasses import replace
from datetime import date

from tests.timeline.builders import council, duty, fact, task
from tests.timeline.literals import at, day
from timeline.answers.binding import ended
from timeline.answers.responses import State
from timeline.definitions.duties import DutyClass, Obligation
from timeline.definitions.facts import Fact
from timeline.definitions.standing import PRACTICE
from timeline.escalation.task_context import task_context
from timeline.planning.occurrences import Occurrence, OccurrenceState
from timeline.planning.plan import plan

PUBLISHED = fact("report_published", "Tue 27 Aug 2019")
PANEL = duty(
    "monthly on the 2nd tuesday from report_published",
    task("papers", "3 working days before due"),
    task("minutes", "2 working days after end"),
    key="plo-panel",
)


def planned(*duties: Obligation, facts: tuple[Fact, ...], when: str = "Mon 1 Jun 2020 09:00") -> dict[str, Occurrence]:
    occurrences = plan(council(obligations=duties, facts=facts), at=at(when), until=day("Thu 31 Dec 2020"))
    return {occurrence.ref: occurrence for occurrence in occurrences}


def said(name: str, on: str, known: str, until: str = "") -> Fact:
    given = fact(name, on, known=known, of="plo-panel/7", until=until)
    return replace(given, who="PLO panel chair", source=f"note on what was {name}")


MOVED = said("moved", "Thu 12 Mar 2020", "Mon 2 Mar 2020 09:00")
MOVED_AGAIN = said("moved", "Thu 26 Mar 2020", "Tue 10 Mar 2020 09:00", until="Fri 27 Mar 2020")
HELD = said("held", "Mon 23 Mar 2020", "Tue 24 Mar 2020 09:00")
CANCELLED = said("cancelled", "Fri 20 Mar 2020", "Fri 20 Mar 2020 09:00")


def panel(*facts: Fact) -> Occurrence:
    return planned(PANEL, facts=(PUBLISHED, *facts))["plo-panel/7"]


def test_the_original_date_and_every_move_stay_in_the_order_in_which_they_became_known() -> None:
    occurrence = panel(MOVED_AGAIN, MOVED)
    assert occurrence.original_on == day("Tue 10 Mar 2020")
    assert occurrence.why[-3:] == (
        "Originally Tuesday 10 March 2020.",
        "On 2 March 2020 moved to Thursday 12 March 2020: note on what was moved (recorded by PLO panel chair).",
        "On 10 March 2020 moved to Thursday 26 March 2020 to Friday 27 March 2020: note on what was moved (recorded by "
        "PLO panel chair).",
    )
    assert (occurrence.state, occurrence.starts_on, occurrence.ends_on) == (
        OccurrenceState.POSTPONED,
        day("Thu 26 Mar 2020"),
        day("Fri 27 Mar 2020"),
    )


def test_what_took_place_goes_before_what_was_moved_and_closes_what_was_due_by_then() -> None:
    occurrence = panel(MOVED, MOVED_AGAIN, HELD)
    papers, minutes = occurrence.milestones
    assert (occurrence.state, occurrence.legal_on) == (OccurrenceState.TOOK_PLACE, day("Mon 23 Mar 2020"))
    assert papers.closed_because == "It took place on Monday 23 March 2020."
    assert (papers.chased, minutes.chased, minutes.closed_because) == (False, True, "")
    assert minutes.due_on == day("Wed 25 Mar 2020")  # counted from the day on which it was held


def test_every_task_of_a_cancelled_meeting_is_closed_with_the_reason() -> None:
    occurrence = panel(MOVED, CANCELLED)
    assert occurrence.state is OccurrenceState.CANCELLED
    assert {task.closed_because for task in occurrence.milestones} == {
        f"The {occurrence.kind.value} was cancelled on Friday 20 March 2020 "
        "(note on what was cancelled; recorded by PLO panel chair)."
    }
    assert not any(task.chased for task in occurrence.milestones)


def test_days_that_are_set_after_a_cancellation_bring_it_back() -> None:
    occurrence = panel(CANCELLED, HELD)
    assert occurrence.state is OccurrenceState.TOOK_PLACE
    assert "On 20 March 2020 cancelled: note on what was cancelled (recorded by PLO panel chair)." in occurrence.why


def test_nothing_is_seen_of_a_move_before_it_is_known() -> None:
    before = planned(PANEL, facts=(PUBLISHED, MOVED), when="Mon 2 Mar 2020 08:59")["plo-panel/7"]
    assert (before.state, before.legal_on) == (OccurrenceState.PLANNED, day("Tue 10 Mar 2020"))


# One for each record

INSTRUCTION = replace(
    duty("10 working days after instruction_issued", task("answer", "by due"), key="instruction", standing=PRACTICE),
    each="instruction_issued",
)


def test_a_duty_with_each_has_an_occurrence_for_each_record_and_none_without() -> None:
    facts = (
        fact("instruction_issued", "Tue 1 Oct 2019", of="instruction/1"),
        fact("instruction_issued", "Mon 4 Nov 2019", of="instruction/3"),
        fact("instruction_issued", "Mon 4 Nov 2019", of="plo-panel/2"),
    )
    assert planned(INSTRUCTION, facts=(PUBLISHED,)) == {}
    plan = planned(INSTRUCTION, PANEL, facts=(PUBLISHED, *facts))
    dates = {ref: occurrence.legal_on for ref, occurrence in plan.items() if ref.startswith("instruction/")}
    assert dates == {"instruction/1": day("Tue 15 Oct 2019"), "instruction/3": day("Mon 18 Nov 2019")}


def test_each_counts_from_the_fact_of_its_occurrence_before_that_of_the_council() -> None:
    own, shared = (
        fact("instruction_issued", "Tue 1 Oct 2019", of="instruction/1"),
        fact("instruction_issued", "Mon 4 Nov 2019"),
    )
    assert planned(INSTRUCTION, facts=(own, shared))["instruction/1"].legal_on == day("Tue 15 Oct 2019")


# A condition, an estimate, an end

REPORT = replace(
    duty("on planned_cabinet", task("draft", "10 working days before due"), key="cabinet-report"),
    condition="feedback_received",
)
PLANNED = fact("planned_cabinet", "Tue 10 Dec 2019", known="Tue 3 Sep 2019 09:00")


def test_until_its_condition_is_known_a_duty_has_no_date_and_says_which_it_would_have() -> None:
    occurrence = planned(REPORT, facts=(PLANNED,), when="Mon 6 Jan 2020 09:00")["cabinet-report/1"]
    assert (occurrence.legal_on, occurrence.working_on, occurrence.waits_for) == (None, None, ("feedback_received",))
    assert occurrence.why[-1] == "Planned for Tuesday 10 December 2019; it waits for “feedback received”."
    assert [(task.due_on, task.chased) for task in occurrence.milestones] == [(None, False)]


def test_a_condition_that_is_known_for_the_council_or_for_the_occurrence_is_met() -> None:
    for of in (None, "cabinet-report/1"):
        met = fact("feedback_received", "Mon 2 Dec 2019", of=of)
        assert planned(REPORT, facts=(PLANNED, met))["cabinet-report/1"].legal_on == day("Tue 10 Dec 2019")


def test_an_estimate_says_that_it_is_one() -> None:
    guess = replace(duty("between 22 and 56 months after report_published", key="re-inspection"), estimate=True)
    occurrence = planned(guess, facts=(PUBLISHED,))["re-inspection/1"]
    assert (occurrence.estimate, occurrence.opens_on, occurrence.closes_on) == (
        True,
        day("Sun 27 Jun 2021"),
        day("Sat 27 Apr 2024"),
    )
    assert "This is an estimate from dated cases, not a date that anybody has set." in occurrence.why


def test_days_that_somebody_has_set_are_no_estimate_any_more() -> None:
    guess = replace(PANEL, estimate=True)
    occurrence = planned(guess, facts=(PUBLISHED, MOVED))["plo-panel/7"]
    assert not occurrence.estimate
    assert not any("estimate" in sentence for sentence in occurrence.why)


def test_no_series_plans_anything_after_the_regime_has_ended() -> None:
    ended = fact("regime_ended", "Tue 14 Jan 2020")
    plan = planned(PANEL, facts=(PUBLISHED, ended))
    assert max(occurrence.legal_on or date.min for occurrence in plan.values()) == day("Tue 14 Jan 2020")


def test_an_instruction_that_is_withdrawn_waits_for_a_second_person_and_only_then_is_over() -> None:
    complied = replace(task("complied", "by legal"), completes=True)
    instruction = replace(INSTRUCTION, milestones=(task("progress", "5 working days before due"), complied))
    issued = fact("instruction_issued", "Mon 1 Jun 2020", of="instruction/1")
    withdrawn = replace(fact("cancelled", "Mon 1 Jun 2020", of="instruction/1"), who="officer", source="her letter")
    now = planned(instruction, facts=(PUBLISHED, issued, withdrawn))["instruction/1"]
    assert now.state is OccurrenceState.CANCELLED
    progress, last = now.milestones
    assert (progress.chased, last.chased, last.recorded) == (False, True, withdrawn)
    of = council(obligations=(instruction,))
    context = task_context(of, last, (), (), at=at("Mon 1 Jun 2020 10:00"))
    assert (context.status.state, context.status.response and ended(context.status.response)) == (
        State.UNCONFIRMED,
        "cancelled",
    )
    # Of class B none is asked, as of every other.
    easy = replace(instruction, duty_class=DutyClass.B)
    assert not any(
        task.chased for task in planned(easy, facts=(PUBLISHED, issued, withdrawn))["instruction/1"].milestones
    )


def test_nothing_is_reviewed_on_the_day_on_which_its_track_begins() -> None:
    review = duty(
        "RRULE:FREQ=MONTHLY;INTERVAL=6;BYMONTHDAY=1 from statutory_direction",
        key="dfe-review",
        track=("statutory_direction",),
    )
    days = {}
    for on in ("Sun 1 Sep 2019", "Tue 27 Aug 2019"):
        reviews = planned(review, facts=(fact("statutory_direction", on),)).values()
        days[on] = [occurrence.legal_on for occurrence in reviews][:1]
    assert days == {"Sun 1 Sep 2019": [day("Sun 1 Mar 2020")], "Tue 27 Aug 2019": [day("Sat 1 Feb 2020")]}
