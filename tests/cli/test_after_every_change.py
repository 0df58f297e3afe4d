"""Test every command and every flow's decision after every kind of change, and after its undo: none of them stops."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from config.load import RULES
from config.timeline_files import plain_yaml
from tasks.assurance.assure import assure
from tests.cli.house import Commands, copied_house
from tests.harness import World
from tests.support import rotation
from tests.support.stated import variant

KEPT = ("plo-panel", "monitoring-visit", "action-plan")
PANEL, VISIT = "plo-panel/2", "monitoring-visit/1"
TASK = f"{PANEL}/cases"
LEAD, CHAIR = "performance.lead@medway.example", "plo.panel.chair@medway.example"
SAID = ("--by", "[Lead] {x}", "--source", "{letter}")
MOVED_FACT = {"fact": "moved", "on": "2019-10-16", "for": PANEL, "known": "2019-08-27", "by": "Lead", "source": "x"}
CHANGES: dict[str, tuple[str, ...]] = {
    "apply": ("apply", "rules.yaml"),
    "a moved fact out of the file": ("apply", "stated.yaml"),
    "a duty switched off": ("apply", "off.yaml"),
    "record": ("record", "report_received", "2019-08-22", *SAID, "--yes"),
    "record for one": ("record", "visit_confirmed", "2020-01-20", "2020-01-21", "--for", VISIT, *SAID, "--yes"),
    "a holiday proclaimed late": ("record", "proclaimed_bank_holiday", "2019-10-08", *SAID, "--yes"),
    "move": ("move", PANEL, "--to", "2019-10-16", "--reason", "{flooded}", "--yes"),
    "held": ("move", PANEL, "--held", "2019-08-26", "--reason", "[x", "--yes"),
    "cancelled": ("move", PANEL, "--cancel", "--reason", "{", "--yes"),
    "import": ("people", "import", "people.csv", "--yes", "--by", "{Lead"),
    "pause a duty": ("pause", "plo-panel", "--until", "2019-09-30", "--by", "{Lead"),
    "pause a person": ("pause", "performance_lead", "--until", "2019-09-30", "--by", "[Lead"),
    "stop": ("stop-sending", "--by", "{Lead", "--reason", "[x"),
    "answer": ("ack", TASK, "--as", LEAD, "--text", "{mine}"),
    "delegate": ("delegate", TASK, "--as", LEAD, "--to", CHAIR, "--text", "[x"),
}
WAY_BACK = {
    "pause a duty": (("resume", "plo-panel", "--by", "{Lead"),),
    "pause a person": (("resume", "performance_lead", "--by", "[Lead"),),
    "stop": (("stop-sending", "--resume", "--by", "{Lead", "--reason", "[x"),),
    "a moved fact out of the file": (("apply", "small.yaml"), ("undo",), ("undo",)),
}
COMMANDS = (
    ("list", "--all"),
    ("show", TASK),
    ("show", f"{VISIT}/logistics"),
    ("why", TASK),
    ("calendar",),
    ("monday",),
    ("people", "list"),
    ("people", "export", LEAD),
    ("briefing", "list"),
    ("assurance",),
    ("audit", "verify"),
    ("audit", "export"),
)


def small(folder: Path) -> None:
    """Give the files that the changes name: Medway with three of its duties, and what differs from it."""
    duties = plain_yaml.read(RULES / "england-ilacs.yaml")["obligations"]
    off = {duty: "Not here" for duty in duties if duty not in KEPT}
    usual: dict[str, Any] = {"off": off, "shadow_until": "never", "rules": None}
    plain = variant(folder, name="small.yaml", **usual)
    facts = plain_yaml.read(plain)["facts"]
    variant(folder, like=plain, name="stated.yaml", facts=[*facts, MOVED_FACT])
    variant(folder, like=plain, name="rules.yaml", rules={"plo-panel": "monthly on the 2nd wednesday from 2019-08-27"})
    variant(folder, like=plain, name="off.yaml", off={**off, "plo-panel": "Not now"})
    hart = f"Name;E-Mail;Post;From\nSam Hart;sam.hart@medway.example;performance_lead;{'2019-08-28'}\n"
    (folder / "people.csv").write_text(hart)


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a house whose first mails have left."""
    home = tmp_path_factory.mktemp("lived")
    small(home)
    with World(home) as world:
        world.apply(home / "small.yaml")
        world.lived("Wed 28 Aug 2019 08:30", *KEPT)
        assure(world.store, world.settings, at=world.now)
    return home


@pytest.fixture
def world(lived: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    with copied_house(lived, tmp_path / "house", monkeypatch) as world:
        yield world


@pytest.mark.slow("lives two days with every command, for each of these changes")
@pytest.mark.parametrize("change", rotation.part(CHANGES, one_in=5, always=("move",)))
def test_nothing_stops_after_it_nor_after_its_undo(world: World, daymark: Commands, change: str) -> None:
    told = daymark(*CHANGES[change])
    assert told.code in (0, 1), told.err
    everything(world, daymark, "Thu 29 Aug 2019")
    for back in WAY_BACK.get(change, (("undo",),) if change not in ("answer", "delegate") else ()):
        assert (daymark(*back).code, back) in ((0, back), (1, back))
    everything(world, daymark, "Mon 2 Sep 2019")


def everything(world: World, daymark: Commands, on: str) -> None:
    """Live a day's flows by their decisions, then every command."""
    world.at(f"{on} 07:31").decide(*KEPT)
    world.at(f"{on} 08:30").monday()
    world.deliver()
    world.at(f"{on} 08:45")
    assure(world.store, world.settings, at=world.now)
    said = {command: daymark(*command) for command in COMMANDS}
    stopped = {" ".join(command): answer.err for command, answer in said.items() if answer.code not in (0, 1)}
    # A duty that is switched off has no tasks, and that is a sentence.
    assert not [err for err in stopped.values() if not err.startswith("Nothing is called")]
