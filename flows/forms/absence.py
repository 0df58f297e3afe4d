"""Say by a form that the holder of a post is away, or is back: who has the tasks meanwhile is shown first."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from prefect import flow
from prefect.client.schemas.objects import State

from flows.duty import run_name
from flows.forms.fields import choice, entry
from flows.forms.form import Form, fill_in
from tasks.changes.record import Refused
from tasks.council.run import CouncilRun
from tasks.proposals.absences import ending
from tasks.proposals.people import being_away
from tasks.proposals.proposal import Done, Faulty, Proposal
from timeline.calendar.london import london_date
from timeline.calendar.wording import long_date, near
from timeline.definitions.away import meant
from timeline.definitions.people import Recipient
from timeline.window.choices import POST, key_of


class Away(Form):
    """Ask with the administrator's form. No reason is asked for: none is kept."""

    post: str = choice("The post whose holder is away", POST, position=0)
    from_on: date | None = entry("The first day away: today, if it is empty", position=1, default=None)
    until: date | None = entry("The last day away", position=2, default=None)
    back: bool = entry("The holder is back today: end the absence", position=3, default=False)


@flow(name="absence", flow_run_name=run_name, validate_parameters=False)
async def absence(form: Away) -> State:
    """Say that the holder of a post is away until a day, or is back: first without a code, for the plan, then with it.

    Tasks go to the deputy meanwhile. Prefect has one login for everybody: it reads the post and the days, no name and
    no reason.

    Args:
        form: whose absence, and its days, or that it ends.

    """
    return await fill_in(Away, form, _propose)


def _propose(run: CouncilRun, form: Away) -> Proposal:
    if form.back and (form.from_on or form.until):
        raise Refused("Whoever is back today has no days away: leave both days empty.")
    if not form.back and form.until is None:
        raise Refused("“The last day away” is empty: it must be filled in, unless the holder is back.")
    held = _held(run, form.post)
    return _away(run, held, form.from_on or london_date(run.at), form.until) if form.until else _back(run, held)


def _held(run: CouncilRun, chosen: str) -> Recipient:
    post, directory = key_of(chosen), run.timeline.directory
    if "@" in post:
        raise Refused("Name a person by their post: Prefect keeps what is typed here.")
    if post not in directory.posts:
        raise Refused(f"There is no post “{post}”; expected what the form offers.{near(post, directory.posts)}")
    held = directory.holder(post, on=london_date(run.at))
    if held is None:
        raise Refused(f"Nobody holds the post “{directory.posts[post].title}” today: there is nobody who is away.")
    return held


def _away(run: CouncilRun, held: Recipient, from_on: date, until: date) -> Proposal:
    title, days = held.post.title, f"from {long_date(from_on)} to {long_date(until)}"
    if until < from_on:
        raise Refused(f"{long_date(until)} is before {long_date(from_on)}: expected the last day away.")
    try:
        proposal = being_away(run, held.person.address, from_on, until)
    except Faulty as faulty:
        raise Refused(" ".join(_by_post(held, faulty.sentences))) from None

    def make(who: str, at: datetime) -> Done:
        proposal.make(who, at)
        return Done((f"The {title} is away {days}.",))

    notes = tuple(_by_post(held, proposal.notes))
    return replace(proposal, says=(f"The {title} is away {days}.",), changes=(), notes=notes, make=make)


def _by_post(held: Recipient, sentences: Iterable[str]) -> Iterable[str]:
    """Name the post in place of its holder: everybody at Prefect reads the plan."""
    for sentence in sentences:
        yield sentence.replace(held.person.name, f"the {held.post.title}").replace(held.person.address, held.post.title)


def _back(run: CouncilRun, held: Recipient) -> Proposal:
    title = held.post.title
    known = meant(run.timeline.directory.known_absences, held.person.key, on=london_date(run.at))
    if not known:
        raise Refused(f"The {title} is not known to be away: there is nothing to end.")
    proposal = ending(run, f"{held.person.key}/{known[0].said.until_on}", None, via="form")

    def make(who: str, at: datetime) -> Done:
        proposal.make(who, at)
        return Done((f"The {title} is back: tasks go to them again.",))

    return replace(proposal, says=(f"The {title} is back today.",), make=make)
