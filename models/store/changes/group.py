"""Keep changes of the timeline by command: apply, import, record, undo, and a handover to other councils."""

from models.store.base.transaction import StoreGroup, creates, reads, tries, writes
from models.store.changes import apply as applying
from models.store.changes import hand_over as ending
from models.store.changes import import_people as importing
from models.store.changes import import_plan as planning
from models.store.changes import open_ladders, revisions


class Changes(StoreGroup):
    """Keep changes of the timeline by command: apply, import, record, undo, and a handover to other councils."""

    is_empty = reads(applying.is_empty)
    apply = creates(applying.apply)
    applied = reads(applying.applied)
    import_people = writes(importing.import_people)
    import_plan = writes(planning.import_plan)
    record_fact = writes(applying.record_fact)
    hand_over = writes(ending.hand_over)
    take_back_handover = writes(ending.take_back)
    undo = writes(applying.undo)
    timeline_after_undo = tries(applying.timeline_after_undo)
    last_number = reads(revisions.last_number)
    revisions = reads(revisions.revisions)
    open_ladders = reads(open_ladders.open_ladders)
