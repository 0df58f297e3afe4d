"""Word the texts of the page behind a link, before and after answering."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TypedDict

from timeline.answers.binding import ended
from timeline.answers.responses import FIRST_PERSONS, SECOND_PERSONS, Answer, Response, State, expires_at, may_take_back
from timeline.calendar.london import london_date
from timeline.calendar.wording import date_and_time, long_date, near_date
from timeline.calendar.working_days import BeyondCalendar
from timeline.definitions.people import Person
from timeline.delivery.messages import TokenClaims
from timeline.escalation import confirmation
from timeline.escalation.corrections import off_because
from timeline.escalation.next_check import next_reminder_at
from timeline.escalation.prompts import SHADOW, LedgerEntry, PromptKind, PromptState
from timeline.escalation.task_context import TaskContext
from timeline.letters.asking.answered import ANSWERED
from timeline.letters.asking.of_the_programme import asked_of
from timeline.letters.page_views import TaskHead, TaskView
from timeline.letters.phrases import listed_as, shown_as, their_words
from timeline.letters.reminder import due_phrase, required, why_sentence
from timeline.planning.explanation import of_milestone
from timeline.planning.occurrences import Milestone
from timeline.sign_off import summary as sign_off


def task_view(
    task: TaskContext,
    person: Person,
    *,
    post_title: str,
    responses: Sequence[Response] = (),
    on_behalf_of: Person | None = None,
) -> TaskView:
    """Build the page of a task for the holder of a link, with every answer so far.

    `on_behalf_of` is the person asked, when the link went to another person. ValueError where it has no date.
    """
    milestone = task.milestone
    return TaskView(
        title=shown_as(task),
        asks=milestone.asks,
        obligation_title=milestone.duty,
        duty_class=milestone.duty_class,
        due_phrase=due_phrase(task),
        **_dates(milestone),
        why=tuple(step for step in of_milestone(milestone, task.timeline) if "daymark " not in step),
        brief=_brief(task),
        listed="" if task.status.is_done else listed_as(milestone),
        law=required(milestone),
        checklist=milestone.checklist,
        sign_off=sign_off.in_short(task.timeline, task.milestone, at=task.at),
        basis=milestone.basis,
        standing=milestone.standing.sentence,
        post_title=post_title,
        person_name=person.name,
        state=task.status.state,
        state_phrase=state_phrase(task, reader=person),
        asked_by=_came_for(on_behalf_of) if on_behalf_of else asked_by(task, responses, person),
        choices=choices(task, person),
        quiet_until=_quiet_until(task, person),
        takes_back=may_take_back((on_behalf_of or person).key, task.status),
        evidence=_evidence(task),
        **asked_of(task),
    )


def task_head(task: TaskContext, person: Person) -> TaskHead:
    """Build what the form of an answer needs of a task, and no more of its page: each answer needs it."""
    return TaskHead(title=shown_as(task), choices=choices(task, person), **asked_of(task))


def _dates(milestone: Milestone) -> "_Dates":
    if milestone.due_on is None or milestone.legal_on is None:
        raise ValueError(f"{milestone.ref} has no date, so there is no page for it.")
    return {"due_on": milestone.due_on, "legal_on": milestone.legal_on}


class _Dates(TypedDict):
    due_on: date
    legal_on: date


def _brief(task: TaskContext) -> tuple[str, ...]:
    """Give the plain sentence about its date, or where there is none the few of the explanation that matter."""
    plain = why_sentence(task)
    return (plain,) if plain else task.milestone.brief or task.milestone.why[:2]


def choices(task: TaskContext, person: Person) -> tuple[Answer, ...]:
    """Give the answers open to this person; whoever did the task may take it back until a second person confirms it."""
    if not task.status.is_done:
        # Help is asked for with the action that needs it.
        return tuple(each for each in FIRST_PERSONS if each is not Answer.HELP or not task.milestone.asks_owner)
    if confirmation.may_confirm(task, person.key):
        return SECOND_PERSONS
    waits = task.status.state is State.UNCONFIRMED
    return (Answer.RETURNED,) if waits and confirmation.did_it(task, person.key) else ()


def _quiet_until(task: TaskContext, person: Person) -> str:
    """Name the day on which we would ask again after "I have this"; empty when nothing more is asked after it."""
    milestone = task.milestone
    if milestone.due_on is None:
        return ""
    has_it = Response(
        milestone=milestone.ref,
        due_on=milestone.due_on,
        person=person.key,
        answer=Answer.ACKNOWLEDGED,
        at=task.at,
        via="page",
    )
    try:
        until_at = expires_at(has_it, milestone.ladder.acknowledged_for, task.office)
    except BeyondCalendar:
        return ""
    status = replace(task.status, state=State.ACKNOWLEDGED, response=has_it, until_at=until_at)
    next_at = next_reminder_at(replace(task, status=status))
    return near_date(london_date(next_at), on=task.on) if next_at else ""


def _evidence(task: TaskContext) -> str:
    response = task.status.response
    return response.evidence if response and task.status.state is State.UNCONFIRMED else ""


def post_title(task: TaskContext, person: Person) -> str:
    """Name the post for which this person sees the task: its owner's, or another post of the person."""
    directory, owner = task.timeline.directory, task.milestone.owner
    posts = directory.posts_of(person.key, on=task.on)
    return directory.posts[owner if owner in posts else next(iter(posts), owner)].title


def _came_for(asked: Person) -> str:
    return f"This is for {asked.name}, whom we could not reach."


def asked_by(task: TaskContext, responses: Sequence[Response], person: Person) -> str:
    """Say who passed the task on to this person, with their words; empty when nobody did."""
    delegations = [
        response
        for response in responses
        if response.answer is Answer.DELEGATED and response.due_on == task.milestone.due_on
    ]
    if not delegations or not task.status.delegated_to == delegations[-1].delegated_to == person.key:
        return ""
    return f"{_who(task, delegations[-1])} asked you to do this.{their_words(delegations[-1])}"


def _sees_names(task: TaskContext, answered: str, reader: Person) -> bool:
    """Tell whether this reader sees names: the person, any stand-in, the line manager and the programme lead do."""
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
    """Name the person who answered, and for whom."""
    person = task.timeline.directory.people.get(response.person)
    name = person.name if person else "Somebody"
    return response.recorded_by or (f"{response.answered_by} for {name}" if response.answered_by else name)


def state_phrase(task: TaskContext, *, reader: Person | None = None) -> str:
    """Say how the task stands to this reader, or else to an administrator; empty while it is open."""
    response = task.status.response
    if response is None or (task.status.state is State.OPEN and response.answer is not Answer.RETURNED):
        return ""
    told = f"{_told(task, response, reader)}."
    if task.status.state is State.UNCONFIRMED:
        return f"{told} {confirmation.whom_it_waits_for(task)}"
    if task.status.confirmed:
        return f"{told} {_told(task, task.status.confirmed, reader)}."
    return f"{told}{their_words(response) if response.answer is Answer.RETURNED else ''}"


def answered_sentence(task: TaskContext, response: Response) -> str:
    """Say an answer to an administrator, with its evidence and its words."""
    evidence = f" Evidence: {response.evidence}" if response.evidence else ""
    return f"{_told(task, response, None)}.{evidence}{their_words(response)}"


def _told(task: TaskContext, response: Response, reader: Person | None) -> str:
    answered = {Answer.ACKNOWLEDGED: "has this", Answer.DONE: f"recorded it as {ended(response)}"}.get(
        response.answer, ANSWERED[response.answer]
    )
    named = reader is None or response.recorded_by or _sees_names(task, response.person, reader)
    who = _who(task, response) if named else _post_of(task, response.person)
    return f"On {date_and_time(response.at)} we were told: {who} {answered}"


def moved_sentences(task: TaskContext, claims: TokenClaims) -> tuple[str, ...]:
    """Say how the date moved and where the new link is; empty for a person who may not hear of it now."""
    due_on = task.milestone.due_on
    if due_on is None or claims.due_on is None or not _may_know(task, claims.reader):
        return ()
    return (
        f"The date it was for has moved from {long_date(claims.due_on)} to {long_date(due_on)}.",
        _where_the_link_is(task, claims.reader),
    )


def closed_sentences(task: TaskContext, claims: TokenClaims) -> tuple[str, ...]:
    """Say why nobody is asked any more; empty for a person who may not hear of it now."""
    if not _may_know(task, claims.reader):
        return ()
    return (off_because(task.milestone), "You do not need to do anything.")


def _may_know(task: TaskContext, person: str) -> bool:
    """Tell whether the person of a link may hear of the task: a link that was passed on tells no more than its mail."""
    return bool(task.timeline.directory.posts_of(person, on=task.on)) and task.audience.hears(person)


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
