"""`daymark date RULE`: the date that a rule gives, and why."""

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Annotated, TypeVar

import typer

from tasks import clock
from timeline.calendar.bank_holidays import calendars
from timeline.calendar.london import DAY, months_after
from timeline.calendar.wording import iso_date, long_date
from timeline.calendar.working_days import BeyondCalendar
from timeline.rules import (
    Anchor,
    Outcome,
    Reading,
    Rolled,
    Rule,
    RuleError,
    bounded,
    convention,
    evaluate,
    is_name,
    is_series,
    parse,
    plain,
    read_date,
)
from timeline.rules.lexer import shown


def as_json(outcome: Outcome, basis: str) -> str:
    """Write a JSON object with the keys of the design; dates are ISO, and null where there is none."""
    return json.dumps(
        {
            "legal_on": iso_date(outcome.legal_on),
            "working_on": iso_date(outcome.working_on),
            "opens_on": iso_date(outcome.opens_on),
            "closes_on": iso_date(outcome.closes_on),
            "dates": [on.isoformat() for on in outcome.dates],
            "waits_for": list(outcome.waits_for),
            "basis": basis,
            "readings": [_reading_as_json(reading) for reading in outcome.readings],
            "steps": list(outcome.steps),
        },
        ensure_ascii=False,
    )


def as_text(outcome: Outcome, basis: str) -> str:
    """Write the dates first, then every reading, then the reasons."""
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
        yield f"  Date          {long_date(outcome.legal_on)}"
    if outcome.legal_on and not outcome.dates:
        yield f"  Working date  {_or_unknown(outcome.working_on)}"


def _readings(outcome: Outcome) -> list[str]:
    """List the readings; none if the only reading is the answer itself."""
    if len(outcome.readings) == 1 and not outcome.waits_for:
        return []
    return [
        f"{reading.name}: {long_date(reading.legal_on)}, working date {_or_unknown(reading.working_on)}"
        for reading in outcome.readings
    ]


def _section(title: str, lines: Iterable[str]) -> list[str]:
    indented = [f"  {line}" for line in lines]
    return [title, *indented] if indented else []


def _or_unknown(on: dt.date | None) -> str:
    return long_date(on) if on else "not known"


def _reading_as_json(reading: Reading) -> dict[str, str | None]:
    return {
        "name": reading.name,
        "legal_on": iso_date(reading.legal_on),
        "working_on": iso_date(reading.working_on),
    }


T = TypeVar("T")
Facts = Mapping[str, Anchor]
Span = tuple[dt.date, dt.date]

RuleWords = Annotated[
    list[str], typer.Argument(metavar="RULE", help='Such as "70 working days after report_received".')
]
FactOptions = Annotated[
    list[str] | None,
    typer.Option("--fact", metavar="NAME=DATE", help="A date to count from; may be given several times."),
]
HolidayOptions = Annotated[
    list[str] | None,
    typer.Option("--holiday", metavar="DATE", help="A proclaimed bank holiday; may be given several times."),
]
FromOption = Annotated[
    str | None, typer.Option("--from", metavar="DATE", help="The first day on which to list a series.")
]
ToOption = Annotated[str | None, typer.Option("--to", metavar="DATE", help="The last day on which to list a series.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print a JSON object.")]


def register(app: typer.Typer) -> None:
    """Add `daymark date` to the application."""
    app.command("date")(date)


def date(
    rule: RuleWords,
    fact: FactOptions = None,
    holiday: HolidayOptions = None,
    from_: FromOption = None,
    to: ToOption = None,
    json: JsonOption = False,
) -> None:
    """Work out one rule and explain the date it gives.

    A rule of many dates is listed from --from to --to; without them for twelve months from the date that it
    counts from, or from today.
    """
    faults: list[str] = []
    rules = _read(parse, [" ".join(rule)], faults)
    facts = _facts(_read(_fact, fact or [], faults), faults)
    holidays = dict.fromkeys(_read(read_date, holiday or [], faults), "proclaimed bank holiday")
    begin, end = (_read(read_date, [text] if text else [], faults) for text in (from_, to))
    if begin and end and begin > end:
        faults.append(f"--from {begin[0]} is after --to {end[0]}, expected the earlier day first.")
    _stop_on(faults)
    try:
        outcome = _outcome(rules[0], facts, holidays, begin, end)
    except (RuleError, BeyondCalendar) as fault:
        _stop_on([str(fault)])
    typer.echo((as_json if json else as_text)(outcome, convention(rules[0])))


def _read(read: Callable[[str], T], texts: Iterable[str], faults: list[str]) -> list[T]:
    """Return the texts that can be read, and add the faults of the others, so that all are reported at once."""
    readable = []
    for text in texts:
        try:
            readable.append(read(text))
        except RuleError as fault:
            faults.append(str(fault))
    return readable


def _fact(text: str) -> tuple[str, Anchor]:
    name, equals, on = text.partition("=")
    name = name.strip().lower()
    if not equals or not is_name(name):
        raise RuleError(f"--fact “{shown(text)}” was not understood, expected such as report_received=2019-08-21.")
    return name, Anchor(read_date(on.strip()), "given on the command line")


def _facts(pairs: list[tuple[str, Anchor]], faults: list[str]) -> Facts:
    facts = dict(pairs)
    if len(facts) < len(pairs):
        faults.append("A --fact was given twice, expected one date for each name.")
    return facts


def _outcome(
    rule: Rule, facts: Facts, holidays: Mapping[dt.date, str], begin: list[dt.date], end: list[dt.date]
) -> Outcome:
    both = calendars(proclaimed=holidays)
    span, notes = _span(rule, facts, begin, end) if is_series(rule) else (None, [])
    outcome = evaluate(rule, anchors=facts, calendars=both, span=span, local=True)
    if isinstance(rule, Rolled):
        notes = [*notes, "Only a rule of status local may say “or … working day”: it moves the date itself."]
    outcome = bounded(outcome, anchors=facts, calendars=both)
    return replace(outcome, steps=(*outcome.steps, *([] if outcome.waits_for else notes)))


def _span(rule: Rule, facts: Facts, begin: list[dt.date], end: list[dt.date]) -> tuple[Span, list[str]]:
    """Return the span in which to list a series, and a note of each day that was assumed."""
    today = clock.now().date()
    anchor = plain(rule).anchor
    known = facts[anchor].on if isinstance(anchor, str) and anchor in facts else anchor
    start_on = begin[0] if begin else known if isinstance(known, dt.date) else today
    end_on = end[0] if end else months_after(start_on, 12) - DAY
    missing = [name for name, given in (("--from", begin), ("--to", end)) if not given]
    where = f"{long_date(start_on)}{' (today)' if start_on == today else ''} to {long_date(end_on)}"
    return (start_on, end_on), [f"Listed from {where}: no {' or '.join(missing)} was given."] if missing else []


def _stop_on(faults: list[str]) -> None:
    for fault in faults:
        typer.echo(fault, err=True)
    if faults:
        raise typer.Exit(2)
