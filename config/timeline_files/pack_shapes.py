"""Describe the shape of a rule pack, as it is written; a timeline uses parts of it. Unknown keys are refused."""

from typing import Annotated, Literal

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
from timeline.definitions.duties import DutyClass, Level, OccurrenceKind, Unless
from timeline.definitions.standing import PRACTICE, Certainty, RuleKind, Standing, standing_of


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


class StandingShape(Shape):
    """Hold the kind of a rule, how surely it is known, and the texts it rests on.

    `status` is their old form, a single word: files that have it stay readable.
    """

    rule_kind: RuleKind | None = None
    certainty: Certainty | None = None
    status: Literal["verified", "secondary", "observed", "local"] | None = None
    texts: tuple[Key, ...] = ()
    basis: Line = "Council practice"

    @property
    def standing(self) -> Standing:
        """Give both; a council's own practice where the file says neither, which `checks` reports of a duty."""
        if self.rule_kind:
            return Standing(self.rule_kind, self.certainty or Certainty.INFERRED)
        return standing_of(self.status, self.basis) if self.status else PRACTICE


class MilestoneShape(StandingShape):
    title: Line
    when: Line
    asks: Line
    owner: Key | None = None
    owners: Annotated[tuple[Key, ...] | None, Field(min_length=2)] = None
    ladder: Key | None = None
    completes: bool = False
    ours: bool = True
    checklist: Key | None = None
    confirm: bool | None = None
    act: Act = ""
    waits_for_election: bool = False
    done_by: Key | None = None
    only_first: bool = False
    from_meeting: str = ""
    too_late: str = ""


class ReadingShape(Shape):
    name: Line
    rule: Line
    basis: str = ""
    upper_bound: bool = False
    margin: WorkingDays | None = None
    settle: str = ""


class ObligationShape(StandingShape):
    title: Line
    duty_class: DutyClass = Field(alias="class")
    kind: OccurrenceKind
    rule: Line
    readings: tuple[ReadingShape, ...] = ()
    basis: Line
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
    track: Annotated[tuple[Key, ...], BeforeValidator(one_or_more)] = ()
    because: Because = ""
    example: Line = ""
    asks_owners: bool = False
    executive: bool | None = None
    ours: bool = True
    milestones: Annotated[dict[Key, MilestoneShape], Field(min_length=1)]

    @property
    def counting(self) -> tuple[str, ...]:
        """Give every rule of it and of its tasks."""
        tasks = (milestone.when for milestone in self.milestones.values())
        return (self.rule, *(reading.rule for reading in self.readings), *tasks)


class PostShape(Shape):
    title: Line | None = None
    level: Level | None = None
    line_manager: Key | None = None
    deputy: Key | None = None
    assistant: Key | None = None


class EmbargoShape(Shape):
    until: Key
    circulation: tuple[Key, ...]


class TextShape(Shape):
    """Hold a text that rules rest on; without `read` nobody here has read it, and `known_by` says how it is known.

    Beside `read` it says which part was not read.
    """

    provision: Line
    says: Line
    address: Line = ""
    read: Day | None = None
    known_by: Line = ""


class EditionShape(Shape):
    """Hold a list as an edition of the regulator's framework has it, in force from a day on."""

    from_on: Day = Field(alias="from")
    items: Annotated[tuple[Line, ...], Field(min_length=1)]


class PackShape(Shape):
    pack: Key
    version: Annotated[int, Field(ge=1)]
    changes: dict[Annotated[str, Field(pattern=r"^[1-9][0-9]{0,3}$")], tuple[Line, ...]] = {}
    texts: dict[Key, TextShape] = {}
    facts: dict[Key, Line]
    order: tuple[Annotated[tuple[Key, ...], Field(min_length=2)], ...] = ()
    embargoes: dict[Key, EmbargoShape] = {}
    posts: dict[Key, PostShape]
    ladders: dict[Key, LadderShape]
    lists: dict[Key, tuple[Line, ...]] = {}
    editions: dict[Key, Annotated[tuple[EditionShape, ...], Field(min_length=1)]] = {}
    obligations: dict[Key, ObligationShape]
