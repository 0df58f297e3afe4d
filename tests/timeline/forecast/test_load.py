"""Test how many mails a week a post gets, against the bounds."""

from dataclasses import replace

import pytest

from tests.timeline.builders import COUNCIL, milestone
from tests.timeline.literals import at, day
from timeline.definitions.duties import DutyClass
from timeline.escalation.ladder import decide
from timeline.escalation.task_context import task_context
from timeline.forecast.mail_load import Overload, mails_a_week, overloads
from timeline.forecast.rehearsal import Rehearsed

(PROMPT,) = decide(
    task_context(COUNCIL, milestone(), at=at("Thu 14 Nov 2019 07:30")), until=at("Thu 14 Nov 2019 23:59")
).prompts


def told(when: str, post: str = "officer", duty_class: DutyClass = DutyClass.A, message: str = "") -> Rehearsed:
    """Give one prompt that left at an instant, in a message of its own unless it is named."""
    instant = at(when)
    return Rehearsed(
        prompt=replace(PROMPT, post=post),
        milestone=milestone(duty_class=duty_class),
        at=instant,
        message=message or f"{when} {post}",
    )


def week(post: str, mails: int, duty_class: DutyClass = DutyClass.B) -> list[Rehearsed]:
    """Give so many mails from Monday 18 November 2019, at hours of their own."""
    return [told(f"Mon 18 Nov 2019 {hour:02}:30", post, duty_class) for hour in range(8, 8 + mails)]


def test_a_week_runs_from_monday_to_sunday() -> None:
    tolds = [told("Sun 17 Nov 2019 12:00"), told("Mon 18 Nov 2019 08:30"), told("Fri 22 Nov 2019 08:30")]
    assert mails_a_week(tolds, COUNCIL) == {
        ("officer", day("Mon 11 Nov 2019")): 1,
        ("officer", day("Mon 18 Nov 2019")): 2,
        ("director", day("Mon 11 Nov 2019")): 1,
        ("director", day("Mon 18 Nov 2019")): 1,
    }


def test_prompts_in_one_message_are_one_mail() -> None:
    tolds = [told("Mon 18 Nov 2019 08:30", message="the daily mail") for _ in range(7)]
    assert mails_a_week(tolds, COUNCIL)["officer", day("Mon 18 Nov 2019")] == 1


def test_the_monday_mail_counts_once_a_week_for_its_reader_alone() -> None:
    monday_on = day("Mon 18 Nov 2019")
    assert mails_a_week(week("director", 2), COUNCIL) == {("director", monday_on): 3}
    read_by_another = replace(COUNCIL, council=replace(COUNCIL.council, director="team_manager"))
    weeks = mails_a_week(week("director", 2), read_by_another)
    assert weeks == {("director", monday_on): 2, ("team_manager", monday_on): 1}
    without = replace(COUNCIL, council=replace(COUNCIL.council, director="nobody"))
    assert mails_a_week(week("director", 2), without) == {("director", monday_on): 2}


@pytest.mark.parametrize(
    ("post", "bound"),
    [("officer", 5), ("team_manager", 5), ("head_of_service", 5), ("director", 3), ("chief_executive", 1)],
)
def test_each_level_has_its_bound(post: str, bound: int) -> None:
    # The Monday mail is one of the director's.
    beside = 1 if post == "director" else 0
    assert overloads(week(post, bound - beside), COUNCIL) == ()
    assert overloads(week(post, bound + 1 - beside), COUNCIL) == (
        Overload(post, day("Mon 18 Nov 2019"), bound + 1, bound),
    )


def test_statutory_submissions_do_not_count_for_the_chief_executive_and_do_for_others() -> None:
    assert overloads(week("chief_executive", 4, DutyClass.A), COUNCIL) == ()
    assert overloads(week("director", 4, DutyClass.A), COUNCIL) != ()


def test_overloads_come_by_post_and_week() -> None:
    later = [replace(told, at=at("Mon 25 Nov 2019 08:30")) for told in week("director", 3)]
    given = overloads([*later, *week("officer", 6), *week("director", 3)], COUNCIL)
    assert [(overload.post, overload.monday_on) for overload in given] == [
        ("director", day("Mon 18 Nov 2019")),
        ("director", day("Mon 25 Nov 2019")),
        ("officer", day("Mon 18 Nov 2019")),
    ]


def test_nobody_told_is_nobody_overloaded() -> None:
    assert overloads([], COUNCIL) == ()
