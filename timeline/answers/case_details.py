"""Refuse words that seem to name a child, a family or a case (design, "What never changes", 6)."""

import re

_NHS_NUMBER = re.compile(r"(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)")
_DATE = r"(?:\d{1,2}(?:st|nd|rd|th)?[\s./-]+(?:\d{1,2}|[a-z]{3,9})[\s,./-]+\d{2,4}|\d{4}-\d{2}-\d{2})"
_BIRTH = r"\b(?:dob|d\.o\.b|date of birth|birthday|born)\b"
_BIRTH_DATE = re.compile(rf"{_BIRTH}\W.{{0,30}}?{_DATE}|{_DATE}.{{0,10}}?{_BIRTH}", re.IGNORECASE | re.DOTALL)
_CASE_NUMBER = re.compile(
    r"\b(?:case|child|client|family|court)(?:\s+(?:file|record))?"
    r"(?:\s*(?:number|num|no|nr|reference|ref|id)\b)?[\s.:#]*[a-z/-]{0,6}\d{4,}",
    re.IGNORECASE,
)
# The family court's own form: court, year, C or P or another letter, five digits ("ME19C01234").
_COURT_NUMBER = re.compile(r"\b[A-Z]{2}\d{2}[A-Z]\d{5}\b")


def refusal(text: str) -> str | None:
    """Give the sentence that refuses `text`; None when nothing in it looks like a mark of a person or a case.

    The test errs towards refusal: the writer can take the number out, but nothing stored can be unseen.
    """
    for what, matched in (
        ("an NHS number", any(_is_nhs_number(match[0]) for match in _NHS_NUMBER.finditer(text))),
        ("a date of birth", _BIRTH_DATE.search(text)),
        ("a case number", _CASE_NUMBER.search(text) or _COURT_NUMBER.search(text)),
    ):
        if matched:
            return f"Take out what looks like {what}. Do not name a child, a family or a case"
    return None


def _is_nhs_number(candidate: str) -> bool:
    """Tell whether the last of ten digits is their modulus 11 check digit (NHS Data Dictionary)."""
    digits = [int(character) for character in candidate if character.isdigit()]
    weighed = sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    return -weighed % 11 == digits[9]
