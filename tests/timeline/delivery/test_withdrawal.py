"""Test which messages in the outbox must not leave as they are, and which prompts can leave by another method."""

from dataclasses import replace

import pytest

from tests.timeline.builders import COUNCIL, answer, milestone
from tests.timeline.delivery.owed import MESSAGE
from tests.timeline.literals import at
from timeline.answers.responses import Answer, Response
from timeline.delivery.contact_methods import ChannelInfo, ContactMethod, Needs, Reachability
from timeline.delivery.messages import MessageState, PendingPrompt
from timeline.delivery.withdrawal import (
    Blocked,
    blocked,
    can_avoid_rest,
    outdated_reason,
    reroutable,
    waits_for_resting_channel,
    withdrawal_reason,
)
from timeline.escalation.ladder import decide
from timeline.escalation.task_context import TaskContext, task_context

OWED = milestone()
BY_MAIL = ContactMethod("officer", "mail")
REACHABILITY = Reachability({"mail": ChannelInfo("mail"), "sms": ChannelInfo("sms", Needs.PHONE)})
DEAD = replace(REACHABILITY, dead=frozenset({BY_MAIL}))
RESTING = replace(REACHABILITY, resting=frozenset({"mail"}))
NO_CHANNEL = Reachability({})


def pending(*, urgent: bool = False, tried: tuple[str, ...] = ()) -> PendingPrompt:
    (prompt,) = decide(task(), until=at("Thu 14 Nov 2019 23:59")).prompts
    return PendingPrompt(id=1, prompt=replace(prompt, urgent=urgent), milestone=OWED, tried=tried)


def task(*responses: Response) -> TaskContext:
    return task_context(COUNCIL, OWED, (), responses, at=at("Thu 14 Nov 2019 08:30"))


@pytest.mark.parametrize(
    ("reachability", "expected"),
    [(REACHABILITY, None), (RESTING, None), (DEAD, Blocked.DEAD_ADDRESS), (NO_CHANNEL, Blocked.CHANNEL_GONE)],
)
def test_a_message_is_blocked_by_a_dead_address_or_a_channel_that_is_gone(
    reachability: Reachability, expected: Blocked | None
) -> None:
    assert blocked(MESSAGE, reachability) is expected


@pytest.mark.parametrize(
    ("reachability", "when", "expected"),
    [
        (REACHABILITY, "Thu 14 Nov 2019 17:50", ""),
        (DEAD, "Thu 14 Nov 2019 17:50", "It has no way out."),
        (NO_CHANNEL, "Fri 15 Nov 2019 08:00", "It has no way out."),
        (REACHABILITY, "Fri 15 Nov 2019 08:00", "It was written for another day."),
    ],
)
def test_a_message_that_is_blocked_or_of_another_day_is_withdrawn(
    reachability: Reachability, when: str, expected: str
) -> None:
    assert withdrawal_reason(MESSAGE, reachability, at=at(when)) == expected


def test_a_message_of_which_one_prompt_no_longer_holds_is_withdrawn() -> None:
    done = answer(Answer.DONE, "Thu 14 Nov 2019 08:29")
    assert outdated_reason([pending()], {1: task()}) == ""
    assert outdated_reason([pending()], {1: task(done)}) == "Part of it no longer held."
    assert outdated_reason([], {}) == ""


def test_only_a_message_of_which_nothing_has_left_is_freed_from_a_resting_channel() -> None:
    assert waits_for_resting_channel(MESSAGE, RESTING)
    assert not waits_for_resting_channel(MESSAGE, REACHABILITY)
    assert not waits_for_resting_channel(replace(MESSAGE, state=MessageState.UNCERTAIN), RESTING)


def test_an_urgent_prompt_avoids_a_resting_channel_only_where_another_works() -> None:
    both_rest = replace(REACHABILITY, resting=frozenset({"mail", "sms"}))
    sms_first = replace(pending(urgent=True), prompt=replace(pending(urgent=True).prompt, channels=("room",)))
    room = replace(RESTING, outlets=dict(RESTING.outlets) | {"room": ChannelInfo("room", several=True)})
    assert not can_avoid_rest([pending(urgent=True)], {1: task()}, both_rest)
    assert can_avoid_rest([sms_first], {1: task()}, room)
    assert not can_avoid_rest([replace(sms_first, prompt=replace(sms_first.prompt, urgent=False))], {1: task()}, room)


def test_what_failed_by_mail_can_leave_by_the_deputys_mail() -> None:
    assert reroutable(MESSAGE, [pending()], {1: task()}, REACHABILITY, gone=False) == (1,)
    assert reroutable(MESSAGE, [pending()], {1: task()}, NO_CHANNEL, gone=False) == ()


def test_a_dead_address_counts_for_every_prompt_of_the_message() -> None:
    in_place_of_somebody = replace(MESSAGE, deliver_to="team-manager")
    tried = pending(tried=("officer/mail",))
    rerouted = reroutable(in_place_of_somebody, [tried], {1: task()}, REACHABILITY, gone=True)
    assert rerouted == reroutable(in_place_of_somebody, [tried], {1: task()}, REACHABILITY, gone=False)
