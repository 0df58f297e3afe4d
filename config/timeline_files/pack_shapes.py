"""Describe the shape of a rule pack, as it is written; a timeline uses parts of it. Unknown keys are refused."""

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from config.timeline_files.words import (
    Act,
    Because,
    Day,
    Key,
    Line,
    WorkingDays,
    one_or_more,
)
from timeline.definitions.duties import DutyClass, Level, OccurrenceKind, Status, Unless


class Shape(BaseModel):
    model_config = ConfigDict(
        extra="forbid", frozen=True, model_title_generator=lambda shape: shape.__name__.removesuffix("Shape")
    )


class SpanShape(Shape):
    """Hold days from the first to the last, both included."""

    from_on: Day = Field(alias="from")
    until_on: Day = Field(alias="until")


class RungShape(Shape):
    """Hold a rung of a ladder.

    `when`: "10 working days before", "1 working day after", "3 working days after first prompt", "on the day", each
    with an optional " at 12:00".
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
    act: Act = ""
    waits_for_election: bool = False
    done_by: Key | None = None
    from_meeting: str = ""


class ReadingShape(Shape):
    name: Line
    rule: Line
    basis: str = ""
    upper_bound: bool = False
    margin: WorkingDays | None = None
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
    again: Key | None = None
    condition: Key | None = None
    estimate: bool = False
    sign_off: Key | None = None
    most: Annotated[int, Field(ge=0)] = 0
    ended_by: Key | None = None
    because: Because = ""
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
    order: tuple[Annotated[tuple[Key, ...], Field(min_length=2)], ...] = ()
    embargoes: dict[Key, EmbargoShape] = {}
    posts: dict[Key, PostShape]
    ladders: dict[Key, LadderShape]
    lists: dict[Key, tuple[Line, ...]] = {}
    obligations: dict[Key, ObligationShape]
