"""Pause a duty or a person, or end a pause: an administrator's form, which shows the plan first."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from prefect import flow
from prefect.client.schemas.objects import State

from flows.duty import run_name
from flows.forms.fields import choice, entry
from flows.forms.form import Form, fill_in
from tasks.changes.pause import resume
from tasks.changes.record import Refused
from tasks.council.run import CouncilRun
from tasks.proposals.proposal import Done, Proposal
from tasks.proposals.quiet import pausing
from timeline.calendar.wording import long_date
from timeline.definitions.refs import occurrence_of
from timeline.planning.occurrences import refs_under_embargo
from timeline.window.choices import DUTY_OR_POST, key_of


class LeftAlone(Form):
    """Ask with the administrator's form. It needs no reason."""

    # No address: Prefect's database keeps what is typed here.
    what: str = choice("A duty, or the post of somebody", DUTY_OR_POST, position=0)
    until: date | None = entry("The last day of the pause", position=1, default=None)
    end: bool = entry("End the pause", position=2, default=False)
    over_legal_dates: bool = entry(
        "Pause although a date of class A or B falls into it: nobody is asked about that date",
        position=3,
        default=False,
    )


@flow(name="pause", flow_run_name=run_name, validate_parameters=False)
async def pause(left_alone: LeftAlone) -> State:
    """Pause a duty or a person until a day, or end a pause. Dates stay, and nothing is lost.

    First without a code, for the plan, then with the code of that plan. A pause over a date of class A or B is refused
    and names the date, unless the box that says so is ticked.

    Args:
        left_alone: what to pause and until when, or that its pause ends.

    """
    return await fill_in(LeftAlone, left_alone, _propose)


def _propose(run: CouncilRun, form: LeftAlone) -> Proposal:
    what = key_of(form.what)
    if "@" in what:
        raise Refused("Name a person by their post: Prefect keeps what is typed here.")
    if form.end == (form.until is not None):
        raise Refused("Give the last day of the pause, or tick “End the pause”: one of the two.")
    if form.until is None:
        return _ending(run, what)
    proposal = pausing(run, what, form.until)
    notes, risks = _open(run, proposal.notes), _open(run, proposal.risks)
    if proposal.risks and not form.over_legal_dates:
        raise Refused(" ".join(risks) or "A date of class A or B falls into the pause: use the pages, which show it.")
    until = long_date(form.until)

    def make(who: str, at: datetime) -> Done:
        proposal.make(who, at)
        return Done((f"Paused until {until}.", *notes))

    # The sentence of the pages names the person.
    return replace(proposal, says=(f"“{form.what}” is left alone until {until}.",), notes=notes, risks=risks, make=make)


def _ending(run: CouncilRun, what: str) -> Proposal:
    def make(who: str, at: datetime) -> Done:
        resume(run.store, run.settings, what, at=at, who=who)
        return Done(("It is no longer paused.",))

    return Proposal(says=(f"The pause of “{what}” ends; the next morning says what is due then.",), make=make)


def _open(run: CouncilRun, sentences: Iterable[str]) -> tuple[str, ...]:
    """Leave out the dates of duties under embargo: everybody at Prefect reads the plan."""
    secret = refs_under_embargo(run.store.plan.occurrences(), at=run.at)
    return tuple(sentence for sentence in sentences if occurrence_of(sentence.partition(" ")[0]) not in secret)
