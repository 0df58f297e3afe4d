"""Keep the improvement programme as it was stated over time, and the releases of its reports."""

from models.store.base.transaction import StoreGroup, reads, writes
from models.store.programme import link_states as asking
from models.store.programme import releases, statements
from models.store.programme import updates as adding


class Programmes(StoreGroup):
    """Keep the improvement programme as it was stated over time."""

    in_force = reads(statements.in_force)
    known = reads(statements.known)
    mark = reads(statements.mark)
    statements = reads(statements.statements)
    updates = reads(adding.updates)
    update = writes(adding.update)
    released = reads(releases.releases)
    release = writes(releases.release)
    link_states = reads(asking.states)
    keep_link_states = writes(asking.keep_states)
