"""Test red, amber, green by rule, each with its reason. The milestone is due on Thu 28 Nov 2019."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.timeline.builders import COUNCIL, answer, council, directory, duty, milestone
from tests.timeline.literals import at, day
from tests.timeline.lives import asked
from timeline.answers.responses import Answer, Response
from timeline.definitions.council import Committee, CouncilTimeline
from timeline.escalation.rag import Rag, Rated, agreed, rate
from timeline.escalation.task_context import task_context
from timeline.planning.occurrences import Milestone


def rated(when: str, *responses: Response, of: Milestone | None = None, timeline: CouncilTimeline = COUNCIL) -> Rated:
    """Give the colour of a task whose owner was asked on Thu 14 Nov 2019."""
    task = of or milestone()
    entries = (asked(task, "Thu 14 Nov 2019 08:30"),)
    return rate(task_context(timeline, task, entries, responses, at=at(f"{when} 09:00")))


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
def test_what_was_asked_and_nobody_has_answered(on: str, rag: Rag, why: str) -> None:
    assert rated(on) == Rated(rag, why)


def unasked(when: str, *, timeline: CouncilTimeline = COUNCIL, shadow: bool = False) -> Rated:
    """Give the colour of a task about which nobody was asked, or in a trial run only the programme lead."""
    entries = (asked(milestone(), "Thu 14 Nov 2019 08:30", shadow=True),) if shadow else ()
    return rate(task_context(timeline, milestone(), entries, (), at=at(f"{when} 09:00")))


@pytest.mark.parametrize(
    ("when", "live_from", "rag"),
    [
        ("Wed 6 Nov 2019", "", Rag.GREY),  # long before anybody is asked
        ("Thu 21 Nov 2019", "Thu 21 Nov 2019", Rag.GREY),  # the first day: nobody has failed to answer
        ("Thu 28 Nov 2019", "Thu 28 Nov 2019", Rag.GREY),
        ("Fri 22 Nov 2019", "Thu 21 Nov 2019", Rag.AMBER),  # the day after: the asking itself is late
        ("Thu 28 Nov 2019", "", Rag.AMBER),
        ("Fri 29 Nov 2019", "", Rag.RED),  # late is late, whoever was asked
    ],
)
def test_what_nobody_was_asked_about_is_grey_until_the_asking_is_late(when: str, live_from: str, rag: Rag) -> None:
    task = unasked(when, timeline=council(live_from=live_from))
    assert task.rag is rag
    assert task.why.endswith("and nobody has been asked yet.") is (rag is not Rag.RED)


def test_in_a_trial_run_only_the_programme_lead_was_asked_so_it_is_grey() -> None:
    timeline = council(live_from="Mon 11 Nov 2019", shadow_until="Fri 29 Nov 2019")
    assert unasked("Tue 26 Nov 2019", timeline=timeline, shadow=True).rag is Rag.GREY


@pytest.mark.parametrize(
    ("when", "rag"), [("Wed 20 Nov 2019", Rag.GREY), ("Mon 25 Nov 2019", Rag.AMBER), ("Tue 26 Nov 2019", Rag.RED)]
)
def test_where_nobody_can_be_asked_that_is_the_reason(when: str, rag: Rag) -> None:
    task = unasked(
        when,
        timeline=council(
            directory=directory(vacant=("officer", "team_manager", "head_of_service", "director", "chief_executive"))
        ),
    )
    assert task.rag is rag
    assert task.why.endswith("and there is nobody who could be asked.") is (rag is not Rag.GREY)


CABINET = Committee(key="cabinet", title="Cabinet", meetings=(day("Tue 3 Sep 2019"), day("Tue 19 Nov 2019")))


def submission(when: str, *, meetings: tuple[str, ...], agreed: bool = False) -> Rated:
    """Give the colour of a submission that Cabinet has to agree, due on Thu 28 Nov 2019, which somebody has."""
    cabinet = replace(CABINET, meetings=tuple(map(day, meetings)))
    timeline = council(obligations=[duty("by 2019-11-28", sign_off="cabinet")])
    timeline = replace(timeline, council=replace(timeline.council, committees=(cabinet,)))
    task = replace(milestone(), completes=True)
    has_it = answer(Answer.ACKNOWLEDGED, f"{when} 08:00")
    context = task_context(timeline, task, (asked(task, "Thu 14 Nov 2019 08:30"),), (has_it,), at=at(f"{when} 09:00"))
    return rate(context, agreed=agreed)


@pytest.mark.parametrize(
    ("meetings", "agreed", "rag"),
    [
        (("Tue 19 Nov 2019",), False, Rag.GREEN),
        (("Tue 26 Nov 2019",), False, Rag.RED),  # its call-in would not be over
        (("Tue 5 Nov 2019", "Tue 26 Nov 2019"), False, Rag.AMBER),  # perhaps agreed on the 5th
        (("Tue 5 Nov 2019", "Tue 26 Nov 2019"), True, Rag.GREEN),
        (("Tue 26 Nov 2019",), True, Rag.GREEN),
        ((), False, Rag.GREEN),  # nothing is recorded, so nothing can be counted
    ],
)
def test_a_submission_without_a_meeting_that_could_agree_it_is_not_green(
    meetings: tuple[str, ...], agreed: bool, rag: Rag
) -> None:
    rating = submission("Fri 15 Nov 2019", meetings=meetings, agreed=agreed)
    assert rating.rag is rag
    assert ("still allows Thu 28 Nov" in rating.why) is (rag is not Rag.GREEN)


def test_the_decision_that_is_done_says_that_it_is_agreed() -> None:
    decision = replace(milestone(), ref="action-plan/1/decision", key="decision")
    done = replace(answer(Answer.DONE, "Mon 18 Nov 2019 08:00"), milestone=decision.ref)
    tasks = [task_context(COUNCIL, decision, (), given, at=at("Thu 21 Nov 2019 09:00")) for given in ((), (done,))]
    assert agreed(tasks[:1]) == frozenset()
    assert agreed(tasks) == {("action-plan", 1)}


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
    rating = rated(on, answer(what, "Mon 25 Nov 2019 08:00"))
    assert rating.rag is rag
    assert rating.why.endswith(f", and {trouble}.")


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
    rating = rated("Mon 2 Dec 2019", timeline=council(live_from=live_from))
    assert rating.rag is rag
    assert (rating.why == "Was due before going live on Friday 29 November 2019.") is (rag is Rag.GREY)


def test_what_is_no_longer_asked_for_is_grey_with_the_reason() -> None:
    closed = replace(milestone(due="Tue 5 Nov 2019"), closed_because="It took place on Monday 4 November 2019.")
    task = task_context(council(), closed, at=at("Thu 7 Nov 2019 09:00"))
    assert rate(task) == (Rag.GREY, "It took place on Monday 4 November 2019.")
