"""The store: everything Daymark remembers of one council. Each method is one transaction."""

from dataclasses import dataclass

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from models.store.assurance import evidence as assured
from models.store.assurance import runs as assurances
from models.store.assurance import runs as probes
from models.store.audit import audit, trails
from models.store.audit import legal_hold as holding
from models.store.base.transaction import founds, reads, writes
from models.store.changes import apply as applying
from models.store.changes import import_people as importing
from models.store.changes import open_ladders, revisions
from models.store.definitions import facts, pauses, timelines
from models.store.definitions import task as gathering
from models.store.inbound import answers
from models.store.inbound import briefings as drafts
from models.store.inbound import inbound as coming_in
from models.store.ledger import history as spoken
from models.store.ledger import outdated as misleading
from models.store.ledger import prompts
from models.store.outbox import channels as reach
from models.store.outbox import deliveries, tokens
from models.store.outbox import invitations as invited
from models.store.outbox import messages as sending
from models.store.outbox import stop_sending as silence
from models.store.people import directory as former
from models.store.people import imported
from models.store.plan import calendar_sequences as sequences
from models.store.plan import lookup, plans, shifts
from models.store.privacy import forgetting, person_data, retention
from models.store.privacy import forgetting as erasing
from models.store.privacy import identity as known
from models.tables import CouncilRow


def councils(engine: Engine) -> tuple[str, ...]:
    """The keys of the councils whose timelines were applied, sorted."""
    with Session(engine) as session:
        applied = select(CouncilRow.key).where(col(CouncilRow.first_applied_at).is_not(None))
        return tuple(session.exec(applied.order_by(col(CouncilRow.key))))


@dataclass(frozen=True)
class Store:
    """What Daymark remembers of one council (its key); what comes in and goes out are the heart's own dataclasses.

    Instants are aware and given by the caller: nothing here reads a clock. A step that reads sees one snapshot; one
    that writes does all or nothing, one writer at a time. StoreError says that no timeline was applied yet.
    """

    engine: Engine
    council: str

    # The timeline
    is_empty = reads(applying.is_empty)
    apply = founds(applying.apply)
    applied = reads(applying.applied)
    timeline = reads(timelines.timeline)
    after_apply = reads(timelines.after_apply)
    after_import = reads(timelines.after_import)
    import_people = writes(importing.import_people)
    listed = reads(imported.listed)
    imported = reads(imported.stored)
    record_fact = writes(applying.record_fact)
    recorded = reads(facts.recorded)
    undo = writes(applying.undo)
    revisions = reads(revisions.revisions)

    # What the rules give
    sync = writes(plans.sync)
    asleep = reads(lookup.not_due_before)
    due_refs = reads(lookup.due_refs)
    frozen_ladders = reads(lookup.frozen_ladders)
    open_ladders = reads(open_ladders.open_ladders)
    milestone = reads(lookup.milestone)
    milestones = reads(lookup.milestones)
    occurrences = reads(lookup.occurrences)
    shifts = reads(shifts.shifts)
    find = reads(lookup.find)
    outdated = reads(misleading.outdated)
    kept = reads(sequences.kept)
    sequences = reads(sequences.sequences)

    # The ledger
    write = writes(prompts.write)
    suppress = writes(prompts.suppress)
    said = reads(spoken.said)
    waiting = reads(spoken.waiting)
    next_send_at = reads(spoken.next_send_at)
    mailed_on = reads(spoken.mailed_on)
    stood_in = reads(spoken.stood_in)
    ledger = reads(spoken.ledger)

    # The outbox
    compose = writes(sending.compose)
    outbox = reads(sending.outbox)
    anything_waiting = reads(sending.anything_waiting)
    claim = writes(sending.claim)
    release_claims = writes(sending.release_claims)
    withdraw = writes(sending.withdraw)
    finish = writes(sending.finish)
    message = reads(sending.message)
    last_composed_at = reads(spoken.last_composed_at)
    token = reads(sending.token)
    keep_tokens = writes(tokens.keep)
    generation_of = reads(tokens.generation_of)
    give_feed = writes(tokens.give_feed)
    invitations = reads(invited.invitations)
    invited_with = reads(invited.invited_with)
    moved_invitations = reads(invited.moved_invitations)
    give_up = writes(deliveries.give_up)
    delivered = writes(deliveries.delivered)
    bounced = writes(deliveries.bounced)
    message_of_reference = reads(deliveries.message_of_reference)

    # Who can be reached
    breakers = reads(reach.breakers)
    dead_ways = reads(reach.dead_ways)
    former_addresses = reads(former.former_addresses)

    # Answers
    record = writes(answers.record)
    responses = reads(answers.responses)
    gathered = reads(gathering.load_task)

    # What comes in
    heard = reads(coming_in.was_received)
    hear = writes(coming_in.record_inbound)
    hear_absence = writes(coming_in.hear_absence)
    held = reads(coming_in.held)
    left_with = reads(coming_in.left_with)
    close_held = writes(coming_in.close)

    # Drafts for the lead member
    briefings = reads(drafts.briefings)
    keep_briefings = writes(drafts.keep)
    withdraw_briefing = writes(drafts.withdraw)
    release_briefing = writes(drafts.release)
    discard_briefing = writes(drafts.discard)

    # Silence
    pause = writes(pauses.pause)
    resume = writes(pauses.resume)
    pauses = reads(pauses.stored)
    stop_sending = writes(silence.stop_sending)
    resume_sending = writes(silence.resume_sending)
    sending_stopped = reads(silence.sending_stopped)

    # Assurance
    evidence = reads(assured.evidence)
    assured_since = reads(assurances.since)
    assurance_runs = reads(assurances.runs)
    keep_assurance = writes(assurances.keep)
    put_right = writes(assurances.put_right)
    probe_sent = writes(probes.sent)
    probe_returned = writes(probes.returned)
    last_probes = reads(probes.last_probes)

    # The trail
    trail = reads(trails.trail)
    events = reads(audit.events)
    chain_end = reads(audit.chain_end)
    verify = reads(audit.verify)
    erase = writes(erasing.erase)

    # One person
    called = reads(known.called)
    held_about = reads(person_data.held_about)
    forgettable = reads(forgetting.forgettable)
    forget_person = writes(forgetting.forget_person)

    # Keeping no longer
    erase_over = writes(retention.erase_over)
    files_over = writes(retention.files_over)
    hold = writes(holding.hold)
    release_hold = writes(holding.release)
    legal_hold = reads(holding.held)
