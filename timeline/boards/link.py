"""Bind the link of a board to the duty whose meetings it holds, and close it when that duty ends."""

from collections.abc import Iterable
from datetime import date, datetime

from timeline.calendar.london import london_date
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.duties import Obligation, OccurrenceKind
from timeline.definitions.facts import REGIME_ENDED, known
from timeline.delivery.messages import TokenClaims, TokenKind
from timeline.planning.occurrences import Occurrence, OccurrenceState

BOARD = "board"
_DUTY = "duty:"
_OVER = (OccurrenceState.TOOK_PLACE, OccurrenceState.CANCELLED)


def reader_key(duty: str) -> str:
    """Give the name under which the tokens of a board are kept: it stands for no person."""
    return f"{_DUTY}{duty}"


def claims_for(duty: str) -> TokenClaims:
    """Bind the token of a board's link to its duty."""
    return TokenClaims(person=reader_key(duty), message=BOARD, kind=TokenKind.BOARD)


def duty_behind(claims: TokenClaims) -> str:
    """Give the key of the duty to which such a token is bound."""
    return claims.person.removeprefix(_DUTY)


def boards(timeline: CouncilTimeline) -> tuple[Obligation, ...]:
    """List the duties whose meetings a board, a panel or a committee holds: each may have a link."""
    return tuple(duty for duty in timeline.obligations if duty.kind is OccurrenceKind.MEETING)


def has_ended(timeline: CouncilTimeline, occurrences: Iterable[Occurrence], duty: str, *, at: datetime) -> bool:
    """Tell whether a board has nothing left to read for: its duty is gone, the regime is over, or no meeting is to
    come.
    """
    regime_ended = known(timeline.facts, at=at).shared.get(REGIME_ENDED)
    on = london_date(at)
    if duty not in {board.key for board in boards(timeline)} or (regime_ended and regime_ended.on <= on):
        return True
    theirs = [occurrence for occurrence in occurrences if occurrence.obligation == duty]
    return bool(theirs) and all(_is_over(occurrence, on) for occurrence in theirs)


def _is_over(occurrence: Occurrence, on: date) -> bool:
    return occurrence.state in _OVER or (occurrence.last_on is not None and occurrence.last_on < on)
