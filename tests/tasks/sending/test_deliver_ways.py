"""Test several ways to one person, with real servers: a way that fails for good gives way to the next, then the
deputy.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import update
from sqlmodel import Session

from models.store import Store
from models.tables import PromptRow
from tasks.council.tokens import token_hash
from tasks.sending.deliver import send_outbox
from tests.harness import World, tokens
from tests.support.stated import people, variant
from tests.tasks.notify_server import KEY, NotifyServer, Refusal
from tests.tasks.notify_server import Act as Slip
from tests.tasks.smtp_servers import Act, SmtpServer
from timeline.delivery.messages import Message, MessageState, TokenClaims
from timeline.escalation.prompts import PromptState

CASES = "plo-panel/1/cases"  # due Tue 3 Sep 2019; first notice on Wed 28 Aug to the performance lead
LEAD = {"name": "Performance Lead", "holds": "performance_lead"}
REFUSED = "550 5.1.1 unknown"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World(tmp_path) as world:
        world.at("Tue 27 Aug 2019 07:00")
        yield world


def begin(world: World, *, deputy: str = "", **lead: object) -> None:
    """See that the first notice of the first panel is written; the performance lead has these channels and this
    deputy.
    """
    given = LEAD | {"address": "performance.lead@medway.example"} | lead
    posts = json.loads(variant(world.home).read_text())["posts"]
    if deputy:
        posts["performance_lead"] = posts.get("performance_lead", {}) | {"deputy": deputy}
    world.apply(variant(world.home, people=people(performance_lead=given), posts=posts))
    world.at("Wed 28 Aug 2019 07:30").decide("plo-panel")


def channels(world: World, *words: str) -> None:
    world.settings = world.settings.model_copy(update={"channels": " ".join(words), "notify_key": SecretStr(KEY)})


def messages(store: Store) -> list[Message]:
    keys = [audit_event.ref for audit_event in store.audit.events() if audit_event.what == "message composed"]
    return [message for key in keys if (message := store.outbox.message(key))]


def states(store: Store) -> dict[str, MessageState]:
    return {message.channel: message.state for message in messages(store) if message.prompts}


def prompt_states(world: World) -> list[PromptState]:
    return [entry.state for entry in world.store.ledger.entries(refs={CASES})[CASES]]


def test_a_way_that_fails_for_good_gives_way_to_mail_in_the_same_run(world: World) -> None:
    begin(world, channels="relay")
    with SmtpServer(RCPT=REFUSED) as relay:
        channels(world, f"relay={relay.url}")
        sent = world.at("Wed 28 Aug 2019 08:30").deliver()
    assert [attempt.outcome for attempt in sent.messages] == ["refused", "accepted"]
    world.expect_mail(to="performance_lead", about="List of cases")
    assert states(world.store) == {"relay": MessageState.FAILED, "mail": MessageState.ACCEPTED}
    assert prompt_states(world) == [PromptState.SENT]


def test_a_dead_address_is_not_written_to_again_until_it_changes(world: World) -> None:
    begin(world, channels="relay")
    with SmtpServer(RCPT=REFUSED) as relay:
        channels(world, f"relay={relay.url}")
        world.at("Wed 28 Aug 2019 08:30").deliver()
        world.live("Tue 3 Sep 2019 08:30", "plo-panel")
        world.expect_mail(to="performance_lead", about="List of cases")
        assert sum(command.startswith("RCPT") for command in relay.commands) == 1
        new = LEAD | {"address": "new.lead@medway.example", "channels": "relay"}
        world.apply(variant(world.home, people=people(performance_lead=new)))
        relay.told.clear()
        world.live("Wed 4 Sep 2019 08:30", "plo-panel")
        assert [mail.recipient for mail in relay.mails] == ["<new.lead@medway.example>"]


@pytest.mark.parametrize(
    ("deputy", "to", "their"),
    [("training_lead", "training.lead", "deputy"), ("", "head.of.qa", "line manager")],
)
def test_who_cannot_be_reached_is_stood_in_for(deputy: str, to: str, their: str, world: World) -> None:
    begin(world, deputy=deputy)
    with SmtpServer(RCPT=[REFUSED]) as server:
        world.route(server.url)
        world.at("Wed 28 Aug 2019 08:30").deliver()
        (mail,) = server.mails
    assert mail.recipient == f"<{to}@medway.example>"
    (_, message) = messages(world.store)[:2]
    text = " ".join(message.text.split())
    assert f"This is for Performance Lead. We could not reach them, so it comes to you as their {their}." in text
    assert {claims.person for claims in message.tokens} == {"performance-lead"}
    assert prompt_states(world) == [PromptState.SENT]


def test_known_to_be_dead_the_next_one_goes_to_the_deputy_at_once(world: World) -> None:
    begin(world, deputy="training_lead")
    with SmtpServer(RCPT=[REFUSED]) as server:
        world.route(server.url)
        world.at("Wed 28 Aug 2019 08:30").deliver()
    world.route("")
    world.live("Wed 4 Sep 2019 08:30", "plo-panel")
    world.expect_mail(to="training_lead", about="List of cases")
    world.expect_no_mail(to="performance_lead")


def test_the_programme_lead_hears_once_of_somebody_who_cannot_be_reached(world: World) -> None:
    begin(world)
    with SmtpServer(RCPT=[REFUSED]) as server:
        world.route(server.url)
        world.at("Wed 28 Aug 2019 08:30").deliver()
    world.route("")
    world.at("Wed 28 Aug 2019 08:40").deliver()
    told = world.expect_mail(to="improvement_programme_lead", about="We could not reach Performance Lead")
    assert "List of cases" not in told.text
    world.at("Wed 28 Aug 2019 08:50").deliver()
    world.at("Thu 29 Aug 2019 08:50").deliver()
    world.expect_no_mail(to="improvement_programme_lead")


SPAM = "550 5.7.1 <performance.lead@medway.example>: looks like spam"


@pytest.mark.parametrize(
    ("said", "words", "again"),
    [
        ("550 5.1.1 no such user", "“550 5.1.1 no such user”", False),
        ("550 5.4.1 Recipient address rejected: Access denied", "“550 5.4.1 Recipient address rejected", False),
        (SPAM, "“550 5.7.1 (address): looks like spam”", True),
        ("552 5.2.2 mailbox full", "“552 5.2.2 mailbox full”", True),
    ],
)
def test_the_mail_about_it_quotes_the_server_and_does_not_offer_the_way_that_failed(
    world: World, said: str, words: str, again: bool
) -> None:
    begin(world)
    with SmtpServer(RCPT=said) as server:
        world.route(server.url)
        world.at("Wed 28 Aug 2019 08:30").deliver()
    world.route("")
    world.at("Wed 28 Aug 2019 08:40").deliver()
    told = world.mails(to="improvement_programme_lead")[0].text
    told = " ".join(told.split())
    assert f"was refused. Its server said: {words}" in told
    assert "leaves by mail" not in told
    assert ("tries the same address once more" in told) is again


def test_what_was_lost_is_said_once_the_address_is_put_right(world: World) -> None:
    begin(world)
    with SmtpServer(RCPT=REFUSED) as server:
        world.route(server.url)
        world.at("Wed 28 Aug 2019 08:30").deliver()
    world.route("")
    world.at("Wed 28 Aug 2019 09:30")
    world.apply(variant(world.home, people=people(performance_lead=LEAD | {"address": "new.lead@medway.example"})))
    world.at("Wed 28 Aug 2019 09:40").deliver()
    world.expect_mail(to="performance_lead", about="List of cases")
    world.at("Wed 28 Aug 2019 09:50").deliver()
    world.expect_no_mail(to="performance_lead")


def test_what_bounced_leaves_by_the_deputy_at_the_next_run(world: World) -> None:
    begin(world, deputy="training_lead")
    world.at("Wed 28 Aug 2019 08:30").deliver()
    world.expect_mail(to="performance_lead")
    (message,) = messages(world.store)
    assert world.store.outbox.mark_bounced(message.key, at=world.now, why="A delivery report says so.")
    world.at("Wed 28 Aug 2019 08:40").deliver()
    world.expect_mail(to="training_lead", about="We could not reach them")
    world.at("Wed 28 Aug 2019 08:50").deliver()
    world.expect_mail(to="improvement_programme_lead", about="goes to the")


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
    world.at("Wed 28 Aug 2019 08:30").decide()
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
    world.live("Thu 12 Sep 2019 08:30", "practice-manager-training")
    mail = world.expect_mail(to="training_lead", about="3 tasks are with you")
    (message,) = [one for one in messages(world.store) if one.deliver_to == "training-lead"]
    numbered = [line for line in mail.text.splitlines() if line[:3] in ("1. ", "2. ", "3. ")]
    acts = [world.store.plan.milestone(claims.milestone).milestone.act for claims in message.tokens[1:]]  # type: ignore[union-attr]
    assert [line[3:].lower() for line in numbered][:3] == acts
    links = [world.store.outbox.token(token_hash(token)) for token in tokens(mail)]
    assert links == list(message.tokens[1:])
