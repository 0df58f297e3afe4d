"""The council's own committees, and how long its sign-off takes."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Committee:
    """A body whose agreement a submission may need, with the days it is recorded to meet."""

    key: str
    title: str
    meetings: tuple[date, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """How many days each step of an agreement in public takes.

    `notice_days` are clear days (SI 2012/2089 reg 9) and `agenda_working_days` clear working days (reg 6 and 7,
    on the working-day reading). `call_in_working_days` count after the decision is published, and
    `clearance_working_days` before the agenda goes out (legal, finance, equality, lead member). The last two
    are council practice: settings, never law.
    """

    call_in_working_days: int = 5
    notice_days: int = 28
    agenda_working_days: int = 5
    clearance_working_days: int = 10
