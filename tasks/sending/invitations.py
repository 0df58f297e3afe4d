"""Gather what the mails of a run say to their readers' calendars, and keep the address to which calendars answer."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from config.rendering.icalendar import carried
from config.rendering.templates import render
from tasks.council.run import CouncilRun
from tasks.council.tokens import derive, token_hash
from tasks.sending.compose import calendar_part
from timeline.calendar.london import london_date
from timeline.definitions.council import Council
from timeline.definitions.people import Person
from timeline.definitions.refs import occurrence_of
from timeline.delivery.messages import CALENDAR, Message, PendingPrompt, new_message
from timeline.escalation.task_context import TaskContext
from timeline.ical.entries import uid
from timeline.ical.invitations import Invitation, SentInvitation, asks, holds, in_words, invitation, organizer

# Nobody is invited so far ahead.
_REMEMBERED = timedelta(days=400)


def invitations(
    council_run: CouncilRun, prompts: Sequence[PendingPrompt], tasks: Mapping[int, TaskContext]
) -> dict[int, Invitation]:
    """Give the invitations that these prompts (by id) bring when they leave by mail; most bring none."""
    refs = {occurrence_of(pending.milestone.ref) for pending in prompts}
    occurrences, sent = council_run.store.plan.kept_occurrences(refs), council_run.store.outbox.invitations(refs)
    invited: dict[int, Invitation] = {}
    for pending in prompts:
        ref, person = occurrence_of(pending.milestone.ref), pending.prompt.deliver_to
        last = _last(sent.get((person, ref), ()), uid(council_run.store.council, ref))
        made = invitation(
            occurrences[ref],
            last,
            wants=asks(tasks[pending.id], pending.prompt),
            council=council_run.store.council,
            office=tasks[pending.id].office,
            at=council_run.at,
        )
        invited |= {pending.id: made} if made else {}
    return invited


def keep_organizer(council_run: CouncilRun, person: str, given: Invitation) -> None:
    """Keep the token to which the calendar's answer comes, before the mail leaves."""
    claims = organizer(person, given.entry.uid)
    council_run.store.outbox.keep_tokens(
        {token_hash(derive(council_run.settings.secret(), council_run.store.council, claims)): claims},
        at=council_run.at,
    )


def tell_calendars(council_run: CouncilRun) -> None:
    """Write a mail to each person who was invited to a changed occurrence, where no correction or reminder says so.

    Their task may have been done, or its date may have stayed.
    """
    timeline = council_run.timeline.as_known(at=council_run.at)
    on, council = london_date(council_run.at), timeline.council
    refs = council_run.store.outbox.moved_invitations(since=council_run.at - _REMEMBERED)
    if not refs or not council_run.is_working_time or council.in_shadow(on=on):
        return
    now = council_run.store.plan.kept_occurrences(refs)
    for (person, ref), texts in council_run.store.outbox.invitations(refs, waiting=True).items():
        last = _last(texts, uid(council.key, ref))
        if last is None or last.ends_on < on or not timeline.directory.posts_of(person, on=on):
            continue
        office = timeline.calendars.office
        made = invitation(now[ref], last, wants=False, council=council.key, office=office, at=council_run.at)
        if made:
            _tell(council_run, timeline.directory.people[person], council, made)


def is_outdated(council_run: CouncilRun, message: Message) -> bool:
    """Tell whether a mail for a calendar alone waits although its days have changed again meanwhile."""
    if not message.calendar:  # erased
        return False
    written = carried(message.calendar)
    council = council_run.store.council
    refs = council_run.store.outbox.moved_invitations(since=council_run.at - _REMEMBERED)
    ref = next((ref for ref in refs if uid(council, ref) == written.uid), "")
    now = council_run.store.plan.kept_occurrences([ref]).get(ref)
    return now is not None and not holds(written, now, council=council, at=council_run.at)


def _tell(council_run: CouncilRun, person: Person, council: Council, made: Invitation) -> None:
    """Write the mail once for each change, whatever becomes of it."""
    key = f"entry/{person.key}/{made.entry.uid}/{made.entry.sequence}"
    if council_run.store.outbox.message(key):
        return
    view = {
        "greeting_name": person.name,
        "sentence": in_words(made),
        "programme_name": council.programme,
        "council_name": council.name,
        "ref": "«token 0»",
    }
    message = new_message(
        key,
        CALENDAR,
        to=person.key,
        subject=f"{council.programme}: a change in your calendar",
        text=render("mail/entry.txt.jinja", mail=view),
        at=council_run.at,
        calendar=calendar_part(made, person, council_run.settings, council_run.at),
    )
    keep_organizer(council_run, person.key, made)
    council_run.put_in_outbox(message)


def _last(texts: Sequence[str], entry: str) -> SentInvitation | None:
    latest_first = (carried(text) for text in reversed(texts))
    return next((sent for sent in latest_first if sent.uid == entry), None)
