"""Test entries of occurrences and due dates, and whose feed they stand in."""

from dataclasses import replace
from typing import Any

import pytest

from tests.timeline.builders import council, directory, duty, fact, milestone
from tests.timeline.literals import at, day
from tests.timeline.occurrences import occurrence
from timeline.definitions.duties import DutyClass, OccurrenceKind
from timeline.definitions.facts import Embargo, Fact
from timeline.definitions.people import Holder
from timeline.delivery.messages import TokenClaims
from timeline.ical.entries import CalendarEntry, due_entries, entries, uid
from timeline.ical.feeds import Reader, feed, reader_of
from timeline.planning.occurrences import Occurrence, OccurrenceState

NOON = at("Mon 11 Nov 2019 12:00")
TASK = milestone()
SECRET = Embargo(circulation=frozenset({"director"}))
MEETING = occurrence(
    "Fri 29 Nov 2019",
    title="Panel",
    kind=OccurrenceKind.MEETING,
    duty_class=DutyClass.C,
    starts_on=day("Fri 29 Nov 2019"),
    ends_on=day("Fri 29 Nov 2019"),
    milestones=(TASK,),
)


def entry(**changes: Any) -> CalendarEntry:
    days = entries([replace(MEETING, **changes)], council="council", sequences={MEETING.ref: 4}, windows=True, at=NOON)
    return next(days)


# Entries


def test_an_entry_counts_how_often_its_days_changed() -> None:
    assert (entry().sequence, entry().uid) == (4, uid("council", "action-plan/1"))


@pytest.mark.parametrize(
    ("changes", "title", "tentative"),
    [
        ({}, "Panel", False),
        ({"kind": OccurrenceKind.VISIT}, "Panel", False),
        ({"estimate": True}, "Panel", True),
        ({"starts_on": None, "opens_on": day("Fri 1 Nov 2019"), "estimate": True}, "Panel", False),
        ({"state": OccurrenceState.CANCELLED}, "Cancelled: Panel", False),
        ({"state": OccurrenceState.CANCELLED, "embargoes": (SECRET,)}, "Cancelled: Private", False),
    ],
)
def test_what_it_is_called_and_how_sure_it_is(changes: dict[str, Any], title: str, tentative: bool) -> None:
    assert (entry(**changes).title, entry(**changes).tentative) == (title, tentative)


def test_a_due_date_is_a_day_under_the_tasks_title() -> None:
    (entry,) = due_entries([TASK], council="council", sequences={TASK.ref: 2}, at=NOON)
    assert (entry.title, entry.starts_on, entry.ends_on) == (TASK.title, day("Thu 28 Nov 2019"), day("Thu 28 Nov 2019"))
    assert (entry.sequence, entry.uid) == (2, uid("council", TASK.ref))


def test_there_is_no_entry_for_a_task_without_a_date_or_one_that_is_off() -> None:
    tasks = [milestone(waits_for=("report_received",)), replace(TASK, closed_because="The meeting was cancelled.")]
    assert list(due_entries(tasks, council="council", sequences={}, at=NOON)) == []


# Feeds


def titles(reader: Reader, *, of: Occurrence = MEETING, facts: tuple[Fact, ...] = (), **more: Any) -> list[str]:
    people = directory(
        holders=[Holder(post="officer", person="officer"), Holder(post="officer", person="left", until_on=NOON.date())]
    )
    timeline = council(directory=people, obligations=[duty("on report_received", owner="team_manager")], facts=facts)
    given: dict[str, Any] = {"sequences": {}, "asked": {}, "at": NOON} | more
    return [entry.title for entry in feed(timeline, [of], reader, **given)]


@pytest.mark.parametrize(
    ("reader", "expected"),
    [
        (Reader(person="officer"), ["Panel", TASK.title]),
        (Reader(post="officer"), ["Panel", TASK.title]),
        (Reader(person="team-manager"), ["Panel"]),  # owns the duty
        (Reader(person="chief-executive"), ["Panel"]),  # on the line above
        (Reader(person="programme-lead"), []),
        (Reader(post="commissioner"), []),
        (Reader(person="nobody"), []),
    ],
)
def test_a_feed_has_what_concerns_its_reader_and_only_the_readers_own_tasks(
    reader: Reader, expected: list[str]
) -> None:
    assert titles(reader) == expected


def test_a_task_that_was_passed_on_stands_with_whoever_does_it() -> None:
    asked = {TASK.ref: "programme-lead"}
    assert titles(Reader(person="programme-lead"), asked=asked) == ["Panel", TASK.title]
    assert TASK.title not in titles(Reader(person="officer"), asked=asked)
    assert titles(Reader(post="officer"), asked=asked) == ["Panel", TASK.title]


def test_under_embargo_even_its_circulation_sees_only_private_days() -> None:
    secret = replace(MEETING, embargoes=(SECRET,), milestones=(replace(TASK, owner="director", embargoes=(SECRET,)),))
    assert titles(Reader(person="director"), of=secret) == ["Private", "Private"]


def test_a_task_under_embargo_is_not_even_a_private_day_to_others() -> None:
    secret = replace(MEETING, milestones=(replace(TASK, embargoes=(SECRET,)),))
    assert titles(Reader(person="officer"), of=secret) == ["Panel"]


@pytest.mark.parametrize(
    ("cancelled_at", "shown"),
    [
        ("Sat 12 Oct 2019 11:59", False),
        ("Sat 12 Oct 2019 12:00", False),
        ("Sat 12 Oct 2019 12:01", True),
    ],
)
def test_what_was_cancelled_stays_for_thirty_days(cancelled_at: str, shown: bool) -> None:
    off = replace(MEETING, state=OccurrenceState.CANCELLED, milestones=())
    known = fact("cancelled", "Sat 12 Oct 2019", known=cancelled_at, of=MEETING.ref)
    assert bool(titles(Reader(post="team_manager"), of=off, facts=(known,))) is shown


@pytest.mark.parametrize(
    ("ends", "shown"), [("Sat 10 Nov 2018", False), ("Sun 11 Nov 2018", True), ("Mon 12 Nov 2018", True)]
)
def test_what_is_over_stays_for_a_year(ends: str, shown: bool) -> None:
    past = replace(MEETING, starts_on=day(ends), ends_on=day(ends), milestones=(milestone(due=ends),))
    assert titles(Reader(person="officer"), of=past) == (["Panel", TASK.title] if shown else [])


@pytest.mark.parametrize("reader", [Reader(person="ann"), Reader(post="officer")])
def test_a_feeds_token_says_whose_it_is(reader: Reader) -> None:
    assert reader_of(reader.link(generation=2)) == reader


@pytest.mark.parametrize(
    "of",
    [
        TokenClaims(person="ann"),
        TokenClaims(person="ann", message="tasks/2019-11-11T12:00:00+00:00"),
        TokenClaims(person="ann", milestone="plo-panel/1/cases", message="calendar"),
    ],
)
def test_no_other_token_opens_a_feed(of: TokenClaims) -> None:
    assert reader_of(of) is None
