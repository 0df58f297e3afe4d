"""What a person reads on the page behind a link, before and after answering."""

from datetime import datetime

from timeline import sign_off
from timeline.calendar import LONDON
from timeline.duties import DutyClass
from timeline.explanation import of_milestone
from timeline.ground import Ground
from timeline.letters import ANSWERED, due_phrase
from timeline.people import Person
from timeline.responses import Answer, Response, State
from timeline.views import Recorded, TaskView
from timeline.wording import long_date


def task_view(found: Ground, person: Person, *, post_title: str) -> TaskView:
    """The task as the holder of a link sees it; the milestone must have a date."""
    milestone = found.milestone
    if milestone.due_on is None or milestone.legal_on is None:
        raise ValueError(f"{milestone.ref} has no date, so there is no page for it.")
    return TaskView(
        title=milestone.title,
        asks=milestone.asks,
        obligation_title=milestone.duty,
        duty_class=milestone.duty_class,
        due_phrase=due_phrase(found),
        due_on=milestone.due_on,
        legal_on=milestone.legal_on,
        why=of_milestone(milestone, found.timeline),
        brief=milestone.brief or milestone.why[:2],
        checklist=milestone.checklist,
        sign_off=sign_off.in_short(found),
        basis=milestone.basis,
        status=milestone.status,
        post_title=post_title,
        person_name=person.name,
        state=found.standing.state,
        state_phrase=state_phrase(found),
        needs_evidence=True,
        council_name=found.council.name,
        programme_name=found.council.programme,
    )


def state_phrase(found: Ground) -> str:
    """Where the task stands, as a sentence; empty while it is open."""
    response = found.standing.response
    if found.standing.state is State.OPEN or response is None:
        return ""
    at = response.at.astimezone(LONDON)
    who = found.timeline.directory.people.get(response.person)
    name = (response.answered_by and f"{response.answered_by} for {who.name if who else ''}") or (
        who.name if who else ""
    )
    said = {State.ACKNOWLEDGED: "has this", State.DONE: "recorded it as done"}.get(
        found.standing.state, ANSWERED[response.answer]
    )
    return f"On {long_date(at.date())} at {at:%H:%M} we were told: {name} {said}."


def recorded(found: Ground, response: Response, *, next_at: datetime | None, already: bool) -> Recorded:
    """What stands on the page, or in the receipt, after an answer."""
    at = response.at.astimezone(LONDON)
    heading = {
        Answer.ACKNOWLEDGED: "You have this",
        Answer.DONE: "Recorded as done",
        Answer.HELP: "You asked for help",
        Answer.DECLINED: "Recorded as not yours",
        Answer.DELEGATED: "Passed on",
    }[response.answer]
    sentences = [f"Recorded on {long_date(at.date())} at {at:%H:%M}."]
    sentences += _what_follows(found, response.answer, next_at)
    return Recorded(heading=heading, sentences=tuple(sentences), already=already)


def _what_follows(found: Ground, answer: Answer, next_at: datetime | None) -> list[str]:
    if answer is Answer.DONE:
        confirmed = found.milestone.duty_class is DutyClass.A
        return ["Nobody will be asked about this again." if not confirmed else "We stop asking about this."]
    if answer is Answer.DELEGATED:
        to = found.delegate()
        return [f"{to.person.name if to else 'Nobody'} is asked from now on, and hears of it at the next mail."]
    if answer in (Answer.HELP, Answer.DECLINED):
        return ["Your line manager is told at the next mail, in working hours."]
    again = f"we ask again on {long_date(next_at.astimezone(LONDON).date())}" if next_at else "the date stays"
    return [f"It is not done yet: {again}."]
