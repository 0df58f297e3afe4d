"""Change the records of a council as another hand would, past the store."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update
from sqlmodel import col

from models.tables import (
    AbsenceEndRow,
    DeliveryRow,
    FactRow,
    HeardAbsenceRow,
    HolderRow,
    MessageRow,
    PersonRow,
    PromptRow,
    ResponseRow,
    SealRow,
)
from tests.models import world
from tests.timeline.literals import day
from timeline.answers.responses import Answer
from timeline.definitions.absences import Absence
from timeline.delivery.messages import MessageState
from timeline.escalation.prompts import PromptState

KEY = "mail/ann/1"
AWAY = Absence(person="ann", from_on=day("Mon 18 Nov 2019"), until_on=day("Fri 22 Nov 2019"))


def copied(connection: Connection, table: Any, **changes: Any) -> None:
    row = dict(connection.execute(select(table)).mappings().first() or {})
    connection.execute(insert(table).values({**row, **changes}))


HANDS: list[tuple[Callable[[Connection], Any], list[tuple[str, str]]]] = [
    (lambda _: update(ResponseRow).values(answer=Answer.DONE), [(f"response/{world.REF}/0", "changed")]),
    (lambda _: update(ResponseRow).values(at=world.MORNING), [(f"response/{world.REF}/0", "changed")]),
    (lambda _: delete(ResponseRow), [(f"response/{world.REF}/0", "removed")]),
    (lambda c: copied(c, ResponseRow, sequence=1), [(f"response/{world.REF}/1", "added")]),
    (lambda _: update(MessageRow).values(text="We never asked."), [(f"message/{KEY}", "changed")]),
    (lambda _: update(MessageRow).values(state=MessageState.FAILED), [(f"message/{KEY}", "changed")]),
    (lambda c: copied(c, MessageRow, key="mail/ann/2"), [("message/mail/ann/2", "added")]),
    (lambda _: delete(DeliveryRow), [(f"delivery/{KEY}/1", "removed")]),
    (lambda _: update(DeliveryRow).values(code=550), [(f"delivery/{KEY}/1", "changed")]),
    (lambda c: copied(c, DeliveryRow, attempt=2), [(f"delivery/{KEY}/2", "added")]),
    (
        lambda _: update(PromptRow).where(col(PromptRow.rung) == "last").values(state=PromptState.SENT),
        [(f"prompt/{world.REF}/{world.DUE}/last/ann/0", "changed")],
    ),
    (
        lambda _: delete(PromptRow).where(col(PromptRow.rung) == "last"),
        [(f"prompt/{world.REF}/{world.DUE}/last/ann/0", "removed")],
    ),
    (
        lambda c: copied(c, PromptRow, id=999, rung="first", repeat=9),
        [(f"prompt/{world.REF}/{world.DUE}/first/ann/9", "added")],
    ),
    (lambda _: update(FactRow).values(happened_on=day("Thu 22 Aug 2019")), [("fact/1", "changed")]),
    (lambda _: delete(FactRow), [("fact/1", "removed")]),
    (
        lambda _: update(PersonRow).where(col(PersonRow.key) == "ann").values(address="forger@elsewhere.example"),
        [("person/ann", "changed")],
    ),
    (
        lambda _: update(HolderRow).where(col(HolderRow.position) == 0).values(person="bob"),
        [("holder/0", "changed")],
    ),
    (lambda _: update(HeardAbsenceRow).values(until_on=day("Fri 6 Dec 2019")), [("heard_absence/1", "changed")]),
    (lambda _: delete(HeardAbsenceRow), [("heard_absence/1", "removed")]),
    (lambda c: copied(c, HeardAbsenceRow, person="bob", number=2), [("heard_absence/2", "added")]),
    (lambda _: update(AbsenceEndRow).values(last_on=day("Fri 6 Dec 2019")), [("absence_end/1", "changed")]),
    (lambda _: delete(AbsenceEndRow), [("absence_end/1", "removed")]),
    (
        lambda _: update(SealRow).where(col(SealRow.record) == "person/ann").values(salt="0"),
        [("person/ann", "changed")],
    ),
]
