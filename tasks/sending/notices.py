"""Write to the programme lead about people who cannot be reached, and to people who are back after an absence."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from config.channels import CARDS
from tasks.council.run import CouncilRun
from tasks.council.tokens import absence_key
from tasks.sending.handing import Attempt
from timeline.calendar.london import london_date, start_of_day
from timeline.calendar.working_hours import next_working_instant
from timeline.definitions.absences import Absence
from timeline.definitions.duties import OWNER
from timeline.definitions.people import Person
from timeline.delivery.contact_methods import MAIL, SAYS_SO, ContactMethod, DeadAddress, Reachability, personal
from timeline.delivery.messages import new_message
from timeline.letters.absence import StoodIn, back, subject, text, unreached_subject, unreached_text

# A bounce of Friday evening must still be told on Monday.
_LATELY = timedelta(days=7)


def tell_of_unreached(council_run: CouncilRun, unreached: Mapping[str, Attempt | None]) -> None:
    """Write the mails about people (by their keys, with what was refused), and about those whose address has lately
    proved dead.

    A person is the subject of at most one such mail a day.
    """
    if not council_run.is_working_time:
        return
    about = dict.fromkeys(sorted(unreached), _day(council_run))
    known = council_run.store.outbox.dead_addresses(doubted=True)
    for dead in known:
        if dead.since_at > council_run.at - _LATELY:
            about.setdefault(dead.way.person, london_date(dead.since_at))
    for person, on in about.items():
        _tell(council_run, person, on, failures=_failures(council_run, person, unreached.get(person), known))


def _failures(
    council_run: CouncilRun, person: str, refused: Attempt | None, known: Iterable[DeadAddress]
) -> list[DeadAddress]:
    """Give the ways that failed, each with the server's words; what was refused need not be dead."""
    theirs = [dead for dead in known if dead.way.person == person]
    if refused and refused.channel not in {dead.way.channel for dead in theirs}:
        theirs.append(DeadAddress(ContactMethod(person, refused.channel), refused.said, council_run.at, doubted=True))
    return theirs


def _tell(council_run: CouncilRun, key: str, on: date, *, failures: Sequence[DeadAddress]) -> None:
    message_key = council_run.store.outbox.free_key(f"undeliverable/{key}/{on}")
    lead = _lead_today(council_run)
    if lead is None or not message_key:
        return
    reachability, timeline = council_run.reachability(), council_run.timeline
    person = timeline.directory.people[key]
    failed = {failure.way for failure in failures}
    reached_by = next((method for method in _open(person, reachability) if method not in failed), None)
    method = min(_text_methods(council_run, lead), key=lambda method: method.channel != MAIL, default=None)
    if method is None:
        return
    message = new_message(
        message_key,
        "undeliverable",
        to=lead.key,
        channel=method.channel,
        subject=unreached_subject(timeline.council),
        text=unreached_text(
            timeline,
            person,
            lead,
            reached_by=reached_by.channel if reached_by else "",
            doubted=any(failure.doubted for failure in failures),
            said=next((failure.why for failure in failures if failure.why != SAYS_SO), ""),
            on=_day(council_run),
        ),
        at=council_run.at,
    )
    council_run.put_in_outbox(message)


def _lead_today(council_run: CouncilRun) -> Person | None:
    recipient = council_run.timeline.directory.holder(council_run.timeline.council.programme_lead, on=_day(council_run))
    return recipient.person if recipient else None


def _open(person: Person, reachability: Reachability) -> Iterator[ContactMethod]:
    return (method for method in personal(person, reachability) if method not in reachability.dead)


def _day(council_run: CouncilRun) -> date:
    return london_date(council_run.at)


def tell_lead(
    council_run: CouncilRun, kind: str, subject: str, words: Callable[[str], str], *, not_by: Collection[str] = ()
) -> bool:
    """Write a mail for the next working instant; False when a mail of this kind was written today, or none can be
    delivered.

    `words` makes the text for a name; `not_by` are channels that do not work, used only where there is no other.
    """
    day = london_date(council_run.at)
    key, lead = council_run.store.outbox.free_key(f"{kind}/{day}"), _lead_or_above(council_run)
    methods = _text_methods(council_run, lead) if lead else ()
    method = min(methods, key=lambda method: (method.channel in not_by, method.channel != MAIL), default=None)
    if lead is None or method is None or not key:
        return False
    office = council_run.timeline.as_known(at=council_run.at).calendars.office
    message = new_message(
        key,
        kind,
        to=lead.key,
        channel=method.channel,
        subject=subject,
        text=words(lead.name),
        at=council_run.at,
        leaves_at=next_working_instant(council_run.at, office, council_run.timeline.hours),
    )
    return council_run.put_in_outbox(message)


def _lead_or_above(council_run: CouncilRun) -> Person | None:
    """Give the holder of the programme lead's post; while it is vacant, the first holder above it."""
    post, on = council_run.timeline.council.programme_lead, london_date(council_run.at)
    recipient = council_run.timeline.directory.meant(OWNER, owner=post, on=on)
    return recipient.person if recipient else None


def _text_methods(council_run: CouncilRun, lead: Person) -> Iterator[ContactMethod]:
    """Give the contact methods that work and carry plain text, as a card does not."""
    forms = {name: channel.form for name, channel in council_run.settings.ways().items()}
    return (method for method in _open(lead, council_run.reachability()) if forms[method.channel] not in CARDS)


BACK = "back"
"""The kind of the mail to somebody who is back."""


def tell_who_is_back(council_run: CouncilRun) -> None:
    """Write the mails that are owed today; none in a trial run, in which nobody missed a mail."""
    on = london_date(council_run.at)
    if not council_run.is_working_time or council_run.timeline.council.in_shadow(on=on):
        return
    for absence in back(council_run.timeline, on=on):
        _tell_returning(council_run, absence)


def _tell_returning(council_run: CouncilRun, absence: Absence) -> None:
    of_absence = absence_key(council_run.settings.secret(), council_run.store.council, BACK, absence)
    key = council_run.store.outbox.free_key(of_absence)
    if not key or ContactMethod(absence.person, MAIL) in council_run.reachability().dead:
        return
    tasks = tuple(_stood_in(council_run, absence))
    if not tasks:
        return
    timeline = council_run.timeline
    person = timeline.directory.people[absence.person]
    message = new_message(
        key,
        BACK,
        to=person.key,
        subject=subject(timeline.council.programme),
        text=text(timeline, person, tasks),
        at=council_run.at,
    )
    council_run.put_in_outbox(message)


def _stood_in(council_run: CouncilRun, absence: Absence) -> Iterator[StoodIn]:
    since = start_of_day(absence.from_on)
    posts = council_run.timeline.directory.posts
    for ref, post in council_run.store.ledger.on_behalf_of(absence.person, since=since).items():
        task = council_run.task_context(ref)
        if task and post in posts and task.audience.stands_for(absence.person):
            yield StoodIn(task=task, post=posts[post].title)
