"""Move an occurrence by a form, or say that it took place or is cancelled: who must hear of it is shown first."""

from datetime import date
from typing import Literal

from prefect import flow
from prefect.client.schemas.objects import State

from flows.duty import run_name
from flows.forms.fact_form import FactForm, openly
from flows.forms.fields import choice, entry, words
from flows.forms.form import fill_in
from models.store import RevisionKind
from tasks.changes.record import Refused
from tasks.council.run import CouncilRun
from tasks.proposals.dates import as_agreed
from tasks.proposals.proposal import Proposal
from timeline.planning.rescheduling import CANCELLED, HELD, MOVED
from timeline.window.choices import OCCURRENCE

_FACTS = {"moves": MOVED, "took place": HELD, "is cancelled": CANCELLED}


class Moving(FactForm):
    """Ask with the administrator's form."""

    occurrence: str = choice("Which meeting, visit or submission", OCCURRENCE, position=0)
    what: Literal["moves", "took place", "is cancelled"] = entry("What happens to it", position=1, default="moves")
    to: date | None = entry("Its new day, or the day it took place", position=2, default=None)
    reason: str = words("Why, for those who were told the old date", position=4)
    agreed_with: str = words("Who agreed, where the law gives the date and it stays", position=5, default="")
    where: str = words("Where that is written", position=6, default="")


@flow(name="move", flow_run_name=run_name, validate_parameters=False)
async def move(form: Moving) -> State:
    """Move, hold or cancel an occurrence: first without a code, for the plan, then with the code of that plan.

    A legal date stays beside the agreed date. Prefect has one login for everybody: nothing is done, confirmed or
    released here.

    Args:
        form: which occurrence, what happens to it, and why.

    """
    return await fill_in(Moving, form, _propose)


def _propose(run: CouncilRun, form: Moving) -> Proposal:
    cancelled = form.what == "is cancelled"
    if cancelled and (form.to or form.until):
        raise Refused("What is cancelled has no day: leave both days empty.")
    if not cancelled and form.to is None:
        raise Refused("“Its new day, or the day it took place” is empty: it must be filled in.")
    fact = form.as_fact(_FACTS[form.what], on=form.to, occurrence=form.occurrence, source=form.reason, at=run.at)
    fact = as_agreed(fact, form.agreed_with, form.where)
    return openly(run, fact, kind=RevisionKind.MOVE)
