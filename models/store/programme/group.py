"""Keep the improvement programme as it was stated over time."""

from models.store.base.transaction import StoreGroup, reads
from models.store.programme import statements


class Programmes(StoreGroup):
    """Keep the improvement programme as it was stated over time."""

    in_force = reads(statements.in_force)
    known = reads(statements.known)
