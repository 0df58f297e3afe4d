"""A rule pack and what a council adds to it, replaces in it and switches off, as one."""

from collections.abc import Mapping

from config.shapes import LadderShape, ObligationShape, PackShape, TimelineShape
from timeline.duties import Status
from timeline.facts import PROCLAIMED, REGIME_ENDED

# Every pack knows these, so that no pack can forget them.
RESERVED = {
    PROCLAIMED: "A bank holiday proclaimed late",
    REGIME_ENDED: "The day on which the council left the regime",
}


def facts(pack: PackShape, timeline: TimelineShape) -> Mapping[str, str]:
    """Every fact that may be recorded, with what it means."""
    return {**RESERVED, **timeline.fact_names, **pack.facts}


def ladders(pack: PackShape, timeline: TimelineShape) -> Mapping[str, LadderShape]:
    return {**timeline.ladders, **pack.ladders}


def lists(pack: PackShape, timeline: TimelineShape) -> Mapping[str, tuple[str, ...]]:
    """The checklists by name; the council's own stands for the pack's."""
    return {**pack.lists, **timeline.lists}


def obligations(pack: PackShape, timeline: TimelineShape) -> Mapping[str, ObligationShape]:
    """Every duty of the pack and of the council with the rules that hold here, also those switched off."""
    written = {**timeline.obligations, **pack.obligations}
    ruled = {key: _with_own_rules(key, shape, timeline.rules) for key, shape in written.items()}
    return {key: _with_own_word(key, shape, timeline.confirm) for key, shape in ruled.items()}


def _with_own_word(key: str, shape: ObligationShape, confirm: Mapping[str, bool]) -> ObligationShape:
    """The same with what the council says of a second person for its tasks."""
    said = {name: confirm[f"{key}/{name}"] for name in shape.milestones if f"{key}/{name}" in confirm}
    told = {name: shape.milestones[name].model_copy(update={"confirm": word}) for name, word in said.items()}
    return shape.model_copy(update={"milestones": {**shape.milestones, **told}}) if told else shape


def _with_own_rules(key: str, shape: ObligationShape, rules: Mapping[str, str]) -> ObligationShape:
    """Only a rule of status local gives way; another has a fault of its own."""
    milestones = {
        name: one.model_copy(update={"when": rules[f"{key}/{name}"]})
        for name, one in shape.milestones.items()
        if f"{key}/{name}" in rules and one.status is Status.LOCAL
    }
    own = {"rule": rules[key]} if key in rules and shape.status is Status.LOCAL else {}
    if not milestones and not own:
        return shape
    return shape.model_copy(update={**own, "milestones": {**shape.milestones, **milestones}})
