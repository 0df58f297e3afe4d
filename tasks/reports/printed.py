"""Print a report in Word or as PDF."""

from tasks.reports.make import NoReport
from timeline.reports.document import Report

FORMATS = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
}
"""The endings of the files, each with its media type."""


def printed(report: Report, suffix: str) -> bytes:
    """Give the file with that ending. Raise NoReport where the template of Word cannot be filled."""
    # Each is heavy to import: only the chosen one is.
    if suffix == ".docx":
        from config.rendering.report_word import BadTemplate, word

        try:
            return word(report)
        except BadTemplate as fault:
            raise NoReport(str(fault)) from None
    from config.rendering.report_pdf import pdf

    return pdf(report)
