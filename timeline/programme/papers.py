"""Holds partners, documents and evidence: who helps, what is written where, and what shows that something is so."""

from dataclasses import dataclass
from datetime import date


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
    """Evidence with a date, an owner and an end of its own: after `expires_on` it shows nothing any more."""

    key: str
    title: str
    on: date
    owner: str
    expires_on: date | None
    link: str
    source: str

    def has_expired(self, on: date) -> bool:
        """Tell whether it shows nothing any more on a day."""
        return self.expires_on is not None and self.expires_on < on
