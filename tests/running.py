"""Run flows for the stories: by name, and in a thread of their own."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import Any


@dataclass(frozen=True)
class Ran:
    """Tell how a flow's run ended: the state's type and message, and the run's id at the Prefect server."""

    type: str
    message: str
    id: str


@cache
def flows_by_name() -> dict[str, Any]:
    # Prefect takes a second to import, which stories without flows need not pay.
    from cli.run.replay_runner import MORNING
    from flows.assurance import assurance
    from flows.forms.absence import absence
    from flows.forms.morning import replay_morning
    from flows.forms.move import move
    from flows.forms.pause import pause
    from flows.forms.record import record
    from flows.forms.rehearse import rehearse
    from flows.forms.stop_sending import stop_sending
    from flows.forms.test_message import test_message
    from flows.notify import notify
    from flows.replies import replies
    from flows.reports import reports
    from flows.retention import retention

    forms = (stop_sending, pause, record, move, absence, replay_morning, rehearse, test_message)
    others = (notify, replies, reports, *forms, retention, assurance)
    return {flow.name: flow for flow in (*(flow for _, flow in MORNING), *others)}  # type: ignore[attr-defined]


def away_from_any_loop(flow: Any, **parameters: Any) -> Any:
    """Run it in a thread: the test itself may be async, or Playwright's."""

    async def run() -> Any:
        return await flow(**parameters)

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, run()).result()
