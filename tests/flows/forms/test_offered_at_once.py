"""Test that a change is offered in Prefect's forms at once, and made although Prefect cannot be asked."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from prefect.utilities.callables import parameter_schema

from flows.forms.record import record
from flows.server.work_pool import keep_work_pool
from tasks.changes import record as recording
from tasks.council.choices import offer
from tasks.processes.prefect_forms import POOL
from tests.flows.deployed import cleared
from tests.harness import World
from tests.support.prefect_login import LOGIN
from tests.timeline.literals import day
from timeline.definitions.facts import Fact


async def test_what_a_change_brings_is_offered_at_once_and_no_form_is_saved_twice(
    tmp_path: Path, prefect_api: str
) -> None:
    schema = parameter_schema(record).model_dump()
    async with cleared() as client:
        await keep_work_pool(client, POOL)
        flow = await client.create_flow(record)
        form = await client.create_deployment(
            flow_id=flow, name="record", work_pool_name=POOL, parameter_openapi_schema=schema
        )

        async def offered(field: str) -> list[str]:
            read: dict[str, Any] = (await client.read_deployment(form)).parameter_openapi_schema or {}
            choices: list[str] = read["definitions"]["Recording"]["properties"][field].get("enum", [])
            return choices

        with World(tmp_path) as world:
            world.apply()
            (tmp_path / "prefect.login").write_text(LOGIN)
            # Nobody answers at this port: the change is made all the same.
            assert recording.record(world.store, moved(world, "Thu 12 Sep 2019"), world.settings, **by(world))
            assert await offered("occurrence") == []
            there = world.settings.model_copy(update={"prefect_port": urlsplit(prefect_api).port})
            assert recording.record(world.store, moved(world, "Mon 16 Sep 2019"), there, **by(world))
            assert [each for each in await offered("occurrence") if each.endswith("Mon 16 Sep 2019 (plo-panel/1)")]
            assert offer(there, at=world.now) == 0


def moved(world: World, on: str) -> Fact:
    return Fact(name="moved", on=day(on), known_at=world.now, who="Head", source="The room", occurrence="plo-panel/1")


def by(world: World) -> dict[str, Any]:
    return {"at": world.now, "who": "Head"}
