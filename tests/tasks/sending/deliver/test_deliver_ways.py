"""Test several ways to one person, with real servers: a way that fails for good, and who is reached instead."""

import pytest

from tests.harness import World
from tests.support.stated import people, variant
from tests.tasks.sending.deliver.ways import LEAD, begin, channels, messages, prompt_states, states, world
from tests.tasks.smtp_servers import SmtpServer
from timeline.delivery.messages import MessageState
from timeline.escalation.prompts import PromptState

__all__ = ["world"]
REFUSED = "550 5.1.1 unknown"


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
