"""Test which URLs are a channel for mail."""

import pytest

from tasks.channels.mail import check_url
from tasks.channels.smtp.server_url import MailServer, StartTls

GOOD = {
    "daymarkmail://relay.council.gov.example": MailServer("relay.council.gov.example", 25),
    "daymarkmail://relay.council.gov.example:2525/": MailServer("relay.council.gov.example", 2525),
    "daymarkmail://user:p%40ss%2Fword@relay.example/": MailServer("relay.example", 587, "user", "p@ss/word"),
    "daymarkmails://a%40b.example:secret@relay.example": MailServer(
        "relay.example", 465, "a@b.example", "secret", implicit_tls=True
    ),
    "daymarkmail://[::1]:25/?starttls=no": MailServer("::1", 25, starttls=StartTls.NO),
    "daymarkmail://relay.example/?starttls=always&verify=no": MailServer(
        "relay.example", 25, starttls=StartTls.ALWAYS, verify=False
    ),
}

BAD = [
    ("mailto://user:secret@relay.example", "Apprise's own mailto://"),
    ("mailtos://user:secret@relay.example?to=a@b.example", "Apprise's own mailtos://"),
    ("", "does not begin with"),
    ("rubbish", "does not begin with"),
    ("https://user:secret@relay.example/", "does not begin with"),
    ("daymarkmail://", "cannot be read"),
    ("daymarkmail://:25/", "cannot be read"),
    ("daymarkmail://relay.example:0/", "cannot be read"),
    ("daymarkmail://relay.example:70000/", "cannot be read"),
    ("daymarkmail://relay.example:secret/", "cannot be read"),
    ("daymarkmail://user:sec/ret@relay.example/", "cannot be read"),
    ("daymarkmail://user:sec#ret@relay.example/", "cannot be read"),
    ("daymarkmail://user:sec ret@relay.example/", "cannot be read"),
    ("daymarkmail://[::1/", "cannot be read"),
    ("daymarkmail://re_lay!.example/", "cannot be read"),
    ("daymarkmail://relay.example/somebody@b.example", "cannot be read"),
    ("daymarkmail://user@relay.example/", "without the other"),
    ("daymarkmail://:secret@relay.example/", "without the other"),
    ("daymarkmail://user:secr%C3%A9t@relay.example/", "outside ASCII"),
    ("daymarkmail://user:secret@relay.example/?starttls=no", "unencrypted"),
    ("daymarkmail://relay.example/?starttls=perhaps", "takes only"),
    ("daymarkmail://relay.example/?verify=", "takes only"),
    ("daymarkmail://relay.example/?to=secret@b.example", "takes only"),
    ("daymarkmails://relay.example/?starttls=yes", "does without"),
]


@pytest.mark.parametrize("url", GOOD)
def test_a_good_url_is_read(url: str) -> None:
    check_url(url)
    assert MailServer.parse(url) == GOOD[url]


@pytest.mark.parametrize("url", GOOD)
def test_a_route_writes_itself_as_a_url_that_means_the_same(url: str) -> None:
    assert MailServer.parse(MailServer.parse(url).url(with_password=True)) == GOOD[url]


@pytest.mark.parametrize(("url", "reason"), BAD)
def test_a_bad_url_is_refused_in_one_sentence_without_its_password(url: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason) as refused:
        check_url(url)
    assert "\n" not in str(refused.value)
    assert "secret" not in str(refused.value)
    assert refused.value.__cause__ is None


def test_the_password_is_in_no_repr() -> None:
    route = MailServer.parse("daymarkmail://user:hunter2@relay.example/")
    assert "hunter2" not in f"{route!r} {route} {route.url()}"
