"""Know up to which event of its chain Prefect has heard of each council, and set it: for all councils at once."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Engine, bindparam, select, update

from models.store.base.prepared import Prepared, table_of
from models.store.base.transaction import look
from models.store.base.turns import open_session
from models.tables import CouncilRow


class News(NamedTuple):
    """Hold a council whose chain ends elsewhere than Prefect has heard; `told` is None where it never heard of it."""

    council: str
    told: int | None
    end: int


_COUNCIL = table_of(CouncilRow)
_TOLD, _END = _COUNCIL.c.events_told, _COUNCIL.c.audit_sequence
_NEWS = Prepared(
    select(_COUNCIL.c.key, _TOLD, _END).where(_COUNCIL.c.first_applied_at.is_not(None), _TOLD.is_distinct_from(_END))
)
_HEARD = update(_COUNCIL).where(_COUNCIL.c.key == bindparam("of_council")).values(events_told=bindparam("end"))


def news(engine: Engine) -> tuple[News, ...]:
    """Read the councils of which Prefect has not heard everything."""
    return tuple(News(*row) for row in look(engine, _NEWS))


def heard(engine: Engine, given: Sequence[News]) -> None:
    """Keep that Prefect has heard of these councils up to the end that was read."""
    if given:
        with open_session(engine, "BEGIN IMMEDIATE", "READ COMMITTED") as session:
            ends = [{"of_council": each.council, "end": each.end} for each in given]
            session.connection().execute(_HEARD, ends)
