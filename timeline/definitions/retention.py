"""Keep retention: how long records about people are kept, and which have expired by now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from timeline.calendar.london import london_date, months_after, start_of_day
from timeline.definitions.facts import REGIME_ENDED, Fact, known


class RecordKind(StrEnum):
    """Name the kinds of records that are kept for a time, in the words of reports and the audit."""

    RAW_MAIL = "raw mail"  # sender and text of messages that gave no answer
    ABSENCES = "absences"
    FREE_TEXT = "free text"  # the words of an answer, reasons typed, what the directory held before
    LEDGER = "messages and answers"  # what was sent, and the proof that it was done


@dataclass(frozen=True, kw_only=True)
class Retention:
    """Hold the time for which a council keeps each kind: raw mail from the day it came, an absence from its last day,
    free text from the day it was typed, messages and answers from the end of the regime.
    """

    raw_mail_days: int = 30
    absence_days: int = 90
    free_text_months: int = 12
    prompt_years: int = 2


@dataclass(frozen=True, kw_only=True)
class ExpiryBounds:
    """Hold the bounds of what has expired: records from before these instants, and absences that ended before that day.

    `ledger_before` is None while the regime lasts, and for the time of retention after it.
    """

    raw_mail_before: datetime
    absences_before: date
    free_text_before: datetime
    ledger_before: datetime | None = None


def expiry_bounds(
    kept: Retention, facts: Iterable[Fact], *, regime_since: date | None = None, at: datetime
) -> ExpiryBounds:
    """Work out what a council need keep no longer at that instant.

    Days are whole days in London: mail of the 1st that is kept for 30 days goes when more than 30 days have begun
    since.
    """
    on = london_date(at)
    ended = known(facts, at=at).get(REGIME_ENDED)
    return ExpiryBounds(
        raw_mail_before=start_of_day(on - timedelta(days=kept.raw_mail_days)),
        absences_before=on - timedelta(days=kept.absence_days),
        free_text_before=start_of_day(months_after(on, -kept.free_text_months)),
        ledger_before=_ledger_before(kept, ended.on, regime_since, on=on) if ended else None,
    )


def _ledger_before(kept: Retention, ended_on: date, regime_since: date | None, *, on: date) -> datetime | None:
    """Keep messages after the end of a regime for two years of their own; those of a next regime do not expire."""
    last_on = months_after(on, -12 * kept.prompt_years)
    if ended_on >= last_on:
        return None
    begun_again = regime_since is not None and regime_since > ended_on
    return start_of_day(min(last_on, regime_since) if begun_again and regime_since else last_on)
