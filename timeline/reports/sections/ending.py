"""Begin and end each report alike: a draft with its day, what is missing in the records, and from which record."""

from collections.abc import Iterator
from datetime import date

from timeline.calendar.wording import count, shortened
from timeline.programme.gaps import Gap, gaps
from timeline.reports.document import DRAFT, Paragraph, Part, Points, Report, Section
from timeline.reports.situation import Situation, plain_date

_MISSING, _FOR_AUTHOR = "What is missing", "For the author: what is missing"
WHAT_IS_MISSING = (_MISSING, _FOR_AUTHOR)
"""The titles of the section that lists the gaps of the records."""


def drafted(
    now: Situation,
    *,
    kind: str,
    meeting: str,
    title: str,
    head: tuple[tuple[str, str], ...],
    sections: tuple[Section, ...],
) -> Report:
    """Give a report that nobody has released yet, with its day beside its title and its record in its footer."""
    return Report(
        kind=kind,
        council=now.timeline.council.name,
        meeting=meeting,
        title=title,
        as_at=now.on,
        status=DRAFT,
        head=(*head, ("As known on", plain_date(now.on))),
        sections=sections,
        footer=footer(now.on, now.audit_sequence, now.audit_head),
    )


def missing_for_author(now: Situation) -> Section:
    """List for the author of a public report what is missing; it is left out once the report is released."""
    return Section(_FOR_AUTHOR, tuple(_missing(now)), numbered=False, for_author=True)


def missing(now: Situation) -> Section:
    """Tell the readers what is missing in the records."""
    return Section(_MISSING, tuple(_missing(now)), numbered=False)


def _missing(now: Situation) -> Iterator[Part]:
    if now.stated_since:
        yield Paragraph(
            f"These records were first stored on {plain_date(now.stated_since)}, after the day of this report: what "
            "carries a date of its own was known by then; what carries none may have become known later."
        )
    missing: dict[str, list[str]] = {}
    for gap in gaps(now.programme, on=now.on):
        missing.setdefault(_named(gap, now), []).append(gap.text)
    if missing:
        yield Paragraph(f"{count(sum(map(len, missing.values())), 'gap')} in the records:")
        yield Points(tuple(f"{record}: {' '.join(texts)}" for record, texts in missing.items()))
    else:
        yield Paragraph("The records have no gap.")


def _named(gap: Gap, now: Situation) -> str:
    """Name the record of a gap by its title, such as "Staffing capacity …"."""
    part, _, key = gap.key.partition(".")
    title: str = getattr(now.programme, part)[key].title
    return f"{_KINDS[part]} “{shortened(title, _SHORT)}”"


_SHORT = 60
_KINDS = {"areas": "Area", "actions": "Action", "measures": "Measure", "risks": "Risk", "evidence": "Evidence"}


def footer(on: date, sequence: int, head: str) -> str:
    """Say from what the report was made: the day, and the end of the audit chain."""
    return f"As known on {plain_date(on)}. Audit record {sequence}, head {head}."
