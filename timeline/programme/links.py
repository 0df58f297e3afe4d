"""Find the links of a programme, and say of each whether something still answers there."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import IPv6Address, ip_address
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from timeline.calendar.london import london_date
from timeline.calendar.wording import count, short_date
from timeline.programme.programme import Programme

_ADDRESS = re.compile(r"https?://[^\s<>\"“”]{1,2000}", re.IGNORECASE)
_AFTER_A_SENTENCE = ".,;:!?'’"
_NUMBER = re.compile("0x[0-9a-f]*|[0-9]+")
_GONE = (404, 410)
_SIGN_IN = (401, 403, 407)
_SIGNS_IN = frozenset(
    ["adfs", "authenticate", "authorize", "login", "logon", "oauth", "oauth2", "saml", "saml2", "signin", "sso"]
)
"""A redirect to such a page asks who the reader is; the page itself then answers 200."""
_ASKED_EVERY = timedelta(days=7)
_MOST_AT_ONCE = 40


class Link(NamedTuple):
    """Hold an address with its place in the file, such as `evidence.audit-minutes.link`."""

    key: str
    address: str


class Trouble(StrEnum):
    """Name what kept an address from answering, as a clause."""

    NO_MACHINE = "no machine of that name is known"
    NO_LOOKUP = "its name could not be looked up from here"
    NOBODY = "nothing answers there"
    SLOW = "no answer came in time"
    UNTRUSTED = "its certificate is not valid"
    CIRCLE = "it sends readers on and on"
    ELSEWHERE = "it leads to what is no web page"
    UNREADABLE = "it is no usable address"
    BROKEN = "it answers with what no browser can read"


class Fate(StrEnum):
    """Name what has become of a link."""

    ANSWERED = "answered"
    SIGN_IN = "not readable without signing in"
    DEAD = "dead"
    UNKNOWN = "not telling now"


@dataclass(frozen=True, kw_only=True)
class LinkAnswer:
    """Hold how an address answered: a status of HTTP and where it led in the end, or the trouble."""

    status: int = 0
    ended_at: str = ""
    trouble: Trouble | None = None

    @property
    def why(self) -> str:
        """Say as a clause what came back."""
        return self.trouble or f"it answered {self.status}"

    @property
    def asks_again(self) -> bool:
        """Tell whether GET is asked as well: many servers refuse HEAD for a page that they show."""
        return self.trouble is Trouble.BROKEN or (self.status >= 400 and self.status != 401)


@dataclass(frozen=True, kw_only=True)
class LinkState:
    """Hold when an address was asked last, what came back, and when it last answered, if ever."""

    asked_at: datetime
    fate: Fate
    why: str
    answered_at: datetime | None = None

    @property
    def words(self) -> str:
        """Say when the link last answered."""
        on = short_date(london_date(self.asked_at))
        if self.fate is Fate.ANSWERED:
            return f"Link answered {on}"
        last = f"last answered {short_date(london_date(self.answered_at))}" if self.answered_at else "never answered"
        return f"Link {self.fate.value} {on}, {last}"


def to_ask(programme: Programme, known: Mapping[str, LinkState], *, at: datetime) -> tuple[str, ...]:
    """Choose the addresses to ask now: each once a week, those never asked first, so many that it ends in minutes.

    Nobody looks on, so this machine itself is not asked: its own services are no evidence.
    """
    addresses = dict.fromkeys(link.address for link in links(programme) if not is_this_machine(link.address))
    asked_at = {address: known[address].asked_at for address in addresses if address in known}
    due = [each for each in addresses if each not in asked_at or at - asked_at[each] >= _ASKED_EVERY]
    return tuple(sorted(due, key=lambda each: (each in asked_at, asked_at.get(each, at)))[:_MOST_AT_ONCE])


def after(
    known: Mapping[str, LinkState], answers: Mapping[str, LinkAnswer], *, at: datetime
) -> Mapping[str, LinkState]:
    """Give the state of each address that was asked at an instant."""
    states = {}
    for address, answer in answers.items():
        now, before = fate(address, answer), known.get(address)
        answered_at = at if now is Fate.ANSWERED else before.answered_at if before else None
        states[address] = LinkState(asked_at=at, fate=now, why=answer.why, answered_at=answered_at)
    return states


def links(programme: Programme) -> Iterator[Link]:
    """Find each address in the records, in the order of the file; an address in words counts, too."""
    for field in fields(programme):
        records = getattr(programme, field.name)
        if isinstance(records, Mapping):
            for key, record in records.items():
                yield from _of_record(f"{field.name}.{key}", record)
        else:
            yield from _of_record(field.name, records)


def no_addresses(programme: Programme) -> int:
    """Count the links of evidence and documents that are a shelf mark or a folder: nobody can be asked there."""
    given = [document.link for document in programme.documents.values()]
    given += [evidence.link for evidence in programme.evidence.values()]
    return sum(bool(link) and not _ADDRESS.match(link) for link in given)


def can_be_asked(address: str) -> bool:
    """Tell whether an address names a machine of the web, and a port that exists."""
    try:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def fate(address: str, answer: LinkAnswer) -> Fate:
    """Decide what an answer means: a page behind a sign-in may well be there, and a busy machine may answer later."""
    if answer.trouble:
        return Fate.UNKNOWN if answer.trouble in (Trouble.SLOW, Trouble.NO_LOOKUP) else Fate.DEAD
    if answer.status in _GONE:
        return Fate.DEAD
    if answer.status in _SIGN_IN or (answer.status < 400 and _led_to_sign_in(address, answer.ended_at)):
        return Fate.SIGN_IN
    return Fate.ANSWERED if answer.status < 400 else Fate.UNKNOWN


def told(link: Link, answer: LinkAnswer) -> str:
    """Say in a sentence what has become of a link; empty where it answered."""
    return said(link.address, fate(link.address, answer), answer.why)


def said(address: str, of: Fate, why: str) -> str:
    """Say in a sentence what has become of an address, and why; empty where it answered."""
    shown = _shown(address)
    match of:
        case Fate.DEAD:
            return f"Its link is dead: {why} ({shown})."
        case Fate.SIGN_IN:
            return f"Its link cannot be read without signing in, so nobody knows whether it still holds ({shown})."
        case Fate.UNKNOWN:
            return f"Its link could not be read: {why} ({shown})."
    return ""


def summed_up(answers: Mapping[str, LinkAnswer], *, not_asked: int) -> str:
    """Sum up how many addresses were asked, and what has become of them."""
    fates = Counter(fate(address, answer) for address, answer in answers.items())
    parts = [f"{fates[each]} {each.value}" for each in Fate if fates[each] or each is Fate.ANSWERED]
    asked = f"Addresses asked: {len(answers)} ({', '.join(parts)})." if answers else "No record has an address to ask."
    return asked + (f" Not asked: {count(not_asked, 'link')} without a web address." if not_asked else "")


def _of_record(key: str, record: Any) -> Iterator[Link]:
    if not is_dataclass(record):
        yield from (Link(key, address) for text in _texts(record) for address in _addresses(text))
        return
    for field in fields(record):
        value = getattr(record, field.name)
        # An address with a space in it is asked whole: half of it would be another.
        whole = field.name == "link" and _ADDRESS.match(value)
        addresses = [value] if whole else [each for text in _texts(value) for each in _addresses(text)]
        yield from (Link(f"{key}.{field.name}", address) for address in addresses)


def _texts(value: Any) -> Iterator[str]:
    """Give every text in a value, at any depth: an update of an action stands in a list of records."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, tuple):
        for each in value:
            yield from _texts(each)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))


def _addresses(text: str) -> Iterator[str]:
    for matched in _ADDRESS.findall(text):
        address = matched.rstrip(_AFTER_A_SENTENCE)
        yield address.rstrip(").,") if "(" not in address else address


def _led_to_sign_in(address: str, ended_at: str) -> bool:
    def words(given: str) -> set[str]:
        parts = urlsplit(given.casefold())
        return set(re.split(r"[^a-z0-9]+", f"{parts.hostname or ''} {parts.path}".replace("sign-in", "signin")))

    return bool(_SIGNS_IN & (words(ended_at) - words(address))) if ended_at else False


def _shown(address: str) -> str:
    """Show an address without the name and password that somebody may have typed into it."""
    scheme, _, rest = address.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme}://{host.rpartition('@')[2]}{slash}{path}"


def is_this_machine(address: str) -> bool:
    """Tell whether an address names this machine, or what only a machine in its place can reach; a number that is no
    whole address, such as 127.1, may be any of these.
    """
    try:
        host = (urlsplit(address).hostname or "").partition("%")[0].rstrip(".")
    except ValueError:
        return False
    try:
        ip = ip_address(host)
    except ValueError:
        last = host.rpartition(".")[2]
        return last == "localhost" or bool(_NUMBER.fullmatch(last))
    ip = (ip.ipv4_mapped or ip) if isinstance(ip, IPv6Address) else ip
    return ip.is_loopback or ip.is_link_local or ip.is_unspecified
