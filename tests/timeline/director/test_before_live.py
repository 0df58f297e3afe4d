"""Test that a late go-live buries nothing of class A or B: it is asked about until somebody says that it was done."""

from dataclasses import replace

from tests.timeline.literals import at, day
from tests.timeline.picture.pictured import medway, work
from timeline.answers.responses import Answer
from timeline.director.before_live import was_this_done
from timeline.director.monday_summary import MondaySituation, summary
from timeline.letters.monday import WAS_THIS_DONE, lines
from timeline.steering.go_live import go_live

MOMENT = "Fri 29 Nov 2019 09:00"
LATE = replace(medway(), council=replace(medway().council, live_from=day("Fri 29 Nov 2019"), shadow_by_default=False))


def asked(*answered: tuple[str, Answer]) -> list[str]:
    return [task.milestone.ref for task in was_this_done(work(MOMENT, dict(answered), of=LATE).tasks)]


def test_what_was_due_before_is_asked_about_by_class_and_not_what_no_law_and_no_visit_needs() -> None:
    refs, tasks = asked(), was_this_done(work(MOMENT, of=LATE).tasks)
    classes = [task.milestone.duty_class.value for task in tasks]
    assert (classes, {*classes}) == (sorted(classes), {"A", "B"})
    assert "action-plan/1/submitted" in refs
    assert not [ref for ref in refs if ref.startswith(("plo-panel", "training"))]


def test_it_is_asked_until_somebody_says_that_it_was_done() -> None:
    assert "action-plan/1/sign-off" in asked(("action-plan/1/sign-off", Answer.HELP))
    assert "action-plan/1/sign-off" not in asked(("action-plan/1/sign-off", Answer.DONE))


def test_once_the_submission_is_made_nobody_is_asked_about_what_led_to_it() -> None:
    refs = asked(("action-plan/1/submitted", Answer.DONE))
    assert not [ref for ref in refs if ref.startswith("action-plan/1/")]


def test_the_monday_mail_asks_too() -> None:
    situation = MondaySituation(timeline=LATE, since_at=at(MOMENT), tasks=work(MOMENT, of=LATE).tasks)
    told = summary(situation, reader="director", at=at(MOMENT))
    assert not told.needs_nobody
    (line,) = [line for line in lines(told) if line.head == WAS_THIS_DONE]
    assert "Action plan submitted to Ofsted and the Secretary of State, due Thu 28 Nov" in line.text


def test_a_preview_of_the_first_apply_says_what_is_past_what_is_open_and_when_mails_begin() -> None:
    told = go_live(medway(), at=at(MOMENT))
    assert "action-plan/1/submitted" in [task.ref for task in told.past]
    assert told.past_tasks > len(told.past)
    figures, first, trial = told.sentences
    assert figures.endswith("tasks were due before going live.")
    assert first.startswith("The first mails leave on Monday 2 December 2019 at 08:30, for: ")
    assert trial == "Until Friday 13 December 2019 everything goes to the Head of Specialist Projects only."
