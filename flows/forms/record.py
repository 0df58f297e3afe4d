"""Record a date by a form: what would move is shown first."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State

from flows.duty import run_name
from flows.forms.fact_form import FactForm, openly
from flows.forms.fields import choice, entry, words
from flows.forms.form import fill_in
from models.store import RevisionKind
from tasks.council.run import CouncilRun
from tasks.proposals.proposal import Proposal
from timeline.window.choices import FACT, OCCURRENCE, key_of


class Recording(FactForm):
    """Ask with the administrator's form."""

    fact: str = choice("What happened", FACT, position=0)
    on: date = entry("The day, or the first of several", position=1)
    occurrence: str = choice(
        "Of which meeting, visit or submission, where it is about one", OCCURRENCE, position=2, default=""
    )
    source: str = words("The document in which it stands", position=4)


@flow(name="record", flow_run_name=run_name, validate_parameters=False)
async def record(form: Recording) -> State:
    """Record a date: first without a code, for the plan, then with the code of that plan.

    Prefect has one login for everybody: nothing is done, confirmed or released here, and nothing in confidence is
    recorded.

    Args:
        form: what happened, when, and where it stands.

    """
    return await fill_in(Recording, form, _propose)


def _propose(run: CouncilRun, form: Recording) -> Proposal:
    fact = form.as_fact(key_of(form.fact), on=form.on, occurrence=form.occurrence, source=form.source, at=run.at)
    return openly(run, fact, kind=RevisionKind.RECORD)
