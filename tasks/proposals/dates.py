"""Propose to record a date, to move an occurrence or say that it was held or cancelled, and to take a change back."""

from dataclasses import replace
from datetime import datetime

from models.store import Revision, RevisionKind
from tasks.changes import record as changing
from tasks.changes.record import Refused
from tasks.council.run import CouncilRun
from tasks.proposals.proposal import Done, Make, Proposal, nothing
from timeline.calendar.london import in_london
from timeline.calendar.wording import long_date, plain_name
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.facts import Fact
from timeline.forecast.changes import counted
from timeline.planning.reading_facts import as_meant, could_mean, drives_nothing
from timeline.planning.rescheduling import AGREED, MOVED, days

RECORDED = "This is recorded already: nothing changes."


def recording(run: CouncilRun, fact: Fact, *, kind: RevisionKind = RevisionKind.RECORD) -> Proposal:
    """Propose to record a fact, or a move. What is known since now is known since its confirmation. Raises Refused."""
    store, given = run.store, run.settings
    titles = {occurrence.ref: f"{occurrence.title} ({occurrence.ref})" for occurrence in store.plan.occurrences()}
    fact, named = as_meant(fact, run.timeline), fact
    changing.refuse(fact, run.timeline, list(titles))
    known = changing.is_known(fact, run.timeline)
    changes = () if known else changing.fact_changes(store, fact, given, at=run.at)
    doubts = () if known else changing.doubts(fact, run.timeline)

    def make(who: str, at: datetime) -> Done:
        # What was seen before midnight and confirmed after it is known since the confirmation.
        confirmed = replace(fact, known_at=at) if fact.known_at == run.at else fact
        done = changing.record(store, confirmed, given, at=at, who=who, kind=kind)
        return Done((counted(changes),)) if done else Done((RECORDED,), already=True)

    says = _said(fact, titles.get(fact.occurrence or "", fact.occurrence or ""))
    already = RECORDED if known else ""
    if not known and fact.occurrence != named.occurrence:
        doubts = (*doubts, _taken(fact, run.timeline))
    if not known and drives_nothing(fact.name, run.timeline):
        doubts = (*doubts, f"No date and no task counts from “{plain_name(fact.name)}”: it is kept, and moves nothing.")
    notes = (*doubts, counted(changes))
    return Proposal(says=(says,), changes=changes, notes=notes, doubts=doubts, already=already, make=make)


def as_agreed(fact: Fact, agreed_with: str, where: str) -> Fact:
    """Give the agreement in place of a move, where somebody outside agreed to it. Raise Refused."""
    if not (agreed_with.strip() or where.strip()):
        return fact
    if not (agreed_with.strip() and where.strip()):
        raise Refused("What was agreed needs both: with whom it was agreed, and where that is written.")
    if fact.name != MOVED:
        raise Refused("Only another day can be agreed; leave empty with whom and where.")
    source = "; ".join(filter(None, (where.strip(), fact.source.strip())))
    return replace(fact, name=AGREED, who=agreed_with.strip(), source=source)


def undoing(run: CouncilRun, number: int) -> Proposal:
    """Propose to take back the last change, by its number. Raises Refused, StoreError."""
    store, given = run.store, run.settings
    meant = next((each for each in store.changes.revisions() if each.number == number), None)
    if meant is None:
        raise Refused(f"There is no change {number} to take back.")
    if meant.taken_back:
        return Proposal(says=(in_words(meant),), already="This is taken back already: nothing changes.", make=nothing)
    after = store.changes.timeline_after_undo(at=run.at, of=number)
    if after is None:
        nothing_left = f"Nothing is stored for {run.timeline.council.name} any more then but its audit chain."
        return Proposal(says=(in_words(meant),), risks=(nothing_left,), make=_undo(run, number))
    changes = changing.differences(store, given, after, at=run.at)
    return Proposal(says=(in_words(meant),), changes=changes, notes=(counted(changes),), make=_undo(run, number))


def _undo(run: CouncilRun, number: int) -> Make:
    def make(who: str, at: datetime) -> Done:
        taken, changes = changing.undo(run.store, run.settings, at=at, who=who, of=number)
        return Done((f"Taken back: {in_words(taken)}.", *((counted(changes),) if changes else ())))

    return make


def in_words(revision: Revision) -> str:
    """Say which change it is, such as "Record of Thursday 14 November 2019, 09:12, by … (…)"."""
    at = in_london(revision.at)
    source = f" ({revision.source})" if revision.source else ""
    return f"{revision.what.capitalize()} of {long_date(at.date())}, {at:%H:%M}, by {revision.who}{source}"


def _taken(fact: Fact, timeline: CouncilTimeline) -> str:
    """Say which occurrence was taken to be meant."""
    newest = ", the newest" if len(could_mean(fact, timeline)) > 1 else ""
    return f"“{plain_name(fact.name)}” names no occurrence: it is taken for {fact.occurrence}{newest}."


def _said(fact: Fact, about: str) -> str:
    when = days(fact.on, fact.until or fact.on)
    match fact.name:
        case "moved":
            return f"{about} is moved to {when}."
        case "agreed_day":
            return f"{about}: {when} was agreed with {fact.who}. The legal date stays."
        case "held":
            return f"{about} took place on {when}."
        case "cancelled":
            return f"{about} is cancelled."
    name = plain_name(fact.name)
    return f"{about}, {name}: {when}." if about else f"{name.capitalize()}: {when}."
