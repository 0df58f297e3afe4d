"""Choose, for a new council, among the practices that a rule pack offers as another council's example."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from config.checks.rules import counted_from
from config.load import RULES
from config.timeline_files.faults import Fault, error
from config.timeline_files.pack_shapes import ObligationShape, PackShape
from config.timeline_files.plain_yaml import read
from timeline.calendar.wording import near

PACK = "england-ilacs"
ALL = "all"
_COMMAND = "daymark new"


@cache
def offered() -> Mapping[str, ObligationShape]:
    """Give the practices that the present rule pack offers, by key."""
    pack = PackShape.model_validate(read(RULES / f"{PACK}.yaml"))
    return {key: shape for key, shape in pack.obligations.items() if shape.example}


@dataclass(frozen=True)
class Choice:
    """Hold the practices chosen, in the order of the pack; `brought` are those that others count from."""

    keys: tuple[str, ...] = ()
    brought: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()


def choose(wanted: Sequence[str], unwanted: Sequence[str]) -> Choice:
    """Choose what is wanted, with what it counts from, and without what is unwanted. Nothing is on by itself."""
    faults = (*_unknown("--with", wanted), *_unknown("--without", unwanted))
    asked = set(offered() if ALL in wanted else wanted) - set(unwanted)
    chosen = _with_grounds(asked & set(offered()))
    contrary = sorted(chosen & set(unwanted))
    faults += tuple(error(_COMMAND, "--without", _needed(key, chosen)) for key in contrary)
    return Choice(_in_order(chosen), _in_order(chosen - asked), faults)


def _in_order(keys: set[str]) -> tuple[str, ...]:
    return tuple(key for key in offered() if key in keys)


def _with_grounds(keys: set[str]) -> set[str]:
    """Add what they count from, through every practice between."""
    more = {name for key in keys for name in counted_from(offered()[key].counting)} & set(offered())
    return keys if more <= keys else _with_grounds(keys | more)


def _needed(key: str, chosen: set[str]) -> str:
    by = sorted(name for name in chosen if key in counted_from(offered()[name].counting))
    return f"“{by[0]}” counts from “{key}”, expected that without it too."


def _unknown(option: str, keys: Sequence[str]) -> Iterator[Fault]:
    for key in keys:
        if key not in offered() and key != ALL:
            known = f"expected “{ALL}”, or some of {', '.join(offered())}"
            yield error(_COMMAND, option, f"There is no practice “{key}”; {known}.{near(key, offered())}")
