"""Keep occurrences and milestones as the rules give them."""

from models.store.base.transaction import StoreGroup, reads, writes
from models.store.plan import calendar_sequences, lookup, parting, plans, pressing, shifts


class Plan(StoreGroup):
    """Keep occurrences and milestones as the rules give them."""

    sync = writes(plans.sync)
    part = writes(parting.part)
    dates = reads(lookup.dates)
    due_refs = reads(lookup.due_refs)
    frozen_ladders = reads(lookup.frozen_ladders)
    pressing = reads(pressing.pressing)
    done_refs = reads(lookup.done_refs)
    milestone = reads(lookup.milestone)
    milestones = reads(lookup.milestones)
    occurrence = reads(lookup.occurrence)
    occurrences = reads(lookup.occurrences)
    find = reads(lookup.find)
    kept_occurrences = reads(calendar_sequences.kept_occurrences)
    shifts = reads(shifts.shifts)
    calendar_sequences = reads(calendar_sequences.calendar_sequences)
