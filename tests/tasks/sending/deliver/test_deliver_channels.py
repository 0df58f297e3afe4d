"""Test channels beside mail: their receipts, their troubles, and settings that no longer name one."""

import pytest
from sqlalchemy import update
from sqlmodel import Session

from models.tables import PromptRow
from tasks.council.tokens import token_hash
from tasks.sending.deliver import send_outbox
from tests.harness import World, tokens
from tests.tasks.notify_server import Act as Slip
from tests.tasks.notify_server import NotifyServer, Refusal
from tests.tasks.sending.deliver.waiting import CASES
from tests.tasks.sending.deliver.ways import begin, channels, messages, prompt_states, states, world
from tests.tasks.smtp_servers import Act, SmtpServer
from timeline.delivery.messages import Message, MessageState, TokenClaims
from timeline.escalation.prompts import PromptState

__all__ = ["world"]


def test_a_receipt_from_the_provider_makes_a_message_delivered(world: World) -> None:
    begin(world, channels="notify")
    with NotifyServer() as notify:
        channels(world, f"notify={notify.url('email')}")
        world.at("Wed 28 Aug 2019 08:30").deliver()
        (id_,) = notify.notifications
    world.expect_no_mail()
    assert world.store.outbox.mark_delivered(id_, at=world.now)
    assert states(world.store) == {"notify": MessageState.DELIVERED}


def test_notify_is_asked_before_an_uncertain_message_is_repeated(world: World) -> None:
    begin(world, channels="notify")
    with NotifyServer(post=[Slip.CUT]) as notify:
        channels(world, f"notify={notify.url('email')}")
        (first,) = world.at("Wed 28 Aug 2019 08:30").deliver().messages
        (second,) = world.at("Wed 28 Aug 2019 08:40").deliver().messages
        assert notify.asked.count("POST") == 1
    assert (first.outcome, second.outcome) == ("uncertain", "accepted")


def test_a_provider_that_asks_for_time_has_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tasks.channels.govuk_notify.responses._RATE_LIMIT_SECONDS", 0.5)
    begin(world, channels="notify")
    with NotifyServer(post=[Refusal(429, "RateLimitError", "slow down")]) as notify:
        channels(world, f"notify={notify.url('email')}")
        world.at("Wed 28 Aug 2019 08:30").deliver()
        assert states(world.store) == {"notify": MessageState.WAITING}
        world.at("Wed 28 Aug 2019 08:40").deliver()
    assert states(world.store) == {"notify": MessageState.ACCEPTED}


def test_a_channel_taken_out_of_the_settings_strands_nothing(world: World) -> None:
    begin(world, channels="relay")
    with SmtpServer(RCPT="451 4.7.1 greylisted") as relay:
        channels(world, f"relay={relay.url}")
        world.at("Wed 28 Aug 2019 08:30").deliver()
    channels(world)
    world.at("Wed 28 Aug 2019 08:40").deliver()
    world.expect_mail(to="performance_lead", about="List of cases")
    assert states(world.store) == {"relay": MessageState.WITHDRAWN, "mail": MessageState.ACCEPTED}


def test_what_may_have_arrived_by_a_channel_taken_out_is_left_at_that(world: World) -> None:
    begin(world, channels="relay")
    with SmtpServer(end=[Act.CUT]) as relay:
        channels(world, f"relay={relay.url}")
        world.at("Wed 28 Aug 2019 08:30").deliver()
    channels(world)
    world.at("Wed 28 Aug 2019 08:40").deliver()
    world.expect_no_mail()
    assert prompt_states(world) == [PromptState.SENT]
    assert world.reasons(CASES) == ["Nobody knows whether it arrived, and this channel would say it twice."]


def test_a_channel_whose_url_is_no_good_stops_nobody(world: World) -> None:
    begin(world, channels="teams")
    channels(world, "teams=daymarkteams://flow.example")
    world.at("Wed 28 Aug 2019 08:30").decide("case-follow-up")
    outcomes = sorted(attempt.outcome for attempt in world.deliver().messages)
    assert outcomes == ["accepted", "unreachable"]
    assert states(world.store) == {"teams": MessageState.WAITING, "mail": MessageState.ACCEPTED}


def test_a_mail_channel_that_several_read_is_no_way(world: World) -> None:
    begin(world, channels="relay")
    with SmtpServer() as relay:
        channels(world, f"relay={relay.url}", "relay.readers=several")
        world.at("Wed 28 Aug 2019 08:30").deliver()
        assert relay.mails == []
    world.expect_mail(to="performance_lead")


def test_what_is_urgent_does_not_wait_for_a_channel_that_rests(world: World) -> None:
    """Test that the rung is marked urgent in the ledger; the mail server is away, the second channel works."""
    begin(world, channels=["mail", "relay"])
    with SmtpServer() as relay:
        channels(world, f"relay={relay.url}")
        world.catcher.stop()
        world.at("Wed 28 Aug 2019 08:30").deliver()
        for text in ("08:40", "08:55"):
            world.at(f"Wed 28 Aug 2019 {text}").deliver()
        assert relay.mails == []
        assert world.store.outbox.breakers()["mail"].rests(at=world.now)
        with Session(world.store.engine) as session, session.begin():
            session.exec(update(PromptRow).values(urgent=True))
        world.at("Wed 28 Aug 2019 09:00").deliver()
        assert [mail.recipient for mail in relay.mails] == ["<performance.lead@medway.example>"]
    world.catcher.start()


def test_a_channel_beside_mail_that_stays_away_gives_way_and_mail_never_does(world: World) -> None:
    begin(world, channels="notify", phone="+44 7700 900123")
    notify = NotifyServer()
    host = notify.url("sms")
    notify.server_close()  # nobody answers there any more
    channels(world, f"notify={host.replace('sms', 'email')}")
    for text in ("08:30", "08:40", "09:00", "09:40", "10:40", "11:40", "12:40"):
        world.at(f"Wed 28 Aug 2019 {text}").deliver()
    assert states(world.store) == {"notify": MessageState.FAILED, "mail": MessageState.ACCEPTED}


def test_what_is_composed_leaves_by_itself_and_nothing_is_made(world: World) -> None:
    begin(world)
    world.at("Wed 28 Aug 2019 19:30")
    receipt = Message(
        key="receipt/1",
        channel="mail",
        deliver_to="training-lead",
        kind="receipt",
        subject="Recorded",
        text="Recorded Wed 28 Aug 19:30: you have this.",
        html="",
        tokens=(TokenClaims(person="training-lead", message="receipt/1"),),
        prompts=(),
        composed_at=world.now,
    )
    world.store.outbox.compose(receipt, token_hashes=["h"], at=world.now)
    (sent,) = send_outbox(world.store, world.settings, at=world.now)
    assert sent.outcome == "accepted"
    world.expect_mail(to="training_lead", about="you have this")
    assert world.waiting() == 1
    world.store.outbox.stop(at=world.now, who="Ann", reason="Wrong dates")
    assert send_outbox(world.store, world.settings, at=world.now) == ()


def test_the_numbers_of_several_tasks_are_the_order_of_their_tokens(world: World) -> None:
    world.apply()
    world.live("Thu 10 Oct 2019 08:30", "practice-manager-training")
    mail = world.expect_mail(to="training_lead", about="3 tasks are with you")
    (message,) = [each for each in messages(world.store) if each.deliver_to == "training-lead"]
    numbered = [line for line in mail.text.splitlines() if line[:3] in ("1. ", "2. ", "3. ")]
    acts = [world.store.plan.milestone(claims.milestone).milestone.act for claims in message.tokens[1:]]  # type: ignore[union-attr]
    assert [line[3:].lower() for line in numbered][:3] == acts
    links = [world.store.outbox.token(token_hash(token)) for token in tokens(mail)]
    assert links == list(message.tokens[1:])
