"""Test what waits past its time, in working time, and what may wait."""

from typing import Any

import pytest

from tests.timeline.assurance.facts import COUNCIL, due, evidence, row
from tests.timeline.literals import at
from timeline.assurance import Evidence, FindingKind, LedgerRow, MessageProgress, reckon
from timeline.assurance.mornings import morning_before, mornings_between, working_time
from timeline.delivery.messages import MessageState

WRITTEN = "Thu 14 Nov 2019 07:30"


def kinds(given: Evidence, when: str) -> list[FindingKind]:
    return [finding.kind for finding in reckon(given, since=at("Wed 13 Nov 2019 08:45"), at=at(when)).findings]


def waiting(**more: Any) -> LedgerRow:
    (prompt,) = due(WRITTEN)
    return row(prompt, WRITTEN, **more)


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("Thu 14 Nov 2019 08:44", []),
        ("Thu 14 Nov 2019 08:45", [FindingKind.OVERDUE]),
        ("Thu 14 Nov 2019 19:00", [FindingKind.OVERDUE]),
    ],
)
def test_a_prompt_has_fifteen_minutes_of_working_time(when: str, expected: list[FindingKind]) -> None:
    assert kinds(evidence(waiting(), when=when), when) == expected


def test_what_falls_due_at_night_or_before_a_weekend_has_them_on_the_next_working_day() -> None:
    late = waiting(send_at=at("Fri 15 Nov 2019 18:00"))
    assert kinds(evidence(late, when="Sun 17 Nov 2019 12:00"), "Sun 17 Nov 2019 12:00") == []
    assert kinds(evidence(late, when="Mon 18 Nov 2019 08:14"), "Mon 18 Nov 2019 08:14") == []


def test_what_fell_due_after_the_days_mail_waits_for_the_next() -> None:
    mailed = {"x": MessageProgress(MessageState.ACCEPTED, "officer", "mail", at("Thu 14 Nov 2019 08:30"), None, None)}
    late = waiting(send_at=at("Thu 14 Nov 2019 10:00"))
    assert kinds(evidence(late, messages=mailed, when="Thu 14 Nov 2019 17:00"), "Thu 14 Nov 2019 17:00") == []
    assert kinds(evidence(late, messages=mailed, when="Fri 15 Nov 2019 08:45"), "Fri 15 Nov 2019 08:45") == ["overdue"]
    alone = waiting(send_at=at("Thu 14 Nov 2019 10:00"), alone=True)
    assert kinds(evidence(alone, messages=mailed, when="Thu 14 Nov 2019 17:00"), "Thu 14 Nov 2019 17:00") == ["overdue"]


def test_while_sending_is_stopped_nothing_is_overdue() -> None:
    assert kinds(evidence(waiting(), stopped=True), "Thu 14 Nov 2019 08:45") == []


@pytest.mark.parametrize(
    ("state", "claimed", "next_at", "expected"),
    [
        (MessageState.SENDING, "Thu 14 Nov 2019 08:30", "", []),
        (MessageState.SENDING, "Thu 14 Nov 2019 08:15", "", ["stuck"]),
        (MessageState.WAITING, "", "Thu 14 Nov 2019 09:30", []),
        (MessageState.UNCERTAIN, "", "Thu 14 Nov 2019 08:10", ["stuck"]),
        (MessageState.UNCERTAIN, "", "", ["stuck"]),
        (MessageState.FAILED, "", "", ["stuck"]),
    ],
)
def test_a_message_has_half_an_hour(state: MessageState, claimed: str, next_at: str, expected: list[str]) -> None:
    instants = [at(each) if each else None for each in (claimed, next_at)]
    message = MessageProgress(state, "officer", "mail", at("Thu 14 Nov 2019 08:00"), *instants)
    given = evidence(waiting(message="m"), messages={"m": message})
    assert kinds(given, "Thu 14 Nov 2019 08:45") == expected


def test_a_message_on_a_channel_at_rest_is_waited_for_and_one_that_is_gone_is_not() -> None:
    late = MessageProgress(MessageState.WAITING, "officer", "mail", at(WRITTEN), None, at("Wed 13 Nov 2019 12:00"))
    rests = evidence(waiting(message="m"), messages={"m": late}, resting=frozenset({"mail"}))
    assert kinds(rests, "Thu 14 Nov 2019 08:45") == []
    assert kinds(evidence(waiting(message="m")), "Thu 14 Nov 2019 08:45") == ["stuck"]


@pytest.mark.parametrize(
    ("when", "morning"),
    [
        ("Thu 14 Nov 2019 07:45", "Thu 14 Nov 2019 07:45"),
        ("Thu 14 Nov 2019 07:44", "Wed 13 Nov 2019 07:45"),
        ("Sun 17 Nov 2019 12:00", "Fri 15 Nov 2019 07:45"),
        ("Mon 18 Nov 2019 07:00", "Fri 15 Nov 2019 07:45"),
        ("Mon 28 Oct 2019 08:45", "Mon 28 Oct 2019 07:45"),
        ("Mon 30 Mar 2020 08:45", "Mon 30 Mar 2020 07:45"),
    ],
)
def test_the_morning_is_the_last_weekdays_at_a_quarter_to_eight_in_london(when: str, morning: str) -> None:
    assert morning_before(at(when)) == at(morning)


def test_mornings_between_two_assurances() -> None:
    ats = mornings_between(at("Thu 14 Nov 2019 08:45"), at("Tue 19 Nov 2019 07:45"))
    assert list(ats) == [at("Fri 15 Nov 2019 07:45"), at("Mon 18 Nov 2019 07:45")]


def test_working_time_leaves_out_nights_weekends_and_holidays() -> None:
    office, hours = COUNCIL.calendars.office, COUNCIL.hours
    timedelta = working_time(at("Tue 24 Dec 2019 17:30"), at("Fri 27 Dec 2019 08:20"), office, hours)
    assert timedelta.total_seconds() == 50 * 60
