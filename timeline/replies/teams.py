"""What somebody asks in Teams: "@Reminders ack plo-panel/2/papers". The text must begin with a known word."""

import base64
import binascii
import hashlib
import hmac
import html
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from timeline.answers.responses import Answer
from timeline.replies.answers import read_answer

# PostgreSQL refuses NUL; the others, writing direction among them, would show another text than is there.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]+")
# Teams names whom it mentions: that is the webhook itself, and no part of what is asked.
_MENTION = re.compile(r"<at\b[^>]*>.*?</at\s*>", re.IGNORECASE | re.DOTALL)
# A link that was pasted often shows the document's title in place of its address.
_LINK = re.compile(r'<a\b[^<>]*\bhref="(?P<url>https?://[^"<>]*)"[^<>]*>(?P<shown>[^<>]*)</a\s*>', re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_REF = re.compile(r"[A-Za-z0-9][A-Za-z0-9_/-]{0,199}")
_LONGEST = 2_000
_LONGEST_MARKUP = 10_000
_TOO_LONG = "That is too long: please write at most 2,000 characters. Nothing was recorded."


class Word(StrEnum):
    """What can be asked."""

    ACK = "ack"
    DONE = "done"
    HELP = "help"
    DECLINE = "decline"
    CONFIRM = "confirm"
    RETURN = "return"
    LIST = "list"
    WHY = "why"


ANSWERS = {
    Word.ACK: Answer.ACKNOWLEDGED,
    Word.DONE: Answer.DONE,
    Word.HELP: Answer.HELP,
    Word.DECLINE: Answer.DECLINED,
    Word.CONFIRM: Answer.CONFIRMED,
    Word.RETURN: Answer.RETURNED,
}
USAGE = (
    "Write one of these, with the reference of a task: ack REF – done REF and a link or reference to the evidence – "
    "help REF and what would help – decline REF and whose it is – confirm REF, what another did – return REF and what "
    "is missing – why REF – or list, for your tasks."
)


@dataclass(frozen=True, kw_only=True)
class TeamsRequest:
    """What was asked: `ref` (lower case, as typed else) is empty for `list`; `words` is what followed it.

    `answer` is what is to be recorded: done without a link or a reference is acknowledged, and `unproven`.
    """

    word: Word
    ref: str = ""
    words: str = ""
    answer: Answer | None = None
    evidence: str = ""

    @property
    def unproven(self) -> bool:
        return self.word is Word.DONE and self.answer is not Answer.DONE


class NotUnderstood(ValueError):
    """The text is none of the known things; one sentence for whoever wrote it."""


def plain(text: str) -> str:
    """The text of an activity without mentions, tags and control characters, in one line. Raises NotUnderstood for one
    that is too long.
    """
    if len(text) > _LONGEST_MARKUP:
        raise NotUnderstood(_TOO_LONG)
    bare = _TAG.sub(" ", _LINK.sub(_address, _MENTION.sub(" ", text)))
    line = " ".join(_CONTROLS.sub(" ", html.unescape(bare)).split())
    if len(line) > _LONGEST:
        raise NotUnderstood(_TOO_LONG)
    return line


def _address(link: re.Match[str]) -> str:
    return link["shown"] if link["url"] in link["shown"] else f"{link['shown']} {link['url']}"


def request_in(line: str) -> TeamsRequest:
    """What a `plain` text asks. Raises NotUnderstood."""
    word, _, rest = line.partition(" ")
    found = next((one for one in Word if word.lower().rstrip(":,") == one.value), None)
    if found is None:
        raise NotUnderstood(USAGE)
    if found is Word.LIST:
        return _list(rest)
    ref, _, words = rest.partition(" ")
    ref = ref.rstrip(":,.;")
    if not _REF.fullmatch(ref):
        raise NotUnderstood(USAGE)
    return _about(found, ref.lower(), words.strip())


def _list(rest: str) -> TeamsRequest:
    if rest.strip():
        raise NotUnderstood("“list” stands alone: it shows your own tasks.")
    return TeamsRequest(word=Word.LIST)


def _about(word: Word, ref: str, words: str) -> TeamsRequest:
    answer = ANSWERS.get(word)
    if word in (Word.ACK, Word.DONE, Word.CONFIRM):
        return _certain(word, ref, words)
    return TeamsRequest(word=word, ref=ref, words=words.lstrip("-–—:, ") if answer else "", answer=answer)


def _certain(word: Word, ref: str, words: str) -> TeamsRequest:
    """Reads what follows as it is read in a mail: a negation, a "but" or a question takes the answer back."""
    found = read_answer(f"{word.value} – {words}") if words else read_answer(word.value)
    if found.answer is None or found.number is not None:
        raise NotUnderstood(
            "The words after the reference could mean something else, so nothing was recorded. "
            f"Write “{word.value} {ref}”{' and a link' if word is Word.DONE else ''}, or “help {ref}” and your words."
        )
    proven = word is not Word.DONE or bool(found.evidence)
    answer = ANSWERS[word] if proven else Answer.ACKNOWLEDGED
    return TeamsRequest(word=word, ref=ref, words=words, answer=answer, evidence=words if answer is Answer.DONE else "")


_NEAR = timedelta(minutes=5)
_SECONDS = re.compile(r"(\.\d{6})\d+")


@dataclass(frozen=True, kw_only=True)
class Activity:
    """One message: `id` within its `conversation`, `tenants` as both places name them, `sender` the aadObjectId.

    Names are not read: anybody can have any name. What is missing is empty, or None.
    """

    id: str
    conversation: str
    tenants: frozenset[str]
    sender: str
    sent_at: datetime | None
    text: str = field(repr=False)

    def near(self, at: datetime) -> bool:
        """Tell whether it was sent within five minutes of `at`: the signature itself holds no time."""
        return self.sent_at is not None and abs(at - self.sent_at) <= _NEAR


def read(raw: bytes) -> Activity:
    """Raises NotUnderstood for what is no message of a person; the signature is not looked at."""
    try:
        given = json.loads(raw)
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict) or given.get("type") != "message":
        raise NotUnderstood("This message cannot be read, so nothing was recorded.")
    tenants = (_text(given, "channelData", "tenant", "id"), _text(given, "conversation", "tenantId"))
    return Activity(
        id=_text(given, "id"),
        conversation=_text(given, "conversation", "id"),
        tenants=frozenset(tenant.lower() for tenant in tenants if tenant),
        sender=_text(given, "from", "aadObjectId").lower(),
        sent_at=_instant(_text(given, "timestamp")),
        text=_text(given, "text"),
    )


def _text(given: Any, *path: str) -> str:
    for name in path:
        given = given.get(name) if isinstance(given, dict) else None
    return given if isinstance(given, str) else ""


def _instant(text: str) -> datetime | None:
    """Teams writes seven digits of a second."""
    try:
        at = datetime.fromisoformat(_SECONDS.sub(r"\1", text))
    except ValueError:
        return None
    return at if at.tzinfo else None


_SCHEME = "HMAC "


def keys_of(text: str) -> tuple[bytes, ...]:
    """The keys of a comma-separated list of security tokens in base64, each as Teams showed it once.

    Raises ValueError with one sentence, in which no key stands.
    """
    try:
        keys = tuple(base64.b64decode(one, validate=True) for word in text.split(",") if (one := word.strip()))
    except (binascii.Error, ValueError):
        keys = ()
    if not all(keys):
        keys = ()
    if not keys and text.strip():
        raise ValueError("a key cannot be read: expected the outgoing webhook's security tokens in base64, with commas")
    return keys


def is_signed_by(raw: bytes, authorization: str, keys: Iterable[bytes]) -> bool:
    """Tell whether `authorization` ("HMAC …") is the signature of the body `raw` under one of the keys.

    Compared in constant time, and over all keys: how long it takes tells neither how much was right nor which key.
    """
    given = authorization.removeprefix(_SCHEME).encode("utf-8", "replace") if authorization.startswith(_SCHEME) else b""
    right = [hmac.compare_digest(given, signature(raw, key)) for key in keys]
    return any(right)


def signature(raw: bytes, key: bytes) -> bytes:
    """The signature of a body under one key, in base64."""
    return base64.b64encode(hmac.new(key, raw, hashlib.sha256).digest())
