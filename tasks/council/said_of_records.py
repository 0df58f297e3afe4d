"""Read in an answer what it adds to records of the programme: the figures that its task asks for."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from models.store import Store
from tasks.council.programme import told_programme
from timeline.answers.given import Given
from timeline.answers.responses import Answer, AnswerRefused
from timeline.calendar.london import london_date
from timeline.escalation.task_context import TaskContext
from timeline.programme.asked.figures import Figure, ReadFigures, figures_asked, read_figures
from timeline.programme.measures import Value
from timeline.programme.refusal import refusal
from timeline.programme.updates import RecordUpdate

_WITH_FIGURES = (Answer.ACKNOWLEDGED, Answer.DONE)


@dataclass(frozen=True)
class SaidOfRecords:
    """Hold the answer as it is recorded, what it adds to records, and the sentences that say so."""

    given: Given
    updates: tuple[RecordUpdate, ...] = ()
    sentences: tuple[str, ...] = ()


def said_of_records(store: Store, now: TaskContext, given: Given) -> SaidOfRecords:
    """Read an answer to a task that asks for figures; any other stays as it is.

    A call for help or a refusal of the task is never read for figures: it counts whatever else its words say. Raise
    AnswerRefused where a figure cannot be read: then nothing is recorded.
    """
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
