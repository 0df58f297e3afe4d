"""Gather what the decision of a statutory flow sees, and write down what it decided."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from sqlalchemy import Engine

from config.settings import Settings, settings
from models.store import Store, councils, open_engine
from tasks import clock
from tasks.council.half_restored import refuse_half_restored
from tasks.council.sight import in_sight
from timeline.answers.responses import all_answers_now
from timeline.calendar.london import end_of_day
from timeline.escalation.corrections import corrections, gone
from timeline.escalation.day import DayDecision, Situation, to_decide
from timeline.escalation.ladder import Decision
from timeline.escalation.later_clock import all_entries_now, task_now


def correct(store: Store, *, at: datetime, obligations: Collection[str] | None = None) -> int:
    """Write the corrections due at `at`, of these duties or of all, and give how many are new.

    A second time, or beside another worker, it writes nothing: a prompt that the ledger holds is not written again.
    """
    outdateds = store.ledger.outdated(obligations)
    if not outdateds:
        return 0
    refs = frozenset(outdated.milestone.ref for outdated in outdateds)
    entries, responses = store.ledger.entries(refs=refs), store.inbound.responses(refs=refs)
    timeline = store.definitions.timeline(settings().working_hours)
    decisions = []
    for outdated in outdateds:
        milestone = gone(outdated.milestone) if outdated.gone else outdated.milestone
        ref = milestone.ref
        on = task_now(timeline, milestone, entries.get(ref, ()), responses.get(ref, ()), at=at)
        prompts = corrections(on)
        if prompts:
            # The next flow looks at it again, because the ladder was not decided here.
            decisions.append(Decision(milestone, on.status, prompts, next_check_at=at))
    return store.ledger.write(decisions, at=at) if decisions else 0


def engine(database_url: str) -> Engine:
    """Open a database, and create its tables where there are none. Raise HalfRestored, StoreError."""
    refuse_half_restored(settings().home)
    return _opened(database_url)


@lru_cache(maxsize=4)
def _opened(database_url: str) -> Engine:
    # Asked anew each time: a replay moves the clock.
    return open_engine(database_url, clock=lambda: clock.now())


def stores(given: Settings | None = None) -> Iterator[Store]:
    """Give the store of every council in the database that is in sight here."""
    database = engine((given or settings()).database_url)
    return (Store(database, council) for council in councils(database) if in_sight(council))


def gather(store: Store, obligations: frozenset[str], *, at: datetime) -> Situation:
    """Gather everything that a decision about these duties sees; of tasks that rest only their dates, and nothing of
    duties that rest.
    """
    timeline, made_of, awake = store.definitions.look(settings().working_hours, obligations, at=at)
    situation = Situation(timeline=timeline, at_rest=obligations - awake, made_of=made_of)
    if not awake:
        return situation
    due = store.plan.due_refs(awake, until=end_of_day(at), at=at)
    not_due = {ref: due_on for ref, due_on in store.plan.dates(awake).items() if ref not in due}
    refs = to_decide(timeline, not_due, obligations=awake, at=at)
    if not refs:
        return replace(situation, not_due=not_due)
    return replace(
        situation,
        entries=all_entries_now(store.ledger.entries(refs=refs), at=at),
        responses=all_answers_now(store.inbound.responses(refs=refs), at=at),
        ladders=store.plan.frozen_ladders(refs),
        not_due=not_due,
    )


_AT_ONCE = 500
"""How many tasks share a transaction: with ten thousand, that would hold every row of them at once."""


def write(store: Store, decision: DayDecision) -> int:
    """Write the planned occurrences, the corrections that they call for, and the prompts; give how many prompts are
    new.

    A second time it writes nothing, and after a crash what is missing.
    """
    if decision.obligations:
        store.definitions.lay_out(decision)
    # Before the rungs: whoever is told of a move is not asked about the new date at the same instant.
    corrected = correct(store, at=decision.at)
    decided = (decision.decisions[start : start + _AT_ONCE] for start in range(0, len(decision.decisions), _AT_ONCE))
    return corrected + sum(store.ledger.write(some, at=decision.at) for some in decided)
