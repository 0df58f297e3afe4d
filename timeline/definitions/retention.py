"""How long what is about people is kept, and what is over by now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from timeline.calendar.london import london_date, months_after, start_of_day
from timeline.definitions.facts import REGIME_ENDED, Fact, known


class RecordKind(StrEnum):
    """What is kept for a time, by the words that reports and the audit use."""

    RAW_MAIL = "raw mail"  # who wrote, and what: of messages that no answer was made of
    ABSENCES = "absences"
    FREE_TEXT = "free text"  # the words of an answer, reasons typed, what the directory held before
    LEDGER = "messages and answers"  # what was said, and what proves that it was done


@dataclass(frozen=True, kw_only=True)
class Retention:
    """How long a council keeps each kind: raw mail from the day it came, an absence from its last day, free text from
    the day it was typed, messages and answers from the end of the regime.
    """

    raw_mail_days: int = 30
    absence_days: int = 90
    free_text_months: int = 12
    prompt_years: int = 2


@dataclass(frozen=True, kw_only=True)
class Over:
    """What is over: whatever came, was typed or was said before these instants, and absences whose last day was before
    that day. `ledger_before` is None while the regime lasts, and for its time afterwards.
    """

    raw_mail_before: datetime
    absences_before: date
    free_text_before: datetime
    ledger_before: datetime | None = None


def over(kept: Retention, facts: Iterable[Fact], *, regime_since: date | None = None, at: datetime) -> Over:
    """What a council need keep no longer at that instant. Days are whole ones in London: what came on the 1st and is
    kept for 30 days goes when more than 30 days have begun since.
    """
    on = london_date(at)
    ended = known(facts, at=at).get(REGIME_ENDED)
    return Over(
        raw_mail_before=start_of_day(on - timedelta(days=kept.raw_mail_days)),
        absences_before=on - timedelta(days=kept.absence_days),
        free_text_before=start_of_day(months_after(on, -kept.free_text_months)),
        ledger_before=_ledger_before(kept, ended.on, regime_since, on=on) if ended else None,
    )


def _ledger_before(kept: Retention, ended_on: date, regime_since: date | None, *, on: date) -> datetime | None:
    """What was said after the end of a regime has two years of its own; what belongs to the next regime is not over."""
    last_on = months_after(on, -12 * kept.prompt_years)
    if ended_on >= last_on:
        return None
    begun_again = regime_since is not None and regime_since > ended_on
    return start_of_day(min(last_on, regime_since) if begun_again and regime_since else last_on)
