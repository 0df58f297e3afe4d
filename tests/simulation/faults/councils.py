"""Hold faults of councils that share a database."""

from typing import Any

import pytest

from flows import councils
from flows.councils import Round
from tasks.assurance import clock_watch
from tasks.council.ledger import stores
from tests.simulation.faults.planting import fault


@fault("one-ends-the-round", "A council that cannot be read ends the run for the others.", shown_by="neighbour")
def _ends(patch: pytest.MonkeyPatch) -> None:
    async def each_council(act: Any) -> Round:
        done = Round()
        try:
            for store in stores():
                done.said.append(await act(store))
        except ValueError as trouble:
            done.failed.append(str(trouble))
        return done

    patch.setattr(councils, "each_council", each_council)


@fault(
    "one-ends-every-run",
    "A record that cannot be read keeps every run from beginning.",
    shown_by="neighbour",
)
def _watch(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(clock_watch, "where_possible", lambda settings, act: [act(store) for store in stores(settings)])
