"""Take in a mail of the performance lead, who has had the first mail about the first panel."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from config.timeline_files import plain_yaml
from tasks.catcher.mailbox import OpenedMail
from tasks.receiving.receive import IntakeResult, afterwards, handle
from tests.harness import World
from tests.support.stated import MEDWAY, variant
from tests.tasks.replying import reply, replying
from timeline.answers.inbound import InboundState
from timeline.answers.responses import Response

CASES = "plo-panel/1/cases"
OFFICER = "performance.lead@medway.example"
HEAD = "head.of.safeguarding@medway.example"
RECORDED, HELD, IGNORED = InboundState.RECORDED, InboundState.HELD, InboundState.IGNORED


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Begin when the performance lead has had the first mail about the first panel, on Wed 28 Aug 2019 at 08:30."""
    with replying(World(tmp_path)) as world:
        world.at("Tue 27 Aug 2019 07:00").apply(variant(tmp_path, posts=posts()))
        world.lived("Wed 28 Aug 2019 08:30", "plo-panel")
        yield world


def posts() -> dict[str, Any]:
    """Give those of Medway; the performance lead has a deputy and an assistant."""
    posts: dict[str, Any] = plain_yaml.read(MEDWAY)["posts"]
    posts["performance_lead"] = {
        "title": "Performance lead",
        "deputy": "head_of_safeguarding",
        "assistant": "executive_assistant",
    }
    return posts


def taken(world: World, raw: bytes) -> IntakeResult:
    result = handle(world.settings, raw, at=world.now)
    afterwards(world.settings, [replace(result, asks_for_help=False)], at=world.now)
    return result


def responses(world: World) -> tuple[Response, ...]:
    return world.store.inbound.responses(refs={CASES}).get(CASES, ())


def words(mail: OpenedMail) -> str:
    return " ".join(mail.text.split())


def invited(mail: OpenedMail, partstat: str, of: str) -> bytes:
    entry = (
        "BEGIN:VCALENDAR\nMETHOD:REPLY\nVERSION:2.0\nBEGIN:VEVENT\n"
        f"ATTENDEE;PARTSTAT={partstat}:mailto:{OFFICER}\nUID:{of}\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    head = reply(mail, "", by=OFFICER, Content_Type="text/calendar; charset=utf-8; method=REPLY")
    return head.split(b"\r\n\r\n")[0] + b"\r\n\r\n" + entry.replace("\n", "\r\n").encode()
