"""Test the bytes of a mail: the same on every attempt, whatever has changed meanwhile."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from config.settings import Settings
from tasks.channels.receipt import Payload
from tasks.channels.smtp.message import build
from tasks.council.run import CouncilRun
from tasks.council.tokens import tokens_of
from tasks.links.secure_link import Links
from tasks.sending.compose import compose, mail, payload, reads_replies
from tests.harness import World
from timeline.delivery.message_groups import MessageGroup
from timeline.delivery.messages import Message, MessageState, PendingPrompt
from timeline.escalation.task_context import task_context
from timeline.letters.page_views import MessageView


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Begin when a message was composed and the server was away."""
    with World(tmp_path) as world:
        world.at("Tue 27 Aug 2019 07:00").apply()
        world.catcher.stop()
        world.live("Wed 28 Aug 2019 08:30", "plo-panel", "case-follow-up")
        world.catcher.start()
        yield world


def messages(world: World) -> list[Message]:
    keys = {audit_event.ref for audit_event in world.store.audit.events() if audit_event.what == "message composed"}
    return [message for key in sorted(keys) if (message := world.store.outbox.message(key))]


def test_a_stored_message_always_gives_the_same_bytes(world: World) -> None:
    message = messages(world)[0]
    person = world.timeline.directory.people[message.deliver_to]
    first = build(mail(message, person, "medway", world.settings))
    tried = replace(message, attempts=7, state=MessageState.UNCERTAIN, next_attempt_at=None)
    assert build(mail(tried, person, "medway", world.settings)) == first


def test_no_placeholder_is_left_and_none_was_stored_filled(world: World) -> None:
    assert len(messages(world)) == 2
    for message in messages(world):
        person = world.timeline.directory.people[message.deliver_to]
        sent = mail(message, person, "medway", world.settings)
        tokens = tokens_of(message, "medway", world.settings.secret())
        assert "«" not in sent.text + sent.html + sent.subject
        assert all(token in sent.text and token in sent.html for token in tokens)
        assert not any(token in message.text + message.html + message.subject for token in tokens)


def test_two_mails_about_one_task_have_the_same_link_and_another_message_id(world: World) -> None:
    message = messages(world)[0]
    person = world.timeline.directory.people[message.deliver_to]
    first = mail(message, person, "medway", world.settings)
    second = mail(replace(message, key=f"{message.key}9"), person, "medway", world.settings)
    assert first.reply_to == second.reply_to
    assert first.message_id != second.message_id


def test_a_name_typed_as_a_placeholder_reads_as_it_was_typed(tmp_path: Path) -> None:
    """Test that whoever is called «token 1» gets nobody's link."""
    with World(tmp_path) as world:
        world.at("Tue 27 Aug 2019 07:00").apply()
        world.live("Wed 28 Aug 2019 08:30", "plo-panel")
        message = messages(world)[0]
        person = replace(world.timeline.directory.people[message.deliver_to], name="«token 0»")
        sent = mail(message, person, "medway", world.settings)
        assert sent.to_name == "«token 0»"


# The forms of the channels


def first(world: World, channel: str, *, instead_of: str = "") -> tuple[Message, Payload]:
    """Give the first reminder of the first panel as it would leave by this channel, and what would be carried."""
    council_run = CouncilRun(world.store, world.settings, world.now)
    (pending,) = world.store.ledger.pending(at=world.now)
    task = task_context(council_run.timeline, pending.milestone, at=world.now)
    to = "training-lead" if instead_of else pending.prompt.deliver_to
    group = MessageGroup(deliver_to=to, channel=channel, prompts=(pending,), on_behalf_of=instead_of)
    person = replace(council_run.timeline.directory.people[to], teams="T-1")
    message = compose(group, {pending.id: task}, person, world.settings)
    form = world.settings.ways()[channel].form
    return message, payload(message, person, "medway", world.settings, form=form)


@pytest.fixture
def ready(tmp_path: Path) -> Iterator[World]:
    """Begin when one prompt waits, and there are channels of every form."""
    with World(tmp_path) as world:
        world.at("Tue 27 Aug 2019 07:00").apply()
        world.at("Wed 28 Aug 2019 08:30").decide("plo-panel")
        words = "teams=daymarkteams://flow.example/1 sms=json://127.0.0.1/{phone} letter=govuknotify://email/1"
        rooms = "room=daymarkteams://flow.example/2 room.readers=several wall=json://127.0.0.1 wall.readers=several"
        world.settings = world.settings.model_copy(update={"channels": f"{words} {rooms}"})
        yield world


def test_a_card_is_stored_with_places_for_its_tokens_and_carried_with_them(ready: World) -> None:
    message, carried = first(ready, "teams")
    (reply, token) = tokens_of(message, "medway", ready.settings.secret())
    assert reply not in carried.rich
    assert json.loads(message.html)["version"] == json.loads(carried.rich)["version"] == "1.5"
    assert "«token 1»" in message.html
    assert "«" not in carried.rich + carried.text
    assert f"/r/{token}" in carried.rich
    assert f"/r/{token}" in carried.text
    assert carried.to_teams == "T-1"


def test_a_text_message_is_short_and_a_letter_whole(ready: World) -> None:
    _, short = first(ready, "sms")
    _, whole = first(ready, "letter")
    assert "/r/" in short.text
    assert "Because the PLO panel meets" not in short.text
    assert "Because the PLO panel meets" in whole.text
    # GOV.UK Notify's letters are answered by the link alone.
    assert "Reply “" not in whole.text
    assert "To answer, use this link:" in whole.text
    assert short.rich == whole.rich == ""


@pytest.mark.parametrize("channel", ["room", "wall"])
def test_where_several_read_there_is_no_link_and_nobodys_name(ready: World, channel: str) -> None:
    message, carried = first(ready, channel)
    assert message.tokens == ()
    said = carried.text + carried.rich
    assert "Tuesday 3 September" in said
    assert "/r/" not in said
    assert "Performance Lead" not in said
    assert "«" not in said
    assert message.subject == "Improvement programme: coming dates"


def test_on_a_wall_stands_the_coming_date_and_not_how_long_it_is_open(ready: World) -> None:
    _, carried = first(ready, "wall")
    heading, line = carried.text.splitlines()
    assert heading == "Improvement programme – Medway Council"
    assert line.endswith("(PLO monitoring panel): Tuesday 3 September.")


@pytest.mark.parametrize("channel", ["mail", "teams", "letter", "sms"])
def test_a_deputy_reads_for_whom_it_is_and_answers_for_that_person(ready: World, channel: str) -> None:
    message, carried = first(ready, channel, instead_of="performance-lead")
    words = "For Performance Lead" if channel == "sms" else "This is for Performance Lead."
    assert words in " ".join(carried.text.split())
    assert {claims.person for claims in message.tokens} == {"performance-lead"}
    assert message.deliver_to == "training-lead"
    assert "Trial run" not in carried.text


@pytest.mark.parametrize(
    ("chosen", "reads"),
    [
        ({}, True),  # the catcher of this machine takes replies
        ({"bind": "0.0.0.0"}, False),  # noqa: S104 (an address to refuse)
        ({"mail_url": "daymarkmails://relay.example"}, False),
        ({"mail_url": "daymarkmails://relay.example", "imap_host": "imap.example"}, True),
        ({"mail_url": "daymarkmails://relay.example", "lmtp_port": 8024}, True),
    ],
)
def test_answers_by_mail_are_offered_where_they_are_read(chosen: dict[str, Any], reads: bool) -> None:
    assert reads_replies(Settings.given(**chosen)) is reads


@pytest.mark.parametrize("channel", ["sms", "teams"])
def test_the_link_of_a_message_about_several_tasks_opens_all_of_them(ready: World, channel: str) -> None:
    ready.at("Mon 4 Nov 2019 08:30").decide(*(duty.key for duty in ready.timeline.obligations))
    by_person: dict[str, list[PendingPrompt]] = {}
    for pending in ready.store.ledger.pending(at=ready.now):
        by_person.setdefault(pending.prompt.deliver_to, []).append(pending)
    to, told = max(by_person.items(), key=lambda each: len(each[1]))
    assert len(told) > 1
    council_run = CouncilRun(ready.store, ready.settings, ready.now)
    tasks = {pending.id: task_context(council_run.timeline, pending.milestone, at=ready.now) for pending in told}
    group = MessageGroup(deliver_to=to, channel=channel, prompts=tuple(told))
    message = compose(group, tasks, council_run.timeline.directory.people[to], ready.settings)
    assert council_run.put_in_outbox(message)
    token = tokens_of(message, "medway", ready.settings.secret())[0]
    view = Links(ready.settings).open_link(token, at=ready.now)
    assert isinstance(view, MessageView)
    assert len(view.tasks) == len(told)
    if channel == "sms":
        assert "/r/«token 0»" in message.text
