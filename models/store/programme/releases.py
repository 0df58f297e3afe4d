"""Keep the releases of reports: a release for each report of just these contents, added once and never changed."""

from datetime import datetime
from typing import Any

from sqlmodel import col, func, select

from models.store.audit import audit
from models.store.audit.audit import Event
from models.store.base.transaction import Transaction
from models.tables import ReportReleaseRow
from timeline.reports.release import Release

RELEASED = "report released"
"""The event of a release; its `ref` names the report, `after` is the digest of its contents."""


def releases(tx: Transaction) -> tuple[Release, ...]:
    """Read every release, in the order in which they were made."""
    mine = select(ReportReleaseRow).where(col(ReportReleaseRow.council) == tx.council)
    return tuple(_release(row) for row in tx.session.exec(mine.order_by(col(ReportReleaseRow.number))))


def release(tx: Transaction, given: Release, *, for_whom: str, at: datetime, entered_by: str = "") -> Release:
    """Add a release; contents that were released before keep the release that they have, which is returned.

    `entered_by` names whoever entered it for the person who releases.
    """
    before = next((each for each in releases(tx) if each.releases(given)), None)
    if before:
        return before
    last = select(func.max(ReportReleaseRow.number)).where(col(ReportReleaseRow.council) == tx.council)
    parts: dict[str, Any] = {name: getattr(given, name) for name in Release.__dataclass_fields__}
    tx.session.add(ReportReleaseRow(council=tx.council, number=(tx.session.exec(last).one() or 0) + 1, **parts))
    tx.session.flush()
    via = f"entered by {entered_by}" if entered_by else ""
    event = Event(what=RELEASED, ref=given.ref, who=given.released_by, for_whom=for_whom, after=given.digest, via=via)
    audit.record(tx, [event], at=at)
    return given


def _release(row: ReportReleaseRow) -> Release:
    return Release(**{name: getattr(row, name) for name in Release.__dataclass_fields__})
