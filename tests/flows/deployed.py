"""Hold deployments at the session's Prefect server: from a prefect.yaml as `daymark up` deploys it, or made
directly.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import yaml
from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.actions import DeploymentScheduleCreate
from prefect.client.schemas.responses import DeploymentResponse
from prefect.client.schemas.schedules import CronSchedule

from flows.server.deployments import bring_up_to_date
from flows.server.work_pool import keep_work_pool

POOL = "test-pool"
CRON, ZONE = "30 7 * * 1-5", "Europe/London"
FLOW = """
from prefect import flow

@flow(name="{name}")
async def {name}() -> None:
    pass
"""


@asynccontextmanager
async def cleared() -> AsyncIterator[PrefectClient]:
    """Give a client of a server that holds no deployments afterwards."""
    async with get_client() as client:
        yield client
        for deployment in await client.read_deployments(limit=200):
            await client.delete_deployment(deployment.id)


def entry(name: str, *schedules: str, pool: str = POOL) -> dict[str, Any]:
    """Give a deployment of a prefect.yaml."""
    return {
        "name": name,
        "entrypoint": f"flows/{name}.py:{name}",
        "work_pool": {"name": pool},
        "schedules": [{"slug": slug, "cron": CRON, "timezone": ZONE} for slug in schedules],
    }


def write(folder: Path, *entries: dict[str, Any]) -> None:
    """Give a prefect.yaml of these deployments, and their flows."""
    (folder / "flows").mkdir(exist_ok=True)
    for deployment in entries:
        (folder / deployment["entrypoint"].split(":")[0]).write_text(FLOW.format(name=deployment["name"]))
    pull = [{"prefect.deployments.steps.set_working_directory": {"directory": str(folder)}}]
    (folder / "prefect.yaml").write_text(yaml.safe_dump({"name": "test", "pull": pull, "deployments": list(entries)}))


async def deploy(client: PrefectClient, folder: Path, *entries: dict[str, Any]) -> dict[str, DeploymentResponse]:
    """Tell what the server holds once these have been deployed, by name."""
    write(folder, *entries)
    await bring_up_to_date(client, folder)
    return {deployment.name: deployment for deployment in await client.read_deployments(limit=200)}


async def made(
    client: PrefectClient, name: str, *slugs: str, pool: str = POOL, queue: str = "default"
) -> DeploymentResponse:
    """Give a deployment that stands at the server, without a file and a program that deploys it."""
    await keep_work_pool(client, pool)
    schedule = CronSchedule(cron=CRON, timezone=ZONE)
    id_ = await client.create_deployment(
        flow_id=await client.create_flow_from_name(name),
        name=name,
        schedules=[DeploymentScheduleCreate(schedule=schedule, slug=slug) for slug in slugs],
        work_pool_name=pool,
        work_queue_name=queue,
    )
    return await client.read_deployment(id_)
