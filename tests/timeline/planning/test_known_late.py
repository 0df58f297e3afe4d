"""Test that nobody is late with a step whose day had passed before the day that it leads to was recorded."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from tests.config.medway import medway
from tests.timeline.builders import fact
from tests.timeline.literals import at, day
from timeline.definitions.facts import Fact
from timeline.planning.occurrences import Milestone
from timeline.planning.plan import plan


def tasks(duty: str, *facts: Fact, when: str) -> Mapping[str, Milestone]:
    of = replace(medway(), facts=facts)
    given = plan(of, at=at(when), until=day("Fri 31 Dec 2027"), obligations=[duty])
    return {task.key: task for occurrence in given for task in occurrence.milestones}


def meeting(kind: str, known: str, on: str = "Tue 8 Jun 2027") -> Fact:
    return fact(f"{kind}_meeting", on, known=known, of=f"{kind}-report/1")


def test_steps_towards_a_meeting_recorded_at_short_notice_come_on_the_first_working_day_after() -> None:
    # Five clear working days before 8 June would have been Friday 28 May, for Monday 31 May is a bank holiday.
    given = tasks("cabinet-report", meeting("cabinet", "Wed 2 Jun 2027 09:00"), when="Wed 2 Jun 2027 10:00")
    due = {key: given[key].due_on for key in ("route", "report", "agenda")}
    assert set(due.values()) == {day("Thu 3 Jun 2027")}
    assert (
        "Thursday 3 June 2027 is the first working day after the day on which the date of the meeting was recorded"
        in (" ".join(given["agenda"].why))
    )
    # The law does not state this day: it is our own reading of it.
    assert (given["agenda"].by_law, given["agenda"].chased) == (False, True)


def test_a_notice_that_the_law_lets_nobody_give_late_stays_in_sight_with_what_is_open() -> None:
    given = tasks("cabinet-report", meeting("cabinet", "Wed 2 Jun 2027 09:00"), when="Wed 2 Jun 2027 10:00")["notice"]
    assert given.due_on is not None
    assert given.due_on < day("Wed 2 Jun 2027")
    assert (given.by_law, given.chased) == (True, False)
    assert "had passed when the date of the meeting was recorded, on Wednesday 2 June 2027." in given.closed_because
    assert "(SI 2012/2089 reg 10) and special urgency (reg 11)" in given.closed_because


@pytest.mark.parametrize("known", ["Wed 5 May 2027 09:00", "Mon 10 May 2027 09:00"])
def test_a_notice_that_can_be_given_still_is_asked_for(known: str) -> None:
    # 28 clear days before 8 June: the last day is Monday 10 May.
    given = tasks("cabinet-report", meeting("cabinet", known), when="Mon 10 May 2027 10:00")["notice"]
    assert (given.due_on, given.by_law, given.closed_because) == (day("Mon 10 May 2027"), True, "")


@pytest.mark.parametrize(
    ("kind", "closed"), [("cabinet", ["route", "notice", "report", "agenda"]), ("scrutiny", ["report", "agenda"])]
)
def test_what_cannot_be_ready_any_more_is_closed(kind: str, closed: list[str]) -> None:
    given = tasks(f"{kind}-report", meeting(kind, "Tue 8 Jun 2027 09:00"), when="Tue 8 Jun 2027 10:00")
    assert [key for key, task in given.items() if task.closed_because] == closed


def test_a_meeting_recorded_anew_gives_nobody_more_time() -> None:
    first, again = meeting("cabinet", "Mon 3 May 2027 09:00"), meeting("cabinet", "Wed 2 Jun 2027 09:00")
    given = tasks("cabinet-report", first, again, when="Wed 2 Jun 2027 10:00")
    assert (given["agenda"].due_on, given["agenda"].by_law) == (day("Fri 28 May 2027"), True)


def test_a_meeting_put_forward_is_no_longer_known_than_its_earlier_day() -> None:
    # Known since March for 6 July; on 2 June it is on 8 June: nobody could have given the notices of that day.
    first = meeting("cabinet", "Mon 1 Mar 2027 09:00", on="Tue 6 Jul 2027")
    anew = meeting("cabinet", "Wed 2 Jun 2027 09:00")
    for earlier in (anew, replace(anew, name="moved")):
        given = tasks("cabinet-report", first, earlier, when="Wed 2 Jun 2027 10:00")
        assert "on Wednesday 2 June 2027. Open are the general exception" in given["notice"].closed_because
        assert (given["agenda"].due_on, given["agenda"].by_law) == (day("Thu 3 Jun 2027"), False)
        # Put off again it leaves what it always left.
        off = meeting("cabinet", "Thu 3 Jun 2027 09:00", on="Tue 13 Jul 2027")
        off = off if earlier is anew else replace(off, name="moved")
        later = tasks("cabinet-report", first, earlier, off, when="Thu 3 Jun 2027 10:00")
        assert (later["notice"].due_on, later["notice"].by_law) == (day("Mon 14 Jun 2027"), True)


def test_evidence_for_a_report_due_in_less_than_six_weeks_is_asked_for_from_the_direction_on() -> None:
    known, directed = "Tue 1 Jun 2027 09:00", fact("statutory_direction", "Tue 1 Jun 2027")
    due = fact("commissioner_report_due", "Wed 23 Jun 2027", known=known)
    given = tasks("commissioner-report", directed, due, when="Tue 1 Jun 2027 10:00")
    on = {key: given[key].due_on for key in ("evidence-index", "views", "evidence")}
    assert on == {
        "evidence-index": day("Wed 2 Jun 2027"),
        "views": day("Wed 2 Jun 2027"),
        "evidence": day("Wed 9 Jun 2027"),
    }
    assert given["report"].legal_on == due.on
    # A day that she puts off gives nobody more time for what was to be done from the first on.
    put_off = replace(due, on=day("Wed 30 Jun 2027"), known_at=at("Mon 14 Jun 2027 09:00"))
    later = tasks("commissioner-report", directed, due, put_off, when="Mon 14 Jun 2027 10:00")
    assert later["evidence-index"].due_on == day("Wed 2 Jun 2027")
