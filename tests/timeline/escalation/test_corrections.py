"""Test whom a moved date misleads, what corrects it, and what lies behind."""

from dataclasses import replace

import pytest

from tests.timeline.builders import COUNCIL, answer, council, directory, milestone
from tests.timeline.literals import at, day
from tests.timeline.lives import written
from timeline.answers.responses import Answer, Response
from timeline.definitions.council import CouncilTimeline
from timeline.delivery.suppression import suppression_reason
from timeline.escalation.corrections import corrections, gone
from timeline.escalation.ladder import decide
from timeline.escalation.prompts import ENDED, MOVED, LedgerEntry, Prompt, PromptKind, PromptState
from timeline.escalation.rung_history import rung_history
from timeline.escalation.task_context import TaskContext, task_context
from timeline.planning.occurrences import Milestone

# The officer was told on Thu 14 Nov that it was due on Thu 28 Nov 2019.
NOW = "Mon 18 Nov 2019 09:00"
TOLD_AT = "Thu 14 Nov 2019 07:30"
LATER = milestone(due="Thu 12 Dec 2019")
WAITS = replace(milestone(waits_for=("report_received",)), legal_on=None)
CLOSED = replace(milestone(), closed_because="The visit was cancelled.")


def accepted(prompt: Prompt, when: str) -> LedgerEntry:
    return replace(written(prompt, at(when)), state=PromptState.SENT, accepted_at=at(when))


def told(of: CouncilTimeline = COUNCIL) -> LedgerEntry:
    (prompt,) = decide(task_context(of, milestone(), at=at(TOLD_AT)), until=at("Thu 14 Nov 2019 23:00")).prompts
    return accepted(prompt, "Thu 14 Nov 2019 08:30")


def stands(
    now: Milestone,
    *said: LedgerEntry,
    on: str = NOW,
    of: CouncilTimeline = COUNCIL,
    responses: tuple[Response, ...] = (),
) -> TaskContext:
    return task_context(of, now, said or (told(of),), responses, at=at(on))


def test_a_moved_date_is_corrected_to_the_person_told_at_once_in_working_time() -> None:
    (prompt,) = corrections(stands(LATER))
    assert prompt.key == ("action-plan/1/draft", day("Thu 12 Dec 2019"), MOVED, "officer", 0)
    assert (prompt.kind, prompt.post, prompt.deliver_to, prompt.urgent, prompt.timed) == (
        PromptKind.CORRECTION,
        "officer",
        "officer",
        False,
        True,
    )
    assert prompt.why == "It was told for Thursday 28 November 2019, and is now due on Thursday 12 December 2019."


@pytest.mark.parametrize(
    ("on", "leaves"),
    [
        ("Mon 18 Nov 2019 07:59", "Mon 18 Nov 2019 08:00"),
        ("Mon 18 Nov 2019 08:00", "Mon 18 Nov 2019 08:00"),
        ("Mon 18 Nov 2019 18:01", "Tue 19 Nov 2019 08:00"),
        ("Sat 16 Nov 2019 11:00", "Mon 18 Nov 2019 08:00"),
    ],
)
def test_it_waits_for_working_hours_and_not_for_the_daily_mail(on: str, leaves: str) -> None:
    (prompt,) = corrections(stands(LATER, on=on))
    assert prompt.send_at == at(leaves)


@pytest.mark.parametrize("now", [CLOSED, gone(milestone()), WAITS], ids=["closed", "gone", "waits"])
def test_what_is_off_or_has_no_date_any_more_is_taken_back_under_the_old_date(now: Milestone) -> None:
    (prompt,) = corrections(stands(now))
    assert (prompt.key.rung, prompt.key.due_on) == (ENDED, day("Thu 28 Nov 2019"))


def test_what_still_holds_is_not_corrected() -> None:
    assert corrections(stands(milestone())) == ()


def test_its_own_outcome_calls_for_nothing_more_waiting_sent_or_undeliverable() -> None:
    (prompt,) = corrections(stands(LATER))
    waiting = written(prompt, at(NOW))
    lost = replace(waiting, state=PromptState.SUPPRESSED, undeliverable=True)
    for entry in (waiting, accepted(prompt, NOW), lost):
        assert corrections(stands(LATER, told(), entry, on="Mon 18 Nov 2019 09:10")) == ()


def test_one_that_was_suppressed_is_written_again_under_the_next_number() -> None:
    (prompt,) = corrections(stands(LATER))
    suppressed = replace(written(prompt, at(NOW)), state=PromptState.SUPPRESSED)
    (again,) = corrections(stands(LATER, told(), suppressed, on="Mon 18 Nov 2019 09:10"))
    assert again.key == prompt.key._replace(repeat=1)


def test_there_and_back_and_there_again_each_is_told_once() -> None:
    entries, rows = [told()], []
    for hour, now in enumerate((LATER, milestone(), LATER), start=9):
        when = f"Mon 18 Nov 2019 {hour:02}:00"
        (prompt,) = corrections(stands(now, *entries, on=when))
        entries.append(accepted(prompt, when))
        rows.append((prompt.key.due_on, prompt.key.repeat))
    assert rows == [(day("Thu 12 Dec 2019"), 0), (day("Thu 28 Nov 2019"), 0), (day("Thu 12 Dec 2019"), 1)]


def test_told_off_and_on_again_is_corrected() -> None:
    (off,) = corrections(stands(CLOSED))
    (on,) = corrections(stands(milestone(), told(), accepted(off, NOW), on="Mon 18 Nov 2019 10:00"))
    assert (on.key.rung, on.key.due_on) == (MOVED, day("Thu 28 Nov 2019"))


@pytest.mark.parametrize(
    ("now", "on"),
    [
        (milestone(due="Fri 29 Nov 2019"), "Mon 2 Dec 2019 09:00"),
        (CLOSED, "Fri 29 Nov 2019 09:00"),
    ],
)
def test_what_lies_wholly_behind_is_not_corrected(now: Milestone, on: str) -> None:
    assert corrections(stands(now, on=on)) == ()


def test_done_for_the_date_that_holds_is_not_corrected_and_done_for_an_earlier_one_is() -> None:
    done = answer(Answer.DONE, "Fri 15 Nov 2019 10:00")
    assert len(corrections(stands(LATER, responses=(done,)))) == 1
    assert corrections(stands(LATER, responses=(replace(done, due_on=day("Thu 12 Dec 2019")),))) == ()


def test_whoever_holds_no_post_any_more_is_not_written_to() -> None:
    left = council(directory=directory(vacant=["officer"]))
    assert corrections(stands(LATER, told(), of=left)) == ()


def test_in_a_trial_run_the_programme_lead_is_corrected_and_nobody_else() -> None:
    trial = council(shadow_until="Fri 29 Nov 2019")
    (prompt,) = corrections(stands(LATER, of=trial))
    assert (prompt.key.person, prompt.meant_for, prompt.deliver_to) == ("shadow/officer", "officer", "programme-lead")
    assert corrections(stands(LATER, told(), of=trial)) == ()


def test_a_correction_asks_for_nothing_and_the_day_says_no_rung_beside_it() -> None:
    (prompt,) = corrections(stands(milestone(due="Mon 25 Nov 2019")))
    task = stands(milestone(due="Mon 25 Nov 2019"), told(), accepted(prompt, NOW), on="Mon 18 Nov 2019 10:00")
    assert not task.asked_before
    assert not task.owner_had_notice()
    assert decide(task, until=at("Mon 18 Nov 2019 23:00")).prompts == ()
    assert "Corrected on Mon 18 Nov 2019 at 09:00." in [line.what for line in rung_history(task)]


@pytest.mark.parametrize(
    ("now", "reason"),
    [
        (milestone(due="Thu 19 Dec 2019"), "The date has moved again since this was written."),
        (CLOSED, "It is no longer to be done: The visit was cancelled."),
        (LATER, ""),
    ],
)
def test_a_waiting_correction_leaves_only_while_it_is_true(now: Milestone, reason: str) -> None:
    (prompt,) = corrections(stands(LATER))
    assert suppression_reason(stands(now, told(), written(prompt, at(NOW))), prompt) == reason
