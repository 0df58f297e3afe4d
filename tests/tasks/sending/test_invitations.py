"""Test invitations in the mails that really leave: who is invited, once, and what an invitation holds."""

from pathlib import Path

from config.rendering.icalendar import carried
from tasks.catcher.mailbox import OpenedMail
from tasks.links.calendar_feed import CalendarFeeds
from tasks.links.link_target import find_answered
from tasks.links.secure_link import Links
from tests.harness import World
from tests.support.stated import variant
from tests.tasks.sending.invited import AUGUST, DATA, VISIT, begun, calendar_of, event_of, parts, world
from tests.timeline.literals import day
from timeline.definitions.facts import Embargo
from timeline.ical.entries import uid
from timeline.ical.invitations import Method
from timeline.letters.page_views import DeadLink

__all__ = ["world"]
ENTRY = uid("medway", VISIT)


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
    (_, claims), (_, reply_to) = (
        find_answered(world.settings, each) or ("", None) for each in (token, reference(mail))
    )
    assert claims == reply_to is not None
    assert Links(world.settings).open_link(token, at=world.now) == DeadLink("unknown")
    assert CalendarFeeds(world.settings).open_feed(token, at=world.now) == DeadLink("unknown")


def reference(mail: OpenedMail) -> str:
    return mail.subject.partition("[ref:")[2].rstrip("]")


def test_who_was_invited_is_not_invited_again_by_the_next_reminder(world: World) -> None:
    world.live("Tue 10 Mar 2020 08:30", "monitoring-visit")
    assert calendar_of(world.expect_mail(to=DATA)) == ""


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
