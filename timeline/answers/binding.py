"""Find answers that still bind somebody: a word does not outlive the post for which it was given."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from timeline.answers.responses import SECOND_PERSONS, Answer, RecordedResponse, Response, delegated_to
from timeline.calendar.london import london_date
from timeline.definitions.duties import OWNER
from timeline.definitions.people import Directory
from timeline.planning.occurrences import Milestone


def binding_answers(
    milestone: Milestone,
    responses: Sequence[Response],
    directory: Directory,
    *,
    on: date,
    asked_as: Mapping[str, Collection[str]] = MappingProxyType({}),
) -> tuple[Response, ...]:
    """Give the answers that still bind somebody on that day; `asked_as` gives the posts for which people were asked.

    "I have this", "I need help" and "not mine" fall when their holder has left the post, so that the new holder is
    asked. Work that was done stays done, confirmed or sent back, and a delegated task stays with its person.
    """
    given_to = delegated_to(responses)
    return tuple(
        response
        for response in responses
        if response.answer in (Answer.DONE, Answer.DELEGATED, Answer.TAKEN_BACK, *SECOND_PERSONS)
        or _binds(response, milestone, directory, on, asked_as.get(response.person, ()), given_to)
    )


def _binds(
    response: Response, milestone: Milestone, directory: Directory, on: date, asked_as: Collection[str], given_to: str
) -> bool:
    """Tell whether a person may still speak for the task.

    A named successor ends the word of whoever was asked for the post, also where the directory says of that day
    something else now: the file may have swapped two names without a date, or still list the former holder.
    """
    person = response.person
    held = directory.posts_of(person, on=on)
    if person == given_to or not held:
        return bool(held)
    if asked_as and not set(held) & set(asked_as):
        return False
    then, now = (_owner(milestone, directory, on=day) for day in (london_date(response.at), on))
    return now == person or not (then == person or milestone.owner in asked_as)


def _owner(milestone: Milestone, directory: Directory, *, on: date) -> str:
    """Give the key of the person in the owner's post, or of the manager who is asked while it is vacant."""
    meant = directory.meant(OWNER, owner=milestone.owner, on=on)
    return meant.person.key if meant else ""


def ended(response: Response) -> str:
    """Say in a word how a task came to its end: “done”, or “cancelled” where a fact says so."""
    return response.ended if isinstance(response, RecordedResponse) else "done"
