"""A message of Teams' outgoing webhook, read from its body: who sent it, from where, when, and its words."""

import json
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from timeline.teams_words import NotUnderstood

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
        """Whether it was sent within five minutes of `at`: the signature itself holds no time."""
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
        tenants=frozenset(one.lower() for one in tenants if one),
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
        found = datetime.fromisoformat(_SECONDS.sub(r"\1", text))
    except ValueError:
        return None
    return found if found.tzinfo else None
