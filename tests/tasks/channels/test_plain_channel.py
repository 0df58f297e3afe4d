"""Test any Apprise URL as a channel: whom it reaches, what is told of it, and what stays out of its log."""

import logging
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest
from apprise import Apprise

from tasks.channels.apprise_url import check_url, send
from tasks.channels.receipt import Payload, Receipt, SendOutcome, Stage
from tests.support.patience import LIMITS, patiently
from tests.tasks.channels.web_hook import Act, Hook

A_PARCEL = Payload(
    key="hook/sam-hart/2019-11-14T08:30+0000/7",
    to_name="Sam Hart",
    to_address="sam.hart+daymark@council.example",
    to_phone="+44 (7700) 900-123",
    to_teams="29f3dcbb-1c8f-4a3e-9b1e-0e0d0c0b0a09",
    subject="Improvement programme: sign-off",
    text="Please tell us you have this: https://daymark.council.example/r/abcdefghjkmnpq23",
)


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")


@pytest.fixture
def hook() -> Iterator[Hook]:
    with Hook() as server:
        yield server


def to(url: str, parcel: Payload = A_PARCEL, limit: float = LIMITS[-1]) -> Receipt:
    return send(url, parcel, limit_seconds=limit)


def answered(answer: int | Act, rest: str = "", login: str = "") -> tuple[Receipt, Hook]:
    """Send to a hook that answers so, and give it with the receipt."""

    def within(limit: float) -> tuple[Receipt, Hook]:
        with Hook(answer) as hook:
            return to(f"json://{login}127.0.0.1:{hook.port}{rest}", limit=limit), hook

    return patiently(within, answer)


def test_a_message_is_accepted_with_its_subject_and_text(hook: Hook) -> None:
    receipt = to(hook.url)
    assert (receipt.outcome, receipt.stage, receipt.text) == (SendOutcome.ACCEPTED, Stage.DATA, "")
    ((path, body),) = hook.taken
    assert (path, body["title"], body["message"]) == ("/", A_PARCEL.subject, A_PARCEL.text)


def test_placeholders_become_the_persons_own(hook: Hook) -> None:
    to(f"{hook.url}/people/{{phone}}/{{address}}/{{teams}}")
    ((path, _),) = hook.taken
    # Apprise decodes what was encoded before it calls: each is whole, and one part of the path.
    assert path.split("/")[2:] == ["+447700900123", "sam.hart+daymark@council.example", A_PARCEL.to_teams]


@pytest.mark.parametrize(
    ("placeholder", "lacking", "what"),
    [
        ("phone", "to_phone", "telephone number"),
        ("address", "to_address", "mail address"),
        ("teams", "to_teams", "Teams"),
    ],
)
def test_who_lacks_what_the_url_asks_for_is_reached_by_the_next_channel(
    hook: Hook, placeholder: str, lacking: str, what: str
) -> None:
    receipt = to(f"{hook.url}/{{{placeholder}}}", replace(A_PARCEL, **{lacking: ""}))
    assert (receipt.outcome, receipt.stage, receipt.retryable) == (SendOutcome.REFUSED, Stage.BUILD, False)
    assert receipt.text.startswith(f"the person has no {what}")
    assert hook.taken == []


# Two numbers would be two people; an apostrophe makes Apprise drop what stands before it.
@pytest.mark.parametrize(
    ("placeholder", "field", "value"),
    [
        ("phone", "to_phone", "07700900123,07700900456"),
        ("phone", "to_phone", "07700900123/07700900456"),
        ("phone", "to_phone", "ask Sam"),
        ("address", "to_address", "sean.o'brien@council.example"),
        ("address", "to_address", "a@council.example,b@council.example"),
        ("address", "to_address", "a@council.example/b@council.example"),
        ("teams", "to_teams", "someone/else"),
    ],
)
def test_what_apprise_could_take_for_another_persons_is_not_sent(
    hook: Hook, placeholder: str, field: str, value: str
) -> None:
    receipt = to(f"{hook.url}/{{{placeholder}}}", replace(A_PARCEL, **{field: value}))
    assert (receipt.outcome, receipt.stage, hook.taken) == (SendOutcome.REFUSED, Stage.BUILD, [])
    assert value not in receipt.text


def test_apprise_still_reads_an_apostrophe_as_the_end_of_a_name() -> None:
    """Test that when this fails the library has learned it, and `_ONE_TARGET` may let such addresses pass."""
    plugin = Apprise.instantiate("sendgrid://abc123:reminders@council.example/sean.o%27brien%40council.example")
    assert plugin is not None
    assert "brien%40council.example" in plugin.url()  # type: ignore[no-untyped-call]
    assert "sean" not in plugin.url()  # type: ignore[no-untyped-call]


@pytest.mark.parametrize("status", [400, 403, 404, 429, 500, 503])
def test_a_no_is_unreachable_and_told_in_apprises_words(status: int) -> None:
    receipt, _ = answered(status)
    assert (receipt.outcome, receipt.stage, receipt.retryable) == (SendOutcome.UNREACHABLE, Stage.CONNECT, True)
    assert f"error={status}" in receipt.text


def test_where_nobody_listens_nothing_was_handed_over() -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        receipt = to(f"json://127.0.0.1:{nobody.getsockname()[1]}")
    assert (receipt.outcome, receipt.retryable) == (SendOutcome.UNREACHABLE, True)


@pytest.mark.parametrize("act", list(Act))
def test_a_server_that_takes_a_message_and_says_nothing_leaves_it_uncertain(act: Act) -> None:
    receipt, hook = answered(act)
    assert (receipt.outcome, receipt.stage, len(hook.taken)) == (SendOutcome.UNCERTAIN, Stage.DATA, 1)


def test_the_limit_is_ours_and_not_apprises_four_seconds() -> None:
    receipt, _ = answered(Act.HANG, "/?rto=0.1")
    assert receipt.outcome is SendOutcome.UNCERTAIN


@pytest.mark.parametrize("option", ["retry=3&wait=0.1", "optional=yes"])
def test_apprise_neither_repeats_by_itself_nor_turns_a_no_into_a_yes(option: str) -> None:
    with Hook(503) as hook:
        receipt = to(f"{hook.url}/?{option}")
    assert (receipt.outcome, len(hook.taken)) == (SendOutcome.UNREACHABLE, 1)


SECRETS = ("secret-of-the-hook", "T0KEN", "900123", "sam.hart", "abcdefghjkmnpq23")


@pytest.mark.parametrize("answer", [200, 503, Act.HANG, Act.CUT])
def test_neither_addresses_nor_tokens_stand_in_apprises_log_or_a_receipt(
    answer: int | Act, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="apprise")
    receipt, _ = answered(answer, "/T0KEN/{phone}/{address}?rto=x", "someone:secret-of-the-hook@")
    assert caplog.records == []
    assert not [secret for secret in SECRETS if secret in repr(receipt)]


def test_a_plugin_that_names_whom_it_cannot_reach_is_told_without_the_number(caplog: pytest.LogCaptureFixture) -> None:
    with Hook(503) as hook:
        receipt = to(f"signal://127.0.0.1:{hook.server_port}/15551234567/{{phone}}")
    assert receipt.outcome is SendOutcome.UNREACHABLE
    assert "Signal API notification to ****" in receipt.text
    assert "900123" in str(hook.taken)
    assert "900123" not in receipt.text + caplog.text


def test_what_others_do_with_apprise_is_still_logged(caplog: pytest.LogCaptureFixture, hook: Hook) -> None:
    to(hook.url)
    Apprise.instantiate("nothing://here")
    assert [log_record for log_record in caplog.records if log_record.name == "apprise"]


def test_two_messages_side_by_side_do_not_hear_each_other() -> None:
    told: dict[int, Receipt] = {}

    def post(status: int) -> None:
        with Hook(status) as hook:
            told[status] = to(hook.url)

    threads = [threading.Thread(target=post, args=(status,)) for status in range(500, 512)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(f"error={status}" in receipt.text for status, receipt in told.items())
    assert len(told) == 12


@pytest.mark.parametrize("scheme", ["mailto", "mailtos", "MAILTO"])
def test_apprises_own_mail_is_refused_with_the_reason(scheme: str) -> None:
    with pytest.raises(ValueError, match="sends mail for an address with an apostrophe to somebody else"):
        check_url(f"{scheme}://user:pass@council.example")


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("nothing://here", "does not know what the URL begins with"),
        ("", "does not know"),
        ("json://127.0.0.1/{name}", r"has \{name\} in it: expected \{phone\}, \{address\} or \{teams\}"),
        ("json://", "cannot read the URL"),
        ("twilio://secret-token", "cannot read the URL: expected what it documents for twilio://"),
    ],
)
def test_what_apprise_cannot_carry_is_refused_in_a_sentence_without_the_url(
    url: str, why: str, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(ValueError, match=why) as no:
        check_url(url)
    assert "secret-token" not in str(no.value) + caplog.text


@pytest.mark.parametrize("url", ["nothing://here", "json://", "mailto://user:pass@council.example", "json://[x"])
def test_through_a_url_that_cannot_be_used_nobody_is_reached_and_the_next_channel_is_taken(url: str) -> None:
    receipt = to(url)
    assert (receipt.outcome, receipt.stage, receipt.retryable) == (SendOutcome.REFUSED, Stage.BUILD, False)
    assert "pass" not in receipt.text


@pytest.mark.parametrize(
    "url",
    [
        "json://127.0.0.1/{address}",
        "twilio://AC735c307c62944b5a9c4b7b8b8b8b8b8b:abcdef0123456789abcdef0123456789@15551234567/{phone}",
        "sns://AHIAJGNT76XIMXDBIJYA/bu1dHSdO22pfaaVy/wmNsdjJQV0/us-east-1/{phone}",
        "ntfys://ntfy.council.example/daymark",
    ],
)
def test_other_services_are_taken_as_they_are(url: str) -> None:
    check_url(url)
