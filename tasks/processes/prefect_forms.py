"""Offer in Prefect's forms what may be chosen today, and refuse fields that a form does not have.

Not by Prefect's client, which takes a second to import: commands and pages offer anew what they have changed.
"""

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from functools import partial
from typing import TYPE_CHECKING, Any

from config.settings import Settings
from tasks.processes.asking_prefect import ask_prefect, persistent

if TYPE_CHECKING:
    import httpx

POOL = "daymark"
"""The work pool of our deployments: on a shared server others have theirs, perhaps of the same name."""
_MOST = 200
_PATIENCE_SECONDS = 20.0
"""At its start, and while it plans many runs, Prefect takes longer than it does for a page."""

Choices = Mapping[str, tuple[str, ...]]


def offer(settings: Settings, choices: Callable[[], Choices]) -> int | None:
    """Bring the choices of every form up to date, and count the forms that changed; what is right is left alone, since
    a deployment that is saved tells of it by an event.

    None when Prefect could not be asked; then the choices are not even gathered. `daymark up` looks again every five
    minutes.
    """

    def bring_up_to_date(prefect: "httpx.Client") -> int:
        asked = {"work_pools": {"name": {"any_": [POOL]}}, "limit": _MOST}
        deployments = persistent(lambda: prefect.post("/deployments/filter", json=asked)).json()
        outdated = list(_outdated(deployments, choices())) if deployments else []
        for key, schema in outdated:
            given = {"parameter_openapi_schema": schema}
            persistent(partial(prefect.patch, f"/deployments/{key}", json=given))
        return len(outdated)

    return ask_prefect(settings, bring_up_to_date, patience=_PATIENCE_SECONDS)


def _outdated(deployments: list[dict[str, Any]], choices: Choices) -> Iterator[tuple[str, dict[str, Any]]]:
    for deployment in deployments:
        schema = deployment["parameter_openapi_schema"] or {}
        if (wanted := with_choices(schema, choices)) != schema:
            yield deployment["id"], wanted


def with_choices(schema: Mapping[str, Any], choices: Choices) -> dict[str, Any]:
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
