"""Test that what a server answered is quoted, without addresses and secrets, and with what to do."""

import pytest

from timeline.delivery.server_words import quotable, quoted_with_advice


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("550 5.7.30 Basic authentication is not supported", "550 5.7.30 Basic authentication is not supported"),
        ("550 5.1.1 <sean.o'brien@council.example> unknown", "550 5.1.1 (address) unknown"),
        ("see https://flow.example/w/1?sig=abc now", "see (URL) now"),
        ("535 5.7.8 bad key AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", "535 5.7.8 bad key (…)"),
        ("451 4.3.0\r\n\x1b[31mlater\u202e", "451 4.3.0 [31mlater"),
        ("x " * 500, ("x " * 100).strip()),
        # Took twenty seconds while each of its letters might begin an address.
        ("a" * 20_000, "(…)"),
        ("", ""),
    ],
)
def test_what_may_be_quoted(words: str, shown: str) -> None:
    assert quotable(words).strip() == shown


@pytest.mark.parametrize(
    ("words", "says", "advises"),
    [
        ("535 5.7.8 Error: wrong password", "The server said: “535 5.7.8 Error", "Show the words to IT"),
        ("535 5.7.139 Authentication unsuccessful", "The server said: “535 5.7.139 Auth", "IT must allow SMTP AUTH"),
        ("550 5.7.30 Basic authentication is not supported", "The server said: “550 5.7.30", "DAYMARK_MAIL_URL"),
        ("554 5.2.252 SendAsDenied", "The server said: “554 5.2.252 SendAsDenied”. It may not", "DAYMARK_MAIL_FROM"),
        (
            "No token (AADSTS7000222): put one into DAYMARK_MAIL_CLIENT_SECRET",
            "No token (AADSTS7000222): put",
            "SECRET.",
        ),
        ("Connection refused", "The last attempt ended so: “Connection refused”.", "docs/settings.md"),
        ("", "", ""),
    ],
)
def test_it_is_quoted_with_what_to_do(words: str, says: str, advises: str) -> None:
    said = quoted_with_advice(words)
    assert said.startswith(says)
    assert advises in said
