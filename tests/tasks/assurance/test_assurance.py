"""Test assurance over a real store and a real mail server: what was done to the database by hand is found."""

from datetime import datetime
from pathlib import Path

import pytest

from tasks.assurance.assure import assure
from tasks.assurance.look import look
from tests.harness import World
from tests.support.assured_days import Days
from tests.support.stated import MEDWAY
from tests.tasks.assurance.assured import assured, changed, kinds, lived, mailed, row, world
from tests.tasks.smtp_servers import SmtpServer
from tests.timeline.literals import day
from timeline.answers.responses import Answer
from timeline.assurance import FindingKind, UnownedKind
from timeline.definitions.council import Pause

__all__ = ["lived", "world"]


def test_a_prompt_deleted_by_hand_is_found_said_again_and_reported_once(world: World) -> None:
    lost = row(world, "SELECT id FROM prompt WHERE state = 'waiting' AND send_at < '2019-09-03'")
    changed(world, "DELETE FROM prompt WHERE id = ?", lost.id)
    world.at("Mon 2 Sep 2019 08:30").deliver()
    run = assured(world, "Mon 2 Sep 2019 08:45")
    assert (kinds(run), run.figures.unexplained, run.said_again) == ({FindingKind.ROW_GONE}, 1, 1)
    world.at("Mon 2 Sep 2019 08:50").deliver()
    (finding,) = run.findings
    assert finding.about
    world.expect_mail(to="improvement_programme_lead", about=f"({finding.ref})")
    entries = world.store.ledger.entries(refs={finding.ref})[finding.ref]
    assert any(entry.accepted_at == world.now and entry.key.rung == finding.about.rung for entry in entries)
    assert assured(world, "Mon 2 Sep 2019 09:15").findings == ()


def test_a_pause_that_was_made_is_read_and_explains_what_it_holds(world: World) -> None:
    held = Pause(from_on=day("Mon 2 Sep 2019"), until_on=day("Tue 10 Sep 2019"), obligation="plo-panel")
    world.store.definitions.pause(held, at=world.now, who="programme lead")
    world.at("Mon 2 Sep 2019 08:30").deliver()
    assert assured(world, "Mon 2 Sep 2019 08:45").figures.unexplained == 0


@pytest.mark.slow("lives and reckons several days")
def test_a_prompt_that_had_been_sent_is_missed_with_its_message_and_whatever_was_said_since(world: World) -> None:
    mailed(world, "Thu 12 Sep 2019")
    older = row(
        world,
        "SELECT a.id, a.message FROM prompt a JOIN prompt b ON a.milestone = b.milestone AND a.person = b.person "
        "WHERE a.rung_at < b.rung_at AND a.state = 'sent' AND b.state = 'sent'",
    )
    changed(world, "DELETE FROM delivery WHERE message = ?", older.message)
    changed(world, "DELETE FROM prompt WHERE id = ?", older.id)
    changed(world, "DELETE FROM message WHERE key = ?", older.message)
    run = assured(world, "Thu 12 Sep 2019 08:45")
    assert (kinds(run), run.figures.unexplained, run.said_again) == ({FindingKind.ROW_GONE}, 1, 0)


@pytest.mark.parametrize("asleep", [None, "2031-01-01 00:00:00.000000"])
def test_a_task_put_to_sleep_by_hand_is_found_and_said(world: World, asleep: str | None) -> None:
    world.at("Mon 2 Sep 2019 08:30").deliver()
    changed(world, "UPDATE milestone SET next_rung_at = ?", asleep)
    mailed(world, "Tue 3 Sep 2019")
    run = assured(world, "Tue 3 Sep 2019 08:45")
    assert kinds(run) == {FindingKind.UNSAID}
    assert run.said_again == run.figures.unexplained > 0
    world.at("Tue 3 Sep 2019 08:50").deliver()
    assert assured(world, "Tue 3 Sep 2019 09:15").findings == ()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE milestone SET due_on = '2020-01-06' WHERE ref = ?",
        "UPDATE milestone SET owner = 'nobody' WHERE ref = ?",
        "UPDATE milestone SET dropped_at = '2019-09-02 09:00:00.000000' WHERE ref = ?",
        "DELETE FROM milestone WHERE ref = ?",
        "DELETE FROM occurrence WHERE ref || '/' = substr(?, 1, 14)",
    ],
)
def test_a_task_changed_by_hand_is_found_and_put_right(world: World, statement: str) -> None:
    world.at("Mon 2 Sep 2019 08:30").deliver()
    task = next(milestone.ref for milestone in world.store.plan.milestones("action-plan/1/") if milestone.due_on)
    changed(world, statement, task)
    assert kinds(assured(world, "Mon 2 Sep 2019 08:45")) == {FindingKind.DIFFERS}
    assert assured(world, "Mon 2 Sep 2019 09:15").findings == ()
    assert world.store.audit.verify() is None


def test_what_waits_past_its_time_is_found_until_it_has_left(world: World) -> None:
    run = assured(world, "Mon 2 Sep 2019 08:45")
    assert kinds(run) == {FindingKind.OVERDUE}
    assert (run.figures.waiting, run.figures.due) == (0, run.figures.unexplained)
    world.at("Mon 2 Sep 2019 08:50").deliver()
    assert assured(world, "Mon 2 Sep 2019 09:20").findings == ()


def test_while_sending_is_stopped_everything_waits_and_is_explained(world: World) -> None:
    world.store.outbox.stop(at=world.now, who="the story", reason="a trial")
    assert assured(world, "Mon 2 Sep 2019 08:45").findings == ()


@pytest.mark.parametrize("state", ["sending", "waiting"])
def test_a_message_that_does_not_end_is_found(world: World, state: str) -> None:
    world.at("Mon 2 Sep 2019 08:30").deliver()
    at = "2019-09-02 07:30:00.000000"
    changed(world, "UPDATE prompt SET state = 'waiting', accepted_at = NULL WHERE accepted_at > '2019-09-02'")
    changed(world, "UPDATE message SET state = ?, claimed_at = ?, next_attempt_at = ?", state, at, at)
    assert kinds(assured(world, "Mon 2 Sep 2019 09:05")) == {FindingKind.STUCK}


def test_a_flow_that_did_not_run_is_found_by_what_it_did_not_write(world: World) -> None:
    world.at("Mon 2 Sep 2019 08:30").deliver()
    run = assured(world, "Tue 3 Sep 2019 08:45")
    assert kinds(run) == {FindingKind.UNSAID}
    assert run.figures.unexplained == run.said_again > 0
    world.at("Tue 3 Sep 2019 08:50").deliver()
    assert run.said_again <= len(world.store.ledger.accepted(since=world.now, until=world.now))


def test_an_answer_that_calls_for_somebody_else_is_waited_for_until_morning(world: World) -> None:
    """Test that declined at 08:40: the line manager is asked tomorrow, and that is no fault of today's."""
    world.at("Mon 2 Sep 2019 08:30").deliver()
    world.at("Mon 2 Sep 2019 08:40")
    told = world.store.ledger.accepted(since=day_start(world), until=world.now)
    (given, *_) = [entry for entry in told if entry.prompt.selector == "owner"]
    world.answer(given.prompt.key.milestone, Answer.DECLINED, by=given.prompt.post, text="Not ours.")
    assert assured(world, "Mon 2 Sep 2019 08:45").findings == ()


def day_start(world: World) -> datetime:
    return world.now.replace(hour=0, minute=0)


def test_an_address_that_bounced_is_found_and_told_once(world: World) -> None:
    world.at("Mon 2 Sep 2019 08:30").deliver()
    entry = world.store.ledger.accepted(since=day_start(world), until=world.now)[0]
    assert entry.message
    world.store.outbox.mark_bounced(entry.message, at=world.now, why="5.1.1")
    run = assured(world, "Mon 2 Sep 2019 08:45")
    (kind,) = {unowned.kind for unowned in run.unowned}
    assert kind is UnownedKind.UNREACHABLE
    assert {unowned.post for unowned in run.unowned} == {entry.prompt.post}
    world.at("Mon 2 Sep 2019 08:50").deliver()
    told = world.expect_mail(to="improvement_programme_lead", about="came back")
    assert "Put the address right" in told.text
    mailed(world, "Tue 3 Sep 2019")
    assert assured(world, "Tue 3 Sep 2019 08:45").unowned
    world.at("Tue 3 Sep 2019 08:50").deliver()
    world.expect_no_mail(to="improvement_programme_lead", about="Assurance")


def test_a_post_without_a_holder_is_found_weeks_before(tmp_path: Path) -> None:
    file = tmp_path / "vacant.yaml"
    held = "holds: plo_panel_chair}"
    file.write_text(MEDWAY.read_text().replace(held, "holds: {post: plo_panel_chair, until: 2019-09-30}}"))
    for beside in MEDWAY.parent.glob("medway-*.yaml"):
        (tmp_path / beside.name).write_text(beside.read_text())
    with World(tmp_path) as world:
        world.apply(file)
        days = Days(world)
        days.morning(day("Wed 28 Aug 2019"))
        days.mails(day("Wed 28 Aug 2019"))
        run = assured(world, "Wed 28 Aug 2019 08:45")
        vacant = {(unowned.post, unowned.duty) for unowned in run.unowned if unowned.kind is UnownedKind.VACANT}
        assert ("plo_panel_chair", "plo-panel") in vacant
        assert all(unowned.first_on > day("Mon 30 Sep 2019") for unowned in run.unowned)
        world.at("Wed 28 Aug 2019 08:50").deliver()
        told = world.expect_mail(to="improvement_programme_lead", about="The post has no holder")
        assert "Name a holder" in told.text


def test_a_dead_channel_is_found_and_told_by_another(world: World, tmp_path: Path) -> None:
    with SmtpServer(MAIL="550 5.7.1 Not from here") as server:
        world.route(server.url)
        run = assured(world, "Mon 2 Sep 2019 08:45")
    assert [(channel_seen.name, channel_seen.works) for channel_seen in run.dead_channels] == [("mail", False)]
    assert run.is_red
    world.route("")
    assert assured(world, "Mon 2 Sep 2019 09:15").dead_channels == ()


def test_with_the_catcher_a_round_trip_is_what_it_took(world: World) -> None:
    run = assured(world, "Mon 2 Sep 2019 08:45")
    assert [(channel_seen.name, channel_seen.told, channel_seen.works) for channel_seen in run.channels] == [
        ("mail", "The catcher took it.", True)
    ]
    probe = [opened_mail for opened_mail in world.mails(ever=True) if "ourselves" in opened_mail.subject][-1]
    assert probe.envelope_to == (world.settings.mail_address,)
    assured(world, "Mon 2 Sep 2019 08:46")
    world.expect_no_mail(about="ourselves")


def test_placeholder_addresses_are_ahead_of_us_once_mail_leaves_for_real(world: World) -> None:
    at = world.at("Mon 2 Sep 2019 08:45").now
    assert look(world.store, world.settings, at=at).unowned == ()
    real = world.settings.model_copy(update={"mail_url": "daymarkmail://mail.council.gov.uk:25/"})
    told = {unowned.why[:60] for unowned in look(world.store, real, at=at).unowned}
    assert "The holder's address is a placeholder, which no mail reaches"[:60] in told


def test_what_another_hand_altered_is_a_red_finding_of_the_weeks_whole_look(world: World) -> None:
    first = assure(world.store, world.settings, at=world.at("Mon 2 Sep 2019 08:45").now)
    changed(world, "UPDATE message SET text = 'We never asked.' WHERE kind = 'reminder'")
    # What lies before the last look is read again once a week.
    assert not first.altered
    later = assure(world.store, world.settings, at=world.at("Tue 3 Sep 2019 08:45").now)
    assert (later.is_red, len(later.altered)) == (True, 1)
    assert later.altered[0].startswith("Records are not as the audit chain has them (message: ")
    world.deliver()
    (mail,) = world.mails(to="improvement_programme_lead", about="The record was altered outside Daymark:")
    assert "(message: " in mail.text
