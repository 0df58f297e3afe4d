"""Find the line and the column of a fault: the place of its key in the file, as an editor counts them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from config.timeline_files.faults import Fault

_PART = re.compile(r"\[(\d+)\]|([^.\[\]]+)")


def placed(path: Path, faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Give the faults of that file with their places; a fault whose key does not stand there stays without."""
    given = tuple(faults)
    if not any(fault.key and fault.file == path.name for fault in given):
        return given
    top = _composed(path)
    return tuple(_placed(fault, top) if fault.file == path.name else fault for fault in given)


def _composed(path: Path) -> Any:
    try:
        return yaml.compose(path.read_bytes(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (OSError, yaml.YAMLError, UnicodeDecodeError, RecursionError):
        return None


def _placed(fault: Fault, top: Any) -> Fault:
    """Place a fault at the last part of its key that the file has; a key that is missing, at what should have it."""
    marks = list(_marks(top, fault.key))
    return replace(fault, line=marks[-1].line + 1, column=marks[-1].column + 1) if marks else fault


def _marks(node: Any, key: str) -> Iterator[Any]:
    for entry, name in _PART.findall(key):
        if entry and isinstance(node, yaml.SequenceNode) and int(entry) < len(node.value):
            node = node.value[int(entry)]
            yield node.start_mark
        elif name and isinstance(node, yaml.MappingNode):
            named, node = next((pair for pair in node.value if pair[0].value == name), (None, None))
            if named is None:
                return
            yield named.start_mark
        elif name or not isinstance(node, yaml.ScalarNode):
            return
