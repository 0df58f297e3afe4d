"""Keep everything Daymark remembers of a council. Each method of a group is one transaction."""

from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from models.store.assurance.group import Assurance
from models.store.audit.group import Audit
from models.store.changes.group import Changes
from models.store.definitions.group import Definitions
from models.store.inbound.group import Inbound
from models.store.ledger.group import Ledger
from models.store.outbox.group import Outbox
from models.store.people.group import People
from models.store.plan.group import Plan
from models.store.privacy.group import Privacy
from models.store.programme.group import Programmes
from models.tables import CouncilRow


def councils(engine: Engine) -> tuple[str, ...]:
    """List the keys of the councils whose timelines were applied, sorted."""
    with Session(engine) as session:
        applied = select(CouncilRow.key).where(col(CouncilRow.first_applied_at).is_not(None))
        return tuple(session.exec(applied.order_by(col(CouncilRow.key))))


@dataclass(frozen=True)
class Store:
    """Keep the memory of Daymark on a council (its key), in a group for each wing.

    Dataclasses of `timeline` come in and go out. Instants are aware and given by the caller: nothing here reads a
    clock. A step that reads sees one snapshot; one that writes does all or nothing, one writer at a time. StoreError
    says that no timeline was applied yet.
    """

    engine: Engine
    council: str

    @cached_property
    def changes(self) -> Changes:
        """Give changes of the timeline by command: apply, import, record, undo."""
        return Changes(self.engine, self.council)

    @cached_property
    def definitions(self) -> Definitions:
        """Give the timeline in force, and its pauses."""
        return Definitions(self.engine, self.council)

    @cached_property
    def programmes(self) -> Programmes:
        """Give the improvement programme as it was stated over time."""
        return Programmes(self.engine, self.council)

    @cached_property
    def people(self) -> People:
        """Give the people whom the timeline and the imports name."""
        return People(self.engine, self.council)

    @cached_property
    def plan(self) -> Plan:
        """Give occurrences and milestones as the rules give them."""
        return Plan(self.engine, self.council)

    @cached_property
    def ledger(self) -> Ledger:
        """Give the ledger of prompts: what is due to be sent, what was sent, and what no longer holds."""
        return Ledger(self.engine, self.council)

    @cached_property
    def outbox(self) -> Outbox:
        """Give messages on their way, their tokens and invitations, and the channels that carry them."""
        return Outbox(self.engine, self.council)

    @cached_property
    def inbound(self) -> Inbound:
        """Give responses, received messages, and the drafts for the lead member."""
        return Inbound(self.engine, self.council)

    @cached_property
    def assurance(self) -> Assurance:
        """Give evidence for an assurance run, the runs kept, and probes of the channels."""
        return Assurance(self.engine, self.council)

    @cached_property
    def audit(self) -> Audit:
        """Give the audit chain, the trail of each item, and the legal hold."""
        return Audit(self.engine, self.council)

    @cached_property
    def privacy(self) -> Privacy:
        """Give the data of each person: shown, forgotten, and erased when its time is over."""
        return Privacy(self.engine, self.council)
