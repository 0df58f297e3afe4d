"""`daymark routes`: the notice routes that are open for a meeting, on both readings of "clear days"."""

import json as json_text
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any

import typer

from cli.council import NotUsable
from tasks import clock
from timeline.calendar.bank_holidays import calendars
from timeline.calendar.london import london_date
from timeline.calendar.wording import long_date
from timeline.calendar.working_days import BeyondCalendar
from timeline.rules import RuleError, read_date
from timeline.sign_off.committee_routes import committee_routes
from timeline.sign_off.notice_routes import (
    MONITORING_OFFICER,
    READINGS,
    LastDay,
    MeetingPassed,
    NoticeRoutes,
    Route,
    notice_routes,
)
from timeline.sign_off.notice_routes_wording import days, open_or_late, remaining

Meeting = Annotated[str, typer.Option("--meeting", metavar="DATE", help="The day of the meeting.")]
On = Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day to look from; without it, today.")]
KeyDecision = Annotated[
    bool | None,
    typer.Option("--key-decision/--no-key-decision", help="Whether it is a key decision; without it, show both."),
]
Committee = Annotated[
    bool,
    typer.Option("--committee", help="The meeting is of a committee or of full Council (Local Government Act 1972)."),
]
Private = Annotated[bool, typer.Option("--private", help="The meeting, or this part of it, is to be private.")]
Holidays = Annotated[
    list[str] | None,
    typer.Option("--holiday", metavar="DATE", help="A proclaimed bank holiday; may be given several times."),
]
Json = Annotated[bool, typer.Option("--json", help="Print a JSON object.")]


def register(app: typer.Typer) -> None:
    """Add `daymark routes` to the application."""
    app.command("routes")(routes)


def routes(
    meeting: Meeting,
    on: On = None,
    key_decision: KeyDecision = None,
    private: Private = False,
    committee: Committee = False,
    holiday: Holidays = None,
    json: Json = False,
) -> None:
    """Show which notices can still be given before a meeting, on both readings of "clear days".

    Without --committee it is a meeting of an executive (SI 2012/2089). The Monitoring Officer decides which reading
    holds, and whether it is a key decision.
    """
    faults: list[str] = []
    if committee and (private or key_decision is not None):
        faults.append("--private and --key-decision are of an executive's meeting; leave them out with --committee.")
    meeting_on, on_day = _day("--meeting", meeting, faults), _today() if on is None else _day("--on", on, faults)
    holidays = [_day("--holiday", text, faults) for text in holiday or []]
    if meeting_on is None or on_day is None or faults:
        raise NotUsable("\n".join(faults))
    both = calendars({day: "proclaimed bank holiday" for day in holidays if day})
    try:
        open_routes = (
            committee_routes(meeting_on, on=on_day, calendars=both)
            if committee
            else notice_routes(meeting_on, on=on_day, key_decision=key_decision, private=private, calendars=both)
        )
    except (MeetingPassed, RuleError, BeyondCalendar) as fault:
        raise NotUsable(str(fault)) from None
    typer.echo(json_text.dumps(_as_object(open_routes), ensure_ascii=False) if json else _as_text(open_routes))


def _today() -> date:
    return london_date(clock.now())


def _day(option: str, text: str, faults: list[str]) -> date | None:
    """Return the day, or None and add the fault, so that all faults are reported at once."""
    try:
        return read_date(text)
    except RuleError as fault:
        faults.append(f"{option}: {fault}")
        return None


def _as_text(notice_routes: NoticeRoutes) -> str:
    whose = "an executive (of a committee or full Council: --committee)"
    body = whose if notice_routes.executive else "a committee or of full Council"
    head = f"Meeting of {body} on {long_date(notice_routes.meeting_on)}, seen from {long_date(notice_routes.on)}"
    parts = [[head], ["What remains", *(f"  {sentence}" for sentence in remaining(notice_routes))]]
    parts += [list(_route_lines(notice_routes, route.route)) for route in notice_routes.routes]
    parts.append(["How the days were counted", *_counted(notice_routes)])
    return "\n\n".join("\n".join(lines) for lines in parts)


def _route_lines(notice_routes: NoticeRoutes, route: Route) -> Iterator[str]:
    notice = "no minimum" if route.clear_days is None else f"{route.clear_days} clear days"
    yield f"{route.title} ({route.basis}, {route.standing.certainty.value}): {notice}"
    yield f"  To do: {route.asks}."
    if route.clear_days is None:
        yield f"  before the meeting  {open_or_late(notice_routes.day(route, READINGS[0]))}"
        return
    for reading in READINGS:
        last = notice_routes.day(route, reading)
        yield f"  {reading:<14} {days(last)}: {open_or_late(last)}"


def _counted(notice_routes: NoticeRoutes) -> Iterator[str]:
    """Explain each way of counting once, although several routes share it."""
    ways = {
        (route.route.clear_days, last.reading): last.why[1:]
        for route in notice_routes.routes
        for last in route.last_days
        if route.route.clear_days is not None
    }
    for (clear_days, reading), steps in ways.items():
        yield f"  {clear_days} clear days, in {reading}:"
        yield from (f"    {step}" for step in steps)


def _as_object(notice_routes: NoticeRoutes) -> dict[str, Any]:
    return {
        "meeting_on": notice_routes.meeting_on.isoformat(),
        "on": notice_routes.on.isoformat(),
        "key_decision": notice_routes.key_decision,
        "private": notice_routes.private,
        "executive": notice_routes.executive,
        "remaining": {}
        if notice_routes.key_decision is False
        else {literal: notice_routes.remaining(literal).key for literal in READINGS},
        "routes": [_route_object(notice_routes, route.route) for route in notice_routes.routes],
        "why": list(remaining(notice_routes)),
        "decides": MONITORING_OFFICER,
    }


def _route_object(notice_routes: NoticeRoutes, route: Route) -> dict[str, Any]:
    return {
        "route": route.key,
        "title": route.title,
        "basis": route.basis,
        "kind": route.standing.kind.value,
        "certainty": route.standing.certainty.value,
        "clear_days": route.clear_days,
        "for_key_decisions": route.for_key_decisions,
        "asks": route.asks,
        "readings": [_last_day_object(notice_routes.day(route, reading)) for reading in READINGS],
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
