"""Build the council's timeline from both files."""

from dataclasses import replace
from datetime import date

from config.timeline_files.build_duties import obligations
from config.timeline_files.build_people import directory
from config.timeline_files.merge import embargo, embargoes, instant
from config.timeline_files.pack_shapes import PackShape
from config.timeline_files.timeline_shapes import FactShape, ProclaimedShape, TimelineShape
from config.timeline_files.words import Instant
from timeline.definitions.council import Committee, Council, CouncilTimeline, Pause, Period, SignOff
from timeline.definitions.facts import PROCLAIMED, Fact
from timeline.definitions.retention import Retention


def fact(shape: FactShape, pack: PackShape) -> Fact:
    """Build a fact; if only the date it was known is given, it was known when that day began."""
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
        **timeline.council.model_dump(exclude={"executive", "working_hours"}),
        executive=timeline.has_executive,
        working_hours=timeline.council.working_hours,
        live_from=timeline.live_from,
        shadow_until=shadow if isinstance(shadow, date) else None,
        shadow_by_default=shadow is None,
        committees=tuple(
            Committee(
                key=key,
                title=committee_shape.title,
                meetings=tuple(sorted({*committee_shape.meetings})),
                executive=timeline.is_executive(key),
            )
            for key, committee_shape in timeline.committees.items()
        ),
        sign_off=SignOff(
            call_in_working_days=timeline.call_in,
            notice_days=steps.notice,
            agenda_working_days=steps.agenda,
            clearance_working_days=steps.clearance,
            briefing_working_days=steps.briefing,
            after_submission=steps.after_submission,
            by=steps.by,
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
        council=replace(
            council(timeline),
            fact_names=_fact_names(pack, timeline),
            embargoes=embargoes(pack),
            fact_order=pack.order,
        ),
        obligations=tuple(obligations(pack, timeline)),
        facts=(
            *(fact(written, pack) for written in timeline.facts),
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
