"""What pydantic finds wrong with a file, in a sentence for the officer who wrote it."""

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from config.faults import Fault, error

# Instead of pydantic's own words, which speak of patterns, dictionaries and instances.
_EXPECTED = {
    "string_type": "expected words",
    "int_parsing": "expected a whole number",
    "int_type": "expected a whole number",
    "bool_parsing": "expected true or false",
    "bool_type": "expected true or false",
    "dict_type": "expected keys, each with what it means, such as “{director: …}”",
    "model_type": "expected keys, each with what it means, such as “{title: …}”",
    "list_type": "expected a list",
    "tuple_type": "expected a list",
    "too_short": "expected at least one entry",
    "string_too_short": "expected words",
    "invalid_key": "expected a word",
    "time_parsing": "expected a time such as 08:30",
    "time_type": "expected a time such as 08:30",
}
_KEY = "expected small letters, digits, “-” and “_” after a first letter, such as “plo-panel”"
_ADDRESS = "expected an address such as officer@council.example"
_LONGEST_SHOWN = 60


def faults(file: str, invalid: ValidationError) -> Iterator[Fault]:
    """One fault for each thing that is wrong, with its key as a path such as `facts[1].on`."""
    for one in invalid.errors(include_url=False):
        key = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in one["loc"]).strip(".")
        sentence = _sentence(one["type"], one["msg"], one["input"])
        least = one.get("ctx", {}).get("min_length", 1)
        if least > 1:
            sentence = sentence.replace("one entry", f"{least} entries")
        yield error(file, key.replace(".[key]", ""), sentence)


def _sentence(kind: str, message: str, found: Any) -> str:
    if kind == "extra_forbidden":
        return "This key is not known here."
    if kind == "missing":
        return "This key is missing."
    text = message.removeprefix("Value error, ").rstrip(".")
    shown = str(found) if found is not None else "nothing"
    short = shown if len(shown) <= _LONGEST_SHOWN else f"{shown[: _LONGEST_SHOWN - 1]}…"
    if text.startswith("found"):
        return f"F{text[1:]}.".replace(shown, short)
    return f"Found “{short}”, {_expected(kind, text)}."


def _expected(kind: str, text: str) -> str:
    if kind == "string_pattern_mismatch":
        return _ADDRESS if "@" in text else _KEY
    return _EXPECTED.get(kind) or f"expected {text.removeprefix('Input should be ')}"
