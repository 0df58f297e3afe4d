"""Keep absences as they are heard and ended: each with its event, and all tasks are looked at again."""

from datetime import datetime
from typing import NamedTuple

from models.store.audit import audit
from models.store.audit import free_text as texts
from models.store.audit.audit import Event
from models.store.base.json_values import written
from models.store.base.transaction import Transaction
from models.store.inbound import inbound as coming_in
from models.store.ledger import prompts
from models.store.outbox.composing import OutgoingNotice
from models.store.people import absences
from timeline.answers.inbound import Inbound
from timeline.definitions.absences import Absence, AbsenceEnd


class SaidEnd(NamedTuple):
    """Hold a last day with who stated it: the key of its own person, or a typed name of somebody else."""

    end: AbsenceEnd
    via: str
    who: str = ""
    typed: str = ""


ENDED, SET = "absence ended", "absence set"


def record_absence(
    tx: Transaction, inbound: Inbound, absence: Absence, *, notice: OutgoingNotice | None = None
) -> None:
    """Record the days of an absence and nothing else of its message, and look again at all tasks: prompts may go to the
    deputy now. Raise AlreadyReceived.
    """
    coming_in.add(tx, inbound, notice=notice)
    absences.add_heard(tx, absence, at=inbound.received_at)
    prompts.wake_all(tx, at=inbound.received_at)


def end_absence(tx: Transaction, said: SaidEnd, *, at: datetime) -> None:
    """Record the last day of an absence, with who said so, and look again at all tasks.

    The days and a typed name are no part of the chain, so that they can be erased.
    """
    absences.add_end(tx, said.end, at=at)
    typed = texts.keep(tx, {"after": written(said.end), "who": said.typed})
    what = ENDED if said.end.last_on < said.end.until_on else SET
    event = Event(what=what, ref=said.end.person, who=said.who, via=said.via, texts=typed)
    audit.record(tx, [event], at=at)
    prompts.wake_all(tx, at=at)
