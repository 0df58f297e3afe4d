"""Test what a mail calls law, what its subject says, and how it tells of several tasks."""

from dataclasses import replace
from typing import Any

import pytest

from tests.timeline.letters.written import OFFICER, Told, mail, told
from tests.timeline.literals import REPORTED_LAW, day
from timeline.definitions.standing import Certainty, RuleKind, Standing
from timeline.letters.asking.subject import LONGEST
from timeline.letters.reminder import mail_kind, mail_view, subject

STATUTE = {"basis": "SI 2007/462 reg 3", "standing": REPORTED_LAW}


def statutory(told_task: Told, **changes: Any) -> Told:
    """Give the same with a task that the law requires."""
    prompt, task = told_task
    return prompt, replace(task, milestone=replace(task.milestone, **{**STATUTE, "act": "submit the plan", **changes}))


def test_the_law_is_named_as_law_in_the_subject_the_preheader_and_the_mail() -> None:
    given = statutory(
        told("Thu 14 Nov 2019"), because="Because the law gives the council until Thursday 28 November 2019."
    )
    view = mail(given)
    (task,) = view.tasks
    assert subject([given]) == "To do by law by Thu 28 Nov: submit the plan"
    assert (task.title, task.law) == ("Submit the plan", "Required by law.")
    assert task.why == "Because the law gives the council until Thursday 28 November."
    assert view.preheader == (
        "Required by law. Due in 10 working days (14 calendar days), Thursday 28 November. "
        "Because the law gives the council until Thursday 28 November."
    )
    assert task.basis == (
        "On the timeline: “First draft of the action plan”. Basis: SI 2007/462 reg 3 (as others report it)."
    )


@pytest.mark.parametrize(
    ("kind", "certainty", "required"),
    [
        (RuleKind.LAW, Certainty.VERIFIED, "Required by law."),
        (RuleKind.LAW, Certainty.SECONDARY, "Required by law."),
        (RuleKind.DIRECTION, Certainty.VERIFIED, "Required by the statutory direction."),
        # The law asks for it as soon as reasonably practicable; the day is our own reading.
        (RuleKind.LAW, Certainty.INFERRED, ""),
        # Well sourced, and still no law.
        (RuleKind.NOTICE, Certainty.VERIFIED, ""),
        (RuleKind.FRAMEWORK, Certainty.VERIFIED, ""),
        (RuleKind.PROMISE, Certainty.VERIFIED, ""),
        (RuleKind.PRACTICE, Certainty.VERIFIED, ""),
    ],
)
def test_only_what_the_law_asks_is_called_law(kind: RuleKind, certainty: Certainty, required: str) -> None:
    given = statutory(told("Thu 14 Nov 2019"), standing=Standing(kind, certainty))
    (task,) = mail(given).tasks
    assert task.law == required
    assert ("by law" in subject([given])) is (required == "Required by law.")
    assert ("not law" in task.basis) is (kind in (RuleKind.NOTICE, RuleKind.FRAMEWORK, RuleKind.PROMISE))


def test_among_several_tasks_the_law_is_named_and_the_first_day_stands_in_the_subject() -> None:
    early, late = told("Thu 14 Nov 2019"), statutory(told("Thu 14 Nov 2019"))
    moved = (replace(late[0], key=late[0].key._replace(due_on=day("Mon 2 Dec 2019"))), late[1])
    view = mail(moved, early)
    assert view.intro == "These 2 tasks are with you. Number 1 is required by law."
    assert [task.law for task in view.tasks] == ["Required by law.", ""]
    assert subject([moved, early]) == "To do by Thu 28 Nov: First draft of the action plan (+1)"
    assert view.preheader == "1. submit the plan; 2. First draft of the action plan. Number 1 is required by law."


def test_a_reason_that_lies_behind_is_not_given_as_if_it_were_to_come() -> None:
    passed = {"because": "Because the forum meets on Monday 11 November 2019.", "because_until": day("Mon 11 Nov 2019")}
    (task,) = mail(statutory(told("Thu 14 Nov 2019"), **passed)).tasks
    assert task.why == ""


@pytest.mark.parametrize("act", ["submit it", "x" * 40, "prepare " + "very " * 20 + "long lists"])
@pytest.mark.parametrize("others", [0, 1, 12])
def test_no_subject_is_longer_than_seventy_characters(act: str, others: int) -> None:
    for when in ("Thu 14 Nov 2019", "Thu 28 Nov 2019", "Thu 5 Dec 2019"):
        for person in ("officer", "director") if when != "Thu 14 Nov 2019" else ("officer",):
            task = statutory(told(when, person=person), act=act)
            assert len(subject([task, *[task] * others])) <= LONGEST


@pytest.mark.parametrize(
    ("told_task", "expected"),
    [
        (
            told("Thu 14 Nov 2019"),
            "To do by Thu 28 Nov: First draft of the action plan",
        ),
        (
            told("Tue 19 Nov 2019", person="team-manager"),
            "This needs help, due Thu 28 Nov: First draft of the action plan",
        ),
        (told("Thu 28 Nov 2019"), "To do today: First draft of the action plan"),
        (told("Thu 5 Dec 2019"), "Was due Thu 28 Nov: First draft of the action plan"),
        (told("Thu 28 Nov 2019", person="director"), "This needs help, due today: First draft of the action plan"),
    ],
)
def test_the_subject_says_what_is_to_be_done_and_by_when(told_task: Told, expected: str) -> None:
    assert subject([told_task]) == expected


def test_several_tasks_are_numbered_each_with_its_link() -> None:
    two = [told("Thu 14 Nov 2019"), told("Thu 21 Nov 2019")]
    view = mail(*two)
    assert [(task.number, task.url) for task in view.tasks] == [
        (1, "https://daymark.example/r/1"),
        (2, "https://daymark.example/r/2"),
    ]
    assert view.intro == "These 2 tasks are with you."
    assert subject(two) == "To do by Thu 28 Nov: First draft of the action plan (+1)"


def test_every_mail_says_with_which_words_to_answer_where_answers_are_read() -> None:
    task, manager = told("Thu 14 Nov 2019"), told("Tue 19 Nov 2019", person="team-manager")
    assert mail(task).reply == ""
    assert mail(task, replies=True).reply == (
        "Reply “yes” if you have this, “done” with a link when it is done, “help”, or “not mine”"
    )
    assert mail(manager, replies=True).reply.startswith("Reply “yes” if you take it on, “done” with a link")
    assert mail(task, task, replies=True).reply == (
        "Reply “all yes” if you have both, “2 done” with a link when number 2 is done, “2 help”, or “2 not mine”"
    )
    assert "if you have them all" in mail(task, task, task, replies=True).reply


def test_reminders_and_escalations_in_one_mail_are_a_reminder() -> None:
    mine, other = told("Thu 14 Nov 2019"), told("Tue 19 Nov 2019", person="team-manager")
    assert mail_kind([mine[0], other[0]]) == "reminder"
    assert mail_kind([other[0], other[0]]) == "escalation"


def test_every_prompt_has_its_link() -> None:
    with pytest.raises(ValueError, match="shorter"):
        mail_view([told("Thu 14 Nov 2019")], OFFICER, [], ref="a2b3")
