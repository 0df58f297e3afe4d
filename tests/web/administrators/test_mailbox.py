"""Test caught mails as an administrator reads them."""

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.web.conftest import Mails, page_settings
from tests.web.fakes import MemoryDoor
from web.app import create_app

HERE = "http://127.0.0.1:8480"


@pytest.fixture
def client(mails: Mails) -> TestClient:
    return browsing(mails.folder)


def browsing(folder: Path | None, client: str = "127.0.0.1", **settings: Any) -> TestClient:
    app = create_app(MemoryDoor(), page_settings(folder, **{"base_url": HERE} | settings))
    return TestClient(app, base_url=HERE, client=(client, 50000))


@pytest.mark.parametrize(
    ("client", "settings", "headers"),
    [
        ("192.0.2.1", {}, {}),
        ("127.0.0.1", {"base_url": "https://daymark.council.example"}, {}),
        ("127.0.0.1", {"bind": "0.0.0.0"}, {}),  # noqa: S104
        ("127.0.0.1", {}, {"x-forwarded-for": "192.0.2.1"}),
        ("127.0.0.1", {"identity_header": "X-Remote-User"}, {}),
    ],
)
def test_to_anybody_else_there_is_no_box_and_no_link(
    mails: Mails, client: str, settings: dict[str, Any], headers: dict[str, str]
) -> None:
    mails.send("Agree the dates")
    theirs = browsing(mails.folder, client, **settings)
    unknown = theirs.get("/nowhere", headers=headers).text
    for path in ("/mail", "/mail/00000001", "/mail/00000001/html", "/mail/00000001/raw"):
        page = theirs.get(path, headers=headers)
        assert (page.status_code, page.text) == (404, unknown)
    assert "href" not in theirs.get("/", headers=headers).text.partition("<main")[2].partition("</main")[0]


NESTED = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(1500))


@pytest.mark.parametrize(
    "hostile",
    [
        b"Content-Type: text/plain; charset=utf\x008\r\n\r\nx\r\n",
        b"Content-Type: text/plain; charset*=utf-8''%00\r\n\r\nx\r\n",
        b"Content-Type: text/html; charset=utf-7\r\n\r\n+2AA-\r\n",
        b"Content-Type: text/plain; charset=punycode\r\n\r\nx-\xff\r\n",
        b"Subject: =?utf-7?q?+2AA-?=\r\n\r\nx\r\n",
        b"Date: Thu, 14 Nov 2019 08:30:00 +99999999999999\r\n\r\nx\r\n",
        NESTED,
    ],
    ids=["null", "null by percent", "half a character", "no charset of text", "subject", "date", "1,500 parts"],
)
def test_a_hostile_mail_is_shown_like_any_other(client: TestClient, mails: Mails, hostile: bytes) -> None:
    (mails.folder / "new" / "00000001").write_bytes(b"From: stranger@elsewhere.example\r\n" + hostile)
    shown = client.get("/mail"), client.get("/mail/00000001")
    assert [page.status_code for page in shown] == [200, 200]
    assert "stranger@elsewhere.example" in shown[1].text


def test_an_empty_box_says_so(client: TestClient) -> None:
    assert "No mail has been caught yet." in client.get("/mail").text


def test_the_newest_mail_stands_first(client: TestClient, mails: Mails) -> None:
    mails.send("Agree the dates")
    mails.send("Send the papers")
    page = client.get("/mail").text
    assert page.index("Send the papers") < page.index("Agree the dates")
    assert "1 to 2 of 2, newest first" in page
    assert "Thu 14 Nov 2019, 08:30" in page
    assert "Older mails" not in page


def test_fifty_mails_make_a_page(client: TestClient, mails: Mails) -> None:
    for number in range(1, 52):
        mails.send(f"Number {number}.")
    first, second = client.get("/mail").text, client.get("/mail?page=2").text
    assert "Number 51." in first
    assert "Number 1." not in first
    assert 'href="?page=2"' in first
    assert "51 to 51 of 51" in second
    assert "Number 1." in second
    assert 'href="?page=1"' in second


@pytest.mark.parametrize("page", ["0", "-1", "x", "2", "9" * 30])
def test_a_page_number_that_is_none_is_told(client: TestClient, mails: Mails, page: str) -> None:
    mails.send("Agree the dates")
    answer = client.get(f"/mail?page={page}")
    assert answer.status_code == 422
    assert f"There is no page “{page}” of this list; expected 1, because the list has a single page." in answer.text
    assert "Agree the dates" in client.get("/mail?page=").text


def test_a_mail_shows_its_words_its_headers_and_its_bytes(client: TestClient, mails: Mails) -> None:
    mails.send("Agree <b>the</b> dates", "<html><head></head><body><p>Dear Sam</p></body></html>", "One\n  two\n")
    page = client.get("/mail/00000001").text
    assert "Agree &lt;b&gt;the&lt;/b&gt; dates" in page
    assert 'src="/mail/00000001/html"' in page
    assert ">One\n  two\n</pre>" in page.replace("\r\n", "\n")
    assert "Subject: Agree &lt;b&gt;" in page
    raw = client.get("/mail/00000001/raw")
    assert raw.headers["content-type"].startswith("text/plain")
    assert b"X-Envelope-To: sam.hart@council.example" in raw.content


def test_a_link_in_a_mail_leaves_its_frame(client: TestClient, mails: Mails) -> None:
    mails.send("Agree the dates", '<html lang="en"><HEAD><title>x</title></head><body></body></html>')
    assert '<HEAD><base target="_top"><title>' in client.get("/mail/00000001/html").text


def test_a_mail_without_html_has_no_frame(client: TestClient, mails: Mails) -> None:
    mails.send("Agree the dates")
    page = client.get("/mail/00000001").text
    assert "<iframe" not in page
    assert '<details class="govuk-details" open>' in page


@pytest.mark.parametrize("mail_id", ["00000002", "x", "..%2f..%2fetc%2fpasswd", "%00"])
@pytest.mark.parametrize("what", ["", "/html", "/raw"])
def test_a_mail_that_is_not_there_is_not_found(client: TestClient, mails: Mails, mail_id: str, what: str) -> None:
    mails.send("Agree the dates")
    assert client.get(f"/mail/{mail_id}{what}").status_code == 404


def test_where_a_real_mail_server_is_used_there_is_no_box() -> None:
    client = browsing(None)
    assert client.get("/mail").status_code == 404
    assert "Caught mails" not in client.get("/").text


def test_the_front_page_leads_the_administrator(client: TestClient) -> None:
    page = client.get("/").text
    for address in ("http://127.0.0.1:4200/", "http://127.0.0.1:4200/v2/artifacts", "/mail"):
        assert f'href="{address}"' in page
