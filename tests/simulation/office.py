"""Hold a mail server with its bad days, mailboxes that take nothing, and a gateway for text messages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zlib import crc32

from tasks.channels.receipt import Receipt, SendOutcome, Stage
from tests.simulation.script import Event

AWAY = ("unreachable", "hangs-taken", "hangs-lost", "put-off")
"""Days on which this happens are no good days."""
_MAILBOX = ("refused", "bounces")


@dataclass(frozen=True)
class Handed:
    """Tell what became of one handing over: what the sender hears, when it arrives, and when it comes back."""

    receipt: Receipt
    arrives_at: datetime | None
    comes_back_at: datetime | None = None


class Office:
    """Decide by the script alone: the same letter at the same instant has the same fate."""

    def __init__(self, events: Iterable[Event]) -> None:
        self._spells = [event for event in events if event.kind in (*AWAY, *_MAILBOX, "late")]

    def mail(self, person: str, message_id: str, *, at: datetime) -> Handed:
        """Take one mail to one person."""
        kinds = {event.kind for event in self._spells if event.lasts(at) and event.who in ("", person)}
        if "unreachable" in kinds:
            return Handed(_receipt(SendOutcome.UNREACHABLE, Stage.CONNECT, "connection refused", message_id), None)
        if "put-off" in kinds:
            said = Receipt.of_reply(Stage.RCPT, 451, "4.7.1 try again later", message_id)
            return Handed(said, None)
        if "refused" in kinds:
            return Handed(Receipt.of_reply(Stage.RCPT, 550, "5.1.1 no such mailbox", message_id), None)
        if "hangs-taken" in kinds or "hangs-lost" in kinds:
            silent = _receipt(SendOutcome.UNCERTAIN, Stage.DATA, "no answer after the content", message_id)
            return Handed(silent, at if "hangs-taken" in kinds else None)
        taken = Receipt.of_reply(Stage.DATA, 250, "2.0.0 queued", message_id)
        if "bounces" in kinds:
            return Handed(taken, None, at + timedelta(hours=3, minutes=crc32(message_id.encode()) % 50))
        return Handed(taken, at + timedelta(hours=30) if "late" in kinds else at)

    def text(self, person: str, key: str, *, at: datetime) -> Handed:
        """Take one text message: a few are not taken."""
        if crc32(f"{person}{key}{at}".encode()) % 6 == 0:
            return Handed(_receipt(SendOutcome.UNREACHABLE, Stage.CONNECT, "the gateway is away", ""), None)
        return Handed(_receipt(SendOutcome.ACCEPTED, Stage.DATA, "", ""), at)

    def was_away(self, begins: datetime, ends: datetime) -> bool:
        """Tell whether the server had a bad spell in that time."""
        bad = (event for event in self._spells if event.kind in AWAY)
        return any(event.at <= ends and (event.until or event.at) >= begins for event in bad)

    def dead(self, *, at: datetime) -> frozenset[str]:
        """Give the people whose mailbox takes nothing at that instant."""
        return frozenset(event.who for event in self._spells if event.kind in _MAILBOX and event.lasts(at))

    def put_right(self, *, after: datetime, at: datetime) -> list[str]:
        """Give the people whose mailbox came to be good again since `after`: they have a new address."""
        mended = (
            event for event in self._spells if event.kind in _MAILBOX and event.until and after < event.until <= at
        )
        return [event.who for event in mended]


def _receipt(outcome: SendOutcome, stage: Stage, said: str, message_id: str) -> Receipt:
    return Receipt(outcome, stage, None, None, said, message_id)
