"""Build duties, tasks and ladders from the files."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import time

from config.timeline_files import merge
from config.timeline_files.build_people import posts
from config.timeline_files.pack_shapes import (
    LadderShape,
    MilestoneShape,
    ObligationShape,
    PackShape,
    RungShape,
)
from config.timeline_files.timeline_shapes import TimelineShape
from timeline.definitions.duties import Ladder, Mark, MilestoneRule, NamedRule, Obligation, Rung
from timeline.definitions.people import Post
from timeline.definitions.standing import LawText

_RUNG_WHEN = re.compile(
    r"(?:(?P<n>\d{1,3}) working days? (?P<mark>before|after first prompt|after)|on the day)(?: at (?P<at>\d\d:\d\d))?"
)
RUNG_WHEN_EXAMPLE = (
    "expected such as “5 working days before”, “3 working days after first prompt”, “on the day at 12:00”"
)


def rung_when(text: str) -> tuple[int, Mark, time | None]:
    """Read when a rung is due. Raises ValueError with a sentence."""
    matched = _RUNG_WHEN.fullmatch(" ".join(text.lower().split()))
    try:
        at = time.fromisoformat(matched["at"]) if matched and matched["at"] else None
    except ValueError:
        matched = None
    if matched is None or int(matched["n"] or 1) == 0:
        raise ValueError(f"Found “{text}”, {RUNG_WHEN_EXAMPLE}.")
    return (int(matched["n"]), Mark(matched["mark"]), at) if matched["n"] else (0, Mark.BEFORE_DUE, at)


def rung(shape: RungShape) -> Rung:
    working_days, mark, at = rung_when(shape.when)
    return Rung(
        key=shape.rung,
        working_days=working_days,
        mark=mark,
        to=shape.to,
        unless=shape.unless,
        at=at,
        every=shape.every,
        times=shape.times,
        urgent=shape.urgent,
        channels=shape.channels,
        invite=shape.invite,
    )


def ladder(key: str, shape: LadderShape) -> Ladder:
    return Ladder(
        key=key, rungs=tuple(rung(written) for written in shape.rungs), acknowledged_for=shape.acknowledged_for
    )


@dataclass(frozen=True)
class Named:
    """Hold the ladders, lists, posts and texts that a duty refers to by name."""

    ladders: Mapping[str, Ladder]
    lists: Mapping[str, tuple[str, ...]]
    posts: Mapping[str, Post]
    texts: Mapping[str, LawText]
    version: int


def texts(pack: PackShape) -> Mapping[str, LawText]:
    """Give the texts that the pack's rules rest on, by name."""
    return {
        key: LawText(
            provision=shape.provision,
            says=shape.says,
            address=shape.address,
            read_on=shape.read,
            known_by=shape.known_by,
        )
        for key, shape in pack.texts.items()
    }


def obligations(pack: PackShape, timeline: TimelineShape) -> Iterator[Obligation]:
    """Build the council's duties: those of the pack and its own, without those switched off."""
    ladders = {key: ladder(key, shape) for key, shape in merge.ladders(pack, timeline).items()}
    named = Named(ladders, merge.lists(pack, timeline), posts(pack, timeline), texts(pack), pack.version)
    off = {*timeline.off, *merge.not_chosen(pack, timeline), *merge.not_theirs(pack, timeline)}
    for key, shape in merge.obligations(pack, timeline).items():
        if key not in off:
            yield _obligation(key, shape, named)


def _obligation(key: str, shape: ObligationShape, named: Named) -> Obligation:
    return Obligation(
        key=key,
        title=shape.title,
        duty_class=shape.duty_class,
        kind=shape.kind,
        rule=shape.rule,
        basis=shape.basis,
        standing=shape.standing,
        owner=shape.owner,
        milestones=tuple(_milestones(shape, named)),
        readings=tuple(NamedRule(**reading_shape.model_dump()) for reading_shape in shape.readings),
        confirmed_by=shape.confirmed_by,
        ours=shape.ours,
        version=named.version,
        each=shape.each,
        again=shape.again,
        most=shape.most,
        ended_by=shape.ended_by,
        track=shape.track,
        condition=shape.condition,
        estimate=shape.estimate,
        sign_off=shape.sign_off or "",
        because=shape.because,
        texts=tuple(named.texts[key] for key in shape.texts),
        asks_owners=shape.asks_owners,
    )


def _milestones(obligation: ObligationShape, named: Named) -> Iterator[MilestoneRule]:
    for key, shape in obligation.milestones.items():
        yield from merge.each(_milestone(key, shape, obligation, named), shape, named.posts)


def _milestone(key: str, shape: MilestoneShape, obligation: ObligationShape, named: Named) -> MilestoneRule:
    return MilestoneRule(
        key=key,
        title=shape.title,
        when=shape.when,
        asks=shape.asks,
        ladder=named.ladders[shape.ladder or obligation.ladder],
        owner=shape.owner or obligation.owner,
        standing=shape.standing,
        basis=shape.basis,
        completes=shape.completes,
        ours=shape.ours,
        checklist=named.lists[shape.checklist] if shape.checklist else (),
        confirm=shape.confirm,
        act=shape.act,
        waits_for_election=shape.waits_for_election,
        done_by=shape.done_by,
        only_first=shape.only_first,
        from_meeting=shape.from_meeting,
        too_late=shape.too_late,
        texts=tuple(named.texts[key] for key in shape.texts),
    )
