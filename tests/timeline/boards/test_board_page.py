"""Test what a board reads: lists by duty and post, no small count, and nothing of a report that came in confidence."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from tests.timeline.literals import at, day
from tests.timeline.picture.pictured import medway, work
from timeline.answers.responses import Answer
from timeline.assurance.run import AssuranceRun, Figures
from timeline.boards.link import has_ended
from timeline.boards.page import BoardView, board_view
from timeline.calendar.wording import few
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.facts import Fact
from timeline.escalation.prompts import LedgerEntry, PromptKey, PromptKind, PromptState
from timeline.picture.audience import PlannedWork

BOARD = "improvement-board"
MOMENT = "Thu 21 Nov 2019 09:00"


def page(moment: str, of: PlannedWork | None = None, assurance: AssuranceRun | None = None) -> BoardView:
    planned = of or work(moment)
    return board_view(planned, BOARD, assurance=assurance, chain_end=(1204, "ab" * 32), at=at(moment))


@pytest.mark.parametrize(("n", "words"), [(0, "0"), (1, "fewer than 5"), (4, "fewer than 5"), (5, "5"), (12, "12")])
def test_a_small_count_is_not_told(n: int, words: str) -> None:
    assert few(n) == words


def test_it_says_what_is_late_by_post_with_no_small_count() -> None:
    view = page(MOMENT)
    assert view.picture.headline.endswith("next legal date Thu 28 Nov")
    assert {row.state for row in view.pressing} <= {"red", "amber"}
    assert "Democratic services" in {each.post for each in view.overdue}
    counts = {each.tasks for each in view.overdue}
    assert "fewer than 5" in counts
    assert not counts & {"1", "2", "3", "4"}
    for item in (item for row in view.picture.rows for item in row.items):
        assert " of 1 task" not in item.why
        assert " tasks done" not in item.why


def test_a_count_of_nothing_stays_nothing() -> None:
    figures = Figures(due=7, sent=7, delivered=3)
    run = AssuranceRun(at=at(MOMENT), since=at("Wed 20 Nov 2019 09:00"), duties={"plo-panel": figures})
    assert page(MOMENT, assurance=run).assurance == "7 due, 7 sent, fewer than 5 delivered, 0 unexplained."


def test_the_next_thirty_working_days_have_the_days_of_meetings_and_the_tasks_of_law_and_visits() -> None:
    view = page(MOMENT)
    days = [each.on for each in view.coming]
    assert (view.until, days) == ("Tuesday 7 January 2020", sorted(days))
    assert days[0] >= day("Thu 21 Nov 2019")
    titles = {each.title: each for each in view.coming}
    assert titles["Action plan to Ofsted and the Secretary of State"].is_law
    assert not titles["Action plan published"].is_law
    assert "Action plan submitted to Ofsted and the Secretary of State" not in titles
    assert "Papers for the Improvement Board" not in titles


def test_what_was_said_above_the_owner_is_listed_by_duty_until_it_is_done() -> None:
    ref, due_on = "plo-panel/3/papers", date(2019, 11, 5)
    assert page(MOMENT).escalated == ()
    for answers, listed in [({}, 1), ({ref: Answer.DONE}, 0)]:
        planned = work(MOMENT, answers)
        tasks = tuple(
            replace(task, entries=(_escalation(task.milestone.ref, due_on),)) if task.milestone.ref == ref else task
            for task in planned.tasks
        )
        view = page(MOMENT, replace(planned, tasks=tasks))
        assert len(view.escalated) == listed
        if listed:
            (each,) = view.escalated
            assert each == ("PLO monitoring panel", "fewer than 5", "Head of safeguarding", "Wed 6 Nov 2019")


def _escalation(ref: str, due_on: date) -> LedgerEntry:
    said_at = at("Wed 6 Nov 2019 08:30")
    return LedgerEntry(
        key=PromptKey(ref, due_on, "to-head", "someone", 0),
        kind=PromptKind.ESCALATION,
        selector="line manager of owner",
        post="head_of_safeguarding",
        state=PromptState.SENT,
        rung_at=said_at,
        written_at=said_at,
        accepted_at=said_at,
    )


def test_a_moved_date_stands_beside_the_date_first_given() -> None:
    moved = Fact(
        name="moved", on=day("Thu 12 Dec 2019"), known_at=at("Mon 18 Nov 2019 09:00"), occurrence="plo-panel/4"
    )
    told = replace(medway(), facts=(*medway().facts, moved))
    assert ("PLO monitoring panel", "Tue 10 Dec 2019", "Thu 12 Dec 2019") in page(MOMENT, work(MOMENT, of=told)).moved


IN_CONFIDENCE = ["Wed 21 Aug 2019 09:00", "Mon 26 Aug 2019 23:59"]


@pytest.mark.parametrize("moment", IN_CONFIDENCE)
def test_it_is_as_if_a_report_in_confidence_had_not_come(moment: str) -> None:
    unheard = tuple(fact for fact in medway().facts if fact.name != "report_received")
    before = page(moment, work(moment, of=replace(medway(), facts=unheard)))
    seen = page(moment)
    for name in ("pressing", "more_pressing", "coming", "overdue", "escalated", "moved"):
        assert getattr(seen, name) == getattr(before, name), name
    assert seen.picture.headline == before.picture.headline


def _ended(moment: str, timeline: CouncilTimeline, duty: str = BOARD, now: datetime | None = None) -> bool:
    return has_ended(timeline, work(moment).occurrences, duty, at=now or at(moment))


def test_a_board_ends_with_its_duty_with_its_last_meeting_and_with_the_regime() -> None:
    gone = replace(medway(), obligations=tuple(duty for duty in medway().obligations if duty.key != BOARD))
    over = Fact(name="regime_ended", on=day("Wed 20 Nov 2019"), known_at=at("Wed 20 Nov 2019 09:00"))
    assert not _ended(MOMENT, medway())
    assert _ended(MOMENT, gone)
    assert _ended(MOMENT, replace(medway(), facts=(*medway().facts, over)))
    assert _ended(MOMENT, medway(), now=at("Mon 4 Jan 2021 09:00"))
