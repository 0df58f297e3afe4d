"""Keep the ledger of prompts: what is due to be sent, what was sent, and what no longer holds."""

from models.store.base.transaction import StoreGroup, reads, writes
from models.store.ledger import history, prompts
from models.store.ledger import outdated as marking


class Ledger(StoreGroup):
    """Keep the ledger of prompts: what is due to be sent, what was sent, and what no longer holds."""

    write = writes(prompts.write)
    suppress = writes(prompts.suppress)
    entries = reads(history.entries)
    pending = reads(history.pending)
    next_send_at = reads(history.next_send_at)
    waiting = reads(history.waiting)
    mailed_on = reads(history.mailed_on)
    on_behalf_of = reads(history.on_behalf_of)
    accepted = reads(history.accepted)
    outdated = reads(marking.outdated)
