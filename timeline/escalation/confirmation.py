"""Choose the second person: who may confirm that a task is done, who is asked to, when, and how often.

The person who did it, or who answered for that person, cannot confirm it (design, "Milestone").
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from timeline.answers.responses import Answer, AnswerRefused, Response, State
from timeline.calendar.london import DAY, in_london, london_date, london_time, start_of_day
from timeline.definitions.duties import LINE_MANAGER, Level, Mark, Rung
from timeline.definitions.people import Recipient
from timeline.escalation.audience import may_climb_to
from timeline.escalation.next_check import changes
from timeline.escalation.prompts import CONFIRM, LedgerEntry, PromptKey
from timeline.escalation.rung_times import RungTime
from timeline.escalation.task_context import TaskContext

# Asked at once, then every so many working days, so many times more; from this time on the next person too.
EVERY = 2
TIMES = 4
ALSO_THE_NEXT_FROM = 2
# A task that was sent back and is done again is asked about anew: its repeats count on.
_SAYINGS = TIMES + 1


class Asking(NamedTuple):
    """Hold a request to confirm, to a person; `repeat` counts over all rounds, as the ledger does."""

    moment: RungTime
    to: Recipient


def confirmers(task: TaskContext) -> tuple[Recipient, ...]:
    """Give the people who may confirm this task, in the order of asking: not who did it, nor who answered for them.

    They are the owner's managers up to director level, the owner's deputy, the programme lead and that post's
    managers; the chief executive last, and for class A alone. People who may not hear of it, members and people outside
    the council are left out.
    """
    people: dict[str, Recipient] = {}
    for recipient in _in_order(task):
        people.setdefault(recipient.person.key, recipient)
    did = _who_did_it(task)
    return tuple(recipient for key, recipient in people.items() if key not in did)


def confirmer(task: TaskContext) -> Recipient | None:
    """Give the first of them who is there today; None when nobody is."""
    return next(_there(task), None)


def needs_confirming(task: TaskContext) -> bool:
    """Tell whether a second person is asked once this is done; tasks due before going live need none."""
    return task.milestone.needs_second_person and task.milestone.chased and not task.is_history


def refuse_who_may_not(task: TaskContext, response: Response) -> None:
    """Refuse an answer that this person may not give about a task that is done (raises AnswerRefused).

    The person who did it may take it back, and nothing else.
    """
    if task.status.state is not State.UNCONFIRMED:
        return
    did, said_by = _who_did_it(task), {response.person, response.by} - {""}
    if response.answered_by and not response.by:
        raise AnswerRefused("A second person is somebody of this council's directory: please give that work address.")
    if said_by & did:
        if response.answer is Answer.CONFIRMED:
            raise AnswerRefused(f"Whoever did it, or recorded it, cannot confirm it. {whom_it_waits_for(task)}")
        return
    if all(recipient.person.key != response.person for recipient in confirmers(task)):
        raise AnswerRefused(f"This person cannot confirm it. {whom_it_waits_for(task)}")


def whom_it_waits_for(task: TaskContext) -> str:
    """Name the post that is asked, as a sentence."""
    asked = confirmer(task)
    if asked is None:
        return "It waits for a second person, and nobody who may confirm it is there: the programme lead can help."
    return f"It waits for the {asked.post.title} to confirm it."


def may_confirm(task: TaskContext, person: str) -> bool:
    """Tell whether this task waits, and this person may confirm it."""
    waits = task.status.state is State.UNCONFIRMED
    return waits and any(recipient.person.key == person for recipient in confirmers(task))


def is_asked_to_confirm(task: TaskContext, person: str) -> bool:
    """Tell whether this person is asked today, or was asked before, and may still confirm it."""
    first = confirmer(task)
    asked = first is not None and first.person.key == person
    return may_confirm(task, person) and (asked or any(entry.key.person == person for entry in _asked_before(task)))


def did_it(task: TaskContext, person: str) -> bool:
    """Tell whether this person did it, or recorded it for somebody."""
    return person in _who_did_it(task)


def wanted(task: TaskContext) -> tuple[RungTime, ...]:
    """List every instant at which somebody is to be asked, from the answer that it is done."""
    done = task.status.response
    if task.status.state is not State.UNCONFIRMED or done is None:
        return ()
    said_on, office, mail_at = london_date(done.at), task.office, task.council.mail_at
    later = (london_time(office.ahead(said_on, EVERY * n), mail_at) for n in range(1, TIMES + 1))
    first = task.status.returned * _SAYINGS
    return tuple(RungTime(_RUNG, first + n, at) for n, at in enumerate((in_london(done.at), *later)))


def askings(task: TaskContext, *, until: datetime) -> tuple[Asking, ...]:
    """List the requests due by then that stand in no row of the ledger, the earliest first."""
    there, rows = tuple(_there(task)), _asked_before(task)
    due = [Asking(rung_time, to) for rung_time in _due(task, until) for to in there[: _how_many(rung_time)]]
    return tuple(asking for asking in due if not any(_says(entry, task, asking) for entry in rows))


def look_again_at(task: TaskContext, *, until: datetime) -> datetime | None:
    """Give the next instant after `until` at which there may be somebody to ask; tomorrow while there is nobody."""
    due, rows = _due(task, until), {entry.key.repeat for entry in _asked_before(task) if not entry.undeliverable}
    later = [rung_time.at for rung_time in wanted(task) if rung_time.at > until]
    unasked = bool(due) and due[-1].repeat not in rows and confirmer(task) is None
    tomorrow = start_of_day(london_date(until) + DAY)
    return min([*later, *changes(task, until), *([tomorrow] if unasked else [])], default=None)


def is_of_this_round(task: TaskContext, key: PromptKey) -> bool:
    """Tell whether a prompt asks about what is done now, and not about what was sent back since."""
    return key.repeat // _SAYINGS == task.status.returned


_RUNG = Rung(key=CONFIRM, working_days=0, mark=Mark.AFTER_DUE, to=())


def _who_did_it(task: TaskContext) -> frozenset[str]:
    done = task.status.response if task.status.is_done else None
    return frozenset({done.person, done.by} - {""}) if done else frozenset()


def _in_order(task: TaskContext) -> Iterator[Recipient]:
    directory, milestone = task.timeline.directory, task.milestone
    line, lead = tuple(directory.line(milestone.owner))[1:], tuple(directory.line(task.council.programme_lead))
    owner = directory.posts.get(milestone.owner)
    posts = [*line, *([owner.deputy] if owner and owner.deputy else []), *lead]
    held = [
        recipient for post in posts if (recipient := directory.holder(post, on=task.on)) and _may_hear(task, recipient)
    ]
    yield from sorted(held, key=lambda recipient: recipient.post.level is Level.CHIEF_EXECUTIVE)


def _may_hear(task: TaskContext, recipient: Recipient) -> bool:
    below = may_climb_to(task.milestone.duty_class, LINE_MANAGER, recipient.post.level)
    return below and task.audience.hears(recipient.person.key)


def _there(task: TaskContext) -> Iterator[Recipient]:
    """Yield the people who can be asked today: neither away nor unreachable."""
    lost = {entry.key.person for entry in _asked_before(task) if entry.undeliverable}
    for recipient in confirmers(task):
        away = task.timeline.directory.away(recipient.person.key, on=task.on)
        if not away and task.audience.person_key(recipient) not in lost:
            yield recipient


def _how_many(rung_time: RungTime) -> int:
    return 2 if rung_time.repeat % _SAYINGS >= ALSO_THE_NEXT_FROM else 1


def _due(task: TaskContext, until: datetime) -> list[RungTime]:
    return [rung_time for rung_time in wanted(task) if rung_time.at <= until]


def _asked_before(task: TaskContext) -> Sequence[LedgerEntry]:
    """List what was said in this round of asking."""
    rows = (entry for entry in task.entries if entry.key.rung == CONFIRM and not entry.paused)
    return [entry for entry in rows if is_of_this_round(task, entry.key)]


def _says(entry: LedgerEntry, task: TaskContext, asking: Asking) -> bool:
    """Tell whether this row, or a later row for the same person, says it."""
    return entry.key.person == task.audience.person_key(asking.to) and entry.key.repeat >= asking.moment.repeat
