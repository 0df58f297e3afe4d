"""Test that nobody is believed whom our own mail server did not vouch for."""

import re

import pytest

from tasks.reading.mail import read
from tests.timeline.replies.letters import EXCHANGE_ONLINE, OURS, PASSED, SAMPLES, SEAN, TENANT, letter, sample, taken
from timeline.answers.responses import Answer
from timeline.replies.reading import MailReading, ReplyMailbox

SERVER = "mx.notices.x.gov.uk"
NAMELESS = "spf=pass smtp.mailfrom=borough.gov.uk; dmarc=pass action=none header.from=borough.gov.uk"
ON_EXCHANGE = {"26_exo_external_ar", "41_exo_internal"}
TRUSTED = sorted(
    file.name
    for file in SAMPLES.glob("*.eml")
    if read(file.read_bytes(), mailbox=EXCHANGE_ONLINE if file.stem in ON_EXCHANGE else OURS).trusted
)


def on(name: str, raw: bytes) -> MailReading:
    return taken(raw, EXCHANGE_ONLINE if name.removesuffix(".eml") in ON_EXCHANGE else OURS)


def without(raw: bytes, name: bytes) -> bytes:
    return re.sub(rb"(?im)^" + name + rb":.*\n", b"", raw)


def test_most_samples_are_trusted_so_that_the_following_tests_say_something() -> None:
    assert len(TRUSTED) >= 30


@pytest.mark.parametrize("name", TRUSTED)
def test_without_its_authentication_results_no_sample_is_trusted(name: str) -> None:
    bare = without(without(sample(name), b"Authentication-Results"), b"X-MS-Exchange-Organization-AuthAs")
    assert bare != sample(name)
    assert not on(name, bare).trusted


@pytest.mark.parametrize("name", [name for name in TRUSTED if name != "41_exo_internal.eml"])
@pytest.mark.parametrize(
    ("was", "forged"),
    [
        (b"dmarc=pass", b"dmarc=fail"),
        (b"dmarc=pass", b"dmarc=none"),
        (b"dmarc=pass", b"dmarc=temperror"),
        (b"dmarc=pass", b"spf=pass"),
        (b"header.from=", b"header.from=evil."),
        (b"header.from=", b"header.x="),
    ],
)
def test_a_sample_with_another_result_is_not_trusted(name: str, was: bytes, forged: bytes) -> None:
    raw = sample(name).replace(was, forged, 1)
    assert raw != sample(name)
    assert not on(name, raw).trusted


@pytest.mark.parametrize("name", TRUSTED)
def test_a_failed_result_above_the_good_one_decides(name: str) -> None:
    above = b"Authentication-Results: mx.notices.x.gov.uk; dmarc=fail header.from=borough.gov.uk\n"
    internal = without(sample(name), b"X-MS-Exchange-Organization-AuthAs")
    assert not on(name, above + internal).trusted


@pytest.mark.parametrize("name", [name for name in TRUSTED if name.removesuffix(".eml") not in ON_EXCHANGE])
@pytest.mark.parametrize("server", [b"mx.evil.example", b"mx.notices.x.gov.uk.evil.example", b"gov.uk", b""])
def test_another_servers_word_counts_for_nothing(name: str, server: bytes) -> None:
    assert not taken(sample(name).replace(b": mx.notices.x.gov.uk", b": " + server, 1)).trusted


@pytest.mark.parametrize(
    "results",
    [
        None,
        "",
        SERVER,
        f"{SERVER};",
        f"{SERVER}; none",
        f"{SERVER}; dmarc",
        f"{SERVER}; dmarc=pass",
        f"{SERVER}; dmarc=pass header.from=gov.uk",
        f"{SERVER}; dmarc=pass header.from=sub.borough.gov.uk",
        f"{SERVER}; dmarc=pass header.from=gov.uk header.from=borough.gov.uk",
        f"{SERVER}; dmarc=pass (header.from=borough.gov.uk)",
        f'{SERVER}; dmarc=fail reason="x; dmarc=pass header.from=borough.gov.uk"',
        f"{SERVER}; dmarc=fail header.from=borough.gov.uk; dmarc=pass header.from=borough.gov.uk",
        f"{SERVER}; dmarc=pass header.from=borough.gov.uk; dmarc=fail header.from=borough.gov.uk",
        f"{SERVER} 2; dmarc=pass header.from=borough.gov.uk",
        f"({SERVER}) evil.example; dmarc=pass header.from=borough.gov.uk",
        f"evil.example ({SERVER}); dmarc=pass header.from=borough.gov.uk",
        NAMELESS,
        f"{SERVER}; spf=pass (" + "(" * 2_000,
        f"{SERVER}; spf=pass smtp.mailfrom=" + "x" * 4_000 + "; dmarc=pass header.from=borough.gov.uk",
        f'{SERVER}; spf=pass smtp.mailfrom="unclosed; dmarc=pass header.from=borough.gov.uk',
    ],
)
def test_what_does_not_plainly_say_that_dmarc_passed_for_the_sender_is_not_trusted(results: str | None) -> None:
    assert not taken(letter("ACK", Authentication_Results=results)).trusted


@pytest.mark.parametrize(
    "results",
    [
        PASSED,
        PASSED.upper().replace("DMARC=PASS", "dmarc=pass"),
        f"{SERVER} 1; dmarc=pass header.from=borough.gov.uk",
        f"{SERVER} (a comment); dmarc=pass (p=reject; sp=none) header.from=borough.gov.uk",
        f"{SERVER};\n\tspf=fail smtp.mailfrom=x;\n\tdmarc=pass header.from=borough.gov.uk",
    ],
)
def test_our_servers_word_is_believed_however_it_is_written(results: str) -> None:
    assert taken(letter("ACK", Authentication_Results=results)).trusted


@pytest.mark.parametrize(
    ("by", "sender"),
    [
        (f"Sean O'Brien <{SEAN}>", SEAN),
        (SEAN, SEAN),
        (f"<{SEAN.upper()}>", SEAN),
        (f'"O\'Brien, Sean" <{SEAN}>', SEAN),
        (f'"sean@evil.example" <{SEAN}>', SEAN),
        (f"Sean O'Brien (Children's Services) <{SEAN}>", SEAN),
        (f"{SEAN} <{SEAN}>", SEAN),
        (f"Sean (<other@borough.gov.uk>) <{SEAN}>", ""),
        ('sean.o\'brien"x"@borough.gov.uk', ""),
        ('<sean.o\'brien"x"@borough.gov.uk>', ""),
        (f"=?utf-8?Q?Si=C3=A2n?= <{SEAN}>", SEAN),
        (None, ""),
        ("", ""),
        ("Sean O'Brien", ""),
        (f"{SEAN}, other@borough.gov.uk", ""),
        (f"Sean <{SEAN}>, <other@borough.gov.uk>", ""),
        (f"Sean <{SEAN}> <other@borough.gov.uk>", ""),
        (f"Sean <other@borough.gov.uk>\nFrom: Sean <{SEAN}>", ""),
        (f"{SEAN} <other@evil.example>", ""),
        (f"{SEAN}(x)@evil.example", ""),
        (f"{SEAN})@evil.example", ""),
        (f"Us: {SEAN};", ""),
        ("sean@", ""),
    ],
)
def test_the_sender_is_the_one_address_of_from_or_nobody(by: str | None, sender: str) -> None:
    reading = taken(letter("ACK", From=by))
    assert (reading.sender, reading.trusted, reading.from_asked) == (sender, bool(sender), sender == SEAN)


def test_whether_the_sender_was_asked_is_not_known_without_knowing_who_was() -> None:
    assert read(letter("ACK"), mailbox=OURS).from_asked is None
    assert read(letter("ACK"), mailbox=OURS, asked=f" {SEAN.title()} ").from_asked is True
    assert read(letter("ACK"), mailbox=OURS, asked="").from_asked is False
    assert read(letter("ACK", From=None), mailbox=OURS, asked="").from_asked is False


INSIDE = {"X_MS_Exchange_Organization_AuthAs": "Internal", "X_MS_Exchange_CrossTenant_Id": TENANT}
NONE = "dkim=none; dmarc=none action=none header.from=borough.gov.uk"


def test_on_exchange_online_a_server_name_is_a_forgers() -> None:
    assert taken(letter("ACK", Authentication_Results=NAMELESS), EXCHANGE_ONLINE).trusted
    for named in (f"{SERVER}; {NAMELESS}", f"nameless.invalid; {NAMELESS}", f"(x) {SERVER}; {NAMELESS}"):
        assert not taken(letter("ACK", Authentication_Results=named), EXCHANGE_ONLINE).trusted


def test_mail_inside_our_tenant_is_trusted() -> None:
    reading = taken(letter("ACK", Authentication_Results=NONE, **INSIDE), EXCHANGE_ONLINE)
    assert (reading.trusted, reading.response) == (True, Answer.ACKNOWLEDGED)
    assert taken(letter("ACK", Authentication_Results=None, **INSIDE), EXCHANGE_ONLINE).trusted


@pytest.mark.parametrize(
    "changed",
    [
        {"X_MS_Exchange_Organization_AuthAs": "Anonymous"},
        {"X_MS_Exchange_Organization_AuthAs": None},
        {"X_MS_Exchange_Organization_AuthAs": "Internal\nX-MS-Exchange-Organization-AuthAs: Anonymous"},
        {"X_MS_Exchange_CrossTenant_Id": "00000000-4f89-11d3-9a0c-0305e82c3301"},
        {"X_MS_Exchange_CrossTenant_Id": None},
        {"X_MS_Exchange_CrossTenant_Id": f"{TENANT}\nX-MS-Exchange-CrossTenant-Id: other"},
        {"From": f"{SEAN}, other@borough.gov.uk"},
    ],
)
def test_mail_that_only_looks_internal_is_not(changed: dict[str, str | None]) -> None:
    headers: dict[str, str | None] = {"Authentication_Results": NONE, **INSIDE, **changed}
    assert not taken(letter("ACK", **headers), EXCHANGE_ONLINE).trusted


def test_exchanges_headers_count_for_nothing_where_our_server_has_a_name_or_the_tenant_is_not_known() -> None:
    raw = letter("ACK", Authentication_Results=NONE, **INSIDE)
    assert not taken(raw, ReplyMailbox(address=OURS.address, authserv=SERVER, tenant=TENANT)).trusted
    assert not taken(raw, ReplyMailbox(address=OURS.address)).trusted
    assert not taken(letter("ACK", Authentication_Results=NONE, X_MS_Exchange_Organization_AuthAs="Internal",
                            X_MS_Exchange_CrossTenant_Id=""), ReplyMailbox(address=OURS.address)).trusted  # fmt: skip
