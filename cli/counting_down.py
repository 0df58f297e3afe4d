"""The sign-off countdowns that `list`, `show` and `why` print."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from cli.looking import Line, lines
from models.store import Store
from timeline import sign_off
from timeline.countdown_wording import line
from timeline.occurrences import Occurrence


def open_submissions(store: Store, shown: Iterable[Line]) -> Iterator[str]:
    """One line for each submission that a committee has to agree and nobody has made yet."""
    occurrences = {one.ref: one for one in store.occurrences()}
    for submission in filter(_is_open_submission, shown):
        found, ref = submission.found, _occurrence_of(submission.ref)
        if ref in occurrences:
            due_on = occurrences[ref].working_on
            counted = sign_off.of(found.timeline, found.milestone.obligation, due_on, on=found.on)
            if counted:
                yield f"{ref}: {line(counted)}"


def sentences(store: Store, ref: str, *, at: datetime) -> tuple[str, ...]:
    """The whole countdown of an occurrence, or of a milestone due up to its working date, until it is submitted."""
    of = _occurrence_of(ref)
    occurrence = next((one for one in store.occurrences() if one.ref == of), None)
    if occurrence is None or not _leads_to(occurrence, ref):
        return ()
    submissions = filter(_is_open_submission, lines(store, at=at, prefix=f"{of}/"))
    found = next((one.found for one in submissions), None)
    if found is None:
        return ()
    return sign_off.sentences(found.timeline, occurrence.obligation, occurrence.working_on, on=found.on)


def headed(counted: Sequence[str]) -> tuple[str, ...]:
    """The same for people, who read below other sentences what this is about."""
    return (f"Sign-off: {counted[0]}", *counted[1:]) if counted else ()


def _is_open_submission(one: Line) -> bool:
    milestone = one.found.milestone
    return milestone.completes and not milestone.closed_because and not one.found.standing.is_done


def _occurrence_of(ref: str) -> str:
    return "/".join(ref.split("/")[:2])


def _leads_to(occurrence: Occurrence, ref: str) -> bool:
    if ref == occurrence.ref:
        return True
    due_on = next((one.due_on for one in occurrence.milestones if one.ref == ref), None)
    return due_on is not None and due_on <= (occurrence.working_on or date.min)
