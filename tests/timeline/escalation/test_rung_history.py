"""Test the account of a ladder: why each rung was, or was not, said. Due on Thu 28 Nov 2019; `USUAL` is the ladder."""

from dataclasses import replace

import pytest

from tests.timeline.builders import COUNCIL, answer, council, directory, milestone
from tests.timeline.literals import at, day
from tests.timeline.lives import Life, written
from timeline.answers.responses import Answer, Response
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.facts import Embargo
from timeline.definitions.people import Holder
from timeline.escalation.answer_prompts import help_prompt
from timeline.escalation.prompts import LedgerEntry, PromptState
from timeline.escalation.rung_history import RungHistory, rung_history
from timeline.planning.occurrences import Milestone

OWED = milestone()


def lived(
    until: str,
    *responses: Response,
    of: Milestone = OWED,
    timeline: CouncilTimeline = COUNCIL,
    first: str = "Mon 4 Nov 2019",
) -> Life:
    return Life(timeline, of, responses).through(day(first), day(until))


def told(life: Life, when: str) -> list[str]:
    """Give words such as "first > Officer: Sent on …", a line for each saying, at an instant."""
    return [line(step) for step in rung_history(life.ground(at(when)))]


def line(rung: RungHistory) -> str:
    again = f" {rung.repeat + 1}" if rung.repeat else ""
    return f"{rung.at:%d %b} {rung.rung}{again} > {rung.to}: {rung.what}"


def what(rung: str, when: str, life: Life, to: str = "Officer") -> str:
    """Tell what the account says of one rung to one post."""
    (step,) = (
        step for step in rung_history(life.ground(at(when))) if (step.rung, step.repeat, step.to) == (rung, 0, to)
    )
    return step.what


def test_every_rung_is_accounted_for_in_order() -> None:
    assert told(lived("Thu 21 Nov 2019"), "Thu 21 Nov 2019 12:00") == [
        "14 Nov first > Officer: Sent on Thu 14 Nov 2019 at 08:30.",
        "19 Nov no-answer > Team manager: Sent on Tue 19 Nov 2019 at 08:30.",
        "21 Nov reminder > Officer: Sent on Thu 21 Nov 2019 at 08:30.",
        "26 Nov not-done > Officer: To come on Tuesday 26 November 2019, unless done.",
        "26 Nov not-done > Team manager: To come on Tuesday 26 November 2019, unless done.",
        "28 Nov on-the-day > Officer: To come on Thursday 28 November 2019, unless done.",
        "28 Nov on-the-day > Director: To come on Thursday 28 November 2019, unless done.",
        *(
            f"{on[4:10]} overdue{again} > {post}: To come on {long}, unless done."
            for again, on, long in (
                ("", "Fri 29 Nov", "Friday 29 November 2019"),
                (" 2", "Tue 03 Dec", "Tuesday 3 December 2019"),
                (" 3", "Thu 05 Dec", "Thursday 5 December 2019"),
            )
            for post in ("Officer", "Team manager", "Director", "Chief executive")
        ),
    ]


def test_what_an_answer_holds_back_says_until_when() -> None:
    life = lived("Fri 22 Nov 2019", answer(Answer.ACKNOWLEDGED, "Fri 15 Nov 2019 10:05"))
    held = "Held back: it is acknowledged until Friday 22 November 2019."
    assert what("reminder", "Thu 21 Nov 2019 12:00", life) == held
    assert what("reminder", "Fri 22 Nov 2019 12:00", life) == "Sent on Fri 22 Nov 2019 at 08:30."


def test_once_done_nothing_more_is_said_and_what_was_said_stays_told() -> None:
    life = lived("Fri 29 Nov 2019", answer(Answer.DONE, "Mon 18 Nov 2019 10:05"))
    assert what("first", "Fri 29 Nov 2019 12:00", life) == "Sent on Thu 14 Nov 2019 at 08:30."
    rest = {step.what for step in rung_history(life.ground(at("Fri 29 Nov 2019 12:00")))[1:]}
    assert rest == {"Not said: it is done."}


def test_what_an_outage_swallowed_was_said_by_a_later_rung() -> None:
    life = lived("Tue 26 Nov 2019", first="Tue 26 Nov 2019")
    superseded = "Not sent: a later rung for the same person said it instead."
    assert what("first", "Tue 26 Nov 2019 12:00", life) == superseded
    assert what("not-done", "Tue 26 Nov 2019 12:00", life) == "Sent on Tue 26 Nov 2019 at 08:30."


def test_a_manager_who_is_not_told_yet_is_accounted_for() -> None:
    life = lived("Tue 26 Nov 2019", first="Tue 26 Nov 2019")
    assert what("not-done", "Tue 26 Nov 2019 12:00", life, to="Team manager") == (
        "Held back: the owner's own prompt has not been accepted for a working day yet."
    )


def test_what_was_due_before_the_due_date_and_never_said_says_so() -> None:
    life = Life(COUNCIL, OWED)
    assert what("reminder", "Fri 29 Nov 2019 07:00", life) == (
        "Not said: the due date has passed, and later rungs speak of it."
    )


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"state": PromptState.WAITING, "accepted_at": None}, "Waits to be sent."),
        ({"state": PromptState.SENT, "accepted_at": None}, "Sent."),
        (
            {"reason": "Nobody knows whether it arrived."},
            "Sent on Thu 14 Nov 2019 at 08:30. Nobody knows whether it arrived.",
        ),
        (
            {"state": PromptState.SUPPRESSED, "accepted_at": None, "undeliverable": True},
            "Could not be delivered.",
        ),
        (
            {"state": PromptState.SUPPRESSED, "accepted_at": None, "reason": "It is somebody else's now."},
            "Not sent: It is somebody else's now.",
        ),
        ({"state": PromptState.SUPPRESSED, "accepted_at": None}, "Not sent: it no longer held."),
    ],
)
def test_what_became_of_a_prompt_is_told(change: dict[str, object], expected: str) -> None:
    life = lived("Thu 14 Nov 2019")
    life.said[:] = [replace(entry, **change) for entry in life.said]  # type: ignore[arg-type]
    assert what("first", "Fri 15 Nov 2019 12:00", life) == expected


def test_an_embargo_is_the_reason_for_those_outside_the_circulation_only() -> None:
    embargo = Embargo(circulation=frozenset({"officer", "director"}), until_fact="report_published")
    life = lived("Fri 29 Nov 2019", of=milestone(embargoes=[embargo]))
    assert what("on-the-day", "Thu 28 Nov 2019 12:00", life, to="Director") == "Sent on Thu 28 Nov 2019 at 08:30."
    (manager,) = (
        step
        for step in rung_history(life.ground(at("Thu 28 Nov 2019 12:00")))
        if step.to == "line manager of owner" and step.rung == "not-done"
    )
    assert manager.what == "Held back: it is under embargo, and whoever holds this post is not in its circulation."


def test_a_vacancy_up_the_whole_line_is_not_called_an_embargo() -> None:
    left = council(directory=directory(vacant=["director", "chief_executive"]))
    life = lived("Thu 28 Nov 2019", timeline=left)
    assert what("on-the-day", "Thu 28 Nov 2019 12:00", life, to="director") == (
        "Held back: nobody whom this rung may reach is in post and there."
    )


def test_in_shadow_what_the_programme_lead_may_not_hear_is_held_back_for_that_reason() -> None:
    embargo = Embargo(circulation=frozenset({"officer"}), until_fact="report_published")
    life = lived("Thu 14 Nov 2019", of=milestone(embargoes=[embargo]), timeline=council(shadow_until="Thu 28 Nov 2019"))
    assert what("first", "Thu 14 Nov 2019 12:00", life) == (
        "Held back: it is a trial run, and the programme lead may not hear of it."
    )


def test_in_shadow_it_was_sent_and_after_the_shadow_it_counts_for_nobody_else() -> None:
    life = lived("Mon 25 Nov 2019", timeline=council(shadow_until="Fri 22 Nov 2019"))
    assert what("first", "Fri 22 Nov 2019 12:00", life) == "Sent on Thu 14 Nov 2019 at 08:30."
    assert "Sent on Mon 25 Nov 2019 at 08:30." in what("reminder", "Mon 25 Nov 2019 12:00", life)


def test_a_late_rung_on_a_day_off_waits_for_the_next_working_day() -> None:
    life = Life(COUNCIL, OWED)
    assert what("overdue", "Sat 30 Nov 2019 12:00", life) == "Waits for the next working day."


def test_what_is_not_ours_is_never_said() -> None:
    life = lived("Fri 29 Nov 2019", of=milestone(ours=False))
    assert {step.what for step in rung_history(life.ground(at("Fri 29 Nov 2019 12:00")))} == {
        "Never: not ours to submit."
    }


def test_what_was_due_before_going_live_says_so() -> None:
    life = lived("Mon 2 Dec 2019", timeline=council(live_from="Fri 29 Nov 2019"))
    assert {step.what for step in rung_history(life.ground(at("Mon 2 Dec 2019 12:00")))} == {
        "Not said: it was due before going live on Friday 29 November 2019."
    }


def test_what_waits_for_a_fact_has_no_rungs_yet() -> None:
    assert (
        rung_history(Life(COUNCIL, milestone(waits_for=("report_received",))).ground(at("Thu 14 Nov 2019 12:00"))) == ()
    )


def test_a_call_for_help_that_climbed_is_in_the_account() -> None:
    said = answer(Answer.HELP, "Thu 14 Nov 2019 10:05")
    life = lived("Thu 14 Nov 2019", said)
    (prompt,) = help_prompt(life.ground(said.at), said, repeat=0)
    life.said.append(replace(written(prompt, said.at), state=PromptState.SENT, accepted_at=prompt.send_at))
    assert "14 Nov answer > Team manager: Sent on Thu 14 Nov 2019 at 10:05." in told(life, "Thu 14 Nov 2019 12:00")


def test_what_was_said_stays_in_the_account_when_its_rung_counts_anew() -> None:
    """Test that the manager was told that nobody answered; then somebody did, and that ran out before anybody asked
    again.
    """
    life = lived("Wed 27 Nov 2019", answer(Answer.ACKNOWLEDGED, "Tue 19 Nov 2019 10:05"))
    for when in ("Tue 19 Nov 2019 12:00", "Wed 20 Nov 2019 12:00", "Tue 26 Nov 2019 07:45", "Wed 27 Nov 2019 12:00"):
        assert "19 Nov no-answer > Team manager: Sent on Tue 19 Nov 2019 at 08:30." in told(life, when)


def test_a_predecessors_prompt_stays_in_the_account_of_the_task() -> None:
    anna = Holder(post="officer", person="anna", until_on=day("Mon 18 Nov 2019"))
    ben = Holder(post="officer", person="ben", from_on=day("Tue 19 Nov 2019"))
    life = lived("Tue 19 Nov 2019", timeline=council(directory=directory(holders=[anna, ben])))
    entries: list[LedgerEntry] = life.said
    assert [entry.key.person for entry in entries] == ["anna", "ben"]
    assert what("first", "Tue 19 Nov 2019 12:00", life) == (
        "Sent on Thu 14 Nov 2019 at 08:30. Sent on Tue 19 Nov 2019 at 08:30."
    )


def test_what_was_said_before_a_task_was_given_away_stays_told_of_whom_it_went_to() -> None:
    """Test that trial S10: a mail to the first owner was shown as sent to the person the task was given to."""
    given = answer(Answer.DELEGATED, "Fri 15 Nov 2019 10:05", delegated_to="team-manager")
    life = lived("Fri 22 Nov 2019", given)
    assert "14 Nov first > Officer: Sent on Thu 14 Nov 2019 at 08:30." in told(life, "Fri 22 Nov 2019 12:00")
    assert "21 Nov reminder > Team manager: Sent on Thu 21 Nov 2019 at 08:30." in told(life, "Fri 22 Nov 2019 12:00")
