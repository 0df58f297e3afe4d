"""The bytes of a mail: the same on every attempt, whatever has changed meanwhile."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tasks.channels.mime import build
from tasks.compose import mail, tokens_of
from tests.harness import World
from timeline.messages import Message, MessageState


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A message was composed and the server was away."""
    with World(tmp_path) as world:
        world.at("Tue 27 Aug 2019 07:00").apply()
        world.catcher.stop()
        world.live("Wed 28 Aug 2019 08:30", "plo-panel", "practice-manager-training")
        world.catcher.start()
        yield world


def messages(world: World) -> list[Message]:
    keys = {one.ref for one in world.store.events() if one.what == "message composed"}
    return [found for key in sorted(keys) if (found := world.store.message(key))]


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
    """Whoever is called «token 1» gets nobody's link."""
    with World(tmp_path) as world:
        world.at("Tue 27 Aug 2019 07:00").apply()
        world.live("Wed 28 Aug 2019 08:30", "plo-panel")
        message = messages(world)[0]
        person = replace(world.timeline.directory.people[message.deliver_to], name="«token 0»")
        sent = mail(message, person, "medway", world.settings)
        assert sent.to_name == "«token 0»"
