"""Live Medway up to its invented end on 1 November 2019, and give the councils that follow it."""

from decimal import Decimal
from pathlib import Path
from typing import Any

from models.store import Store
from tasks.changes import handover
from tasks.changes.handover import Asked
from tests.harness import World
from tests.support.stated import MEDWAY, people, variant
from tests.timeline.literals import day
from timeline.answers.responses import Answer
from timeline.forecast.succession import Succession
from timeline.programme.measures import Value
from timeline.programme.updates import RecordUpdate

CASES, THEME = "plo-panel/3/cases", "practice-manager-training/3/theme"
CASELOADS = "measures.caseloads"
VESTED = "Fri 1 Nov 2019"
ORDER = "Medway (Structural Changes) Order 2019"
DUTIES = ("plo-panel", "practice-manager-training")
# A council of few duties is handed over in a moment.
FEW: dict[str, Any] = {"practices": DUTIES, "obligations": {}}


def lived(world: World) -> None:
    """Live a first day and one near the end: one owner asks for help, another has done what was asked."""
    world.at("Tue 27 Aug 2019 07:00").apply(variant(world.home, like=MEDWAY, **FEW))
    for moment in ("Tue 29 Oct 2019 08:30", "Wed 30 Oct 2019 08:30"):
        world.live(moment, *DUTIES)
    world.at("Thu 31 Oct 2019 11:00")
    world.answer(CASES, Answer.HELP, by="performance_lead", text="Two people short")
    world.answer(THEME, Answer.DONE, by="training_lead", evidence="SharePoint, theme 3", text="Ask me about it")
    for number in (18, 17):
        value = Value(on=world.now.date(), by="performance_lead", number=Decimal(number))
        given = RecordUpdate(record=CASELOADS, part=value, at=world.now, who="performance-lead")
        world.store.programmes.update(given, at=world.now)


def successor(folder: Path, side: str, **changes: Any) -> Path:
    """Give the timeline of the council on that side, with the same people unless told otherwise."""
    council = {"key": f"{side}-medway", "name": f"{side.title()} Medway Council", "programme": "Improvement programme"}
    return variant(folder, name=f"{side}.yaml", council=council, **FEW | changes)


def others() -> dict[str, Any]:
    """Give other people for the posts of Medway, under the same keys: names and addresses tell people apart."""
    stated = people()
    for key, person in stated.items():
        person["address"] = person["address"].replace("medway.example", "west.example")
        person["name"] = f"{key} of West Medway"
    return stated


def asked(*files: Path, on: str = VESTED, **more: Any) -> Asked:
    return Asked(vesting_on=day(on), files=files, by="Programme lead", source=ORDER, **more)


def handed_over(world: World) -> None:
    """Live the end: the east has the same people, the west others under the same keys."""
    lived(world)
    hand_over(world, successor(world.home, "east"), successor(world.home, "west", people=others()))


def hand_over(world: World, *files: Path, **more: Any) -> Succession:
    world.at("Fri 1 Nov 2019 07:10")
    return handover.hand_over(world.store, world.settings, asked(*files, **more), at=world.now)


def of(world: World, key: str) -> Store:
    return Store(world.store.engine, key)


def serve(world: World, key: str) -> World:
    """See that what follows is of that council."""
    world.store = of(world, key)
    return world
