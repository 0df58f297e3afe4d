"""Build a programme from the shape of its file."""

from typing import Any

from config.programme_file import shapes
from config.timeline_files.pack_shapes import Shape
from timeline.programme.actions import Action, Rebase, Update
from timeline.programme.bodies import Body, Meeting, Session, Training
from timeline.programme.inspection import Finding, Inspection, Instruction, Intervention, Judgement, Step
from timeline.programme.measures import Measure, Value
from timeline.programme.papers import Document, Evidence, Partner
from timeline.programme.programme import HighlightedCases, Improvement, Priority, Programme
from timeline.programme.risks import Assessment, Risk


def programme(shape: shapes.ProgrammeShape) -> Programme:
    """Build the programme; what was said on different days stands in the order of the days."""
    return Programme(
        inspection=_inspection(shape.inspection),
        judgements={key: Judgement(key=key, **dict(each)) for key, each in shape.judgements.items()},
        areas={key: Finding(key=key, **dict(each)) for key, each in shape.areas.items()},
        strengths={key: Finding(key=key, **dict(each)) for key, each in shape.strengths.items()},
        intervention=_intervention(shape.intervention) if shape.intervention else None,
        steps={key: _step(key, each) for key, each in shape.steps.items()},
        priorities={key: Priority(key=key, **dict(each)) for key, each in shape.priorities.items()},
        actions={key: _action(key, each) for key, each in shape.actions.items()},
        improvements={key: Improvement(key=key, **dict(each)) for key, each in shape.improvements.items()},
        measures={key: _measure(key, each) for key, each in shape.measures.items()},
        risks={key: _risk(key, each) for key, each in shape.risks.items()},
        bodies={key: _body(key, each) for key, each in shape.bodies.items()},
        training=_training(shape.training) if shape.training else None,
        cases=_cases(shape.cases) if shape.cases else None,
        team=shape.team,
        partners={key: Partner(key=key, **dict(each)) for key, each in shape.partners.items()},
        documents={key: Document(**_words(key, each, "link")) for key, each in shape.documents.items()},
        evidence={key: _evidence(key, each) for key, each in shape.evidence.items()},
    )


def _words(key: str, shape: Shape, *names: str) -> dict[str, Any]:
    """Give the values of a shape with its key; words that were left out are empty."""
    values = dict(shape)
    return {"key": key} | values | {name: values[name] or "" for name in names}


def _inspection(shape: shapes.InspectionShape) -> Inspection:
    values = dict(shape)
    return Inspection(published_on=values.pop("published"), **values)


def _intervention(shape: shapes.InterventionShape) -> Intervention:
    values = dict(shape)
    return Intervention(issued_on=values.pop("issued"), issued_by=values.pop("by"), **values)


def _step(key: str, shape: shapes.StepShape) -> Step:
    values = _words(key, shape)
    given = sorted(shape.instructions, key=lambda each: each.given)
    instructions = tuple(
        Instruction(
            given_on=each.given,
            text=each.text,
            complied=each.complied or "",
            complied_on=each.complied_on,
            source=each.source,
        )
        for each in given
    )
    return Step(due_on=values.pop("due"), **values | {"instructions": instructions})


def _action(key: str, shape: shapes.ActionShape) -> Action:
    values = _words(key, shape, "owner", "success", "cost", "funding")
    updates = tuple(
        Update(
            on=each.on,
            by=each.by,
            progress=each.progress,
            percent=each.percent,
            expected_on=each.expected,
            why=each.why or "",
        )
        for each in sorted(shape.updates, key=lambda each: each.on)
    )
    rebases = tuple(
        Rebase(on=each.on, by=each.by, due_on=each.due, why=each.why)
        for each in sorted(shape.rebases, key=lambda each: each.on)
    )
    days = {"starts_on": values.pop("starts"), "due_on": values.pop("due")}
    return Action(**values | days | {"updates": updates, "rebases": rebases})


def _measure(key: str, shape: shapes.MeasureShape) -> Measure:
    values = tuple(_value(each, shape.source) for each in sorted(shape.values, key=lambda each: each.on))
    return Measure(**_words(key, shape, "unit", "since", "owner", "asked") | {"values": values})


def _value(shape: shapes.ValueShape, source: str) -> Value:
    change, is_percent = shape.change or (None, False)
    values = dict(shape) | {"change": change, "is_percent": is_percent, "source": shape.source or source}
    return Value(**values)


def _risk(key: str, shape: shapes.RiskShape) -> Risk:
    values = _words(key, shape, "owner")
    assessments = tuple(
        Assessment(on=each.on, by=each.by, rating=each.rating, why=each.why or "")
        for each in sorted(shape.assessments, key=lambda each: each.on)
    )
    return Risk(review_on=values.pop("review"), **values | {"assessments": assessments})


def _body(key: str, shape: shapes.BodyShape) -> Body:
    held = sorted(shape.meetings, key=lambda each: each.on)
    return Body(**_words(key, shape, "duty", "chair") | {"meetings": tuple(Meeting(**dict(each)) for each in held)})


def _training(shape: shapes.TrainingShape) -> Training:
    sessions = tuple(
        Session(**dict(each) | {"trainer": each.trainer or ""})
        for each in sorted(shape.sessions, key=lambda each: each.on)
    )
    return Training(**dict(shape) | {"duty": shape.duty or "", "sessions": sessions})


def _cases(shape: shapes.CasesShape) -> HighlightedCases:
    values = dict(shape)
    return HighlightedCases(is_complete=values.pop("complete"), **values)


def _evidence(key: str, shape: shapes.EvidenceShape) -> Evidence:
    values = _words(key, shape, "link", "checked_by")
    return Evidence(expires_on=values.pop("expires"), **values)
