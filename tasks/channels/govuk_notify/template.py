"""Read from the channel's URL which template of the council's GOV.UK Notify service carries our words."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self
from urllib.parse import SplitResult, parse_qsl, urlsplit

SCHEMA = "govuknotify"
_FORM = f"{SCHEMA}://email/TEMPLATE_ID[?reply_to=ID] or {SCHEMA}://sms/TEMPLATE_ID[?sender=ID]"
_ID = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_KEY = re.compile(rf"\S+-{_ID}-{_ID}")
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,5})?")
_LOOPBACK = ("127.0.0.1", "localhost")
_API = "api.notifications.service.gov.uk"


class Kind(StrEnum):
    EMAIL = "email"
    SMS = "sms"


# The parameter for the service's own address that a message comes from, by the kind of template.
_SENDERS = {Kind.EMAIL: "reply_to", Kind.SMS: "sender"}


@dataclass(frozen=True)
class Template:
    """Hold a template of the council's Notify service.

    An e-mail template has the subject ((subject)) and the body ((message)), a text message template the body
    ((message)) alone, and nothing else. `sender` is empty for the service's own default.
    """

    kind: Kind
    id: str
    sender: str = ""
    host: str = _API

    @classmethod
    def parse(cls, url: str) -> Self:
        """Read `govuknotify://email/TEMPLATE_ID[?reply_to=ID]` or `govuknotify://sms/TEMPLATE_ID[?sender=ID]`.

        `host=` names another server that speaks Notify's language. Raises ValueError with a sentence.
        """
        parts = _split(url)
        kind, id_ = Kind(parts.netloc), parts.path.strip("/")
        options = dict(parse_qsl(parts.query, keep_blank_values=True))
        host, sender = options.pop("host", _API), options.pop(_SENDERS[kind], "")
        if options or not re.fullmatch(_ID, id_) or not re.fullmatch(f"({_ID})?", sender) or not _HOST.fullmatch(host):
            raise ValueError(f"the URL for GOV.UK Notify cannot be read: expected {_FORM}, each ID as Notify shows it")
        return cls(kind, id_, sender, host)

    @property
    def api(self) -> str:
        """Give the address of the API; without encryption only on this machine."""
        scheme = "http" if self.host.partition(":")[0] in _LOOPBACK else "https"
        return f"{scheme}://{self.host}"

    def url(self) -> str:
        options = [f"{_SENDERS[self.kind]}={self.sender}"] if self.sender else []
        options += [f"host={self.host}"] if self.host != _API else []
        return f"{SCHEMA}://{self.kind}/{self.id}" + (f"?{'&'.join(options)}" if options else "")


def is_key(key: str) -> bool:
    """Tell whether it has the form of an API key: the client would cut any text where a key's parts should be."""
    return _KEY.fullmatch(key) is not None


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme != SCHEMA or parts.netloc not in tuple(Kind) or parts.fragment:
        # The URL is not repeated here, because somebody may have put an API key into it.
        raise ValueError(f"the URL for GOV.UK Notify cannot be read: expected {_FORM}")
    return parts
