"""`daymark doctor`: examine every part of this installation, and say what helps."""

import asyncio
import json
import os
from collections.abc import Iterator
from typing import Annotated

import typer

from cli.run.parts import prefect_address
from config.settings import Settings, settings
from tasks import clock
from tasks.doctor.machine import examine_machine
from tasks.doctor.memory import examine_memory
from tasks.doctor.reach import examine_reach
from tasks.doctor.redis_server import examine_redis
from tasks.processes.asking_prefect import knows_prefect
from tasks.processes.project_root import DEPLOYED
from tasks.processes.speaking import speaking_to
from timeline.doctor.diagnosis import Diagnosis, Trouble, examined

AsJson = Annotated[bool, typer.Option("--json", help="Print an object a line.")]


def register(app: typer.Typer) -> None:
    """Add `daymark doctor` to the application."""
    app.command("doctor")(doctor)


def doctor(as_json: AsJson = False) -> int:
    """Examine every part of this installation: one sentence for each trouble, with what helps.

    It looks at the packages, disk, file modes and zone; the database, its tables, the secret key, the clock and each
    council; each channel, the mailbox and the address of the pages; Redis, where several Prefect servers share it;
    Prefect, its worker, schedules and leases. It changes nothing and sends nothing.

    Exit code 0 when all is well, 1 when something is not, 2 when the settings cannot be used.
    """
    is_well = True
    for diagnosis in _diagnoses(settings()):
        is_well &= diagnosis.is_well
        lines = map(json.dumps, diagnosis.objects()) if as_json else diagnosis.lines()
        for line in lines:
            typer.echo(line)
    return 0 if is_well else 1


def _diagnoses(given: Settings) -> Iterator[Diagnosis]:
    at = clock.now()
    yield from examine_machine(given)
    memory = tuple(examine_memory(given, at=at))
    yield from memory
    yield from examine_reach(given, at=at, has_memory=memory[0].is_well)
    yield from examine_redis(os.environ)
    yield from _prefect(given)


def _prefect(given: Settings) -> tuple[Diagnosis, ...]:
    if not knows_prefect(given):
        # Speaking to it would make a login, and a folder for it.
        return (examined("Prefect", [Trouble("No Prefect was started here yet.", "Start daymark up.")], seen=""),)
    server = prefect_address(given)
    with speaking_to(server):
        from flows.server.examined import examine_prefect

        return asyncio.run(examine_prefect(server, DEPLOYED))
