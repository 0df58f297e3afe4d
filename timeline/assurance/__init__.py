"""Assurance: proof, each working day, that everything was said that should have been, or what was not.

It shares the rules with the ledger, and none of its queries: see models/store/assured.py.
"""

from timeline.assurance.ahead import unowned
from timeline.assurance.evidence import Evidence, LedgerRow, Sending, Stands
from timeline.assurance.figures import Figures
from timeline.assurance.findings import Finding, FindingKind
from timeline.assurance.mornings import morning_before
from timeline.assurance.reckoning import Reckoning, reckon
from timeline.assurance.run import AssuranceRun, ChannelSeen, Unowned, UnownedKind

__all__ = [
    "AssuranceRun",
    "ChannelSeen",
    "Evidence",
    "Figures",
    "Finding",
    "FindingKind",
    "LedgerRow",
    "Reckoning",
    "Sending",
    "Stands",
    "Unowned",
    "UnownedKind",
    "morning_before",
    "reckon",
    "unowned",
]
