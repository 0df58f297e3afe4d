"""Read the audit chain again: what is new by each assurance, and all of it once a week."""

from datetime import datetime

from models.store import Store
from timeline.assurance.chain import ChainLook, is_whole_due, sentences


def look_at_chain(store: Store, last: ChainLook | None, *, at: datetime) -> ChainLook:
    """Compare the chain, and when it is due every record with it; changes nothing."""
    # Read before: what is written meanwhile is for the next look.
    sequence, head = store.audit.chain_end()
    if last is not None and not is_whole_due(last, at=at):
        broken = store.audit.verify_since(last.sequence, last.head)
        return ChainLook(sequence=sequence, head=head, whole_at=last.whole_at, altered=sentences(broken, ()))
    broken, sealed = store.audit.verify(), store.audit.verify_records()
    altered = sentences(broken, [each.record for each in sealed.altered] if sealed else ())
    return ChainLook(sequence=sequence, head=head, whole_at=at, altered=altered)
