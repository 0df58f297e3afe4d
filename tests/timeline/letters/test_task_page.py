"""Test what a person reads on the page of a task, before and after an answer."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.timeline.builders import COUNCIL, answer, council, ladder, milestone, person_of, rung
from tests.timeline.letters.written import OFFICER, mail, told
from tests.timeline.literals import at, day
from tests.timeline.lives import sent
from timeline.answers.responses import Answer, Response, State
from timeline.definitions.duties import OWNER, DutyClass
from timeline.escalation.ladder import decide
from timeline.escalation.task_context import TaskContext, task_context
from timeline.letters.asking.recorded import recorded
from timeline.letters.task_page import state_phrase, task_view

# The page


def page(when: str, *responses: Response) -> TaskContext:
    return task_context(COUNCIL, milestone(), (), responses, at=at(when))


def test_the_page_shows_the_task_the_date_and_the_reasons() -> None:
    view = task_view(page("Thu 14 Nov 2019 10:00"), OFFICER, post_title="Officer")
    assert (view.title, view.asks, view.person_name, view.post_title) == (
        "First draft of the action plan",
        "Have a first draft.",
        "Officer",
        "Officer",
    )
    assert (view.due_on, view.legal_on, view.state, view.state_phrase) == (
        day("Thu 28 Nov 2019"),
        day("Thu 28 Nov 2019"),
        State.OPEN,
        "",
    )
    arithmetic = ("Counted from Wednesday 21 August 2019 (paragraph 6.1).", "40 working days before it.")
    assert view.brief == arithmetic
    assert view.why == (
        *arithmetic,
        "Basis: Council practice (inferred: the council's own practice, not law).",
    )
    assert view.standing == "Inferred: the council's own practice, not law."


def test_the_page_shows_the_whole_checklist_and_a_mail_one_of_at_most_twelve_lines() -> None:
    prompt, task = told("Thu 14 Nov 2019")
    for length, in_the_mail in ((1, 1), (12, 12), (13, 0)):
        listed = replace(task.milestone, checklist=tuple(f"part {n}" for n in range(length)))
        with_list = replace(task, milestone=listed)
        assert len(mail((prompt, with_list)).tasks[0].checklist) == in_the_mail
        assert task_view(with_list, OFFICER, post_title="Officer").checklist == listed.checklist


def test_what_has_no_date_has_no_page() -> None:
    waiting = task_context(COUNCIL, milestone(waits_for=("report_received",)), at=at("Thu 14 Nov 2019 10:00"))
    with pytest.raises(ValueError, match="action-plan/1/draft has no date"):
        task_view(waiting, OFFICER, post_title="Officer")


@pytest.mark.parametrize(
    ("what", "phrase"),
    [
        (Answer.ACKNOWLEDGED, "On Thursday 14 November 2019 at 10:05 we were told: Officer has this."),
        (Answer.DONE, "On Thursday 14 November 2019 at 10:05 we were told: Officer recorded it as done."),
        (Answer.HELP, "On Thursday 14 November 2019 at 10:05 we were told: Officer needs help."),
        (Answer.DECLINED, "On Thursday 14 November 2019 at 10:05 we were told: Officer says this is not theirs."),
    ],
)
def test_the_page_says_where_it_stands(what: Answer, phrase: str) -> None:
    assert state_phrase(page("Fri 15 Nov 2019 10:00", answer(what, "Thu 14 Nov 2019 10:05"))) == phrase


@pytest.mark.parametrize(
    ("reader", "who"),
    [
        ("officer", "Jo Moss"),
        ("team_manager", "Jo Moss"),
        ("programme_lead", "Jo Moss"),
        ("head_of_service", "the Officer"),
        ("director", "the Officer"),
        ("chief_executive", "the Officer"),
    ],
)
def test_names_are_for_the_line_manager_and_the_programme_lead(reader: str, who: str) -> None:
    directory = COUNCIL.directory
    people = {**directory.people, "officer": replace(directory.people["officer"], name="Jo Moss")}
    named = replace(COUNCIL, directory=replace(directory, people=people))
    heard = answer(Answer.ACKNOWLEDGED, "Thu 14 Nov 2019 10:05")
    task = task_context(named, milestone(), (), [heard], at=at("Fri 15 Nov 2019 10:00"))
    view = task_view(task, named.directory.people[person_of(reader)], post_title="")
    assert view.state_phrase.endswith(f"we were told: {who} has this.")
    assert state_phrase(task).endswith("we were told: Jo Moss has this.")  # an administrator, at the command line


def test_who_answered_for_somebody_is_named_beside_them() -> None:
    by_assistant = answer(Answer.ACKNOWLEDGED, "Thu 14 Nov 2019 10:05", answered_by="Executive assistant")
    assert "Executive assistant for Officer has this" in state_phrase(page("Fri 15 Nov 2019 10:00", by_assistant))


def test_instants_are_said_by_the_clock_in_london() -> None:
    in_summer = replace(
        answer(Answer.ACKNOWLEDGED, "Thu 14 Nov 2019 10:05"), at=datetime(2019, 8, 21, 9, 5, tzinfo=UTC)
    )
    task = task_context(COUNCIL, milestone(), (), [in_summer], at=at("Wed 21 Aug 2019 12:00"))
    assert state_phrase(task).startswith("On Wednesday 21 August 2019 at 10:05")


@pytest.mark.parametrize(
    ("what", "heading", "follows"),
    [
        (
            Answer.ACKNOWLEDGED,
            "You have this",
            "It is not done yet: we are quiet until Thursday 21 November, and ask again then.",
        ),
        (Answer.DONE, "Recorded as done", "Nobody will be asked about this again."),
        (Answer.HELP, "You asked for help", "We tell the Team manager at the next mail, in working hours."),
        (
            Answer.DECLINED,
            "Recorded as not yours",
            "We tell the Team manager at the next mail, in working hours.",
        ),
    ],
)
def test_after_an_answer_the_page_says_what_follows(what: Answer, heading: str, follows: str) -> None:
    said = answer(what, "Thu 14 Nov 2019 10:05")
    task = page("Thu 14 Nov 2019 10:05", said)
    told_ = recorded(task, said, next_at=at("Thu 21 Nov 2019 08:30"), already=False)
    assert (told_.heading, told_.already) == (heading, False)
    assert told_.sentences == ("Recorded on Thursday 14 November 2019 at 10:05.", follows)


@pytest.mark.parametrize(
    ("response", "said"),
    [
        (answer(Answer.DONE, "Thu 14 Nov 2019 10:05"), "Evidence: minute 4.2"),
        (answer(Answer.HELP, "Thu 14 Nov 2019 10:05", text="two people\nshort"), "Your words: “two people short”"),
        (answer(Answer.DECLINED, "Thu 14 Nov 2019 10:05"), ""),
        # Its text is our own: "Says it is done; evidence is asked for."
        (answer(Answer.ACKNOWLEDGED, "Thu 14 Nov 2019 10:05", text="Says it is done."), ""),
    ],
)
def test_after_an_answer_its_evidence_or_its_words_are_repeated(response: Response, said: str) -> None:
    assert recorded(page("Thu 14 Nov 2019 10:05", response), response, next_at=None, already=False).said == said


def test_what_needs_no_confirmation_is_over_when_it_is_done() -> None:
    said = answer(Answer.DONE, "Thu 14 Nov 2019 10:05")
    task = task_context(COUNCIL, milestone(duty_class=DutyClass.C), (), [said], at=said.at)
    assert recorded(task, said, next_at=None, already=True).sentences[1] == ("Nobody will be asked about this again.")


def test_the_ladder_of_these_mails_is_the_one_described() -> None:
    steps = ladder(rung("first", "10 before", OWNER))
    (prompt,) = decide(
        task_context(COUNCIL, milestone(steps), at=at("Thu 14 Nov 2019 07:30")), until=at("Thu 14 Nov 2019 23:59")
    ).prompts
    later = task_context(COUNCIL, milestone(steps), [sent(prompt)], at=at("Fri 15 Nov 2019 08:30"))
    (task,) = mail((prompt, later)).tasks
    assert task.ask_sentence == "Please tell us you have this by Tuesday 19 November."


def test_the_programme_leads_own_tasks_are_marked_as_a_trial_too() -> None:
    shadowed = council(shadow_until="Thu 28 Nov 2019")
    task = told("Thu 14 Nov 2019", timeline=shadowed, person="programme-lead", of=milestone(owner="programme_lead"))
    assert mail(task).shadow_for.endswith(": this would have gone to Programme lead.")
    after = told("Thu 14 Nov 2019", person="programme-lead", of=milestone(owner="programme_lead"))
    assert mail(after).shadow_for == ""
