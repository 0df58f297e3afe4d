"""Move an occurrence by a form, or say that it took place or is cancelled: who must hear of it is shown first."""

from datetime import date
from typing import Literal

from prefect import flow
from prefect.client.schemas.objects import State
from pydantic import Field

from flows.duty import run_name
from flows.forms.form import Form, Planned, fill_in
from flows.forms.record import recording
from models.store import RevisionKind, Store
from tasks import clock
from tasks.changes.record import Refused
from timeline.calendar.london import london_date
from timeline.definitions.facts import Fact
from timeline.planning.rescheduling import CANCELLED, HELD, MOVED
from timeline.window.choices import OCCURRENCE, key_of, title_of

_FACTS = {"moves": MOVED, "took place": HELD, "is cancelled": CANCELLED}


class Moving(Form):
    """Ask with the administrator's form."""

    occurrence: str = Field(
        title="Which meeting, visit or submission",
        min_length=1,
        max_length=200,
        json_schema_extra={"position": 0, "choices": OCCURRENCE},
    )
    what: Literal["moves", "took place", "is cancelled"] = Field(
        "moves", title="What happens to it", json_schema_extra={"position": 1}
    )
    to: date | None = Field(None, title="Its new day, or the day it took place", json_schema_extra={"position": 2})
    until: date | None = Field(None, title="Its last day, of several", json_schema_extra={"position": 3})
    reason: str = Field(
        title="Why, for those who were told the old date (no names: Prefect keeps what is typed)",
        min_length=1,
        max_length=300,
        json_schema_extra={"position": 4},
    )


@flow(name="move", flow_run_name=run_name, validate_parameters=False)
async def move(form: Moving) -> State:
    """Move, hold or cancel an occurrence: first without a code, for the plan, then with the code of that plan.

    A date of law stays beside the agreed one. Prefect has one login for everybody: nothing is done, confirmed or
    released here.

    Args:
        form: which occurrence, what happens to it, and why.

    """
    return await fill_in(Moving, form, _plan)


def _plan(store: Store, form: Moving) -> Planned:
    at = clock.now()
    cancelled = form.what == "is cancelled"
    if cancelled and (form.to or form.until):
        raise Refused("What is cancelled has no day: leave both days empty.")
    if not cancelled and form.to is None:
        raise Refused("“Its new day, or the day it took place” is empty: it must be filled in.")
    fact = Fact(
        name=_FACTS[form.what],
        on=form.to or london_date(at),
        until=form.until,
        known_at=at,
        who=title_of(form.who),
        source=form.reason,
        occurrence=key_of(form.occurrence),
    )
    return recording(store, fact, kind=RevisionKind.MOVE, at=at)
