"""Do a morning's work for some duties: gather, decide, act. Every statutory flow does this for its own duties."""

from collections.abc import Callable, Collection
from datetime import datetime

from prefect.client.schemas.objects import State
from prefect.runtime import flow_run

from config.settings import settings
from flows.councils import each_council
from models.store import Store
from tasks import clock
from tasks.assurance.clock_watch import watch_clock
from tasks.council import ledger
from tasks.prefect_tasks.mornings import publish_day
from tasks.prefect_tasks.shown import steps_are_shown
from tasks.prefect_tasks.steps import READS, SHOWS, step
from timeline.definitions.council import CouncilTimeline
from timeline.escalation.day import decide_day
from timeline.window.morning import said
from timeline.window.run_names import run_name as window_name

# The duties with a flow of their own; the flow `other-duties` keeps every other duty.
OWN_FLOW = frozenset(
    {"action-plan", "commissioner-report", "monitoring-visit", "plo-panel", "practice-manager-training"}
)

gather = step("gather", ledger.gather, **READS)
write = step("write prompts", ledger.write)
publish = step("publish", publish_day, **SHOWS)


async def keep(obligation: str) -> State:
    """Write the prompts of a duty that are due by the end of the day, for every council.

    A second run writes nothing again. It ends Completed, with a sentence that says what it did.
    """
    return await _keep(obligation, lambda _: frozenset({obligation}))


async def keep_all_but(own_flow: Collection[str]) -> State:
    """Do the same for every duty that has no flow of its own, including the council's own duties."""
    every_other = "other-duties"
    return await _keep(
        every_other, lambda timeline: frozenset(duty.key for duty in timeline.obligations) - set(own_flow)
    )


async def _keep(of: str, duties_of: Callable[[CouncilTimeline], frozenset[str]]) -> State:
    at = begin()

    async def morning(store: Store) -> str:
        duties = duties_of(store.definitions.timeline(settings().working_hours))
        situation = gather(store, duties, at=at)
        decision = decide_day(situation, obligations=duties, at=at)
        written = write(store, decision)
        if not (written or steps_are_shown()):
            return said(decision, written)
        return str(await publish(situation.timeline, decision, written=written, of=of, base_url=settings().base_url))

    return (await each_council(morning)).state()


def begin() -> datetime:
    """Give the instant that a run works for, which is the clock's and no form's; notice first a clock that jumped."""
    watch_clock(settings())
    return clock.now()


def run_name() -> str:
    """Name a run by what it is and the instant that it works for, such as "PLO panels · Thu 14 Nov 2019 07:36"."""
    return window_name(flow_run.flow_name or "run", clock.now())
