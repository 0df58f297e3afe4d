"""Test who is there for a rung: the holder, the deputy, the line manager, or nobody."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.timeline.builders import EVERYBODY, answer, council, directory, ladder, milestone, rung
from tests.timeline.escalation.standing_in import DEPUTY, FIRST, LAST, away, seen
from tests.timeline.literals import at, day
from tests.timeline.lives import Life
from timeline.answers.responses import Answer
from timeline.definitions.absences import Absence
from timeline.definitions.duties import LINE_MANAGER, OWNER, DutyClass, Unless
from timeline.definitions.facts import Embargo
from timeline.definitions.people import Directory, Holder, Post
from timeline.delivery.suppression import REASSIGNED, suppression_reason
from timeline.escalation.answer_prompts import help_prompt
from timeline.escalation.prompts import PromptKind
from timeline.escalation.rung_history import rung_history
from timeline.escalation.task_context import TaskContext, task_context
from timeline.planning.occurrences import Milestone

FELL_TO_NEXT = "Nobody was available for this step, so the person due at the next step was told straight away. "


def to(context: TaskContext, selector: str) -> str | None:
    recipient = context.audience.recipient(selector)
    return recipient.person.key if recipient else None


@pytest.mark.parametrize(
    ("on", "asked"),
    [
        ("Wed 13 Nov 2019", "officer"),
        ("Thu 14 Nov 2019", "programme-lead"),
        ("Tue 19 Nov 2019", "programme-lead"),
        ("Wed 20 Nov 2019", "officer"),
    ],
)
def test_from_the_first_day_of_an_absence_to_the_last_the_deputy_is_asked(on: str, asked: str) -> None:
    assert to(seen(away("officer"), on=on), OWNER) == asked


@pytest.mark.parametrize(
    ("gone", "deputies", "selector", "expected"),
    [
        (("officer",), False, OWNER, "team-manager"),
        (("officer", "programme-lead"), True, OWNER, "team-manager"),
        (("officer", "team-manager"), False, OWNER, "head-of-service"),
        (("team-manager",), True, LINE_MANAGER, "programme-lead"),
        (("team-manager",), False, LINE_MANAGER, "head-of-service"),
        (("director",), False, "director", "chief-executive"),
        (("officer", "team-manager", "head-of-service", "director", "chief-executive"), False, OWNER, None),
    ],
)
def test_without_a_deputy_who_is_there_the_next_manager_is_meant(
    gone: Sequence[str], deputies: bool, selector: str, expected: str | None
) -> None:
    assert to(seen(away(*gone, deputies=deputies)), selector) == expected


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        ("deputy of owner", "programme-lead"),
        ("deputy of director", "programme-lead"),
        ("line manager of team_manager", "head-of-service"),
        ("line manager of head_of_service", "director"),
        ("team_manager", "team-manager"),
    ],
)
def test_a_rung_may_name_deputies_and_line_managers_of_any_post(selector: str, expected: str) -> None:
    assert to(seen(away()), selector) == expected


def test_a_deputy_outside_the_circulation_is_passed_over_and_who_is_there_and_outside_it_ends_the_search() -> None:
    embargo = Embargo(circulation=frozenset({"officer", "team_manager"}), until=at("Fri 29 Nov 2019 00:00"))
    secret = milestone(embargoes=[embargo])
    assert to(seen(away("officer"), of=secret), OWNER) == "team-manager"
    task = seen(away("officer", "team-manager"), of=secret)
    assert to(task, OWNER) is None
    assert not task.audience.is_unowned(OWNER)  # it waits for the embargo, and is not hurried to somebody else


def test_the_deputy_of_somebody_above_the_ceiling_is_above_it_too() -> None:
    for_class_c = milestone(duty_class=DutyClass.C)
    assert to(seen(away("director"), of=for_class_c), "director") is None
    assert to(seen(away("head-of-service"), of=for_class_c), "head_of_service") == "programme-lead"


def test_acting_cover_counts_before_the_holder_for_its_days() -> None:
    cover = Holder(post="officer", person="anna", from_on=day(FIRST), until_on=day(LAST), acting=True)
    who = directory(holders=[Holder(post="officer", person="officer"), cover])
    asked = [to(seen(who, on=on), OWNER) for on in ("Wed 13 Nov 2019", FIRST, LAST, "Wed 20 Nov 2019")]
    assert asked == ["officer", "anna", "anna", "officer"]


# What is said


STEPS = ladder(
    rung("first", "10 before", OWNER, unless=Unless.ACKNOWLEDGED),
    rung("no-answer", "7 before", LINE_MANAGER, unless=Unless.ACKNOWLEDGED),
    rung("not-done", "2 before", OWNER, LINE_MANAGER),
    rung("overdue", "1 after", OWNER, "director"),
)


def told(life: Life) -> list[str]:
    return [f"{prompt.send_at:%a %-d %b} {prompt.key.rung} > {prompt.key.person}" for prompt in life.prompts]


def lived(who: Directory, *, until: str, of: Milestone | None = None) -> Life:
    return Life(council(directory=who), of or milestone(STEPS)).through(day("Mon 11 Nov 2019"), day(until))


def test_what_falls_into_an_absence_goes_to_the_deputy_as_a_reminder_and_to_the_owner_on_return() -> None:
    life = lived(away("officer"), until="Wed 20 Nov 2019")
    assert told(life) == [
        "Thu 14 Nov first > programme-lead",
        "Tue 19 Nov no-answer > team-manager",
        "Wed 20 Nov first > officer",
    ]
    first = life.prompts[0]
    assert (first.kind, first.stands_in_for, first.post) == (PromptKind.REMINDER, "officer", DEPUTY)


def test_an_answer_of_the_deputy_holds_when_the_owner_is_back() -> None:
    life = Life(council(directory=away("officer")), milestone(STEPS))
    life.responses = [answer(Answer.ACKNOWLEDGED, "Fri 15 Nov 2019 10:00", person="programme-lead")]
    life.through(day("Mon 11 Nov 2019"), day("Thu 21 Nov 2019"))
    assert told(life) == ["Thu 14 Nov first > programme-lead"]


def test_an_owner_who_was_told_before_going_away_does_not_hold_up_the_escalation() -> None:
    gone = Absence(person="officer", from_on=day("Fri 15 Nov 2019"), until_on=day("Fri 29 Nov 2019"))
    life = lived(replace(away(), absences=(gone,)), until="Tue 19 Nov 2019")
    assert told(life) == [
        "Thu 14 Nov first > officer",
        "Fri 15 Nov first > programme-lead",
        "Tue 19 Nov no-answer > team-manager",
    ]


@pytest.mark.parametrize(
    ("works", "expected"),
    [
        ((0, 1, 2), ["Mon 18 Nov first > officer"]),  # Monday to Wednesday: the rung of Thursday waits
        ((3,), ["Thu 14 Nov first > officer"]),
    ],
)
def test_a_day_off_of_every_week_waits_for_the_next_day_at_work(works: tuple[int, ...], expected: list[str]) -> None:
    life = Life(council(directory=away(officer=works)), milestone(ladder(STEPS.rungs[0], STEPS.rungs[-1])))
    assert told(life.through(day("Mon 11 Nov 2019"), day("Wed 27 Nov 2019"))) == expected


def test_what_is_late_does_not_wait_for_a_day_at_work() -> None:
    only = milestone(ladder(rung("overdue", "1 after", OWNER)))
    life = lived(away(officer=(0, 1)), until="Fri 29 Nov 2019", of=only)
    assert told(life) == ["Fri 29 Nov overdue > programme-lead"]


def test_a_day_off_before_the_last_day_goes_to_the_deputy_when_waiting_would_be_late() -> None:
    only = milestone(ladder(rung("last", "0 before", OWNER), rung("overdue", "1 after", OWNER)))
    life = lived(away(officer=(0, 1, 2)), until="Thu 28 Nov 2019", of=only)
    assert told(life) == ["Thu 28 Nov last > programme-lead"]


# Nobody is there


def test_a_step_that_reaches_nobody_is_said_at_once_to_whom_the_next_would_tell() -> None:
    left = directory(vacant=["officer", "team_manager", "head_of_service", "programme_lead"])
    steps = milestone(STEPS, duty_class=DutyClass.C)
    nobody = council(directory=left)
    life = Life(nobody, replace(steps, ladder=ladder(*STEPS.rungs[:3], rung("to-the-lead", "1 after", "lead"))))
    lead = {"lead": Post(key="lead", title="Lead"), **left.posts}
    who = replace(left, posts=lead, holders=(*left.holders, Holder(post="lead", person="director")))
    life.council = council(directory=who)
    decision = life.morning(at("Thu 14 Nov 2019 07:30"))
    assert decision is not None
    assert told(life) == ["Thu 14 Nov first > director"]
    assert decision.unassigned_steps == ("first to owner",)
    assert "Nobody is there for it" in life.prompts[0].why
    # It holds as long as nobody is there.
    minute = at("Thu 14 Nov 2019 08:20")
    comes = replace(who, holders=(*who.holders, Holder(post="officer", person="director")))
    task = Life(council(directory=comes), life.milestone).ground(minute)
    assert (suppression_reason(life.ground(minute), life.prompts[0]), suppression_reason(task, life.prompts[0])) == (
        "",
        REASSIGNED,
    )
    (said, *_) = rung_history(life.ground(at("Thu 14 Nov 2019 09:00")))
    assert said.what.startswith(FELL_TO_NEXT + "Sent on")


def test_no_answer_does_not_climb_above_a_line_manager_who_is_away() -> None:
    life = lived(away("team-manager", deputies=False), until="Tue 19 Nov 2019")
    assert told(life) == ["Thu 14 Nov first > officer", "Tue 19 Nov no-answer > officer"]
    (step,) = (step for step in rung_history(life.ground(at("Tue 19 Nov 2019 12:00"))) if step.rung == "no-answer")
    assert (step.to, step.what) == ("Officer", f"{FELL_TO_NEXT}Sent on Tue 19 Nov 2019 at 08:30.")


def test_nobody_at_all_is_reported_and_says_nothing() -> None:
    everybody_left = replace(EVERYBODY, holders=())
    decision = Life(council(directory=everybody_left), milestone(STEPS)).morning(at("Thu 14 Nov 2019 07:30"))
    assert decision is not None
    assert (decision.prompts, decision.unassigned_steps) == ((), ("first to owner",))


# A call for help


@pytest.mark.parametrize(("gone", "told"), [((), "team-manager"), (("team-manager",), "programme-lead")])
def test_a_call_for_help_goes_to_the_manager_or_who_stands_in(gone: tuple[str, ...], told: str) -> None:
    help_ = answer(Answer.HELP, "Wed 13 Nov 2019 19:00")
    task = task_context(council(directory=away(*gone)), milestone(), (), [help_], at=at("Thu 14 Nov 2019 08:30"))
    assert [prompt.meant_for for prompt in help_prompt(task, help_, repeat=0)] == [told]


def test_nothing_is_given_to_a_member_or_an_outside_body() -> None:
    task = seen(EVERYBODY)
    assert (task.audience.stands_for("lead-member"), task.audience.stands_for("commissioner")) == (None, None)


def test_what_its_owner_may_not_hear_of_yet_is_told_to_those_who_may() -> None:
    embargo = Embargo(circulation=frozenset({"director"}), until=at("Tue 31 Dec 2019 00:00"))
    life = lived(EVERYBODY, until="Fri 29 Nov 2019", of=milestone(STEPS, embargoes=[embargo]))
    assert told(life) == ["Fri 29 Nov overdue > director"]
