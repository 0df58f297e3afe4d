"""Prove each working day that everything was said that should have been, or show what was not.

Assurance shares the rules with the ledger, but none of its queries: see models/store/assurance/evidence.py.
"""

from timeline.assurance.chain import ChainLook
from timeline.assurance.evidence import Evidence, LedgerRow, MessageProgress, StoredTask
from timeline.assurance.look_ahead import unassigned_steps
from timeline.assurance.mornings import look_before, morning_before
from timeline.assurance.reckoning import Reckoning, reckon
from timeline.assurance.run import AssuranceRun, ChannelSeen, Figures, Finding, FindingKind, Unowned, UnownedKind

__all__ = [
    "AssuranceRun",
    "ChainLook",
    "ChannelSeen",
    "Evidence",
    "Figures",
    "Finding",
    "FindingKind",
    "LedgerRow",
    "MessageProgress",
    "Reckoning",
    "StoredTask",
    "Unowned",
    "UnownedKind",
    "look_before",
    "morning_before",
    "reckon",
    "unassigned_steps",
]
