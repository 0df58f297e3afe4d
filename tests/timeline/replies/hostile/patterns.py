"""Hold every pattern that a stranger's text meets, collected from the modules themselves, so that a new one is asked
too.
"""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import tasks.reading
import tasks.receiving
import timeline.replies
from tasks.channels import receipt
from timeline.answers import case_details

_CALLS = frozenset(("compile", "search", "match", "fullmatch", "split", "sub", "findall", "finditer"))


def patterns() -> dict[re.Pattern[Any], bool]:
    """Give the patterns of the reader, and whether a text is searched with them from each of its letters."""
    names, given = searched(), dict[re.Pattern[Any], bool]()
    for module in modules():
        for name, value in vars(module).items():
            for pattern in _kept(value):
                given[pattern] = given.get(pattern, False) or name in names
        for pattern, call in _written(module):
            given[pattern] = given.get(pattern, False) or call not in ("match", "fullmatch", "compile")
    return given


def modules() -> Iterator[ModuleType]:
    for room in (timeline.replies, tasks.reading, tasks.receiving):
        yield room
        for each in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            yield importlib.import_module(each.name)
    yield from (case_details, receipt)


def _kept(value: Any, depth: int = 0) -> Iterator[re.Pattern[Any]]:
    """Find those in the names of a module, and in its tables."""
    if isinstance(value, re.Pattern):
        yield value
    elif depth < 4 and isinstance(value, Mapping):
        for inner in value.values():
            yield from _kept(inner, depth + 1)
    elif depth < 4 and isinstance(value, tuple | list | frozenset | set):
        for inner in value:
            yield from _kept(inner, depth + 1)


def _written(module: ModuleType) -> Iterator[tuple[re.Pattern[Any], str]]:
    """Give those that stand in a call, such as re.sub(r"…", …)."""
    for node in ast.walk(ast.parse(Path(str(module.__file__)).read_text())):
        called = node.func if isinstance(node, ast.Call) else None
        if (
            isinstance(node, ast.Call)
            and isinstance(called, ast.Attribute)
            and isinstance(called.value, ast.Name)
            and (called.value.id, called.attr in _CALLS) == ("re", True)
            and node.args
            and isinstance(node.args[0], ast.Constant)
        ):
            yield re.compile(node.args[0].value), called.attr


def searched() -> frozenset[str]:
    """Name the patterns with which a text is searched; the others are tried at its beginning alone."""
    sources = "\n".join(Path(str(module.__file__)).read_text() for module in modules())
    used = re.findall(r"\b([A-Z_]+)(?:\[[^\]]*\])?\.(?:search|sub|subn|split|findall|finditer)\b", sources)
    handed_on = re.findall(r"[(,=] ?(_?[A-Z][A-Z_]+)\b(?!\.(?:match|fullmatch))", sources)
    return frozenset((*used, *handed_on))


def words_of(pattern: re.Pattern[Any]) -> list[str]:
    """Give the words that a pattern looks for: what begins like them makes it work hardest."""
    text = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    plain = re.sub(r"\(\?[a-zA-Z<>=!:]{0,3}|\\[a-zA-Z]|\{\d+,?\d*\}", " ", text)
    return list(dict.fromkeys(word.strip() for word in re.findall(r"[\w' :;@=<>.,/-]{1,30}", plain) if word.strip()))
