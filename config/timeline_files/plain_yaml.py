"""Read YAML as an officer means it: dates stay text, `on` is a word, no key occurs twice, no aliases."""

import re
from collections.abc import Hashable
from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from typing import Any, NoReturn

import yaml

from config.timeline_files.faults import BadInput, error
from config.timeline_files.yaml_words import in_words, not_utf8

# Far above any timeline; a larger file is a mistake.
LARGEST = 2_000_000


DEEPEST = 100
"""Far deeper than any timeline is nested. The loader in C would crash the process at a hundred thousand."""


CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""What no words hold: control characters but for line breaks and tabs, and halves of surrogate pairs."""


class _PlainWords(yaml.constructor.SafeConstructor, yaml.resolver.Resolver):
    """Keep plain words: YAML 1.1 would read `on: 2019-02-30` as {True: <crash>} and 12:30 as 750."""

    yaml_implicit_resolvers = {  # noqa: RUF012 (PyYAML's own name and shape)
        first: [(tag, pattern) for tag, pattern in resolvers if tag == "tag:yaml.org,2002:null"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_scalar(self, node: Any) -> Any:
        # Escapes such as "\\0" are YAML; no database, mail or page takes what they stand for.
        if CONTROL.search(node.value):
            _refuse("found a control character, expected plain words", node.start_mark)
        return super().construct_scalar(node)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen = set()
        for key_node, _ in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                _refuse("found a list or a mapping as a key, expected a word", key_node.start_mark)
            if key_node.value in seen:
                _refuse(f"found “{key_node.value}” twice; expected each key once", key_node.start_mark)
            seen.add(key_node.value)
        return super().construct_mapping(node, deep)


class _PlainLoader(_PlainWords, yaml.SafeLoader):
    """Read with the slow loader, which says best what is wrong."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent):
            _refuse("found an alias, expected the words themselves", event.start_mark)
        if getattr(event, "tag", None):
            # PyYAML obeys a tag before we can check it: “!!timestamp 2019-02-30” and “!!int x” crash the constructor.
            _refuse("found a tag (“!…”), expected the words themselves", event.start_mark)
        return super().compose_node(parent, index)


class _FastLoader(_PlainWords, getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Read with the loader in C, ten times as fast, where PyYAML has it; only for files that `_is_plain` has passed."""


@lru_cache(maxsize=16)
def _load(octets: bytes) -> Any:
    """Read with the loader in C, but a file with any fault with the slow loader: its sentences are tested.

    A command takes the same file for its timeline, its digest and its texts: it is read once.
    """
    try:
        if _is_plain(octets):
            return yaml.load(octets, Loader=_FastLoader)  # noqa: S506 (a SafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError):
        pass
    return yaml.load(octets, Loader=_PlainLoader)  # noqa: S506 (a SafeLoader)


# libyaml passes some of these where the parser in Python does not: tabs, exotic breaks, a byte order mark, a “? ” key.
_READ_OTHERWISE = re.compile(rb"[\t\r]|\xc2\x85|\xe2\x80[\xa8\xa9]|\xef\xbb\xbf|(?<![A-Za-z0-9])\?")


def _is_plain(octets: bytes) -> bool:
    """Tell whether both loaders read these bytes alike.

    That means no alias, no tag, no block of text, no nesting deeper than a timeline may have, and no question mark in a
    word between braces.
    """
    if _READ_OTHERWISE.search(octets):
        return False
    flow: list[bool] = []
    for event in yaml.parse(octets, Loader=_FastLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            flow.append(bool(event.flow_style))
        elif isinstance(event, yaml.CollectionEndEvent):
            flow.pop()
        if _is_odd(event, in_flow=bool(flow) and flow[-1]) or len(flow) > DEEPEST:
            return False
    return True


def _is_odd(event: yaml.Event, *, in_flow: bool) -> bool:
    if isinstance(event, yaml.ScalarEvent):
        return bool(event.tag) or event.style in ("|", ">") or (in_flow and not event.style and "?" in event.value)
    return isinstance(event, yaml.AliasEvent) or bool(getattr(event, "tag", None))


def _refuse(problem: str, mark: Any) -> NoReturn:
    raise yaml.MarkedYAMLError(problem=problem, problem_mark=mark)


def read(path: Path) -> dict[str, Any]:
    """Read the file's mapping, with every plain value as text. Raises BadInput with a sentence."""
    octets = _octets(path)
    try:
        loaded = deepcopy(_load(octets))
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as fault:
        raise BadInput([error(path.name, "", not_utf8(octets) or _sentence(fault))]) from None
    if not isinstance(loaded, dict):
        raise BadInput([error(path.name, "", "Found no keys, expected a mapping such as “council: {…}”.")])
    return loaded


def _octets(path: Path) -> bytes:
    try:
        octets = path.read_bytes() if path.stat().st_size <= LARGEST else None
    except OSError as fault:
        raise BadInput([error(str(path), "", f"The file cannot be read: {fault.strerror or fault}.")]) from None
    except ValueError:
        raise BadInput([error(str(path), "", "The file cannot be read: no file can have this name.")]) from None
    if octets is None:
        largest = f"{LARGEST // 1_000_000} MB"
        raise BadInput([error(path.name, "", f"The file is larger than {largest}, expected a timeline.")])
    return octets


def _sentence(fault: Exception) -> str:
    if isinstance(fault, RecursionError):
        return "The file is nested too deeply to be read, expected a timeline."
    if not isinstance(fault, yaml.MarkedYAMLError) or fault.problem_mark is None:
        return "The file is not YAML text in UTF-8, expected such as “council: {key: medway}”."
    mark = fault.problem_mark
    return f"Line {mark.line + 1}, column {mark.column + 1}: {in_words(fault.problem or 'not YAML')}."
