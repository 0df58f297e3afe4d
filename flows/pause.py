"""Pause a duty or a person, or end a pause: an administrator's form."""

from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed
from pydantic import BaseModel, Field

from config.settings import settings
from models.store import Store
from tasks import clock
from tasks.changes import pause as pausing
from tasks.changes.record import Refused
from tasks.council.ledger import stores
from timeline.calendar.wording import long_date


class LeftAlone(BaseModel):
    """Ask with the administrator's form. It needs no reason."""

    # No address: Prefect's database keeps what is typed here.
    what: str = Field(
        title="A duty (such as plo-panel), or the post of somebody (such as head_of_plo)", pattern="^[a-z][a-z0-9_-]*$"
    )
    until: date | None = Field(None, title="The last day of the pause; leave it empty to end one")
    over_legal_dates: bool = Field(
        False, title="Pause although a date of class A or B falls into it: nobody is asked about that date"
    )
    who: str = Field(title="Your post", min_length=1, max_length=200)
    council: str = Field("", title="The council's key, when there are several")


@flow(name="pause", flow_run_name="{left_alone.what}")
async def pause(left_alone: LeftAlone) -> State:
    """Pause a duty or a person until a day, or end a pause. Dates stay, and nothing is lost.

    A pause over a date of class A or B fails and names the date, unless the box that says so is ticked.

    Args:
        left_alone: what to pause and until when; without a day the pause ends.

    """
    meant = [store for store in stores() if left_alone.council in ("", store.council)]
    if len(meant) != 1:
        return Failed(message="Nothing was paused: say which council, by its key.")
    try:
        return Completed(message=_carry_out(meant[0], left_alone))
    except Refused as refused:
        return Failed(message=str(refused))


def _carry_out(store: Store, form: LeftAlone) -> str:
    at, given = clock.now(), settings()
    if form.until is None:
        pausing.resume(store, given, form.what, at=at, who=form.who)
        return "It is no longer paused."
    made = pausing.pause(
        store, given, form.what, until=form.until, at=at, who=form.who, over_legal_dates=form.over_legal_dates
    )
    return " ".join((f"Paused until {long_date(made.until_on)}.", *pausing.falls_due(store, given, made)))
