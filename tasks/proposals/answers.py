"""Propose an answer on behalf of somebody, and a message to ourselves that tries the way out."""

from datetime import datetime

from config.channels import MAIL
from tasks.assurance.probes import try_mail
from tasks.changes.record import Refused
from tasks.council.answers import ON_BEHALF, Given, foreseen, record_response
from tasks.council.run import CouncilRun
from tasks.processes.wake_notify import wake_notify
from tasks.proposals.offers import Choice
from tasks.proposals.proposal import Done, Proposal
from timeline.answers.responses import AT_ONCE, SECOND_PERSONS, Answer
from timeline.calendar.wording import short_date


def answering(run: CouncilRun, ref: str, given: Given, *, entered_by: str) -> Proposal:
    """Propose to record what somebody said of a task. Raises AnswerRefused, Refused.

    The audit names who said it, for whom, and who entered it. Whoever entered that a task is done may not enter that a
    second person confirms it.
    """
    directory = run.timeline.directory
    sayer = directory.people[given.by or given.person]
    entered = f"entered by {entered_by}"
    _refuse_own_confirmation(run, ref, given.answer, entered)
    meant = Given(
        person=given.person,
        answer=given.answer,
        via=ON_BEHALF,
        evidence=given.evidence,
        text=given.text,
        answered_by=f"{sayer.name}, {entered}",
        delegated_to=given.delegated_to,
        by=sayer.key,
    )
    expected = foreseen(run.store, run.settings, ref, meant, at=run.at)

    def make(_who: str, at: datetime) -> Done:
        recorded = record_response(run.store, run.settings, ref, meant, at=at)
        if meant.answer in AT_ONCE and not recorded.already:
            wake_notify(run.settings)
        return Done((f"{recorded.heading}.", *recorded.sentences), already=recorded.already)

    title = next((choice.text for choice in tasks(run) if choice.value == ref), ref)
    for_whom = f" for {directory.people[given.person].name}" if sayer.key != given.person else ""
    return Proposal(
        says=(f"{title}: {sayer.name} says{for_whom}: {_WORDS[given.answer]}.",),
        notes=expected.sentences,
        already=" ".join((f"{expected.heading}.", *expected.sentences)) if expected.already else "",
        make=make,
    )


_WORDS = {
    Answer.ACKNOWLEDGED: "I have this",
    Answer.DONE: "it is done",
    Answer.HELP: "I need help",
    Answer.DECLINED: "this is not mine",
    Answer.DELEGATED: "somebody else will do this",
    Answer.CONFIRMED: "I confirm that it is done",
    Answer.RETURNED: "it is not done yet",
}


def _refuse_own_confirmation(run: CouncilRun, ref: str, answer: Answer, entered: str) -> None:
    task = run.task_context(ref)
    done = task.status.response if task and answer in SECOND_PERSONS else None
    if done and done.answered_by.endswith(entered):
        raise Refused("Whoever entered that it is done cannot enter its confirmation: ask the second person to answer.")


def tasks(run: CouncilRun) -> tuple[Choice, ...]:
    """Offer the tasks about which somebody is asked, by date."""
    chased = (each for each in run.store.plan.milestones() if each.chased)
    milestones = [(each.due_on, each.ref, each.title) for each in chased if each.due_on]
    return tuple(Choice(ref, f"{short_date(on)}: {title} ({ref})") for on, ref, title in sorted(milestones))


def trying_mail(run: CouncilRun) -> Proposal:
    """Propose one message to ourselves by mail, now."""
    last = run.store.assurance.last_probes().get(MAIL)

    def make(_who: str, at: datetime) -> Done:
        return Done((try_mail(CouncilRun(run.store, run.settings, at)).told,))

    return Proposal(
        says=(f"One message goes to {run.settings.mail_address} by mail, and to nobody else.",),
        stands_on=f"{last.sent_at if last else ''}",
        make=make,
    )
