"""Test the ladder: which rungs are due for one milestone on a day, and what they supersede.

The milestone is due on Thu 28 Nov 2019; `USUAL` in builders.py is its ladder.
"""

from tests.timeline.builders import COUNCIL, answer, council, directory, ladder, milestone, rung
from tests.timeline.escalation.ladder.asked import OWED, lines, lived, on_the_day, told
from tests.timeline.literals import at, day
from tests.timeline.lives import Life
from timeline.answers.responses import Answer
from timeline.definitions.duties import LINE_MANAGER, OWNER
from timeline.definitions.people import Holder
from timeline.escalation.prompts import Prompt, PromptKey, PromptKind

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
    task = told(lived(acknowledged, last="Thu 28 Nov 2019"))
    assert task[-4:] == lines("""
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
