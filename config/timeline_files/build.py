"""From what is written in the files to the heart's own records."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, time

from config.timeline_files import merge as joined
from config.timeline_files import merge as several
from config.timeline_files.merge import embargo, embargoes, instant
from config.timeline_files.shapes import (
    FactShape,
    LadderShape,
    MilestoneShape,
    ObligationShape,
    PackShape,
    PersonShape,
    PostShape,
    ProclaimedShape,
    RungShape,
    TimelineShape,
)
from config.timeline_files.words import Instant
from timeline.definitions.council import Committee, Council, CouncilTimeline, Pause, Period, SignOff
from timeline.definitions.duties import Ladder, Level, Mark, MilestoneRule, NamedRule, Obligation, Rung
from timeline.definitions.facts import PROCLAIMED, Fact
from timeline.definitions.people import Absence, Directory, Holder, Person, Post
from timeline.definitions.retention import Retention

_RUNG_WHEN = re.compile(
    r"(?:(?P<n>\d{1,3}) working days? (?P<mark>before|after first prompt|after)|on the day)(?: at (?P<at>\d\d:\d\d))?"
)
RUNG_WHEN_EXAMPLE = (
    "expected such as “5 working days before”, “3 working days after first prompt”, “on the day at 12:00”"
)


def rung_when(text: str) -> tuple[int, Mark, time | None]:
    """Reads when a rung speaks; ValueError with one sentence."""
    found = _RUNG_WHEN.fullmatch(" ".join(text.lower().split()))
    try:
        at = time.fromisoformat(found["at"]) if found and found["at"] else None
    except ValueError:
        found = None
    if found is None or found["n"] == "0" or int(found["n"] or 1) == 0:
        raise ValueError(f"Found “{text}”, {RUNG_WHEN_EXAMPLE}.")
    return (int(found["n"]), Mark(found["mark"]), at) if found["n"] else (0, Mark.BEFORE_DUE, at)


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
    return Ladder(key=key, rungs=tuple(rung(one) for one in shape.rungs), acknowledged_for=shape.acknowledged_for)


@dataclass(frozen=True)
class Named:
    """What a duty names that stands elsewhere in the files."""

    ladders: Mapping[str, Ladder]
    lists: Mapping[str, tuple[str, ...]]
    posts: Mapping[str, Post]
    version: int


def obligations(pack: PackShape, timeline: TimelineShape) -> Iterator[Obligation]:
    """The duties that hold for the council: those of the pack with its own, less those switched off."""
    ladders = {key: ladder(key, shape) for key, shape in joined.ladders(pack, timeline).items()}
    named = Named(ladders, joined.lists(pack, timeline), posts(pack, timeline), pack.version)
    for key, shape in joined.obligations(pack, timeline).items():
        if key not in timeline.off:
            yield _obligation(key, shape, named)


def _obligation(key: str, shape: ObligationShape, named: Named) -> Obligation:
    return Obligation(
        key=key,
        title=shape.title,
        duty_class=shape.duty_class,
        kind=shape.kind,
        rule=shape.rule,
        basis=shape.basis,
        status=shape.status,
        owner=shape.owner,
        milestones=tuple(_milestones(shape, named)),
        readings=tuple(NamedRule(**reading_shape.model_dump()) for reading_shape in shape.readings),
        confirmed_by=shape.confirmed_by,
        ours=shape.ours,
        version=named.version,
        each=shape.each,
        condition=shape.condition,
        estimate=shape.estimate,
        sign_off=shape.sign_off or "",
    )


def _milestones(obligation: ObligationShape, named: Named) -> Iterator[MilestoneRule]:
    for key, shape in obligation.milestones.items():
        yield from several.each(_milestone(key, shape, obligation, named), shape, named.posts)


def _milestone(key: str, shape: MilestoneShape, obligation: ObligationShape, named: Named) -> MilestoneRule:
    return MilestoneRule(
        key=key,
        title=shape.title,
        when=shape.when,
        asks=shape.asks,
        ladder=named.ladders[shape.ladder or obligation.ladder],
        owner=shape.owner or obligation.owner,
        status=shape.status,
        basis=shape.basis,
        completes=shape.completes,
        ours=shape.ours,
        checklist=named.lists[shape.checklist] if shape.checklist else (),
        confirm=shape.confirm,
    )


def posts(pack: PackShape, timeline: TimelineShape) -> dict[str, Post]:
    """The pack's posts with the titles of the council, and the council's own."""
    keys = [*pack.posts, *(key for key in timeline.posts if key not in pack.posts)]
    return {key: _post(key, timeline.posts.get(key, PostShape()), pack.posts.get(key, PostShape())) for key in keys}


def _post(key: str, own: PostShape, given: PostShape) -> Post:
    return Post(
        key=key,
        title=own.title or given.title or key.replace("_", " ").capitalize(),
        level=own.level or given.level or Level.OFFICER,
        line_manager=own.line_manager or given.line_manager,
        deputy=own.deputy or given.deputy,
        assistant=own.assistant or given.assistant,
    )


def directory(pack: PackShape, timeline: TimelineShape) -> Directory:
    people = {key: _person(key, person) for key, person in timeline.people.items()}
    holders = (
        Holder(
            post=holding.post,
            person=key,
            from_on=holding.from_on,
            until_on=holding.until_on,
            acting=holding.acting,
        )
        for key, person in timeline.people.items()
        for holding in person.holds
    )
    absences = (
        Absence(person=key, from_on=away.from_on, until_on=away.until_on)
        for key, person in timeline.people.items()
        for away in person.absent
    )
    return Directory(posts=posts(pack, timeline), people=people, holders=tuple(holders), absences=tuple(absences))


def _person(key: str, shape: PersonShape) -> Person:
    return Person(
        key=key,
        name=shape.name,
        address=shape.address,
        channels=shape.channels,
        teams=shape.teams.lower(),
        phone=shape.phone,
        works=shape.works,
    )


def fact(shape: FactShape, pack: PackShape) -> Fact:
    """A fact known by its date only was known when that day began."""
    return Fact(
        name=shape.fact,
        on=shape.on,
        until=shape.until,
        known_at=instant(shape.known or shape.on),
        who=shape.by,
        source=shape.source,
        inferred=shape.inferred,
        occurrence=shape.of,
        embargo=embargo(shape, pack),
    )


def _proclaimed(shape: ProclaimedShape, known: Instant) -> Fact:
    return Fact(name=PROCLAIMED, on=shape.on, known_at=instant(known), source=shape.source, called=shape.name)


def council(timeline: TimelineShape) -> Council:
    shadow, regime, steps = timeline.shadow_until, timeline.regime, timeline.sign_off
    return Council(
        **timeline.council.model_dump(),
        live_from=timeline.live_from,
        shadow_until=shadow if isinstance(shadow, date) else None,
        shadow_by_default=shadow is None,
        committees=tuple(
            Committee(key=key, title=committee_shape.title, meetings=tuple(sorted({*committee_shape.meetings})))
            for key, committee_shape in timeline.committees.items()
        ),
        sign_off=SignOff(
            call_in_working_days=steps.call_in,
            notice_days=steps.notice,
            agenda_working_days=steps.agenda,
            clearance_working_days=steps.clearance,
        ),
        pre_election_periods=tuple(
            Period(**period_shape.model_dump()) for period_shape in timeline.pre_election_periods
        ),
        regime_since=regime.since if regime else None,
        regime_because=regime.because if regime else "",
        retention=Retention(
            raw_mail_days=timeline.retention.raw_mail,
            absence_days=timeline.retention.absences,
            free_text_months=timeline.retention.free_text,
            prompt_years=timeline.retention.prompts,
        ),
    )


def _fact_names(pack: PackShape, timeline: TimelineShape) -> tuple[str, ...]:
    return tuple(sorted({*pack.facts, *timeline.fact_names}))


def council_timeline(pack: PackShape, timeline: TimelineShape) -> CouncilTimeline:
    late = [(proclaimed_shape, proclaimed_shape.known) for proclaimed_shape in timeline.proclaimed_bank_holidays]
    return CouncilTimeline(
        council=replace(council(timeline), fact_names=_fact_names(pack, timeline), embargoes=embargoes(pack)),
        obligations=tuple(obligations(pack, timeline)),
        facts=(
            *(fact(one, pack) for one in timeline.facts),
            *(_proclaimed(proclaimed_shape, known) for proclaimed_shape, known in late if known),
        ),
        directory=directory(pack, timeline),
        pauses=tuple(
            Pause(obligation=pause_shape.duty, from_on=pause_shape.from_on, until_on=pause_shape.until_on)
            for pause_shape in timeline.pauses
        ),
        proclaimed_bank_holidays={
            proclaimed_shape.on: proclaimed_shape.name for proclaimed_shape, known in late if known is None
        },
        closure_days={closure_shape.on: closure_shape.name for closure_shape in timeline.closure_days},
    )
