"""End each report alike: what is missing in the records, and from which record it was made."""

from collections.abc import Iterator

from timeline.calendar.wording import count
from timeline.programme.gaps import Gap, gaps
from timeline.reports.document import Missing, Paragraph, Part, Points, Section
from timeline.reports.situation import Situation, plain_date


def missing(now: Situation) -> Section:
    """List for the author what is missing in the records."""
    return Section("For the author: what is missing", tuple(_missing(now)), numbered=False)


def _missing(now: Situation) -> Iterator[Part]:
    yield Missing("Take this section out before the report is released.")
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
    short = title if len(title) <= _SHORT else f"{title[:_SHORT].rsplit(' ', 1)[0]} …"
    return f"{_KINDS[part]} “{short}”"


_SHORT = 60
_KINDS = {"areas": "Area", "actions": "Action", "measures": "Measure", "risks": "Risk", "evidence": "Evidence"}


def footer(now: Situation) -> str:
    """Say from what the report was made: the day, and the end of the audit chain."""
    return f"As known on {plain_date(now.on)}. Audit record {now.audit_sequence}, head {now.audit_head}."
