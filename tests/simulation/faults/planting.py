"""Plant a fault: one mutation of the product, which stands while it is planted."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

Plant = Callable[[pytest.MonkeyPatch], None]


@dataclass(frozen=True)
class Fault:
    """Hold one mutation: what it does wrong, and how it is planted. `shown_by` is the kind of event without which it
    cannot show, if there is one.
    """

    sentence: str
    plant: Plant
    shown_by: str = ""


FAULTS: dict[str, Fault] = {}


@contextmanager
def planted(name: str | None) -> Iterator[None]:
    """Run the product with one fault, or as it is."""
    with pytest.MonkeyPatch.context() as patch:
        if name:
            FAULTS[name].plant(patch)
        yield


def fault(name: str, sentence: str, *, shown_by: str = "") -> Callable[[Plant], Plant]:
    """Keep a fault under its name."""

    def keep(plant: Plant) -> Plant:
        FAULTS[name] = Fault(sentence, plant, shown_by)
        return plant

    return keep
