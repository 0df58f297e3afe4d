"""Decide about the prompts that wait: which leave now and in which messages, and why the others do not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from timeline.delivery.contact_methods import ContactMethod, Reachability, contact_method
from timeline.delivery.message_groups import MessageGroup, grouped, superseded_here
from timeline.delivery.messages import PendingPrompt
from timeline.delivery.suppression import REASSIGNED, may_be_said_later, suppression_reason
from timeline.escalation.prompts import SHADOW
from timeline.escalation.task_context import TaskContext

SUPERSEDED = "A later reminder says it."


@dataclass(frozen=True, kw_only=True)
class PendingSituation:
    """Hold everything that the decision sees: the prompts that may leave now, and what bears on them.

    `tasks` are the task contexts of the prompts, by id. `mailed` are the people who had today's message. `entries` are
    the calendar entries (uid) that the prompts bring their readers when they leave by mail, by id.
    """

    prompts: Sequence[PendingPrompt]
    tasks: Mapping[int, TaskContext]
    reachability: Reachability
    mailed: frozenset[str] = frozenset()
    entries: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Suppressed:
    """Hold a prompt that must not leave, and the reason as a sentence. `passes`: it may be written again later."""

    pending: PendingPrompt
    reason: str
    passes: bool = False


@dataclass(frozen=True, kw_only=True)
class DeliveryDecision:
    """Hold what becomes of each prompt; those in none of these fields wait for the next working day.

    `superseded` are repeated by a later rung that waits too. `given_up` can be delivered to nobody. `groups` leave now,
    one message each.
    """

    suppressed: tuple[Suppressed, ...] = ()
    superseded: tuple[PendingPrompt, ...] = ()
    given_up: tuple[PendingPrompt, ...] = ()
    groups: tuple[MessageGroup, ...] = ()

    def without_groups(self, other: "DeliveryDecision") -> "DeliveryDecision":
        """Join it with the decision about other prompts, and leave out what was composed."""
        return DeliveryDecision(
            suppressed=self.suppressed + other.suppressed,
            superseded=self.superseded + other.superseded,
            given_up=self.given_up + other.given_up,
        )

    @property
    def unreached(self) -> frozenset[str]:
        """Give the people (keys of the directory) who cannot be reached."""
        return frozenset(pending.prompt.deliver_to for pending in self.given_up)

    @property
    def reassigned(self) -> frozenset[str]:
        """Give the tasks (references) that are somebody else's by now."""
        return frozenset(each.pending.milestone.ref for each in self.suppressed if each.reason == REASSIGNED)


def may_leave_now(prompts: Sequence[PendingPrompt], *, is_working_time: bool) -> tuple[PendingPrompt, ...]:
    """Leave out, outside working time, all prompts that are not urgent."""
    return tuple(pending for pending in prompts if is_working_time or pending.prompt.urgent)


def decide_delivery(situation: PendingSituation) -> DeliveryDecision:
    """Decide in four steps.

    1. Suppress the prompts that no longer hold.
    2. Of those that hold, leave out the ones that a later rung repeats.
    3. Choose the contact method of each; give up those for which nobody can be reached.
    4. Group the rest into messages, one scheduled message a person a working day.
    """
    suppressed = _suppressed(situation)
    gone = {each.pending.id for each in suppressed}
    holding = [pending for pending in situation.prompts if pending.id not in gone]
    superseded = superseded_here(holding)
    gone |= {pending.id for pending in superseded}
    leaving = [pending for pending in holding if pending.id not in gone]
    methods = _methods(leaving, situation)
    return DeliveryDecision(
        suppressed=suppressed,
        superseded=superseded,
        given_up=tuple(pending for pending in leaving if pending.id not in methods),
        groups=grouped(
            (pending for pending in leaving if pending.id in methods),
            mailed=situation.mailed,
            methods=methods,
            entries=_carried_entries(leaving, methods, situation),
        ),
    )


def _suppressed(situation: PendingSituation) -> tuple[Suppressed, ...]:
    reasons = (
        (pending, suppression_reason(situation.tasks[pending.id], pending.prompt)) for pending in situation.prompts
    )
    return tuple(
        Suppressed(pending, reason, passes=may_be_said_later(situation.tasks[pending.id], reason))
        for pending, reason in reasons
        if reason
    )


def _methods(leaving: Sequence[PendingPrompt], situation: PendingSituation) -> dict[int, ContactMethod]:
    tasks, reachability = situation.tasks, situation.reachability
    methods = (
        (pending.id, contact_method(pending.prompt, tasks[pending.id], reachability, tried=pending.tried))
        for pending in leaving
    )
    return {id_: method for id_, method in methods if method}


def _carried_entries(
    leaving: Sequence[PendingPrompt], methods: Mapping[int, ContactMethod], situation: PendingSituation
) -> dict[int, str]:
    """Give the calendar entries that leave: only by mail, only to the person meant, and in no copy of a trial run."""
    channels = situation.reachability.outlets
    return {
        pending.id: situation.entries[pending.id]
        for pending in leaving
        if pending.id in situation.entries
        and pending.id in methods
        and channels[methods[pending.id].channel].carries_entries
        and methods[pending.id].person == pending.prompt.deliver_to
        and not pending.prompt.key.person.startswith(SHADOW)
    }
