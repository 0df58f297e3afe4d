"""Test whether a prompt still holds when it is to leave, and which prompts make one message."""

from dataclasses import replace

import pytest

from tests.timeline.builders import COUNCIL, USUAL, answer, council, directory, ladder, milestone, rung
from tests.timeline.literals import at, day
from timeline.answers.responses import LEAVES, Answer, Response
from timeline.definitions.absences import Absence
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.duties import LINE_MANAGER, OWNER, Unless
from timeline.definitions.facts import Embargo
from timeline.definitions.people import Holder
from timeline.delivery.contact_methods import ContactMethod
from timeline.delivery.message_groups import MessageGroup, grouped, superseded_here
from timeline.delivery.messages import (
    Message,
    MessageState,
    PendingPrompt,
    TokenClaims,
    TokenKind,
    is_out_of_date,
    new_message,
)
from timeline.delivery.suppression import may_be_said_later, suppression_reason
from timeline.escalation.answer_prompts import help_prompt
from timeline.escalation.ladder import decide
from timeline.escalation.prompts import Prompt, PromptKind
from timeline.escalation.task_context import task_context
from timeline.planning.occurrences import Milestone

OWED = milestone()
HELP = answer(Answer.HELP, "Wed 27 Nov 2019 20:00", text="We are two people short.")


def prompts(when: str, of: Milestone = OWED, timeline: CouncilTimeline = COUNCIL) -> list[Prompt]:
    """Tell what a morning writes into the ledger."""
    task = task_context(timeline, of, at=at(when))
    return list(decide(task, until=at(f"{when.rsplit(' ', 1)[0]} 23:59")).prompts)


(REMINDER,) = prompts("Thu 14 Nov 2019 07:30")
(ON_THE_DAY,) = prompts("Thu 28 Nov 2019 07:30")
(OVERDUE,) = prompts("Fri 29 Nov 2019 07:30")
(CLIMBED,) = help_prompt(task_context(COUNCIL, OWED, (), [HELP], at=HELP.at), HELP, repeat=0)


def reason(
    prompt: Prompt = REMINDER,
    *responses: Response,
    when: str = "Thu 14 Nov 2019 08:30",
    of: Milestone = OWED,
    timeline: CouncilTimeline = COUNCIL,
) -> str:
    return suppression_reason(task_context(timeline, of, (), responses, at=at(when)), prompt)


# Whether it still holds


def test_a_prompt_that_holds_leaves() -> None:
    assert reason() == ""
    assert reason(OVERDUE, when="Fri 29 Nov 2019 08:30") == ""


def test_about_an_old_date_nothing_is_said() -> None:
    moved = milestone(due="Fri 29 Nov 2019")
    assert reason(of=moved) == "The date has moved since this was written."
    assert reason(CLIMBED, of=moved) == "The date has moved since this was written."


def test_about_what_is_done_nothing_is_said() -> None:
    done = answer(Answer.DONE, "Thu 14 Nov 2019 08:29")
    assert reason(REMINDER, done) == "It is done."
    assert reason(CLIMBED, done, when="Thu 28 Nov 2019 08:30") == "It is done."
    assert reason(REMINDER, replace(done, at=at("Thu 14 Nov 2019 08:31"))) == ""


@pytest.mark.parametrize("what", [Answer.ACKNOWLEDGED, Answer.HELP])
def test_what_was_answered_meanwhile_is_not_asked(what: Answer) -> None:
    said = answer(what, "Thu 14 Nov 2019 08:00")
    assert reason(REMINDER, said) == f"It is {LEAVES[what].value} until Thursday 21 November 2019."


def test_an_acknowledgement_holds_nothing_back_that_presses_until_it_is_done() -> None:
    assert reason(OVERDUE, answer(Answer.ACKNOWLEDGED, "Fri 29 Nov 2019 08:00"), when="Fri 29 Nov 2019 08:30") == ""


def test_what_was_declined_meanwhile_is_somebody_elses() -> None:
    assert reason(REMINDER, answer(Answer.DECLINED, "Thu 14 Nov 2019 08:00")) == "It is somebody else's now."


def test_whoever_has_left_is_not_written_to() -> None:
    ben = Holder(post="officer", person="ben")
    assert reason(timeline=council(directory=directory(holders=[ben]))) == "It is somebody else's now."
    assert reason(timeline=council(directory=directory(vacant=["officer"]))) == "It is somebody else's now."


def test_what_has_come_under_embargo_since_does_not_leave_the_circulation() -> None:
    closed = Embargo(circulation=frozenset({"director"}), until_fact="report_published")
    assert reason(of=milestone(embargoes=[closed])) == "It is somebody else's now."


def test_a_call_for_help_does_not_leave_the_circulation_either() -> None:
    closed = Embargo(circulation=frozenset({"officer"}), until_fact="report_published")
    why = "It is under embargo, and this person may not hear of it."
    assert reason(CLIMBED, HELP, when="Thu 28 Nov 2019 08:30", of=milestone(embargoes=[closed])) == why


def test_a_shadow_copy_does_not_reach_a_programme_lead_who_may_not_hear_of_it_any_more() -> None:
    shadowed = council(shadow_until="Fri 29 Nov 2019")
    (copy,) = prompts("Thu 14 Nov 2019 07:30", timeline=shadowed)
    assert reason(copy, timeline=shadowed) == ""
    closed = Embargo(circulation=frozenset({"officer"}), until_fact="report_published")
    assert reason(copy, of=milestone(embargoes=[closed]), timeline=shadowed) == "It is somebody else's now."
    assert reason(copy, timeline=COUNCIL) == "It is somebody else's now."


@pytest.mark.parametrize(
    ("when", "held"),
    [("Wed 27 Nov 2019 17:50", True), ("Thu 28 Nov 2019 17:50", True), ("Fri 29 Nov 2019 08:30", False)],
)
def test_what_counts_to_the_due_date_does_not_leave_after_it(when: str, held: bool) -> None:
    why = reason(ON_THE_DAY, when=when)
    assert why == ("" if held else "The due date has passed, and later rungs speak of it.")


def test_a_rung_that_the_ladder_lost_is_not_said() -> None:
    other = milestone(ladder(rung("other", "1 before", OWNER)))
    assert reason(of=other) == "The ladder no longer has this rung."


def test_an_answer_that_climbs_is_not_held_back_by_itself() -> None:
    assert reason(CLIMBED, HELP, when="Thu 28 Nov 2019 08:30") == ""


def test_a_call_that_was_taken_back_does_not_reach_whoever_has_gone_away_since() -> None:
    away = Absence(person="team-manager", from_on=day("Thu 28 Nov 2019"), until_on=day("Fri 29 Nov 2019"))
    taken_back = HELP, answer(Answer.ACKNOWLEDGED, "Wed 27 Nov 2019 10:00")
    assert reason(CLIMBED, *taken_back, when="Thu 28 Nov 2019 08:30") == ""
    timeline = council(directory=replace(directory(), absences=(away,)))
    told = reason(CLIMBED, *taken_back, when="Thu 28 Nov 2019 08:30", timeline=timeline)
    assert told == "It is somebody else's now."


def test_what_was_cancelled_may_be_said_when_it_takes_place_after_all() -> None:
    cancelled = replace(OWED, closed_because="The visit was cancelled.")
    task = task_context(COUNCIL, cancelled, at=at("Thu 14 Nov 2019 08:30"))
    assert may_be_said_later(task, suppression_reason(task, REMINDER))
    assert not may_be_said_later(task, "It is done.")
    assert not may_be_said_later(task_context(COUNCIL, OWED, at=at("Thu 14 Nov 2019 08:30")), "")


# Several that wait together


def waiting(prompt: Prompt, number: int, of: Milestone = OWED) -> PendingPrompt:
    return PendingPrompt(id=number, prompt=prompt, milestone=of)


def test_of_rungs_that_waited_together_each_person_hears_the_latest() -> None:
    (managers,) = (replace(OVERDUE, key=OVERDUE.key._replace(person="team-manager")),)
    first, last, other = waiting(ON_THE_DAY, 1), waiting(OVERDUE, 2), waiting(managers, 3)
    assert superseded_here([last, other, first]) == (first,)


def test_two_milestones_do_not_supersede_each_other() -> None:
    elsewhere = replace(OVERDUE, key=OVERDUE.key._replace(milestone="plo-panel/1/papers"))
    assert superseded_here([waiting(ON_THE_DAY, 1), waiting(elsewhere, 2)]) == ()


def test_a_call_for_help_is_not_lost_behind_a_later_rung() -> None:
    steps = replace(USUAL, rungs=(*USUAL.rungs, rung("pressing", "0 before", LINE_MANAGER)))
    task = task_context(COUNCIL, milestone(steps), at=at("Thu 28 Nov 2019 07:30"))
    assert task.audience.recipient(LINE_MANAGER)
    pressing = replace(ON_THE_DAY, key=ON_THE_DAY.key._replace(rung="pressing", person="team-manager"))
    call, routine = waiting(CLIMBED, 1), waiting(pressing, 2)
    assert call.prompt.rung_at < routine.prompt.rung_at
    assert superseded_here([call, routine]) == (routine,)


# One message


def test_what_leaves_together_for_one_person_is_one_message_by_due_date() -> None:
    later = replace(REMINDER, key=REMINDER.key._replace(due_on=day("Fri 29 Nov 2019")))
    pending, two = waiting(later, 1), waiting(REMINDER, 2)
    assert grouped([pending, two], mailed=frozenset()) == (
        MessageGroup(deliver_to="officer", channel="mail", prompts=(two, pending)),
    )


def test_each_person_and_each_channel_has_a_message_of_its_own() -> None:
    to_manager = waiting(replace(REMINDER, deliver_to="team-manager"), 1)
    on_teams = waiting(replace(REMINDER, channels=("teams", "mail")), 2)
    by_mail = waiting(REMINDER, 3)
    groups = grouped([to_manager, on_teams, by_mail], mailed=frozenset())
    assert {(group.deliver_to, group.channel): group.prompts for group in groups} == {
        ("team-manager", "mail"): (to_manager,),
        ("officer", "teams"): (on_teams,),
        ("officer", "mail"): (by_mail,),
    }


def test_each_prompt_leaves_by_the_way_that_was_found_for_it() -> None:
    ways = {
        1: ContactMethod("officer", "sms"),
        2: ContactMethod("officer", "mail"),
        3: ContactMethod("officer", "mail"),
    }
    groups = grouped([waiting(REMINDER, number) for number in ways], mailed=frozenset(), methods=ways)
    assert {group.channel: [told.id for told in group.prompts] for group in groups} == {"sms": [1], "mail": [2, 3]}


def test_what_a_deputy_gets_in_somebody_s_place_is_a_message_of_its_own() -> None:
    own = waiting(replace(REMINDER, deliver_to="team-manager"), 1)
    ways = {1: ContactMethod("team-manager", "mail"), 2: ContactMethod("team-manager", "mail")}
    groups = grouped([own, waiting(REMINDER, 2)], mailed=frozenset(), methods=ways)
    assert [(group.on_behalf_of, len(group.prompts)) for group in groups] == [("", 1), ("officer", 1)]


def test_what_has_failed_on_another_way_does_not_wait_for_tomorrows() -> None:
    failed = replace(waiting(REMINDER, 1), tried=("officer/teams",))
    assert [group.prompts for group in grouped([failed, waiting(REMINDER, 2)], mailed={"officer"})] == [(failed,)]


def test_a_person_gets_one_scheduled_message_a_day() -> None:
    assert grouped([waiting(REMINDER, 1)], mailed={"officer"}) == ()
    assert len(grouped([waiting(REMINDER, 1)], mailed={"team-manager"})) == 1


@pytest.mark.parametrize("change", ["timed", "urgent"])
def test_what_has_an_hour_of_its_own_or_is_urgent_does_not_wait_for_tomorrows(change: str) -> None:
    at_once = waiting(replace(REMINDER, timed=change == "timed", urgent=change == "urgent"), 1)
    (group,) = grouped([at_once, waiting(REMINDER, 2)], mailed={"officer"})
    assert group.prompts == (at_once,)


def test_an_answer_that_climbs_does_not_wait_for_tomorrows() -> None:
    assert CLIMBED.kind is PromptKind.ESCALATION
    assert [group.prompts for group in grouped([waiting(CLIMBED, 1)], mailed={"team-manager"})] == [
        (waiting(CLIMBED, 1),)
    ]


def test_in_shadow_what_is_meant_for_several_goes_to_the_programme_lead_in_one_message() -> None:
    shadowed = council(shadow_until="Fri 29 Nov 2019")
    first = prompts("Thu 14 Nov 2019 07:30", timeline=shadowed)[0]
    other = replace(first, meant_for="director", key=first.key._replace(person="shadow/director"))
    (group,) = grouped([waiting(first, 1), waiting(other, 2)], mailed=frozenset())
    assert (group.deliver_to, len(group.prompts)) == ("programme-lead", 2)
    assert superseded_here([waiting(first, 1), waiting(other, 2)]) == ()


def test_the_rungs_used_here_are_as_they_are_named() -> None:
    kinds = {prompt.key.rung: prompt for prompt in (REMINDER, ON_THE_DAY, OVERDUE)}
    assert list(kinds) == ["first", "on-the-day", "overdue"]
    assert USUAL.rungs[0].unless is Unless.ACKNOWLEDGED


@pytest.mark.parametrize(
    ("state", "when", "out_of_date"),
    [
        (MessageState.WAITING, "Thu 14 Nov 2019 23:59", False),
        (MessageState.WAITING, "Fri 15 Nov 2019 00:00", True),
        # It may have been read: it is repeated as it was.
        (MessageState.UNCERTAIN, "Fri 15 Nov 2019 00:00", False),
        (MessageState.SENDING, "Fri 15 Nov 2019 00:00", False),
    ],
)
def test_a_message_that_never_left_speaks_of_its_own_day_only(
    state: MessageState, when: str, out_of_date: bool
) -> None:
    message = Message(
        key="mail/officer/1",
        channel="mail",
        deliver_to="officer",
        kind="reminder",
        subject="",
        text="",
        html="",
        tokens=(),
        prompts=(1,),
        composed_at=at("Thu 14 Nov 2019 08:30"),
        state=state,
    )
    assert is_out_of_date(message, at=at(when)) is out_of_date


@pytest.mark.parametrize(
    ("kind", "expected"), [(PromptKind.CORRECTION, [[1, 2, 4], [3]]), (PromptKind.REMINDER, [[1, 2, 3, 4]])]
)
def test_a_second_entry_has_a_correction_of_its_own_and_splits_no_daily_mail(
    kind: PromptKind, expected: list[list[int]]
) -> None:
    pendings = [waiting(replace(REMINDER, kind=kind), number) for number in (1, 2, 3, 4)]
    groups = grouped(pendings, mailed=frozenset(), entries={2: "visit", 3: "panel", 4: "visit"})
    assert [[each.id for each in group.prompts] for group in groups] == expected


# The builder


def test_a_new_message_is_a_mail_that_leaves_at_once_with_a_token_of_its_own() -> None:
    now = at("Thu 14 Nov 2019 08:30")
    assert new_message("back/officer", "back", to="officer", subject="Back", text="Welcome.", at=now) == Message(
        key="back/officer",
        channel="mail",
        deliver_to="officer",
        kind="back",
        subject="Back",
        text="Welcome.",
        html="",
        tokens=(TokenClaims(person="officer", message="back/officer", kind=TokenKind.REPLY),),
        prompts=(),
        composed_at=now,
        next_attempt_at=now,
    )


def test_a_new_message_may_wait_and_carry_no_token() -> None:
    now, later = at("Thu 14 Nov 2019 07:30"), at("Thu 14 Nov 2019 08:30")
    message = new_message("k", "monday", to="officer", subject="", text="", at=now, leaves_at=later, tokens=())
    assert (message.tokens, message.composed_at, message.next_attempt_at) == ((), now, later)
