"""Pauses: a duty about which nothing is asked, or a person who is left alone, until a day. They need no reason."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from timeline.calendar import LONDON
from timeline.wording import long_date


@dataclass(frozen=True, kw_only=True)
class Pause:
    """From the first day to the last (both included); `obligation` or `person` (their keys) is stated, never both.

    A paused duty keeps its dates, and what was left unsaid is said when the pause ends, as far as it is due then. A
    paused person is as if away: who stands in is asked, so that no duty goes quiet.
    """

    from_on: date
    until_on: date
    obligation: str = ""
    person: str = ""

    def holds(self, *, on: date) -> bool:
        return self.from_on <= on <= self.until_on

    @property
    def ends_at(self) -> datetime:
        """The first instant after it."""
        return datetime.combine(self.until_on + timedelta(days=1), time(), LONDON)

    @property
    def sentence(self) -> str:
        return f"It is paused until {long_date(self.until_on)}."
