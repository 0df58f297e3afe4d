"""Pause a duty or a person, or end a pause: an administrator's form, which shows the plan first."""

from collections.abc import Iterator
from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State
from pydantic import Field

from config.settings import settings
from flows.duty import run_name
from flows.forms.form import Form, Planned, fill_in
from models.store import Store
from tasks import clock
from tasks.changes import pause as pausing
from tasks.changes.record import Refused
from timeline.calendar.wording import long_date
from timeline.definitions.council import Pause
from timeline.definitions.facts import under_embargo
from timeline.window.choices import DUTY_OR_POST, key_of, title_of


class LeftAlone(Form):
    """Ask with the administrator's form. It needs no reason."""

    # No address: Prefect's database keeps what is typed here.
    what: str = Field(
        title="A duty, or the post of somebody",
        min_length=1,
        max_length=200,
        json_schema_extra={"position": 0, "choices": DUTY_OR_POST},
    )
    until: date | None = Field(None, title="The last day of the pause", json_schema_extra={"position": 1})
    end: bool = Field(False, title="End the pause", json_schema_extra={"position": 2})
    over_legal_dates: bool = Field(
        False,
        title="Pause although a date of class A or B falls into it: nobody is asked about that date",
        json_schema_extra={"position": 3},
    )


@flow(name="pause", flow_run_name=run_name, validate_parameters=False)
async def pause(left_alone: LeftAlone) -> State:
    """Pause a duty or a person until a day, or end a pause. Dates stay, and nothing is lost.

    First without a code, for the plan, then with the code of that plan. A pause over a date of class A or B is refused
    and names the date, unless the box that says so is ticked.

    Args:
        left_alone: what to pause and until when, or that its pause ends.

    """
    return await fill_in(LeftAlone, left_alone, _plan)


def _plan(store: Store, form: LeftAlone) -> Planned:
    what, at, given, who = key_of(form.what), clock.now(), settings(), title_of(form.who)
    if "@" in what:
        raise Refused("Name a person by their post: Prefect keeps what is typed here.")
    if form.end == (form.until is not None):
        raise Refused("Give the last day of the pause, or tick “End the pause”: one of the two.")
    if form.until is None:
        return _ending(store, what, who)
    meant = pausing.meant(store, given, what, until=form.until, at=at)
    risks = pausing.risks(store, given, meant, at=at)
    if risks and not form.over_legal_dates:
        raise Refused(" ".join(_open(store, meant, risks)))

    def carry_out() -> str:
        made = pausing.pause(store, given, what, until=meant.until_on, at=at, who=who, over_legal_dates=True)
        return " ".join((f"Paused until {long_date(made.until_on)}.", *_open(store, made, _left(store, made))))

    until = f"“{form.what}” is left alone until {long_date(meant.until_on)}."
    return Planned((until, *_open(store, meant, (*risks, *_left(store, meant)))), carry_out)


def _ending(store: Store, what: str, who: str) -> Planned:
    def carry_out() -> str:
        pausing.resume(store, settings(), what, at=clock.now(), who=who)
        return "It is no longer paused."

    return Planned((f"The pause of “{what}” ends; the next morning says what is due then.",), carry_out)


def _left(store: Store, meant: Pause) -> Iterator[str]:
    return pausing.falls_due(store, settings(), meant)


def _open(store: Store, meant: Pause, sentences: tuple[str, ...] | Iterator[str]) -> tuple[str, ...]:
    """Leave out the dates of a duty under embargo: everybody at Prefect reads the plan."""
    at = clock.now()
    secret = [each for each in store.plan.occurrences() if under_embargo(each.embargoes, at=at)]
    if any(each.obligation == meant.obligation or meant.person for each in secret):
        return tuple(sentence for sentence in sentences if not any(each.ref in sentence for each in secret))
    return tuple(sentences)
