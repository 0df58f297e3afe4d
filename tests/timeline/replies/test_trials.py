"""Test that twenty-nine mails once read wrongly come out as the table beside them says; each is an example of a
kind.
"""

import csv
from datetime import date
from pathlib import Path

import pytest

from tasks.reading.mail import read
from timeline.replies.reading import MailReading, ReplyMailbox

FOLDER = Path(__file__).parents[2] / "data" / "trials"
MAILBOX = ReplyMailbox(address="reminders@notices.council.example", authserv="mx.council.example")
with (FOLDER / "expected.csv").open(encoding="utf-8", newline="") as lines:
    EXPECTED = {row["file"]: row for row in csv.DictReader(lines)}

MAY_BE_NAMED_OR_NOT = {"19"}
"""Mails of which the table says that no date at all is right, too."""


def faults(name: str) -> list[str]:
    row, reading = EXPECTED[name], read((FOLDER / name).read_bytes(), mailbox=MAILBOX)
    values = said(reading)
    wrong = [f"{column}: {values[column]!r}" for column in values if values[column] not in row[column].split("|")]
    if name[:2] in MAY_BE_NAMED_OR_NOT and not values["absent_until"]:
        wrong = [fault for fault in wrong if not fault.startswith("absent_until")]
    if reading.gone is not (row["address_dead"] == "yes"):
        wrong.append(f"address_dead: {reading.gone}")
    return wrong


def said(reading: MailReading) -> dict[str, str]:
    """Give the reading in the words of the table; an empty column means that nothing may be read."""
    return {
        "kind": reading.kind.value,
        "response": reading.response.value if reading.response else "",
        "evidence": reading.evidence,
        "bounced": reading.bounced,
        "absent_from": _day(reading.absent_from),
        "absent_until": _day(reading.absent_until),
    }


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def test_every_mail_stands_in_the_table() -> None:
    assert set(EXPECTED) == {file.name for file in FOLDER.glob("*.eml")}


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_mail_is_read_as_it_should_be(name: str) -> None:
    assert faults(name) == [], EXPECTED[name]["right"]
