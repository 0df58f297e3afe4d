"""Offer today's duties, posts, facts and occurrences in the forms, and refuse fields that a form does not have."""

from collections.abc import Collection, Mapping
from copy import deepcopy
from typing import Any

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.actions import DeploymentUpdate

from flows.server.deployments import deployments_in


async def offer(client: PrefectClient, pools: Collection[str], choices: Mapping[str, tuple[str, ...]]) -> int:
    """Bring the choices of every form up to date, and count the forms that changed; what is right is left alone.

    A deployment that is saved tells of it by an event: each look would otherwise leave an event.
    """
    changed = 0
    for deployment in await deployments_in(client, pools):
        schema = deployment.parameter_openapi_schema or {}
        if (wanted := with_choices(schema, choices)) != schema:
            await client.update_deployment(deployment.id, DeploymentUpdate(parameter_openapi_schema=wanted))
            changed += 1
    return changed


def with_choices(schema: Mapping[str, Any], choices: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    """Give the schema of a form with what may be chosen now; without any choice a field stays free text."""
    given = deepcopy(dict(schema))
    if not given.get("properties"):
        return given
    given["additionalProperties"] = False
    for shape in given.get("definitions", {}).values():
        for field in shape.get("properties", {}).values():
            if offered := choices.get(field.get("choices", ""), ()):
                # A field that may stay empty must be able to.
                field["enum"] = [*([field["default"]] if "default" in field else []), *offered]
    return given
