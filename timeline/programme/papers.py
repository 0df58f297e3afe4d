"""Hold partners, documents and evidence: who helps, what is written where, and what shows that something is so."""

import re
from dataclasses import dataclass
from datetime import date

_LONGEST_KEY = 60


@dataclass(frozen=True, kw_only=True)
class Partner:
    """Hold a partner, or an arrangement of support, and what it brings."""

    key: str
    title: str
    brings: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Document:
    """Hold a document with its day and its address; the address is empty where it is no page."""

    key: str
    title: str
    on: date | None
    link: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Hold evidence with its day and its owner: after `expires_on` it shows nothing any more.

    `checked_by` is the post that looked whether it shows what it should, empty while nobody has.
    """

    key: str
    title: str
    on: date
    owner: str
    expires_on: date | None
    link: str
    source: str
    checked_by: str = ""
    checked_on: date | None = None

    def has_expired(self, on: date) -> bool:
        """Tell whether it shows nothing any more on a day."""
        return self.expires_on is not None and self.expires_on < on


def evidence_key(record: str, title: str) -> str:
    """Give the key of evidence: its own where it is brought anew, else the name of its action or step with its title.

    The same title brought again for the same record is newer evidence of the same.
    """
    kind, _, key = record.partition(".")
    if kind == "evidence":
        return key
    words = re.findall(r"[a-z0-9]+", title.casefold())
    return "-".join((key, *words))[:_LONGEST_KEY].rstrip("-")
