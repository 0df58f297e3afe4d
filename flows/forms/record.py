"""Record a date by a form: what would move is shown first."""

from datetime import date, datetime

from prefect import flow
from prefect.client.schemas.objects import State
from pydantic import Field

from config.settings import settings
from flows.duty import run_name
from flows.forms.form import Form, Planned, fill_in
from models.store import RevisionKind, Store
from tasks import clock
from tasks.changes import record as changing
from tasks.changes.record import Refused
from timeline.definitions.facts import Fact, under_embargo
from timeline.forecast.changes import DATES, Change, counted
from timeline.window.choices import FACT, OCCURRENCE, key_of, title_of

# Longer plans are read on our pages.
_MOST = 30
_REASONS = 5


class Recording(Form):
    """Ask with the administrator's form."""

    fact: str = Field(
        title="What happened", min_length=1, max_length=100, json_schema_extra={"position": 0, "choices": FACT}
    )
    on: date = Field(title="The day, or the first of several", json_schema_extra={"position": 1})
    until: date | None = Field(None, title="The last of several days", json_schema_extra={"position": 2})
    occurrence: str = Field(
        "",
        title="Of which meeting, visit or submission, where it is about one",
        max_length=200,
        json_schema_extra={"position": 3, "choices": OCCURRENCE},
    )
    source: str = Field(
        title="The document in which it stands (no names: Prefect keeps what is typed)",
        min_length=1,
        max_length=300,
        json_schema_extra={"position": 4},
    )


@flow(name="record", flow_run_name=run_name, validate_parameters=False)
async def record(form: Recording) -> State:
    """Record a date: first without a code, for the plan, then with the code of that plan.

    Prefect has one login for everybody: nothing is done, confirmed or released here, and nothing in confidence is
    recorded.

    Args:
        form: what happened, when, and where it stands.

    """
    return await fill_in(Recording, form, _plan)


def _plan(store: Store, form: Recording) -> Planned:
    at = clock.now()
    fact = Fact(
        name=key_of(form.fact),
        on=form.on,
        until=form.until,
        known_at=at,
        who=title_of(form.who),
        source=form.source,
        occurrence=key_of(form.occurrence) or None,
    )
    return recording(store, fact, kind=RevisionKind.RECORD, at=at)


def recording(store: Store, fact: Fact, *, kind: RevisionKind, at: datetime) -> Planned:
    """Plan to record a fact. Raises Refused, also for what is in confidence: everybody at Prefect would read it."""
    given = settings()
    timeline, occurrences = store.definitions.timeline(given.working_hours), store.plan.occurrences()
    hidden = {each.ref for each in occurrences if under_embargo(each.embargoes, at=at)}
    if fact.name in dict(timeline.council.embargoes) or fact.occurrence in hidden:
        raise Refused("That is in confidence, and Prefect has one login for everybody: use the pages or a command.")
    changing.refuse(fact, timeline, [each.ref for each in occurrences])
    if changing.is_known(fact, timeline):
        raise Refused("This is recorded already.")
    changes = changing.fact_changes(store, fact, given, at=at)

    def carry_out() -> str:
        changing.record(store, fact, given, at=at, who=fact.who, kind=kind)
        return f"Recorded. {counted(changes).capitalize()}"

    return Planned((*_lines(changes, hidden), counted(changes)), carry_out)


def _lines(changes: tuple[Change, ...], hidden: set[str]) -> list[str]:
    """Word the dates that would change; who was told the old ones is only counted."""
    dates = [each for each in changes if each.change in DATES and "/".join(each.ref.split("/")[:2]) not in hidden]
    lines = [f"{each.ref} {each.change}: {_days(each)}" for each in dates[:_MOST]]
    whys = dict.fromkeys(each.why for each in dates if each.why)
    return [*lines, *([f"And {len(dates) - _MOST} more."] if len(dates) > _MOST else []), *list(whys)[:_REASONS]]


def _days(change: Change) -> str:
    return " → ".join(filter(None, (change.from_, change.to)))
