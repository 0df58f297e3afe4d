"""Test what a calendar hears when a visit moves, is cancelled or set again, and a move is undone."""

from typing import Any

import pytest

from config.rendering.icalendar import carried
from tests.harness import World
from tests.tasks.sending.invited import AUGUST, DATA, DIRECTOR, VISIT, calendar_of, event_of, world
from tests.timeline.literals import day
from timeline.ical.invitations import Method

__all__ = ["world"]


def test_a_visit_that_moves_moves_in_the_calendars_of_those_who_were_invited(world: World) -> None:
    before = carried(calendar_of(world.expect_mail(to=DATA)))
    world.at("Mon 9 Mar 2020 11:00").know("moved", **AUGUST)
    world.deliver()
    after = carried(calendar_of(world.expect_mail(to=DATA)))
    assert (after.uid, after.sequence, after.method) == (before.uid, before.sequence + 1, Method.REQUEST)
    assert (after.starts_on, after.ends_on) == (day("Thu 20 Aug 2020"), day("Fri 21 Aug 2020"))


def test_a_visit_that_is_cancelled_leaves_the_calendars_under_the_days_that_they_knew(world: World) -> None:
    before = carried(calendar_of(world.expect_mail(to=DATA)))
    world.at("Mon 9 Mar 2020 11:00").know("cancelled", "Mon 9 Mar 2020", of=VISIT)
    world.deliver()
    mail = world.expect_mail(to=DATA)
    after = carried(calendar_of(mail))
    assert (after.uid, after.sequence, after.method) == (before.uid, before.sequence + 1, Method.CANCEL)
    assert (after.starts_on, after.ends_on) == (before.starts_on, before.ends_on)
    assert (str(event_of(mail)["STATUS"]), event_of(mail).walk("VALARM")) == ("CANCELLED", [])


def test_cancelled_and_set_again_it_comes_back_with_a_higher_sequence(world: World) -> None:
    world.at("Mon 9 Mar 2020 11:00").know("cancelled", "Mon 9 Mar 2020", of=VISIT)
    world.deliver()
    gone = carried(calendar_of(world.expect_mail(to=DATA)))
    world.at("Mon 9 Mar 2020 15:00").know("moved", **AUGUST)
    world.deliver()
    back = carried(calendar_of(world.expect_mail(to=DATA)))
    assert (back.method, back.sequence) == (Method.REQUEST, gone.sequence + 1)


def test_who_was_not_invited_gets_no_change_for_the_calendar(world: World) -> None:
    """Test that to the director it is an escalation: no such step invites."""
    world.live("Fri 13 Mar 2020 08:30", "monitoring-visit")
    assert calendar_of(world.expect_mail(to=DIRECTOR)) == ""
    world.at("Fri 13 Mar 2020 11:00").know("moved", **AUGUST)
    world.deliver()
    assert calendar_of(world.expect_mail(to=DATA))
    told = world.expect_mail(to=DIRECTOR)
    assert "earlier mails" in told.text
    assert calendar_of(told) == ""


def test_who_has_done_their_part_hears_all_the_same_that_the_visit_is_off_once(world: World) -> None:
    """Test that no correction is called for: what they were asked for lies behind."""
    before = carried(calendar_of(world.expect_mail(to=DATA)))
    world.done(f"{VISIT}/data", by=DATA)
    world.at("Mon 16 Mar 2020 11:00").know("cancelled", "Mon 16 Mar 2020", of=VISIT)
    world.deliver()
    mail = world.expect_mail(to=DATA)
    after = carried(calendar_of(mail))
    assert (after.uid, after.sequence, after.method) == (before.uid, before.sequence + 1, Method.CANCEL)
    assert "in your calendar, 24–25 March 2020, is off." in " ".join(mail.text.split())
    for _ in range(3):
        world.deliver()
    assert len(world.mails(to=DATA)) == 1


def test_a_last_day_that_moves_alone_moves_in_the_calendar_though_no_task_does(world: World) -> None:
    world.at("Mon 9 Mar 2020 11:00").know("moved", "Tue 24 Mar 2020", until="Thu 26 Mar 2020", of=VISIT)
    world.deliver()
    mail = world.expect_mail(to=DATA)
    assert carried(calendar_of(mail)).ends_on == day("Thu 26 Mar 2020")
    assert "is now on 24–26 March 2020." in " ".join(mail.text.split())


def test_a_correction_says_it_to_the_calendar_and_no_second_mail_does(world: World) -> None:
    world.at("Mon 9 Mar 2020 11:00").know("moved", **AUGUST)
    for _ in range(3):
        world.deliver()
    assert len(world.mails(to=DATA)) == 1


def test_a_clock_set_back_takes_back_no_entry_and_no_date(world: World) -> None:
    """Test that it no longer knew of the facts recorded since, and cancelled what they had confirmed."""
    world.live("Thu 6 Feb 2020 08:30", "monitoring-visit")
    world.expect_no_mail()


def test_a_move_that_was_undone_before_anybody_heard_is_no_mail(world: World) -> None:
    world.done(f"{VISIT}/data", by=DATA)
    world.at("Mon 9 Mar 2020 19:00").know("moved", **AUGUST)
    world.at("Mon 9 Mar 2020 20:00").know("moved", "Tue 24 Mar 2020", until="Wed 25 Mar 2020", of=VISIT)
    world.at("Tue 10 Mar 2020 08:30").deliver()
    world.expect_no_mail()
    # The next move is told, and taken back it is told again: now the calendar shows other days.
    world.at("Tue 10 Mar 2020 11:00").know("moved", **AUGUST)
    world.deliver()
    assert carried(calendar_of(world.expect_mail(to=DATA))).starts_on == day("Thu 20 Aug 2020")
    world.at("Tue 10 Mar 2020 14:00").know("moved", "Tue 24 Mar 2020", until="Wed 25 Mar 2020", of=VISIT)
    world.deliver()
    back = carried(calendar_of(world.expect_mail(to=DATA)))
    assert (back.starts_on, back.method) == (day("Tue 24 Mar 2020"), Method.REQUEST)


@pytest.mark.parametrize("change", ["moved", "cancelled"])
def test_with_a_task_still_open_neither_a_correction_nor_a_calendar_says_it(world: World, change: str) -> None:
    what: dict[str, Any] = AUGUST if change == "moved" else {"on": "Mon 9 Mar 2020", "of": VISIT}
    world.at("Mon 9 Mar 2020 19:00").know(change, **what)
    world.at("Mon 9 Mar 2020 20:00").know("moved", "Tue 24 Mar 2020", until="Wed 25 Mar 2020", of=VISIT)
    world.at("Tue 10 Mar 2020 08:00").deliver()
    world.expect_no_mail()


def test_a_move_that_is_undone_while_its_mail_waits_for_the_server_is_not_told(world: World) -> None:
    world.done(f"{VISIT}/data", by=DATA)
    world.at("Mon 9 Mar 2020 11:00").know("moved", **AUGUST)
    world.catcher.stop()
    world.deliver()
    world.at("Mon 9 Mar 2020 12:00").know("moved", "Tue 24 Mar 2020", until="Wed 25 Mar 2020", of=VISIT)
    world.catcher.start()
    world.deliver()
    world.expect_no_mail()
