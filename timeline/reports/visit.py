"""Fill the briefing pack for a monitoring visit: for each area the finding, actions, evidence, and what has changed."""

from collections.abc import Iterator
from datetime import date

from timeline.planning.occurrences import Occurrence
from timeline.reports.document import Missing, Paragraph, Part, Points, Report, Section
from timeline.reports.sections import areas
from timeline.reports.sections.ending import drafted, missing
from timeline.reports.sections.progress import when
from timeline.reports.situation import Situation, plain_date, sentence

KIND = "visit"


def visit(now: Situation) -> Report:
    """Fill the briefing pack for the next visit of Ofsted."""
    council, coming = now.timeline.council, _next_visit(now)
    since, last = areas.last_visit(now)
    days = ("The visit", f"{coming.title}, {when(coming)}" if coming else "none is planned")
    return drafted(
        now,
        kind=KIND,
        meeting="Monitoring visit",
        title=f"{council.name}: briefing for Ofsted's visit",
        head=(("Report from", now.post(council.director)), days, ("Changes since", plain_date(since))),
        sections=(_findings(now, last), *_areas(now, since), _strengths(now), missing(now)),
    )


def _next_visit(now: Situation) -> Occurrence | None:
    coming = now.next_year(*areas.VISITS)
    dated = [each for each in coming if each.starts_on or each.opens_on]
    return min(dated or coming, key=lambda each: each.starts_on or each.opens_on or now.on, default=None)


def _findings(now: Situation, last: str) -> Section:
    rows = tuple(f"{each.area}: {each.grade.value}." for each in now.programme.judgements.values())
    words = f"“Changed” tells what was stated after {last}."
    return Section(
        "What Ofsted found", (Points(rows) if rows else Missing("No judgement is recorded."), Paragraph(words))
    )


def _areas(now: Situation, since: date) -> Iterator[Section]:
    count = len(now.programme.areas)
    for number, key in enumerate(now.programme.areas, start=1):
        yield Section(f"Area {number} of {count}", tuple(_area(areas.area(key, now), now, since)))


def _area(of: areas.Area, now: Situation, since: date) -> Iterator[Part]:
    yield Paragraph(f"Finding: {sentence(of.title)}")
    yield from areas.actions_table(of, now)
    yield from areas.evidence_table(of, now)
    yield Paragraph("What has changed for children:")
    yield from areas.impact(of, now)
    stated = areas.changes(of, now, since=since)
    if stated:
        yield Paragraph("Changed since the last visit:")
        yield Points(tuple(f"{plain_date(each.on)}, {each.by}: {sentence(each.what)}" for each in stated))
    else:
        yield Paragraph("Changed since the last visit: nothing is recorded.")


def _strengths(now: Situation) -> Section:
    """Recall what must not have declined: inspectors check that too."""
    titles = tuple(each.title for each in now.programme.strengths.values())
    words = Paragraph("Inspectors check that performance elsewhere has not declined. Ofsted named these strengths:")
    return Section(
        "Has anything else declined?", (words, Points(titles)) if titles else (Missing("No strength is recorded."),)
    )
