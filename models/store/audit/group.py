"""Keep the audit chain, the trail of each item, and the legal hold."""

from models.store.audit import audit, clock_jumps, legal_hold, records, trails
from models.store.base.transaction import StoreGroup, reads, writes


class Audit(StoreGroup):
    """Keep the audit chain, the trail of each item, and the legal hold."""

    trail = reads(trails.trail)
    events = reads(audit.events)
    chain_end = reads(audit.chain_end)
    verify = reads(audit.verify)
    verify_since = reads(audit.verify_since)
    newest_at = reads(clock_jumps.newest_at)
    clock_jumped = writes(clock_jumps.clock_jumped)
    unreported_jumps = reads(clock_jumps.unreported)
    restored = writes(audit.restored)
    goes_through = reads(audit.goes_through)
    verify_records = reads(records.verify_records)
    tasks_touched = reads(records.tasks_touched)
    digests = reads(records.digest_list)
    hold = writes(legal_hold.hold)
    release_hold = writes(legal_hold.release_hold)
    legal_hold = reads(legal_hold.legal_hold)
