"""Test what a calendar hears of an occurrence: a table of what holds now and what it was told last."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.timeline.builders import COUNCIL, ladder, milestone, rung
from tests.timeline.literals import at, day
from tests.timeline.occurrences import visit
from timeline.calendar.bank_holidays import calendars
from timeline.definitions.duties import LINE_MANAGER, OWNER, Ladder, OccurrenceKind
from timeline.definitions.facts import Embargo
from timeline.delivery.messages import TokenClaims
from timeline.escalation.prompts import Prompt, PromptKey, PromptKind
from timeline.escalation.task_context import task_context
from timeline.ical.entries import PRIVATE, uid
from timeline.ical.invitations import (
    Invitation,
    Method,
    SentInvitation,
    StoredOccurrence,
    asks,
    entry_of,
    holds,
    in_words,
    invitation,
    organizer,
)
from timeline.planning.occurrences import OccurrenceState

VISIT = visit("Tue 24 Mar 2020", "Wed 25 Mar 2020", why=("Set for Tuesday 24 March 2020.",))
NOW = StoredOccurrence(occurrence=VISIT, sequence=3)
OFF = replace(VISIT, state=OccurrenceState.CANCELLED)
NO_DAYS = replace(VISIT, starts_on=None, ends_on=None, opens_on=day("Sun 1 Mar 2020"), closes_on=day("Sun 31 May 2020"))
TOLD = SentInvitation(
    method=Method.REQUEST,
    uid=uid("council", VISIT.ref),
    sequence=3,
    title="Ofsted monitoring visit",
    starts_on=day("Tue 24 Mar 2020"),
    ends_on=day("Wed 25 Mar 2020"),
)
BEFORE = replace(TOLD, sequence=2, starts_on=day("Tue 10 Mar 2020"), ends_on=day("Wed 11 Mar 2020"))
TAKEN_BACK = replace(BEFORE, method=Method.CANCEL)
FRIDAY = "Fri 6 Mar 2020 08:30"


def said(
    now: StoredOccurrence = NOW, told: SentInvitation | None = None, *, wants: bool = True, when: str = FRIDAY
) -> Invitation | None:
    return invitation(now, told, wants=wants, council="council", office=calendars().office, at=at(when))


def kept(**changes: Any) -> StoredOccurrence:
    return replace(NOW, occurrence=replace(VISIT, **changes))


@pytest.mark.parametrize(
    ("now", "told", "wants", "expected"),
    [
        (NOW, None, True, (Method.REQUEST, 3)),
        (NOW, None, False, None),
        (NOW, TOLD, True, None),
        (NOW, BEFORE, True, (Method.REQUEST, 3)),
        (NOW, BEFORE, False, (Method.REQUEST, 3)),
        (NOW, TAKEN_BACK, False, (Method.REQUEST, 3)),
        # Moved and moved back, or called off and set again, before anybody was told.
        (NOW, replace(TOLD, sequence=1), True, None),
        (NOW, replace(TOLD, sequence=1, method=Method.CANCEL), True, (Method.REQUEST, 3)),
        (replace(NOW, occurrence=OFF), None, True, None),
        (replace(NOW, occurrence=OFF), BEFORE, False, (Method.CANCEL, 3)),
        (replace(NOW, occurrence=OFF), TAKEN_BACK, False, None),
        (replace(NOW, gone=True), BEFORE, False, (Method.CANCEL, 3)),
        (replace(NOW, gone=True), None, True, None),
        (replace(NOW, occurrence=NO_DAYS), None, True, None),
        (replace(NOW, occurrence=NO_DAYS), BEFORE, True, (Method.CANCEL, 3)),
        (kept(kind=OccurrenceKind.SUBMISSION), None, True, None),
        (kept(ours=False), None, True, None),
    ],
)
def test_what_is_said(
    now: StoredOccurrence, told: SentInvitation | None, wants: bool, expected: tuple[Method, int] | None
) -> None:
    invitation = said(now, told, wants=wants)
    assert (invitation and (invitation.method, invitation.entry.sequence)) == expected
    assert invitation is None or invitation.entry.uid == TOLD.uid


@pytest.mark.parametrize(
    ("written", "now", "expected"),
    [
        (TOLD, NOW, True),
        (replace(TOLD, sequence=1), NOW, True),
        (BEFORE, NOW, False),
        (TOLD, replace(NOW, occurrence=OFF), False),
        (TAKEN_BACK, replace(NOW, occurrence=OFF), True),
        (TAKEN_BACK, NOW, False),
    ],
)
def test_what_has_not_left_is_held_against_how_things_stand(
    written: SentInvitation, now: StoredOccurrence, expected: bool
) -> None:
    assert holds(written, now, council="council", at=at(FRIDAY)) is expected


@pytest.mark.parametrize(
    ("when", "invited", "moved"),
    [
        ("Mon 23 Mar 2020 17:59", True, True),
        ("Tue 24 Mar 2020 00:00", False, True),
        ("Wed 25 Mar 2020 23:59", False, True),
        ("Thu 26 Mar 2020 00:00", False, False),
    ],
)
def test_nobody_is_invited_to_what_has_begun_or_told_of_a_move_into_the_past(
    when: str, invited: bool, moved: bool
) -> None:
    assert (said(when=when) is not None, said(told=BEFORE, when=when) is not None) == (invited, moved)


def test_what_is_cancelled_is_taken_out_under_the_days_that_the_calendar_knows() -> None:
    invitation = said(replace(NOW, occurrence=OFF), BEFORE)
    assert invitation is not None
    assert (invitation.entry.starts_on, invitation.entry.ends_on) == (BEFORE.starts_on, BEFORE.ends_on)
    assert (invitation.entry.cancelled, invitation.alarm, invitation.entry.description) == (True, None, "")


@pytest.mark.parametrize("title", [PRIVATE, "Busy"])  # the second is of mails from before there was the first
def test_what_was_told_as_private_is_taken_out_as_private(title: str) -> None:
    invitation = said(replace(NOW, gone=True), replace(BEFORE, title=title))
    assert invitation is not None
    assert (invitation.entry.title, invitation.entry.private) == (title, True)
    assert in_words(invitation) == "An entry in your calendar, 10–11 March 2020, is off. This mail takes it out."


@pytest.mark.parametrize(
    ("starts", "alarm"),
    [
        ("Tue 24 Mar 2020", timedelta(hours=-15)),  # Mon 23 Mar 09:00
        ("Mon 23 Mar 2020", timedelta(days=-3, hours=9)),  # Fri 20 Mar
        ("Tue 14 Apr 2020", timedelta(days=-5, hours=9)),  # Thu 9 Apr: Easter lies between
        ("Mon 30 Mar 2020", timedelta(days=-3, hours=9)),  # the clocks change on Sun 29 Mar
        ("Fri 6 Mar 2020", None),
    ],
)
def test_the_alarm_rings_at_nine_on_the_working_day_before(starts: str, alarm: timedelta | None) -> None:
    invitation = said(kept(starts_on=day(starts), ends_on=day(starts)), BEFORE)
    assert invitation is not None
    assert invitation.alarm == alarm


@pytest.mark.parametrize(
    ("until", "title"),
    [(None, PRIVATE), ("Fri 6 Mar 2020 08:31", PRIVATE), ("Fri 6 Mar 2020 08:30", "Ofsted monitoring visit")],
)
def test_under_embargo_the_days_are_private_and_no_more(until: str | None, title: str) -> None:
    embargo = Embargo(circulation=frozenset({"officer"}), until=at(until) if until else None)
    invitation = said(kept(embargoes=(embargo,)))
    assert invitation is not None
    secret = title == PRIVATE
    assert (invitation.entry.title, invitation.entry.private, invitation.entry.description == "") == (
        title,
        secret,
        secret,
    )


# Which rungs ask

INVITES = replace(rung("first", "10 before", OWNER), invite=True)
LATER = rung("reminder", "5 before", OWNER, LINE_MANAGER)


@pytest.mark.parametrize(
    ("of", "selector", "when", "expected"),
    [
        (ladder(INVITES, LATER), OWNER, "Thu 21 Nov 2019 08:30", True),  # it superseded the first
        (ladder(INVITES, LATER), LINE_MANAGER, "Thu 21 Nov 2019 08:30", False),
        (ladder(INVITES, LATER), OWNER, "Wed 13 Nov 2019 08:30", False),  # the first comes tomorrow
        (ladder(LATER), OWNER, "Thu 21 Nov 2019 08:30", False),
    ],
)
def test_a_rung_that_was_superseded_asks_through_the_one_that_is_said(
    of: Ladder, selector: str, when: str, expected: bool
) -> None:
    task = task_context(COUNCIL, milestone(of), at=at(when))
    assert asks(task, prompt(selector)) is expected
    assert asks(task, replace(prompt(selector), invite=True))
    assert not asks(task, replace(prompt(selector), invite=True, kind=PromptKind.CORRECTION))


def prompt(selector: str) -> Prompt:
    when = at("Thu 21 Nov 2019 08:30")
    return Prompt(
        key=PromptKey("action-plan/1/draft", day("Thu 28 Nov 2019"), "reminder", "officer", 0),
        kind=PromptKind.REMINDER,
        selector=selector,
        post="officer",
        meant_for="officer",
        deliver_to="officer",
        rung_at=when,
        send_at=when,
    )


# The organizer's token


def test_the_organizer_is_bound_to_reader_and_entry_and_no_other_token_is_taken_for_it() -> None:
    assert entry_of(organizer("ann", TOLD.uid)) == TOLD.uid
    assert organizer("ann", TOLD.uid) != organizer("ben", TOLD.uid)
    assert entry_of(TokenClaims(person="ann", message="mail/ann/2020-03-06T08:30+0000/1")) == ""
    assert entry_of(TokenClaims(person="ann", milestone="monitoring-visit/1/data")) == ""
