"""Word what was recorded of an answer, and what follows: on the page, in the receipt and in Teams."""

from datetime import datetime

from timeline.answers.responses import Answer, Response, State
from timeline.calendar.london import london_date
from timeline.calendar.wording import date_and_time, near_date
from timeline.escalation import confirmation
from timeline.escalation.task_context import TaskContext
from timeline.letters.page_views import Recorded


def recorded(task: TaskContext, response: Response, *, next_at: datetime | None, already: bool) -> Recorded:
    """Confirm an answer: the state now, what was said, and until when nobody is asked."""
    heading = {
        Answer.ACKNOWLEDGED: "You have this",
        Answer.DONE: "Recorded as done",
        Answer.CONFIRMED: "Confirmed as done",
        Answer.RETURNED: "Recorded as not done yet",
        Answer.HELP: "You asked for help",
        Answer.DECLINED: "Recorded as not yours",
        Answer.DELEGATED: "Passed on",
        Answer.TAKEN_BACK: "Taken back",
    }[response.answer]
    return Recorded(
        heading=heading,
        sentences=(f"Recorded on {date_and_time(response.at)}.", *_what_follows(task, response, next_at)),
        # How actions stand is told line by line.
        said="" if task.milestone.asks_owner else _said(response),
        already=already,
        passed_on=response.answer is Answer.DELEGATED,
    )


def _said(response: Response) -> str:
    """Repeat the evidence, or else the words, so that whoever answered can see what was taken."""
    if response.answer is Answer.DONE:
        return f"Evidence: {response.evidence}" if response.evidence else ""
    if response.answer in (Answer.ACKNOWLEDGED, Answer.CONFIRMED) or not response.text:
        return ""
    return f"Your words: “{' '.join(response.text.split())}”"


def _what_follows(task: TaskContext, response: Response, next_at: datetime | None) -> tuple[str, ...]:
    answer = response.answer
    if task.status.state is State.UNCONFIRMED:
        return ("Nobody is asked to do it any more.", confirmation.whom_it_waits_for(task))
    if answer in (Answer.DONE, Answer.CONFIRMED):
        again = "We ask again next month." if task.milestone.asks_owner else "Nobody will be asked about this again."
        return (again,)
    if answer is Answer.TAKEN_BACK:
        return _stands_again(task, next_at)
    if answer is Answer.RETURNED:
        return ("It is open again. We tell the person it is with at the next mail in working hours, with your words.",)
    if answer is Answer.DELEGATED:
        to = task.audience.delegate()
        return (f"{to.person.name if to else 'Nobody'} is asked from now on, and hears of it at the next mail.",)
    if answer in (Answer.HELP, Answer.DECLINED):
        helper = task.audience.helper_of(response.person)
        who = f"the {helper.post.title}" if helper else "the programme team"
        return (f"We tell {who} at the next mail, in working hours.",)
    if next_at is None:
        return ("It is not done yet: the date stays.",)
    return (
        f"It is not done yet: we are quiet until {near_date(london_date(next_at), on=task.on)}, and ask again then.",
    )


def _stands_again(task: TaskContext, next_at: datetime | None) -> tuple[str, ...]:
    if task.status.state is not State.OPEN:
        return ("What was said before it counts again.",)
    again = f", and we ask again on {near_date(london_date(next_at), on=task.on)}" if next_at else ""
    return (f"The task is open{again}. The date stays.",)
