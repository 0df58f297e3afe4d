"""Propose to release a report, with what it lacks and who may release it, and offer who that can be."""

from datetime import datetime

from tasks.changes.record import Refused
from tasks.council.run import CouncilRun
from tasks.proposals.proposal import Done, Proposal
from tasks.reports.make import Asked, NoReport
from tasks.reports.release import named, prepared, record, said
from timeline.calendar.london import london_date
from timeline.calendar.wording import count
from timeline.reports.kinds import KINDS
from timeline.reports.release import releasing_post, unfilled
from timeline.steering.filters import Choice


def releasing(run: CouncilRun, asked: Asked, *, by: str, entered_by: str) -> Proposal:
    """Propose to release just the contents that a report has now. Raise Refused."""
    try:
        ready = prepared(run.store, run.settings, asked, by=by, at=run.at)
    except NoReport as fault:
        raise Refused(str(fault)) from None
    council, missing = run.timeline.council, unfilled(ready.report)
    lacks = f"It lacks {count(missing.number, 'thing')}, and is released without them." if missing.number else ""
    may = f"The {ready.release.post} may release it, the deputy meanwhile, or the assistant."

    def make(_who: str, at: datetime) -> Done:
        # What was seen is released, and nothing that came since.
        return Done((said(record(run.store, ready, at=at, entered_by=entered_by), council),))

    return Proposal(
        says=(f"{named(ready.release, council)} is no draft from now on. Nothing is sent.",),
        notes=(may,),
        lists=missing.groups,
        risks=(lacks,) if lacks else (),
        already=said(ready.before, council) if ready.before else "",
        stands_on=ready.release.digest,
        make=make,
    )


def may_release(run: CouncilRun) -> tuple[Choice, ...]:
    """Offer, by post and address, who may release a report of any kind today."""
    directory, on = run.timeline.directory, london_date(run.at)
    posts = dict.fromkeys(releasing_post(run.timeline, kind) for kind in KINDS)
    held = (
        (directory.posts[post].title, person)
        for post in posts
        for person in directory.people.values()
        if directory.acts_in(post, person.key, on=on)
    )
    return tuple(Choice(person.address, f"{person.name}, for the {title}") for title, person in held)
