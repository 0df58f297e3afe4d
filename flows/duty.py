"""One morning's work for one kind of duty: gather, decide, act. Every statutory flow is this, for its own duties."""

from datetime import datetime

from prefect.client.schemas.objects import State
from prefect.runtime import flow_run
from prefect.states import Completed

from tasks import clock, steps
from tasks.ledger import stores
from timeline.calendar import LONDON
from timeline.day import decide_day
from timeline.wording import short_date


async def keep(obligation: str, at: datetime | None) -> State:
    """Writes the prompts of one duty that are due by the end of the day of `at`, for every council.

    Safe to run twice: what the ledger holds is not written again. Ends Completed with what it did in a sentence.
    """
    at = instant(at)
    duties = frozenset({obligation})
    said = []
    for store in stores():
        situation = steps.gather(store, duties, at=at)
        decision = decide_day(situation, obligations=duties, at=at)
        written = steps.write(store, decision)
        said.append(await steps.publish_day(situation.timeline, decision, written=written))
    return Completed(message=" ".join(said) or "No council's timeline has been applied yet.")


def instant(at: datetime | None) -> datetime:
    """The instant a run works for, in London; one without a zone was typed into a form there."""
    found = at or clock.now()
    return found.replace(tzinfo=LONDON) if found.tzinfo is None else found.astimezone(LONDON)


def run_name() -> str:
    """Such as "Thu 14 Nov 2019 07:30": the instant that the run works for."""
    given = flow_run.parameters.get("at")
    at = instant(datetime.fromisoformat(given) if isinstance(given, str) else given)
    return f"{short_date(at.date())} {at:%H:%M}"
