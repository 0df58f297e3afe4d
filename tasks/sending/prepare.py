"""Make messages of the prompts that wait: read what bears on them, ask the decision, write down what it says."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from tasks.council.run import CouncilRun
from tasks.sending.compose import compose
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
from timeline.delivery.message_groups import MessageGroup
from timeline.delivery.messages import PendingPrompt
from timeline.ical.invitations import Invitation


@dataclass(frozen=True)
class _Gathered:
    """Tell what the decision sees, and the invitations that its prompts (by id) would carry."""

    situation: PendingSituation
    invitations: Mapping[int, Invitation] = field(default_factory=dict)


def prepare_messages(council_run: CouncilRun) -> DeliveryDecision:
    """Compose the messages that may leave now, and give the decision that was carried out."""
    waiting = council_run.store.ledger.pending(at=council_run.at)
    prompts = may_leave_now(waiting, is_working_time=council_run.is_working_time)
    decision = DeliveryDecision()
    if prompts:
        gathered = _gather(council_run, prompts)
        decision = decide_delivery(gathered.situation)
        _write(council_run, decision, gathered)
    tell_calendars(council_run)
    return decision


def _gather(council_run: CouncilRun, prompts: Sequence[PendingPrompt]) -> _Gathered:
    tasks = council_run.task_contexts(prompts)
    invited = invitations(council_run, prompts, tasks)
    situation = PendingSituation(
        prompts=prompts,
        tasks=tasks,
        reachability=council_run.reachability(),
        mailed=council_run.store.ledger.mailed_on(london_date(council_run.at)),
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
    for group in decision.groups:
        _compose(council_run, group, gathered)


def _by_reason(suppressed: Sequence[Suppressed]) -> Iterable[tuple[tuple[str, bool], Iterable[Suppressed]]]:
    def reason(each: Suppressed) -> tuple[str, bool]:
        return each.reason, each.passes

    return groupby(sorted(suppressed, key=reason), key=reason)


def _compose(council_run: CouncilRun, group: MessageGroup, gathered: _Gathered) -> None:
    person = council_run.timeline.directory.people[group.deliver_to]
    carried = group.calendar_prompt
    invitation = gathered.invitations[carried] if carried is not None else None
    message = compose(group, gathered.situation.tasks, person, council_run.settings, invitation=invitation)
    if invitation:
        keep_organizer(council_run, group.deliver_to, invitation)
    # Another worker may have taken one of the prompts meanwhile: then that worker sends it, and the rest leaves with
    # the next run.
    council_run.put_in_outbox(message)
