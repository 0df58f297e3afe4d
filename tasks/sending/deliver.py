"""Send what waits: check that each prompt still holds, make messages of them, and send each once.

A row stands before every send and is finished after it, so that a crash at any statement loses nothing.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from config.settings import Settings
from models.store import Store
from tasks.council.key import note_key, refuse_another_key
from tasks.council.ledger import gather
from tasks.council.run import LEASE, CouncilRun
from tasks.sending.handing import Attempt, settle_left
from tasks.sending.notices import tell_of_unreached, tell_who_is_back
from tasks.sending.pacing import ends_at, next_attempt_at
from tasks.sending.prepare import prepare_messages
from tasks.sending.withdraw import withdraw
from timeline.calendar.working_hours import in_working_time
from timeline.definitions.refs import duty_of
from timeline.delivery.messages import Outgoing, answers_somebody
from timeline.escalation.day import decide_day
from timeline.escalation.quiet import brief

__all__ = ["Attempt", "Sent", "deliver", "next_attempt_at", "send_outbox", "summary"]

# A prompt that fails leaves by its next contact method in the same run: the person's methods, then the deputy's.
_ROUNDS = 6


@dataclass(frozen=True)
class Sent:
    """Tell what a run of `notify` did: the messages it tried, and how many prompts no longer held."""

    messages: tuple[Attempt, ...] = ()
    suppressed: int = 0
    # Prefect keeps it: so no typed name, and no typed reason.
    silent_because: str = ""


def deliver(store: Store, settings: Settings, *, at: datetime) -> Sent:
    """Send everything that may leave at `at`; outside working time only what is urgent."""
    settle_left(store, at=at)
    stopped = store.outbox.stopped()
    if stopped:
        return Sent(silent_because=" ".join(brief(stopped)))
    refuse_another_key(store, settings)
    council_run, until = _begin(store, settings, at), ends_at()
    if anew := withdraw(council_run):
        say_to_others(council_run, anew)
    tell_who_is_back(council_run)
    tried: list[Attempt] = []
    suppressed, unreached = 0, dict[str, Attempt | None]()
    for _ in range(_ROUNDS):
        made = prepare_messages(council_run)
        suppressed += len(made.suppressed) + len(made.superseded)
        now_tried = _send(council_run, until)
        tried += now_tried
        unreached |= {person: unreached.get(person) for person in made.unreached}
        unreached |= {attempt.person: attempt for attempt in now_tried if attempt.lost}
        moved_on = say_to_others(council_run, made.reassigned) if made.reassigned else 0
        if not moved_on and not any(attempt.rerouted for attempt in now_tried):
            break
    tell_of_unreached(council_run, unreached)
    return Sent(tuple(tried), suppressed)


def send_outbox(store: Store, settings: Settings, *, at: datetime) -> tuple[Attempt, ...]:
    """Send what is composed already, a receipt perhaps, and make no messages; nothing while sending is stopped."""
    settle_left(store, at=at)
    if store.outbox.stopped():
        return ()
    refuse_another_key(store, settings)
    council_run = _begin(store, settings, at)
    withdraw(council_run)
    return _send(council_run, ends_at())


def _begin(store: Store, settings: Settings, at: datetime) -> CouncilRun:
    return CouncilRun(store, settings, at, last_pause=store.outbox.last_pause())


def _send(council_run: CouncilRun, until: float) -> tuple[Attempt, ...]:
    outgoing = council_run.store.outbox.queue(at=council_run.at, lease=LEASE)
    if not outgoing:
        return ()
    note_key(council_run.store, council_run.settings)
    # All channels together take half a second to import, and most runs of a day send nothing.
    from tasks.sending.outbox import send_all

    return send_all(council_run, [message for message in outgoing if _leaves(council_run, message)], until=until)


def _leaves(council_run: CouncilRun, message: Outgoing) -> bool:
    """Tell whether a message may leave; outside working time only if it is urgent (written outside it) or answers
    somebody.
    """
    if council_run.is_working_time or answers_somebody(message):
        return True
    if not message.prompts:
        return False
    timeline = council_run.timeline
    office = timeline.as_known(at=council_run.at).calendars.office
    return not in_working_time(message.composed_at, office, timeline.hours)


def summary(sent: Sent) -> str:
    """Say in a sentence for the administrators what a run did."""
    if sent.silent_because:
        return sent.silent_because
    outcomes = Counter(attempt.outcome for attempt in sent.messages)
    parts = [f"{number} {outcome}" for outcome, number in sorted(outcomes.items())]
    parts += [f"{sent.suppressed} no longer held"] if sent.suppressed else []
    return f"Messages: {', '.join(parts)}." if parts else "Nothing was waiting."


def say_to_others(council_run: CouncilRun, refs: Collection[str]) -> int:
    """Decide at once about tasks whose person has gone away or left since the morning, or whose message a later clock
    wrote; give how many prompts are new.
    """
    duties = frozenset(map(duty_of, refs))
    decision = decide_day(gather(council_run.store, duties, at=council_run.at), obligations=duties, at=council_run.at)
    about = tuple(decided for decided in decision.decisions if decided.milestone.ref in refs)
    return council_run.store.ledger.write(about, at=council_run.at)
