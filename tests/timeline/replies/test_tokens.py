"""Test which message a reply answers: the strongest carrier decides."""

import pytest

from tests.timeline.replies.letters import OTHER_TOKEN, TOKEN, letter, taken
from timeline.answers.responses import Answer

BARE = "reminders@notices.x.gov.uk"


@pytest.mark.parametrize(
    ("headers", "body", "token"),
    [
        ({}, "ACK", TOKEN),
        ({"To": f"Council <REMINDERS+{TOKEN.upper()}@notices.x.gov.uk>"}, "ACK", TOKEN),
        ({"To": BARE, "Cc": f"reminders+{TOKEN}@notices.x.gov.uk"}, "ACK", TOKEN),
        ({"To": BARE, "Delivered-To": f"reminders+{TOKEN}@notices.x.gov.uk"}, "ACK", TOKEN),
        ({"To": BARE, "X-Original-To": f"reminders+{TOKEN}@notices.x.gov.uk"}, "ACK", TOKEN),
        ({"To": BARE, "Envelope-To": f"reminders+{TOKEN}@notices.x.gov.uk"}, "ACK", TOKEN),
        ({"To": BARE, "In-Reply-To": f"<r.{TOKEN}.1@notices.x.gov.uk>"}, "ACK", TOKEN),
        ({"To": BARE, "References": f"<x@y>\n <R.{TOKEN.upper()}.12@notices.x.gov.uk>"}, "ACK", TOKEN),
        ({"To": BARE, "Subject": f"Re: Plan [ref:{TOKEN}]"}, "ACK", TOKEN),
        ({"To": BARE, "Subject": f"=?utf-8?Q?Re:_Plan_[ref:{TOKEN}]?="}, "ACK", TOKEN),
        ({"To": BARE}, f"ACK\n\n> [ref:{TOKEN}]", TOKEN),
        ({"To": BARE}, "ACK", ""),
        ({"To": BARE}, f"ACK {TOKEN}", ""),
        ({"To": f"reminders+{TOKEN}x@notices.x.gov.uk"}, "ACK", ""),
        ({"To": f"reminders+{TOKEN[:-1]}1@notices.x.gov.uk"}, "ACK", ""),
        # A weaker carrier does not contradict a stronger one.
        ({"Subject": f"Re: [ref:{OTHER_TOKEN}]", "In-Reply-To": f"<r.{OTHER_TOKEN}.1@x>"}, "ACK", TOKEN),
        ({"To": BARE, "References": f"<r.{TOKEN}.1@x>"}, f"ACK\n> [ref:{OTHER_TOKEN}]", TOKEN),
        # Somebody in copy may have a plus address of their own.
        ({"Cc": f"priya+{OTHER_TOKEN}@borough.gov.uk"}, "ACK", TOKEN),
        ({"To": f"bounce+{TOKEN}@elsewhere.example"}, "ACK", TOKEN),
    ],
)
def test_the_token(headers: dict[str, str], body: str, token: str) -> None:
    reading = taken(letter(body, **{name.replace("-", "_"): value for name, value in headers.items()}))
    assert (reading.token, reading.response) == (token, Answer.ACKNOWLEDGED)


@pytest.mark.parametrize(
    "headers",
    [
        {"Cc": f"reminders+{OTHER_TOKEN}@notices.x.gov.uk"},
        {"To": BARE, "References": f"<r.{TOKEN}.1@x> <r.{OTHER_TOKEN}.1@x>"},
        {"To": BARE, "Subject": f"[ref:{TOKEN}] [ref:{OTHER_TOKEN}]"},
    ],
)
def test_two_tokens_of_one_strength_are_none_and_a_person_must_read_it(headers: dict[str, str]) -> None:
    reading = taken(letter("ACK", **headers))
    assert (reading.token, reading.response) == ("", None)
    assert reading.text == "ACK"
