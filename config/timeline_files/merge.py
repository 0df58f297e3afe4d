"""Merge a rule pack with the additions and replacements of a council's timeline."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from config.timeline_files.pack_shapes import (
    EditionShape,
    LadderShape,
    MilestoneShape,
    ObligationShape,
    PackShape,
    StandingShape,
)
from config.timeline_files.timeline_shapes import FactShape, TimelineShape
from config.timeline_files.words import Instant
from timeline.calendar.london import in_london, start_of_day
from timeline.definitions.duties import MilestoneRule
from timeline.definitions.facts import PROCLAIMED, REGIME_ENDED, SIGN_OFF_MEETING, Embargo
from timeline.definitions.people import Post
from timeline.definitions.standing import Certainty, RuleKind

# Every pack has these, so that no pack can forget them.
RESERVED = {
    PROCLAIMED: "A bank holiday proclaimed late",
    REGIME_ENDED: "The day on which the council left the regime",
}


def facts(pack: PackShape, timeline: TimelineShape) -> Mapping[str, str]:
    """Give every fact that may be recorded, with its meaning."""
    return {**RESERVED, **timeline.fact_names, **pack.facts}


def ladders(pack: PackShape, timeline: TimelineShape) -> Mapping[str, LadderShape]:
    return {**timeline.ladders, **pack.ladders}


def lists(pack: PackShape, timeline: TimelineShape) -> Mapping[str, tuple[str, ...]]:
    """Give the checklists by name; the council's own replaces the pack's, of which some belong to an edition."""
    inspected_on = _inspected_on(timeline)
    by_edition = {key: _edition(editions, inspected_on) for key, editions in pack.editions.items()}
    return {**by_edition, **pack.lists, **timeline.lists}


def _edition(editions: Sequence[EditionShape], on: date | None) -> tuple[str, ...]:
    """Give the items of the edition in force on a day; of the first before all, of the last without a day."""
    ordered = sorted(editions, key=lambda edition: edition.from_on)
    begun = [edition for edition in ordered if on is None or edition.from_on <= on]
    return (begun or ordered[:1])[-1].items


def _inspected_on(timeline: TimelineShape) -> date | None:
    """Give the day on which the inspection began, or else the report was published, or the regime began."""
    days = {written.fact: written.on for written in timeline.facts}
    stated = (days.get("inspection"), days.get("report_published"), timeline.regime and timeline.regime.since)
    return next((on for on in stated if on), None)


def not_chosen(pack: PackShape, timeline: TimelineShape) -> frozenset[str]:
    """Give the duties of the pack that are another council's example and that this council has not chosen.

    A file from before there was a choice keeps them all: it was applied with them, and an upgrade must not silence a
    duty that a council relies on. `checks` names it.
    """
    if timeline.practices is None:
        return frozenset()
    examples = frozenset(key for key, shape in pack.obligations.items() if shape.example)
    return examples - frozenset(timeline.practices)


def obligations(pack: PackShape, timeline: TimelineShape) -> Mapping[str, ObligationShape]:
    """Give every duty of the pack and of the council with its rules here, including duties switched off."""
    written = {**timeline.obligations, **pack.obligations}
    ruled = {key: _with_own_rules(key, shape, timeline.rules) for key, shape in written.items()}
    own = {key: _with_own_confirm(key, shape, timeline.confirm) for key, shape in ruled.items()}
    return {key: _agreed(shape, timeline) if shape.sign_off else shape for key, shape in own.items()}


def not_theirs(pack: PackShape, timeline: TimelineShape) -> frozenset[str]:
    """Give the duties of the pack that only councils with an executive have, or only those without, as this is not."""
    bound = ((key, shape.executive) for key, shape in pack.obligations.items() if shape.executive is not None)
    return frozenset(key for key, executive in bound if executive is not timeline.has_executive)


def _agreed(shape: ObligationShape, timeline: TimelineShape) -> ObligationShape:
    """Let the council's own committee decide, the last of its stages, with its call-in, before or after submission."""
    milestones = {name: _round_the_meeting(each, timeline) for name, each in shape.milestones.items()}
    decides = timeline.sign_off.by[-1] if timeline.sign_off.by else shape.sign_off
    return shape.model_copy(update={"sign_off": decides, "milestones": milestones})


def _round_the_meeting(shape: MilestoneShape, timeline: TimelineShape) -> MilestoneShape:
    """Count what follows the meeting by the council's call-in; nothing leads to a meeting after the submission."""
    follows, after = " after " in shape.from_meeting, timeline.sign_off.after_submission
    if not shape.from_meeting or not (follows or after):
        return shape
    if not follows:
        return shape.model_copy(update={"from_meeting": ""})
    call_in = f"{timeline.call_in} working days after" if timeline.call_in else "on"
    counted = f"{call_in} {SIGN_OFF_MEETING}"
    return shape.model_copy(update={"when": counted, "from_meeting": ""} if after else {"from_meeting": counted})


def _with_own_confirm(key: str, shape: ObligationShape, confirm: Mapping[str, bool]) -> ObligationShape:
    """Apply the council's choice whether a second person confirms a task."""
    choices = {name: confirm[f"{key}/{name}"] for name in shape.milestones if f"{key}/{name}" in confirm}
    changed = {name: shape.milestones[name].model_copy(update={"confirm": word}) for name, word in choices.items()}
    return shape.model_copy(update={"milestones": {**shape.milestones, **changed}}) if changed else shape


def _with_own_rules(key: str, shape: ObligationShape, rules: Mapping[str, str]) -> ObligationShape:
    """Apply the council's own rules; law and directions cannot be replaced, and `checks` reports those."""
    milestones = {
        name: milestone.model_copy(update={"when": rules[f"{key}/{name}"], **_own_standing(milestone)})
        for name, milestone in shape.milestones.items()
        if f"{key}/{name}" in rules and not milestone.standing.binds
    }
    own = {"rule": rules[key], **_own_standing(shape)} if key in rules and not shape.standing.binds else {}
    if not milestones and not own:
        return shape
    return shape.model_copy(update={**own, "milestones": {**shape.milestones, **milestones}})


def _own_standing(shape: StandingShape) -> Mapping[str, object]:
    """Say that a replaced rule is the council's own by now; what it made itself before stays as it was."""
    if shape.standing.is_own:
        return {}
    basis = f"The council's own rule, in place of: {shape.basis}"
    return {"rule_kind": RuleKind.PRACTICE, "certainty": Certainty.VERIFIED, "basis": basis, "texts": ()}


def embargo(shape: FactShape, pack: PackShape) -> Embargo | None:
    """Give the embargo of the fact itself, or else of its name."""
    if shape.restricted_until:
        return Embargo(circulation=frozenset(shape.circulation), until=instant(shape.restricted_until))
    return dict(embargoes(pack)).get(shape.fact)


def embargoes(pack: PackShape) -> tuple[tuple[str, Embargo], ...]:
    """Give the embargoes that the pack lays on facts by name, sorted."""
    return tuple(
        (name, Embargo(circulation=frozenset(embargo_shape.circulation), until_fact=embargo_shape.until))
        for name, embargo_shape in sorted(pack.embargoes.items())
    )


def instant(value: Instant) -> datetime:
    """Give the instant of a value; a date means the instant at which its day begins."""
    if isinstance(value, datetime):
        return in_london(value)
    return start_of_day(value)


def each(task: MilestoneRule, shape: MilestoneShape, posts: Mapping[str, Post]) -> Iterator[MilestoneRule]:
    """Give the task, or a copy for each of its owners, named `KEY-POST`."""
    if not shape.owners:
        yield task
    for post in shape.owners or ():
        yield replace(task, key=f"{task.key}-{post}", owner=post, shared=task.key, whose=_title(post, posts))


def _title(key: str, posts: Mapping[str, Post]) -> str:
    """Give a post's title, or its key if it is missing; `checks` reports a missing post."""
    return posts[key].title if key in posts else key


def keys(task: str, shape: MilestoneShape) -> tuple[str, ...]:
    """Give the names of the tasks that are made from this shape."""
    return tuple(f"{task}-{post}" for post in shape.owners) if shape.owners else (task,)
