"""Read requests in Teams: "@Reminders ack plo-panel/2/papers". The text must begin with a known word."""

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
from timeline.replies.words import read_answer

# PostgreSQL refuses NUL; the others, such as the marks of writing direction, would falsify the text that people see.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]+")
# A mention names the webhook itself and is no part of the request.
_MENTION = re.compile(r"<at\b[^>]*>.*?</at\s*>", re.IGNORECASE | re.DOTALL)
# A link that was pasted often shows the document's title in place of its address.
_LINK = re.compile(r'<a\b[^<>]*\bhref="(?P<url>https?://[^"<>]*)"[^<>]*>(?P<shown>[^<>]*)</a\s*>', re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_BREAK = re.compile(r"<br */?>|</(?:p|div|li)>|\r\n?", re.IGNORECASE)
_REF = re.compile(r"[A-Za-z0-9][A-Za-z0-9_/-]{0,199}")
_LONGEST = 2_000
_LONGEST_MARKUP = 10_000
_TOO_LONG = "That is too long: please write at most 2,000 characters. Nothing was recorded."


class Word(StrEnum):
    """Name the words that a request can begin with."""

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
    """Hold a request: `ref` (lower case, otherwise as typed) is empty for `list`; `words` are those after it.

    `answer` is the answer to record: done without a link or a reference becomes acknowledged, and `unproven`.
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
    """Report that the text is no known request; the message is a sentence for its writer."""


def plain(text: str) -> str:
    """Return the text of an activity in a single line, without mentions, tags and control characters.

    Raises NotUnderstood if it is too long.
    """
    return " ".join(written(text).split())


def written(text: str) -> str:
    """Return the same in the lines in which it was written. Raises NotUnderstood if it is too long."""
    if len(text) > _LONGEST_MARKUP:
        raise NotUnderstood(_TOO_LONG)
    bare = html.unescape(_TAG.sub(" ", _LINK.sub(_address, _MENTION.sub(" ", _BREAK.sub("\n", text)))))
    lines = (" ".join(_CONTROLS.sub(" ", line).split()) for line in bare.split("\n"))
    whole = "\n".join(lines).strip()
    if len(whole) > _LONGEST:
        raise NotUnderstood(_TOO_LONG)
    return whole


def _address(link: re.Match[str]) -> str:
    return link["shown"] if link["url"] in link["shown"] else f"{link['shown']} {link['url']}"


def request_in(line: str) -> TeamsRequest:
    """Read the request in a `plain` text. Raises NotUnderstood."""
    first, _, rest = line.partition(" ")
    word = next((known for known in Word if first.lower().rstrip(":,") == known.value), None)
    if word is None:
        raise NotUnderstood(USAGE)
    if word is Word.LIST:
        return _list(rest)
    ref, _, words = rest.partition(" ")
    ref = ref.rstrip(":,.;")
    if not _REF.fullmatch(ref):
        raise NotUnderstood(USAGE)
    return _about(word, ref.lower(), words.strip())


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
    """Read the words that follow as in a mail: a negation, a "but" or a question takes the answer back."""
    answered = read_answer(f"{word.value} – {words}") if words else read_answer(word.value)
    if answered.answer is None or answered.number is not None:
        raise NotUnderstood(
            "The words after the reference could mean something else, so nothing was recorded. "
            f"Write “{word.value} {ref}”{' and a link' if word is Word.DONE else ''}, or “help {ref}” and your words."
        )
    proven = word is not Word.DONE or bool(answered.evidence)
    answer = ANSWERS[word] if proven else Answer.ACKNOWLEDGED
    return TeamsRequest(word=word, ref=ref, words=words, answer=answer, evidence=words if answer is Answer.DONE else "")


_NEAR = timedelta(minutes=5)
_SECONDS = re.compile(r"(\.\d{6})\d+")


@dataclass(frozen=True, kw_only=True)
class Activity:
    """Hold a message: `id` within its `conversation`, `tenants` as both places name them, `sender` the aadObjectId.

    Names are not read: anybody can have any name. A missing field is empty, or None.
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
    """Read an activity without checking its signature. Raises NotUnderstood if it is no message of a person."""
    try:
        given = json.loads(raw)
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict) or given.get("type") != "message":
        raise NotUnderstood("This message cannot be read, so nothing was recorded.")
    tenants = (text_at(given, "channelData", "tenant", "id"), text_at(given, "conversation", "tenantId"))
    return Activity(
        id=text_at(given, "id"),
        conversation=text_at(given, "conversation", "id"),
        tenants=frozenset(tenant.lower() for tenant in tenants if tenant),
        sender=text_at(given, "from", "aadObjectId").lower(),
        sent_at=instant_of(text_at(given, "timestamp")),
        text=text_at(given, "text"),
    )


def text_at(given: Any, *path: str) -> str:
    """Give the text at that place of what JSON gave; empty when there is none."""
    for name in path:
        given = given.get(name) if isinstance(given, dict) else None
    return given if isinstance(given, str) else ""


def instant_of(text: str) -> datetime | None:
    """Read an instant, which Teams writes with seven digits of a second; None if it has no zone."""
    try:
        at = datetime.fromisoformat(_SECONDS.sub(r"\1", text))
    except ValueError:
        return None
    return at if at.tzinfo else None


_SCHEME = "HMAC "


def keys_of(text: str) -> tuple[bytes, ...]:
    """Read the keys of a comma-separated list of security tokens in base64, each as Teams showed it once.

    Raises ValueError with a sentence that holds no key.
    """
    try:
        keys = tuple(base64.b64decode(key, validate=True) for word in text.split(",") if (key := word.strip()))
    except (binascii.Error, ValueError):
        keys = ()
    if not all(keys):
        keys = ()
    if not keys and text.strip():
        raise ValueError("a key cannot be read: expected the outgoing webhook's security tokens in base64, with commas")
    return keys


def is_signed_by(raw: bytes, authorization: str, keys: Iterable[bytes]) -> bool:
    """Tell whether `authorization` ("HMAC …") is the signature of the body `raw` under any of the keys.

    The comparison takes constant time and covers all keys, so its duration reveals neither how much was right nor
    which key.
    """
    given = authorization.removeprefix(_SCHEME).encode("utf-8", "replace") if authorization.startswith(_SCHEME) else b""
    right = [hmac.compare_digest(given, signature(raw, key)) for key in keys]
    return any(right)


def signature(raw: bytes, key: bytes) -> bytes:
    """Return the signature of a body under a key, in base64."""
    return base64.b64encode(hmac.new(key, raw, hashlib.sha256).digest())
