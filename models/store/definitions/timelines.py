"""Read the council's timeline back."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import BindParameter, Pool, bindparam, func, update
from sqlmodel import col, select

from models.store.base import prepared
from models.store.base.engine import CLOCK, StoreError
from models.store.base.json_values import read
from models.store.base.noted import WatchedSession
from models.store.base.transaction import Transaction
from models.store.definitions import duties, facts, pauses
from models.store.people import absences, directory, imported
from models.store.programme import statements
from models.tables import (
    AbsenceEndRow,
    CouncilRow,
    FactRow,
    HeardAbsenceRow,
    OffDayKind,
    PauseRow,
    ProgrammeRow,
    ProgrammeUpdateRow,
    RevisionRow,
)
from timeline.calendar.clock_jumps import is_from_later_clock
from timeline.calendar.working_hours import WorkingHours
from timeline.definitions.absences import Absence, in_force
from timeline.definitions.council import Council, CouncilTimeline, Pause
from timeline.definitions.duties import chosen_later
from timeline.definitions.imports import Imported, merged_imports, with_imports
from timeline.definitions.people import Directory


class Version(NamedTuple):
    """Hold the version of a council's timeline: every change is a revision, an absence heard or ended, a pause made or
    ended, a statement or an update of its programme, or an erasure. `recorded_at` is when its last fact was recorded.
    """

    council: str
    hours: WorkingHours
    definition: str
    digest: str
    erasures: int
    revisions: int
    absences: int
    absence_ends: int
    pauses: int
    told: int
    recorded_at: datetime | None


# The last timeline read from each database: it changes once a week, and every answer asks for it. Only readers fill
# it, so that nothing is kept of a change that is rolled back.
_last_read: WeakKeyDictionary[Pool, dict[str, tuple[Version, CouncilTimeline]]] = WeakKeyDictionary()


def timeline(tx: Transaction, hours: WorkingHours) -> CouncilTimeline:
    """Read the timeline in force; `hours` are the house's, for a council that states none. Raise StoreError when none
    was applied.
    """
    now = version(tx, hours)
    clock = tx.connection.engine.get_execution_options().get(CLOCK)
    if clock and is_from_later_clock(now.recorded_at, at=clock()):
        return _read(tx, now, at=clock())
    kept = _last_read.setdefault(tx.connection.engine.pool, {})
    last = kept.get(tx.council)
    if last is None or last[0] != now:
        last = (now, _read(tx, now))
        if not isinstance(tx.session, WatchedSession):
            kept[tx.council] = last
    return last[1]


def stored(tx: Transaction, hours: WorkingHours) -> CouncilTimeline:
    """Read the timeline within a change, as it stands by then."""
    return _read(tx, version(tx, hours))


def with_choices(tx: Transaction, given: CouncilTimeline, *, on: date) -> CouncilTimeline:
    """Say of each practice that was chosen after the first apply since when it is."""
    row = tx.session.get(CouncilRow, tx.council)
    if row is None or row.first_applied_at is None:
        return given
    now = read(Council, row.definition).chosen
    chosen = chosen_later(given.obligations, duties.stored(tx), now, on=on)
    return replace(given, council=replace(given.council, chosen=chosen))


def timeline_after_apply(tx: Transaction, given: CouncilTimeline, *, on: date) -> CouncilTimeline:
    """Return the timeline that an apply of `given` would leave on that day: what was recorded by command stays."""
    given = with_choices(tx, given, on=on)
    by_command = pauses.by_command(tx)
    return replace(
        given,
        facts=(*given.facts, *(fact for fact in facts.recorded_facts(tx) if fact not in given.facts)),
        directory=_with_who_is_away(tx, imported.over(tx, given.directory), by_command),
        pauses=(*given.pauses, *by_command),
        # An apply without a programme leaves the programme as it is.
        asked=given.asked if given.asked.public_on else statements.asked(tx),
    )


def changed_by_erasing(tx: Transaction) -> None:
    """Make every process read the timeline again: something was erased from it, without a revision."""
    mine = update(CouncilRow).where(col(CouncilRow.key) == tx.council)
    tx.session.exec(mine.values(erasures=col(CouncilRow.erasures) + 1))


def timeline_after_import(tx: Transaction, hours: WorkingHours, given: Imported) -> CouncilTimeline:
    """Return the timeline that an import of `given` would leave."""
    now = stored(tx, hours)
    over = with_imports(directory.stored(tx), merged_imports(imported.stored(tx), given))
    return replace(now, directory=_with_who_is_away(tx, over, now.pauses))


def _version_of() -> Any:
    """Build the statement once: every answer runs it."""
    mine: BindParameter[str] = bindparam("council")

    def count(row: Any) -> Any:
        return select(func.count()).where(col(row.council) == mine).scalar_subquery()

    made_and_ended = func.count(PauseRow.id) + func.count(PauseRow.ended_at)  # type: ignore[arg-type]
    recorded_at = select(func.max(FactRow.recorded_at)).where(col(FactRow.council) == mine).scalar_subquery()
    pauses = select(made_and_ended).where(col(PauseRow.council) == mine).scalar_subquery()
    columns: tuple[Any, ...] = (
        CouncilRow.definition,
        CouncilRow.digest,
        CouncilRow.erasures,
        count(RevisionRow),
        count(HeardAbsenceRow),
        count(AbsenceEndRow),
        pauses,
        count(ProgrammeRow) + count(ProgrammeUpdateRow),
        recorded_at,
    )
    return select(*columns).where(col(CouncilRow.key) == mine)


_VERSION = prepared.Prepared(_version_of())


def version(tx: Transaction, hours: WorkingHours) -> Version:
    """Read the version of the timeline in force. Raise StoreError when none was applied."""
    row = _VERSION.row(tx.connection, {"council": tx.council})
    if row is None or not row[0]:
        raise StoreError(f"There is no council “{tx.council}” in this database: apply its timeline first.")
    return Version(tx.council, hours, *row)


def _read(tx: Transaction, version: Version, *, at: datetime | None = None) -> CouncilTimeline:
    paused, council = pauses.stored(tx), read(Council, version.definition)
    return CouncilTimeline(
        council=council,
        obligations=duties.stored(tx),
        facts=facts.stored(tx, at=at),
        directory=_with_who_is_away(tx, imported.over(tx, directory.stored(tx)), paused),
        pauses=paused,
        proclaimed_bank_holidays=directory.days_off(tx, OffDayKind.BANK_HOLIDAY),
        closure_days=directory.days_off(tx, OffDayKind.CLOSURE),
        hours=council.working_hours or version.hours,
        asked=statements.asked(tx),
    )


def _with_who_is_away(tx: Transaction, given: Directory, paused: tuple[Pause, ...]) -> Directory:
    """Add what was heard of absences and stated since, and an absence for each paused person."""
    people = (pause for pause in paused if pause.person)
    left_alone = (Absence(person=pause.person, from_on=pause.from_on, until_on=pause.until_on) for pause in people)
    known = absences.known(tx, given.absences)
    return replace(given, absences=(*in_force(known), *left_alone), known_absences=known)
