"""Word the card that stands in place of another: how a task stands now, all tasks of a message, or why nothing is
asked.
"""

from collections.abc import Sequence
from typing import NamedTuple

from timeline.answers.responses import LEAVES, Answer
from timeline.definitions.council import Council
from timeline.definitions.people import Person
from timeline.escalation.task_context import TaskContext
from timeline.letters.bot_cards.buttons import Bound, Choice, back, for_one, for_several, refreshed_by
from timeline.letters.bot_cards.parts import (
    LARGEST,
    Part,
    adaptive,
    fitting,
    heading,
    octets,
    plain,
    rich,
    run,
    sentence,
    text_line,
)
from timeline.letters.page_views import DeadLink, Recorded, TaskView

_NO_LONGER = "Nothing is asked here any more"
_WHY = {
    "unknown": "This card has been replaced by a newer one.",
    "moved": "The date it was for has moved. A newer card or mail asks about the new date.",
    "expired": "This card has been replaced by a newer one.",
    "reassigned": "The task has been passed to somebody else. You do not need to do anything.",
    "closed": "The task is finished. You do not need to do anything.",
    "ended": "The council that it was from has ended.",
}
_LENGTHS = (2_000, 400, 100)
_SENTENCE = 400


def in_confidence() -> DeadLink:
    """Say no more than that the task is in confidence, to a person of its card who may not hear of it for now."""
    return DeadLink("closed", ("This is in confidence for now. You do not need to do anything here.",))


class Shown(NamedTuple):
    """Hold a task of a message with several: its number, how it stands (or why nothing is asked), and its buttons."""

    number: int
    stands: TaskView | DeadLink
    bound: Bound


def others_for(task: TaskContext, reader: str) -> tuple[Choice, ...]:
    """List the people who can be asked in the reader's place: staff in post who may hear of the task."""
    people = sorted(task.timeline.directory.people.values(), key=lambda person: person.name)
    return tuple(choice for person in people if person.key != reader and (choice := _choice(task, person)))


def _choice(task: TaskContext, person: Person) -> Choice | None:
    stands = task.audience.stands_for(person.key)
    return Choice(person.key, f"{person.name}, {stands.post.title}") if stands else None


def task_card(view: TaskView, bound: Bound, *, recorded: Recorded | None = None, others: Sequence[Choice] = ()) -> Part:
    """Build the card of a task as it stands, below what was just recorded, with the answers that are left."""
    for longest in _LENGTHS:
        body = [heading(view.programme_name, view.council_name), *_stand(view, recorded, longest)]
        left = _left(view)
        body += for_one(left, bound, others)
        part = adaptive(view.programme_name, [*body, *_back(bound)]) | refreshed_by(bound)
        if octets(part) <= LARGEST:
            break
    return part


def recorded_card(view: TaskView, bound: Bound, recorded: Recorded) -> Part:
    """Build the card of a task that is with somebody else after the answer."""
    body = [heading(view.programme_name, view.council_name), _title(view, 300), *_recorded(recorded, _SENTENCE)]
    return adaptive(view.programme_name, [*body, *_back(bound)])


def gone_card(council: Council, bound: Bound, dead: DeadLink) -> Part:
    """Build the card that says kindly why nothing is asked any more."""
    body = [heading(council.programme, council.name), rich(run(_NO_LONGER, weight="Bolder"))]
    body += [text_line(plain(line, _SENTENCE)) for line in gone_sentences(dead)]
    return adaptive(council.programme, [*body, *_back(bound)])


def gone_sentences(dead: DeadLink) -> tuple[str, ...]:
    """Say why nothing is asked any more."""
    return dead.sentences or (_WHY[dead.reason],)


def tasks_card(council: Council, tasks: Sequence[Shown]) -> Part:
    """Build the card of all tasks of a message as they stand; with too many the last are left out."""

    def showing(number: int) -> Part:
        parts = [part for task in tasks[:number] for part in _one_of_several(task)]
        rest = [text_line(f"… and {len(tasks) - number} more: your mails have them.")] if number < len(tasks) else []
        return adaptive(council.programme, [heading(council.programme, council.name), *parts, *rest])

    return fitting(showing, least=0, most=len(tasks))


def _one_of_several(task: Shown) -> list[Part]:
    number, view = f"{task.number}.", task.stands
    if isinstance(view, DeadLink):
        why = plain(" ".join(gone_sentences(view)), 300)
        return [rich(run(f"{number} ", weight="Bolder"), run(why), separator=True)]
    title = rich(run(f"{number} {plain(view.title, 120)}", weight="Bolder"), separator=True)
    stands = text_line(plain(view.state_phrase or sentence(view.due_phrase), 200))
    left = _left(view)
    return [title, stands, *([for_several(left, task.bound, f" {task.number}")] if left else [])]


def _stand(view: TaskView, recorded: Recorded | None, longest: int) -> list[Part]:
    told = (
        _recorded(recorded, longest)
        if recorded
        else [text_line(plain(view.state_phrase, longest))]
        if view.state_phrase
        else []
    )
    facts = (("When:", sentence(view.due_phrase)), ("What:", view.asks), ("Shown by:", view.evidence))
    lines = [rich(run(f"{label} ", weight="Bolder"), run(plain(words, longest))) for label, words in facts if words]
    why = [text_line(plain(" ".join(view.brief), longest), quiet=True)] if view.brief else []
    return [_title(view, min(longest, 300)), *told, *lines, *why]


def _title(view: TaskView, longest: int) -> Part:
    return rich(run(plain(view.title, longest), weight="Bolder"), separator=True)


def _recorded(recorded: Recorded, longest: int) -> list[Part]:
    again = ["It stood so already."] if recorded.already else []
    lines = [text_line(plain(line, longest)) for line in (*again, *recorded.sentences, recorded.said) if line]
    return [rich(run(f"{plain(recorded.heading, 200)}.", weight="Bolder", color="Good")), *lines]


def _left(view: TaskView) -> list[Answer]:
    """List the answers that would say anything new, and last that the present answer is taken back."""
    undo = [Answer.TAKEN_BACK] if view.takes_back else []
    return [*(answer for answer in view.choices if _is_left(answer, view)), *undo]


def _is_left(answer: Answer, view: TaskView) -> bool:
    """Tell whether the answer would say anything new; passing a task on always does."""
    return answer in (Answer.DELEGATED, Answer.RETURNED) or LEAVES[answer] is not view.state


def _back(bound: Bound) -> list[Part]:
    return [back(bound)] if bound.of else []
