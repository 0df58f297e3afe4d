"""Give the tests of invitations a first visit that is confirmed, and the calendar part of a mail."""

from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from tasks.catcher.mailbox import OpenedMail
from tests.harness import World, content
from tests.support.stated import variant

VISIT = "monitoring-visit/1"
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
        world.begun(_usual)
        yield world


def _usual(world: World) -> None:
    """Begin so; the text of `begun` is not part of what a template is named by, and no other worker changes it."""
    begun(world, world.home)


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
