"""Propose to pause a duty or a person, to stop all sending, and to end either."""

from datetime import date, datetime

from tasks.changes import pause as pauses
from tasks.changes.record import Refused
from tasks.council.run import CouncilRun
from tasks.proposals.proposal import Done, Proposal, nothing
from timeline.calendar.london import london_date
from timeline.calendar.wording import count, long_date
from timeline.definitions.council import Pause
from timeline.escalation.quiet import PauseInForce
from timeline.steering.filters import Choice


def pausing(run: CouncilRun, what: str, until: date) -> Proposal:
    """Propose to leave a duty, or the holder of a post, alone until a day. Raises Refused."""
    store, given = run.store, run.settings
    meant = pauses.meant(store, given, what, until=until, at=run.at)

    def make(who: str, at: datetime) -> Done:
        made = pauses.pause(store, given, what, until=until, at=at, who=who, over_legal_dates=True)
        return Done((f"Paused until {long_date(made.until_on)}: {named(run, made)}.",))

    known = meant in [each.pause for each in store.definitions.pauses_in_force()]
    return Proposal(
        says=(f"{named(run, meant)}: nobody is asked about it until {long_date(until)}. Its dates stand.",)
        if meant.obligation
        else (f"{named(run, meant)}: left alone until {long_date(until)}, as if away.",),
        notes=tuple(pauses.falls_due(store, given, meant)),
        risks=pauses.risks(store, given, meant, at=run.at),
        already="It is paused until that day already: nothing changes." if known else "",
        make=make,
    )


def resuming(run: CouncilRun, what: str) -> Proposal:
    """Propose to end a pause that was made by command or on a page. Raises Refused."""
    in_force = next((each for each in run.store.definitions.pauses_in_force() if _what(run, each) == what), None)
    if in_force is None:
        return Proposal(says=(), already="It is not paused: nothing changes.", make=nothing)
    if not in_force.by_command:
        raise Refused(f"{named(run, in_force.pause)}: its pause stands in the timeline file; change it there.")

    def make(who: str, at: datetime) -> Done:
        pauses.resume(run.store, run.settings, what, at=at, who=who)
        return Done((f"No longer paused: {named(run, in_force.pause)}.",))

    said = f"{named(run, in_force.pause)}: what is due leaves from the next morning on."
    return Proposal(says=(said,), make=make)


def stopping(run: CouncilRun, reason: str) -> Proposal:
    """Propose that nothing leaves any more until somebody resumes it."""

    def make(who: str, at: datetime) -> Done:
        run.store.outbox.stop(at=at, who=who, reason=reason)
        return Done(("Nothing is sent until it is resumed.",))

    return Proposal(
        says=(f"Nothing is sent for {run.timeline.council.name} until it is resumed: no reminder, no receipt.",),
        notes=("What falls due meanwhile waits, and none of it is lost. Legal dates stand.",),
        already="Sending is stopped already: nothing changes." if run.store.outbox.stopped() else "",
        make=make,
    )


def starting(run: CouncilRun, reason: str) -> Proposal:
    """Propose that messages leave again."""

    def make(who: str, at: datetime) -> Done:
        run.store.outbox.resume(at=at, who=who, reason=reason)
        return Done(("Sending goes on.",))

    waiting = len(run.store.ledger.pending(at=run.at))
    return Proposal(
        says=(f"Messages leave again for {run.timeline.council.name}, in working time.",),
        notes=(f"{count(waiting, 'reminder')} now waiting: each is looked at again before it leaves.",),
        already="" if run.store.outbox.stopped() else "Sending is not stopped: nothing changes.",
        make=make,
    )


def can_be_paused(run: CouncilRun) -> tuple[Choice, ...]:
    """Offer each duty by its title, and each post that somebody holds today."""
    directory, on = run.timeline.directory, london_date(run.at)
    duties = sorted((Choice(duty.key, duty.title) for duty in run.timeline.obligations), key=lambda duty: duty.text)
    held = {key: directory.holder(key, on=on) for key in directory.posts}
    people = [Choice(key, f"{each.post.title}: {each.person.name}") for key, each in held.items() if each]
    return *duties, *sorted(people, key=lambda person: person.text)


def paused(run: CouncilRun) -> tuple[Choice, ...]:
    """Offer what is paused now."""
    in_force = run.store.definitions.pauses_in_force()
    return tuple(Choice(_what(run, each), named(run, each.pause)) for each in in_force)


def named(run: CouncilRun, pause: Pause) -> str:
    """Name what is paused as people read it."""
    titles = {duty.key: duty.title for duty in run.timeline.obligations}
    people = run.timeline.directory.people
    return titles.get(pause.obligation) or (people[pause.person].name if pause.person in people else pause.person)


def _what(run: CouncilRun, in_force: PauseInForce) -> str:
    people, person = run.timeline.directory.people, in_force.pause.person
    return in_force.pause.obligation or (people[person].address if person in people else person)
