"""Print a report in Word or as PDF."""

from timeline.reports.document import Report

FORMATS = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
}
"""The endings of the files, each with its media type."""


def printed(report: Report, suffix: str) -> bytes:
    """Give the file with that ending."""
    # Each is heavy to import: only the chosen one is.
    if suffix == ".docx":
        from config.rendering.report_word import word

        return word(report)
    from config.rendering.report_pdf import pdf

    return pdf(report)
