"""Keep evidence for an assurance run, the runs kept, and probes of the channels."""

from models.store.assurance import evidence, runs, stated_then
from models.store.base.transaction import StoreGroup, reads, writes


class Assurance(StoreGroup):
    """Keep evidence for an assurance run, the runs kept, and probes of the channels."""

    evidence_since = reads(runs.evidence_since)
    keep_run = writes(runs.keep_run)
    disbelieve = writes(runs.disbelieve)
    put_right = writes(runs.put_right)
    probe_sent = writes(runs.probe_sent)
    probe_returned = writes(runs.probe_returned)
    last_probes = reads(runs.last_probes)
    changed_since = reads(stated_then.changed_since)
    evidence = reads(evidence.evidence)
    runs = reads(runs.runs)
