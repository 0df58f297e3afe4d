"""Test what a person reads in a mail: plain English, no threats, nobody named who has not answered."""

from dataclasses import replace

import pytest

from tests.timeline.builders import COUNCIL, answer, council, milestone
from tests.timeline.letters.written import OFFICER, Told, mail, told
from tests.timeline.literals import at
from timeline.answers.responses import Answer, Response
from timeline.escalation.answer_prompts import help_prompt
from timeline.escalation.task_context import task_context
from timeline.letters.reminder import subject
from timeline.letters.task_page import task_view

# The ask of each mail


@pytest.mark.parametrize(
    ("when", "ask"),
    [
        (
            "Thu 14 Nov 2019",
            "Please tell us you have this by Monday 18 November.",
        ),
        (
            "Thu 21 Nov 2019",
            "Please tell us you have this by Monday 25 November. "
            "If it is still open on Tuesday 26 November we will ask the Team manager how to help.",
        ),
        # Never by a day after the due date.
        (
            "Tue 26 Nov 2019",
            "Please tell us you have this by Thursday 28 November. "
            "If it is still open on Thursday 28 November we will ask the Director how to help.",
        ),
        (
            "Thu 28 Nov 2019",
            "Please tell us that it is done, or what would help. "
            "If it is still open on Friday 29 November we will ask the Team manager how to help.",
        ),
        ("Thu 5 Dec 2019", "Please tell us that it is done, or what would help."),
    ],
)
def test_the_first_mail_asks_for_a_word_and_later_ones_say_who_is_asked_next(when: str, ask: str) -> None:
    (task,) = mail(told(when)).tasks
    assert task.ask_sentence == ask


def test_who_told_us_they_have_it_is_asked_where_it_stands() -> None:
    acknowledged = answer(Answer.ACKNOWLEDGED, "Mon 25 Nov 2019 23:30")
    (task,) = mail(told("Tue 26 Nov 2019", acknowledged)).tasks
    assert task.ask_sentence == (
        "You told us on Monday 25 November that you have this. Please tell us by Thursday 28 November where it "
        "stands. If it is still open on Thursday 28 November we will ask the Director how to help."
    )


def test_nobody_is_told_that_they_themselves_will_be_asked() -> None:
    """Test that a delegate may hold the very post that the next step asks."""
    prompt, given = told("Thu 21 Nov 2019")
    (task,) = mail((replace(prompt, meant_for="team-manager", deliver_to="team-manager"), given)).tasks
    assert task.ask_sentence == (
        "Please tell us you have this by Monday 25 November. "
        "If it is still open on Thursday 28 November we will ask the Director how to help."
    )


@pytest.mark.parametrize(
    ("when", "person"),
    [
        ("Tue 19 Nov 2019", "team-manager"),
        ("Thu 28 Nov 2019", "director"),
        ("Fri 29 Nov 2019", "chief-executive"),
    ],
)
def test_managers_read_that_it_needs_help_and_never_who_has_not_answered(when: str, person: str) -> None:
    view = mail(told(when, person=person))
    (task,) = view.tasks
    assert (view.kind, view.intro) == ("escalation", "This needs help, and you can decide how.")
    assert (task.told, task.asks) == ("This task of the Officer needs help: it is not done yet.", "Have a first draft.")
    assert task.ask_sentence == "Please talk with the post holder, or take it on yourself."


NEVER_SAID = ("has not", "hasn't", "fail", "late", "warning", "must", "ignored", "reminded")


@pytest.mark.parametrize(
    "told_task",
    [
        told("Thu 14 Nov 2019"),
        told("Thu 21 Nov 2019"),
        told("Thu 5 Dec 2019"),
        told("Tue 19 Nov 2019", person="team-manager"),
        told("Thu 5 Dec 2019", person="chief-executive"),
    ],
)
def test_no_mail_threatens_or_blames(told_task: Told) -> None:
    view = mail(told_task)
    words = " ".join(
        [view.intro, *view.closing, subject([told_task]), *(f"{t.told} {t.asks} {t.ask_sentence}" for t in view.tasks)]
    )
    assert [word for word in NEVER_SAID if f" {word}" in f" {words.lower()}"] == []


# What every mail says


def test_a_mail_says_what_by_when_and_why() -> None:
    given = told("Thu 14 Nov 2019")
    view = mail(given)
    (task,) = view.tasks
    assert (view.programme_name, view.council_name, view.greeting_name) == (
        "Improvement programme",
        "The Council",
        "Officer",
    )
    assert (view.kind, view.intro) == ("reminder", "This task is with you.")
    assert (task.number, task.title, task.obligation_title, task.asks) == (
        1,
        "First draft of the action plan",
        "Action plan to Ofsted",
        "Have a first draft.",
    )
    assert task.due_phrase == "due in 10 working days (14 calendar days), Thursday 28 November"
    assert (task.why, task.law) == ("", "")
    assert task.basis == "Basis: the council's own practice."
    assert task.url == "https://daymark.example/r/1"
    assert view.closing == ("Please do not name a child, a family or a case number in an answer.",)
    assert view.shadow_for == ""


@pytest.mark.parametrize(
    ("when", "phrase"),
    [
        ("Tue 26 Nov 2019", "due in 2 working days (2 calendar days), Thursday 28 November"),
        ("Thu 28 Nov 2019", "due today, Thursday 28 November"),
        ("Fri 29 Nov 2019", "overdue by 1 working day (1 calendar day), since Thursday 28 November"),
        ("Tue 3 Dec 2019", "overdue by 3 working days (5 calendar days), since Thursday 28 November"),
    ],
)
def test_days_left_are_counted_from_the_day_the_mail_leaves(when: str, phrase: str) -> None:
    (task,) = mail(told(when)).tasks
    assert task.due_phrase == phrase


def test_when_the_law_allows_longer_than_the_working_date_both_are_said() -> None:
    owed = milestone(due="Fri 29 Nov 2019", legal="Sun 1 Dec 2019")
    view = task_view(task_context(COUNCIL, owed, at=at("Sat 30 Nov 2019 10:00")), OFFICER, post_title="Officer")
    assert view.due_phrase == (
        "the last working day before it, Friday 29 November, has passed; it is due on Sunday 1 December"
    )


# A call for help

HELP = answer(Answer.HELP, "Thu 14 Nov 2019 10:05", text="We are two people short.")


def climbed(response: Response) -> Told:
    task = task_context(COUNCIL, milestone(), (), [response], at=response.at)
    (prompt,) = help_prompt(task, response, repeat=0)
    return prompt, task


@pytest.mark.parametrize(
    ("response", "situation", "words"),
    [
        (HELP, "The Officer needs help.", "Their words: “We are two people short.”"),
        (replace(HELP, text=" as\nagreed "), "The Officer needs help.", "Their words: “as agreed”"),
        (replace(HELP, text=""), "The Officer needs help.", ""),
        (answer(Answer.DECLINED, "Thu 14 Nov 2019 10:05"), "The Officer says this is not theirs.", ""),
    ],
)
def test_a_manager_reads_what_was_asked_for_apart_from_our_words(
    response: Response, situation: str, words: str
) -> None:
    view = mail(climbed(response))
    assert view.kind == "help"
    (task,) = view.tasks
    assert (task.told, task.words, task.asks) == (situation, words, "Have a first draft.")


def test_a_managers_own_call_for_help_is_told_in_the_managers_name() -> None:
    view = mail(climbed(replace(HELP, person="team-manager")))
    assert view.tasks[0].told == "The Team manager needs help."


# Shadow


def test_a_shadow_copy_says_for_whom_it_was() -> None:
    shadowed = council(shadow_until="Thu 28 Nov 2019")
    task = told("Thu 14 Nov 2019", timeline=shadowed)
    assert mail(task).shadow_for == "Trial run until Thursday 28 November 2019: this would have gone to Officer."


def test_a_shadow_copy_to_several_names_each_once() -> None:
    shadowed = council(shadow_until="Thu 28 Nov 2019")
    tolds = [
        told("Tue 26 Nov 2019", timeline=shadowed),
        told("Tue 26 Nov 2019", timeline=shadowed, person="team-manager"),
        told("Thu 28 Nov 2019", timeline=shadowed),
    ]
    assert mail(*tolds).shadow_for.endswith(": this would have gone to Officer and Team manager.")
