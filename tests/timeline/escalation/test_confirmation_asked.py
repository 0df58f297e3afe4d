"""Test when the second person is asked, how often, in which words, and what takes the question back."""

from dataclasses import replace

import pytest

from tests.timeline.builders import COUNCIL, POSTS, council, directory, milestone
from tests.timeline.escalation.confirming import CONFIRMED, DONE, SENT_BACK, a_task, asked, prompt_of
from tests.timeline.literals import at, day
from tests.timeline.lives import sent, written
from timeline.answers.responses import Response
from timeline.calendar.london import end_of_day
from timeline.definitions.absences import Absence
from timeline.definitions.council import Pause
from timeline.delivery.suppression import suppression_reason
from timeline.escalation.ladder import decide
from timeline.escalation.prompts import CONFIRM, LedgerEntry, Prompt, PromptKind, PromptState
from timeline.escalation.rung_history import rung_history
from timeline.escalation.task_context import task_context
from timeline.letters.reminder import due_phrase, mail_view, subject


def row(prompt: Prompt, when: str) -> LedgerEntry:
    """Give it as the ledger has it when its mail has left."""
    return replace(written(prompt, at(when)), state=PromptState.SENT, accepted_at=prompt.send_at)


def test_it_is_asked_with_the_next_daily_mail_and_again_every_second_working_day_up_to_the_bound() -> None:
    """Test that done on Monday afternoon: Tue 19, Wed 20, Fri 22, Tue 26, Thu 28 Nov; from the third time the next one
    too.
    """
    entries: list[LedgerEntry] = []
    told = []
    for on in ("Mon 18", "Tue 19", "Wed 20", "Thu 21", "Fri 22", "Mon 25", "Tue 26", "Wed 27", "Thu 28", "Fri 29"):
        when = f"{on} Nov 2019 {'15:10' if on == 'Mon 18' else '07:30'}"
        for prompt in decide(a_task(when, said=entries), until=end_of_day(at(when))).prompts:
            entries.append(row(prompt, when))
            told.append((prompt.post, prompt.key.repeat, f"{prompt.send_at:%a %d %H:%M}"))
    assert told == [
        ("team_manager", 0, "Tue 19 08:30"),
        ("team_manager", 1, "Wed 20 08:30"),
        ("team_manager", 2, "Fri 22 08:30"),
        ("head_of_service", 2, "Fri 22 08:30"),
        ("team_manager", 3, "Tue 26 08:30"),
        ("head_of_service", 3, "Tue 26 08:30"),
        ("team_manager", 4, "Thu 28 08:30"),
        ("head_of_service", 4, "Thu 28 08:30"),
    ]
    last = decide(a_task("Fri 29 Nov 2019 07:30", said=entries), until=end_of_day(at("Fri 29 Nov 2019 07:30")))
    assert (last.prompts, last.next_check_at) == ((), None)


def test_late_is_still_due_once_for_each_person_and_the_rest_is_superseded() -> None:
    decision = decide(a_task("Wed 27 Nov 2019 07:30"), until=end_of_day(at("Wed 27 Nov 2019 07:30")))
    assert [(prompt.post, prompt.key.repeat) for prompt in decision.prompts] == [
        ("team_manager", 3),
        ("head_of_service", 3),
    ]
    assert {prompt.superseded_by for prompt in decision.superseded} == {CONFIRM}
    rows = [row(prompt, "Wed 27 Nov 2019 07:30") for prompt in decision.prompts]
    assert asked(a_task("Wed 27 Nov 2019 07:30", said=rows)) == []


def test_whoever_is_away_or_cannot_be_reached_is_passed_over() -> None:
    away = Absence(person="team-manager", from_on=day("Mon 18 Nov 2019"), until_on=day("Wed 20 Nov 2019"))
    timeline = council(directory=replace(directory(), absences=(away,)))
    assert [person for person, *_ in asked(a_task(timeline=timeline))] == ["head-of-service"]
    lost = replace(sent(prompt_of(a_task())), state=PromptState.SUPPRESSED, undeliverable=True, accepted_at=None)
    assert [person for person, *_ in asked(a_task("Tue 19 Nov 2019 12:00", said=[lost]))] == ["head-of-service"]


def test_while_nobody_is_there_it_is_looked_at_again_tomorrow() -> None:
    alone = council(directory=directory(vacant=[post for post in POSTS if post != "officer"]))
    when = at("Fri 13 Dec 2019 07:30")
    decision = decide(a_task("Fri 13 Dec 2019 07:30", timeline=alone), until=end_of_day(when))
    assert decision.prompts == ()
    assert decision.next_check_at == at("Sat 14 Dec 2019 00:00")
    told = {
        (step.rung, step.repeat): step.what for step in rung_history(a_task("Tue 19 Nov 2019 12:00", timeline=alone))
    }
    assert told[CONFIRM, 0] == "Held back: nobody who may confirm it is there."


def test_sent_back_and_done_again_it_is_asked_anew() -> None:
    rows = [sent(prompt_of(a_task()))]
    again = replace(DONE, at=at("Thu 21 Nov 2019 09:00"), evidence="minute 5")
    now = a_task("Fri 22 Nov 2019 07:30", DONE, SENT_BACK, again, said=rows)
    assert [(person, repeat) for person, repeat, _ in asked(now)] == [("team-manager", 5)]
    assert len({entry.key for entry in rows} | {prompt_of(now).key}) == 2


@pytest.mark.parametrize(
    ("responses", "reason"),
    [
        ([DONE], ""),
        ([DONE, CONFIRMED], "It was confirmed meanwhile."),
        ([DONE, SENT_BACK], "It was not done yet after all."),
        ([DONE, SENT_BACK, replace(DONE, at=at("Wed 20 Nov 2019 11:00"))], "It was not done yet after all."),
        ([replace(DONE, person="team-manager")], "It is for somebody else to confirm now."),
    ],
)
def test_a_prompt_that_no_longer_holds_is_taken_back(responses: list[Response], reason: str) -> None:
    prompt = prompt_of(a_task())
    assert suppression_reason(a_task("Wed 20 Nov 2019 12:00", *responses), prompt) == reason


def test_a_reminder_that_waits_is_taken_back_when_it_is_done() -> None:
    owed = task_context(COUNCIL, milestone(), (), (), at=at("Tue 26 Nov 2019 07:30"))
    (prompt,) = decide(owed, until=end_of_day(owed.at)).prompts
    late = replace(DONE, at=at("Tue 26 Nov 2019 08:00"))
    assert suppression_reason(a_task("Tue 26 Nov 2019 08:30", late), prompt) == (
        "It is done, and waits for a second person to confirm it."
    )


def test_in_a_trial_run_the_programme_lead_gets_it() -> None:
    trial = council(shadow_until="Fri 29 Nov 2019")
    prompt = prompt_of(a_task(timeline=trial))
    assert (prompt.key.person, prompt.meant_for, prompt.deliver_to) == (
        "shadow/team-manager",
        "team-manager",
        "programme-lead",
    )


def test_the_mail_says_what_was_done_by_which_post_with_its_evidence_and_asks_to_confirm() -> None:
    now = a_task("Tue 19 Nov 2019 08:30")
    prompt = prompt_of(now)
    view = mail_view([(prompt, now)], now.timeline.directory.people["team-manager"], ["/r/x"], ref="r")
    (task,) = view.tasks
    assert prompt.kind is PromptKind.REMINDER
    assert subject([(prompt, now)]) == "Please confirm: First draft of the action plan"
    assert view.intro == "This is recorded as done. A second person confirms it, and we ask you."
    assert task.told == "The Officer told us on Monday 18 November that this is done."
    assert (task.asks, task.evidence) == ("Have a first draft.", "minute 4.2")
    assert task.ask_sentence == "Please look at the evidence and confirm it, or say what is missing."
    assert task.due_phrase == "done on Monday 18 November, for Thursday 28 November, and not confirmed yet"
    assert task.confirms
    assert due_phrase(a_task("Thu 21 Nov 2019 07:30", DONE, CONFIRMED)).startswith("due in")


def test_in_a_pause_of_its_duty_nobody_is_asked_and_after_it_whoever_was_not() -> None:
    pause = Pause(obligation="action-plan", from_on=day("Tue 19 Nov 2019"), until_on=day("Wed 20 Nov 2019"))
    paused = replace(COUNCIL, pauses=(pause,))
    decision = decide(a_task(timeline=paused), until=end_of_day(at("Tue 19 Nov 2019 07:30")))
    assert (decision.prompts, decision.next_check_at) == ((), at("Thu 21 Nov 2019 00:00"))
    assert (
        suppression_reason(a_task(timeline=paused), prompt_of(a_task()))
        == "It is paused until Wednesday 20 November 2019."
    )
    assert [(person, repeat) for person, repeat, _ in asked(a_task("Thu 21 Nov 2019 07:30", timeline=paused))] == [
        ("team-manager", 1)
    ]
