"""Write down what people will add to the records of the programme, each thing from a chance of its own."""

from collections.abc import Iterator
from datetime import time, timedelta

from tests.simulation.programme.given import given
from tests.simulation.script import Event, Luck, instant
from tests.simulation.town import Town

PROGRAMME = "programme"
_KINDS = {"progress": 2, "own": 2, "rebase": 1, "risk": 1, "measure": 2, "meeting": 2, "session": 1, "evidence": 1}
"""How many of each kind come in a month at most; the first is certain."""


def write(seed: int, town: Town, *, days: int) -> Iterator[Event]:
    """Write a month after the other; every half year the reports are read."""
    for month in range(days // 30):
        for kind, most in _KINDS.items():
            for n in range(most):
                id_ = f"{kind}-{month}-{n}"
                luck = Luck(seed, id_)
                if n == 0 or luck.draw.random() < 0.5:
                    at = instant(luck.weekday(town, first=3 + 30 * month, last=30 + 30 * month), luck.hour())
                    yield Event(id=id_, kind=PROGRAMME, at=at, what=kind, who=_record(luck, town, kind))
    for half in range(182, days + 1, 182):
        at = instant(town.start + timedelta(days=half), time(16))
        yield Event(id=f"reports-{half}", kind=PROGRAMME, at=at, what="reports")


def _record(luck: Luck, town: Town, kind: str) -> str:
    """Give the record to which it is added."""
    programme = given(town.start)
    of = {"risk": programme.risks, "measure": programme.measures, "meeting": programme.bodies}
    place = {"risk": "risks", "measure": "measures", "meeting": "bodies"}.get(kind, "actions")
    return "training" if kind == "session" else f"{place}.{luck.draw.choice(sorted(of.get(kind, programme.actions)))}"
