"""Keep the timeline in force, and its pauses."""

from models.store.base.transaction import StoreGroup, reads, writes
from models.store.definitions import awake, facts, pauses, task, timelines


class Definitions(StoreGroup):
    """Keep the timeline in force, and its pauses."""

    timeline = reads(timelines.timeline)
    look = reads(awake.look)
    lay_out = writes(awake.lay_out)
    timeline_after_apply = reads(timelines.timeline_after_apply)
    timeline_after_import = reads(timelines.timeline_after_import)
    recorded_facts = reads(facts.recorded_facts)
    pause = writes(pauses.pause)
    resume = writes(pauses.resume)
    load_task = reads(task.load_task)
    pauses_in_force = reads(pauses.in_force)
    pauses = reads(pauses.stored)
