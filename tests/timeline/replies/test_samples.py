"""Test that the replies of many mail programs come out as what they are."""

from datetime import date

import pytest

from tasks.reading.mail import read
from tests.timeline.replies.letters import EXCHANGE_ONLINE, OURS, SAMPLES, SEAN, TOKEN, sample
from timeline.answers.responses import Answer
from timeline.replies.reading import MailReading, ReplyKind

ACK, DONE, HELP, DECLINED = Answer.ACKNOWLEDGED, Answer.DONE, Answer.HELP, Answer.DECLINED
RESPONSE, AUTO, BOUNCE = ReplyKind.RESPONSE, ReplyKind.AUTO_REPLY, ReplyKind.BOUNCE
CALENDAR, OTHER = ReplyKind.CALENDAR, ReplyKind.OTHER

WHOLE: list[tuple[str, ReplyKind, Answer | None, bool, bool]] = [
    # file, kind, response, trusted, from the person asked
    ("01_outlook_desktop_alt", RESPONSE, ACK, True, True),
    ("02_outlook_web_htmlonly", RESPONSE, DONE, True, True),
    ("04_gmail", RESPONSE, ACK, True, False),
    ("05_ios_mail", RESPONSE, ACK, True, True),
    ("07_decline_not_ack", RESPONSE, None, True, True),
    ("09_ooo_exchange", AUTO, None, True, True),
    ("10_ooo_generic", AUTO, None, False, False),
    ("11_dsn_exchange_5110", BOUNCE, None, False, False),
    ("13_dsn_delayed", ReplyKind.DELAYED, None, False, False),
    ("14_calendar_accepted", CALENDAR, ACK, True, True),
    ("15_calendar_declined", CALENDAR, DECLINED, True, True),
    ("17_forwarded_then_ack", RESPONSE, ACK, True, False),
    ("18_spoofed", RESPONSE, ACK, False, True),
    ("22_mdn_read", ReplyKind.RECEIPT, None, True, True),
    ("26_exo_external_ar", RESPONSE, ACK, True, True),
    ("30_outlook_android", RESPONSE, ACK, True, True),
    ("31_thunderbird_bottom", RESPONSE, ACK, True, True),
    ("32_thunderbird_top_html", RESPONSE, HELP, True, True),
    ("33_signature_above_quote", RESPONSE, ACK, True, True),
    ("34_welsh_oddi_wrth", RESPONSE, ACK, True, True),
    ("35_base64", RESPONSE, DONE, True, True),
    ("36_latin1", RESPONSE, HELP, True, True),
    ("37_smime_signed", RESPONSE, ACK, True, True),
    ("38_smime_opaque", RESPONSE, None, True, True),
    ("39_gmail_reaction", OTHER, None, True, True),
    ("40_outlook_reaction", OTHER, None, True, True),
    ("41_exo_internal", RESPONSE, ACK, True, True),
    ("42_google_vacation", AUTO, None, True, True),
    ("43_welsh_ooo", AUTO, None, True, True),
    ("44_exim_bounce", BOUNCE, None, False, False),
    ("45_calendar_tentative", CALENDAR, None, True, True),
    ("46_calendar_for_another", CALENDAR, None, True, True),
    ("47_calendar_with_a_doubt", CALENDAR, None, True, True),
    ("48_calendar_quoted_name", CALENDAR, ACK, True, True),
    ("49_forwarded", RESPONSE, None, True, True),
    ("50_empty_above_quote", RESPONSE, None, True, True),
    ("51_broken_quote", RESPONSE, None, True, True),
    ("52_only_a_signature", RESPONSE, None, True, True),
    ("53_broken_mime", RESPONSE, None, True, True),
    ("54_soft_breaks", RESPONSE, DONE, True, True),
    ("55_right_to_left_marks", RESPONSE, ACK, True, True),
    ("56_several_from", RESPONSE, ACK, False, False),
    ("57_no_message_id", RESPONSE, ACK, True, True),
    ("58_gateway_banner", RESPONSE, ACK, True, True),
    ("59_returned_with_a_letter", RESPONSE, ACK, True, True),
    ("60_two_references", RESPONSE, None, True, True),
    ("61_gmail_html_bottom", RESPONSE, DECLINED, True, True),
    ("63_confirmed", RESPONSE, Answer.CONFIRMED, True, True),
    ("64_not_done_yet", RESPONSE, None, True, True),
    ("62_outlook_desktop_htmlonly", RESPONSE, DECLINED, True, True),
]


def reading(name: str) -> MailReading:
    mailbox = EXCHANGE_ONLINE if "_exo_" in name else OURS
    return read(sample(f"{name}.eml"), mailbox=mailbox, asked=SEAN)


def test_every_sample_stands_in_the_table() -> None:
    assert {name for name, *_ in WHOLE} == {file.stem for file in SAMPLES.glob("*.eml")}


@pytest.mark.parametrize(("name", "kind", "response", "trusted", "from_asked"), WHOLE, ids=[each[0] for each in WHOLE])
def test_a_sample_is_taken_for_what_it_is(
    name: str, kind: ReplyKind, response: Answer | None, trusted: bool, from_asked: bool
) -> None:
    read = reading(name)
    assert (read.kind, read.response, read.trusted, read.from_asked) == (kind, response, trusted, from_asked)


@pytest.mark.parametrize("name", [name for name, *_ in WHOLE if name != "60_two_references"])
def test_every_sample_says_which_message_it_answers(name: str) -> None:
    assert reading(name).token == TOKEN


@pytest.mark.parametrize("name", [name for name, *_ in WHOLE])
def test_every_reading_says_why_in_one_sentence(name: str) -> None:
    assert reading(name).why.endswith(".")
    assert "\n" not in reading(name).why


@pytest.mark.parametrize("name", [name for name, kind, *_ in WHOLE if kind in (AUTO, BOUNCE, ReplyKind.RECEIPT)])
def test_of_automatic_mail_no_word_is_kept_and_it_is_never_answered(name: str) -> None:
    read = reading(name)
    assert (read.text, read.evidence, read.automatic) == ("", "", True)


@pytest.mark.parametrize("name", [name for name, kind, *_ in WHOLE if kind is RESPONSE])
def test_what_a_person_wrote_is_not_automatic(name: str) -> None:
    assert not reading(name).automatic


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("01_outlook_desktop_alt", "ACK - I will deal with this on Thursday."),
        ("02_outlook_web_htmlonly", "Done, thanks – circulated £100"),
        ("07_decline_not_ack", "I cannot acknowledge this - it is not my task, please send to Priya."),
        ("30_outlook_android", "Ack"),
        ("33_signature_above_quote", "ACK"),
        ("34_welsh_oddi_wrth", "Wedi derbyn, diolch."),
        ("36_latin1", "£100 short"),
        ("47_calendar_with_a_doubt", "I will come, but the papers are not mine."),
        ("50_empty_above_quote", ""),
        ("51_broken_quote", ""),
        ("52_only_a_signature", ""),
        ("63_confirmed", "I confirm, thanks."),
        ("64_not_done_yet", "Not done yet, the annex is missing."),
        ("62_outlook_desktop_htmlonly", "not mine"),
    ],
)
def test_the_text_is_what_was_written_above_the_quote_and_the_signature(name: str, text: str) -> None:
    assert reading(name).text.removesuffix("\nSean").rstrip() == text


def test_absences_are_read_as_dates() -> None:
    spans = {name: (read.absent_from, read.absent_until) for name, *_ in WHOLE if (read := reading(name))}
    assert {name: span for name, span in spans.items() if any(span)} == {
        "09_ooo_exchange": (None, date(2026, 3, 30)),  # a Monday
        "42_google_vacation": (date(2026, 12, 23), date(2027, 1, 3)),  # Wednesday to Sunday
        "43_welsh_ooo": (None, date(2026, 3, 30)),
    }


def test_evidence_is_a_link_or_a_reference() -> None:
    assert reading("02_outlook_web_htmlonly").evidence == ""
    assert reading("35_base64").evidence == "CAB/2019/14"
    assert reading("54_soft_breaks").evidence == "https://borough.example/minutes/2019-10-23/item-4"


def test_reports_name_the_address_that_was_not_reached() -> None:
    bounced = {name: read.bounced for name, *_ in WHOLE if (read := reading(name)).bounced}
    assert bounced == dict.fromkeys(("11_dsn_exchange_5110", "13_dsn_delayed", "44_exim_bounce"), SEAN)


def test_calendar_replies_name_the_entry_and_a_declined_one_says_that_the_time_does_not_suit() -> None:
    declined = reading("15_calendar_declined")
    assert declined.calendar_uid == "item-0042@notices.x.gov.uk"
    assert "cannot make this time" in declined.why


def test_two_references_of_the_same_strength_leave_none() -> None:
    read = reading("60_two_references")
    assert (read.token, read.response) == ("", None)
    assert "two different references" in read.why


def test_a_mail_without_a_message_id_has_none() -> None:
    assert reading("57_no_message_id").message_id == ""
    assert reading("01_outlook_desktop_alt").message_id == "<a@borough.gov.uk>"
