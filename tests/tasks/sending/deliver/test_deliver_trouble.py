"""Test servers that refuse, greylist, are away or cut the line: nothing is lost, nothing doubled but what is
uncertain.
"""

from datetime import timedelta
from pathlib import Path

import pytest

from tasks.channels.receipt import Receipt, SendOutcome, Stage
from tasks.sending.deliver import next_attempt_at
from tests.harness import World, header
from tests.support.stated import variant
from tests.tasks.sending.deliver.waiting import CASES, ticks, world
from tests.tasks.smtp_servers import Act, SmtpServer, self_signed
from tests.timeline.literals import at

__all__ = ["world"]


def test_a_refused_recipient_is_marked_and_the_line_manager_hears_at_once(world: World) -> None:
    with SmtpServer(RCPT=["550 5.1.1 unknown"]) as server:
        world.route(server.url)
        ticks(world, "Wed 28 Aug 2019 08:30", "Wed 28 Aug 2019 08:40", "Wed 28 Aug 2019 12:00", "Thu 29 Aug 2019 08:30")
        assert [command for command in server.commands if "performance.lead@" in command and "RCPT" in command] == [
            "RCPT TO:<performance.lead@medway.example>"
        ]
        assert [mail.recipient for mail in server.mails if "head.of.qa" in mail.recipient] == [
            "<head.of.qa@medway.example>"
        ]
    assert [entry.undeliverable for entry in world.store.ledger.entries(refs={CASES})[CASES]] == [False]
    world.route("")
    # Overdue on the first working day after it was due: at once, though nobody accepted a mail to its owner.
    world.live("Wed 4 Sep 2019 08:30", "plo-panel")
    world.expect_mail(to="head_of_quality_assurance", about="needs help")


def test_greylisting_is_tried_again_after_five_minutes_then_ten(world: World) -> None:
    with SmtpServer(RCPT=["451 4.7.1 greylisted", "451 4.7.1 greylisted"]) as server:
        world.route(server.url)
        tried = []
        for text in ("08:30", "08:34", "08:35", "08:44", "08:45", "08:55"):
            world.at(f"Wed 28 Aug 2019 {text}").deliver()
            tried.append(sum(command.startswith("RCPT") for command in server.commands))
        assert tried == [1, 1, 2, 2, 3, 3]
        assert len(server.mails) == 1


@pytest.mark.slow("lives an outage of two weeks")
def test_an_outage_of_two_weeks_ends_in_one_mail_that_is_true(world: World) -> None:
    world.catcher.stop()
    weekdays = [on for n in range(14) if (on := at("Wed 28 Aug 2019 00:00") + timedelta(days=n)).weekday() < 5]
    for on in weekdays:
        for clock in ("08:30", "11:00", "14:00", "17:30"):
            world.live(f"{on:%a} {on.day} {on:%b} 2019 {clock}", "plo-panel")
    world.expect_no_mail()
    world.catcher.start()
    world.live("Wed 11 Sep 2019 08:30", "plo-panel")
    assert "Overdue by 6 working days" in world.expect_mail(to="performance_lead", about="List of cases").text
    ticks(world, "Wed 11 Sep 2019 09:30", "Wed 11 Sep 2019 17:50")
    assert len(world.mails(to="performance_lead", ever=True)) == 1


def test_a_refused_password_keeps_every_mail_waiting(world: World, tmp_path: Path) -> None:
    tls, _ = self_signed(tmp_path)
    with SmtpServer(tls, AUTH="535 5.7.8 wrong password") as server:
        world.route(server.url.replace("://", "://reminders:wrong@") + "?verify=no")
        (sent,) = world.at("Wed 28 Aug 2019 08:30").deliver().messages
        assert sent.outcome == "unreachable"
        assert "AUTH" in " ".join(server.commands)
        world.at("Thu 29 Aug 2019 10:00").deliver()
        assert server.mails == []
    world.route("")
    world.at("Fri 30 Aug 2019 08:30").deliver()
    world.expect_mail(to="performance_lead")


def test_an_uncertain_mail_is_repeated_byte_for_byte(world: World) -> None:
    with SmtpServer(end=[Act.CUT]) as server:
        world.route(server.url)
        (first,) = world.at("Wed 28 Aug 2019 08:30").deliver().messages
        (second,) = world.at("Wed 28 Aug 2019 08:40").deliver().messages
        assert world.at("Wed 28 Aug 2019 10:00").deliver().messages == ()
        received, other = server.mails
    assert (first.outcome, second.outcome) == ("uncertain", "accepted")
    assert received == other
    assert header(received.content, "Message-ID") == header(other.content, "Message-ID") != "None"


def test_a_mail_refused_for_good_does_not_stop_the_others(world: World) -> None:
    world.at("Wed 28 Aug 2019 08:30").decide("case-follow-up")
    with SmtpServer(RCPT=["550 5.7.1 not from you"]) as server:
        world.route(server.url)
        outcomes = [attempt.outcome for attempt in world.deliver().messages]
    # The line manager gets it in the place of whom it was refused for.
    assert sorted(outcomes) == ["accepted", "accepted", "refused"]


def test_a_claim_whose_worker_died_is_uncertain_after_ten_minutes(world: World) -> None:
    class Died(BaseException):
        pass

    def die(*_: object, **__: object) -> Receipt:
        raise Died

    world.at("Wed 28 Aug 2019 08:30")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tasks.sending.dispatch.send", die)
        with pytest.raises(Died):
            world.deliver()
    ticks(world, "Wed 28 Aug 2019 08:39")
    world.expect_no_mail()
    ticks(world, "Wed 28 Aug 2019 08:41")
    world.expect_mail(to="performance_lead")


# After an outage: what was written for an earlier day


def _unsent(world: World) -> None:
    """See that a message was composed, and the server was away."""
    world.catcher.stop()
    world.at("Wed 28 Aug 2019 08:30").deliver()
    world.catcher.start()


def test_a_mail_whose_task_was_done_during_the_outage_does_not_leave(world: World) -> None:
    _unsent(world)
    world.at("Wed 28 Aug 2019 10:00").done(CASES, by="performance_lead")
    world.at("Wed 28 Aug 2019 11:00").deliver()
    world.expect_no_mail()


def test_a_mail_whose_date_moved_during_the_outage_does_not_leave(world: World) -> None:
    _unsent(world)
    world.at("Wed 28 Aug 2019 10:00")
    world.apply(variant(world.home, rules={"plo-panel": "monthly on the 2nd wednesday from 2019-08-27"}))
    world.live("Wed 28 Aug 2019 11:00", "plo-panel")
    world.expect_no_mail(about="Tuesday 3 September")


def test_a_mail_that_leaves_a_day_late_counts_the_days_from_then(world: World) -> None:
    _unsent(world)
    world.live("Fri 30 Aug 2019 08:30", "plo-panel")
    world.expect_mail(to="performance_lead", about="in 2 working days")


def test_the_waits_grow_and_only_a_mail_that_was_refused_is_ever_given_up() -> None:
    now = at("Wed 28 Aug 2019 08:30")

    def after(receipt: Receipt, attempts: int) -> timedelta | None:
        next_at = next_attempt_at(receipt, attempts, at=now)
        return next_at - now if next_at else None

    greylisted = Receipt(SendOutcome.REFUSED, Stage.RCPT, 451, "4.7.1", "", "<1@x>")
    refused = Receipt(SendOutcome.REFUSED, Stage.RCPT, 550, "5.7.1", "", "<1@x>")
    away = Receipt(SendOutcome.UNREACHABLE, Stage.CONNECT, None, None, "", "<1@x>")
    minutes = [after(greylisted, n) for n in (0, 1, 2)]
    assert minutes == [timedelta(minutes=5), timedelta(minutes=10), timedelta(minutes=20)]
    assert after(greylisted, 18) == timedelta(hours=12)
    assert after(greylisted, 19) is None
    assert after(refused, 0) is None
    assert after(away, 1000) == timedelta(hours=1)
