"""Make messages of the prompts that wait: read what bears on them, ask the decision, write down what it says."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from tasks.council.run import CouncilRun
from tasks.sending.compose import compose
from tasks.sending.handing import TOGETHER
from tasks.sending.invitations import invitations, keep_organizer, tell_calendars
from timeline.calendar.london import london_date
from timeline.delivery.decide import (
    SUPERSEDED,
    DeliveryDecision,
    PendingSituation,
    Suppressed,
    decide_delivery,
    may_leave_now,
)
from timeline.delivery.message_groups import MessageGroup, portions
from timeline.delivery.messages import Message, PendingPrompt
from timeline.ical.invitations import Invitation


@dataclass(frozen=True)
class _Gathered:
    """Tell what the decision sees, and the invitations that its prompts (by id) would carry."""

    situation: PendingSituation
    invitations: Mapping[int, Invitation] = field(default_factory=dict)


_AT_A_TIME = 500
"""How many prompts are read at a time, with all that bears on them: some ten thousand may wait."""


def prepare_messages(council_run: CouncilRun) -> DeliveryDecision:
    """Compose the messages that may leave now, and give what was decided about all others."""
    store, at, decided = council_run.store, council_run.at, DeliveryDecision()
    waiting = store.ledger.waiting(at=at)
    # Before any is composed: a deputy who gets the mail of somebody else today still gets their own.
    mailed = store.ledger.mailed_on(london_date(at)) if waiting else frozenset()
    for readers in portions(waiting, most=_AT_A_TIME):
        decided = decided.without_groups(_prepare(council_run, readers, mailed))
    tell_calendars(council_run)
    return decided


def _prepare(council_run: CouncilRun, readers: Collection[str], mailed: frozenset[str]) -> DeliveryDecision:
    waiting = council_run.store.ledger.pending(at=council_run.at, readers=readers)
    prompts = may_leave_now(waiting, is_working_time=council_run.is_working_time)
    if not prompts:
        return DeliveryDecision()
    gathered = _gather(council_run, prompts, mailed)
    decision = decide_delivery(gathered.situation)
    _write(council_run, decision, gathered)
    return decision


def _gather(council_run: CouncilRun, prompts: Sequence[PendingPrompt], mailed: frozenset[str]) -> _Gathered:
    tasks = council_run.task_contexts(prompts)
    invited = invitations(council_run, prompts, tasks)
    situation = PendingSituation(
        prompts=prompts,
        tasks=tasks,
        reachability=council_run.reachability(),
        mailed=mailed,
        entries={id_: invitation.entry.uid for id_, invitation in invited.items()},
    )
    return _Gathered(situation, invited)


def _write(council_run: CouncilRun, decision: DeliveryDecision, gathered: _Gathered) -> None:
    """Suppress first: a suppressed prompt has its task looked at again before anything leaves."""
    store, at = council_run.store, council_run.at
    for (reason, passes), same in _by_reason(decision.suppressed):
        store.ledger.suppress([each.pending.id for each in same], reason=reason, at=at, paused=passes)
    if decision.superseded:
        store.ledger.suppress([pending.id for pending in decision.superseded], reason=SUPERSEDED, at=at)
    if decision.given_up:
        store.outbox.give_up([pending.id for pending in decision.given_up], at=at)
    for start in range(0, len(decision.groups), TOGETHER):
        some = decision.groups[start : start + TOGETHER]
        # Another worker may have taken a prompt of a message meanwhile: then that worker sends it, and the rest leaves
        # with the next run.
        council_run.put_all_in_outbox(_composed(council_run, group, gathered) for group in some)


def _by_reason(suppressed: Sequence[Suppressed]) -> Iterable[tuple[tuple[str, bool], Iterable[Suppressed]]]:
    def reason(each: Suppressed) -> tuple[str, bool]:
        return each.reason, each.passes

    return groupby(sorted(suppressed, key=reason), key=reason)


def _composed(council_run: CouncilRun, group: MessageGroup, gathered: _Gathered) -> Message:
    person = council_run.timeline.directory.people[group.deliver_to]
    carried = group.calendar_prompt
    invitation = gathered.invitations[carried] if carried is not None else None
    message = compose(group, gathered.situation.tasks, person, council_run.settings, invitation=invitation)
    if invitation:
        keep_organizer(council_run, group.deliver_to, invitation)
    return message
