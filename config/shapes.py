"""The shapes of both kinds of file, rule pack and timeline, as they are written; unknown keys are refused."""

import re
from datetime import date, time
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from timeline.duties import DutyClass, Kind, Level, Status, Unless

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,63}$")]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
Address = Annotated[
    str, StringConstraints(pattern=r"^[^\s@<>,;\x00-\x1f]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$", max_length=254)
]


def _working_days(value: Any) -> Any:
    found = re.fullmatch(r"([1-9]\d?\d?) working days?", str(value))
    if not found:
        raise ValueError(f"found “{value}”, expected such as “5 working days”")
    return int(found[1])


def _iso(value: Any) -> Any:
    """Without this a bare number would be read as seconds since 1970."""
    if isinstance(value, str) and not re.match(r"\d{4}-\d{2}-\d{2}", value):
        raise ValueError(f"found “{value}”, expected a date such as 2019-08-27")
    return value


def _one_or_more(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


Day = Annotated[date, BeforeValidator(_iso)]
Instant = Annotated[AwareDatetime | date, BeforeValidator(_iso)]
WorkingDays = Annotated[int, BeforeValidator(_working_days)]


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class RungShape(Shape):
    """`when`: "10 working days before", "1 working day after", "3 working days after first prompt", "on the day",
    each with an optional " at 12:00".
    """

    rung: Key
    when: Line
    to: Annotated[tuple[Line, ...], BeforeValidator(_one_or_more), Field(min_length=1)]
    unless: Unless = Unless.DONE
    every: WorkingDays | None = None
    times: Annotated[int, Field(ge=0, le=50)] = 0
    urgent: bool = False
    channels: Annotated[tuple[Key, ...], BeforeValidator(_one_or_more), Field(min_length=1)] = ("mail",)


class LadderShape(Shape):
    acknowledged_for: WorkingDays = 5
    rungs: Annotated[tuple[RungShape, ...], Field(min_length=1)]


class MilestoneShape(Shape):
    title: Line
    when: Line
    asks: Line
    owner: Key | None = None
    ladder: Key | None = None
    basis: Line = "Council practice"
    status: Status = Status.LOCAL
    completes: bool = False
    ours: bool = True


class ReadingShape(Shape):
    name: Line
    rule: Line
    basis: str = ""
    upper_bound: bool = False


class ObligationShape(Shape):
    title: Line
    duty_class: DutyClass = Field(alias="class")
    kind: Kind
    rule: Line
    readings: tuple[ReadingShape, ...] = ()
    basis: Line
    status: Status
    owner: Key
    ladder: Key
    confirmed_by: Key | None = None
    ours: bool = True
    milestones: Annotated[dict[Key, MilestoneShape], Field(min_length=1)]


class PostShape(Shape):
    title: Line | None = None
    level: Level | None = None
    line_manager: Key | None = None


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
    obligations: dict[Key, ObligationShape]


class HoldingShape(Shape):
    post: Key
    from_on: Day | None = Field(default=None, alias="from")
    until_on: Day | None = Field(default=None, alias="until")


def _holdings(value: Any) -> Any:
    """`holds: director`, or a list of `{post: director, from: 2019-09-01, until: 2020-03-31}`."""
    found = value if isinstance(value, list) else [value]
    return [{"post": one} if isinstance(one, str) else one for one in found]


class PersonShape(Shape):
    name: Line
    address: Address
    holds: Annotated[tuple[HoldingShape, ...], BeforeValidator(_holdings)] = ()


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


class OffDayShape(Shape):
    on: Day
    name: Line
    source: Line | None = None


class CouncilShape(Shape):
    key: Key
    name: Line
    programme: Line = "Improvement programme"
    programme_lead: Key = "improvement_programme_lead"
    mail_at: time = time(8, 30)


class TimelineShape(Shape):
    """`like` takes another timeline and replaces what stands here; `lay` moves it by whole weeks (the demo)."""

    like: Line | None = None
    lay: Day | None = None
    council: CouncilShape
    pack: Key
    live_from: Day | None = None
    shadow_until: Day | Literal["never"] | None = None
    posts: dict[Key, PostShape] = {}
    people: dict[Key, PersonShape]
    facts: tuple[FactShape, ...] = ()
    rules: dict[Key, Line] = {}
    proclaimed_bank_holidays: tuple[OffDayShape, ...] = ()
    closure_days: tuple[OffDayShape, ...] = ()
