"""Know which duties rest: their stored plan still holds, and nothing of them is due. A morning leaves them alone."""

from collections.abc import Collection
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import bindparam, or_, select, union_all, update

import timeline
from models.store.base.json_values import digest_of
from models.store.base.prepared import OF_COUNCIL, table_of
from models.store.base.transaction import Transaction
from models.store.definitions import timelines
from models.store.plan import plans
from models.tables import MilestoneRow, ObligationRow
from models.tables.base import Instant
from timeline.answers.responses import State
from timeline.calendar.bank_holidays import official
from timeline.calendar.london import end_of_day, london_date
from timeline.calendar.working_hours import WorkingHours
from timeline.definitions.council import CouncilTimeline
from timeline.escalation.day import DayDecision, horizon
from timeline.planning.made_of import counted

_DUTY, _TASK = table_of(ObligationRow), table_of(MilestoneRow)
_AT, _UNTIL = bindparam("at", type_=Instant), bindparam("until", type_=Instant)
_PLAN_IS_OLD = or_(
    _DUTY.c.laid_of != bindparam("made_of"),
    _DUTY.c.laid_until.is_(None),
    _DUTY.c.laid_until < bindparam("horizon"),
)
_MINE = (_TASK.c.council == OF_COUNCIL, _TASK.c.dropped_at.is_(None))
_AWAKE = union_all(
    select(_DUTY.c.key).where(_DUTY.c.council == OF_COUNCIL, _DUTY.c.dropped_at.is_(None), _PLAN_IS_OLD),
    select(_TASK.c.obligation).where(*_MINE, _TASK.c.next_rung_at <= _UNTIL, _TASK.c.state != State.DONE),
    # What a look later than now put off: its clock was wrong.
    select(_TASK.c.obligation).where(*_MINE, _TASK.c.looked_at > _AT),
)
_LAID = (
    update(_DUTY)
    .where(_DUTY.c.council == OF_COUNCIL, _DUTY.c.key == bindparam("of_key"))
    .values(laid_of=bindparam("made_of"), laid_until=bindparam("holds_until"))
)


class Look(NamedTuple):
    """Hold the timeline in force, what a plan is made of now, and those of the duties that are awake."""

    timeline: CouncilTimeline
    made_of: str
    awake: frozenset[str]


def look(tx: Transaction, hours: WorkingHours, obligations: Collection[str], *, at: datetime) -> Look:
    """Look which of these duties have something due by the end of the day, or a plan that may hold no longer."""
    stored = timelines.timeline(tx, hours)
    until = horizon(stored.as_known(at=at), at=at)
    # Where the verified calendar ends first, the horizon stands still, and no longer says when a plan is a week old.
    week = london_date(at).toordinal() // 7 if until == stored.as_known(at=at).calendars.law.last_on else 0
    made_of = digest_of(repr((timelines.version(tx, hours), counted(stored, at=at), _release(), week)))
    given = {"of_council": tx.council, "made_of": made_of, "horizon": until, "until": end_of_day(at), "at": at}
    awake = frozenset(key for (key,) in tx.session.connection().execute(_AWAKE, given))
    # A duty that the timeline does not know has no plan that could rest.
    unknown = {*obligations} - {duty.key for duty in stored.obligations}
    return Look(stored, made_of, awake.intersection(obligations) | unknown)


def lay_out(tx: Transaction, decision: DayDecision) -> None:
    """Store the plan of a morning, and how long it holds."""
    plans.sync(tx, decision.occurrences, obligations=decision.obligations, at=decision.at)
    laid = [
        {"of_council": tx.council, "of_key": key, "made_of": decision.made_of, "holds_until": until}
        for key, until in decision.holds_until.items()
    ]
    if laid:
        tx.session.connection().execute(_LAID, laid)


@cache
def _release() -> str:
    """Tell apart what plans: the code of the rules, and the bank holidays that are bundled.

    Every installation from a checkout has the same version, and a plan that rests must not outlive an upgrade.
    """
    home = Path(timeline.__file__).parent
    code = sorted(
        file for wing in ("calendar", "definitions", "planning", "rules") for file in home.glob(f"{wing}/**/*.py")
    )
    return digest_of("".join(file.read_text() for file in code) + repr(sorted(official().items())))
