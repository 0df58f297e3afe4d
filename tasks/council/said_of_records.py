"""Read in an answer what it adds to records of the programme: the figures, or how actions stand, as its task asks."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from models.store import Store
from tasks.council.programme import told_programme
from timeline.answers.responses import Answer, AnswerRefused, Given
from timeline.calendar.london import london_date
from timeline.escalation.task_context import TaskContext
from timeline.programme.actions import Progress, Update
from timeline.programme.asked.figures import Figure, ReadFigures, figures_asked, read_figures
from timeline.programme.asked.own_actions import actions_asked, answer_of, read_for, sentences
from timeline.programme.asked.stands import HOW, ReadStands, Stands
from timeline.programme.measures import Value
from timeline.programme.refusal import refusal
from timeline.programme.updates import RecordUpdate

_LONGEST_EVIDENCE = 500
_WITH_FIGURES = (Answer.ACKNOWLEDGED, Answer.DONE)


@dataclass(frozen=True)
class SaidOfRecords:
    """Hold the answer as it is recorded, what it adds to records, and the sentences that say so."""

    given: Given
    updates: tuple[RecordUpdate, ...] = ()
    sentences: tuple[str, ...] = ()


def said_of_records(store: Store, now: TaskContext, given: Given) -> SaidOfRecords:
    """Read an answer to a task that asks for figures, or how actions stand; any other stays as it is.

    A call for help or a refusal of the task is never read for figures: it counts whatever else its words say. Raise
    AnswerRefused where a figure cannot be read: then nothing is recorded.
    """
    if now.milestone.asks_owner:
        return _of_actions(store, now, given)
    asked = figures_asked(now) if given.answer in _WITH_FIGURES else ()
    if not asked:
        return SaidOfRecords(given)
    read = read_figures(given.text, asked)
    if read.faults:
        raise AnswerRefused(" ".join(sentence for _, sentence in read.faults))
    who = given.by or given.person
    updates = [_update(now, figure, who) for figure in read.figures]
    _refuse(store, now, updates)
    is_evidence = given.answer is Answer.DONE and not given.evidence.strip() and not now.status.is_done
    evidenced = replace(given, evidence=read.words) if is_evidence and not read.missing(asked) else given
    missing = ", ".join(figure.title for figure in read.missing(asked))
    return SaidOfRecords(evidenced, tuple(updates), tuple(_sentences(read, missing)))


def _update(now: TaskContext, figure: Figure, who: str) -> RecordUpdate:
    source = f"the answer to “{now.milestone.title}”"
    value = Value(on=now.on, by=now.milestone.owner, number=figure.number, source=source)
    return RecordUpdate(record=f"measures.{figure.asked.key}", part=value, at=now.at, who=who)


def _refuse(store: Store, now: TaskContext, updates: Sequence[RecordUpdate]) -> None:
    """Raise AnswerRefused where a record is gone, or its programme may not be told."""
    programme = told_programme(store, at=now.at) if updates else None
    for update in updates:
        fault = refusal(programme, update.record, update.part, on=london_date(now.at)) if programme else ""
        if programme is None or fault:
            raise AnswerRefused(fault or "The programme may not be told yet, so nothing was recorded.")


def _sentences(read: ReadFigures, missing: str) -> list[str]:
    told = [f"Recorded as values: {read.words}."] if read.figures else []
    told += [f"“{line}” is no figure that this task asks for, so it was not recorded as one." for line in read.foreign]
    return [*told, f"Not given: {missing}."] if missing and (read.figures or read.foreign) else told


def _of_actions(store: Store, now: TaskContext, given: Given) -> SaidOfRecords:
    """Read how the owner's actions stand. A call for help without a line for each is about all of them."""
    if given.answer not in (*_WITH_FIGURES, Answer.HELP):
        return SaidOfRecords(given)
    read = read_for(now, given.text, composed=True)
    if given.answer is Answer.HELP and (read is None or read.unclear):
        why = " ".join(given.text.split())
        said = (Stands(action.number, Progress.NEEDS_HELP, why) for action in actions_asked(now))
        read = ReadStands(said=tuple(said))
    if read is None or read.unclear:
        if given.answer is Answer.DONE and not now.status.is_done:
            raise AnswerRefused(f"Please say how each action stands. {HOW}")
        return SaidOfRecords(given)
    if not now.status.is_done:
        given = replace(given, answer=answer_of(now, read))
    updates = [_of_action(now, each, given.by or given.person) for each in read.said]
    _refuse_actions(store, now, updates)
    lines = "; ".join(each.line for each in read.said)[:_LONGEST_EVIDENCE]
    is_evidence = given.answer is Answer.DONE and not now.status.is_done and not given.evidence.strip()
    evidenced = replace(given, evidence=lines) if is_evidence else given
    return SaidOfRecords(evidenced, tuple(updates), sentences(now, read))


def _of_action(now: TaskContext, said: Stands, who: str) -> RecordUpdate:
    action = next(each for each in actions_asked(now) if each.number == said.number)
    part = Update(on=now.on, by=action.owner, progress=said.progress, expected_on=said.expected_on, why=said.why)
    return RecordUpdate(record=f"actions.{action.key}", part=part, at=now.at, who=who)


def _refuse_actions(store: Store, now: TaskContext, updates: Sequence[RecordUpdate]) -> None:
    """Raise AnswerRefused for an action that is gone, and for "done" without what shows it.

    A reason that is owed for "slipping" is asked for in the receipt: what a digit says is not lost for want of words.
    """
    for update in updates:
        owes = isinstance(update.part, Update) and update.part.progress is not Progress.DONE
        spoken = replace(update.part, why="-") if owes and isinstance(update.part, Update) else update.part
        _refuse(store, now, [replace(update, part=spoken)])
