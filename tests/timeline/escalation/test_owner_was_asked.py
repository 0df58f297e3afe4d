"""Test the ground of a decision: what the owner has heard, and what an answer stops."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.timeline.builders import COUNCIL, answer, council, directory, ladder, milestone, rung
from tests.timeline.escalation.grounds import FIRST_MORNING, stand
from tests.timeline.literals import at, day
from tests.timeline.lives import sent, written
from timeline.answers.responses import Answer, State
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.duties import LINE_MANAGER, OWNER, DutyClass, Unless
from timeline.definitions.people import Holder
from timeline.escalation.ladder import decide
from timeline.escalation.prompts import MOVED, Prompt, PromptKind, PromptState
from timeline.escalation.task_context import TaskContext, task_context


def first_prompt(timeline: CouncilTimeline = COUNCIL) -> Prompt:
    """Give the owner's first reminder, of Thu 14 Nov 2019 08:30."""
    (prompt,) = decide(stand(timeline=timeline), until=at("Thu 14 Nov 2019 23:59")).prompts
    return prompt


# The owner's day


@pytest.mark.parametrize(
    ("accepted", "when", "had_a_day"),
    [
        ("Thu 14 Nov 2019 08:30", "Thu 14 Nov 2019 17:59", False),
        ("Thu 14 Nov 2019 08:30", "Fri 15 Nov 2019 07:30", True),
        ("Thu 14 Nov 2019 08:30", "Mon 18 Nov 2019 07:30", True),
        # Accepted on a Friday: the weekend is no working day.
        ("Fri 15 Nov 2019 17:55", "Sun 17 Nov 2019 12:00", False),
        ("Fri 15 Nov 2019 17:55", "Mon 18 Nov 2019 07:30", True),
        # Not accepted yet at that instant.
        ("Tue 19 Nov 2019 08:30", "Mon 18 Nov 2019 07:30", False),
    ],
)
def test_the_owner_has_a_working_day_after_the_mail_was_accepted(accepted: str, when: str, had_a_day: bool) -> None:
    assert stand(when, said=(sent(first_prompt(), accepted),)).owner_had_notice() is had_a_day


def test_a_correction_gives_the_owner_a_day_too() -> None:
    corrected = replace(first_prompt(), key=first_prompt().key._replace(rung=MOVED), kind=PromptKind.CORRECTION)
    told = (sent(corrected, "Thu 14 Nov 2019 11:15"),)
    assert stand("Thu 14 Nov 2019 17:59", said=told).owner_had_notice() is False
    assert stand("Fri 15 Nov 2019 07:30", said=told).owner_had_notice() is True


def test_a_manager_who_is_asked_now_has_heard_of_it_as_a_manager() -> None:
    manager = Holder(post="team_manager", person="team-manager")
    left = council(directory=directory(vacant=["officer"], holders=[manager]))
    overdue = replace(first_prompt(), selector=LINE_MANAGER, meant_for="team-manager", deliver_to="team-manager")
    told = replace(overdue, key=overdue.key._replace(person="team-manager"))
    assert stand("Fri 15 Nov 2019 07:30", timeline=left).owner_had_notice() is False
    assert stand("Fri 15 Nov 2019 07:30", timeline=left, said=(sent(told),)).owner_had_notice() is True


def test_an_unsent_prompt_gives_no_day_and_an_undeliverable_one_waits_for_none() -> None:
    waiting = written(first_prompt(), at(FIRST_MORNING))
    failed = replace(waiting, state=PromptState.SUPPRESSED, undeliverable=True)
    assert stand("Mon 18 Nov 2019 07:30", said=(waiting,)).owner_had_notice() is False
    assert stand("Mon 18 Nov 2019 07:30", said=(failed,)).owner_had_notice() is True


def test_who_declined_has_heard_of_it() -> None:
    declined = answer(Answer.DECLINED, "Thu 14 Nov 2019 10:05")
    assert stand("Thu 14 Nov 2019 12:00", responses=(declined,)).owner_had_notice() is True


def test_a_day_of_the_predecessor_or_of_the_shadow_is_not_the_owners() -> None:
    anna = Holder(post="officer", person="anna", until_on=day("Mon 18 Nov 2019"))
    ben = Holder(post="officer", person="ben", from_on=day("Tue 19 Nov 2019"))
    changing = council(directory=directory(holders=[anna, ben]))
    to_anna = sent(first_prompt(changing))
    assert stand("Mon 18 Nov 2019 07:30", timeline=changing, said=(to_anna,)).owner_had_notice() is True
    assert stand("Tue 19 Nov 2019 07:30", timeline=changing, said=(to_anna,)).owner_had_notice() is False
    shadowed = council(shadow_until="Mon 18 Nov 2019")
    in_shadow = sent(first_prompt(shadowed))
    assert stand("Mon 18 Nov 2019 07:30", timeline=shadowed, said=(in_shadow,)).owner_had_notice() is True
    assert stand("Tue 19 Nov 2019 07:30", timeline=shadowed, said=(in_shadow,)).owner_had_notice() is False


def test_where_nobody_can_be_asked_nobody_is_waited_for() -> None:
    nobody = council(directory=directory(vacant=["officer", "team_manager", "head_of_service", "director"]))
    panel = milestone(duty_class=DutyClass.C)  # the chief executive, the only one left, is above its ceiling
    assert stand(of=panel, timeline=nobody).owner_had_notice() is True


# What silences a rung

ASKING = rung("asking", "5 before", OWNER, unless=Unless.ACKNOWLEDGED)
PRESSING = rung("pressing", "2 before", OWNER, unless=Unless.DONE)


@pytest.mark.parametrize(
    ("given", "asking_is_silenced"),
    [
        (None, False),
        (Answer.ACKNOWLEDGED, True),
        (Answer.HELP, True),
        (Answer.DECLINED, False),
    ],
)
def test_an_answer_stops_the_asking_and_not_the_pressing(given: Answer | None, asking_is_silenced: bool) -> None:
    responses = (answer(given, "Thu 14 Nov 2019 10:05"),) if given else ()
    task = stand("Fri 15 Nov 2019 07:30", of=milestone(ladder(ASKING, PRESSING)), responses=responses)
    assert task.is_silenced(ASKING, until=at("Fri 15 Nov 2019 23:59")) is asking_is_silenced
    assert task.is_silenced(PRESSING, until=at("Fri 15 Nov 2019 23:59")) is False


@pytest.mark.parametrize(
    ("until", "silenced"),
    [("Wed 20 Nov 2019 23:59", True), ("Thu 21 Nov 2019 00:00", False), ("Thu 21 Nov 2019 23:59", False)],
)
def test_what_will_have_run_out_by_then_is_not_silenced(until: str, silenced: bool) -> None:
    acknowledged = answer(Answer.ACKNOWLEDGED, "Thu 14 Nov 2019 10:05")
    task = stand("Wed 20 Nov 2019 07:30", of=milestone(ladder(ASKING)), responses=(acknowledged,))
    assert task.is_silenced(ASKING, until=at(until)) is silenced


# The first prompt, from which "no answer" counts


def no_answer_on(context: TaskContext) -> list[str]:
    return [f"{rung_time.at:%a %d %b}" for rung_time in context.rung_times() if rung_time.rung.key == "no-answer"]


def test_no_answer_counts_from_the_day_the_owners_first_prompt_was_accepted() -> None:
    assert no_answer_on(stand()) == []
    assert no_answer_on(stand("Fri 15 Nov 2019 07:30", said=(sent(first_prompt()),))) == ["Tue 19 Nov"]
    late = sent(first_prompt(), "Fri 15 Nov 2019 16:00")
    assert no_answer_on(stand("Mon 18 Nov 2019 07:30", said=(late,))) == ["Wed 20 Nov"]


def test_after_an_answer_no_answer_counts_from_when_the_owner_was_asked_again() -> None:
    first = sent(first_prompt())
    acknowledged = answer(Answer.ACKNOWLEDGED, "Thu 14 Nov 2019 10:05")
    expired = stand("Thu 21 Nov 2019 07:30", said=(first,), responses=(acknowledged,))
    assert expired.status.state is State.OPEN
    assert no_answer_on(expired) == []
    (again,) = decide(expired, until=at("Thu 21 Nov 2019 23:59")).prompts
    assert again.key.rung == "reminder"
    asked_again = stand("Fri 22 Nov 2019 07:30", said=(first, sent(again)), responses=(acknowledged,))
    assert no_answer_on(asked_again) == ["Tue 26 Nov"]


# What a ground leaves out


def test_a_ground_sees_nothing_later_and_nothing_about_another_date() -> None:
    now = sent(first_prompt())
    later = replace(now, written_at=at("Fri 15 Nov 2019 07:31"))
    old_date = replace(now, key=now.key._replace(due_on=day("Wed 27 Nov 2019")))
    acknowledged = answer(Answer.ACKNOWLEDGED, "Fri 15 Nov 2019 07:31")
    task = stand("Fri 15 Nov 2019 07:30", said=(now, later, old_date), responses=(acknowledged,))
    assert (task.entries, task.status.state) == ((now,), State.OPEN)


def test_whether_the_owner_was_asked_before_is_told_by_what_was_accepted_before_now() -> None:
    first = sent(first_prompt())
    assert stand("Thu 14 Nov 2019 08:30", said=(first,)).asked_before is False
    assert stand("Thu 14 Nov 2019 08:31", said=(first,)).asked_before is True
    assert stand("Fri 15 Nov 2019 07:30", said=(written(first_prompt(), at(FIRST_MORNING)),)).asked_before is False


@pytest.mark.parametrize(
    ("instant", "on"),
    [
        (datetime(2019, 8, 21, 22, 59, tzinfo=UTC), "Wed 21 Aug 2019"),
        (datetime(2019, 8, 21, 23, 0, tzinfo=UTC), "Thu 22 Aug 2019"),
        (datetime(2019, 11, 14, 23, 59, tzinfo=UTC), "Thu 14 Nov 2019"),
        (datetime(2019, 11, 15, 0, 0, tzinfo=UTC), "Fri 15 Nov 2019"),
    ],
)
def test_days_are_londons(instant: datetime, on: str) -> None:
    assert task_context(COUNCIL, milestone(), at=instant).on == day(on)
