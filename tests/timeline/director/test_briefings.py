"""Test drafts for the lead member: when one is made, and when it is taken back."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.timeline.builders import COUNCIL, POSTS, answer, council, directory
from tests.timeline.director.drafts import DRAFT, NEAR, SUBMITTED, a_task
from tests.timeline.literals import at, day
from timeline.answers.responses import Answer, Response
from timeline.definitions.council import Pause
from timeline.definitions.duties import DutyClass
from timeline.definitions.facts import Embargo
from timeline.director.briefings import Because, Briefing, BriefingState, decide_briefings, no_longer, settled, wanted
from timeline.escalation.task_context import TaskContext
from timeline.planning.occurrences import Milestone

# When


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("Mon 25 Nov 2019 08:25", None),
        ("Tue 26 Nov 2019 08:25", Because.CLOSE),
        ("Thu 28 Nov 2019 08:25", Because.CLOSE),
        ("Fri 29 Nov 2019 08:25", Because.OVERDUE),
        ("Wed 25 Dec 2019 08:25", Because.OVERDUE),
    ],
)
def test_two_working_days_before_its_date_and_when_it_is_overdue(when: str, expected: Because | None) -> None:
    assert wanted(a_task(when=when)) is expected


def test_a_weekend_is_no_working_day() -> None:
    of = replace(SUBMITTED, due_on=day("Mon 2 Dec 2019"), legal_on=day("Mon 2 Dec 2019"))
    assert wanted(a_task(of, when="Wed 27 Nov 2019 08:25")) is None
    assert wanted(a_task(of, when="Thu 28 Nov 2019 08:25")) is Because.CLOSE


def test_overdue_begins_after_the_legal_date() -> None:
    of = replace(SUBMITTED, due_on=day("Fri 29 Nov 2019"), legal_on=day("Sun 1 Dec 2019"))
    assert wanted(a_task(of, when="Sun 1 Dec 2019 10:00")) is Because.CLOSE
    assert wanted(a_task(of, when="Mon 2 Dec 2019 08:25")) is Because.OVERDUE


@pytest.mark.parametrize("of_class", [DutyClass.B, DutyClass.C, DutyClass.D])
def test_only_class_a(of_class: DutyClass) -> None:
    assert wanted(a_task(replace(SUBMITTED, duty_class=of_class))) is None


def test_a_task_before_the_submission_is_no_reason_unless_help_is_asked_of_the_director() -> None:
    assert wanted(a_task(DRAFT)) is None
    for_head = answer(Answer.HELP, "Mon 25 Nov 2019 10:00")
    assert wanted(a_task(DRAFT, for_head)) is None  # the team manager helps
    for_director = answer(Answer.HELP, "Mon 25 Nov 2019 10:00", person="head-of-service")
    assert wanted(a_task(DRAFT, for_director)) is Because.BLOCKED
    of_director = answer(Answer.HELP, "Mon 25 Nov 2019 10:00", person="director")
    assert wanted(a_task(replace(DRAFT, owner="director"), of_director)) is Because.BLOCKED


@pytest.mark.parametrize(
    ("what", "expected"),
    [(Answer.ACKNOWLEDGED, Because.CLOSE), (Answer.DECLINED, Because.CLOSE), (Answer.DONE, None)],
)
def test_acknowledged_is_not_done(what: Answer, expected: Because | None) -> None:
    assert wanted(a_task(SUBMITTED, answer(what, "Mon 25 Nov 2019 10:00"))) is expected


@pytest.mark.parametrize(
    "of",
    [
        replace(SUBMITTED, ours=False),
        replace(SUBMITTED, closed_because="It was cancelled."),
        replace(SUBMITTED, due_on=None, legal_on=None, waits_for=("report_received",)),
    ],
)
def test_what_nobody_is_asked_for_is_no_reason(of: Milestone) -> None:
    assert wanted(a_task(of)) is None


def test_what_was_due_before_going_live_is_history() -> None:
    live = council(live_from="Mon 2 Dec 2019")
    assert wanted(a_task(when="Mon 2 Dec 2019 08:25", timeline=live)) is None


@pytest.mark.parametrize(
    ("circulation", "when", "expected"),
    [
        ({"officer", "director"}, NEAR, None),
        ({"officer", "lead_member"}, NEAR, Because.CLOSE),
        ({"officer", "director"}, "Wed 27 Nov 2019 00:00", Because.CLOSE),  # the embargo has ended
    ],
)
def test_never_for_a_lead_member_outside_the_circulation(
    circulation: set[str], when: str, expected: Because | None
) -> None:
    secret = Embargo(circulation=frozenset(circulation), until=at("Wed 27 Nov 2019 00:00"))
    assert wanted(a_task(replace(SUBMITTED, embargoes=(secret,)), when=when)) is expected


def test_a_council_without_such_a_post_has_no_drafts() -> None:
    posts = {key: post for key, post in POSTS.items() if key != "lead_member"}
    assert wanted(a_task(timeline=council(directory=replace(directory(vacant=["lead_member"]), posts=posts)))) is None


def test_while_its_duty_is_paused_no_draft_is_made_and_one_that_waits_is_taken_back() -> None:
    pause = Pause(obligation="action-plan", from_on=day("Mon 25 Nov 2019"), until_on=day("Fri 29 Nov 2019"))
    paused = replace(COUNCIL, pauses=(pause,))
    assert wanted(a_task(timeline=paused)) is None
    assert no_longer(a_task(timeline=paused), MADE) == "It is paused until Friday 29 November 2019."
    assert wanted(a_task(when="Mon 2 Dec 2019 08:25", timeline=paused)) is Because.OVERDUE


# Once


MADE = Briefing(
    milestone=SUBMITTED.ref, due_on=day("Thu 28 Nov 2019"), because=Because.CLOSE, made_at=at("Tue 26 Nov 2019 08:25")
)


def decided(*tasks: TaskContext, known: Sequence[Briefing] = ()) -> tuple[list[str], list[tuple[str, str]]]:
    got = decide_briefings(tasks, known, at=at(NEAR))
    return [briefing.milestone for briefing in got.made], [(briefing.milestone, why) for briefing, why in got.withdrawn]


def test_one_is_made_for_a_task_and_its_date_and_then_nothing_more() -> None:
    got = decide_briefings([a_task()], [], at=at(NEAR))
    assert got.made == (MADE,)
    assert decided(a_task(), known=got.made) == ([], [])
    assert decided(a_task(when="Mon 2 Dec 2019 08:25"), known=got.made) == ([], [])


@pytest.mark.parametrize("state", [BriefingState.RELEASED, BriefingState.DISCARDED])
def test_what_was_released_or_discarded_is_never_made_again(state: BriefingState) -> None:
    known = settled(MADE, state, by="director", at=at(NEAR))
    assert decided(a_task(), known=[known]) == ([], [])
    assert decided(a_task(SUBMITTED, answer(Answer.DONE, "Tue 26 Nov 2019 08:20")), known=[known]) == ([], [])


def test_what_was_taken_back_is_made_anew_when_it_is_wanted_again() -> None:
    assert decided(a_task(), known=[replace(MADE, state=BriefingState.WITHDRAWN)]) == ([SUBMITTED.ref], [])


def test_another_date_has_a_draft_of_its_own() -> None:
    moved = replace(SUBMITTED, due_on=day("Wed 27 Nov 2019"), legal_on=day("Wed 27 Nov 2019"))
    assert decided(a_task(moved), known=[MADE]) == ([SUBMITTED.ref], [(SUBMITTED.ref, "The date has moved.")])


@pytest.mark.parametrize(
    ("of", "responses", "expected"),
    [
        (SUBMITTED, [], ""),
        (SUBMITTED, [answer(Answer.DONE, "Tue 26 Nov 2019 08:00")], "It is done."),
        (replace(SUBMITTED, closed_because="It was cancelled."), [], "It was cancelled."),
        (replace(SUBMITTED, due_on=day("Tue 3 Dec 2019")), [], "The date has moved."),
        (DRAFT, [], "It no longer needs the lead member's attention."),
        (
            replace(SUBMITTED, embargoes=(Embargo(circulation=frozenset({"director"})),)),
            [],
            "It is in confidence, and the lead member may not hear of it.",
        ),
    ],
)
def test_it_is_taken_back_when_it_holds_no_longer(of: Milestone, responses: list[Response], expected: str) -> None:
    assert no_longer(a_task(of, *responses), MADE) == expected
    assert decided(a_task(of, *responses), known=[MADE])[1] == ([(MADE.milestone, expected)] if expected else [])


def test_one_whose_task_is_gone_is_taken_back() -> None:
    assert decided(known=[MADE]) == ([], [(MADE.milestone, "This is no longer on the timeline.")])
