"""Automatic mail: recognised whatever marks it, never an answer, and nothing of it kept but dates."""

from datetime import date

import pytest

from tests.timeline.replies.letters import HEAD, OURS, SEAN, TOKEN, letter, taken
from timeline.answers.responses import Answer
from timeline.replies import ReplyKind


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto-Submitted": "auto-replied"},
        {"Auto-Submitted": "auto-generated (rejected)"},
        {"Auto-Submitted": "Auto-Replied; owner-email=x"},
        {"X-Auto-Response-Suppress": "All"},
        {"X-Auto-Response-Suppress": "DR, OOF, AutoReply"},
        {"Precedence": "bulk"},
        {"Precedence": "Auto_Reply"},
        {"Return-Path": "<>"},
        {"Subject": "Automatic reply: Action plan"},
        {"Subject": "Out of Office: Action plan"},
        {"Subject": "=?utf-8?Q?Out_of_office_Re:_Action_plan?="},
        {"Subject": "Ateb awtomatig: Action plan"},
        {"X-Autorespond": "Action plan"},
        {"X-MS-Exchange-Inbox-Rules-Loop": SEAN},
        {"List-Id": "<staff.borough.gov.uk>"},
        {"From": "no-reply@borough.gov.uk"},
        {"From": f"Council <{OURS.address}>"},
    ],
)
def test_automatic_mail_never_answers(headers: dict[str, str]) -> None:
    reading = taken(letter("ACK", **{name.replace("-", "_"): value for name, value in headers.items()}))
    assert (reading.kind, reading.response, reading.automatic, reading.text) == (ReplyKind.AUTO_REPLY, None, True, "")
    assert reading.token == TOKEN


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto-Submitted": "no"},
        {"Auto-Submitted": "No (by hand)"},
        {"X-Auto-Response-Suppress": "None"},
        {"Precedence": "normal"},
        {"Return-Path": f"<{SEAN}>"},
        {"Subject": "Re: Automatic reply to the inspectors, due 23 October"},
    ],
)
def test_what_only_looks_automatic_is_read(headers: dict[str, str]) -> None:
    reading = taken(letter("ACK", **{name.replace("-", "_"): value for name, value in headers.items()}))
    assert (reading.kind, reading.response, reading.automatic) == (ReplyKind.RESPONSE, Answer.ACKNOWLEDGED, False)


def test_a_calendars_automatic_reply_is_read_but_not_answered() -> None:
    entry = "BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:1\nATTENDEE;PARTSTAT=ACCEPTED:mailto:" + SEAN
    raw = letter(f"{entry}\nEND:VEVENT\nEND:VCALENDAR", Content_Type="text/calendar", Auto_Submitted="auto-generated")
    reading = taken(raw)
    assert (reading.kind, reading.response, reading.automatic) == (ReplyKind.CALENDAR, Answer.ACKNOWLEDGED, True)


ABSENCES = [
    # what it says, first day, last day; written on Monday 16 March 2026 unless it says otherwise
    ("I am on leave until 30 March.", None, date(2026, 3, 30)),
    ("I am away until Monday 30th March 2026", None, date(2026, 3, 30)),
    ("Out of office until Monday, 30 March", None, date(2026, 3, 30)),
    ("away till 30/03/2026", None, date(2026, 3, 30)),
    ("away till 30/3", None, date(2026, 3, 30)),
    ("away until 30.03.26", None, date(2026, 3, 30)),
    ("away until 2026-03-30", None, date(2026, 3, 30)),
    ("away until March 30, 2026", None, date(2026, 3, 30)),
    ("away up to and including 30 March", None, date(2026, 3, 30)),
    ("On leave until 16 March", None, date(2026, 3, 16)),
    ("On leave until 15 March", None, None),  # yesterday
    ("On leave until 15 March 2027", None, date(2027, 3, 15)),
    ("I am out of the office from 2 to 13 December", None, None),  # last year's, which is nearer
    ("I am out of the office from 2 to 13 April", date(2026, 4, 2), date(2026, 4, 13)),
    ("I am on leave from 2nd December to 13th December 2026.", date(2026, 12, 2), date(2026, 12, 13)),
    ("On leave between 2 and 13 April", date(2026, 4, 2), date(2026, 4, 13)),
    ("Annual leave: 2 - 13 April", date(2026, 4, 2), date(2026, 4, 13)),
    ("Annual leave 28 March – 3 April 2026", date(2026, 3, 28), date(2026, 4, 3)),
    ("I am away from 10 March to 20 March", date(2026, 3, 10), date(2026, 3, 20)),
    ("I am away from 23 December to 3 January", None, None),
    ("I am away from 23 December to 3 January 2027", date(2026, 12, 23), date(2027, 1, 3)),
    ("away from 02/12/2026 to 13/12/2026", date(2026, 12, 2), date(2026, 12, 13)),
    (
        "Away from Monday 16 March 2026 09:00 until Friday 27 March 2026 17:30.",
        date(2026, 3, 16),
        date(2026, 3, 27),
    ),
    ("I am away and back on Monday 6 January 2020", None, None),
    ("I am away and back on Monday 6 April 2026", None, date(2026, 4, 5)),
    ("I will return on 06/01/2027", None, date(2027, 1, 5)),
    ("I will be back in the office on Wednesday 1 April", None, date(2026, 3, 31)),
    ("Returning to work 1 April.", None, date(2026, 3, 31)),
    ("Away until 30 March, back on 31 March", None, date(2026, 3, 30)),
    ("Away until 31 March, when I return on 31 March", None, date(2026, 3, 30)),
    ("Rwyf i ffwrdd tan 30 Mawrth, yn ôl ar 31 Mawrth", None, date(2026, 3, 30)),
    # Nothing that is not certain.
    ("I am on leave.", None, None),
    ("I will acknowledge your message on my return.", None, None),
    ("Please send your report by 30 March.", None, None),
    ("The meeting is from 2 to 13 December", None, None),
    ("away until Tuesday 30 March 2026", None, None),
    ("away until 31 February", None, None),
    ("away until 3/30/2026", None, None),
    ("away until 30 March 2206", None, None),
    ("away until 30", None, None),
    ("away from 13 December 2026 to 2 December 2026", None, None),
    ("away from 13 December 2026 until 2 December 2026", None, None),
    ("away from 31 to 2 December 2026", None, None),
    ("I am away until 30 March. Priya is away until 5 April.", None, date(2026, 3, 30)),
    ("I am away until 30 March. I am away until 5 April.", None, None),
]


@pytest.mark.parametrize(("text", "first", "last"), ABSENCES, ids=[text for text, *_ in ABSENCES])
def test_an_absence_is_its_dates(text: str, first: date | None, last: date | None) -> None:
    reading = taken(letter(text, Auto_Submitted="auto-replied"))
    assert (reading.absent_from, reading.absent_until) == (first, last)


@pytest.mark.parametrize("written", [None, "", "yesterday", "Mon, 99 Foo 2026 09:12:44 +0000"])
def test_without_a_date_header_only_a_date_with_its_year_is_certain(written: str | None) -> None:
    short = taken(letter("away until 30 March", Auto_Submitted="auto-replied", Date=written))
    whole = taken(letter("away until 30 March 2026", Auto_Submitted="auto-replied", Date=written))
    assert (short.absent_until, whole.absent_until) == (None, date(2026, 3, 30))


@pytest.mark.parametrize(
    ("written", "last"),
    [
        ("Sat, 28 Mar 2026 23:30:00 +0000", date(2026, 3, 29)),  # Saturday 28 March in London, GMT
        ("Sun, 29 Mar 2026 22:30:00 +0000", date(2026, 3, 29)),  # Sunday 29 March 23:30 in London, BST
        ("Sun, 29 Mar 2026 23:30:00 +0000", None),  # Monday 30 March 00:30 in London, BST: yesterday
        ("Mon, 30 Mar 2026 00:30:00 +0200", date(2026, 3, 29)),  # Sunday 29 March 23:30 in London, BST
    ],
)
def test_a_day_has_passed_by_the_day_in_london(written: str, last: date | None) -> None:
    reading = taken(letter("away until 29 March", Auto_Submitted="auto-replied", Date=written))
    assert reading.absent_until == last


def test_a_person_who_writes_of_leave_is_not_absent_by_it() -> None:
    reading = taken(letter("Ack. I am on leave until 30 March."))
    assert (reading.kind, reading.absent_until) == (ReplyKind.RESPONSE, None)


def test_the_usual_head_of_these_tests_is_no_automatic_mail() -> None:
    assert not any(name.startswith(("Auto", "X-Auto", "Precedence")) for name in HEAD)
