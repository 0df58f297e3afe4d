"""Hold faults in what leaves: claimed, sent, repeated, at which hour."""

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from typing import Any

import pytest

from models.store.base.prepared import Prepared
from models.store.outbox import claims, due
from models.store.outbox import messages as sending
from tasks.channels.receipt import Receipt, SendOutcome, Stage
from tasks.council import run as house
from tasks.sending import outbox
from tests.simulation.faults.planting import fault
from timeline.calendar import working_hours as hours
from timeline.calendar.london import london_time
from timeline.delivery import decide as delivery_decision
from timeline.delivery import suppression, withdrawal
from timeline.escalation import addressing


@fault("lost-claim", "A message is claimed without asking whether another worker has it, so that both send it.")
def _lost_claim(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(claims, "CLAIM", Prepared(claims._claiming().returning(claims._MESSAGE.c.key)))


@fault("claim-kept-for-ever", "What a dead worker had claimed is never sent by another.")
def _claim_kept(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(sending, "to_be_sent", due.due)
    patch.setattr(sending, "QUEUED", Prepared(sending._queued()))


@fault("sent-before-the-send", "A message is marked as sent before it is handed to the server.")
def _sent_before(patch: pytest.MonkeyPatch) -> None:
    def tries(line: Any, message: Any, hand: Any) -> Any:
        if not hand.takes(message):
            return None
        receipt = Receipt(SendOutcome.ACCEPTED, Stage.DATA, 250, None, "", "")
        hand.handed_over(message, outbox._stored(receipt))
        hand.rest()
        line._attempted(message)
        return outbox._attempt(message, receipt)

    patch.setattr(outbox._Line, "_try", tries)


@fault("repeated-under-another-name", "An uncertain mail is repeated under a new Message-ID.")
def _another_name(patch: pytest.MonkeyPatch) -> None:
    numbers = count()
    patch.setattr("tasks.sending.compose._number", lambda key: next(numbers))


@fault("done-does-not-stop", "A task that is done does not stop what was written or grouped before.")
def _not_stopped(patch: pytest.MonkeyPatch) -> None:
    _without(patch, "It is done")


@fault("old-date-told", "A reminder leaves with the date that held before a move.")
def _old_date(patch: pytest.MonkeyPatch) -> None:
    _without(patch, "The date has moved since this was written.")


def _without(patch: pytest.MonkeyPatch, reason: str) -> None:
    """Have nobody mind this one reason against sending."""
    why_not = suppression.suppression_reason

    def careless(given: Any, prompt: Any) -> str:
        said: str = why_not(given, prompt)
        return "" if said.startswith(reason) else said

    patch.setattr(delivery_decision, "suppression_reason", careless)
    patch.setattr(withdrawal, "suppression_reason", careless)


@fault("utc-for-local", "Working hours are read off a clock in UTC, an hour wrong from March to October.")
def _utc(patch: pytest.MonkeyPatch) -> None:
    def in_utc(at: datetime) -> datetime:
        return london_time(at.astimezone(UTC).date(), at.astimezone(UTC).time())

    patch.setattr(hours, "in_london", in_utc)


@fault("outside-hours", "What waits leaves at any hour.")
def _any_hour(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(addressing, "_send_at", lambda each, moment: max(moment.at, each.at))
    patch.setattr(house.CouncilRun, "is_working_time", property(lambda self: True))


@fault("a-mail-for-each-task", "Each task has a mail of its own, so that somebody gets several a day.")
def _each_task(patch: pytest.MonkeyPatch) -> None:
    grouped: Callable[..., Any] = vars(delivery_decision)["grouped"]

    def apart(waiting: Any, *, mailed: Any, **given: Any) -> Any:
        return tuple(group for each in waiting for group in grouped([each], mailed=(), **given))

    patch.setattr(delivery_decision, "grouped", apart)
