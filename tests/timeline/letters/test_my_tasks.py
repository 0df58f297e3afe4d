"""Test all tasks of one person: whose link opens the list and for how long, and what stands on it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, timedelta

import pytest

from tests.timeline.builders import COUNCIL, EVERYBODY, answer, council, directory, milestone
from tests.timeline.literals import at, day
from timeline.answers.responses import Answer, Response, State
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.facts import Embargo
from timeline.definitions.people import Holder
from timeline.delivery.messages import TokenClaims
from timeline.escalation.task_context import TaskContext, task_context
from timeline.letters.my_tasks import (
    asked_keys,
    closes_at,
    link_of,
    listed,
    mail_keys,
    mine_view,
    next_key,
    stands_on_list,
    task_link,
    waits_for,
)
from timeline.planning.occurrences import Milestone

OWED = milestone()
WHEN = "Mon 25 Nov 2019 10:00"
EVERYONE = sorted(EVERYBODY.people)
ASKED = at(WHEN)


def a_task(
    *responses: Response, when: str = WHEN, of: Milestone = OWED, timeline: CouncilTimeline = COUNCIL
) -> TaskContext:
    return task_context(timeline, of, (), responses, at=at(when))


def asked(context: TaskContext) -> list[str]:
    """Give everybody for whom the task waits."""
    return [person for person in EVERYONE if waits_for(context, person)]


# The link


@pytest.mark.parametrize("when", ["Mon 25 Nov 2019 10:00", "Fri 26 Jul 2019 23:45", "Sun 27 Oct 2019 00:59"])
def test_the_link_closes_after_thirty_minutes_whatever_the_clock_does(when: str) -> None:
    assert closes_at(link_of("officer", at=at(when))) == at(when).astimezone(UTC) + timedelta(minutes=30)


@pytest.mark.parametrize(
    "of",
    [
        TokenClaims(person="officer", milestone="action-plan/1/draft", due_on=day("Thu 28 Nov 2019")),
        TokenClaims(person="officer", message="mail/officer/2019-11-25T10:00+0000/17"),
        TokenClaims(person="officer", message=mail_keys("officer", at=ASKED)[0]),
        replace(link_of("officer", at=ASKED), milestone="action-plan/1/draft"),
        TokenClaims(person="officer"),
        task_link("officer", OWED, generation=0),
    ],
)
def test_no_other_link_ever_opens_a_list(of: TokenClaims) -> None:
    assert closes_at(of) is None


def test_a_link_on_the_list_is_none_of_a_mails() -> None:
    mailed = TokenClaims(person="officer", milestone=OWED.ref, due_on=OWED.due_on, generation=1)
    on_list = task_link("officer", OWED, generation=1)
    assert replace(on_list, message="") == mailed != on_list
    assert (stands_on_list(on_list), stands_on_list(mailed), stands_on_list(link_of("officer", at=ASKED))) == (
        True,
        False,
        False,
    )


def test_the_link_is_one_persons_own() -> None:
    assert link_of("officer", at=ASKED) != link_of("director", at=ASKED)


@pytest.mark.parametrize(
    ("earlier", "number"),
    [
        ([], 1),
        (["09:55"], 2),
        (["09:56"], None),
        (["08:00", "08:30", "09:00", "09:30", "09:40"], 6),
        (["08:00", "08:30", "09:00", "09:30", "09:40", "09:50"], None),
    ],
)
def test_one_mail_in_five_minutes_and_six_a_day(earlier: list[str], number: int | None) -> None:
    keys, sent_at = mail_keys("officer", at=ASKED), [at(f"Mon 25 Nov 2019 {time}") for time in earlier]
    assert next_key(keys, sent_at, at=ASKED) == (keys[number - 1] if number else "")


def test_each_day_and_person_has_keys_of_its_own() -> None:
    given = [mail_keys("officer", at=ASKED), asked_keys("officer", at=ASKED), mail_keys("director", at=ASKED)]
    given.append(mail_keys("officer", at=at("Tue 26 Nov 2019 00:00")))
    assert len({key for keys in given for key in keys}) == sum(map(len, given)) == 21


# Whose it is


def test_a_task_waits_for_its_owner_and_nobody_else() -> None:
    assert asked(a_task()) == ["officer"]


def test_what_was_passed_on_waits_for_whom_it_was_given_to() -> None:
    given = answer(Answer.DELEGATED, "Mon 25 Nov 2019 09:00", delegated_to="programme-lead")
    assert asked(a_task(given)) == ["programme-lead"]


def test_a_call_for_help_waits_for_the_owner_and_for_whoever_can_help() -> None:
    assert asked(a_task(answer(Answer.HELP, "Mon 25 Nov 2019 09:00"))) == ["officer", "team-manager"]


def test_what_was_declined_waits_for_the_line_manager_who_can_give_it_to_somebody() -> None:
    assert asked(a_task(answer(Answer.DECLINED, "Mon 25 Nov 2019 09:00"))) == ["team-manager"]


def test_what_somebody_has_still_waits_until_it_is_done() -> None:
    assert asked(a_task(answer(Answer.ACKNOWLEDGED, "Mon 25 Nov 2019 09:00"))) == ["officer"]
    assert asked(a_task(answer(Answer.DONE, "Mon 25 Nov 2019 09:00"))) == []


@pytest.mark.parametrize(
    "nobodys",
    [
        a_task(of=milestone(ours=False)),
        a_task(of=milestone(waits_for=("the report",))),
        a_task(of=replace(OWED, closed_because="The meeting was cancelled.")),
        a_task(timeline=council(live_from="Fri 29 Nov 2019")),
    ],
)
def test_what_nobody_is_asked_for_waits_for_nobody(nobodys: TaskContext) -> None:
    assert asked(nobodys) == []


def test_what_is_under_embargo_stands_on_no_list_outside_its_circulation() -> None:
    closed = Embargo(circulation=frozenset({"director"}), until_fact="report_published")
    assert asked(a_task(of=milestone(embargoes=[closed]))) == []
    known = Embargo(circulation=frozenset({"director", "officer"}), until_fact="report_published")
    assert asked(a_task(of=milestone(embargoes=[known]))) == ["officer"]


def test_whoever_has_left_has_no_tasks() -> None:
    ben = Holder(post="officer", person="ben")
    with_ben = a_task(timeline=council(directory=directory(holders=[ben])))
    assert waits_for(with_ben, "ben")
    assert not waits_for(with_ben, "officer")


# What stands on the list


def refs(ones: Sequence[TaskContext]) -> list[str]:
    return [task.milestone.ref for task in ones]


def test_the_list_is_in_the_order_of_dates_and_ends_after_twelve_weeks() -> None:
    dates = ["Tue 18 Feb 2020", "Mon 17 Feb 2020", "Thu 28 Nov 2019", "Fri 1 Nov 2019"]
    several = [a_task(of=replace(milestone(due=due), ref=due)) for due in dates]
    assert refs(listed(several, "officer")) == ["Fri 1 Nov 2019", "Thu 28 Nov 2019", "Mon 17 Feb 2020"]


def test_what_we_have_begun_to_ask_for_stands_apart_from_what_comes() -> None:
    begun, coming = a_task(), a_task(of=replace(milestone(due="Fri 31 Jan 2020"), ref="action-plan/2/draft"))
    view = mine_view(
        COUNCIL.council,
        [begun, coming],
        EVERYBODY.people["officer"],
        url=lambda ref: f"/r/{ref}",
        until=at("Mon 25 Nov 2019 10:30"),
    )
    assert (view.person_name, view.until, view.council_name) == ("Officer", "10:30", "The Council")
    assert [(mine_task.url, mine_task.state) for mine_task in view.now] == [("/r/action-plan/1/draft", State.OPEN)]
    assert [mine_task.url for mine_task in view.later] == ["/r/action-plan/2/draft"]
    assert view.now[0].due_phrase == "due in 3 working days (3 calendar days), Thursday 28 November"


def test_the_page_tells_the_clock_of_london() -> None:
    until = at("Fri 26 Jul 2019 10:30")
    assert mine_view(COUNCIL.council, [], EVERYBODY.people["officer"], url=str, until=until).until == "10:30"
