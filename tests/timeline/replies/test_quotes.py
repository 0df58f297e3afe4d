"""Test what a person wrote, and what is a quote, a signature or a gateway's banner."""

import pytest

from tests.timeline.replies.letters import html, letter, taken
from timeline.answers.responses import Answer
from timeline.replies.html import visible_text
from timeline.replies.quotes import above_the_quote

OURS = "Dear Sean\n\nReply ACK to acknowledge, or DONE when complete.\nACK\n"


@pytest.mark.parametrize(
    "heading",
    [
        "From: Council\nSent: 16 March 2026 09:00\nTo: Sean\nSubject: Plan",
        "*From:* Council\n*Sent:* 16 March 2026\n*Subject:* Plan",
        "**From:** Council\n**Date:** 16 March 2026",
        "________________________________\nFrom: Council\nSent: 16 March",
        "________________________________\n\nFrom: Council\n\nSent: 16 March",
        "Oddi wrth: Council\nAnfonwyd: 16 Mawrth 2026\nAt: Sean\nPwnc: Plan",
        "Von: Council\nGesendet: 16. März 2026",
        "De : Council\nEnvoyé : 16 mars 2026",
        "-----\nFrom: Council\nSent: 16 March",
        "-----Original Message-----\nX",
        "----- Original Message -----",
        "---------- Forwarded message ---------",
        "-------- Forwarded Message --------",
        "-----Original Appointment-----",
        "Begin forwarded message:",
        "On Mon, 16 Mar 2026 at 09:00, Council <c@x.example> wrote:",
        "On Mon, 16 Mar 2026 at 09:00, Council Reminders <\nreminders@notices.x.gov.uk> wrote:",
        "On Monday, 16 March 2026 at 09:00:00 GMT,\nCouncil Reminders\n<c@x.example>\nwrote:",
        "On 16/03/2026 09:00, Council wrote:",
        "Ar Llun, 16 Maw 2026 am 09:00, Council <c@x.example> ysgrifennodd:",
        "Ar 16/03/2026 ysgrifennodd Council <c@x.example>:",
        "Le lun. 16 mars 2026 à 09:00, Council <c@x.example> a écrit :",
        "Am Mo., 16. März 2026 um 09:00 Uhr schrieb Council <c@x.example>:",
        "2026-03-16 09:00 Council <c@x.example> wrote:",
    ],
)
@pytest.mark.parametrize(("begin", "above"), [("", ""), ("Help\n\n", "Help"), ("Help\n", "Help")])
def test_below_the_heading_of_a_quote_nothing_was_written(heading: str, begin: str, above: str) -> None:
    assert above_the_quote(f"{begin}{heading}\n\n{OURS}") == above


@pytest.mark.parametrize(
    ("text", "above"),
    [
        ("> Dear Sean\n> Reply ACK\n\nHelp", "Help"),
        ("On 16 March Council wrote:\n> Dear Sean\n\nHelp\n", "Help"),
        ("On 16 March Council\\g wrote:\n> Dear Sean\n\nHelp\n", "Help"),
        ("On 16 March Council wrote:\n\n> Dear Sean\n\nHelp\n\n-- \nSean", "Help"),
        ("> Dear Sean. Please\nHelp\n> us\n", ""),
        ("> > Dear Sean\n>\n> Reply\nACK\n", ""),
        (" > Reply\nACK", ""),
        ("Help\n\n> Dear Sean", "Help"),
        ("Where from: Leeds", "Where from: Leeds"),
        ("From: Council\n\nACK", ""),
        ("On Monday I wrote:\nHelp", ""),
        ("I wrote this: help", "I wrote this: help"),
        ("Help\n\n--\nSean", "Help"),
        ("Help\n\nSent from my iPhone", "Help"),
        ("Help\n\nGet Outlook for iOS<https://aka.ms/x>", "Help"),
        ("Help\n\nAnfonwyd o fy iPhone", "Help"),
        ("\ufeff\u200bHe\u00adlp\u202c", "Help"),
        ("Help\u2028me", "Help\nme"),
        ("Help\xa0me", "Help me"),
        ("\\1 \\g<x> Help", "\\1 \\g<x> Help"),
        ("", ""),
        ("\n \n\t\n", ""),
    ],
)
def test_what_was_written(text: str, above: str) -> None:
    assert above_the_quote(text) == above


@pytest.mark.parametrize(
    "banner",
    [
        "[EXTERNAL] This email originated from outside the council.",
        "CAUTION: This email originated from outside of the organisation. Do not click\nlinks.",
        "*** EXTERNAL EMAIL ***",
        "You don't often get email from sean@borough.gov.uk. Learn why this is important",
        "RHYBUDD: daeth yr e-bost hwn o'r tu allan",
    ],
)
def test_a_gateways_banner_is_not_the_first_line(banner: str) -> None:
    assert above_the_quote(f"{banner}\n\nAck") == "Ack"
    assert taken(letter(banner)).response is None


def test_words_in_the_banners_own_paragraph_are_not_lost() -> None:
    both = "[EXTERNAL] This email originated from outside the council.\nHelp"
    assert above_the_quote(both) == both


def test_a_persons_own_warning_is_the_first_line() -> None:
    assert above_the_quote("Caution: the date is wrong.\n\nAck").startswith("Caution")


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>Help</p><p>me</p>", "Help\n\nme"),
        ("<div>Help<br>me</div>", "Help\nme"),
        ("Help &amp;\n  me&nbsp;&ndash; <b>now</b>", "Help & me – now"),
        ("<head><title>ACK</title><style>ACK</style></head>Help", "Help"),
        ("<script>ACK</script>Help", "Help"),
        ("<!-- ACK -->Help", "Help"),
        ('<div style="display:none">ACK</div>Help', "Help"),
        ('<span style="mso-hide: all">ACK</span>Help', "Help"),
        ("<blockquote>ACK<blockquote>ACK</blockquote>ACK</blockquote>Help", "Help"),
        ('<div class="gmail_quote">ACK<div>ACK</div>ACK</div>Help', "Help"),
        ('Help<div id="appendonsend"></div>ACK', "Help"),
        ('Help<hr><div id="x_divRplyFwdMsg">From: x</div>ACK', "Help"),
        ('Help<div id="mail-editor-reference-message-container">ACK</div>ACK', "Help"),
        ('<div class="moz-cite-prefix">On x wrote:</div><blockquote type="cite">ACK</blockquote><p>Help</p>', "Help"),
        ('Help<div class="x_yahoo_quoted" id="y">ACK</div>', "Help"),
        ('Help<div id="Signature">Done</div>', "Help"),
        ('Help<div class="gmail_signature" dir="ltr">Done<br>ACK</div>', "Help"),
        ("<table><tr><td>Help</td></tr><tr><td>me</td></tr></table>", "Help\n\nme"),
        ("<p>Help<p>me", "Help\n\nme"),
        ("<p>Help</p", "Help"),
        ("Help <", "Help"),
        ('See <a href="https://borough.example/x">the minutes</a>.', "See the minutes https://borough.example/x ."),
        ('<a href="https://borough.example/x">https://borough.example/x</a>', "https://borough.example/x"),
        ('<a href="mailto:x@y.example">x</a>', "x"),
        ("", ""),
    ],
)
def test_what_html_shows(markup: str, text: str) -> None:
    assert visible_text(markup).replace("\n\n", "\n") == text.replace("\n\n", "\n")


def test_a_button_of_our_own_mail_is_no_answer_even_where_its_quote_has_no_mark() -> None:
    leaked = '<p><a href="https://daymark.borough.example/t/abc">I have this</a></p>'
    assert taken(html(leaked)).response is None
    assert taken(html("<p>I have this</p>")).response is Answer.ACKNOWLEDGED


def test_a_link_in_html_is_evidence() -> None:
    reading = taken(html('<p>Done, <a href="https://borough.example/x">minutes</a></p>'))
    assert (reading.response, reading.evidence) == (Answer.DONE, "https://borough.example/x")


def test_plain_text_is_read_first_and_html_where_there_is_none() -> None:
    both = "--B\nContent-Type: text/plain\n\n{}\n--B\nContent-Type: text/html\n\n<p>Help</p>\n--B--"
    kind = 'multipart/alternative; boundary="B"'
    assert taken(letter(both.format("ACK"), Content_Type=kind)).response is Answer.ACKNOWLEDGED
    assert taken(letter(both.format("  \n"), Content_Type=kind)).response is Answer.HELP


def test_an_attached_text_is_not_what_was_written() -> None:
    attached = "--B\nContent-Type: text/plain\nContent-Disposition: attachment; filename=x.txt\n\nACK\n--B--"
    assert taken(letter(attached, Content_Type='multipart/mixed; boundary="B"')).response is None
