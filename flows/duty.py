"""One morning's work for some duties: gather, decide, act. Every statutory flow is this, for its own duties."""

from collections.abc import Callable, Collection
from datetime import datetime

from prefect.client.schemas.objects import State
from prefect.runtime import flow_run
from prefect.states import Completed

from config.settings import settings
from tasks import clock
from tasks.council.ledger import stores
from tasks.prefect_tasks import steps
from timeline.calendar.london import LONDON, in_london
from timeline.calendar.wording import short_date
from timeline.definitions.council import CouncilTimeline
from timeline.escalation.day import decide_day

# The duties that have a flow of their own; every other duty of a council's timeline is kept by `other-duties`.
OWN_FLOW = frozenset(
    {"action-plan", "commissioner-report", "monitoring-visit", "plo-panel", "practice-manager-training"}
)


async def keep(obligation: str, at: datetime | None) -> State:
    """Writes the prompts of one duty that are due by the end of the day of `at`, for every council.

    Safe to run twice: what the ledger holds is not written again. Ends Completed with what it did in a sentence.
    """
    return await _keep(lambda _: frozenset({obligation}), at)


async def keep_all_but(own_flow: Collection[str], at: datetime | None) -> State:
    """The same for every duty of each council's timeline that has no flow of its own, the council's own included."""
    return await _keep(lambda timeline: frozenset(duty.key for duty in timeline.obligations) - set(own_flow), at)


async def _keep(duties_of: Callable[[CouncilTimeline], frozenset[str]], at: datetime | None) -> State:
    at = instant(at)
    said = []
    for store in stores():
        duties = duties_of(store.definitions.timeline(settings().working_hours))
        situation = steps.gather(store, duties, at=at)
        decision = decide_day(situation, obligations=duties, at=at)
        written = steps.write(store, decision)
        said.append(await steps.publish_day(situation.timeline, decision, written=written))
    return Completed(message=" ".join(said) or "No council's timeline has been applied yet.")


def instant(at: datetime | None) -> datetime:
    """The instant a run works for, in London; one without a zone was typed into a form there."""
    found = at or clock.now()
    return found.replace(tzinfo=LONDON) if found.tzinfo is None else in_london(found)


def run_name() -> str:
    """Such as "Thu 14 Nov 2019 07:30": the instant that the run works for."""
    given = flow_run.parameters.get("at")
    at = instant(datetime.fromisoformat(given) if isinstance(given, str) else given)
    return f"{short_date(at.date())} {at:%H:%M}"
