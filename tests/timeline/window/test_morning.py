"""Ask for a morning's table: said, held back and unreached, each by its post and with its reason."""

from dataclasses import replace

from tests.timeline.builders import COUNCIL, POSTS, answer, council, directory, duty, fact, ladder, rung, task
from tests.timeline.literals import at, day
from timeline.answers.responses import Answer
from timeline.definitions.council import Pause
from timeline.definitions.duties import LINE_MANAGER, OWNER, Unless
from timeline.definitions.facts import Embargo
from timeline.escalation.day import DayDecision, Situation, decide_day
from timeline.window.morning import DutyNumbers, Morning, morning, said

KNOWN = fact("due_on", "Thu 28 Nov 2019", known="Mon 2 Sep 2019 09:00")
LADDER = ladder(rung("first", "10 before", OWNER, unless=Unless.ACKNOWLEDGED), rung("late", "1 after", LINE_MANAGER))
PLAN = duty("by due_on", task("draft", "by due", of=LADDER))
BOARD = duty("by due_on", task("papers", "by due", of=LADDER), key="board")
TIMELINE = council(obligations=[PLAN, BOARD], facts=[KNOWN])
FIRST = "Thu 14 Nov 2019 07:30"
BOTH = frozenset({"action-plan", "board"})


def decided(situation: Situation, when: str = FIRST) -> DayDecision:
    return decide_day(situation, obligations=BOTH, at=at(when))


def table(situation: Situation, when: str = FIRST) -> Morning:
    return morning(situation.timeline, decided(situation, when))


def test_what_was_said_names_the_post_and_the_reason_and_each_duty_has_its_own_numbers() -> None:
    shown = table(Situation(timeline=TIMELINE))
    assert [(row.outcome, row.step, row.to, row.ref) for row in shown.rows] == [
        ("said", "first", "Officer", "action-plan/1/draft"),
        ("said", "first", "Officer", "board/1/papers"),
    ]
    assert shown.rows[0].why.startswith("The rung first: ")
    assert (shown.rows[0].due, shown.rows[0].duty) == ("Thu 28 Nov 2019", "Action plan")
    assert shown.numbers == (DutyNumbers("Action plan", 1, 0, 1, 0), DutyNumbers("Board", 1, 0, 1, 0))


def test_what_an_answer_holds_back_stands_there_with_its_reason_and_counts_for_its_duty_alone() -> None:
    had_it = replace(answer(Answer.ACKNOWLEDGED, "Thu 14 Nov 2019 07:00"), milestone="board/1/papers")
    shown = table(Situation(timeline=TIMELINE, responses={"board/1/papers": [had_it]}))
    (held,) = [row for row in shown.rows if row.outcome == "held back"]
    assert (held.ref, held.step, held.to) == ("board/1/papers", "first", "owner")
    assert held.why.startswith("It is acknowledged until ")
    assert [(each.duty, each.said, each.held) for each in shown.numbers] == [("Action plan", 1, 0), ("Board", 0, 1)]


def test_a_pause_is_one_line_for_each_task_and_not_one_for_each_step() -> None:
    pause = Pause(obligation="board", person="", from_on=day("Mon 11 Nov 2019"), until_on=day("Fri 29 Nov 2019"))
    shown = table(Situation(timeline=replace(TIMELINE, pauses=(pause,))))
    assert [(row.outcome, row.ref, row.why) for row in shown.rows if row.outcome != "said"] == [
        ("held back", "board/1/papers", "It is paused until Friday 29 November 2019.")
    ]


def test_a_step_that_reaches_nobody_says_so() -> None:
    shown = table(Situation(timeline=replace(TIMELINE, directory=directory(vacant=POSTS))))
    assert [(row.outcome, row.to) for row in shown.rows if row.outcome == "reaches nobody"] == [
        ("reaches nobody", "owner")
    ] * 2


def test_a_task_under_embargo_is_counted_and_not_shown() -> None:
    secret = Embargo(circulation=frozenset({"officer"}), until=at("Fri 29 Nov 2019 09:00"))
    facts = (replace(KNOWN, embargo=secret),)
    shown = table(Situation(timeline=replace(TIMELINE, facts=facts)))
    assert (shown.rows, shown.numbers, shown.hidden) == ((), (), 2)


def test_a_second_run_says_nothing_and_its_sentence_tells_it() -> None:
    quiet = decided(Situation(timeline=COUNCIL))
    assert morning(COUNCIL, quiet) == Morning(rows=(), numbers=(), hidden=0)
    assert said(quiet, 0) == "0 new prompts; 0 tasks looked at."
