"""Choose what a board reads of the programme: plan, risks and measures, by post, without a small count."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from timeline.calendar.wording import plain_name, short_date
from timeline.definitions.people import Directory
from timeline.escalation.rag import Rag
from timeline.picture.risk_matrix import Placed, placed
from timeline.picture.shapes import Picture
from timeline.picture.small_line import public_line
from timeline.programme.actions import Action, standing
from timeline.programme.measures import Measure
from timeline.programme.programme import Programme
from timeline.programme.rated import rate_measure, rate_risk

_WORST_FIRST = (Rag.RED, Rag.AMBER, Rag.GREEN, Rag.GREY)


class PlanLine(NamedTuple):
    """Hold an action: its colour by a rule, its post and its dates. What people typed about it stays with the team."""

    rag: str
    title: str
    owner: str
    dates: str
    why: str


class RiskLine(NamedTuple):
    rag: str
    title: str
    why: str


class MeasureLine(NamedTuple):
    """Hold a measure with its last value in words; `picture` is None where it would tell a small count."""

    key: str
    rag: str
    title: str
    last: str
    why: str
    picture: Picture | None


@dataclass(frozen=True, kw_only=True)
class BoardProgramme:
    """Hold what a board reads of the programme; `risks` are those of the matrix."""

    plan: tuple[PlanLine, ...]
    risk_lines: tuple[RiskLine, ...]
    risks: tuple[Placed, ...]
    measures: tuple[MeasureLine, ...]


def board_programme(programme: Programme, directory: Directory, *, on: date) -> BoardProgramme:
    """Choose it from the programme as known on a day, the worst first."""
    risks = placed(programme.risks, on=on)
    return BoardProgramme(
        plan=tuple(sorted((_action(each, directory, on) for each in programme.actions.values()), key=_worst)),
        risk_lines=tuple(sorted(_risks(risks, on), key=_worst)),
        risks=risks,
        measures=tuple(_measure(each, on) for each in programme.measures.values()),
    )


def _worst(line: PlanLine | RiskLine) -> int:
    return [rag.value for rag in _WORST_FIRST].index(line.rag)


def _action(action: Action, directory: Directory, on: date) -> PlanLine:
    stands, post = standing(action, on=on), directory.posts.get(action.owner)
    owner = post.title if post else plain_name(action.owner) if action.owner else "No owner yet"
    return PlanLine(stands.rag.value, action.title, owner, " ".join(stands.dates), stands.why)


def _risks(risks: tuple[Placed, ...], on: date) -> Iterator[RiskLine]:
    for each in risks:
        rated = rate_risk(each.risk, on=on)
        yield RiskLine(rated.rag.value, f"{each.number}. {each.risk.title}", rated.why)


def _measure(measure: Measure, on: date) -> MeasureLine:
    value, rated = measure.value(on), rate_measure(measure, on=on)
    last = f"{measure.public(value)}, {short_date(value.on)}" if value else "No value yet"
    picture = public_line(measure, on=on)
    return MeasureLine(f"measures.{measure.key}", rated.rag.value, measure.title, last, rated.why, picture)
