"""The addresses that somebody had until lately: what was sent to them may still come back."""

import json
from datetime import datetime

from sqlmodel import col, select

from models.store import texts
from models.store.directory import PERSON
from models.store.transaction import Transaction
from models.tables import AuditEventRow


def former_addresses(tx: Transaction, person: str, *, since: datetime) -> frozenset[str]:
    """The mail addresses in lower case that the person had before a change since then, by the audit chain; without
    those whose text was erased.
    """
    changes = select(AuditEventRow.texts).where(
        col(AuditEventRow.council) == tx.council,
        col(AuditEventRow.ref) == person,
        col(AuditEventRow.what) == PERSON,
        col(AuditEventRow.at) >= since,
    )
    digests = [json.loads(found).get("before") for found in tx.session.exec(changes)]
    before = texts.bodies(tx, digests).values()
    return frozenset(json.loads(body)["address"].lower() for body in before if body)
