"""Check that a well-formed programme file makes sense beside its timeline: every name it uses is defined."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from config.programme_file.shapes import ProgrammeShape, TrainingShape
from config.timeline_files.faults import Fault, error
from config.timeline_files.files import known
from timeline.answers.case_details import refusal


def faults(
    file: str,
    shape: ProgrammeShape,
    *,
    posts: Mapping[str, object],
    duties: Mapping[str, object],
    tasks: Mapping[str, object],
) -> Iterator[Fault]:
    """Report each name that is not defined, and each day that comes before its cause."""
    for key, post in _posts(shape):
        yield from known(file, key, post, posts, "post")
    for key, name, among, what in _names(shape):
        yield from known(file, key, name, among, what)
    for key, duty in _duties(shape):
        yield from known(file, key, duty, duties, "duty")
    for name, measure in shape.measures.items():
        if measure.asked:
            yield from known(file, f"measures.{name}.asked", measure.asked, tasks, "task")
    for key, first, then, words in _days(shape):
        if first and then and then < first:
            yield error(file, key, words)
    yield from _in_confidence(file, shape)


def _in_confidence(file: str, shape: ProgrammeShape) -> Iterator[Fault]:
    """Refuse words that seem to name a child, a family or a case: none is ever stored."""
    for key, text in _texts(shape.model_dump(by_alias=True)):
        if sentence := refusal(text):
            yield error(file, key, f"{sentence}.")


def _texts(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Give every text of the file with its place."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from _texts(each, f"{key}.{name}" if key else name)
    elif isinstance(value, tuple):
        for number, each in enumerate(value):
            yield from _texts(each, f"{key}[{number}]")


def _posts(shape: ProgrammeShape) -> Iterator[tuple[str, str]]:
    """Give each place where a post stands, with the post."""
    if shape.intervention:
        yield "intervention.adviser", shape.intervention.adviser
    for number, post in enumerate(shape.team):
        yield f"team[{number}]", post
    yield from _owner("actions", {key: each.owner for key, each in shape.actions.items()})
    yield from _owner("measures", {key: each.owner for key, each in shape.measures.items()})
    yield from _owner("risks", {key: each.owner for key, each in shape.risks.items()})
    yield from _owner("evidence", {key: each.owner for key, each in shape.evidence.items()})
    for key, evidence in shape.evidence.items():
        if evidence.checked_by:
            yield f"evidence.{key}.checked_by", evidence.checked_by
    for key, action in shape.actions.items():
        yield from _by(f"actions.{key}.updates", (update.by for update in action.updates))
        yield from _by(f"actions.{key}.rebases", (rebase.by for rebase in action.rebases))
    for key, measure in shape.measures.items():
        yield from _by(f"measures.{key}.values", (value.by for value in measure.values))
    for key, risk in shape.risks.items():
        yield from _by(f"risks.{key}.assessments", (each.by for each in risk.assessments))


def _owner(kind: str, owners: Mapping[str, str | None]) -> Iterator[tuple[str, str]]:
    yield from ((f"{kind}.{key}.owner", owner) for key, owner in owners.items() if owner)


def _by(key: str, posts: Iterable[str]) -> Iterator[tuple[str, str]]:
    yield from ((f"{key}[{number}].by", post) for number, post in enumerate(posts))


def _names(shape: ProgrammeShape) -> Iterator[tuple[str, str, Mapping[str, object], str]]:
    """Give each name of another record, with the records among which it must be."""
    for key, action in shape.actions.items():
        at = f"actions.{key}"
        yield f"{at}.priority", action.priority, shape.priorities, "priority"
        yield from ((f"{at}.areas", area, shape.areas, "area for improvement") for area in action.areas)
        yield from ((f"{at}.measures", measure, shape.measures, "measure") for measure in action.measures)
        yield from ((f"{at}.evidence", each, shape.evidence, "evidence") for each in action.evidence)
    for key, improvement in shape.improvements.items():
        at = f"improvements.{key}"
        yield from ((f"{at}.measures", measure, shape.measures, "measure") for measure in improvement.measures)
        yield from ((f"{at}.areas", area, shape.areas, "area for improvement") for area in improvement.areas)
    for key, measure in shape.measures.items():
        yield from ((f"measures.{key}.areas", area, shape.areas, "area for improvement") for area in measure.areas)
    for key, step in shape.steps.items():
        yield from ((f"steps.{key}.evidence", each, shape.evidence, "evidence") for each in step.evidence)
    if shape.training:
        yield from _of_training(shape.training)


def _of_training(training: TrainingShape) -> Iterator[tuple[str, str, Mapping[str, object], str]]:
    """Give each team and each Practice Manager that a session or a post names."""
    yield from ((f"training.managers.{post}", team, training.teams, "team") for post, team in training.managers.items())
    for number, session in enumerate(training.sessions):
        at = f"training.sessions[{number}]"
        yield from ((f"{at}.attended", team, training.teams, "team") for team in session.attended)
        yield from ((f"{at}.absent", post, training.managers, "Practice Manager") for post in session.absent)


def _duties(shape: ProgrammeShape) -> Iterator[tuple[str, str]]:
    yield from ((f"bodies.{key}.duty", body.duty) for key, body in shape.bodies.items() if body.duty)
    if shape.training and shape.training.duty:
        yield "training.duty", shape.training.duty


def _days(shape: ProgrammeShape) -> Iterator[tuple[str, date | None, date | None, str]]:
    """Give each pair of days whose second must not come first, with what is wrong if it does."""
    inspection = shape.inspection
    yield "inspection.until", inspection.from_on, inspection.until_on, "It ends before it begins."
    yield "inspection.published", inspection.until_on, inspection.published, "It was published before it ended."
    for key, action in shape.actions.items():
        yield f"actions.{key}.due", action.starts, action.due, "It is due before it starts."
    for key, each in shape.evidence.items():
        yield f"evidence.{key}.expires", each.on, each.expires, "It expires before its own day."
        yield f"evidence.{key}.checked_on", each.on, each.checked_on, "It was checked before its own day."
    for key, step in shape.steps.items():
        for number, instruction in enumerate(step.instructions):
            at = f"steps.{key}.instructions[{number}].complied_on"
            yield at, instruction.given, instruction.complied_on, "It was complied with before it was given."
