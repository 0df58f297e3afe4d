"""`daymark routes`: which notice routes of SI 2012/2089 are open for a meeting, on both readings of "clear days"."""

import json as json_text
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any

import typer

from cli.council import NotUsable
from tasks import clock
from timeline.calendar.bank_holidays import LONDON, BeyondCalendar, calendars
from timeline.calendar.wording import long_date
from timeline.rules import RuleError, read_date
from timeline.sign_off.notice_routes import (
    MONITORING_OFFICER,
    READINGS,
    LastDay,
    MeetingPassed,
    NoticeRoutes,
    Route,
    notice_routes,
)
from timeline.sign_off.notice_routes_wording import days, remaining, standing

Meeting = Annotated[str, typer.Option("--meeting", metavar="DATE", help="The day of the meeting.")]
On = Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day to look from; today if not given.")]
KeyDecision = Annotated[
    bool | None,
    typer.Option("--key-decision/--no-key-decision", help="Whether it is a key decision; not given: both are shown."),
]
Private = Annotated[bool, typer.Option("--private", help="The meeting, or this part of it, is to be private.")]
Holidays = Annotated[
    list[str] | None,
    typer.Option("--holiday", metavar="DATE", help="A proclaimed bank holiday; may be given several times."),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


def register(app: typer.Typer) -> None:
    """Adds `daymark routes` to the application."""
    app.command("routes")(routes)


def routes(
    meeting: Meeting,
    on: On = None,
    key_decision: KeyDecision = None,
    private: Private = False,
    holiday: Holidays = None,
    json: Json = False,
) -> None:
    """Shows which notices can still be given before a meeting (SI 2012/2089), on both readings of "clear days".

    The Monitoring Officer decides which reading holds and whether it is a key decision.
    """
    faults: list[str] = []
    meeting_on, on_day = _day("--meeting", meeting, faults), _today() if on is None else _day("--on", on, faults)
    holidays = [_day("--holiday", text, faults) for text in holiday or []]
    if meeting_on is None or on_day is None or faults:
        raise NotUsable("\n".join(faults))
    both = calendars({one: "proclaimed bank holiday" for one in holidays if one})
    try:
        found = notice_routes(meeting_on, on=on_day, key_decision=key_decision, private=private, calendars=both)
    except (MeetingPassed, RuleError, BeyondCalendar) as fault:
        raise NotUsable(str(fault)) from None
    typer.echo(json_text.dumps(_as_object(found), ensure_ascii=False) if json else _as_text(found))


def _today() -> date:
    return clock.now().astimezone(LONDON).date()


def _day(option: str, text: str, faults: list[str]) -> date | None:
    """The day, or None with the fault added, so that all are told at once."""
    try:
        return read_date(text)
    except RuleError as fault:
        faults.append(f"{option}: {fault}")
        return None


def _as_text(found: NoticeRoutes) -> str:
    head = f"Meeting on {long_date(found.meeting_on)}, seen from {long_date(found.on)}"
    parts = [[head], ["What remains", *(f"  {sentence}" for sentence in remaining(found))]]
    parts += [list(_route_lines(found, one.route)) for one in found.routes]
    parts.append(["How the days were counted", *_counted(found)])
    return "\n\n".join("\n".join(lines) for lines in parts)


def _route_lines(found: NoticeRoutes, route: Route) -> Iterator[str]:
    notice = "no minimum" if route.clear_days is None else f"{route.clear_days} clear days"
    yield f"{route.title} ({route.basis}, {route.status.value}): {notice}"
    yield f"  To do: {route.asks}."
    if route.clear_days is None:
        yield f"  before the meeting  {standing(found.day(route, READINGS[0]))}"
        return
    for reading in READINGS:
        last = found.day(route, reading)
        yield f"  {reading:<14} {days(last)}: {standing(last)}"


def _counted(found: NoticeRoutes) -> Iterator[str]:
    """Each way of counting once: several routes share theirs."""
    ways = {
        (one.route.clear_days, last.reading): last.why[1:]
        for one in found.routes
        for last in one.last_days
        if one.route.clear_days is not None
    }
    for (clear_days, reading), steps in ways.items():
        yield f"  {clear_days} clear days, in {reading}:"
        yield from (f"    {step}" for step in steps)


def _as_object(found: NoticeRoutes) -> dict[str, Any]:
    return {
        "meeting_on": found.meeting_on.isoformat(),
        "on": found.on.isoformat(),
        "key_decision": found.key_decision,
        "private": found.private,
        "remaining": {} if found.key_decision is False else {one: found.remaining(one).key for one in READINGS},
        "routes": [_route_object(found, one.route) for one in found.routes],
        "why": list(remaining(found)),
        "decides": MONITORING_OFFICER,
    }


def _route_object(found: NoticeRoutes, route: Route) -> dict[str, Any]:
    return {
        "route": route.key,
        "title": route.title,
        "basis": route.basis,
        "status": route.status.value,
        "clear_days": route.clear_days,
        "for_key_decisions": route.for_key_decisions,
        "asks": route.asks,
        "readings": [_last_day_object(found.day(route, reading)) for reading in READINGS],
    }


def _last_day_object(last: LastDay) -> dict[str, Any]:
    return {
        "name": last.reading,
        "legal_on": last.legal_on.isoformat(),
        "working_on": last.working_on.isoformat() if last.working_on else None,
        "open": last.open,
        "working_day_left": last.working_day_left,
        "steps": list(last.why),
    }
