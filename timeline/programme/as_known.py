"""Leave of a programme what was known at the end of a day: whatever carries a later date is taken out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from timeline.calendar.wording import long_date
from timeline.programme.inspection import Instruction, Step
from timeline.programme.programme import Programme

T = TypeVar("T")


class NotPublished(ValueError):
    """Refuse a report as at a day on which the inspection's own was still under embargo, in a sentence."""


@dataclass(frozen=True)
class _Until:
    on: date

    def dated(self, each: Any) -> bool:
        return each.on is None or each.on <= self.on

    def records(self, given: Mapping[str, T]) -> dict[str, T]:
        return {key: record for key, record in given.items() if self.dated(record)}

    def told(self, given: Mapping[str, Any], *names: str) -> dict[str, Any]:
        """Leave in each record only what it was told by then under these names."""
        return {
            key: replace(record, **{name: tuple(filter(self.dated, getattr(record, name))) for name in names})
            for key, record in given.items()
        }


def as_known(programme: Programme, *, on: date) -> Programme:
    """Give the programme as it was known at the end of a day. Raise NotPublished before the findings were public."""
    if on < programme.inspection.published_on:
        published_on = long_date(programme.inspection.published_on)
        raise NotPublished(
            f"The inspection's findings were published on {published_on}, so nothing of them may be told as at "
            f"{long_date(on)}: expected the day of publication or a later one."
        )
    until = _Until(on)
    directed = programme.intervention is not None and programme.intervention.issued_on <= on
    risks = until.told(programme.risks, "assessments")
    training = programme.training
    return replace(
        programme,
        intervention=programme.intervention if directed else None,
        steps={key: _step(step, on) for key, step in programme.steps.items()} if directed else {},
        actions=until.told(programme.actions, "updates", "rebases"),
        measures=until.told(programme.measures, "values"),
        risks={key: risk for key, risk in risks.items() if risk.assessments},
        bodies=until.told(programme.bodies, "meetings"),
        training=replace(training, sessions=tuple(filter(until.dated, training.sessions))) if training else None,
        documents=until.records(programme.documents),
        evidence=until.records(programme.evidence),
    )


def _step(step: Step, on: date) -> Step:
    given = (instruction for instruction in step.instructions if instruction.given_on <= on)
    return replace(step, instructions=tuple(_instruction(instruction, on) for instruction in given))


def _instruction(instruction: Instruction, on: date) -> Instruction:
    later = instruction.complied_on is not None and instruction.complied_on > on
    return replace(instruction, complied="", complied_on=None) if later else instruction
