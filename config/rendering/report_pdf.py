"""Set a report as PDF: tagged for screen readers (PDF/UA-1), with its fonts inside, the same bytes each time."""

import json
from datetime import UTC, datetime, time
from pathlib import Path

from config.rendering.picture_png import fonts_folder
from config.rendering.report_values import plain
from timeline.reports.document import Report

TEMPLATE = Path(__file__).parents[1] / "templates" / "reports" / "report.typ"


def pdf(report: Report) -> bytes:
    """Set the report; its time is noon of the day it tells of, so that nothing of today stands in it."""
    # Loads 60 MB, which only this needs.
    import typst

    compiler = typst.Compiler(
        TEMPLATE,
        root=TEMPLATE.parent,
        # The fonts that come with the typesetter, and for pictures those that come with Daymark: the same everywhere.
        ignore_system_fonts=True,
        font_paths=[fonts_folder()],
        sys_inputs={"report": json.dumps(plain(report), ensure_ascii=False)},
    )
    noon = datetime.combine(report.as_at, time(12), UTC)
    made = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=noon)
    if not isinstance(made, bytes):
        raise TypeError("The typesetter gave no file.")
    return made
