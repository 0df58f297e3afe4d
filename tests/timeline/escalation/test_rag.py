"""Red, amber, green by rule, each with its reason. The milestone is due on Thu 28 Nov 2019."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.timeline.builders import COUNCIL, answer, council, milestone
from tests.timeline.literals import at
from timeline.answers.responses import Answer, Response
from timeline.definitions.council import CouncilTimeline
from timeline.escalation.rag import Rag, Rated, rate
from timeline.escalation.task_context import task_context
from timeline.planning.occurrences import Milestone


def rated(when: str, *responses: Response, of: Milestone | None = None, timeline: CouncilTimeline = COUNCIL) -> Rated:
    return rate(task_context(timeline, of or milestone(), (), responses, at=at(f"{when} 09:00")))


@pytest.mark.parametrize(
    ("on", "rag", "why"),
    [
        (
            "Wed 20 Nov 2019",
            Rag.GREEN,
            "Due in 6 working days (8 calendar days), Thursday 28 November.",
        ),
        (
            "Thu 21 Nov 2019",
            Rag.AMBER,
            "Due in 5 working days (7 calendar days), Thursday 28 November, and nobody has said they have it.",
        ),
        (
            "Mon 25 Nov 2019",
            Rag.AMBER,
            "Due in 3 working days (3 calendar days), Thursday 28 November, and nobody has said they have it.",
        ),
        (
            "Tue 26 Nov 2019",
            Rag.RED,
            "Due in 2 working days (2 calendar days), Thursday 28 November, and nobody has said they have it.",
        ),
        ("Thu 28 Nov 2019", Rag.RED, "Due today, Thursday 28 November, and nobody has said they have it."),
        ("Fri 29 Nov 2019", Rag.RED, "Overdue by 1 working day (1 calendar day), since Thursday 28 November."),
    ],
)
def test_what_nobody_has_answered(on: str, rag: Rag, why: str) -> None:
    assert rated(on) == Rated(rag, why)


HAS_IT = answer(Answer.ACKNOWLEDGED, "Mon 25 Nov 2019 08:00")


@pytest.mark.parametrize(
    ("on", "rag", "why"),
    [
        ("Mon 25 Nov 2019", Rag.GREEN, "Due in 3 working days (3 calendar days), Thursday 28 November."),
        (
            "Tue 26 Nov 2019",
            Rag.AMBER,
            "Due in 2 working days (2 calendar days), Thursday 28 November, and somebody has it.",
        ),
        ("Thu 28 Nov 2019", Rag.AMBER, "Due today, Thursday 28 November, and somebody has it."),
        ("Fri 29 Nov 2019", Rag.RED, "Overdue by 1 working day (1 calendar day), since Thursday 28 November."),
    ],
)
def test_acknowledged_is_not_done(on: str, rag: Rag, why: str) -> None:
    assert rated(on, HAS_IT) == Rated(rag, why)


def test_once_an_acknowledgement_has_run_out_it_does_not_say_that_nobody_ever_had_it() -> None:
    ran_out = answer(Answer.ACKNOWLEDGED, "Thu 14 Nov 2019 10:05")
    assert rated("Wed 20 Nov 2019", ran_out).rag is Rag.GREEN
    assert rated("Thu 21 Nov 2019", ran_out) == Rated(
        Rag.AMBER,
        "Due in 5 working days (7 calendar days), Thursday 28 November, "
        "and what was said on Thursday 14 November 2019 has run out.",
    )
    assert rated("Tue 26 Nov 2019", ran_out).rag is Rag.RED


@pytest.mark.parametrize(
    ("what", "trouble"), [(Answer.HELP, "it needs help"), (Answer.DECLINED, "it has no owner: it was declined")]
)
@pytest.mark.parametrize(
    ("on", "rag"), [("Mon 25 Nov 2019", Rag.AMBER), ("Tue 26 Nov 2019", Rag.RED), ("Thu 28 Nov 2019", Rag.RED)]
)
def test_what_needs_help_or_has_no_owner_is_never_green(what: Answer, trouble: str, on: str, rag: Rag) -> None:
    found = rated(on, answer(what, "Mon 25 Nov 2019 08:00"))
    assert found.rag is rag
    assert found.why.endswith(f", and {trouble}.")


@pytest.mark.parametrize("on", ["Mon 18 Nov 2019", "Thu 28 Nov 2019", "Mon 2 Dec 2019"])
def test_done_is_green_on_any_day(on: str) -> None:
    done = answer(Answer.DONE, "Mon 18 Nov 2019 08:00")
    assert rated(on, done) == Rated(Rag.GREEN, "Done on Monday 18 November 2019.")


def test_done_shortly_before_midnight_was_done_on_that_day_in_london() -> None:
    done = replace(answer(Answer.DONE, "Mon 18 Nov 2019 08:00"), at=datetime(2019, 8, 21, 23, 30, tzinfo=UTC))
    assert rated("Mon 18 Nov 2019", done).why == "Done on Thursday 22 August 2019."


@pytest.mark.parametrize(
    ("on", "why"),
    [
        # Due by law on Sunday 1 December: the working date, Friday 29 November, is not the last word.
        ("Fri 29 Nov 2019", "Due today, Friday 29 November, and nobody has said they have it."),
        (
            "Sun 1 Dec 2019",
            "The last working day before it, Friday 29 November, has passed; it is due today, "
            "and nobody has said they have it.",
        ),
        ("Mon 2 Dec 2019", "Overdue by 1 working day (1 calendar day), since Sunday 1 December."),
    ],
)
def test_overdue_begins_after_the_legal_date(on: str, why: str) -> None:
    assert rated(on, of=milestone(due="Fri 29 Nov 2019", legal="Sun 1 Dec 2019")) == Rated(Rag.RED, why)


def test_an_acknowledged_task_between_its_working_and_its_legal_date_is_amber() -> None:
    said = answer(Answer.ACKNOWLEDGED, "Thu 28 Nov 2019 08:00", due="Fri 29 Nov 2019")
    owed = milestone(due="Fri 29 Nov 2019", legal="Sun 1 Dec 2019")
    assert rated("Sun 1 Dec 2019", said, of=owed).rag is Rag.AMBER
    assert rated("Mon 2 Dec 2019", said, of=owed).rag is Rag.RED


@pytest.mark.parametrize("on", ["Mon 18 Nov 2019", "Fri 20 Dec 2019"])
def test_the_commissioners_report_is_never_red_on_our_board(on: str) -> None:
    assert rated(on, of=milestone(ours=False)) == Rated(Rag.GREY, "Not ours to submit.")


def test_what_waits_for_a_fact_is_not_red_before_it() -> None:
    waiting = milestone(waits_for=("commissioner_report_published", "cabinet_meeting"))
    assert rated("Fri 20 Dec 2019", of=waiting) == Rated(
        Rag.GREY, "Waits for commissioner report published and cabinet meeting."
    )


@pytest.mark.parametrize(
    ("live_from", "rag"),
    [("Wed 27 Nov 2019", Rag.RED), ("Thu 28 Nov 2019", Rag.RED), ("Fri 29 Nov 2019", Rag.GREY)],
)
def test_what_was_due_before_going_live_is_history(live_from: str, rag: Rag) -> None:
    found = rated("Mon 2 Dec 2019", timeline=council(live_from=live_from))
    assert found.rag is rag
    assert (found.why == "Was due before going live on Friday 29 November 2019.") is (rag is Rag.GREY)


def test_what_is_no_longer_asked_for_is_grey_with_the_reason() -> None:
    closed = replace(milestone(due="Tue 5 Nov 2019"), closed_because="It took place on Monday 4 November 2019.")
    task = task_context(council(), closed, at=at("Thu 7 Nov 2019 09:00"))
    assert rate(task) == (Rag.GREY, "It took place on Monday 4 November 2019.")
