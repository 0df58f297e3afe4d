"""Test which prompts make one message, and when it leaves."""

from dataclasses import replace

import pytest

from tests.timeline.builders import COUNCIL, USUAL, council, milestone, rung
from tests.timeline.delivery.owed import CLIMBED, ON_THE_DAY, OVERDUE, OWED, REMINDER, prompts
from tests.timeline.literals import at, day
from timeline.definitions.duties import LINE_MANAGER, Unless
from timeline.delivery.contact_methods import ContactMethod
from timeline.delivery.message_groups import MessageGroup, grouped, superseded_here
from timeline.delivery.messages import (
    Message,
    PendingPrompt,
    TokenClaims,
    TokenKind,
    new_message,
)
from timeline.escalation.prompts import Prompt, PromptKind
from timeline.escalation.task_context import task_context
from timeline.planning.occurrences import Milestone

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
