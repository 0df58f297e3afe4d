"""Dates as people say them."""

from datetime import date


def long_date(on: date) -> str:
    """Such as "Thursday 28 November 2019"."""
    return f"{on:%A} {on.day} {on:%B} {on.year}"


def count(n: int, what: str) -> str:
    """Such as "1 working day" and "3 working days"."""
    return f"{n} {what}" if n == 1 else f"{n} {what}s"
