"""What a person reads on the page behind a link, before and after answering."""

from collections.abc import Sequence
from datetime import datetime

from timeline.answers.responses import FIRST_PERSONS, SECOND_PERSONS, Answer, Response, State
from timeline.calendar.bank_holidays import LONDON
from timeline.calendar.wording import long_date
from timeline.definitions.people import Person
from timeline.delivery.messages import TokenOf
from timeline.escalation import confirmation
from timeline.escalation.corrections import off_because
from timeline.escalation.prompts import SHADOW, PromptKind, PromptState, Said
from timeline.escalation.task_context import Ground
from timeline.letters.page_views import Recorded, TaskView
from timeline.letters.reminder import ANSWERED, due_phrase
from timeline.planning.explanation import of_milestone
from timeline.sign_off import summary as sign_off


def task_view(
    found: Ground,
    person: Person,
    *,
    post_title: str,
    responses: Sequence[Response] = (),
    instead_of: Person | None = None,
) -> TaskView:
    """The task as the holder of a link sees it, with all that was ever answered; the milestone must have a date.

    `instead_of` is the person asked when the link went to another one.
    """
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
        sign_off=sign_off.in_short(found.timeline, found.milestone, at=found.at),
        basis=milestone.basis,
        status=milestone.status,
        post_title=post_title,
        person_name=person.name,
        state=found.standing.state,
        state_phrase=state_phrase(found, reader=person),
        asked_by=_came_for(instead_of) if instead_of else asked_by(found, responses, person),
        choices=choices(found, person),
        evidence=_evidence(found),
        needs_evidence=True,
        council_name=found.council.name,
        programme_name=found.council.programme,
    )


def choices(found: Ground, person: Person) -> tuple[Answer, ...]:
    """What this person can answer now; whoever did it may take it back while a second person has not confirmed it."""
    if not found.standing.is_done:
        return FIRST_PERSONS
    if confirmation.may_confirm(found, person.key):
        return SECOND_PERSONS
    waits = found.standing.state is State.UNCONFIRMED
    return (Answer.RETURNED,) if waits and confirmation.did_it(found, person.key) else ()


def _evidence(found: Ground) -> str:
    response = found.standing.response
    return response.evidence if response and found.standing.state is State.UNCONFIRMED else ""


def post_title(found: Ground, person: Person) -> str:
    """The post for which this person sees the task: its owner's, or another one of the person's own."""
    directory, owner = found.timeline.directory, found.milestone.owner
    posts = directory.posts_of(person.key, on=found.on)
    return directory.posts[owner if owner in posts else next(iter(posts), owner)].title


def _came_for(asked: Person) -> str:
    return f"This is for {asked.name}, whom we could not reach."


def asked_by(found: Ground, responses: Sequence[Response], person: Person) -> str:
    """Who passed the task on to this person, with their words; empty when it is this person's otherwise."""
    handed = [one for one in responses if one.answer is Answer.DELEGATED and one.due_on == found.milestone.due_on]
    if not handed or found.standing.delegated_to != person.key or handed[-1].delegated_to != person.key:
        return ""
    words = f" Their words: {handed[-1].text}" if handed[-1].text else ""
    return f"{_who(found, handed[-1])} asked you to do this.{words}"


def _sees_names(found: Ground, answered: str, reader: Person) -> bool:
    """Names are for the person, whoever may stand in, the line manager and the programme lead."""
    directory = found.timeline.directory
    manager = next(directory.manager_above(answered, owner=found.milestone.owner, on=found.on), None)
    lead = directory.holder(found.council.programme_lead, on=found.on)
    stands_in = directory.may_answer_for(reader.key, answered, on=found.on) is not None
    return stands_in or any(one is not None and one.person.key == reader.key for one in (manager, lead))


def _post_of(found: Ground, person: str) -> str:
    directory = found.timeline.directory
    posts = directory.posts_of(person, on=found.on)
    return f"the {directory.posts[posts[0] if posts else found.milestone.owner].title}"


def _who(found: Ground, response: Response) -> str:
    """Whoever answered, and for whom."""
    person = found.timeline.directory.people.get(response.person)
    name = person.name if person else "Somebody"
    return f"{response.answered_by} for {name}" if response.answered_by else name


def state_phrase(found: Ground, *, reader: Person | None = None) -> str:
    """Where the task stands, as a sentence for this reader, else for an administrator; empty while it is open."""
    response = found.standing.response
    if response is None or (found.standing.state is State.OPEN and response.answer is not Answer.RETURNED):
        return ""
    told = f"{_told(found, response, reader)}."
    if found.standing.state is State.UNCONFIRMED:
        return f"{told} {confirmation.whom_it_waits_for(found)}"
    if found.standing.confirmed:
        return f"{told} {_told(found, found.standing.confirmed, reader)}."
    words = f" Their words: {response.text}" if response.answer is Answer.RETURNED and response.text else ""
    return f"{told}{words}"


def _told(found: Ground, response: Response, reader: Person | None) -> str:
    at = response.at.astimezone(LONDON)
    said = {Answer.ACKNOWLEDGED: "has this", Answer.DONE: "recorded it as done"}.get(
        response.answer, ANSWERED[response.answer]
    )
    named = reader is None or _sees_names(found, response.person, reader)
    who = _who(found, response) if named else _post_of(found, response.person)
    return f"On {long_date(at.date())} at {at:%H:%M} we were told: {who} {said}"


def recorded(found: Ground, response: Response, *, next_at: datetime | None, already: bool) -> Recorded:
    """What stands on the page, or in the receipt, after an answer."""
    at = response.at.astimezone(LONDON)
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
    sentences += _what_follows(found, response.answer, next_at)
    passed_on = response.answer is Answer.DELEGATED
    return Recorded(heading=heading, sentences=tuple(sentences), already=already, passed_on=passed_on)


def _what_follows(found: Ground, answer: Answer, next_at: datetime | None) -> list[str]:
    if found.standing.state is State.UNCONFIRMED:
        return ["Nobody is asked to do it any more.", confirmation.whom_it_waits_for(found)]
    if answer in (Answer.DONE, Answer.CONFIRMED):
        return ["Nobody will be asked about this again."]
    if answer is Answer.RETURNED:
        return ["It is open again. Whoever it is with hears of it, with your words, at the next mail in working hours."]
    if answer is Answer.DELEGATED:
        to = found.delegate()
        return [f"{to.person.name if to else 'Nobody'} is asked from now on, and hears of it at the next mail."]
    if answer in (Answer.HELP, Answer.DECLINED):
        return ["Your line manager is told at the next mail, in working hours."]
    again = f"we ask again on {long_date(next_at.astimezone(LONDON).date())}" if next_at else "the date stays"
    return [f"It is not done yet: {again}."]


def moved_sentences(found: Ground, of: TokenOf) -> tuple[str, ...]:
    """From which date to which, and where the new link is; empty to whom it may not be said now."""
    due_on = found.milestone.due_on
    if due_on is None or of.due_on is None or not _may_know(found, of.reader):
        return ()
    return (
        f"The date it was for has moved from {long_date(of.due_on)} to {long_date(due_on)}.",
        _where_the_link_is(found, of.reader),
    )


def closed_sentences(found: Ground, of: TokenOf) -> tuple[str, ...]:
    """Why nobody is asked any more; empty to whom it may not be said now."""
    if not _may_know(found, of.reader):
        return ()
    return (off_because(found.milestone), "You do not need to do anything.")


def _may_know(found: Ground, person: str) -> bool:
    """Whoever holds the link may have had it passed on: it says no more than the mail to the person it was for."""
    return bool(found.timeline.directory.posts_of(person, on=found.on)) and found.hears(person)


def _where_the_link_is(found: Ground, person: str) -> str:
    about_it = [
        one for one in found.said if one.kind is PromptKind.CORRECTION and one.key.person.removeprefix(SHADOW) == person
    ]
    if any(one.accepted_at for one in about_it):
        return "We have sent you a mail with the new link."
    if any(_is_on_its_way(one) for one in about_it):
        return "A mail with the new link is on its way to you."
    lead = found.timeline.directory.posts[found.council.programme_lead].title
    return f"A newer mail has the new link. If you have none, ask the {lead}."


def _is_on_its_way(said: Said) -> bool:
    return said.state is PromptState.WAITING
