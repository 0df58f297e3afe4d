"""Test at which instant a rung of the ladder leaves, and what is too early or too late for it."""

from dataclasses import replace
from datetime import time

import pytest

from tests.timeline.builders import (
    COUNCIL,
    LAST_ON,
    council,
    ladder,
    milestone,
    rung,
)
from tests.timeline.escalation.ladder.asked import OWED, lived, on_the_day
from tests.timeline.literals import at
from timeline.calendar.london import LONDON
from timeline.calendar.wording import short_date
from timeline.definitions.duties import OWNER
from timeline.escalation.ladder import decide, speaks
from timeline.escalation.task_context import task_context
from timeline.planning.occurrences import Milestone


@pytest.mark.parametrize(
    ("when", "rung_said"),
    [
        # The mail of the due date itself, at the latest in its working hours; in the evening it would leave too late.
        ("Wed 27 Nov 2019 07:30", "not-done"),
        ("Thu 28 Nov 2019 07:30", "on-the-day"),
        ("Thu 28 Nov 2019 18:00", "on-the-day"),
        ("Thu 28 Nov 2019 18:01", None),
        ("Fri 29 Nov 2019 07:30", "overdue"),
    ],
)
def test_nothing_that_counts_to_the_due_date_leaves_after_it(when: str, rung_said: str | None) -> None:
    assert [prompt.key.rung for prompt in on_the_day(when).prompts] == ([rung_said] if rung_said else [])


# When it leaves


@pytest.mark.parametrize(
    ("when", "leaves"),
    [
        ("Thu 14 Nov 2019 00:00", "Thu 14 Nov 2019 08:30"),
        ("Thu 14 Nov 2019 08:29", "Thu 14 Nov 2019 08:30"),
        ("Thu 14 Nov 2019 08:30", "Thu 14 Nov 2019 08:30"),
        ("Thu 14 Nov 2019 08:31", "Thu 14 Nov 2019 08:31"),
        ("Thu 14 Nov 2019 18:00", "Thu 14 Nov 2019 18:00"),
        ("Thu 14 Nov 2019 18:01", "Fri 15 Nov 2019 08:30"),
        ("Fri 15 Nov 2019 21:00", "Mon 18 Nov 2019 08:30"),
    ],
)
def test_a_late_prompt_leaves_with_todays_mail_or_in_the_next_working_time(when: str, leaves: str) -> None:
    (prompt,) = on_the_day(when).prompts
    assert (prompt.send_at, prompt.rung_at) == (at(leaves), at("Thu 14 Nov 2019 08:30"))


@pytest.mark.parametrize(
    ("due", "morning", "utc"),
    [
        ("Fri 25 Oct 2019", "Fri 25 Oct 2019 07:30", time(7, 30)),  # BST
        ("Mon 28 Oct 2019", "Mon 28 Oct 2019 07:30", time(8, 30)),  # GMT, the day after the change
        ("Fri 27 Mar 2020", "Fri 27 Mar 2020 07:30", time(8, 30)),  # GMT
        ("Mon 30 Mar 2020", "Mon 30 Mar 2020 07:30", time(7, 30)),  # BST, the day after the change
    ],
)
def test_the_daily_mail_leaves_by_the_clock_on_the_wall(due: str, morning: str, utc: time) -> None:
    (prompt,) = on_the_day(morning, milestone(due=due)).prompts
    assert prompt.send_at.astimezone(LONDON).time() == time(8, 30)
    assert (prompt.send_at - LONDON.utcoffset(prompt.send_at)).time() == utc  # type: ignore[operator]


NOON = milestone(ladder(rung("noon", "0 before at 12:00", OWNER), rung("overdue", "1 after", OWNER)))


@pytest.mark.parametrize(
    ("when", "leaves"),
    [
        ("Thu 28 Nov 2019 07:30", "Thu 28 Nov 2019 12:00"),
        ("Thu 28 Nov 2019 12:00", "Thu 28 Nov 2019 12:00"),
        ("Thu 28 Nov 2019 12:01", "Thu 28 Nov 2019 12:01"),
    ],
)
def test_a_rung_with_an_hour_of_its_own_leaves_at_it(when: str, leaves: str) -> None:
    (prompt,) = on_the_day(when, NOON).prompts
    assert (prompt.send_at, prompt.timed) == (at(leaves), True)


def test_an_hour_before_the_daily_mail_is_kept_too() -> None:
    early = milestone(ladder(rung("early", "0 before at 08:05", OWNER), rung("overdue", "1 after", OWNER)))
    (prompt,) = on_the_day("Thu 28 Nov 2019 07:30", early).prompts
    assert prompt.send_at == at("Thu 28 Nov 2019 08:05")


def test_only_an_urgent_rung_leaves_outside_working_time() -> None:
    steps = [
        rung("eve", "1 before", OWNER),
        rung("now", "0 before", OWNER, urgent=True),
        rung("overdue", "1 after", OWNER),
    ]
    urgent = milestone(ladder(*steps))
    (prompt,) = on_the_day("Thu 28 Nov 2019 22:15", urgent).prompts
    assert (prompt.key.rung, prompt.send_at, prompt.urgent) == ("now", at("Thu 28 Nov 2019 22:15"), True)
    steps[2] = replace(steps[2], urgent=True)
    (prompt,) = on_the_day("Sat 30 Nov 2019 22:15", milestone(ladder(*steps))).prompts
    assert (prompt.key.rung, prompt.send_at) == ("overdue", at("Sat 30 Nov 2019 22:15"))


# Whether it speaks at all


@pytest.mark.parametrize(
    ("live_from", "is_chased"),
    [("Wed 27 Nov 2019", True), ("Thu 28 Nov 2019", True), ("Fri 29 Nov 2019", False)],
)
def test_what_was_due_before_going_live_is_history(live_from: str, is_chased: bool) -> None:
    task = task_context(council(live_from=live_from), OWED, at=at("Thu 28 Nov 2019 07:30"))
    assert speaks(task) is is_chased
    assert bool(decide(task, until=at("Thu 28 Nov 2019 23:59")).prompts) is is_chased


@pytest.mark.parametrize("silent", [milestone(ours=False), milestone(waits_for=("report_received",))])
def test_what_is_not_ours_or_waits_for_a_fact_is_never_chased(silent: Milestone) -> None:
    life = lived(of=silent)
    assert (life.told, life.superseded, life.look_at) == ([], [], None)


def test_near_the_end_of_the_calendar_the_ladder_speaks_as_far_as_it_is_known() -> None:
    office = COUNCIL.calendars.office
    due, after = (short_date(office.subtract(LAST_ON, n)) for n in (3, 2))
    late = milestone(due=due)
    assert [prompt.key.rung for prompt in on_the_day(f"{due} 07:30", late).prompts] == ["on-the-day"]
    assert [prompt.key.rung for prompt in on_the_day(f"{after} 07:30", late).prompts] == ["overdue"]
