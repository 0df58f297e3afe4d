"""Decide who may release a report, and give a released report: no draft any more, and the same each time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

from timeline.calendar.london import london_date
from timeline.definitions.council import CouncilTimeline
from timeline.reports import cabinet
from timeline.reports.document import Missing, Points, Report
from timeline.reports.sections.ending import WHAT_IS_MISSING, footer
from timeline.reports.situation import plain_date

MONITORING_OFFICER = "monitoring_officer"
_AFTER_NAME = "”: "
"""The end of the name of a record in a gap."""


@dataclass(frozen=True, kw_only=True)
class Release:
    """Hold that somebody released a report: `digest` is that of its contents, `post` the post that released it.

    `released_by` is the key of the person. The audit chain ended at `audit_sequence` and `audit_head` when the report
    was made that was released: its footer says so for ever.
    """

    kind: str
    area: str
    as_at: date
    digest: str
    post: str
    released_by: str
    released_at: datetime
    audit_sequence: int
    audit_head: str

    @property
    def ref(self) -> str:
        """Name the report, such as "report/cabinet/2019-09-03"."""
        return "/".join(filter(None, ("report", self.kind, self.area, self.as_at.isoformat())))

    def releases(self, other: "Release") -> bool:
        """Tell whether it releases that report, with just these contents."""
        return (self.ref, self.digest) == (other.ref, other.digest)


def releasing_post(timeline: CouncilTimeline, kind: str) -> str:
    """Give the post that releases reports of a kind: the monitoring officer for Cabinet, else the director."""
    cabinets = kind == cabinet.KIND and MONITORING_OFFICER in timeline.directory.posts
    return MONITORING_OFFICER if cabinets else timeline.council.director


def released(report: Report, release: Release) -> Report:
    """Give the report as it was released: its status says by whom, and what was for its author alone is gone."""
    on = plain_date(london_date(release.released_at))
    return replace(
        report,
        status=f"Released by the {release.post} on {on}",
        sections=tuple(section for section in report.sections if not section.for_author),
        footer=footer(report.as_at, release.audit_sequence, release.audit_head),
    )


class Unfilled(NamedTuple):
    """Group what a report lacks: `number` things in all, under each heading the sentences that say what."""

    number: int
    groups: tuple[tuple[str, tuple[str, ...]], ...]


def unfilled(report: Report) -> Unfilled:
    """Say what a report lacks, as whoever releases it must have seen: parts to be written, and gaps of the records.

    Records that lack the same are told in a sentence together.
    """
    sections = [(section, part) for section in report.sections for part in section.parts]
    missing = [(section.title, part) for section, part in sections if isinstance(part, Missing)]
    gaps = [
        gap
        for section, part in sections
        if isinstance(part, Points) and section.title in WHAT_IS_MISSING
        for gap in part.items
    ]
    groups = (
        ("To be written", tuple(f"{title}: {part.text}" for title, part in missing if part.to_write)),
        ("Missing in the report", tuple(f"{title}: {part.text}" for title, part in missing if not part.to_write)),
        ("Missing in the records", tuple(_together(gaps))),
    )
    return Unfilled(len(missing) + len(gaps), tuple(group for group in groups if group[1]))


def _together(gaps: Iterable[str]) -> Iterator[str]:
    """Join gaps such as "Risk “Caseloads”: It has no owner." where the sentences after the names are the same."""
    names: dict[str, list[str]] = {}
    for gap in gaps:
        name, quote, text = gap.partition(_AFTER_NAME)
        names.setdefault(text, []).append(name + quote.removesuffix(": "))
    yield from (f"{'; '.join(of)}: {text}" if text else "; ".join(of) for text, of in names.items())
