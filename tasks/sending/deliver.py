"""Sends what waits: checks that each prompt still holds, makes messages of them, and sends each once.

A row stands before every send and is finished after it, so that a crash at any statement loses nothing.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from config.settings import Settings
from models.store import Store
from tasks.council.ledger import gather
from tasks.council.run import LEASE, House
from tasks.sending.notices import tell_of_unreached, tell_who_is_back
from tasks.sending.outbox import Attempt, ends_at, send_all
from tasks.sending.pacing import next_attempt_at
from tasks.sending.prepare import make_messages, withdraw
from timeline.calendar.bank_holidays import in_working_time
from timeline.delivery.messages import Message, answers_somebody
from timeline.escalation.day import decide_day

__all__ = ["Attempt", "Sent", "deliver", "next_attempt_at", "send_outbox", "summary"]

# A prompt that fails on one way leaves by the next in the same run: the person's ways, then the deputy's.
_ROUNDS = 6


@dataclass(frozen=True)
class Sent:
    """What one run of `notify` did: the messages it tried, and how many prompts no longer held."""

    messages: tuple[Attempt, ...] = ()
    suppressed: int = 0
    silent_because: str = ""


def deliver(store: Store, settings: Settings, *, at: datetime) -> Sent:
    """Sends everything that may leave at `at`; outside working time only what is urgent."""
    stopped = store.sending_stopped()
    if stopped:
        return Sent(silent_because=f"Sending is stopped by {stopped.who}: {stopped.reason}.")
    house, until = House(store, settings, at), ends_at()
    withdraw(house)
    tell_who_is_back(house)
    tried: list[Attempt] = []
    suppressed, unreached = 0, set[str]()
    for _ in range(_ROUNDS):
        made = make_messages(house)
        suppressed += made.suppressed
        now_tried = _send(house, until)
        tried += now_tried
        unreached |= made.unreached | {one.person for one in now_tried if one.lost}
        moved_on = say_to_others(house, made.reassigned) if made.reassigned else 0
        if not moved_on and not any(one.rerouted for one in now_tried):
            break
    tell_of_unreached(house, unreached)
    return Sent(tuple(tried), suppressed)


def send_outbox(store: Store, settings: Settings, *, at: datetime) -> tuple[Attempt, ...]:
    """Sends what is composed already, a receipt perhaps, and makes no messages; nothing while sending is stopped."""
    if store.sending_stopped():
        return ()
    house = House(store, settings, at)
    withdraw(house)
    return _send(house, ends_at())


def _send(house: House, until: float) -> tuple[Attempt, ...]:
    outgoing = house.store.outbox(at=house.at, lease=LEASE)
    return send_all(house, [one for one in outgoing if _leaves(house, one)], until=until)


def _leaves(house: House, message: Message) -> bool:
    """Outside working time only what was written outside it (that is urgent), and what answers somebody."""
    if house.is_working_time or answers_somebody(message):
        return True
    if not message.prompts:
        return False
    timeline = house.timeline
    office = timeline.as_known(at=house.at).calendars.office
    return not in_working_time(message.composed_at, office, timeline.hours)


def summary(sent: Sent) -> str:
    """What a run did, as a sentence for the administrators."""
    if sent.silent_because:
        return sent.silent_because
    outcomes = Counter(one.outcome for one in sent.messages)
    parts = [f"{number} {outcome}" for outcome, number in sorted(outcomes.items())]
    parts += [f"{sent.suppressed} no longer held"] if sent.suppressed else []
    return f"Messages: {', '.join(parts)}." if parts else "Nothing was waiting."


def say_to_others(house: House, refs: Collection[str]) -> int:
    """Decides at once about tasks whose person has gone away or left since the morning; counts new prompts."""
    duties = frozenset(ref.partition("/")[0] for ref in refs)
    decision = decide_day(gather(house.store, duties, at=house.at), obligations=duties, at=house.at)
    about = tuple(one for one in decision.decisions if one.milestone.ref in refs)
    return house.store.write(about, at=house.at)
