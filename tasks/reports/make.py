"""Gather what a report may tell from the store, as known on a day, and fill the report."""

from dataclasses import dataclass
from datetime import date, datetime

from config.rendering.report_values import digest
from config.settings import Settings
from models.store import Store
from timeline.calendar.london import end_of_day, london_date, start_of_day
from timeline.calendar.wording import long_date, near
from timeline.definitions.council import CouncilTimeline
from timeline.escalation.day import horizon
from timeline.escalation.task_context import task_context
from timeline.picture.audience import PlannedWork
from timeline.planning.plan import plan
from timeline.programme.as_known import NotPublished, as_known
from timeline.reports import training
from timeline.reports.document import Report
from timeline.reports.kinds import KINDS
from timeline.reports.release import released
from timeline.reports.situation import Situation


class NoReport(ValueError):
    """Refuse a report that cannot be made, as a sentence."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Say which report is asked for: its kind, its day, the area that it is about, and the post that alone reads it."""

    kind: str
    as_at: date
    area: str = ""
    reader: str = ""


def make(store: Store, settings: Settings, asked: Asked, *, at: datetime) -> Report:
    """Fill a report; where its contents were released it is no draft. Raise NoReport."""
    report = filled(asked, situation(store, settings, asked, at=at))
    if asked.reader:
        return report
    ours = (each for each in store.programmes.released() if (each.kind, each.area) == (asked.kind, asked.area))
    same_day = [each for each in ours if each.as_at == asked.as_at]
    contents = digest(report) if same_day else ""
    release = next((each for each in same_day if each.digest == contents), None)
    return released(report, release) if release else report


def filled(asked: Asked, now: Situation) -> Report:
    """Fill the report that is asked for, as a draft. Raise NoReport."""
    kind, areas = KINDS[asked.kind], now.programme.areas
    if kind.of_area and asked.area not in areas:
        there_is = f"There is no area “{asked.area}”" if asked.area else "It is about one area"
        raise NoReport(f"{there_is}; expected {' or '.join(areas)}.{near(asked.area, areas)}")
    if asked.area and not kind.of_area:
        raise NoReport(f"The report “{asked.kind}” is about every area: expected no area.")
    if asked.reader and (asked.kind, asked.reader) != (training.KIND, training.lead_post(now)):
        lead = training.lead_post(now)
        raise NoReport(f"Only the report “{training.KIND}” has a copy for one post alone; expected {lead}.")
    return kind.fill(now)


def situation(store: Store, settings: Settings, asked: Asked, *, at: datetime) -> Situation:
    """Read what was known at the end of a day. Raise NoReport without a programme with findings."""
    as_at = asked.as_at
    if asked.kind not in KINDS:
        raise NoReport(f"There is no report “{asked.kind}”; expected {', '.join(KINDS)}.{near(asked.kind, KINDS)}")
    if as_at > london_date(at):
        raise NoReport(f"{long_date(as_at)} is to come; expected today, or an earlier day.")
    known_at = min(end_of_day(start_of_day(as_at)), at)
    stated = store.programmes.known(at=known_at)
    if stated is None:
        raise NoReport(
            f"No programme of {store.council} was stored on {long_date(as_at)}: write its records beside the timeline "
            "(NAME.programme.yaml), then run daymark apply."
        )
    try:
        programme = as_known(stated.programme, on=as_at)
    except NotPublished as too_early:
        raise NoReport(str(too_early)) from None
    sequence, head = store.audit.chain_end()
    timeline = store.definitions.timeline(settings.working_hours).as_known(at=known_at)
    return Situation(
        timeline=timeline,
        programme=programme,
        on=as_at,
        at=known_at,
        stated_since=london_date(stated.stated_at) if stated.is_earliest else None,
        audit_sequence=sequence,
        audit_head=head,
        work=_work(store, timeline, at=known_at),
        area=asked.area,
        reader=asked.reader,
    )


def _work(store: Store, timeline: CouncilTimeline, *, at: datetime) -> PlannedWork:
    """Plan the council as known at an instant, with what had been asked and answered by then: not as it stands now."""
    duties = frozenset(duty.key for duty in timeline.obligations)
    entries, responses = store.ledger.entries(duties), store.inbound.responses(duties)
    occurrences = plan(timeline, at=at, until=horizon(timeline, at=at))
    tasks = (
        task_context(timeline, task, entries.get(task.ref, ()), responses.get(task.ref, ()), at=at)
        for occurrence in occurrences
        for task in occurrence.milestones
    )
    return PlannedWork(timeline=timeline, occurrences=occurrences, tasks=tuple(tasks))
