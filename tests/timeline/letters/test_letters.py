"""Test what a person reads in a mail and on a page: plain English, no threats, nobody named as late.

The milestone is due on Thu 28 Nov 2019; `USUAL` in builders.py is its ladder.
"""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.timeline.builders import COUNCIL, Life, answer, council, ladder, milestone, person_of, rung, sent
from tests.timeline.literals import at, day
from timeline.answers.responses import Answer, Response, State
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.duties import OWNER, DutyClass, Status
from timeline.definitions.people import Person
from timeline.escalation.answer_prompts import help_prompt
from timeline.escalation.ladder import decide
from timeline.escalation.prompts import Prompt
from timeline.escalation.task_context import TaskContext, task_context
from timeline.letters.asking.recorded import recorded
from timeline.letters.asking.subject import LONGEST
from timeline.letters.mail_views import MailView
from timeline.letters.reminder import mail_kind, mail_view, subject
from timeline.letters.task_page import state_phrase, task_view
from timeline.planning.occurrences import Milestone

Told = tuple[Prompt, TaskContext]
OFFICER = Person(key="officer", name="Officer", address="officer@council.example")


def told(
    when: str,
    *responses: Response,
    person: str = "officer",
    timeline: CouncilTimeline = COUNCIL,
    of: Milestone | None = None,
) -> Told:
    """Tell what a person is told on a day, with the ground on which the mail is written at 08:30."""
    life = Life(timeline, of or milestone(), responses)
    life.through(day("Mon 4 Nov 2019"), day(when))
    (prompt,) = (one for at_, one in life.told if one.key.person.endswith(person) and at_.date() == day(when))
    entries = [entry for entry in life.said if entry.key != prompt.key]
    return prompt, task_context(timeline, life.milestone, entries, responses, at=at(f"{when} 08:30"))


def mail(*one_or_more: Told, replies: bool = False) -> MailView:
    urls = [f"https://daymark.example/r/{n}" for n, _ in enumerate(one_or_more, start=1)]
    return mail_view(one_or_more, OFFICER, urls, ref="a2b3", replies=replies)


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
    prompt, found = told("Thu 21 Nov 2019")
    (task,) = mail((replace(prompt, meant_for="team-manager", deliver_to="team-manager"), found)).tasks
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
    "one",
    [
        told("Thu 14 Nov 2019"),
        told("Thu 21 Nov 2019"),
        told("Thu 5 Dec 2019"),
        told("Tue 19 Nov 2019", person="team-manager"),
        told("Thu 5 Dec 2019", person="chief-executive"),
    ],
)
def test_no_mail_threatens_or_blames(one: Told) -> None:
    view = mail(one)
    words = " ".join(
        [view.intro, *view.closing, subject([one]), *(f"{t.told} {t.asks} {t.ask_sentence}" for t in view.tasks)]
    )
    assert [word for word in NEVER_SAID if f" {word}" in f" {words.lower()}"] == []


# What every mail says


def test_a_mail_says_what_by_when_and_why() -> None:
    one = told("Thu 14 Nov 2019")
    view = mail(one)
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


STATUTE = {"basis": "SI 2007/462 reg 3", "status": Status.SECONDARY}


def statutory(one: Told, **changes: Any) -> Told:
    """Give the same with a task that the law requires."""
    prompt, found = one
    return prompt, replace(
        found, milestone=replace(found.milestone, **{**STATUTE, "act": "submit the plan", **changes})
    )


def test_the_law_is_named_as_law_in_the_subject_the_preheader_and_the_mail() -> None:
    one = statutory(
        told("Thu 14 Nov 2019"), because="Because the law gives the council until Thursday 28 November 2019."
    )
    view = mail(one)
    (task,) = view.tasks
    assert subject([one]) == "To do by law by Thu 28 Nov: submit the plan"
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
    ("basis", "status", "law"),
    [
        ("Education and Inspections Act 2006 s.137(3)", Status.SECONDARY, True),
        ("SI 2012/2089 reg 11", Status.VERIFIED, True),
        ("The statutory direction (report to Cabinet 4.3)", Status.VERIFIED, True),
        # Well sourced, and still no law.
        ("Ofsted's handbooks of 2016 and 2017", Status.VERIFIED, False),
        ("SI 2012/2089 reg 11", Status.LOCAL, False),
        ("Dated cases: the letter is issued 16 working days after the visit", Status.OBSERVED, False),
    ],
)
def test_only_what_the_law_asks_is_called_law(basis: str, status: Status, law: bool) -> None:
    (task,) = mail(statutory(told("Thu 14 Nov 2019"), basis=basis, status=status)).tasks
    assert bool(task.law) is law


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
            one = statutory(told(when, person=person), act=act)
            assert len(subject([one, *[one] * others])) <= LONGEST


@pytest.mark.parametrize(
    ("one", "expected"),
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
def test_the_subject_says_what_is_to_be_done_and_by_when(one: Told, expected: str) -> None:
    assert subject([one]) == expected


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
    one, manager = told("Thu 14 Nov 2019"), told("Tue 19 Nov 2019", person="team-manager")
    assert mail(one).reply == ""
    assert mail(one, replies=True).reply == (
        "Reply “yes” if you have this, “done” with a link when it is done, “help”, or “not mine”"
    )
    assert mail(manager, replies=True).reply.startswith("Reply “yes” if you take it on, “done” with a link")
    assert mail(one, one, replies=True).reply == (
        "Reply “all yes” if you have both, “2 done” with a link when number 2 is done, “2 help”, or “2 not mine”"
    )
    assert "if you have them all" in mail(one, one, one, replies=True).reply


def test_reminders_and_escalations_in_one_mail_are_a_reminder() -> None:
    mine, other = told("Thu 14 Nov 2019"), told("Tue 19 Nov 2019", person="team-manager")
    assert mail_kind([mine[0], other[0]]) == "reminder"
    assert mail_kind([other[0], other[0]]) == "escalation"


def test_every_prompt_has_its_link() -> None:
    with pytest.raises(ValueError, match="shorter"):
        mail_view([told("Thu 14 Nov 2019")], OFFICER, [], ref="a2b3")


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
    one = told("Thu 14 Nov 2019", timeline=shadowed)
    assert mail(one).shadow_for == "Trial run until Thursday 28 November 2019: this would have gone to Officer."


def test_a_shadow_copy_to_several_names_each_once() -> None:
    shadowed = council(shadow_until="Thu 28 Nov 2019")
    tolds = [
        told("Tue 26 Nov 2019", timeline=shadowed),
        told("Tue 26 Nov 2019", timeline=shadowed, person="team-manager"),
        told("Thu 28 Nov 2019", timeline=shadowed),
    ]
    assert mail(*tolds).shadow_for.endswith(": this would have gone to Officer and Team manager.")


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
        "Basis: Council practice (local: the council's own practice, not law).",
    )
    assert view.standing == "The council's own practice, not law."


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
    one = told("Thu 14 Nov 2019", timeline=shadowed, person="programme-lead", of=milestone(owner="programme_lead"))
    assert mail(one).shadow_for.endswith(": this would have gone to Programme lead.")
    after = told("Thu 14 Nov 2019", person="programme-lead", of=milestone(owner="programme_lead"))
    assert mail(after).shadow_for == ""
