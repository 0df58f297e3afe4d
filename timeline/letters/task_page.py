"""What a person reads on the page behind a link, before and after answering."""

from collections.abc import Sequence
from datetime import datetime

from timeline.answers.responses import FIRST_PERSONS, SECOND_PERSONS, Answer, Response, State
from timeline.calendar.london import in_london, london_date
from timeline.calendar.wording import long_date
from timeline.definitions.people import Person
from timeline.delivery.messages import TokenClaims
from timeline.escalation import confirmation
from timeline.escalation.corrections import off_because
from timeline.escalation.prompts import SHADOW, LedgerEntry, PromptKind, PromptState
from timeline.escalation.task_context import TaskContext
from timeline.letters.page_views import Recorded, TaskView
from timeline.letters.reminder import ANSWERED, due_phrase
from timeline.planning.explanation import of_milestone
from timeline.sign_off import summary as sign_off


def task_view(
    task: TaskContext,
    person: Person,
    *,
    post_title: str,
    responses: Sequence[Response] = (),
    on_behalf_of: Person | None = None,
) -> TaskView:
    """The task as the holder of a link sees it, with all that was ever answered; the milestone must have a date.

    `instead_of` is the person asked when the link went to another one.
    """
    milestone = task.milestone
    if milestone.due_on is None or milestone.legal_on is None:
        raise ValueError(f"{milestone.ref} has no date, so there is no page for it.")
    return TaskView(
        title=milestone.title,
        asks=milestone.asks,
        obligation_title=milestone.duty,
        duty_class=milestone.duty_class,
        due_phrase=due_phrase(task),
        due_on=milestone.due_on,
        legal_on=milestone.legal_on,
        why=of_milestone(milestone, task.timeline),
        brief=milestone.brief or milestone.why[:2],
        checklist=milestone.checklist,
        sign_off=sign_off.in_short(task.timeline, task.milestone, at=task.at),
        basis=milestone.basis,
        status=milestone.status,
        post_title=post_title,
        person_name=person.name,
        state=task.status.state,
        state_phrase=state_phrase(task, reader=person),
        asked_by=_came_for(on_behalf_of) if on_behalf_of else asked_by(task, responses, person),
        choices=choices(task, person),
        evidence=_evidence(task),
        needs_evidence=True,
        council_name=task.council.name,
        programme_name=task.council.programme,
    )


def choices(task: TaskContext, person: Person) -> tuple[Answer, ...]:
    """What this person can answer now; whoever did it may take it back while a second person has not confirmed it."""
    if not task.status.is_done:
        return FIRST_PERSONS
    if confirmation.may_confirm(task, person.key):
        return SECOND_PERSONS
    waits = task.status.state is State.UNCONFIRMED
    return (Answer.RETURNED,) if waits and confirmation.did_it(task, person.key) else ()


def _evidence(task: TaskContext) -> str:
    response = task.status.response
    return response.evidence if response and task.status.state is State.UNCONFIRMED else ""


def post_title(task: TaskContext, person: Person) -> str:
    """The post for which this person sees the task: its owner's, or another one of the person's own."""
    directory, owner = task.timeline.directory, task.milestone.owner
    posts = directory.posts_of(person.key, on=task.on)
    return directory.posts[owner if owner in posts else next(iter(posts), owner)].title


def _came_for(asked: Person) -> str:
    return f"This is for {asked.name}, whom we could not reach."


def asked_by(task: TaskContext, responses: Sequence[Response], person: Person) -> str:
    """Who passed the task on to this person, with their words; empty when it is this person's otherwise."""
    handed = [
        response
        for response in responses
        if response.answer is Answer.DELEGATED and response.due_on == task.milestone.due_on
    ]
    if not handed or task.status.delegated_to != person.key or handed[-1].delegated_to != person.key:
        return ""
    words = f" Their words: {handed[-1].text}" if handed[-1].text else ""
    return f"{_who(task, handed[-1])} asked you to do this.{words}"


def _sees_names(task: TaskContext, answered: str, reader: Person) -> bool:
    """Names are for the person, whoever may stand in, the line manager and the programme lead."""
    directory = task.timeline.directory
    manager = next(directory.manager_above(answered, owner=task.milestone.owner, on=task.on), None)
    lead = directory.holder(task.council.programme_lead, on=task.on)
    stands_in = directory.may_answer_for(reader.key, answered, on=task.on) is not None
    return stands_in or any(
        recipient is not None and recipient.person.key == reader.key for recipient in (manager, lead)
    )


def _post_of(task: TaskContext, person: str) -> str:
    directory = task.timeline.directory
    posts = directory.posts_of(person, on=task.on)
    return f"the {directory.posts[posts[0] if posts else task.milestone.owner].title}"


def _who(task: TaskContext, response: Response) -> str:
    """Whoever answered, and for whom."""
    person = task.timeline.directory.people.get(response.person)
    name = person.name if person else "Somebody"
    return f"{response.answered_by} for {name}" if response.answered_by else name


def state_phrase(task: TaskContext, *, reader: Person | None = None) -> str:
    """Where the task stands, as a sentence for this reader, else for an administrator; empty while it is open."""
    response = task.status.response
    if response is None or (task.status.state is State.OPEN and response.answer is not Answer.RETURNED):
        return ""
    told = f"{_told(task, response, reader)}."
    if task.status.state is State.UNCONFIRMED:
        return f"{told} {confirmation.whom_it_waits_for(task)}"
    if task.status.confirmed:
        return f"{told} {_told(task, task.status.confirmed, reader)}."
    words = f" Their words: {response.text}" if response.answer is Answer.RETURNED and response.text else ""
    return f"{told}{words}"


def _told(task: TaskContext, response: Response, reader: Person | None) -> str:
    at = in_london(response.at)
    said = {Answer.ACKNOWLEDGED: "has this", Answer.DONE: "recorded it as done"}.get(
        response.answer, ANSWERED[response.answer]
    )
    named = reader is None or _sees_names(task, response.person, reader)
    who = _who(task, response) if named else _post_of(task, response.person)
    return f"On {long_date(at.date())} at {at:%H:%M} we were told: {who} {said}"


def recorded(task: TaskContext, response: Response, *, next_at: datetime | None, already: bool) -> Recorded:
    """What stands on the page, or in the receipt, after an answer."""
    at = in_london(response.at)
    heading = {
        Answer.ACKNOWLEDGED: "You have this",
        Answer.DONE: "Recorded as done",
        Answer.CONFIRMED: "Confirmed as done",
        Answer.RETURNED: "Recorded as not done yet",
        Answer.HELP: "You asked for help",
        Answer.DECLINED: "Recorded as not yours",
        Answer.DELEGATED: "Passed on",
    }[response.answer]
    sentences = [f"Recorded on {long_date(at.date())} at {at:%H:%M}."]
    sentences += _what_follows(task, response.answer, next_at)
    passed_on = response.answer is Answer.DELEGATED
    return Recorded(heading=heading, sentences=tuple(sentences), already=already, passed_on=passed_on)


def _what_follows(task: TaskContext, answer: Answer, next_at: datetime | None) -> list[str]:
    if task.status.state is State.UNCONFIRMED:
        return ["Nobody is asked to do it any more.", confirmation.whom_it_waits_for(task)]
    if answer in (Answer.DONE, Answer.CONFIRMED):
        return ["Nobody will be asked about this again."]
    if answer is Answer.RETURNED:
        return ["It is open again. Whoever it is with hears of it, with your words, at the next mail in working hours."]
    if answer is Answer.DELEGATED:
        to = task.delegate()
        return [f"{to.person.name if to else 'Nobody'} is asked from now on, and hears of it at the next mail."]
    if answer in (Answer.HELP, Answer.DECLINED):
        return ["Your line manager is told at the next mail, in working hours."]
    again = f"we ask again on {long_date(london_date(next_at))}" if next_at else "the date stays"
    return [f"It is not done yet: {again}."]


def moved_sentences(task: TaskContext, claims: TokenClaims) -> tuple[str, ...]:
    """From which date to which, and where the new link is; empty to whom it may not be said now."""
    due_on = task.milestone.due_on
    if due_on is None or claims.due_on is None or not _may_know(task, claims.reader):
        return ()
    return (
        f"The date it was for has moved from {long_date(claims.due_on)} to {long_date(due_on)}.",
        _where_the_link_is(task, claims.reader),
    )


def closed_sentences(task: TaskContext, claims: TokenClaims) -> tuple[str, ...]:
    """Why nobody is asked any more; empty to whom it may not be said now."""
    if not _may_know(task, claims.reader):
        return ()
    return (off_because(task.milestone), "You do not need to do anything.")


def _may_know(task: TaskContext, person: str) -> bool:
    """Whoever holds the link may have had it passed on: it says no more than the mail to the person it was for."""
    return bool(task.timeline.directory.posts_of(person, on=task.on)) and task.hears(person)


def _where_the_link_is(task: TaskContext, person: str) -> str:
    about_it = [
        entry
        for entry in task.entries
        if entry.kind is PromptKind.CORRECTION and entry.key.person.removeprefix(SHADOW) == person
    ]
    if any(entry.accepted_at for entry in about_it):
        return "We have sent you a mail with the new link."
    if any(_is_on_its_way(entry) for entry in about_it):
        return "A mail with the new link is on its way to you."
    lead = task.timeline.directory.posts[task.council.programme_lead].title
    return f"A newer mail has the new link. If you have none, ask the {lead}."


def _is_on_its_way(entry: LedgerEntry) -> bool:
    return entry.state is PromptState.WAITING
