"""Record every answer of an officer once, by whatever way it comes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from config.settings import Settings
from models.store import LoadedTask, OutgoingNotice, SaidEnd, Store
from tasks.council.said_of_records import SaidOfRecords, said_of_records
from timeline.answers.acceptance import accept
from timeline.answers.inbound import Inbound
from timeline.answers.responses import SECOND_PERSONS, Answer, AnswerRefused, Given, Response, State
from timeline.definitions.absences import ended_by_answer
from timeline.delivery.messages import TokenClaims
from timeline.escalation import confirmation
from timeline.escalation.answer_prompts import delegation_prompt, help_prompt, returned_prompt
from timeline.escalation.held import owed
from timeline.escalation.ladder import decide
from timeline.escalation.later_clock import task_now
from timeline.escalation.next_check import next_check_at, next_reminder_at
from timeline.escalation.prompts import Prompt
from timeline.escalation.task_context import TaskContext
from timeline.letters.absence import back_sentence
from timeline.letters.asking.recorded import recorded
from timeline.letters.page_views import Recorded
from timeline.planning.endings.council_end import ended_because

ON_BEHALF = "command line"
"""The way of an answer that somebody at the machine gives for another person, who need not be there."""
# More than can race for a milestone: whoever loses reads again what the winner wrote.
_TRIES = 100
# Longer than an answer can wait for its turn. An answer still later than that was written by a clock that was ahead.
_IN_TURN = timedelta(minutes=15)


Receipt = Callable[[TaskContext, Recorded], OutgoingNotice]
"""Writes the receipt for whoever answered, from the task as it stands then and what was recorded."""


def record_response(
    store: Store,
    settings: Settings,
    ref: str,
    given: Given,
    *,
    at: datetime,
    inbound: Inbound | None = None,
    receipt: Receipt | None = None,
    gathered: LoadedTask | None = None,
    judged: TaskContext | None = None,
) -> Recorded:
    """Record an answer about the milestone `ref` and give what follows; the same answer again changes nothing.

    Answers count in the order in which they are recorded: one given at `at` that waited for its turn is judged on those
    recorded meanwhile, and bears the instant of the last of them, so that no older answer undoes a newer.
    `gathered` is the task as the caller has just read it, `judged` the same as it stands `at`: it is read again only if
    somebody else was faster.
    `inbound`, the message that brought the answer, and the `receipt` for it are kept in the same transaction. Raises
    AnswerRefused with a sentence for whoever answered (then nothing is kept), and AlreadyReceived when that message
    came in before.
    """
    for _ in range(_TRIES):
        loaded = gathered or store.definitions.load_task(ref, settings.working_hours)
        judgement = _judge(store, loaded, ref, given, at=at, judged=judged)
        recorded = _try(store, judgement, inbound=inbound, receipt=receipt)
        if recorded:
            return recorded
        gathered = judged = None
    raise AnswerRefused("Many people are answering this at the same moment; please try again.")


def foreseen(store: Store, settings: Settings, ref: str, given: Given, *, at: datetime) -> Recorded:
    """Give what would follow from an answer, and record nothing. Raises AnswerRefused."""
    loaded = store.definitions.load_task(ref, settings.working_hours)
    return _judge(store, loaded, ref, given, at=at).recorded(())


def _try(store: Store, judged: "_Judged", *, inbound: Inbound | None, receipt: Receipt | None) -> Recorded | None:
    """Record the answer as it was judged; None when somebody else answered in between."""
    now, after, response, expected = judged.now, judged.after, judged.response, judged.expected
    ends = _ends(now, response)
    recorded = judged.recorded(ends)
    if after is None:
        _keep_the_same(store, judged, ends, inbound, receipt(now, recorded) if receipt else None)
        return recorded
    is_first = store.inbound.record_response(
        response,
        expected=expected,
        climb=_climbs(after, response, expected),
        next_rung_at=_looked_at_again(after),
        state=after.status.state,
        inbound=inbound,
        notice=receipt(after, recorded) if inbound and receipt else None,
        ends=ends,
        updates=judged.said.updates,
    )
    return recorded if is_first else None


@dataclass(frozen=True)
class _Judged:
    """Hold the task as it stands, as it would stand after the answer (None: the same answer again), the answer, how
    many were given before, and what it adds to records of the programme.
    """

    now: TaskContext
    after: TaskContext | None
    response: Response
    expected: int
    said: SaidOfRecords

    def recorded(self, ends: Sequence[SaidEnd]) -> Recorded:
        """Say what is recorded of the answer, and what follows."""
        task = self.after or self.now
        response = self.response if self.after else _stood(self.now, self.response)
        confirmed = recorded(task, response, next_at=next_reminder_at(task), already=self.after is None)
        back = tuple(back_sentence(said.end, on=task.on) for said in ends)
        return replace(confirmed, sentences=(*confirmed.sentences, *self.said.sentences, *back))


def _judge(
    store: Store,
    gathered: LoadedTask | None,
    ref: str,
    given: Given,
    *,
    at: datetime,
    judged: TaskContext | None = None,
) -> _Judged:
    """Judge an answer on the task as it stands. Raises AnswerRefused."""
    if gathered is None:
        raise AnswerRefused(f"There is no task “{ref}”.")
    timeline, stored, entries = gathered
    if because := ended_because(timeline, at=at):
        raise AnswerRefused(f"{because} Nothing was recorded here: answer there.")
    # The store records only what was decided on all answers there are, so this instant holds inside its transaction.
    at = _in_turn(at, stored.responses)
    as_judged = judged if judged and judged.at == at else None
    now = as_judged or task_now(timeline, stored.milestone, entries, stored.responses, at=at)
    said = said_of_records(store, now, given)
    response = _response(now, said.given)
    _may_be_given(now, response)
    if accept(stored.milestone, response, now.status) is None:
        return _Judged(now, None, response, len(stored.responses), said)
    after = task_now(timeline, stored.milestone, entries, [*stored.responses, response], at=at)
    return _Judged(now, after, response, len(stored.responses), said)


def _keep_the_same(
    store: Store, judged: _Judged, ends: Sequence[SaidEnd], inbound: Inbound | None, notice: OutgoingNotice | None
) -> None:
    """Keep of the same answer again only its message, what it adds to records, and what it says of days away."""
    at = judged.now.at
    if inbound:
        store.inbound.record(inbound, notice=notice, updates=judged.said.updates)
    else:
        for update in judged.said.updates:
            store.programmes.update(update, at=at)
    for said in ends:
        store.inbound.end_absence(said, at=at)


def _in_turn(at: datetime, recorded: Sequence[Response]) -> datetime:
    """Give the instant of an answer: not before those that were recorded while it waited."""
    return max([at, *(response.at for response in recorded if response.at - at <= _IN_TURN)])


def _stood(now: TaskContext, response: Response) -> Response:
    """Give the earlier response when the same answer is given again."""
    if response.answer is Answer.TAKEN_BACK:
        return now.status.took_back or response
    said = now.status.confirmed if response.answer is Answer.CONFIRMED else now.status.response
    return said or response


def _response(now: TaskContext, given: Given) -> Response:
    milestone, typed = now.milestone, given.answered_by.strip()
    if milestone.due_on is None:
        raise AnswerRefused(f"This task has no date yet: it waits for {', '.join(milestone.waits_for)}.")
    return Response(
        milestone=milestone.ref,
        due_on=milestone.due_on,
        person=given.person,
        answer=given.answer,
        at=now.at,
        via=given.via,
        evidence=given.evidence.strip(),
        text=given.text.strip(),
        answered_by=typed,
        delegated_to=given.delegated_to,
        by=given.by or now.timeline.directory.called(typed),
        to_confirm=given.answer is Answer.DONE and confirmation.needs_confirming(now),
    )


def _may_be_given(now: TaskContext, response: Response) -> None:
    """Raise AnswerRefused unless a new owner is another post holder who may hear of it, and a confirmer a second
    person.
    """
    if response.answer in SECOND_PERSONS:
        confirmation.refuse_who_may_not(now, response)
    to, council = response.delegated_to, now.council.name
    if response.answer is not Answer.DELEGATED or not to:
        return
    if to == response.person:
        raise AnswerRefused("You cannot pass a task on to yourself: please say who else will do it.")
    if now.audience.stands_for(to) is None:
        raise AnswerRefused(f"This task cannot be passed on to that person: expected somebody in post at {council}.")


def _climbs(after: TaskContext, response: Response, before: int) -> tuple[Prompt, ...]:
    if after.status.state is State.UNCONFIRMED:
        return decide(after, until=after.at).prompts
    if response.answer is Answer.DELEGATED:
        return delegation_prompt(after, response, repeat=before)
    if response.answer is Answer.RETURNED:
        return returned_prompt(after, response, repeat=before)
    if response.answer not in (Answer.HELP, Answer.DECLINED):
        return ()
    return help_prompt(after, response, repeat=before)


def _looked_at_again(after: TaskContext) -> datetime | None:
    if after.status.state is State.UNCONFIRMED:
        return decide(after, until=after.at).next_check_at
    return next_check_at(after, until=after.at) if owed(after) else None


def _ends(now: TaskContext, response: Response) -> tuple[SaidEnd, ...]:
    """Give the absences that an answer ends: whoever answers is there, whatever an out-of-office note said."""
    by = response.by or ("" if response.answered_by else response.person)
    if response.via == ON_BEHALF:
        return ()
    ends = ended_by_answer(now.timeline.directory.known_absences, by, on=now.on)
    return tuple(SaidEnd(end, via=response.via, who=by) for end in ends)


def whose(claims: TokenClaims, answer: Answer) -> str:
    """Give the person whose answer it is: the person asked, but for a confirmation always the reader."""
    return claims.reader if answer in SECOND_PERSONS else claims.person
