"""Release or discard a draft for the lead member: once, by whoever may, and only in the words that were read."""

from dataclasses import dataclass
from datetime import datetime

from config.rendering.templates import render
from config.settings import Settings
from models.store import OutgoingNotice, Store
from tasks.council.tokens import token_hashes
from tasks.director.briefings import ELSEWHERE, digest, releasable, stand_of
from timeline.answers.responses import AnswerRefused
from timeline.definitions.people import AnswersAs, Recipient
from timeline.delivery.messages import BRIEFING, new_message
from timeline.director.briefings import Briefing, BriefingState, settled
from timeline.escalation.task_context import TaskContext
from timeline.letters.briefing import briefing_mail, subject
from timeline.letters.page_views import Recorded


@dataclass(frozen=True, kw_only=True)
class Settling:
    """Say that a person (a key of the directory) settles the draft about a task.

    `seen` is the digest of the words that were read on a page; empty where they were not shown just before.
    """

    person: str
    ref: str
    state: BriefingState
    via: str
    seen: str = ""


def settle(store: Store, settings: Settings, given: Settling, *, at: datetime) -> Recorded:
    """Release or discard a draft, once; a released draft leaves with the next `notify` in working time.

    Raises AnswerRefused with a sentence for people.
    """
    try:
        briefing, task = releasable(store, settings, given.person, given.ref, at=at)
    except AnswerRefused as refused:
        return _already(store, settings, given, refused, at=at)
    if given.seen and given.seen != digest(task):
        raise AnswerRefused("The words have changed since you read them. Read them again, then release or discard.")
    if not _settle(store, settings, given, briefing, task):
        return _already(store, settings, given, AnswerRefused(ELSEWHERE), at=at)
    return _recorded(given.state, already=False)


def _settle(store: Store, settings: Settings, given: Settling, briefing: Briefing, task: TaskContext) -> bool:
    """Settle the draft; False when somebody else was faster."""
    stand, director = stand_of(task.timeline, given.person, at=task.at) or (AnswersAs.SELF, given.person)
    for_whom = director if director != given.person else ""
    done = settled(briefing, given.state, by=given.person, at=task.at)
    if given.state is BriefingState.DISCARDED:
        return store.inbound.discard_briefing(done, for_whom=for_whom, via=given.via, at=task.at)
    notice = _notice(store, settings, briefing, task, stand)
    done = settled(briefing, given.state, by=given.person, at=task.at, message=notice.message.key)
    return store.inbound.release_briefing(done, notice, for_whom=for_whom, via=given.via, at=task.at)


def _already(store: Store, settings: Settings, given: Settling, refused: AnswerRefused, *, at: datetime) -> Recorded:
    """Repeat what was said if the same button was pressed again; otherwise raise the refusal."""
    timeline, stored = store.definitions.timeline(settings.working_hours), store.plan.milestone(given.ref)
    due_on = stored.milestone.due_on if stored else None
    same = (
        briefing
        for briefing in store.inbound.briefings()
        if (briefing.milestone, briefing.due_on) == (given.ref, due_on)
    )
    if stand_of(timeline, given.person, at=at) and any(briefing.state is given.state for briefing in same):
        return _recorded(given.state, already=True)
    raise refused


def _recorded(state: BriefingState, *, already: bool) -> Recorded:
    if state is BriefingState.DISCARDED:
        return Recorded("Discarded", ("Nobody is told. No other draft is made about this date.",), already)
    return Recorded("Released", ("It leaves with the next mails, in working time.",), already)


def _notice(
    store: Store, settings: Settings, briefing: Briefing, task: TaskContext, stand: AnswersAs
) -> OutgoingNotice:
    to = _recipient(task)
    key = f"{BRIEFING}/{briefing.milestone}/{briefing.due_on}/{briefing.made_at:%Y-%m-%dT%H:%M}"
    view = briefing_mail(task, released_as=stand, ref="«token 0»")
    message = new_message(
        key,
        BRIEFING,
        to=to.person.key,
        subject=subject(task),
        text=render("mail/lines.txt.jinja", mail=view),
        html=render("mail/lines.html.jinja", mail=view),
        at=task.at,
    )
    return OutgoingNotice(message, token_hashes(message, store.council, settings.secret()))


def _recipient(task: TaskContext) -> Recipient:
    """Give the lead member; in a trial run, the programme lead. Raises AnswerRefused."""
    directory, council = task.timeline.directory, task.council
    post = directory.posts[council.lead_member]
    holder = directory.holder(post.key, on=task.on)
    to = task.audience.delivered_to(holder) if holder else None
    if holder is None:
        raise AnswerRefused(f"Nobody holds the post {post.title}, so this cannot be released. The draft stays here.")
    if to is None:
        raise AnswerRefused("This is a trial run and nobody holds the post of the programme lead, so it cannot leave.")
    return to
