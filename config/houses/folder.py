"""Find the councils of a folder, each with its timeline, and refuse two that would be the same council."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from config.timeline_files.faults import BadInput, Fault, error
from config.timeline_files.linked_files import with_like

TIMELINE = "timeline.yaml"
"""The timeline of a council that has a folder of its own."""
SETTINGS = "settings.yaml"
"""What a council settles for itself, beside its timeline."""
PEOPLE = "people.csv"
"""The people and posts that a council keeps up to date beside its timeline (docs/people.md)."""
_BESIDE = (".programme.yaml", SETTINGS)


@dataclass(frozen=True)
class CouncilFile:
    """Name a council's timeline, as people say it: `arden/timeline.yaml`. `faults` keep it from being used here."""

    path: Path
    name: str
    key: str = ""
    faults: tuple[Fault, ...] = ()

    def told(self, faults: Iterable[Fault]) -> tuple[Fault, ...]:
        """Name the council's folder in each fault: in a folder of councils every timeline has the same name."""
        folder = self.name.removesuffix(self.path.name)
        return tuple(replace(fault, file=f"{folder}{fault.file}") for fault in faults)


def councils_in(folder: Path) -> tuple[CouncilFile, ...]:
    """List the councils of a folder by name: `NAME.yaml` in it, and `NAME/timeline.yaml`. Raise BadInput for none."""
    given = tuple(_timelines(folder))
    if not given:
        raise BadInput(
            [error(folder.name, "", f"This folder holds no council, expected NAME.yaml or NAME/{TIMELINE}.")]
        )
    return tuple(_without_twins(given))


def people_of(timeline: Path) -> Path | None:
    """Give the file of people beside the timeline of a council that has a folder of its own; None without it."""
    file = timeline.parent / PEOPLE
    return file if timeline.name == TIMELINE and file.is_file() else None


def stated_alone(path: Path) -> CouncilFile:
    """Name a council whose timeline was given by itself."""
    return CouncilFile(path, path.name)


def goes_on(council: str, folder: Path) -> str:
    """Say that a stored council has no file in the folder: a folder that was removed never removes a council."""
    return f"“{council}” is stored and stands in no file of {folder.name} that can be read: it goes on as it is."


def _timelines(folder: Path) -> Iterator[CouncilFile]:
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_dir():
            yield from _of_a_folder(path)
        elif path.suffix == ".yaml" and not path.name.endswith(_BESIDE):
            yield CouncilFile(path, path.name)


def _of_a_folder(folder: Path) -> Iterator[CouncilFile]:
    """Give the council of a folder; a folder with other YAML alone has lost its timeline, which is said."""
    timeline = folder / TIMELINE
    name = f"{folder.name}/{TIMELINE}"
    if timeline.exists():
        yield CouncilFile(timeline, name)
    elif any(folder.glob("*.yaml")):
        missing = error(TIMELINE, "", "There is no such file in this folder, expected the timeline of a council.")
        yield CouncilFile(timeline, name, faults=(missing,))


def _without_twins(given: Iterable[CouncilFile]) -> Iterator[CouncilFile]:
    """Give each council a fault for the key or the name that another has, too."""
    stated = [(each, _stated(each)) for each in given]
    by_word: dict[tuple[str, str], list[CouncilFile]] = defaultdict(list)
    for each, council in stated:
        for word in ("key", "name"):
            if said := _same(council.get(word)):
                by_word[word, said].append(each)
    for each, council in stated:
        having = {word: by_word.get((word, _same(council.get(word))), []) for word in ("key", "name")}
        twins = tuple(_twin(word, council, each, others) for word, others in having.items() if len(others) > 1)
        key = council.get("key")
        yield replace(each, key=key if isinstance(key, str) else "", faults=(*each.faults, *twins))


def _stated(of: CouncilFile) -> dict[str, Any]:
    """Read what a timeline states of its council; nothing where it cannot be read, which `check` tells."""
    try:
        council = with_like(of.path).get("council") if not of.faults else None
    except BadInput:
        return {}
    return council if isinstance(council, dict) else {}


def _same(word: object) -> str:
    """Give a name as people compare it: without capitals and double spaces."""
    return " ".join(word.casefold().split()) if isinstance(word, str) else ""


def _twin(word: str, council: dict[str, Any], mine: CouncilFile, having: Iterable[CouncilFile]) -> Fault:
    others = " and ".join(each.name for each in having if each is not mine)
    text = f"“{council[word]}” stands in {others}, too: expected another for each council, and neither is used."
    return error(mine.path.name, f"council.{word}", text)
