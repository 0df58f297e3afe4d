"""Test what becomes of the prompts that wait: suppressed, superseded, given up, or sent as messages."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from tests.timeline.builders import COUNCIL, answer, directory, milestone
from tests.timeline.builders import council as a_council
from tests.timeline.literals import at, day
from timeline.answers.responses import Answer, Response
from timeline.definitions.absences import Absence
from timeline.definitions.council import CouncilTimeline, Pause
from timeline.delivery.contact_methods import ChannelInfo, ContactMethod, Needs, Reachability
from timeline.delivery.decide import (
    DeliveryDecision,
    PendingSituation,
    Suppressed,
    decide_delivery,
    may_leave_now,
)
from timeline.delivery.message_groups import MessageGroup
from timeline.delivery.messages import PendingPrompt
from timeline.delivery.suppression import REASSIGNED
from timeline.escalation.ladder import decide
from timeline.escalation.prompts import Prompt
from timeline.escalation.task_context import task_context

OWED = milestone()
MORNING = "Thu 14 Nov 2019 08:30"
REACHABILITY = Reachability({"mail": ChannelInfo("mail", carries_entries=True), "sms": ChannelInfo("sms", Needs.PHONE)})


def written(when: str, timeline: CouncilTimeline = COUNCIL) -> Prompt:
    task = task_context(timeline, OWED, at=at(when))
    (prompt,) = decide(task, until=at(f"{when.rsplit(' ', 1)[0]} 23:59")).prompts
    return prompt


REMINDER = written("Thu 14 Nov 2019 07:30")
ON_THE_DAY = written("Thu 28 Nov 2019 07:30")
OVERDUE = written("Fri 29 Nov 2019 07:30")


def pending(prompt: Prompt = REMINDER, number: int = 1, *, tried: tuple[str, ...] = ()) -> PendingPrompt:
    return PendingPrompt(id=number, prompt=prompt, milestone=OWED, tried=tried)


def decided(
    *prompts: PendingPrompt,
    when: str = MORNING,
    responses: Sequence[Response] = (),
    timeline: CouncilTimeline = COUNCIL,
    reachability: Reachability = REACHABILITY,
    mailed: frozenset[str] = frozenset(),
    entries: Mapping[int, str] | None = None,
) -> DeliveryDecision:
    tasks = {each.id: task_context(timeline, each.milestone, (), responses, at=at(when)) for each in prompts}
    situation = PendingSituation(
        prompts=prompts, tasks=tasks, reachability=reachability, mailed=mailed, entries=entries or {}
    )
    return decide_delivery(situation)


def mail(*prompts: PendingPrompt, to: str = "officer", calendar_prompt: int | None = None) -> MessageGroup:
    return MessageGroup(deliver_to=to, channel="mail", prompts=prompts, calendar_prompt=calendar_prompt)


def test_without_prompts_nothing_leaves() -> None:
    assert decided() == DeliveryDecision()


def test_what_holds_and_can_be_delivered_leaves_as_a_message() -> None:
    assert decided(pending()) == DeliveryDecision(groups=(mail(pending()),))


def test_what_no_longer_holds_is_suppressed_with_the_reason() -> None:
    done = answer(Answer.DONE, "Thu 14 Nov 2019 08:29")
    assert decided(pending(), responses=[done]) == DeliveryDecision(suppressed=(Suppressed(pending(), "It is done."),))


def test_what_a_pause_holds_back_may_be_written_again() -> None:
    pause = Pause(
        obligation=OWED.obligation,
        from_on=day("Thu 14 Nov 2019"),
        until_on=day("Fri 15 Nov 2019"),
    )
    (suppressed,) = decided(pending(), timeline=replace(COUNCIL, pauses=(pause,))).suppressed
    assert (suppressed.reason, suppressed.passes) == (pause.sentence, True)


def test_the_task_of_a_suppressed_prompt_whose_person_is_away_is_somebody_elses_now() -> None:
    away = Absence(person="officer", from_on=day("Thu 14 Nov 2019"), until_on=day("Fri 15 Nov 2019"))
    decision = decided(pending(), timeline=a_council(directory=replace(directory(), absences=(away,))))
    assert decision.suppressed == (Suppressed(pending(), REASSIGNED, passes=True),)
    assert decision.reassigned == {OWED.ref}
    assert decided(pending()).reassigned == frozenset()


def test_what_a_later_rung_repeats_is_superseded() -> None:
    first, last = pending(ON_THE_DAY, 1), pending(REMINDER, 2)
    decision = decided(first, last, when="Thu 28 Nov 2019 08:30")
    assert decision == DeliveryDecision(superseded=(last,), groups=(mail(first),))


def test_a_suppressed_rung_supersedes_no_other() -> None:
    early, lost = pending(REMINDER, 1), pending(replace(OVERDUE, key=OVERDUE.key._replace(rung="lost")), 2)
    decision = decided(early, lost)
    assert [each.pending for each in decision.suppressed] == [lost]
    assert decision.groups == (mail(early),)


def test_what_can_be_delivered_to_nobody_is_given_up() -> None:
    reachability = Reachability({"sms": ChannelInfo("sms", Needs.PHONE)})
    decision = decided(pending(), reachability=reachability)
    assert decision == DeliveryDecision(given_up=(pending(),))
    assert decision.unreached == {"officer"}


def test_what_has_failed_leaves_by_the_next_method() -> None:
    failed = pending(tried=("officer/mail",))
    (group,) = decided(failed).groups
    assert (group.deliver_to, group.on_behalf_of) == ("team-manager", "officer")


def test_dead_addresses_are_not_tried() -> None:
    dead = replace(REACHABILITY, dead=frozenset({ContactMethod("officer", "mail")}))
    (group,) = decided(pending(), reachability=dead).groups
    assert group.deliver_to == "team-manager"


def test_whoever_had_todays_message_waits_for_tomorrows_and_nothing_is_taken_back() -> None:
    assert decided(pending(), mailed=frozenset({"officer"})) == DeliveryDecision()


# Calendar entries


def test_a_mail_to_the_person_meant_carries_the_entry() -> None:
    assert decided(pending(), entries={1: "visit"}).groups == (mail(pending(), calendar_prompt=1),)


def test_a_mail_to_a_deputy_carries_no_entry() -> None:
    (group,) = decided(pending(tried=("officer/mail",)), entries={1: "visit"}).groups
    assert (group.deliver_to, group.calendar_prompt) == ("team-manager", None)


def test_only_a_channel_that_carries_entries_carries_one() -> None:
    by_text = pending(replace(REMINDER, channels=("sms", "mail")))
    (group,) = decided(by_text, timeline=with_phone(), entries={1: "visit"}).groups
    assert (group.channel, group.calendar_prompt) == ("sms", None)


def test_a_copy_of_a_trial_run_carries_no_entry() -> None:
    shadowed = a_council(shadow_until="Fri 29 Nov 2019")
    copy = pending(written("Thu 14 Nov 2019 07:30", shadowed))
    (group,) = decided(copy, timeline=shadowed, entries={1: "visit"}).groups
    assert (group.deliver_to, group.calendar_prompt) == ("programme-lead", None)


def test_the_daily_mail_carries_the_first_entry_of_its_prompts() -> None:
    elsewhere = pending(replace(REMINDER, key=REMINDER.key._replace(milestone="plo-panel/1/papers")), 2)
    (group,) = decided(pending(), elsewhere, entries={2: "panel"}).groups
    assert ({each.id for each in group.prompts}, group.calendar_prompt) == ({1, 2}, 2)


def with_phone() -> CouncilTimeline:
    usual = directory()
    officer = replace(usual.people["officer"], phone="+44 7700 900123")
    return a_council(directory=replace(usual, people=dict(usual.people) | {"officer": officer}))


# Outside working time


@pytest.mark.parametrize(("is_working_time", "expected"), [(True, [1, 2]), (False, [2])])
def test_outside_working_time_only_what_is_urgent_leaves(is_working_time: bool, expected: list[int]) -> None:
    prompts = [pending(REMINDER, 1), pending(replace(REMINDER, urgent=True), 2)]
    assert [each.id for each in may_leave_now(prompts, is_working_time=is_working_time)] == expected
