"""Describe the shape of a timeline, as it is written; unknown keys are refused."""

import re
from datetime import time
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from config.timeline_files.pack_shapes import LadderShape, ObligationShape, PostShape, Shape, SpanShape
from config.timeline_files.words import (
    Address,
    Day,
    DayOrNever,
    Days,
    DutyOrTask,
    Hours,
    Instant,
    Key,
    Line,
    Months,
    Weekdays,
    WorkingDays,
    Years,
    one_or_more,
)


class HoldingShape(Shape):
    """Hold a post held by a person; `acting` is cover for these days and goes before the regular holder."""

    post: Key
    from_on: Day | None = Field(default=None, alias="from")
    until_on: Day | None = Field(default=None, alias="until")
    acting: bool = False


def holdings(value: Any) -> Any:
    """Read `holds: director`, or a list of `{post: director, from: 2019-09-01, until: 2020-03-31}`."""
    return [{"post": post} if isinstance(post, str) else post for post in one_or_more(value)]


def none_chosen(value: Any) -> Any:
    """Read a key with nothing behind it as an empty list: whoever wrote it chose nothing."""
    return value or ()


class AbsenceShape(SpanShape):
    """Hold an absence, never with a reason: illness and leave are private."""


class PersonShape(Shape):
    name: Line
    address: Address
    holds: Annotated[tuple[HoldingShape, ...], BeforeValidator(holdings)] = ()
    absent: tuple[AbsenceShape, ...] = ()
    channels: Annotated[tuple[Key, ...], BeforeValidator(one_or_more)] = ()
    works: Weekdays = ()
    teams: str = Field("", pattern=r"^([0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})?$")
    phone: str = Field("", pattern=r"^(\+?[0-9][0-9 ]{6,18})?$")
    shared: bool = False


class FactShape(Shape):
    """Hold a fact; `known` is a date (from its first instant in London) or an instant with offset, `for` an
    occurrence.
    """

    fact: Key
    on: Day
    until: Day | None = None
    known: Instant | None = None
    by: Line
    source: Line
    inferred: bool = False
    of: Line | None = Field(default=None, alias="for")
    restricted_until: Instant | None = None
    circulation: tuple[Key, ...] = ()


class ClosureShape(Shape):
    on: Day
    name: Line


class ProclaimedShape(ClosureShape):
    """Hold a bank holiday proclaimed by law, with its source; without `known` it was known all along."""

    source: Line
    known: Instant | None = None


class CouncilShape(Shape):
    """Hold who the council is; `vesting_day` is the first day of those that follow a council that is to end."""

    key: Key
    name: Line
    programme: Line = "Improvement programme"
    programme_lead: Key = "improvement_programme_lead"
    director: Key = "director"
    lead_member: Key = "lead_member"
    mail_at: time = time(8, 30)
    working_hours: Hours | None = None
    executive: bool | None = None
    vesting_day: Day | None = None
    succeeded_by: Annotated[tuple[Line, ...], BeforeValidator(one_or_more)] = ()


# Typical working days of a call-in: the council's constitution states them.
CALL_IN = 5


# The key under which the rule pack names the executive.
CABINET = "cabinet"
_EXECUTIVE = re.compile(r"\b(?:cabinet|executive|mayor)\b", re.IGNORECASE)
_NO_EXECUTIVE = re.compile(r"\b(?:scrutiny|advisory|full council)\b", re.IGNORECASE)


class CommitteeShape(Shape):
    """Hold a committee; it meets on `meetings` and on the events of the file `calendar` whose summary contains
    `matches`.
    """

    title: Line
    meetings: tuple[Day, ...] = ()
    calendar: Line | None = None
    matches: Line | None = None
    executive: bool | None = None

    @property
    def is_called_executive(self) -> bool:
        """Tell whether it bears the name of an executive."""
        return bool(_EXECUTIVE.search(self.title)) and not _NO_EXECUTIVE.search(self.title)


class SignOffShape(Shape):
    """Hold the length of each step of a public agreement; `notice` counts clear days.

    Without `call_in` it is that of an executive's decision; a council without an executive has none.
    """

    call_in: WorkingDays | None = None
    notice: Days = 28
    agenda: WorkingDays = 5
    clearance: WorkingDays = 10
    briefing: WorkingDays = 4
    after_submission: bool = False
    by: Annotated[tuple[Key, ...], BeforeValidator(one_or_more)] = ()


class PeriodShape(SpanShape):
    name: Line


class PauseShape(SpanShape):
    """Hold a duty about which nobody is asked on these days; for a person use `absent`."""

    duty: Key


class RegimeShape(Shape):
    """Hold the reason for the regime: a setting, because since April 2026 Ofsted gives no overall grade."""

    since: Day
    because: Line


class RetentionShape(Shape):
    """Hold the periods for which personal data is kept; `prompts` counts from the end of the regime."""

    raw_mail: Days = 30
    absences: Days = 90
    free_text: Months = 12
    prompts: Years = 2


class TimelineShape(Shape):
    """Hold a timeline; `like` names the timeline it starts from, `lay` moves it by whole weeks (for the demo)."""

    like: Line | None = None
    lay: Day | None = None
    council: CouncilShape
    pack: Key
    regime: RegimeShape | None = None
    live_from: Day | None = None
    shadow_until: DayOrNever | None = None
    posts: dict[Key, PostShape] = Field(default_factory=dict)
    people: dict[Key, PersonShape]
    fact_names: dict[Key, Line] = Field(default_factory=dict)
    facts: tuple[FactShape, ...] = ()
    rules: dict[DutyOrTask, Line] = Field(default_factory=dict)
    confirm: dict[DutyOrTask, bool] = Field(default_factory=dict)
    practices: Annotated[tuple[Key, ...] | None, BeforeValidator(none_chosen)] = None
    off: dict[Key, Line] = Field(default_factory=dict)
    ladders: dict[Key, LadderShape] = Field(default_factory=dict)
    lists: dict[Key, tuple[Line, ...]] = Field(default_factory=dict)
    obligations: dict[Key, ObligationShape] = Field(default_factory=dict)
    committees: dict[Key, CommitteeShape] = Field(default_factory=dict)
    sign_off: SignOffShape = SignOffShape()
    pre_election_periods: tuple[PeriodShape, ...] = ()
    pauses: tuple[PauseShape, ...] = ()
    proclaimed_bank_holidays: tuple[ProclaimedShape, ...] = ()
    closure_days: tuple[ClosureShape, ...] = ()
    retention: RetentionShape = RetentionShape()

    @property
    def has_executive(self) -> bool:
        """Tell whether the council has a Cabinet; where it does not say, by who agrees to its submissions."""
        if self.council.executive is not None:
            return self.council.executive
        agree = [key for key in self.sign_off.by if key in self.committees]
        return not agree or CABINET in self.committees or any(map(self._acts_as_executive, agree))

    def is_executive(self, key: str) -> bool:
        """Tell whether a committee of this council is its executive."""
        return self.has_executive and self._acts_as_executive(key)

    def _acts_as_executive(self, key: str) -> bool:
        """Tell whether a committee says that it is the executive; where it does not say, by what it is called."""
        committee = self.committees[key]
        return (key == CABINET or committee.is_called_executive) if committee.executive is None else committee.executive

    @property
    def call_in(self) -> int:
        """Give the working days of a call-in, 0 for none: law knows it of an executive's decisions only."""
        return self.sign_off.call_in or (CALL_IN if self.has_executive else 0)
