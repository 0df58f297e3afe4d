"""Send by any other channel that Apprise carries: text messages, chats, a council's own web hook.

Apprise says yes or no for a message, and why only in its log. So its log is read, nothing of it goes on to ours, and an
answer that did not come in time is neither.
"""

import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from threading import local
from urllib.parse import quote, unquote

from apprise import Apprise, AppriseAsset, NotifyBase, NotifyFormat
from apprise.manager_plugins import NotificationManager

from tasks.channels.receipt import Payload, Receipt, SendOutcome, Stage
from tasks.channels.time_limits import run_with_timeout

__all__ = ["check_url", "send"]


class _Ears(local):
    """Hold a log handler by which each thread hears its own sends only: `apprise.LogCapture` mixes two that run side by
    side.
    """

    said: list[tuple[int, str]] | None = None


_ears = _Ears()


@contextmanager
def overhear() -> Iterator[list[tuple[int, str]]]:
    """Collect what Apprise logs in this thread, as levels and lines; it reaches no other log."""
    _ears.said = []
    try:
        yield _ears.said
    finally:
        _ears.said = None


def _hear(record: logging.LogRecord) -> bool:
    if _ears.said is None:
        return True
    _ears.said.append((record.levelno, record.getMessage()))
    return False


logging.getLogger("apprise").addFilter(_hear)

# For a single plugin: it logs everything, whatever level the process has chosen, and has no handler of its own.
LOGGER = logging.Logger("apprise of one message", logging.DEBUG)
LOGGER.addFilter(_hear)


# mypy: disable-error-code="no-untyped-call"


_ASSET = AppriseAsset(async_mode=False)
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_SAMPLES = {"phone": "+447700900123", "address": "sam.hart@council.example", "teams": "0" * 8}
_NAMES = {"phone": "telephone number", "address": "mail address", "teams": "Teams account"}
# Apprise splits targets at commas and blanks, and reads o'brien@council.example as brien@council.example.
_ONE_TARGET = {
    "phone": re.compile(r"\+?[0-9]{5,15}"),
    "address": re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+"),
    "teams": re.compile(r"[A-Za-z0-9._:-]+"),
}
_NUMBER = re.compile(r"\+?\d[\d ()-]{6,}\d")
# Nearly all plugins log in these words what requests told them; a connection that never stood is not among them.
_BROKEN_OFF = re.compile(r"(?is)socket exception.*(read timed out|connection aborted|connection broken)")
_SHORTEST_SECRET = 4


@lru_cache(maxsize=64)
def check_url(url: str) -> None:
    """Raise ValueError with a sentence, without the URL, if Apprise cannot carry a message there for a person."""
    scheme = url.partition("://")[0].lower()
    if scheme in ("mailto", "mailtos"):
        raise ValueError(
            f"Apprise's own {scheme}:// sends mail for an address with an apostrophe to somebody else "
            "and gives no receipts: use DAYMARK_MAIL_URL"
        )
    if scheme not in NotificationManager():
        raise ValueError("Apprise does not know what the URL begins with: expected a scheme that it documents")
    strange = sorted({name for name in _PLACEHOLDER.findall(url) if name not in _SAMPLES})
    if strange:
        raise ValueError(f"the URL has {{{strange[0]}}} in it: expected {{phone}}, {{address}} or {{teams}}")
    with overhear():
        readable = Apprise.instantiate(_filled(url, _SAMPLES), asset=_ASSET)
    if readable is None:
        raise ValueError(f"Apprise cannot read the URL: expected what it documents for {scheme}://")


def send(url: str, payload: Payload, *, limit_seconds: float = 30) -> Receipt:
    """Send a message to its recipient and return the receipt.

    A person who lacks what a placeholder stands for is refused at stage `build`; Apprise's no is `unreachable`, with
    its reason; no answer within `limit_seconds` is `uncertain`. Never raises: a URL that `check_url` refuses is a
    channel that nobody can be reached by, and is refused at stage `build` like a person who lacks something.
    """
    theirs = {"phone": _digits(payload.to_phone), "address": payload.to_address, "teams": payload.to_teams}
    try:
        check_url(url)
        _check_person(url, theirs)
    except ValueError as why:
        return Receipt(SendOutcome.REFUSED, Stage.BUILD, None, None, str(why), "")
    attempt = _Attempt(_filled(url, theirs), payload, limit_seconds)
    try:
        return run_with_timeout(limit_seconds, attempt.receipt)
    except TimeoutError:
        late = f"no answer within {limit_seconds:g} seconds"
        return Receipt(SendOutcome.UNCERTAIN, Stage.DATA, None, None, late, "")


class _Attempt:
    """Hold an attempt on an Apprise instance of its own. No dataclass: its repr would hold the URL."""

    def __init__(self, url: str, payload: Payload, limit_seconds: float) -> None:
        self.url, self.payload, self.limit_seconds = url, payload, limit_seconds

    def receipt(self) -> Receipt:
        with overhear() as said:
            try:
                taken = self._notify()
            except Exception:  # a plugin's own fault, before or after it sent: "not sent" must never be a guess
                return Receipt(SendOutcome.UNCERTAIN, Stage.DATA, None, None, "Apprise broke down over it", "")
        if taken:
            return Receipt(SendOutcome.ACCEPTED, Stage.DATA, None, None, "", "")
        if any(_BROKEN_OFF.search(line) for _, line in said):
            outcome, stage = SendOutcome.UNCERTAIN, Stage.DATA
        else:
            outcome, stage = SendOutcome.UNREACHABLE, Stage.CONNECT
        reasons = [line for level, line in said if level >= logging.WARNING]
        text = self._masked(reasons[-1]) if reasons else "Apprise could not send it and did not say why"
        return Receipt(outcome, stage, None, None, text, "")

    def _notify(self) -> bool:
        plugin = Apprise.instantiate(self.url, asset=_ASSET)
        if plugin is None:
            return False
        self._tame(plugin)
        apprise = Apprise(asset=_ASSET)
        apprise.add(plugin)
        # If a channel has no titles, Apprise puts ours before the text, and a text message would grow by it.
        title = self.payload.subject if plugin.title_maxlen else ""
        return bool(apprise.notify(body=self.payload.text or "-", title=title, body_format=NotifyFormat.TEXT))

    def _tame(self, plugin: NotifyBase) -> None:
        """Allow no pauses, no repeats by the plugin, and no "optional" that turns a no into a yes, and set our limit.

        With the plugin's own limit of four seconds it would not know whether the message arrived.
        """
        plugin.logger = LOGGER
        plugin.request_rate_per_sec = 0
        plugin.retry = 0
        plugin.optional = False
        plugin.socket_read_timeout = plugin.socket_connect_timeout = self.limit_seconds

    def _masked(self, text: str) -> str:
        """Mask everything that stands in the URL, as it stands there or as Apprise decodes it."""
        parts = re.split(r"[/?&=@:#]+", self.url.partition("://")[2])
        secrets = {form for part in parts for form in (part, unquote(part)) if len(form) >= _SHORTEST_SECRET}
        for secret in sorted(secrets, key=len, reverse=True):
            text = text.replace(secret, "****")
        return _NUMBER.sub("(number)", text)


def _filled(url: str, theirs: Mapping[str, str]) -> str:
    return _PLACEHOLDER.sub(lambda matched: quote(theirs[matched[1]], safe=""), url)


def _check_person(url: str, theirs: Mapping[str, str]) -> None:
    """Raise ValueError with a sentence when the URL cannot be filled in for this person."""
    for name in _PLACEHOLDER.findall(url):
        if not theirs[name]:
            raise ValueError(f"the person has no {_NAMES[name]}, which this channel needs")
        if not _ONE_TARGET[name].fullmatch(theirs[name]):
            raise ValueError(f"the person's {_NAMES[name]} is of a form that Apprise may read as another's")


def _digits(phone: str) -> str:
    return re.sub(r"[\s().-]", "", phone)
