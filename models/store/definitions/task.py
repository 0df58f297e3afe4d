"""Read a task with its timeline and ledger entries, in one snapshot."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import Engine

from models.store.base import prepared
from models.store.base.prepared import connection_of
from models.store.base.transaction import Transaction, reads_all
from models.store.definitions import timelines
from models.store.ledger import history as spoken
from models.store.outbox.stop_sending import stop_of
from models.store.outbox.tokens import claims_of
from models.store.plan import lookup
from models.store.plan.lookup import Stored
from timeline.calendar.working_hours import WorkingHours
from timeline.definitions.council import CouncilTimeline
from timeline.delivery.messages import TokenClaims, TokenKind
from timeline.escalation.prompts import LedgerEntry
from timeline.escalation.quiet import Stopped


class LoadedTask(NamedTuple):
    """Hold the timeline in force, the task as it stands, and what was said about it."""

    timeline: CouncilTimeline
    stored: Stored
    said: tuple[LedgerEntry, ...]


def load_task(tx: Transaction, ref: str, hours: WorkingHours) -> LoadedTask | None:
    """Read a task; None when there is none. Raise StoreError when no timeline was applied."""
    stored = lookup.milestone(tx, ref)
    if stored is None:
        return None
    return LoadedTask(timelines.timeline(tx, hours), stored, spoken.entries(tx, refs={ref}).get(ref, ()))


class Linked(NamedTuple):
    """Hold what a token is bound to in a council, the stop of its sending if it is stopped, and the task; None where
    there is none, or it was not asked for.
    """

    council: str
    claims: TokenClaims
    stopped: Stopped | None = None
    task: LoadedTask | None = None


def find_token(
    engine: Engine, sha256: str, kinds: Collection[TokenKind], *, hours: WorkingHours | None = None
) -> Linked | None:
    """Find the token of such a kind by a single look, of any council; with `hours` read its task as well, in the
    same snapshot. None when no council made it.
    """
    with reads_all(engine) as session:
        rows = prepared.TOKENS.rows(connection_of(session), {"of_sha256": sha256})
        made = (Linked(row.council, claims_of(row), stop_of(row)) for row in rows)
        linked = next((each for each in made if each.claims.kind in kinds), None)
        if linked is None or hours is None or not linked.claims.milestone:
            return linked
        tx = Transaction(session, linked.council)
        return linked._replace(task=load_task(tx, linked.claims.milestone, hours))
