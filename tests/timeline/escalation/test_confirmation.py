"""Test the second person: who may confirm that a task is done, and where it stands until then."""

from dataclasses import replace

import pytest

from tests.timeline.builders import COUNCIL, POSTS, answer, council, directory, milestone
from tests.timeline.escalation.confirming import CONFIRMED, DONE, DONE_AT, SENT_BACK, a_task, asked, prompt_of
from tests.timeline.literals import at, day
from tests.timeline.lives import sent
from timeline.answers.acceptance import accept
from timeline.answers.responses import Answer, AnswerRefused, Response, State
from timeline.definitions.duties import DutyClass
from timeline.definitions.facts import Embargo
from timeline.definitions.people import Holder
from timeline.escalation.answer_prompts import returned_prompt
from timeline.escalation.confirmation import confirmer, confirmers, may_confirm, needs_confirming, refuse_who_may_not
from timeline.escalation.prompts import CONFIRM, RETURNED
from timeline.escalation.rag import Rag, rate
from timeline.escalation.rung_history import rung_history
from timeline.escalation.task_context import task_context
from timeline.planning.occurrences import Milestone

WITH_DEPUTY = {**POSTS, "director": replace(POSTS["director"], deputy="head_of_service")}


@pytest.mark.parametrize(
    ("owner", "did", "by", "first"),
    [
        ("officer", "officer", "", "team_manager"),
        ("team_manager", "team-manager", "", "head_of_service"),
        ("head_of_service", "head-of-service", "", "director"),
        # The line manager did it, or recorded it for the officer.
        ("officer", "team-manager", "", "head_of_service"),
        ("officer", "officer", "team-manager", "head_of_service"),
        # For a director the deputy, below; the chief executive is the last.
        ("director", "director", "", "head_of_service"),
        ("director", "head-of-service", "", "programme_lead"),
        ("director", "head-of-service", "programme-lead", "director"),
        # A task that was passed on: the owner's manager, whoever did it.
        ("officer", "programme-lead", "", "team_manager"),
    ],
)
def test_who_is_asked_first(owner: str, did: str, by: str, first: str) -> None:
    timeline = council(directory=replace(directory(), posts=WITH_DEPUTY))
    done = replace(DONE, person=did, by=by)
    now = a_task(DONE_AT, done, of=milestone(owner=owner), timeline=timeline)
    to = confirmer(now)
    assert to is not None
    assert (to.post.key, to.person.key in (did, by)) == (first, False)


def test_all_who_may_confirm_in_their_order_and_never_a_member_or_somebody_external() -> None:
    posts = [recipient.post.key for recipient in confirmers(a_task())]
    assert posts == ["team_manager", "head_of_service", "director", "programme_lead", "chief_executive"]


def test_the_chief_executive_confirms_class_a_alone() -> None:
    other = a_task(of=replace(milestone(duty_class=DutyClass.B), confirm=True))
    assert "chief_executive" not in [recipient.post.key for recipient in confirmers(other)]
    assert [recipient.post.key for recipient in confirmers(other)][:1] == ["team_manager"]


def test_a_person_who_holds_two_posts_is_one_person() -> None:
    both = directory(holders=[Holder(post="team_manager", person="officer")])
    to = confirmer(a_task(timeline=council(directory=both)))
    assert to is not None
    assert to.post.key == "head_of_service"


def test_nobody_outside_the_circulation_confirms() -> None:
    embargo = Embargo(circulation=frozenset({"officer", "director"}), until=at("Mon 2 Dec 2019 00:00"))
    assert [recipient.post.key for recipient in confirmers(a_task(of=milestone(embargoes=[embargo])))] == ["director"]


@pytest.mark.parametrize(
    ("response", "sentence"),
    [
        (
            replace(CONFIRMED, person="officer"),
            "Whoever did it, or recorded it, cannot confirm it. It waits for the Team manager to confirm it.",
        ),
        # An assistant who recorded it cannot confirm it for a manager either.
        (
            replace(CONFIRMED, answered_by="Officer", by="officer"),
            "Whoever did it, or recorded it, cannot confirm it. It waits for the Team manager to confirm it.",
        ),
        (
            replace(CONFIRMED, person="lead-member"),
            "This person cannot confirm it. It waits for the Team manager to confirm it.",
        ),
        (
            replace(CONFIRMED, answered_by="Somebody of the office"),
            "A second person is somebody of this council's directory: please give that work address.",
        ),
    ],
)
def test_who_may_not_is_told_so_and_whom_it_waits_for(response: Response, sentence: str) -> None:
    with pytest.raises(AnswerRefused) as refused:
        refuse_who_may_not(a_task(), response)
    assert str(refused.value) == sentence


def test_whoever_did_it_may_take_it_back() -> None:
    refuse_who_may_not(a_task(), replace(SENT_BACK, person="officer"))


@pytest.mark.parametrize(
    ("responses", "state"),
    [
        ([DONE], State.UNCONFIRMED),
        ([replace(DONE, to_confirm=False)], State.DONE),
        ([DONE, CONFIRMED], State.DONE),
        ([DONE, SENT_BACK], State.OPEN),
        ([DONE, SENT_BACK, replace(DONE, at=at("Wed 20 Nov 2019 16:00"))], State.UNCONFIRMED),
        # What was confirmed stays done, whatever comes after it.
        ([DONE, CONFIRMED, replace(SENT_BACK, at=at("Wed 20 Nov 2019 12:00"))], State.DONE),
        ([DONE, SENT_BACK, answer(Answer.ACKNOWLEDGED, "Wed 20 Nov 2019 11:00")], State.ACKNOWLEDGED),
    ],
)
def test_where_it_stands(responses: list[Response], state: State) -> None:
    assert a_task("Thu 21 Nov 2019 07:30", *responses).status.state is state


@pytest.mark.parametrize(
    ("before", "given", "sentence"),
    [
        ([], CONFIRMED, "This task is not recorded as done, so there is nothing to confirm yet."),
        (
            [replace(DONE, to_confirm=False)],
            CONFIRMED,
            "This task is done, and nobody has to confirm it any more. Nothing was changed.",
        ),
        (
            [DONE, CONFIRMED],
            SENT_BACK,
            "This task is done, and nobody has to confirm it any more. Nothing was changed.",
        ),
        ([DONE], replace(SENT_BACK, text=" "), "Please say what is missing, so that it can be done."),
        (
            [DONE],
            answer(Answer.HELP, "Tue 19 Nov 2019 09:00"),
            "This task is already recorded as done, so nothing was changed.",
        ),
    ],
)
def test_what_cannot_stand_is_refused(before: list[Response], given: Response, sentence: str) -> None:
    now = task_context(COUNCIL, milestone(), (), before, at=at("Thu 21 Nov 2019 07:30"))
    with pytest.raises(AnswerRefused) as refused:
        accept(milestone(), given, now.status)
    assert str(refused.value) == sentence


def test_one_confirmation_is_enough() -> None:
    now = a_task("Thu 21 Nov 2019 07:30", DONE, CONFIRMED)
    assert accept(milestone(), replace(CONFIRMED, person="director"), now.status) is None
    assert accept(milestone(), replace(DONE, at=now.at), now.status) is None


def test_the_owner_is_not_asked_any_more_even_after_the_date() -> None:
    for when in ("Thu 28 Nov 2019 07:30", "Mon 2 Dec 2019 07:30", "Mon 16 Dec 2019 07:30"):
        assert "officer" not in [person for person, *_ in asked(a_task(when))]


@pytest.mark.parametrize("when", ["Tue 19 Nov 2019 07:30", "Thu 28 Nov 2019 07:30", "Mon 16 Dec 2019 07:30"])
def test_it_is_amber_and_never_red(when: str) -> None:
    assert rate(a_task(when)) == (Rag.AMBER, "Done on Monday 18 November 2019, and nobody has confirmed it yet.")


def test_confirmed_it_is_green_and_sent_back_it_says_so() -> None:
    assert rate(a_task("Thu 21 Nov 2019 07:30", DONE, CONFIRMED))[0] is Rag.GREEN
    close = rate(a_task("Wed 27 Nov 2019 07:30", DONE, SENT_BACK))
    assert close.rag is Rag.RED
    assert "it was found not to be done on Wednesday 20 November 2019" in close.why


def test_sent_back_the_owner_hears_of_it_at_once_and_whoever_took_it_back_does_not() -> None:
    now = a_task("Wed 20 Nov 2019 10:05", DONE, SENT_BACK)
    (prompt,) = returned_prompt(now, SENT_BACK, repeat=1)
    assert (prompt.key.rung, prompt.meant_for, prompt.timed) == (RETURNED, "officer", True)
    assert prompt.send_at == at("Wed 20 Nov 2019 10:05")
    own = replace(SENT_BACK, person="officer")
    assert returned_prompt(a_task("Wed 20 Nov 2019 10:05", DONE, own), own, repeat=1) == ()
    # The ladder goes on where it was.
    assert [person for person, *_ in asked(a_task("Tue 26 Nov 2019 07:30", DONE, SENT_BACK))] == ["officer"]


@pytest.mark.parametrize(
    ("of", "needs"),
    [
        (milestone(), True),
        (milestone(duty_class=DutyClass.B), False),
        (replace(milestone(), confirm=False), False),
        (replace(milestone(duty_class=DutyClass.D), confirm=True), True),
        (milestone(ours=False), False),
        (replace(milestone(), closed_because="It was cancelled."), False),
    ],
)
def test_which_tasks_need_a_second_person(of: Milestone, needs: bool) -> None:
    now = task_context(COUNCIL, of, (), (), at=at("Tue 19 Nov 2019 07:30"))
    assert needs_confirming(now) is needs


def test_what_was_due_before_going_live_needs_none() -> None:
    later = council(live_from="Mon 2 Dec 2019")
    assert not needs_confirming(task_context(later, milestone(), (), (), at=at("Tue 3 Dec 2019 07:30")))


def test_why_says_when_it_is_asked_again_and_that_the_ladder_is_silent() -> None:
    now = a_task("Tue 19 Nov 2019 12:00", said=[sent(prompt_of(a_task()))])
    told = {(step.rung, step.repeat): step.what for step in rung_history(now)}
    assert told[CONFIRM, 0] == "Sent on Tue 19 Nov 2019 at 08:30."
    assert told[CONFIRM, 1] == "To come on Wednesday 20 November 2019, unless confirmed."
    assert told["overdue", 0] == "Not said: it is done, and waits for a second person to confirm it."


def test_who_is_asked_can_open_it_from_the_list_and_nobody_else() -> None:
    assert may_confirm(a_task(), "director")
    assert not may_confirm(a_task(), "officer")
    assert not may_confirm(a_task("Thu 21 Nov 2019 07:30", DONE, CONFIRMED), "director")


def test_who_confirmed_and_left_has_confirmed_all_the_same() -> None:
    left = directory(holders=[Holder(post="team_manager", person="team-manager", until_on=day("Fri 22 Nov 2019"))])
    now = a_task("Mon 25 Nov 2019 07:30", DONE, CONFIRMED, timeline=council(directory=left))
    assert now.status.state is State.DONE
