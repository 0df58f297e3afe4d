"""How much fell due since the last assurance, and what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum

from timeline.assurance.evidence import Evidence, LedgerRow
from timeline.messages import MessageState
from timeline.prompts import PromptState

_BACK = (MessageState.BOUNCED, MessageState.FAILED, MessageState.UNCERTAIN)


class Fate(StrEnum):
    """What became of a prompt."""

    DELIVERED = "delivered"  # a channel accepted it, and nothing came back
    SENT = "sent"  # accepted, and nobody knows whether it arrived
    WAITING = "waiting"
    SUPPRESSED = "suppressed"  # with its reason: superseded, refused or undeliverable


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What fell due: `due` is the sum of `sent`, `waiting`, `suppressed` and `unexplained`. Of what was sent,
    `delivered` did not come back; `answered` counts the answers that came in.
    """

    due: int = 0
    sent: int = 0
    delivered: int = 0
    answered: int = 0
    waiting: int = 0
    suppressed: int = 0
    unexplained: int = 0

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(**{one.name: getattr(self, one.name) + getattr(other, one.name) for one in fields(self)})

    @property
    def sentence(self) -> str:
        """Such as "5 due, 4 sent, 4 delivered, 1 answered, 1 waiting, 0 unexplained."."""
        more = [(self.waiting, "waiting"), (self.suppressed, "suppressed with reason")]
        parts = [(self.due, "due"), (self.sent, "sent"), (self.delivered, "delivered"), (self.answered, "answered")]
        named = [*parts, *(one for one in more if one[0]), (self.unexplained, "unexplained")]
        return f"{', '.join(f'{number} {what}' for number, what in named)}."


def fell_due(evidence: Evidence, *, since: datetime, at: datetime) -> tuple[LedgerRow, ...]:
    """The rows that could first leave after `since`, up to `at`: each falls in the time of exactly one assurance."""
    return tuple(row for row in evidence.rows if since < row.fell_due_at <= at)


def fate(row: LedgerRow, evidence: Evidence) -> Fate:
    """What became of one row."""
    if row.said.state is PromptState.WAITING:
        return Fate.WAITING
    if row.said.state is not PromptState.SENT:
        return Fate.SUPPRESSED
    message = evidence.messages.get(row.message)
    return Fate.SENT if message is None or message.state in _BACK else Fate.DELIVERED


def counted(rows: Iterable[LedgerRow], evidence: Evidence) -> Figures:
    """The figures of these rows, but for answers and what is unexplained."""
    fates = [fate(row, evidence) for row in rows]
    sent = sum(one in (Fate.SENT, Fate.DELIVERED) for one in fates)
    return Figures(
        due=len(fates),
        sent=sent,
        delivered=fates.count(Fate.DELIVERED),
        waiting=fates.count(Fate.WAITING),
        suppressed=fates.count(Fate.SUPPRESSED),
    )
