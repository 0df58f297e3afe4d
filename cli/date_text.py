"""How `daymark date` prints an outcome: for people, and as one JSON object."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator

from timeline.rules import Outcome, Reading
from timeline.wording import long_date


def as_json(outcome: Outcome, basis: str) -> str:
    """One JSON object with the keys of the design; dates are ISO, and null where there is none."""
    return json.dumps(
        {
            "legal_on": _iso(outcome.legal_on),
            "working_on": _iso(outcome.working_on),
            "opens_on": _iso(outcome.opens_on),
            "closes_on": _iso(outcome.closes_on),
            "dates": [on.isoformat() for on in outcome.dates],
            "waits_for": list(outcome.waits_for),
            "basis": basis,
            "readings": [_reading_as_json(reading) for reading in outcome.readings],
            "steps": list(outcome.steps),
        },
        ensure_ascii=False,
    )


def as_text(outcome: Outcome, basis: str) -> str:
    """The dates first, then every reading, then the reasons."""
    parts = [[outcome.rule], [*_answer(outcome)], _section("Readings", _readings(outcome))]
    parts += [_section("Why", outcome.steps), _section("Basis", [f"{basis}."] if basis else [])]
    return "\n\n".join("\n".join(lines) for lines in parts if lines)


def _answer(outcome: Outcome) -> Iterator[str]:
    for name in outcome.waits_for:
        yield f"  Waits for     {name}"
    if outcome.opens_on and outcome.closes_on:
        yield f"  Opens         {long_date(outcome.opens_on)}"
        yield f"  Closes        {long_date(outcome.closes_on)}"
    if outcome.dates:
        yield from (f"  {long_date(on)}" for on in outcome.dates)
    elif outcome.legal_on:
        yield f"  Legal date    {long_date(outcome.legal_on)}"
    if outcome.legal_on and not outcome.dates:
        yield f"  Working date  {_or_unknown(outcome.working_on)}"


def _readings(outcome: Outcome) -> list[str]:
    """Nothing when the one reading is the answer itself."""
    if len(outcome.readings) == 1 and not outcome.waits_for:
        return []
    return [
        f"{reading.name}: legal date {long_date(reading.legal_on)}, working date {_or_unknown(reading.working_on)}"
        for reading in outcome.readings
    ]


def _section(title: str, lines: Iterable[str]) -> list[str]:
    indented = [f"  {line}" for line in lines]
    return [title, *indented] if indented else []


def _or_unknown(on: dt.date | None) -> str:
    return long_date(on) if on else "not known"


def _iso(on: dt.date | None) -> str | None:
    return on.isoformat() if on else None


def _reading_as_json(reading: Reading) -> dict[str, str | None]:
    return {
        "name": reading.name,
        "legal_on": _iso(reading.legal_on),
        "working_on": _iso(reading.working_on),
    }
