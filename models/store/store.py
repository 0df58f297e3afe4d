"""Keep everything Daymark remembers of a council. Each method of a group is one transaction."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from sqlalchemy import Engine

from models.store.base import prepared
from models.store.base.transaction import look

if TYPE_CHECKING:
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


def councils(engine: Engine) -> tuple[str, ...]:
    """List the keys of the councils whose timelines were applied, sorted."""
    return tuple(key for (key,) in look(engine, prepared.COUNCILS))


@dataclass(frozen=True)
class Store:
    """Keep the memory of Daymark on a council (its key), in a group for each wing.

    Dataclasses of `timeline` come in and go out. Instants are aware and given by the caller: nothing here reads a
    clock. A step that reads sees one snapshot; one that writes does all or nothing, one writer at a time. StoreError
    says that no timeline was applied yet.

    A group is imported when it is asked for: a command that lists tasks needs four of the eleven.
    """

    engine: Engine
    council: str

    @cached_property
    def changes(self) -> "Changes":
        """Give changes of the timeline by command: apply, import, record, undo."""
        from models.store.changes.group import Changes

        return Changes(self.engine, self.council)

    @cached_property
    def definitions(self) -> "Definitions":
        """Give the timeline in force, and its pauses."""
        from models.store.definitions.group import Definitions

        return Definitions(self.engine, self.council)

    @cached_property
    def programmes(self) -> "Programmes":
        """Give the improvement programme as it was stated over time."""
        from models.store.programme.group import Programmes

        return Programmes(self.engine, self.council)

    @cached_property
    def people(self) -> "People":
        """Give the people whom the timeline and the imports name."""
        from models.store.people.group import People

        return People(self.engine, self.council)

    @cached_property
    def plan(self) -> "Plan":
        """Give occurrences and milestones as the rules give them."""
        from models.store.plan.group import Plan

        return Plan(self.engine, self.council)

    @cached_property
    def ledger(self) -> "Ledger":
        """Give the ledger of prompts: what is due to be sent, what was sent, and what no longer holds."""
        from models.store.ledger.group import Ledger

        return Ledger(self.engine, self.council)

    @cached_property
    def outbox(self) -> "Outbox":
        """Give messages on their way, their tokens and invitations, and the channels that carry them."""
        from models.store.outbox.group import Outbox

        return Outbox(self.engine, self.council)

    @cached_property
    def inbound(self) -> "Inbound":
        """Give responses, received messages, and the drafts for the lead member."""
        from models.store.inbound.group import Inbound

        return Inbound(self.engine, self.council)

    @cached_property
    def assurance(self) -> "Assurance":
        """Give evidence for an assurance run, the runs kept, and probes of the channels."""
        from models.store.assurance.group import Assurance

        return Assurance(self.engine, self.council)

    @cached_property
    def audit(self) -> "Audit":
        """Give the audit chain, the trail of each item, and the legal hold."""
        from models.store.audit.group import Audit

        return Audit(self.engine, self.council)

    @cached_property
    def privacy(self) -> "Privacy":
        """Give the data of each person: shown, forgotten, and erased when its time is over."""
        from models.store.privacy.group import Privacy

        return Privacy(self.engine, self.council)
