"""Keep the work pool that Daymark's runs wait in: a command that no run can change, and a queue that nothing
holds up.
"""

from typing import Any

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.actions import WorkPoolCreate, WorkPoolUpdate
from prefect.client.schemas.filters import WorkQueueFilter, WorkQueueFilterName
from prefect.client.schemas.objects import WorkQueue
from prefect.exceptions import ObjectAlreadyExists
from prefect.workers.process import ProcessWorker

from tasks.processes.prefect_server import AT_ONCE

STEERING = "steering"
"""The queue of the administrators' forms. It comes first, and the limit of the other queue leaves it room."""

# Prefect's own template lets a run name the command, the folder and the environment of its process: whoever may start
# a run could start any program. With a fixed template those wishes are not heard. `env` is left out, not fixed: into a
# fixed one Prefect would still mix a run's.
TEMPLATE: dict[str, Any] = {
    "job_configuration": {
        # One interpreter a run. Left out, Prefect starts a second one to look for requirements to install.
        "command": "python -m prefect.engine",
        "labels": {},
        "name": "{{ name }}",
        "stream_output": True,
    },
    "variables": {"type": "object", "properties": {"name": {"type": "string", "title": "Name"}}},
}

_DESCRIPTION = "Runs Daymark's flows on this machine"


async def keep_work_pool(client: PrefectClient, name: str) -> None:
    """Make the work pool and its queues, or bring them up to date. It leaves alone what is right already."""
    try:
        wanted = WorkPoolCreate(
            name=name, type=ProcessWorker.type, base_job_template=TEMPLATE, description=_DESCRIPTION
        )
        await client.create_work_pool(wanted)
    except ObjectAlreadyExists:
        if (await client.read_work_pool(name)).base_job_template != TEMPLATE:
            await client.update_work_pool(name, WorkPoolUpdate(base_job_template=TEMPLATE))
    await _keep_queues(client, name)


async def _keep_queues(client: PrefectClient, pool: str) -> None:
    if await _queue(client, pool, STEERING) is None:
        await client.create_work_queue(STEERING, work_pool_name=pool, priority=1)
    default = await _queue(client, pool, "default")
    if default is not None and default.concurrency_limit != AT_ONCE:
        await client.update_work_queue(default.id, concurrency_limit=AT_ONCE)


async def _queue(client: PrefectClient, pool: str, name: str) -> WorkQueue | None:
    named = WorkQueueFilter(name=WorkQueueFilterName(any_=[name]))
    return next(iter(await client.read_work_queues(work_pool_name=pool, work_queue_filter=named)), None)
