"""Propose an answer on behalf of somebody, and a message to ourselves that tries the way out."""

from datetime import datetime

from config.channels import MAIL
from tasks.assurance.probes import try_mail
from tasks.changes.record import Refused
from tasks.council.answers import ON_BEHALF, foreseen, record_response
from tasks.council.kept_work import work_now
from tasks.council.run import CouncilRun
from tasks.processes.wake_notify import wake_notify
from tasks.proposals.proposal import Done, Proposal
from timeline.answers.responses import AT_ONCE, SECOND_PERSONS, Answer, Given, State
from timeline.calendar.london import london_date
from timeline.calendar.wording import short_date
from timeline.planning.occurrences import Milestone
from timeline.steering.filters import Choice
from timeline.steering.narrowing import Asked, narrowed, shown_of
from timeline.steering.task_lines import task_lines


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

    stored = run.store.plan.milestone(ref)
    title = named(stored.milestone) if stored else ref
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


def tasks(run: CouncilRun, asked: Asked, *, also: str = "") -> tuple[Choice, ...]:
    """Offer the tasks that are still to be done and are asked for, by date, and the task with the reference `also`.

    Those that were due before going live are among them: whether they were done is still asked. Raises NotOffered.
    """
    on = london_date(run.at)
    wanted = narrowed(run.timeline, asked, on=on)
    lines = tuple(task_lines(work_now(run.store, run.settings, run.at).tasks))
    unsettled = (line for line in lines if line.task.milestone.chased and line.task.status.state is not State.DONE)
    listed = {line.ref for line in shown_of(filter(wanted.is_about, unsettled), wanted, on)}
    return tuple(Choice(line.ref, named(line.task.milestone)) for line in lines if line.ref in {*listed, also})


def named(milestone: Milestone) -> str:
    """Name a task as a list of a form does."""
    day = f"{short_date(milestone.due_on)}: " if milestone.due_on else ""
    return f"{day}{milestone.title} ({milestone.ref})"


def trying_mail(run: CouncilRun) -> Proposal:
    """Propose a message to ourselves by mail, now."""
    last = run.store.assurance.last_probes().get(MAIL)

    def make(_who: str, at: datetime) -> Done:
        return Done((try_mail(CouncilRun(run.store, run.settings, at)).told,))

    return Proposal(
        says=(f"One message goes to {run.settings.mail_address} by mail, and to nobody else.",),
        stands_on=f"{last.sent_at if last else ''}",
        make=make,
    )
