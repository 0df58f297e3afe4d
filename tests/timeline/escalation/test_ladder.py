"""Test the ladder: which rungs are due for one milestone on a day, what they supersede, and when to look again.

The milestone is due on Thu 28 Nov 2019; `USUAL` in builders.py is its ladder.
"""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from tests.timeline.builders import (
    COUNCIL,
    LAST_ON,
    USUAL,
    Life,
    answer,
    council,
    directory,
    ladder,
    milestone,
    rung,
    sent,
)
from tests.timeline.literals import at, day
from timeline.answers.responses import Answer, Response
from timeline.calendar.london import LONDON
from timeline.calendar.wording import short_date
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.duties import LINE_MANAGER, OWNER, DutyClass, Unless
from timeline.definitions.facts import Embargo
from timeline.definitions.people import Holder
from timeline.escalation.answer_prompts import help_prompt
from timeline.escalation.ladder import Decision, decide, speaks
from timeline.escalation.next_check import next_check_at, next_reminder_at
from timeline.escalation.prompts import LedgerEntry, Prompt, PromptKey, PromptKind
from timeline.escalation.task_context import task_context
from timeline.planning.occurrences import Milestone

OWED = milestone()


def on_the_day(
    when: str,
    of: Milestone = OWED,
    timeline: CouncilTimeline = COUNCIL,
    said: tuple[LedgerEntry, ...] = (),
    responses: tuple[Response, ...] = (),
) -> Decision:
    """Give the decision of one instant, for the rest of its day."""
    task = task_context(timeline, of, said, responses, at=at(when))
    return decide(task, until=at(f"{when.rsplit(' ', 1)[0]} 23:59"))


def lived(
    *responses: Response,
    of: Milestone = OWED,
    timeline: CouncilTimeline = COUNCIL,
    first: str = "Mon 4 Nov 2019",
    last: str = "Tue 31 Dec 2019",
) -> Life:
    return Life(timeline, of, responses).through(day(first), day(last))


def told(life: Life) -> list[str]:
    """Give words such as "Thu 14 Nov first 0 > officer", a line for each prompt."""
    return [f"{at:%a %d %b} {prompt.key.rung} {prompt.key.repeat} > {prompt.key.person}" for at, prompt in life.told]


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.strip().splitlines()]


# The whole ladder


def test_with_nobody_answering_every_rung_speaks_on_its_day_and_then_it_ends() -> None:
    assert told(lived()) == lines("""
        Thu 14 Nov first 0 > officer
        Tue 19 Nov no-answer 0 > team-manager
        Thu 21 Nov reminder 0 > officer
        Tue 26 Nov not-done 0 > officer
        Tue 26 Nov not-done 0 > team-manager
        Thu 28 Nov on-the-day 0 > director
        Thu 28 Nov on-the-day 0 > officer
        Fri 29 Nov overdue 0 > chief-executive
        Fri 29 Nov overdue 0 > director
        Fri 29 Nov overdue 0 > officer
        Fri 29 Nov overdue 0 > team-manager
        Tue 03 Dec overdue 1 > chief-executive
        Tue 03 Dec overdue 1 > director
        Tue 03 Dec overdue 1 > officer
        Tue 03 Dec overdue 1 > team-manager
        Thu 05 Dec overdue 2 > chief-executive
        Thu 05 Dec overdue 2 > director
        Thu 05 Dec overdue 2 > officer
        Thu 05 Dec overdue 2 > team-manager
    """)


def test_acknowledged_it_stops_asking_and_asks_again_when_that_has_run_out() -> None:
    # Said on the first morning, it lasts to Thu 21 Nov, on which the reminder speaks; "no answer" counts from there.
    acknowledged = answer(Answer.ACKNOWLEDGED, "Thu 14 Nov 2019 10:05")
    assert told(lived(acknowledged, last="Wed 27 Nov 2019")) == lines("""
        Thu 14 Nov first 0 > officer
        Thu 21 Nov reminder 0 > officer
        Tue 26 Nov not-done 0 > officer
        Tue 26 Nov not-done 0 > team-manager
    """)


def test_a_rung_that_an_acknowledgement_held_back_speaks_when_it_has_run_out() -> None:
    acknowledged = answer(Answer.ACKNOWLEDGED, "Fri 15 Nov 2019 10:05")
    assert told(lived(acknowledged, last="Mon 25 Nov 2019")) == lines("""
        Thu 14 Nov first 0 > officer
        Fri 22 Nov reminder 0 > officer
    """)


def test_acknowledged_is_not_done_and_the_pressing_goes_on() -> None:
    acknowledged = answer(Answer.ACKNOWLEDGED, "Mon 25 Nov 2019 10:05")
    found = told(lived(acknowledged, last="Thu 28 Nov 2019"))
    assert found[-4:] == lines("""
        Tue 26 Nov not-done 0 > officer
        Tue 26 Nov not-done 0 > team-manager
        Thu 28 Nov on-the-day 0 > director
        Thu 28 Nov on-the-day 0 > officer
    """)


def test_done_silences_everything() -> None:
    done = answer(Answer.DONE, "Mon 18 Nov 2019 15:10")
    assert told(lived(done)) == ["Thu 14 Nov first 0 > officer"]


def test_what_was_declined_climbs_to_the_line_manager_in_the_owners_place() -> None:
    declined = answer(Answer.DECLINED, "Thu 14 Nov 2019 10:05")
    life = lived(declined, last="Thu 28 Nov 2019")
    assert told(life) == lines("""
        Thu 14 Nov first 0 > officer
        Fri 15 Nov first 0 > team-manager
        Thu 21 Nov reminder 0 > team-manager
        Tue 26 Nov not-done 0 > team-manager
        Thu 28 Nov on-the-day 0 > director
        Thu 28 Nov on-the-day 0 > team-manager
    """)
    assert {prompt.kind for prompt in life.prompts[1:]} == {PromptKind.ESCALATION}


# What a prompt is


def test_the_owners_prompt_is_a_reminder_in_the_daily_mail_with_its_reason() -> None:
    (prompt,) = on_the_day("Thu 14 Nov 2019 07:30").prompts
    assert prompt == Prompt(
        key=PromptKey("action-plan/1/draft", day("Thu 28 Nov 2019"), "first", "officer", 0),
        kind=PromptKind.REMINDER,
        selector=OWNER,
        post="officer",
        meant_for="officer",
        deliver_to="officer",
        rung_at=at("Thu 14 Nov 2019 08:30"),
        send_at=at("Thu 14 Nov 2019 08:30"),
        why="The rung first: 10 working days before the due date, unless acknowledged.",
    )


def test_a_repeat_says_so_in_its_reason() -> None:
    overdue = [prompt for prompt in lived().prompts if prompt.key.rung == "overdue" and prompt.key.person == "officer"]
    assert [prompt.why for prompt in overdue] == [
        "The rung overdue: 1 working day after the due date, unless done.",
        "The rung overdue: 1 working day after the due date, unless done (said again, number 2).",
        "The rung overdue: 1 working day after the due date, unless done (said again, number 3).",
    ]


def test_who_owns_it_and_is_named_by_a_rung_too_gets_one_reminder() -> None:
    life = lived(of=milestone(owner="director"), first="Thu 28 Nov 2019", last="Fri 29 Nov 2019")
    assert [(prompt.key.rung, prompt.kind) for prompt in life.prompts if prompt.key.person == "director"] == [
        ("on-the-day", PromptKind.REMINDER),
        ("overdue", PromptKind.REMINDER),
    ]


def test_who_holds_the_owners_post_and_the_managers_gets_one_reminder() -> None:
    acting = directory(holders=[Holder(post=post, person="anna") for post in ("officer", "team_manager")])
    life = lived(timeline=council(directory=acting), last="Wed 27 Nov 2019")
    assert told(life) == lines("""
        Thu 14 Nov first 0 > anna
        Tue 19 Nov no-answer 0 > anna
        Thu 21 Nov reminder 0 > anna
        Tue 26 Nov not-done 0 > anna
    """)
    assert life.prompts[-1].kind is PromptKind.REMINDER
    assert life.superseded == []


# Late is still due


def test_going_live_late_the_owner_hears_the_latest_rung_and_the_older_ones_are_superseded() -> None:
    decision = on_the_day("Tue 26 Nov 2019 07:30")
    assert [(prompt.key.rung, prompt.key.person) for prompt in decision.prompts] == [("not-done", "officer")]
    assert [(prompt.key.rung, prompt.superseded_by) for prompt in decision.superseded] == [
        ("first", "not-done"),
        ("reminder", "not-done"),
    ]


def test_the_manager_hears_of_it_when_the_owner_has_had_a_working_day() -> None:
    assert told(lived(first="Tue 26 Nov 2019", last="Wed 27 Nov 2019")) == lines("""
        Tue 26 Nov not-done 0 > officer
        Wed 27 Nov not-done 0 > team-manager
    """)


def test_what_was_for_the_manager_is_not_lost_because_the_owner_heard_something_later() -> None:
    steps = ladder(rung("help", "3 before", LINE_MANAGER), rung("first", "2 before", OWNER))
    assert told(lived(of=milestone(steps), first="Tue 26 Nov 2019", last="Wed 27 Nov 2019")) == lines("""
        Tue 26 Nov first 0 > officer
        Wed 27 Nov help 0 > team-manager
    """)


def test_after_two_weeks_of_outage_each_hears_one_thing_once() -> None:
    life = Life(COUNCIL, OWED).through(day("Mon 4 Nov 2019"), day("Thu 21 Nov 2019"))
    back = life.morning(at("Thu 5 Dec 2019 07:30"))
    assert back is not None
    assert [(prompt.key.rung, prompt.key.repeat, prompt.key.person) for prompt in back.prompts] == [
        ("overdue", 2, "chief-executive"),
        ("overdue", 2, "director"),
        ("overdue", 2, "officer"),
        ("overdue", 2, "team-manager"),
    ]
    assert [(prompt.key.rung, prompt.key.repeat) for prompt in back.superseded if prompt.key.person == "officer"] == [
        ("not-done", 0),
        ("on-the-day", 0),
        ("overdue", 0),
        ("overdue", 1),
    ]
    assert {prompt.superseded_by for prompt in back.superseded} == {"overdue"}


def test_a_weekend_between_rungs_says_nothing() -> None:
    for when in ("Sat 30 Nov 2019 09:00", "Sun 1 Dec 2019 09:00"):
        assert on_the_day(when).prompts == ()
    assert [prompt.key.rung for prompt in on_the_day("Mon 2 Dec 2019 07:30").prompts] == ["overdue"]


@pytest.mark.parametrize(
    ("when", "rung_said"),
    [
        # The mail of the due date itself, at the latest in its working hours; in the evening it would leave too late.
        ("Wed 27 Nov 2019 07:30", "not-done"),
        ("Thu 28 Nov 2019 07:30", "on-the-day"),
        ("Thu 28 Nov 2019 18:00", "on-the-day"),
        ("Thu 28 Nov 2019 18:01", None),
        ("Fri 29 Nov 2019 07:30", "overdue"),
    ],
)
def test_nothing_that_counts_to_the_due_date_leaves_after_it(when: str, rung_said: str | None) -> None:
    assert [prompt.key.rung for prompt in on_the_day(when).prompts] == ([rung_said] if rung_said else [])


# When it leaves


@pytest.mark.parametrize(
    ("when", "leaves"),
    [
        ("Thu 14 Nov 2019 00:00", "Thu 14 Nov 2019 08:30"),
        ("Thu 14 Nov 2019 08:29", "Thu 14 Nov 2019 08:30"),
        ("Thu 14 Nov 2019 08:30", "Thu 14 Nov 2019 08:30"),
        ("Thu 14 Nov 2019 08:31", "Thu 14 Nov 2019 08:31"),
        ("Thu 14 Nov 2019 18:00", "Thu 14 Nov 2019 18:00"),
        ("Thu 14 Nov 2019 18:01", "Fri 15 Nov 2019 08:30"),
        ("Fri 15 Nov 2019 21:00", "Mon 18 Nov 2019 08:30"),
    ],
)
def test_a_late_prompt_leaves_with_todays_mail_or_in_the_next_working_time(when: str, leaves: str) -> None:
    (prompt,) = on_the_day(when).prompts
    assert (prompt.send_at, prompt.rung_at) == (at(leaves), at("Thu 14 Nov 2019 08:30"))


@pytest.mark.parametrize(
    ("due", "morning", "utc"),
    [
        ("Fri 25 Oct 2019", "Fri 25 Oct 2019 07:30", time(7, 30)),  # BST
        ("Mon 28 Oct 2019", "Mon 28 Oct 2019 07:30", time(8, 30)),  # GMT, the day after the change
        ("Fri 27 Mar 2020", "Fri 27 Mar 2020 07:30", time(8, 30)),  # GMT
        ("Mon 30 Mar 2020", "Mon 30 Mar 2020 07:30", time(7, 30)),  # BST, the day after the change
    ],
)
def test_the_daily_mail_leaves_by_the_clock_on_the_wall(due: str, morning: str, utc: time) -> None:
    (prompt,) = on_the_day(morning, milestone(due=due)).prompts
    assert prompt.send_at.astimezone(LONDON).time() == time(8, 30)
    assert (prompt.send_at - LONDON.utcoffset(prompt.send_at)).time() == utc  # type: ignore[operator]


NOON = milestone(ladder(rung("noon", "0 before at 12:00", OWNER), rung("overdue", "1 after", OWNER)))


@pytest.mark.parametrize(
    ("when", "leaves"),
    [
        ("Thu 28 Nov 2019 07:30", "Thu 28 Nov 2019 12:00"),
        ("Thu 28 Nov 2019 12:00", "Thu 28 Nov 2019 12:00"),
        ("Thu 28 Nov 2019 12:01", "Thu 28 Nov 2019 12:01"),
    ],
)
def test_a_rung_with_an_hour_of_its_own_leaves_at_it(when: str, leaves: str) -> None:
    (prompt,) = on_the_day(when, NOON).prompts
    assert (prompt.send_at, prompt.timed) == (at(leaves), True)


def test_an_hour_before_the_daily_mail_is_kept_too() -> None:
    early = milestone(ladder(rung("early", "0 before at 08:05", OWNER), rung("overdue", "1 after", OWNER)))
    (prompt,) = on_the_day("Thu 28 Nov 2019 07:30", early).prompts
    assert prompt.send_at == at("Thu 28 Nov 2019 08:05")


def test_only_an_urgent_rung_leaves_outside_working_time() -> None:
    steps = [
        rung("eve", "1 before", OWNER),
        rung("now", "0 before", OWNER, urgent=True),
        rung("overdue", "1 after", OWNER),
    ]
    urgent = milestone(ladder(*steps))
    (prompt,) = on_the_day("Thu 28 Nov 2019 22:15", urgent).prompts
    assert (prompt.key.rung, prompt.send_at, prompt.urgent) == ("now", at("Thu 28 Nov 2019 22:15"), True)
    steps[2] = replace(steps[2], urgent=True)
    (prompt,) = on_the_day("Sat 30 Nov 2019 22:15", milestone(ladder(*steps))).prompts
    assert (prompt.key.rung, prompt.send_at) == ("overdue", at("Sat 30 Nov 2019 22:15"))


# Whether it speaks at all


@pytest.mark.parametrize(
    ("live_from", "is_chased"),
    [("Wed 27 Nov 2019", True), ("Thu 28 Nov 2019", True), ("Fri 29 Nov 2019", False)],
)
def test_what_was_due_before_going_live_is_history(live_from: str, is_chased: bool) -> None:
    task = task_context(council(live_from=live_from), OWED, at=at("Thu 28 Nov 2019 07:30"))
    assert speaks(task) is is_chased
    assert bool(decide(task, until=at("Thu 28 Nov 2019 23:59")).prompts) is is_chased


@pytest.mark.parametrize("silent", [milestone(ours=False), milestone(waits_for=("report_received",))])
def test_what_is_not_ours_or_waits_for_a_fact_is_never_chased(silent: Milestone) -> None:
    life = lived(of=silent)
    assert (life.told, life.superseded, life.look_at) == ([], [], None)


def test_near_the_end_of_the_calendar_the_ladder_speaks_as_far_as_it_is_known() -> None:
    office = COUNCIL.calendars.office
    due, after = (short_date(office.subtract(LAST_ON, n)) for n in (3, 2))
    late = milestone(due=due)
    assert [prompt.key.rung for prompt in on_the_day(f"{due} 07:30", late).prompts] == ["on-the-day"]
    assert [prompt.key.rung for prompt in on_the_day(f"{after} 07:30", late).prompts] == ["overdue"]


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
    found = told(lived(of=milestone(steps, duty_class=duty_class), last="Tue 26 Nov 2019"))
    assert found[1:] == first


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
    life = Life(COUNCIL, milestone(steps), accepted_at=lambda one: late if one.selector == OWNER else one.send_at)
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


# When to look again


@pytest.mark.parametrize(
    ("when", "look_at"),
    [
        ("Wed 13 Nov 2019 07:30", "Thu 14 Nov 2019 08:30"),
        # The morning after a prompt, to see whether it was accepted and "no answer" has a day.
        ("Thu 14 Nov 2019 07:30", "Fri 15 Nov 2019 00:00"),
        ("Fri 15 Nov 2019 07:30", "Tue 19 Nov 2019 08:30"),
        ("Fri 6 Dec 2019 07:30", None),
    ],
)
def test_the_next_look_is_at_the_next_rung(when: str, look_at: str | None) -> None:
    life = Life(COUNCIL, OWED)
    on = date(2019, 11, 4)
    life.through(on, day(when.rsplit(" ", 1)[0]))
    assert life.look_at == (at(look_at) if look_at else None)


def look_after(
    when: str, timeline: CouncilTimeline = COUNCIL, of: Milestone = OWED, responses: tuple[Response, ...] = ()
) -> object:
    entries = tuple(sent(prompt) for prompt in on_the_day("Thu 14 Nov 2019 07:30", of, timeline).prompts)
    return next_check_at(
        task_context(timeline, of, entries, responses, at=at(when)), until=at(f"{when.rsplit(' ', 1)[0]} 23:59")
    )


def test_the_next_look_is_earlier_when_something_else_changes_before() -> None:
    short = milestone(replace(USUAL, acknowledged_for=1))
    acknowledged = answer(Answer.ACKNOWLEDGED, "Fri 15 Nov 2019 09:00")
    assert look_after("Fri 15 Nov 2019 10:00", of=short, responses=(acknowledged,)) == at("Mon 18 Nov 2019 00:00")
    comes = Holder(post="director", person="ben", from_on=day("Sun 17 Nov 2019"))
    changing = council(directory=directory(holders=[comes]))
    assert look_after("Fri 15 Nov 2019 07:30", changing) == at("Sun 17 Nov 2019 00:00")
    embargo = Embargo(circulation=frozenset({"officer"}), until=at("Mon 18 Nov 2019 12:00"))
    assert look_after("Fri 15 Nov 2019 07:30", of=milestone(embargoes=[embargo])) == at("Mon 18 Nov 2019 12:00")
    assert look_after("Fri 15 Nov 2019 07:30", council(shadow_until="Sat 16 Nov 2019")) == at("Sun 17 Nov 2019 00:00")


# When the owner is asked again, as the receipt of an answer says it


@pytest.mark.parametrize(
    ("answered", "again"),
    [
        # It runs out on the day of the reminder.
        ("Thu 14 Nov 2019 10:05", "Thu 21 Nov 2019 08:30"),
        # It holds the reminder of Thu 21 Nov back until it has run out.
        ("Fri 15 Nov 2019 10:05", "Fri 22 Nov 2019 00:00"),
        # By then the next rung presses.
        ("Fri 22 Nov 2019 10:05", "Tue 26 Nov 2019 08:30"),
    ],
)
def test_after_an_acknowledgement_it_is_known_when_the_owner_is_asked_again(answered: str, again: str) -> None:
    acknowledged = answer(Answer.ACKNOWLEDGED, answered)
    life = lived(last=answered.rsplit(" ", 1)[0])
    task = task_context(COUNCIL, OWED, life.said, [acknowledged], at=acknowledged.at)
    assert next_reminder_at(task) == at(again)


def test_after_the_last_rung_the_owner_is_not_asked_again() -> None:
    life = lived()
    assert next_reminder_at(task_context(COUNCIL, OWED, life.said, at=at("Fri 20 Dec 2019 09:00"))) is None


def test_a_rung_unless_acknowledged_that_would_fall_after_the_due_date_is_not_promised() -> None:
    asking = milestone(
        ladder(rung("first", "2 before", OWNER, unless=Unless.ACKNOWLEDGED), rung("over", "5 after", OWNER))
    )
    acknowledged = answer(Answer.ACKNOWLEDGED, "Mon 25 Nov 2019 09:00")
    task = task_context(COUNCIL, asking, (), [acknowledged], at=acknowledged.at)
    assert next_reminder_at(task) == at("Thu 5 Dec 2019 08:30")


RENAMED = ladder(*(replace(rung, key=f"{rung.key}-anew") for rung in USUAL.rungs))


@pytest.mark.parametrize("changed_on", ["Thu 14 Nov 2019", "Wed 27 Nov 2019", "Thu 28 Nov 2019", "Wed 4 Dec 2019"])
def test_a_ladder_changed_under_way_says_nothing_again_under_the_new_names_of_its_rungs(changed_on: str) -> None:
    usual, changed = lived(), lived(last=changed_on)
    changed.milestone = replace(changed.milestone, ladder=RENAMED)
    changed.through(day(changed_on) + timedelta(days=1), day("Tue 31 Dec 2019"))
    assert [line.replace("-anew", "") for line in told(changed)] == told(usual)


def test_of_new_rungs_whose_time_has_passed_each_person_hears_the_latest_only() -> None:
    life = lived(last="Thu 21 Nov 2019")
    early = [rung(f"early-{n}", f"{n} before", OWNER, LINE_MANAGER, "director") for n in (9, 8, 7, 4)]
    life.milestone = replace(life.milestone, ladder=ladder(*early, *USUAL.rungs))
    life.through(day("Fri 22 Nov 2019"), day("Mon 25 Nov 2019"))
    assert told(life)[3:] == [
        "Fri 22 Nov early-4 0 > director",
        "Fri 22 Nov early-4 0 > officer",
        "Fri 22 Nov early-4 0 > team-manager",
    ]
    assert {prompt.superseded_by for prompt in life.superseded} == {"early-4"}
