"""Test who hears a rung of the ladder: in a trial run, under embargo, in a vacancy, and after a call for help."""

from dataclasses import replace

import pytest

from tests.timeline.builders import COUNCIL, answer, council, directory, ladder, milestone, rung
from tests.timeline.escalation.ladder.asked import OWED, lines, lived, told
from tests.timeline.literals import at, day
from tests.timeline.lives import Life
from timeline.answers.responses import Answer, Response
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.duties import LINE_MANAGER, OWNER, DutyClass
from timeline.definitions.facts import Embargo
from timeline.definitions.people import Holder
from timeline.escalation.answer_prompts import help_prompt
from timeline.escalation.prompts import Prompt, PromptKey, PromptKind
from timeline.escalation.task_context import task_context
from timeline.planning.occurrences import Milestone

# Shadow


def test_in_shadow_everything_goes_to_the_programme_lead_and_afterwards_each_hears_what_holds_now() -> None:
    life = lived(timeline=council(shadow_until="Fri 22 Nov 2019"), last="Tue 26 Nov 2019")
    assert told(life) == lines("""
        Thu 14 Nov first 0 > shadow/officer
        Tue 19 Nov no-answer 0 > shadow/team-manager
        Thu 21 Nov reminder 0 > shadow/officer
        Mon 25 Nov reminder 0 > officer
        Tue 26 Nov not-done 0 > officer
        Tue 26 Nov not-done 0 > team-manager
    """)
    assert [prompt.deliver_to for prompt in life.prompts[:4]] == ["programme-lead"] * 3 + ["officer"]
    assert [prompt.meant_for for prompt in life.prompts[:4]] == ["officer", "team-manager", "officer", "officer"]


def test_under_embargo_the_shadow_copies_stay_within_the_circulation_too() -> None:
    embargo = Embargo(circulation=frozenset({"officer"}), until=at("Wed 20 Nov 2019 00:00"))
    life = lived(of=milestone(embargoes=[embargo]), timeline=council(shadow_until="Fri 22 Nov 2019"))
    assert told(life)[0] == "Wed 20 Nov first 0 > shadow/officer"


# Vacancies


def test_in_a_vacancy_the_line_manager_is_asked_and_the_new_holder_from_the_first_day() -> None:
    ben = Holder(post="officer", person="ben", from_on=day("Fri 22 Nov 2019"))
    life = lived(timeline=council(directory=directory(holders=[ben])), last="Tue 26 Nov 2019")
    assert told(life) == lines("""
        Thu 14 Nov first 0 > team-manager
        Tue 19 Nov no-answer 0 > team-manager
        Thu 21 Nov reminder 0 > team-manager
        Fri 22 Nov reminder 0 > ben
        Tue 26 Nov not-done 0 > ben
        Tue 26 Nov not-done 0 > team-manager
    """)


def test_where_nobody_below_the_ceiling_can_be_asked_those_whom_a_rung_names_still_hear() -> None:
    left = council(directory=directory(vacant=["officer", "team_manager", "head_of_service"]))
    steps = ladder(rung("first", "5 before", OWNER), rung("help", "1 after", "programme_lead"))
    life = lived(of=milestone(steps, duty_class=DutyClass.C), timeline=left)
    assert told(life) == ["Thu 21 Nov first 0 > programme-lead", "Fri 29 Nov help 0 > programme-lead"]


@pytest.mark.parametrize(
    ("duty_class", "reached"),
    [
        (DutyClass.A, {"officer", "team-manager", "director", "chief-executive"}),
        (DutyClass.B, {"officer", "team-manager", "director"}),
        (DutyClass.C, {"officer", "team-manager"}),
        (DutyClass.D, {"officer", "team-manager"}),
    ],
)
def test_whatever_a_ladder_says_no_class_climbs_above_its_ceiling(duty_class: DutyClass, reached: set[str]) -> None:
    assert {prompt.key.person for prompt in lived(of=milestone(duty_class=duty_class)).prompts} == reached


@pytest.mark.parametrize(
    ("duty_class", "first"), [(DutyClass.A, ["Tue 26 Nov help 1 > chief-executive"]), (DutyClass.B, [])]
)
def test_the_chief_executive_hears_from_two_working_days_before(duty_class: DutyClass, first: list[str]) -> None:
    steps = ladder(rung("first", "10 before", OWNER), rung("help", "3 before", "chief_executive", every=1, times=2))
    task = told(lived(of=milestone(steps, duty_class=duty_class), last="Tue 26 Nov 2019"))
    assert task[1:] == first


# Undeliverable


def test_when_the_owners_mail_proves_undeliverable_the_manager_hears_at_once() -> None:
    steps = ladder(rung("first", "10 before", OWNER), rung("told", "9 before", LINE_MANAGER))
    life = Life(COUNCIL, milestone(steps), accepted_at=lambda _: None)
    assert told(life.through(day("Thu 14 Nov 2019"), day("Fri 15 Nov 2019"))) == lines("""
        Thu 14 Nov first 0 > officer
        Fri 15 Nov told 0 > team-manager
    """)


def test_while_the_owners_mail_has_not_gone_nobody_else_hears() -> None:
    steps = ladder(rung("first", "10 before", OWNER), rung("told", "9 before", LINE_MANAGER))
    late = at("Tue 19 Nov 2019 11:00")
    life = Life(COUNCIL, milestone(steps), accepted_at=lambda each: late if each.selector == OWNER else each.send_at)
    assert told(life.through(day("Thu 14 Nov 2019"), day("Thu 21 Nov 2019"))) == lines("""
        Thu 14 Nov first 0 > officer
        Wed 20 Nov told 0 > team-manager
    """)


# An answer that climbs

HELP = answer(Answer.HELP, "Thu 14 Nov 2019 10:05", text="We are two people short.")


def climbed(response: Response, of: Milestone = OWED, timeline: CouncilTimeline = COUNCIL) -> tuple[Prompt, ...]:
    return help_prompt(task_context(timeline, of, (), [response], at=response.at), response, repeat=0)


@pytest.mark.parametrize("what", [Answer.HELP, Answer.DECLINED])
@pytest.mark.parametrize(
    ("answered", "leaves"),
    [
        ("Thu 14 Nov 2019 10:05", "Thu 14 Nov 2019 10:05"),
        ("Thu 14 Nov 2019 18:00", "Thu 14 Nov 2019 18:00"),
        ("Thu 14 Nov 2019 18:01", "Fri 15 Nov 2019 08:30"),
        ("Sat 16 Nov 2019 12:00", "Mon 18 Nov 2019 08:30"),
    ],
)
def test_an_answer_that_asks_for_help_climbs_to_the_line_manager_in_working_time(
    what: Answer, answered: str, leaves: str
) -> None:
    (prompt,) = climbed(answer(what, answered))
    assert (prompt.key.person, prompt.kind, prompt.timed) == ("team-manager", PromptKind.ESCALATION, True)
    assert prompt.key == PromptKey("action-plan/1/draft", day("Thu 28 Nov 2019"), "answer", "team-manager", 0)
    assert prompt.send_at == at(leaves)


def test_it_climbs_to_the_first_manager_present_and_not_above_the_ceiling() -> None:
    left = council(directory=directory(vacant=["team_manager", "head_of_service"]))
    assert [prompt.post for prompt in climbed(HELP, timeline=left)] == ["director"]
    # Above the ceiling of class C: a call for help still reaches somebody, who steers the programme.
    assert [prompt.post for prompt in climbed(HELP, of=milestone(duty_class=DutyClass.C), timeline=left)] == [
        "programme_lead"
    ]
    nobody = council(directory=directory(vacant=["team_manager", "head_of_service", "programme_lead"]))
    assert climbed(HELP, of=milestone(duty_class=DutyClass.C), timeline=nobody) == ()


def test_it_climbs_to_nobody_outside_the_circulation() -> None:
    embargo = Embargo(circulation=frozenset({"officer"}), until_fact="report_published")
    assert climbed(HELP, of=milestone(embargoes=[embargo])) == ()


def test_in_shadow_it_climbs_to_the_programme_lead() -> None:
    (prompt,) = climbed(HELP, timeline=council(shadow_until="Thu 28 Nov 2019"))
    assert (prompt.deliver_to, prompt.meant_for, prompt.key.person) == (
        "programme-lead",
        "team-manager",
        "shadow/team-manager",
    )


def test_a_line_manager_who_asks_for_help_is_heard_by_the_next_one_up() -> None:
    (prompt,) = climbed(replace(HELP, person="team-manager"))
    assert prompt.post == "head_of_service"
