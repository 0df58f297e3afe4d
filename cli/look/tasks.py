"""The stored milestones that the commands of this wing read, each with its task context as of now."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from cli.council import NotUsable
from config.settings import settings
from models.store import Store
from timeline.calendar.wording import iso_date
from timeline.definitions.refs import is_task, occurrence_of
from timeline.escalation.later_clock import task_now
from timeline.escalation.rag import Rated, agreed, rate
from timeline.escalation.task_context import TaskContext


@dataclass(frozen=True)
class Line:
    """One milestone as `list` and `show` print it."""

    task: TaskContext
    rated: Rated

    @property
    def ref(self) -> str:
        return self.task.milestone.ref

    def as_object(self) -> dict[str, object]:
        """Return the JSON object of the design ("JSON. … `list`")."""
        milestone, directory = self.task.milestone, self.task.timeline.directory
        holder = directory.holder(milestone.owner, on=self.task.on)
        return {
            "ref": milestone.ref,
            "title": milestone.title,
            "class": milestone.duty_class.value,
            "legal_on": iso_date(milestone.legal_on),
            "due_on": iso_date(milestone.due_on),
            "state": self.task.status.state.value,
            "rag": self.rated.rag.value,
            "rag_why": self.rated.why,
            "post": milestone.owner,
            "owner": holder.person.name if holder else None,
        }


def lines(store: Store, *, at: datetime, prefix: str = "") -> Iterator[Line]:
    """List every stored milestone whose ref begins with `prefix`, by date; those that wait for a date come last."""
    timeline = store.definitions.timeline(settings().working_hours)
    # A task's colour may hang on another of its occurrence: the committee has decided, or not.
    milestones = store.plan.milestones(occurrence_of(prefix) if is_task(prefix) else prefix)
    refs = frozenset(milestone.ref for milestone in milestones)
    entries, responses = store.ledger.entries(refs=refs), store.inbound.responses(refs=refs)
    tasks = [
        task_now(timeline, milestone, entries.get(milestone.ref, ()), responses.get(milestone.ref, ()), at=at)
        for milestone in sorted(milestones, key=lambda milestone: (milestone.due_on or date.max, milestone.ref))
    ]
    decided = agreed(tasks)
    for task in tasks:
        if task.milestone.ref.startswith(prefix):
            is_agreed = (task.milestone.obligation, task.milestone.number) in decided
            yield Line(task, _rated(task, is_agreed))


def _rated(task: TaskContext, is_agreed: bool) -> Rated:
    """Rate the task; add the pause to the reason where it holds anything up. A pause changes no colour."""
    rated, pause = rate(task, agreed=is_agreed), task.held_up_by
    return rated._replace(why=f"{rated.why} {pause.sentence}") if pause else rated


def referred(store: Store, ref: str) -> tuple[str, ...]:
    """Return the refs of the milestones that REF names: a single milestone, or all of an occurrence.

    A unique prefix will do. Raise NotUsable.
    """
    refs = store.plan.find(f"{ref}/") or store.plan.find(ref)
    tasks = tuple(ref for ref in refs if is_task(ref))
    if not tasks:
        raise NotUsable(f"Nothing is called “{ref}”; expected such as “plo-panel/2/papers” (see daymark list).")
    if len(set(map(occurrence_of, tasks))) == 1:
        return tasks
    shown = ", ".join(tasks[:6]) + (", …" if len(tasks) > 6 else "")
    raise NotUsable(f"“{ref}” could be {len(tasks)} tasks ({shown}); expected more of its name.")


def single_ref(store: Store, ref: str) -> str:
    """Return the ref of the only milestone that REF names. Raise NotUsable."""
    refs = referred(store, ref)
    if len(refs) > 1:
        raise NotUsable(f"“{ref}” has several tasks ({', '.join(refs)}); expected one of them.")
    return refs[0]
