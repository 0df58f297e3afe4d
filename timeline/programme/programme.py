"""Bring the records of a council's improvement programme together."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from timeline.programme.actions import Action
from timeline.programme.bodies import Body, Training
from timeline.programme.inspection import Finding, Inspection, Intervention, Judgement, Step
from timeline.programme.measures import Measure
from timeline.programme.papers import Document, Evidence, Partner
from timeline.programme.risks import Risk


@dataclass(frozen=True, kw_only=True)
class Priority:
    """Hold a priority of the plan, with the aim that stands beside it."""

    key: str
    title: str
    aim: str
    source: str


NO_PRIORITY = Priority(key="", title="No priority yet", aim="", source="")
"""The place of actions for which a plan named none."""


@dataclass(frozen=True, kw_only=True)
class Improvement:
    """Hold an improvement that was made, in the council's words, with the keys of the measures that give its
    figures.
    """

    key: str
    title: str
    measures: tuple[str, ...]
    areas: tuple[str, ...]
    source: str


@dataclass(frozen=True, kw_only=True)
class HighlightedCases:
    """Hold the children's cases that Ofsted highlighted, as counts only; a count is None where nobody stated it."""

    highlighted: int | None
    followed_up: int | None
    is_complete: bool
    words: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Programme:
    """Hold the records of a programme, each kind by its key, in the order of the file."""

    inspection: Inspection
    judgements: Mapping[str, Judgement]
    areas: Mapping[str, Finding]
    strengths: Mapping[str, Finding]
    intervention: Intervention | None
    steps: Mapping[str, Step]
    priorities: Mapping[str, Priority]
    actions: Mapping[str, Action]
    improvements: Mapping[str, Improvement]
    measures: Mapping[str, Measure]
    risks: Mapping[str, Risk]
    bodies: Mapping[str, Body]
    training: Training | None
    cases: HighlightedCases | None
    team: tuple[str, ...]
    partners: Mapping[str, Partner]
    documents: Mapping[str, Document]
    evidence: Mapping[str, Evidence]

    def priority_of(self, action: Action) -> Priority:
        """Give the priority of an action; `NO_PRIORITY` where none that is stated was named."""
        return self.priorities.get(action.priority, NO_PRIORITY)

    def by_priority(self) -> Iterator[tuple[Priority, tuple[Action, ...]]]:
        """Give the actions by priority, in the order of the file; last those without, so that no list loses any."""
        for priority in (*self.priorities.values(), NO_PRIORITY):
            theirs = tuple(action for action in self.actions.values() if self.priority_of(action) == priority)
            if theirs or priority != NO_PRIORITY:
                yield priority, theirs
