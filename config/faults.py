"""What is wrong with a file: every fault at once, each with file, key and one sentence."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class FaultLevel(StrEnum):
    ERROR = "error"  # the file cannot be used
    WARNING = "warning"  # usable, but somebody should look


@dataclass(frozen=True)
class Fault:
    file: str
    key: str
    level: FaultLevel
    text: str

    def __str__(self) -> str:
        where = f"{self.file}: {self.key}: " if self.key else f"{self.file}: "
        return where + self.text


class BadInput(ValueError):
    """A file that cannot be used; `faults` holds all that was found."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def error(file: str, key: str, text: str) -> Fault:
    return Fault(_printable(file), _printable(key), FaultLevel.ERROR, _printable(text))


def warning(file: str, key: str, text: str) -> Fault:
    return Fault(_printable(file), _printable(key), FaultLevel.WARNING, _printable(text))


def _printable(text: str) -> str:
    """What a file says is repeated on a terminal, one line a fault: no line breaks, no escape sequences."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)
