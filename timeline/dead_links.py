"""What a page says to whoever opens an old link: kindly, never the task's name, and a date only to whom it was sent."""

from timeline.corrections import off_because
from timeline.ground import Ground
from timeline.messages import TokenOf
from timeline.prompts import SHADOW, PromptKind, PromptState, Said
from timeline.wording import long_date


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
