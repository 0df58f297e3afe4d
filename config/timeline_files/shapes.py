"""The shapes of both kinds of file, rule pack and timeline, as they are written; unknown keys are refused."""

from datetime import time
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from config.timeline_files.words import (
    Address,
    Day,
    DayOrNever,
    Days,
    DutyOrTask,
    Instant,
    Key,
    Line,
    Months,
    Weekdays,
    WorkingDays,
    Years,
    one_or_more,
)
from timeline.definitions.duties import DutyClass, Level, OccurrenceKind, Status, Unless


class Shape(BaseModel):
    model_config = ConfigDict(
        extra="forbid", frozen=True, model_title_generator=lambda shape: shape.__name__.removesuffix("Shape")
    )


class RungShape(Shape):
    """`when`: "10 working days before", "1 working day after", "3 working days after first prompt", "on the day",
    each with an optional " at 12:00".
    """

    rung: Key
    when: Line
    to: Annotated[tuple[Line, ...], BeforeValidator(one_or_more), Field(min_length=1)]
    unless: Unless = Unless.DONE
    every: WorkingDays | None = None
    times: Annotated[int, Field(ge=0, le=50)] = 0
    urgent: bool = False
    channels: Annotated[tuple[Key, ...], BeforeValidator(one_or_more), Field(min_length=1)] = ("mail",)
    invite: bool = False


class LadderShape(Shape):
    acknowledged_for: WorkingDays = 5
    rungs: Annotated[tuple[RungShape, ...], Field(min_length=1)]


class MilestoneShape(Shape):
    title: Line
    when: Line
    asks: Line
    owner: Key | None = None
    owners: Annotated[tuple[Key, ...] | None, Field(min_length=2)] = None
    ladder: Key | None = None
    basis: Line = "Council practice"
    status: Status = Status.LOCAL
    completes: bool = False
    ours: bool = True
    checklist: Key | None = None
    confirm: bool | None = None


class ReadingShape(Shape):
    name: Line
    rule: Line
    basis: str = ""
    upper_bound: bool = False
    settle: str = ""


class ObligationShape(Shape):
    title: Line
    duty_class: DutyClass = Field(alias="class")
    kind: OccurrenceKind
    rule: Line
    readings: tuple[ReadingShape, ...] = ()
    basis: Line
    status: Status
    owner: Key
    ladder: Key
    confirmed_by: Key | None = None
    each: Key | None = None
    condition: Key | None = None
    estimate: bool = False
    sign_off: Key | None = None
    ours: bool = True
    milestones: Annotated[dict[Key, MilestoneShape], Field(min_length=1)]


class PostShape(Shape):
    title: Line | None = None
    level: Level | None = None
    line_manager: Key | None = None
    deputy: Key | None = None
    assistant: Key | None = None


class EmbargoShape(Shape):
    until: Key
    circulation: tuple[Key, ...]


class PackShape(Shape):
    pack: Key
    version: Annotated[int, Field(ge=1)]
    facts: dict[Key, Line]
    embargoes: dict[Key, EmbargoShape] = {}
    posts: dict[Key, PostShape]
    ladders: dict[Key, LadderShape]
    lists: dict[Key, tuple[Line, ...]] = {}
    obligations: dict[Key, ObligationShape]


class HoldingShape(Shape):
    """`acting` is cover for these days: it counts before whoever holds the post."""

    post: Key
    from_on: Day | None = Field(default=None, alias="from")
    until_on: Day | None = Field(default=None, alias="until")
    acting: bool = False


def holdings(value: Any) -> Any:
    """`holds: director`, or a list of `{post: director, from: 2019-09-01, until: 2020-03-31}`."""
    found = value if isinstance(value, list) else [value]
    return [{"post": one} if isinstance(one, str) else one for one in found]


class AbsenceShape(Shape):
    """Never a reason: who is ill or on leave is nobody else's business."""

    from_on: Day = Field(alias="from")
    until_on: Day = Field(alias="until")


class PersonShape(Shape):
    name: Line
    address: Address
    holds: Annotated[tuple[HoldingShape, ...], BeforeValidator(holdings)] = ()
    absent: tuple[AbsenceShape, ...] = ()
    channels: Annotated[tuple[Key, ...], BeforeValidator(one_or_more)] = ()
    works: Weekdays = ()
    teams: str = Field("", pattern=r"^([0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})?$")
    phone: str = Field("", pattern=r"^(\+?[0-9][0-9 ]{6,18})?$")


class FactShape(Shape):
    """`known` is a date (from its first moment, London) or an instant with its offset; `for` names an occurrence."""

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
    """Counts as law, so it says where it was proclaimed; `known` since when, or it was known all along."""

    source: Line
    known: Instant | None = None


class CouncilShape(Shape):
    key: Key
    name: Line
    programme: Line = "Improvement programme"
    programme_lead: Key = "improvement_programme_lead"
    director: Key = "director"
    lead_member: Key = "lead_member"
    mail_at: time = time(8, 30)


class CommitteeShape(Shape):
    """Meets on the days given, and on those of an iCalendar file beside the timeline whose summary says `matches`."""

    title: Line
    meetings: tuple[Day, ...] = ()
    calendar: Line | None = None
    matches: Line | None = None


class SignOffShape(Shape):
    """How long each step of an agreement in public takes; `notice` counts clear days."""

    call_in: WorkingDays = 5
    notice: Days = 28
    agenda: WorkingDays = 5
    clearance: WorkingDays = 10


class PeriodShape(Shape):
    name: Line
    from_on: Day = Field(alias="from")
    until_on: Day = Field(alias="until")


class PauseShape(Shape):
    """A duty about which nobody is asked on these days; a person who is to be left alone is `absent`."""

    duty: Key
    from_on: Day = Field(alias="from")
    until_on: Day = Field(alias="until")


class RegimeShape(Shape):
    """Why the council is in the regime: a setting, for since April 2026 Ofsted gives no overall grade."""

    since: Day
    because: Line


class RetentionShape(Shape):
    """How long what is about people is kept; `prompts` counts from the end of the regime."""

    raw_mail: Days = 30
    absences: Days = 90
    free_text: Months = 12
    prompts: Years = 2


class TimelineShape(Shape):
    """`like` takes another timeline and replaces what stands here; `lay` moves it by whole weeks (the demo)."""

    like: Line | None = None
    lay: Day | None = None
    council: CouncilShape
    pack: Key
    regime: RegimeShape | None = None
    live_from: Day | None = None
    shadow_until: DayOrNever | None = None
    posts: dict[Key, PostShape] = {}
    people: dict[Key, PersonShape]
    fact_names: dict[Key, Line] = {}
    facts: tuple[FactShape, ...] = ()
    rules: dict[DutyOrTask, Line] = {}
    confirm: dict[DutyOrTask, bool] = {}
    off: dict[Key, Line] = {}
    ladders: dict[Key, LadderShape] = {}
    lists: dict[Key, tuple[Line, ...]] = {}
    obligations: dict[Key, ObligationShape] = {}
    committees: dict[Key, CommitteeShape] = {}
    sign_off: SignOffShape = SignOffShape()
    pre_election_periods: tuple[PeriodShape, ...] = ()
    pauses: tuple[PauseShape, ...] = ()
    proclaimed_bank_holidays: tuple[ProclaimedShape, ...] = ()
    closure_days: tuple[ClosureShape, ...] = ()
    retention: RetentionShape = RetentionShape()
