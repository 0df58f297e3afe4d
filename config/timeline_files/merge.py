"""A rule pack and what a council adds to it, replaces in it and switches off, as one."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from config.timeline_files.shapes import (
    FactShape,
    LadderShape,
    MilestoneShape,
    ObligationShape,
    PackShape,
    TimelineShape,
)
from config.timeline_files.words import Instant
from timeline.calendar.london import in_london, start_of_day
from timeline.definitions.duties import MilestoneRule, Status
from timeline.definitions.facts import PROCLAIMED, REGIME_ENDED, Embargo
from timeline.definitions.people import Post

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
        name: milestone.model_copy(update={"when": rules[f"{key}/{name}"]})
        for name, milestone in shape.milestones.items()
        if f"{key}/{name}" in rules and milestone.status is Status.LOCAL
    }
    own = {"rule": rules[key]} if key in rules and shape.status is Status.LOCAL else {}
    if not milestones and not own:
        return shape
    return shape.model_copy(update={**own, "milestones": {**shape.milestones, **milestones}})


def embargo(shape: FactShape, pack: PackShape) -> Embargo | None:
    """The fact's own, else that of its name."""
    if shape.restricted_until:
        return Embargo(circulation=frozenset(shape.circulation), until=instant(shape.restricted_until))
    return dict(embargoes(pack)).get(shape.fact)


def embargoes(pack: PackShape) -> tuple[tuple[str, Embargo], ...]:
    """What the pack lays on facts by their names, sorted."""
    return tuple(
        (name, Embargo(circulation=frozenset(embargo_shape.circulation), until_fact=embargo_shape.until))
        for name, embargo_shape in sorted(pack.embargoes.items())
    )


def instant(value: Instant) -> datetime:
    """A date is the instant at which its day begins."""
    if isinstance(value, datetime):
        return in_london(value)
    return start_of_day(value)


def each(task: MilestoneRule, shape: MilestoneShape, posts: Mapping[str, Post]) -> Iterator[MilestoneRule]:
    """The task as it was made of its shape; one of several owners once for each, as `KEY-POST`."""
    if not shape.owners:
        yield task
    for post in shape.owners or ():
        yield replace(task, key=f"{task.key}-{post}", owner=post, shared=task.key, whose=_title(post, posts))


def _title(key: str, posts: Mapping[str, Post]) -> str:
    """A post that is not there has a fault of its own."""
    return posts[key].title if key in posts else key


def keys(task: str, shape: MilestoneShape) -> tuple[str, ...]:
    """The names of the tasks that are made of it."""
    return tuple(f"{task}-{post}" for post in shape.owners) if shape.owners else (task,)
