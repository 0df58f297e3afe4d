"""Test invitations in the mails that really leave: who is invited, once, and what becomes of it when days change."""

from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from config.rendering.icalendar import carried
from tasks.catcher.mailbox import OpenedMail
from tasks.links.calendar_feed import CalendarFeeds
from tasks.links.link_target import find_answered
from tasks.links.secure_link import Links
from tests.harness import World, content
from tests.support.stated import variant
from tests.timeline.literals import day
from timeline.definitions.facts import Embargo
from timeline.ical.entries import uid
from timeline.ical.invitations import Method
from timeline.letters.page_views import DeadLink

VISIT = "monitoring-visit/1"
ENTRY = uid("medway", VISIT)
DATA, DIRECTOR = "performance_lead", "director"
AUGUST: dict[str, Any] = {"on": "Thu 20 Aug 2020", "until": "Fri 21 Aug 2020", "of": VISIT}


def begun(world: World, folder: Path, **known: Any) -> World:
    """See that the first visit is confirmed for 24 and 25 March 2020, and four people were told of their parts."""
    world.at("Thu 20 Feb 2020 07:00").apply(variant(folder, live_from="2020-02-20", shadow_until="never"))
    days = {"until": "Wed 25 Mar 2020", "of": VISIT} | known
    world.at("Thu 20 Feb 2020 07:10").know("visit_confirmed", "Tue 24 Mar 2020", **days)
    world.live("Fri 6 Mar 2020 08:30", "monitoring-visit")
    return world


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World(tmp_path) as world:
        yield begun(world, tmp_path)


def parts(mail: OpenedMail) -> list[Message]:
    whole = message_from_bytes(content(mail))
    assert whole.get_content_type() == "multipart/alternative"
    return [part for part in whole.walk() if not part.is_multipart()]


def calendar_of(mail: OpenedMail) -> str:
    """Give the calendar part of a mail; empty when it has none."""
    messages = [part for part in parts(mail) if part.get_content_type() == "text/calendar"]
    assert len(messages) <= 1
    return bytes(messages[0].get_payload(decode=True)).decode() if messages else ""


def event_of(mail: OpenedMail) -> Any:
    # The library types a property as any of thirty kinds.
    (event,) = Calendar.from_ical(calendar_of(mail)).walk("VEVENT")
    return event


def test_a_reminder_is_an_alternative_in_three_forms_the_third_an_invitation(world: World) -> None:
    mail = world.expect_mail(to=DATA)
    messages = parts(mail)
    assert [message.get_content_type() for message in messages] == ["text/plain", "text/html", "text/calendar"]
    assert (messages[2].get_param("method"), messages[2].get_param("charset")) == ("REQUEST", "utf-8")
    event = event_of(mail)
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (day("Tue 24 Mar 2020"), day("Thu 26 Mar 2020"))
    assert str(event["UID"]) == ENTRY
    assert str(event["ATTENDEE"]) == f"mailto:{world.address(DATA)}"
    assert event["ATTENDEE"].params["RSVP"] == "TRUE"
    (alarm,) = event.walk("VALARM")
    assert (alarm["ACTION"], alarm["TRIGGER"].to_ical()) == ("DISPLAY", b"-PT15H")  # Mon 23 Mar 2020 09:00


def test_an_invitation_has_no_link_and_every_line_is_folded(world: World) -> None:
    text = calendar_of(world.expect_mail(to=DATA))
    assert "http" not in text
    assert "/r/" not in text
    assert "«" not in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_a_calendar_answers_to_an_address_that_finds_the_last_mail_about_the_entry(world: World) -> None:
    first = event_of(world.expect_mail(to=DATA))
    world.at("Mon 9 Mar 2020 11:00").know("moved", **AUGUST)
    world.deliver()
    mail = world.expect_mail(to=DATA)
    # A calendar takes a change only from the organizer who invited it.
    assert first["ORGANIZER"] == event_of(mail)["ORGANIZER"]
    token = str(first["ORGANIZER"]).partition("+")[2].partition("@")[0]
    (_, claims), (_, reply_to) = (find_answered(world.settings, one) or ("", None) for one in (token, reference(mail)))
    assert claims == reply_to is not None
    assert Links(world.settings).open_link(token, at=world.now) == DeadLink("unknown")
    assert CalendarFeeds(world.settings).open_feed(token, at=world.now) == DeadLink("unknown")


def reference(mail: OpenedMail) -> str:
    return mail.subject.partition("[ref:")[2].rstrip("]")


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


def test_who_was_invited_is_not_invited_again_by_the_next_reminder(world: World) -> None:
    world.live("Tue 10 Mar 2020 08:30", "monitoring-visit")
    assert calendar_of(world.expect_mail(to=DATA)) == ""


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


def test_what_did_not_leave_invited_nobody(tmp_path: Path) -> None:
    with World(tmp_path) as world:
        world.route("daymarkmail://127.0.0.1:1/?starttls=no")
        begun(world, tmp_path)
        assert world.store.outbox.invitations([VISIT]) == {}
        world.route("")
        world.live("Mon 9 Mar 2020 08:30", "monitoring-visit")
        assert carried(calendar_of(world.expect_mail(to=DATA))).method is Method.REQUEST
        assert (world.person(DATA), VISIT) in world.store.outbox.invitations([VISIT])


def test_under_embargo_a_calendar_learns_only_that_the_days_are_private(tmp_path: Path) -> None:
    with World(tmp_path) as world:
        begun(world, tmp_path, embargo=Embargo(circulation=frozenset({DATA})))
        mail = world.expect_mail(to=DATA)
        event, text = event_of(mail), calendar_of(mail)
        assert (str(event["SUMMARY"]), str(event["CLASS"])) == ("Private", "PRIVATE")
        assert "DESCRIPTION:Private" in text  # the alarm's
        assert text.count("DESCRIPTION") == 1
        assert "isit" not in text
        assert "Ofsted" not in text


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


def test_outside_working_hours_a_calendar_is_told_nothing(world: World) -> None:
    world.done(f"{VISIT}/data", by=DATA)
    world.at("Mon 16 Mar 2020 20:00").know("cancelled", "Mon 16 Mar 2020", of=VISIT)
    world.deliver()
    world.expect_no_mail()
    world.at("Tue 17 Mar 2020 08:00").deliver()
    assert carried(calendar_of(world.expect_mail(to=DATA))).method is Method.CANCEL


def test_a_trial_run_invites_nobody(tmp_path: Path) -> None:
    with World(tmp_path) as world:
        world.at("Thu 20 Feb 2020 07:00").apply(
            variant(tmp_path, live_from="2020-02-20", shadow_until="2020-04-30"), shadow=True
        )
        world.know("visit_confirmed", "Tue 24 Mar 2020", until="Wed 25 Mar 2020", of=VISIT)
        world.live("Fri 6 Mar 2020 08:30", "monitoring-visit")
        assert world.mails()
        assert {calendar_of(opened_mail) for opened_mail in world.mails()} == {""}
