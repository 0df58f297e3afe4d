"""Say what is switched off in Prefect: work pools, queues, deployments and schedules."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.responses import DeploymentResponse
from prefect.exceptions import ObjectNotFound

from flows.server.deployments import deployments_in, wanted

_NO_RUN = "no flow of Daymark runs and no reminder leaves until it is resumed there, under Work Pools."


async def switched_off(client: PrefectClient, folder: Path) -> tuple[str, ...]:
    """Say in sentences what of prefect.yaml in `folder` is switched off, or missing; the work pools first."""
    file = wanted(folder)
    pools = [sentence for pool in sorted(file.pools) for sentence in await paused_pool(client, pool)]
    return (*pools, *deployments_off(file.schedules, await deployments_in(client, file.pools)))


async def paused_pool(client: PrefectClient, pool: str) -> list[str]:
    """Say that a work pool, or a queue of it, is paused: then its runs are late and none of them tells it."""
    try:
        is_paused = (await client.read_work_pool(pool)).is_paused
    except ObjectNotFound:
        return [f"The work pool {pool} is missing in Prefect: start daymark up again, which makes it."]
    if is_paused:
        return [f"The work pool {pool} is paused in Prefect: {_NO_RUN}"]
    queues = await client.read_work_queues(work_pool_name=pool)
    paused = sorted(queue.name for queue in queues if queue.is_paused)
    return [f"The queue {name} of the work pool {pool} is paused in Prefect: {_NO_RUN}" for name in paused]


def deployments_off(schedules: Mapping[str, frozenset[str]], ours: Sequence[DeploymentResponse]) -> Iterator[str]:
    """Say which of these deployments, by name with the slugs of their schedules, is missing or switched off."""
    by_name = {deployment.name: deployment for deployment in ours}
    for name, slugs in sorted(schedules.items()):
        yield from _off(name, slugs, by_name.get(name))


def _off(name: str, slugs: frozenset[str], deployment_response: DeploymentResponse | None) -> Iterable[str]:
    if deployment_response is None:
        yield f"The deployment {name} is missing."
    elif deployment_response.paused:
        yield f"The deployment {name} is paused."
    else:
        active = {
            deployment_schedule.slug
            for deployment_schedule in deployment_response.schedules
            if deployment_schedule.active
        }
        yield from (f"The schedule {slug} of {name} is switched off." for slug in sorted(slugs - active))
