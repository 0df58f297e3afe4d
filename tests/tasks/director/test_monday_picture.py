"""Test the picture in the Monday mail: as a board may see it, small, and the same bytes whenever it leaves."""

import logging
import re
from email import message_from_bytes

import pytest

from config.rendering.picture_svg import svg
from tasks.channels.smtp.message import build
from tasks.council.picture import picture_contents
from tasks.director import monday as composing
from tasks.director import picture
from tasks.sending.compose import mail
from tests.harness import World, content
from tests.tasks.director.mondays import monday, morning, world
from tests.timeline.literals import at
from timeline.definitions.facts import Embargo
from timeline.picture.audience import Audience

__all__ = ["world"]


@pytest.fixture(autouse=True)
def _drawn(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw the picture, which other stories leave out."""
    monkeypatch.setattr(composing, "mail_picture", picture.mail_picture)


@pytest.mark.slow("draws the picture as a PNG")
def test_it_comes_with_the_mail_as_a_board_may_see_it_and_what_is_stored_is_what_left(world: World) -> None:
    world.apply()
    world.at("Mon 4 Nov 2019 08:25").decide("action-plan")
    board = picture_contents(world.store, world.settings, Audience.BOARD, at=world.now)
    world.monday()
    world.at("Mon 4 Nov 2019 08:30").deliver()
    caught = monday(world)
    (part,) = [part for part in message_from_bytes(caught.raw).walk() if part.get_content_type() == "image/png"]
    drawn = part.get_payload(decode=True)
    assert isinstance(drawn, bytes)
    assert len(drawn) < picture.LARGEST
    (alt,) = re.findall(r'<img src="cid:[^"]+"[^>]* alt="([^"]+)"', caught.html)
    assert alt == f"{board.headline}. {board.about}"
    assert "data:" not in caught.html
    assert "picture" not in caught.text
    (key,) = [
        event.ref
        for event in world.store.audit.events()
        if event.ref.startswith("monday/") and event.what == "message composed"
    ]
    stored = world.store.outbox.message(key)
    assert stored
    assert "data:image/png;base64," in stored.html
    person = world.timeline.directory.people[stored.deliver_to]
    assert build(mail(stored, person, world.store.council, world.settings)) == content(caught)


def test_what_is_under_embargo_changes_nothing_in_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    # The lines that are drawn say it as surely as their points, which take a second a picture.
    monkeypatch.setattr(picture, "png", lambda drawn, zoom, colours: svg(drawn).encode())
    world.apply()
    # A year ahead of today is planned, not of the first day.
    world.at("Mon 4 Nov 2019 07:00").decide(*(duty.key for duty in world.timeline.obligations))
    before = picture.mail_picture(world.store, world.settings, at=world.now)
    secret = Embargo(circulation=frozenset({"director"}), until=at("Fri 29 Nov 2019 00:00"))
    world.know("action_plan_stated_due", "Wed 27 Nov 2019", of="", embargo=secret)
    assert before
    assert picture.mail_picture(world.store, world.settings, at=world.now) == before
    told = picture.mail_picture(world.store, world.settings, at=at("Fri 29 Nov 2019 07:00"))
    assert told != before


def test_what_is_too_large_is_drawn_smaller_or_left_out_and_no_fault_of_it_costs_the_mail(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    world.apply()
    monkeypatch.setattr(picture, "png", lambda _, zoom, colours: b"x" * int(75_000 * zoom))
    small = picture.mail_picture(world.store, world.settings, at=world.now)
    assert small
    assert len(small.src) < 110_000
    monkeypatch.setattr(picture, "png", lambda _, zoom, colours: b"x" * int(110_000 * zoom))
    assert picture.mail_picture(world.store, world.settings, at=world.now) is None

    def broken(*_: object, **__: object) -> bytes:
        raise ModuleNotFoundError("Ada Quill")

    monkeypatch.setattr(picture, "png", broken)
    with caplog.at_level(logging.ERROR):
        morning(world, "Tue 27 Aug 2019 08:25")
    assert "<img" not in monday(world).html
    assert "The picture of a mail could not be drawn (ModuleNotFoundError)." in caplog.text
    assert "Ada Quill" not in caplog.text
