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
_APPLIED = _COUNCIL.c.first_applied_at.is_not(None)
# In order, so that two that keep what was heard take the councils' rows in the same order.
_NEWS = Prepared(
    select(_COUNCIL.c.key, _TOLD, _END).where(_APPLIED, _TOLD.is_distinct_from(_END)).order_by(_COUNCIL.c.key)
)
# A slower run does not set back what a faster run has told meanwhile.
_AS_READ = _TOLD.is_not_distinct_from(bindparam("told", type_=_TOLD.type))
_HEARD = (
    update(_COUNCIL).where(_COUNCIL.c.key == bindparam("of_council"), _AS_READ).values(events_told=bindparam("end"))
)


def news(engine: Engine) -> tuple[News, ...]:
    """Read the councils of which Prefect has not heard everything."""
    return tuple(News(*row) for row in look(engine, _NEWS))


def heard(engine: Engine, given: Sequence[News]) -> None:
    """Keep that Prefect has heard of these councils up to the end that was read, unless another run told more."""
    if given:
        with open_session(engine, "BEGIN IMMEDIATE", "READ COMMITTED") as session:
            ends = [{"of_council": each.council, "told": each.told, "end": each.end} for each in given]
            session.connection().execute(_HEARD, ends)
