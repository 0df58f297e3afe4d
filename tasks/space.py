"""Take up less space: part what an earlier version stored whole, batch by batch, and make the file smaller."""

from models.store import Store
from models.store.base.copies import close_up

__all__ = ["close_up", "part_tasks"]

# So few that a batch keeps other writers waiting for well below a second.
_BATCH = 500


def part_tasks(store: Store) -> int:
    """Store once what tasks share that an earlier version wrote whole; give how many there were.

    A run that is killed in between is continued by the next. Processes of that version can no longer read them: it is
    for a time at which every process is of this version.
    """
    parted, batch = 0, store.plan.part(after="", limit=_BATCH)
    while batch.last:
        parted += batch.parted
        batch = store.plan.part(after=batch.last, limit=_BATCH)
    return parted
