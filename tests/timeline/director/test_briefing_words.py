"""Test what a draft for the lead member says, and how the mail names who released it."""

from dataclasses import replace

import pytest

from tests.timeline.builders import POSTS, answer, council, directory, fact
from tests.timeline.director.drafts import DRAFT, SUBMITTED, a_task
from timeline.answers.responses import Answer, Response
from timeline.definitions.people import AnswersAs
from timeline.escalation.task_context import TaskContext
from timeline.letters.briefing import briefing_lines, briefing_mail, subject

# Its words


def lines(given: TaskContext) -> dict[str, str]:
    return dict(briefing_lines(given))


def test_it_says_what_is_due_why_how_it_stands_and_what_is_done() -> None:
    assert subject(a_task()) == "Improvement programme: briefing, Action plan submitted"
    assert lines(a_task()) == {
        "What is due": "Action plan submitted. It is due on Thursday 28 November 2019.",
        "Why this date": (
            "Counted from Wednesday 21 August 2019 (paragraph 6.1). 40 working days before it. "
            "Basis: Council practice (inferred: the council's own practice, not law)."
        ),
        "How it stands": "It is not recorded as done yet (on Tuesday 26 November 2019).",
        "What is being done": "The Officer is responsible for it, and it is before the Director.",
    }


@pytest.mark.parametrize(
    ("responses", "expected"),
    [
        ([answer(Answer.ACKNOWLEDGED, "Mon 25 Nov 2019 10:00")], "The Officer is working on it"),
        ([answer(Answer.HELP, "Mon 25 Nov 2019 10:00")], "It is being worked on, and help has been asked for"),
        ([answer(Answer.DECLINED, "Mon 25 Nov 2019 10:00")], "It is being decided who takes it on"),
    ],
)
def test_how_it_stands_is_neutral(responses: list[Response], expected: str) -> None:
    assert lines(a_task(SUBMITTED, *responses))["How it stands"] == f"{expected} (on Tuesday 26 November 2019)."


def test_a_task_before_the_submission_is_named_with_its_duty() -> None:
    blocked = a_task(DRAFT, answer(Answer.HELP, "Mon 25 Nov 2019 10:00", person="head-of-service"))
    expected = "Action plan to Ofsted: First draft of the action plan. It is due on Thursday 28 November 2019."
    assert lines(blocked)["What is due"] == expected


def test_what_officers_are_to_do_is_nothing_for_the_lead_member() -> None:
    of = replace(SUBMITTED, brief=("70 working days after it.", "Ask Ofsted: daymark record report_received DATE."))
    assert lines(a_task(of))["Why this date"].startswith("70 working days after it. Basis: ")


def test_an_overdue_one_was_due() -> None:
    assert "It was due on Thursday 28 November 2019." in lines(a_task(when="Fri 29 Nov 2019 08:25"))["What is due"]


def test_who_recorded_a_date_may_be_a_name_and_stays_out() -> None:
    named = replace(fact("report_received", "Wed 21 Aug 2019"), who="Ada Quill (People)")
    said = "Counted from it (paragraph 6.1; recorded by Ada Quill (People)). And (recorded by Ada Quill (People))."
    of = replace(SUBMITTED, brief=(said,))
    told = lines(a_task(of, timeline=council(facts=[named])))["Why this date"]
    assert told.startswith("Counted from it (paragraph 6.1). And.")


@pytest.mark.parametrize(
    ("stand", "expected"),
    [
        (AnswersAs.SELF, "released by the Director."),
        (AnswersAs.DEPUTY, "released by the Head of service for the Director."),
        (AnswersAs.ASSISTANT, "released by the Director."),  # no such post here
    ],
)
def test_the_mail_says_which_post_released_it(stand: AnswersAs, expected: str) -> None:
    posts = {**POSTS, "director": replace(POSTS["director"], deputy="head_of_service")}
    given = a_task(timeline=council(directory=replace(directory(), posts=posts)))
    mail = briefing_mail(given, released_as=stand, ref="x")
    assert (mail.greeting, mail.intro) == ("Lead member", f"A briefing about one duty of the council, {expected}")
    assert mail.closing == ("This is for your information. Nothing is asked of you.",)
    assert mail.shadow_for == ""


def test_in_shadow_it_says_for_whom_it_was() -> None:
    given = a_task(timeline=council(shadow_until="Fri 29 Nov 2019"))
    expected = "Trial run until Friday 29 November 2019: this would have gone to the Lead member."
    assert briefing_mail(given, released_as=AnswersAs.SELF, ref="x").shadow_for == expected
