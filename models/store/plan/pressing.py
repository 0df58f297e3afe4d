"""Find the tasks of a class of duties that press: blocked, or not done and due by a day."""

from datetime import date, datetime

from sqlalchemy import and_, or_
from sqlmodel import col, select

from models.store.base.transaction import Transaction
from models.tables import MilestoneRow, ObligationRow
from timeline.answers.responses import State
from timeline.definitions.duties import DutyClass


def pressing(tx: Transaction, duty_class: DutyClass, *, until_on: date, at: datetime) -> frozenset[str]:
    """Read which tasks of that class are blocked, or not done and due by that day (included); and whatever a look or an
    answer later than `at` has touched: its clock was wrong.
    """
    of_duty = (col(ObligationRow.council) == MilestoneRow.council) & (ObligationRow.key == MilestoneRow.obligation)
    due = or_(col(MilestoneRow.due_on) <= until_on, col(MilestoneRow.legal_on) <= until_on)
    presses = and_(col(MilestoneRow.state) != State.DONE, or_(col(MilestoneRow.state) == State.BLOCKED, due))
    by_later_clock = or_(col(MilestoneRow.looked_at) > at, col(MilestoneRow.changed_at) > at)
    rows = (
        select(MilestoneRow.ref)
        .join(ObligationRow, of_duty)
        .where(
            col(MilestoneRow.council) == tx.council,
            col(MilestoneRow.dropped_at).is_(None),
            col(ObligationRow.duty_class) == duty_class,
            or_(presses, by_later_clock),
        )
    )
    return frozenset(tx.session.exec(rows))
