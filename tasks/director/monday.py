"""Put the director's Monday mail into the outbox, from which it leaves as every other message does."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from config.houses.own import pages_of
from config.rendering.templates import render
from config.settings import Settings
from models.store import Store
from tasks.council.quiet import quiet
from tasks.council.run import CouncilRun
from tasks.director.briefings import waiting
from tasks.director.picture import mail_picture
from timeline.calendar.london import in_london, london_date, london_time
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.people import Recipient
from timeline.delivery.contact_methods import MAIL, ContactMethod
from timeline.delivery.messages import Message, new_message
from timeline.director.monday_schedule import LATELY, MONDAY, readers, week_key, why_not_today
from timeline.director.monday_summary import MondaySituation, Summary, summary
from timeline.escalation.later_clock import task_now
from timeline.escalation.quiet import brief
from timeline.escalation.task_context import TaskContext
from timeline.letters.mail_views import MailLines
from timeline.letters.monday import monday_view, subject


@dataclass(frozen=True)
class MondayMail:
    """Hold the mail as it would be: its reader and its content. `quiet_because` is why it is not written now, or empty.

    `chain_end` is the number of events of the audit chain and its last hash, which leaves the house with the mail.
    """

    timeline: CouncilTimeline
    reader: Recipient | None
    summary: Summary
    quiet_because: str = ""
    chain_end: tuple[int, str] = (0, "")


def gather(store: Store, settings: Settings, *, at: datetime) -> MondaySituation:
    """Read everything that the mail is made of."""
    timeline = store.definitions.timeline(settings.working_hours).as_known(at=at)
    since_at = store.outbox.last_composed_at(MONDAY, at=at) or at - LATELY
    return MondaySituation(
        timeline=timeline,
        since_at=since_at,
        tasks=_tasks(store, timeline, at),
        occurrences={occurrence.ref: occurrence for occurrence in store.plan.occurrences()},
        shifts=store.plan.shifts(since=since_at),
        drafts=len(waiting(store, settings, at=at)),
        quiet=quiet(store, settings, at=at).to_be_forwarded,
    )


def _tasks(store: Store, timeline: CouncilTimeline, at: datetime) -> Sequence[TaskContext]:
    duties = frozenset(duty.key for duty in timeline.obligations)
    entries, responses = store.ledger.entries(duties), store.inbound.responses(duties)
    return tuple(
        task_now(timeline, milestone, entries.get(milestone.ref, ()), responses.get(milestone.ref, ()), at=at)
        for milestone in store.plan.milestones()
    )


def why_not_now(store: Store, settings: Settings, *, at: datetime) -> str:
    """Say why the mail is not written now; empty when it is, for which all that it is made of must be read."""
    return _why_not_now(store, store.definitions.timeline(settings.working_hours).as_known(at=at), at)


def _why_not_now(store: Store, timeline: CouncilTimeline, at: datetime) -> str:
    return why_not_today(
        timeline,
        written=not store.outbox.free_key(week_key(london_date(at))),
        stopped=" ".join(brief(store.outbox.stopped())),
        at=at,
    )


def decide(store: Store, situation: MondaySituation, settings: Settings, *, at: datetime) -> MondayMail:
    """Decide whether the mail is written now, for whom, and what it says."""
    timeline, on = situation.timeline, london_date(at)
    quiet = _why_not_now(store, timeline, at)
    reader = _reachable(CouncilRun(store, settings, at), readers(timeline, on=on))
    if reader is None:
        return MondayMail(timeline, None, Summary(), quiet or _nobody(timeline))
    told = summary(situation, reader=reader.post.key, at=at)
    return MondayMail(timeline, reader, told, quiet, store.audit.chain_end())


def _nobody(timeline: CouncilTimeline) -> str:
    post = timeline.directory.posts.get(timeline.council.director)
    return f"Nobody holds the post {post.title if post else timeline.council.director}, so no Monday mail is written."


def _reachable(council_run: CouncilRun, recipients: Sequence[Recipient]) -> Recipient | None:
    """Give the first reader whose address is not dead; when all are dead, the first, so that the failure is seen."""
    dead = council_run.reachability().dead
    alive = (recipient for recipient in recipients if ContactMethod(recipient.person.key, MAIL) not in dead)
    return next(alive, next(iter(recipients), None))


def view(monday_mail: MondayMail, settings: Settings, *, at: datetime) -> MailLines | None:
    """Give the mail as its templates take it; None when there is nobody to read it."""
    if monday_mail.reader is None:
        return None
    list_url = f"{pages_of(settings, monday_mail.timeline.council.key)}/mine"
    return monday_view(
        monday_mail.timeline,
        monday_mail.summary,
        monday_mail.reader,
        list_url=list_url,
        at=at,
        chain_end=monday_mail.chain_end,
    )


def write(store: Store, monday_mail: MondayMail, settings: Settings, *, at: datetime) -> str:
    """Put the mail into the outbox, once a week, and say in a sentence what was done, without names or matters."""
    shown = view(monday_mail, settings, at=at)
    if monday_mail.quiet_because or monday_mail.reader is None or shown is None:
        return monday_mail.quiet_because
    to = _delivered_to(monday_mail, at=at)
    if to is None:
        return "It is a trial run and nobody holds the post of the programme lead, so no Monday mail is written."
    key = store.outbox.free_key(week_key(london_date(at)))
    if not key:
        return _WRITTEN
    shown = replace(shown, picture=mail_picture(store, settings, at=at))
    new = CouncilRun(store, settings, at).put_in_outbox(_message(key, monday_mail.timeline, shown, to, at=at))
    return f"Monday mail written to the {to.post.title}." if new else _WRITTEN


_WRITTEN = "This week's Monday mail is written."


def _delivered_to(monday_mail: MondayMail, *, at: datetime) -> Recipient | None:
    """Give the reader; in a trial run the programme lead. The mail names nothing that is in confidence."""
    on, council = london_date(at), monday_mail.timeline.council
    return (
        monday_mail.timeline.directory.holder(council.programme_lead, on=on)
        if council.in_shadow(on=on)
        else monday_mail.reader
    )


def _message(key: str, timeline: CouncilTimeline, shown: MailLines, to: Recipient, *, at: datetime) -> Message:
    """Build the mail with a token of its own: a reply to it names no task, and waits for a person's eyes."""
    local = in_london(at)
    mail_at = london_time(local.date(), timeline.council.mail_at)
    return new_message(
        key,
        MONDAY,
        to=to.person.key,
        subject=subject(timeline, at=at),
        text=render("mail/lines.txt.jinja", mail=shown),
        html=render("mail/lines.html.jinja", mail=shown),
        at=at,
        leaves_at=max(at, mail_at),
    )
