"""Read the shape of a programme file, as it is written; unknown keys are refused. Each record names its source."""

from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from config.programme_file.words import Change, GradeWord, Number, RatingWord, Text
from config.timeline_files.pack_shapes import Shape, SpanShape
from config.timeline_files.words import Day, Key, Line, one_or_more
from timeline.programme.actions import Progress
from timeline.programme.measures import Better

Lines = Annotated[tuple[Text, ...], BeforeValidator(one_or_more)]
TaskKey = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_-]{1,80}/[a-z0-9_-]{1,80}$")]
Keys = Annotated[tuple[Key, ...], BeforeValidator(one_or_more)]


class SourcedShape(Shape):
    source: Line


class InspectionShape(SourcedShape, SpanShape):
    framework: Line
    edition: Line
    published: Day
    inspectors: Line


class JudgementShape(SourcedShape):
    area: Line
    grade: GradeWord
    earlier: GradeWord | None = None


class FindingShape(SourcedShape):
    title: Text


class InterventionShape(SourcedShape):
    """Hold the direction or the notice; `adviser` is the post of the commissioner or adviser."""

    kind: Line
    issued: Day
    by: Line
    because: Line
    adviser: Key
    requires: Lines = ()


class InstructionShape(SourcedShape):
    given: Day
    text: Text
    complied: Text | None = None
    complied_on: Day | None = None


class StepShape(SourcedShape):
    title: Text
    due: Day | None = None
    instructions: tuple[InstructionShape, ...] = ()
    evidence: Keys = ()
    views: Lines = ()


class PriorityShape(SourcedShape):
    title: Line
    aim: Text


class UpdateShape(Shape):
    on: Day
    by: Key
    progress: Progress
    percent: Annotated[int, Field(ge=0, le=100)] | None = None
    expected: Day | None = None
    why: Text | None = None


class RebaseShape(Shape):
    """Hold a new date, never without its reason."""

    on: Day
    by: Key
    due: Day
    why: Text


class ActionShape(SourcedShape):
    title: Text
    priority: Key
    owner: Key | None = None
    areas: Keys = ()
    starts: Day | None = None
    due: Day | None = None
    success: Text | None = None
    measures: Keys = ()
    cost: Line | None = None
    funding: Line | None = None
    evidence: Keys = ()
    updates: tuple[UpdateShape, ...] = ()
    rebases: tuple[RebaseShape, ...] = ()


class ImprovementShape(SourcedShape):
    title: Text
    measures: Keys = ()
    areas: Keys = ()


class ValueShape(Shape):
    """Hold a value of a measure: `is` is the number itself, `change` its change against the baseline."""

    on: Day
    by: Key
    number: Number | None = Field(default=None, alias="is")
    change: Change | None = None
    source: Line | None = None

    @model_validator(mode="after")
    def _either(self) -> "ValueShape":
        if (self.number is None) is (self.change is None):
            raise ValueError("found both or neither of “is” and “change”, expected one of them")
        return self


class MeasureShape(SourcedShape):
    """Hold a measure; `asked` is the task (`duty/step`) that asks for its values."""

    title: Line
    unit: Line | None = None
    better: Better
    baseline: Number | None = None
    baseline_on: Day
    since: Line | None = None
    target: Number | None = None
    owner: Key | None = None
    areas: Keys = ()
    asked: TaskKey | None = None
    values: tuple[ValueShape, ...] = ()


class AssessmentShape(Shape):
    on: Day
    by: Key
    rating: RatingWord
    why: Text | None = None


class RiskShape(SourcedShape):
    title: Line
    description: Text
    mitigations: Lines = ()
    owner: Key | None = None
    review: Day | None = None
    assessments: Annotated[tuple[AssessmentShape, ...], Field(min_length=1)]


class MeetingShape(SourcedShape):
    on: Day
    attended: Annotated[int, Field(ge=0, le=200)] | None = None
    decisions: Lines = ()


class BodyShape(SourcedShape):
    """Hold a board or panel; `duty` is the duty whose dates are its meetings."""

    title: Line
    purpose: Text
    duty: Key | None = None
    chair: Line | None = None
    members: Lines = ()
    meetings: tuple[MeetingShape, ...] = ()


class SessionShape(SourcedShape):
    on: Day
    theme: Line
    trainer: Line | None = None
    attended: dict[Line, Annotated[int, Field(ge=0, le=200)]] = Field(default_factory=dict)
    absent: Keys = ()


class TrainingShape(SourcedShape):
    """Hold the training; `managers` gives the team of each Practice Manager's post."""

    title: Text
    duty: Key | None = None
    themes: Lines = ()
    teams: dict[Line, Annotated[int, Field(ge=1, le=200)]] = Field(default_factory=dict)
    managers: dict[Key, Line] = Field(default_factory=dict)
    sessions: tuple[SessionShape, ...] = ()


class CasesShape(SourcedShape):
    """Hold counts of the cases that Ofsted highlighted, never a case."""

    words: Text
    highlighted: Annotated[int, Field(ge=0, le=9999)] | None = None
    followed_up: Annotated[int, Field(ge=0, le=9999)] | None = None
    complete: bool = False


class PartnerShape(SourcedShape):
    title: Line
    brings: Text


class DocumentShape(SourcedShape):
    title: Line
    on: Day | None = None
    link: Line | None = None


class EvidenceShape(SourcedShape):
    title: Line
    on: Day
    owner: Key
    expires: Day | None = None
    link: Line | None = None
    checked_by: Key | None = None
    checked_on: Day | None = None


class ProgrammeShape(Shape):
    """Hold a programme; every part but the inspection may be left out until it is known. `lay` is for the demo."""

    lay: Day | None = None
    inspection: InspectionShape
    judgements: dict[Key, JudgementShape] = Field(default_factory=dict)
    areas: dict[Key, FindingShape] = Field(default_factory=dict)
    strengths: dict[Key, FindingShape] = Field(default_factory=dict)
    intervention: InterventionShape | None = None
    steps: dict[Key, StepShape] = Field(default_factory=dict)
    priorities: dict[Key, PriorityShape] = Field(default_factory=dict)
    actions: dict[Key, ActionShape] = Field(default_factory=dict)
    improvements: dict[Key, ImprovementShape] = Field(default_factory=dict)
    measures: dict[Key, MeasureShape] = Field(default_factory=dict)
    risks: dict[Key, RiskShape] = Field(default_factory=dict)
    bodies: dict[Key, BodyShape] = Field(default_factory=dict)
    training: TrainingShape | None = None
    cases: CasesShape | None = None
    team: Keys = ()
    partners: dict[Key, PartnerShape] = Field(default_factory=dict)
    documents: dict[Key, DocumentShape] = Field(default_factory=dict)
    evidence: dict[Key, EvidenceShape] = Field(default_factory=dict)
