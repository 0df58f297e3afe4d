"""Test tokens from a token endpoint of our own, over TLS. That Microsoft's answers so, too, cannot be tried here."""

import logging

import pytest

from config.settings import Settings
from tasks.channels.exchange.access import AppRegistration, NoToken, access_token
from tasks.channels.exchange.registrations import for_reading, for_sending
from tests.tasks.exchange_refusals import (
    CLIENT,
    EXPIRED_SECRET,
    OUTLOOK,
    REVOKED_APP,
    SECRET,
    TENANT,
    THROTTLED,
    WRONG_SECRET,
    Refusal,
)
from tests.tasks.exchange_servers import Cloud


def app(cloud: Cloud, tenant: str = TENANT) -> AppRegistration:
    given = {"imap_tenant": tenant, "imap_client_id": CLIENT, "imap_client_secret": SECRET}
    return for_reading(Settings.given(**given, oauth_authority=cloud.url))


def test_a_token_is_asked_for_once_and_lies_in_no_file() -> None:
    with Cloud() as cloud:
        assert {access_token(app(cloud), OUTLOOK) for _ in range(3)} == {f"token-1-for-{OUTLOOK}"}
        (asked,) = cloud.asked
    assert (asked["grant_type"], asked["scope"]) == ("client_credentials", OUTLOOK)


def test_a_token_that_ends_in_five_minutes_is_replaced_before_it_fails() -> None:
    with Cloud(lifetime=299) as cloud:
        assert [access_token(app(cloud), OUTLOOK)[:7] for _ in range(2)] == ["token-1", "token-2"]


def test_a_token_that_was_refused_is_given_to_nobody_again() -> None:
    with Cloud() as cloud:
        first = access_token(app(cloud), OUTLOOK)
        second = access_token(app(cloud), OUTLOOK, refused=first)
        # Another line may have had the old token still: the new one is kept for it.
        assert first != second == access_token(app(cloud), OUTLOOK, refused=first)
        assert len(cloud.asked) == 2


REFUSALS = [
    (EXPIRED_SECRET, "(AADSTS7000222): its secret has expired, put a new one into DAYMARK_IMAP_CLIENT_SECRET"),
    (WRONG_SECRET, "(AADSTS7000215): its secret is wrong, put the secret's value (not its ID) into DAYMARK_IMAP_"),
    (
        REVOKED_APP,
        "(AADSTS700016): the tenant does not know it (any more), look at DAYMARK_IMAP_CLIENT_ID and DAYMARK_",
    ),
    (
        Refusal(400, "invalid_scope", "AADSTS999"),
        "(invalid_scope): look at DAYMARK_IMAP_TENANT, DAYMARK_IMAP_CLIENT_ID",
    ),
    (Refusal(401, "", ""), "(no reason given): look at DAYMARK_IMAP_TENANT"),
]


@pytest.mark.parametrize(("refusal", "says"), REFUSALS)
def test_a_refusal_is_one_sentence_that_names_the_setting_and_no_secret(
    refusal: Refusal, says: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with Cloud(tokens=[refusal]) as cloud, pytest.raises(NoToken) as no:
        access_token(app(cloud), OUTLOOK)
    assert str(no.value).startswith(f"No token for the app registration {says}")
    assert SECRET not in f"{no.value} {caplog.text} {app(cloud)}"
    assert (no.value.__cause__, len(str(no.value)) <= 200) == (None, True)


def test_to_be_asked_to_wait_is_told_with_the_time() -> None:
    with Cloud(tokens=[THROTTLED]) as cloud:
        for _ in range(2):  # the second is not even asked
            with pytest.raises(NoToken, match=r"asks us to wait \(429\)$") as no:
                access_token(app(cloud), OUTLOOK)
            assert no.value.retry_after == 120
        assert len(cloud.asked) == 1


def test_an_endpoint_that_breaks_down_is_asked_again() -> None:
    pattern = r"^No token yet: 127\.0\.0\.1:\d+ asks us to wait \(500\)$"
    with Cloud(tokens=[Refusal(500)]) as cloud, pytest.raises(NoToken, match=pattern):
        access_token(app(cloud), OUTLOOK)


def test_the_secret_follows_no_redirect() -> None:
    with Cloud() as elsewhere:
        away = Refusal(307, headers=(("Location", f"{elsewhere.url}/{TENANT}/oauth2/v2.0/token"),))
        with Cloud(tokens=[away]) as cloud, pytest.raises(NoToken):
            access_token(app(cloud), OUTLOOK)
        assert elsewhere.asked == []


def test_a_tenant_that_nobody_knows_is_one_sentence() -> None:
    with Cloud() as cloud, pytest.raises(NoToken, match=r"does not know the tenant, look at DAYMARK_IMAP_TENANT$"):
        access_token(app(cloud, tenant="council.example"), OUTLOOK)


def test_an_endpoint_that_is_away_is_one_sentence() -> None:
    away = for_reading(
        Settings.given(
            imap_client_id=CLIENT, imap_client_secret=SECRET, imap_tenant=TENANT, oauth_authority="https://localhost:1"
        )
    )
    with pytest.raises(NoToken, match=r"^No token: localhost:1 cannot be reached \(ConnectionError\)$"):
        access_token(away, OUTLOOK)


def test_one_registration_reads_and_sends_unless_sending_has_its_own() -> None:
    reading = {"imap_tenant": TENANT, "imap_client_id": CLIENT, "imap_client_secret": SECRET}
    both = for_sending(Settings.given(**reading))
    assert both is not None
    assert (both.app, both.mailbox) == (for_reading(Settings.given(**reading)), "reminders@daymark.example")
    own = for_sending(Settings.given(**reading, mail_client_id=CLIENT.replace("1", "9"), mail_client_secret="x"))
    assert own is not None
    assert (own.app.client_id[0], own.app.named.secret) == ("9", "DAYMARK_MAIL_CLIENT_SECRET")
    assert for_sending(Settings.given()) is None


@pytest.mark.parametrize(
    ("authority", "scope"),
    [
        ("https://login.microsoftonline.com", OUTLOOK),
        ("https://login.microsoftonline.us", "https://outlook.office365.us/.default"),
        ("https://login.partner.microsoftonline.cn", "https://partner.outlook.cn/.default"),
    ],
)
def test_national_clouds_have_hosts_of_their_own(authority: str, scope: str) -> None:
    assert for_reading(Settings.given(oauth_authority=authority)).mail_scope == scope
