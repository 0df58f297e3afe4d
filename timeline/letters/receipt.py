"""Word the receipt for an answer by mail: what was recorded, or why nothing was, and always a link."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from timeline.answers.responses import Answer
from timeline.calendar.wording import near_date
from timeline.definitions.council import Council
from timeline.escalation.task_context import TaskContext
from timeline.letters.page_views import DeadLink, DeadReason, MessageTask, Recorded
from timeline.letters.phrases import NO_NAMES, shown_as
from timeline.letters.reminder import due_phrase

SAYS_DONE = "Says it is done; evidence is asked for."
"""The recorded text when somebody wrote "done" and showed no evidence."""
ASKS_EVIDENCE = (
    "You wrote that it is done. To record that, we need a link or a reference that shows it: "
    "reply with “done” and the link, or use the page."
)
WORDS_HELD_BACK = (
    "Your words look as if they name a child, a family or a case, so they were not passed on. "
    "Please say it again without, on the page."
)
FIRST_LINE_ONLY = "Only the first line of your mail was read. Whatever else you want to say, say it on the page."
FIRST_LINE_AND_FIGURES = (
    "Only the first line of your mail and its figures were read. Whatever else you want to say, say it on the page."
)

RECORDED_BEFORE = "Your answer to this task was recorded."

NOT_CLEAR = "Your answer came in, and we could not tell what it means. Nothing was recorded; a person will read it."
NOT_PROVED = "An answer came in under your name, and we could not prove that you sent it. Nothing was recorded."
NOT_ASKED = "Somebody else answered a mail that was for you. Nothing was recorded."
WHICH_TASK = (
    "Our mail speaks of several tasks, so nothing was recorded. Please say which, such as “2 yes” or “all yes”, "
    "or use the page."
)
NO_SUCH_TASK = "Our mail has no task with that number. Nothing was recorded."
NOT_THIS_TIME = (
    "You declined the invitation, so we take it that you cannot make this time. The task and its date stand. "
    "If it is not yours, or you need help, please say so."
)
NOTHING_ASKED = "The mail that you answered asks for nothing, so nothing was recorded. A person will read your words."
A_REACTION = "Your reaction to our mail came in. It answers nothing, because anybody may read it in several ways."

SAME_LINK = "If something changes, use this link:"

ABOUT_ANOTHER_DATE = "you ask for another date"
ABOUT_NOT_CLEAR = "please answer once more"
ABOUT_NOT_PROVED = "was this answer yours?"
ABOUT_NOT_ASKED = "somebody else answered our mail to you"
ABOUT_NOT_THIS_TIME = "you cannot make this time"

_DEAD: dict[DeadReason, str] = {
    "moved": "The date has moved since that {ours}, so your answer to the old date was not recorded.",
    "reassigned": "This task is with somebody else now, so your answer was not recorded.",
    "closed": "Nobody is asked for this any more, so your answer was not recorded.",
    "ended": "The council that asked has ended, so your answer was not recorded; it is kept for the programme team.",
    "unknown": "We could not find what your {theirs} answers, so it was not recorded.",
}


@dataclass(frozen=True, kw_only=True)
class ReceiptView:
    """Hold a short mail: `sentences`, then the links of `tasks`, then `closing`.

    A task without a title links to a page of several tasks.
    """

    programme_name: str
    council_name: str
    greeting_name: str
    sentences: tuple[str, ...]
    tasks: tuple[MessageTask, ...] = ()
    closing: tuple[str, ...] = (NO_NAMES,)
    ref: str = ""


def recorded_sentences(task: TaskContext, recorded: Recorded, *, to: str, more: Sequence[str] = ()) -> tuple[str, ...]:
    """Say what was recorded and what follows, to a person (a key of the directory) who may not be the person asked."""
    said = (recorded.said,) if recorded.said and task.audience.stands_for(to) else ()
    return (f"{recorded.heading}: {title(task, to)}.", *said, *recorded.sentences, *more)


def title(task: TaskContext, person: str) -> str:
    """Name the task, if this person may hear of it now."""
    return shown_as(task) if task.audience.stands_for(person) else "the task in that mail"


def task_line(task: TaskContext, person: str, url: str, *, number: int = 1) -> MessageTask:
    """Make a line with the task's link; it names the task and its date only if this person may hear of them now."""
    if task.audience.stands_for(person) is None:
        return MessageTask(number, "", "", url)
    return MessageTask(number, shown_as(task), due_phrase(task), url)


def dead_sentences(dead: DeadLink, *, ours: str = "mail") -> tuple[str, ...]:
    """Say why an answer to an old mail (or card: `ours`) was not recorded, and what is true now."""
    theirs = "mail" if ours == "mail" else "message"
    return (_DEAD[dead.reason].format(ours=ours, theirs=theirs), *dead.sentences)


def subject(council: Council, what: str) -> str:
    return f"{council.programme}: {what}"


def another_date(lead: str) -> str:
    """Answer a wish for another date."""
    return f"You ask for another date. The {lead} reads your words and decides; until you hear more, the date stands."


def heading(answer: Answer) -> str:
    """Give a receipt's subject."""
    return {
        Answer.ACKNOWLEDGED: "recorded, you have this",
        Answer.DONE: "recorded as done",
        Answer.CONFIRMED: "recorded, confirmed",
        Answer.RETURNED: "recorded, not done yet",
        Answer.HELP: "recorded, you need help",
        Answer.DECLINED: "recorded, this is not yours",
        Answer.DELEGATED: "recorded, passed on",
        Answer.TAKEN_BACK: "recorded, taken back",
    }[answer]


def stand_in_sentences(name: str, *, until_on: date, on: date, tasks: int) -> tuple[str, ...]:
    """Tell a deputy that they stand in; never why the person is away."""
    these = "This task is" if tasks == 1 else "These tasks are"
    return (
        f"{name} is away until {near_date(until_on, on=on)}, and you stand in.",
        f"{these} due in that time. The links are yours: whatever you answer is recorded under your name.",
    )
