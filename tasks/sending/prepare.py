"""What is to leave: chooses the way of each prompt that waits, and makes messages of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tasks.council.run import LEASE, CouncilRun
from tasks.director.briefings import of_message, why_not_sent
from tasks.sending.compose import compose
from tasks.sending.invitations import invitations, keep_organizer, tell_calendars
from timeline.calendar.london import london_date
from timeline.delivery.contact_methods import LONGEST_REST, ContactMethod, Reachability, contact_method
from timeline.delivery.messages import (
    BRIEFING,
    Message,
    MessageGroup,
    MessageState,
    PendingPrompt,
    grouped,
    is_out_of_date,
    superseded_here,
)
from timeline.delivery.suppression import REASSIGNED, may_be_said_later, suppression_reason
from timeline.escalation.task_context import TaskContext
from timeline.ical.invitations import Invitation


@dataclass(frozen=True)
class Prepared:
    """What was made of the prompts that waited: how many no longer held, the people who cannot be reached, and the
    tasks (references) that are somebody else's by now.
    """

    suppressed: int = 0
    unreached: frozenset[str] = frozenset()
    reassigned: frozenset[str] = frozenset()


def prepare_messages(council_run: CouncilRun) -> Prepared:
    """Groups what waits into messages, each prompt by the way that stands open for it."""
    store, at = council_run.store, council_run.at
    prompts = store.waiting(at=at)
    if not council_run.is_working_time:
        prompts = tuple(pending for pending in prompts if pending.prompt.urgent)
    tasks = council_run.task_contexts(prompts)
    reasons = {pending.id: suppression_reason(tasks[pending.id], pending.prompt) for pending in prompts}
    holding = [pending for pending in prompts if not reasons[pending.id]]
    reasons |= {pending.id: "A later reminder says it." for pending in superseded_here(holding)}
    for reason in {reason for reason in reasons.values() if reason}:
        gone = [id_ for id_, why in reasons.items() if why == reason]
        paused = [id_ for id_ in gone if may_be_said_later(tasks[id_], reason)]
        store.suppress(paused, reason=reason, at=at, paused=True)
        store.suppress([id_ for id_ in gone if id_ not in paused], reason=reason, at=at)
    holding = [pending for pending in prompts if not reasons[pending.id]]
    unreached = _compose_all(council_run, holding, tasks)
    tell_calendars(council_run)
    reassigned = (pending.milestone.ref for pending in prompts if reasons[pending.id] == REASSIGNED)
    return Prepared(len(prompts) - len(holding), unreached, frozenset(reassigned))


def _compose_all(
    council_run: CouncilRun, holding: Sequence[PendingPrompt], tasks: Mapping[int, TaskContext]
) -> frozenset[str]:
    """Gives the people for whom no way is left."""
    reachability = council_run.reachability() if holding else Reachability({})
    found = {
        pending.id: contact_method(pending.prompt, tasks[pending.id], reachability, tried=pending.tried)
        for pending in holding
    }
    ways = {id_: method for id_, method in found.items() if method}
    lost = [pending for pending in holding if pending.id not in ways]
    if lost:
        council_run.store.give_up([pending.id for pending in lost], at=council_run.at)
    mailed = council_run.store.mailed_on(london_date(council_run.at))
    going = [pending for pending in holding if pending.id in ways]
    invited = invitations(council_run, going, tasks, ways)
    entries = {id_: invitation.entry.uid for id_, invitation in invited.items()}
    for group in grouped(going, mailed=mailed, ways=ways, entries=entries):
        _compose(council_run, group, tasks, invited)
    return frozenset(pending.prompt.deliver_to for pending in lost)


def alternative_methods(council_run: CouncilRun, message: Message, *, gone: bool) -> tuple[int, ...]:
    """Of the prompts of a message that has failed for good, those (ids) that can leave by another way."""
    failed = ContactMethod(message.deliver_to, message.channel)
    told = council_run.store.waiting(at=council_run.at, message=message.key)
    reachability, tasks = council_run.reachability(), council_run.task_contexts(told)
    reachability = replace(reachability, dead=reachability.dead | {failed}) if gone else reachability
    return tuple(
        pending.id
        for pending in told
        if contact_method(pending.prompt, tasks[pending.id], reachability, tried=(*pending.tried, str(failed)))
        is not None
    )


def _compose(
    council_run: CouncilRun, group: MessageGroup, tasks: Mapping[int, TaskContext], invited: Mapping[int, Invitation]
) -> None:
    person = council_run.timeline.directory.people[group.deliver_to]
    invitation = next((invited[pending.id] for pending in group.prompts if pending.id in invited), None)
    message = compose(group, tasks, person, council_run.settings, invitation=invitation)
    if invitation:
        keep_organizer(council_run, group.deliver_to, invitation)
    # Another worker may have taken one of the prompts meanwhile: then it is said there, and the rest next time.
    council_run.store.compose(message, token_hashes=council_run.hashes(message), at=council_run.at)


def withdraw(council_run: CouncilRun) -> None:
    """Takes back what is about to leave late and is no longer true, and what waits for a way that is closed."""
    store, at = council_run.store, council_run.at
    reachability = council_run.reachability()
    for message in store.outbox(at=at, lease=LEASE):
        its_way = ContactMethod(message.deliver_to, message.channel)
        closed = its_way in reachability.dead or message.channel not in reachability.outlets
        if message.state is MessageState.WAITING:
            reason = "It has no way out." if closed else _why_not(council_run, message)
            if reason:
                store.withdraw(message.key, reason=reason, at=at)
                _with_its_draft(council_run, message, reason)
        elif message.channel not in reachability.outlets:
            _leave_be(council_run, message)
        elif its_way in reachability.dead:
            address = reachability.outlets[message.channel].address(
                council_run.timeline.directory.people[message.deliver_to]
            )
            store.bounced(message.key, at=at, why="The address was dead by then.", address=address)
    _let_urgent_ones_go(council_run, reachability)


def _with_its_draft(council_run: CouncilRun, message: Message, reason: str) -> None:
    """A briefing that was released and could not leave is none: its draft is made anew when it is wanted again."""
    briefing = of_message(council_run.store, message) if message.kind == BRIEFING else None
    if briefing:
        council_run.store.withdraw_briefing(briefing, why=reason, at=council_run.at)


def _leave_be(council_run: CouncilRun, message: Message) -> None:
    """It may have arrived by a channel that is no longer set up: nobody can repeat it there."""
    if council_run.store.claim(message.key, at=council_run.at, lease=LEASE):
        council_run.store.finish(
            message.key,
            at=council_run.at,
            outcome="uncertain",
            stage="",
            code=None,
            enhanced=None,
            text="Its channel is no longer set up.",
            message_id="",
            next_attempt_at=None,
            gone=False,
            settled=True,
        )


def _why_not(council_run: CouncilRun, message: Message) -> str:
    if is_out_of_date(message, at=council_run.at):
        return "It was written for another day."
    if message.kind == BRIEFING:
        return why_not_sent(council_run.store, council_run.settings, message, at=council_run.at)
    told = council_run.store.waiting(at=council_run.at, message=message.key)
    tasks = council_run.task_contexts(told)
    if any(suppression_reason(tasks[pending.id], pending.prompt) for pending in told):
        return "Part of it no longer held."
    return ""


def _let_urgent_ones_go(council_run: CouncilRun, reachability: Reachability) -> None:
    """What is urgent does not wait for a channel that rests, if there is another way."""
    soon = council_run.store.outbox(at=council_run.at + LONGEST_REST, lease=LEASE) if reachability.resting else ()
    for message in soon:
        if message.state is MessageState.WAITING and message.channel in reachability.resting:
            told = council_run.store.waiting(at=council_run.at, message=message.key)
            urgent = [pending for pending in told if pending.prompt.urgent]
            tasks = council_run.task_contexts(urgent)
            ways = (
                contact_method(pending.prompt, tasks[pending.id], reachability, tried=pending.tried)
                for pending in urgent
            )
            if any(method and method.channel not in reachability.resting for method in ways):
                council_run.store.withdraw(
                    message.key, reason="It is urgent, and its channel rests.", at=council_run.at
                )
