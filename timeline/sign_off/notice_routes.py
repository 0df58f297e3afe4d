"""Work out the notice routes: the ways still open to a council to have a matter decided at a meeting.

They are those of SI 2012/2089 for an executive, and of the Local Government Act 1972 for a committee or full Council.

The statute does not say whether "clear days" count weekends, so each period is shown on both readings. The Monitoring
Officer decides which reading holds, and whether a decision is a key decision.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from timeline.calendar.bank_holidays import Calendars
from timeline.definitions.standing import LAW, Certainty, RuleKind, Standing
from timeline.rules import CALENDAR_DAYS, WORKING_DAYS, Clear, Outcome, evaluate


@dataclass(frozen=True, kw_only=True)
class Route:
    """Hold a notice or an agreement that the law asks for; `clear_days` is None where there is no minimum.

    `for_key_decisions`: it binds key decisions only (regulations 9 to 11). `for_private`: private meetings only. `of`
    names the law whose `regulation` (or section) it is.
    """

    key: str
    title: str
    regulation: str
    clear_days: int | None
    standing: Standing
    asks: str
    for_key_decisions: bool = False
    for_private: bool = False
    of: str = "SI 2012/2089 regulation"

    @property
    def basis(self) -> str:
        return f"{self.of} {self.regulation}"

    @property
    def instead_of_notice(self) -> bool:
        """Tell whether it is an agreement, open as long as the meeting has not been held."""
        return self.clear_days is None


# Paragraph (1) of regulation 9 was read, not its twenty-eight days (docs/law.md).
REPORTED_LAW = Standing(RuleKind.LAW, Certainty.SECONDARY)
KEY_DECISION_NOTICE = Route(
    key="key-decision-notice",
    title="Key decision notice",
    regulation="9",
    clear_days=28,
    standing=REPORTED_LAW,
    asks="publish the notice that a key decision is to be made",
    for_key_decisions=True,
)
GENERAL_EXCEPTION = Route(
    key="general-exception",
    title="General exception",
    regulation="10",
    clear_days=5,
    standing=LAW,
    asks="give notice to the chair of the scrutiny committee, publish it, and say why 28 days were impracticable",
    for_key_decisions=True,
)
SPECIAL_URGENCY = Route(
    key="special-urgency",
    title="Special urgency",
    regulation="11",
    clear_days=None,
    standing=LAW,
    asks="get the scrutiny chair's agreement that the decision is urgent and cannot reasonably be deferred "
    "(if there is none or the chair is unable to act, the council's chair; without either, its vice-chair), "
    "publish the reasons, and have the leader report it to full council (regulation 19)",
    for_key_decisions=True,
)
AGENDA = Route(
    key="agenda",
    title="Agenda and reports open to the public",
    regulation="6 and 7",
    clear_days=5,
    standing=LAW,
    asks="open the agenda with this item, and the report, to the public",
)
PRIVATE_NOTICE = Route(
    key="private-notice",
    title="Private meeting notice",
    regulation="5(2)",
    clear_days=28,
    standing=LAW,
    asks="publish the notice that the meeting is to be held in private, with the reasons",
    for_private=True,
)
SECOND_PRIVATE_NOTICE = Route(
    key="second-private-notice",
    title="Second private meeting notice",
    regulation="5(4)",
    clear_days=5,
    standing=LAW,
    asks="publish the further notice, with any representations received and the answer to them",
    for_private=True,
)
PRIVATE_URGENCY = Route(
    key="private-urgency",
    title="Urgent private meeting",
    regulation="5(6)",
    clear_days=None,
    standing=LAW,
    asks="get the scrutiny chair's agreement that the meeting is urgent and cannot reasonably be deferred "
    "(if there is none or the chair is unable to act, the council's chair; without either, its vice-chair), "
    "and publish the reasons",
    for_private=True,
)

# From the longest notice to none: the first open route is the route that remains.
DECISION_ROUTES = (KEY_DECISION_NOTICE, GENERAL_EXCEPTION, SPECIAL_URGENCY)
PRIVATE_ROUTES = (PRIVATE_NOTICE, SECOND_PRIVATE_NOTICE, PRIVATE_URGENCY)


MONITORING_OFFICER = "The Monitoring Officer decides."
READINGS = (CALENDAR_DAYS, WORKING_DAYS)


class MeetingPassed(ValueError):
    """Report a meeting that lies before the day looked from, so that no notice can be given any more."""


@dataclass(frozen=True, kw_only=True)
class LastDay:
    """Hold the last day for a route on a reading of "clear days".

    `legal_on` is the last day that the law allows and `working_on` the last working day for it. `open` says whether
    the law still allows it on the day looked from; `working_day_left` whether a working day is left for it too.
    """

    reading: str
    legal_on: date
    working_on: date | None
    open: bool
    working_day_left: bool
    why: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class RouteDays:
    """Hold a route with its last day on each reading, in the order of `READINGS`."""

    route: Route
    last_days: tuple[LastDay, ...]

    def on_reading(self, reading: str) -> LastDay:
        return next(last_day for last_day in self.last_days if last_day.reading == reading)


@dataclass(frozen=True, kw_only=True)
class NoticeRoutes:
    """Hold every route for a meeting as seen on the day `on`; `key_decision` is None when it is not known.

    A meeting of no `executive` is that of a committee or of full Council, which takes no key decision.
    """

    meeting_on: date
    on: date
    key_decision: bool | None
    private: bool
    routes: tuple[RouteDays, ...]
    executive: bool = True

    def day(self, route: Route, reading: str) -> LastDay:
        """Give the last day for a route; KeyError when the meeting has no such route."""
        return {days.route: days for days in self.routes}[route].on_reading(reading)

    def open_for_key_decision(self, reading: str) -> tuple[Route, ...]:
        """Give the routes by which a key decision can still be made, the longest notice first."""
        return self._open(DECISION_ROUTES, reading)

    def remaining(self, reading: str) -> Route:
        """Give the open route with the longest notice for a key decision (special urgency is always open)."""
        return next(iter(self.open_for_key_decision(reading)), SPECIAL_URGENCY)

    def open_for_private(self, reading: str) -> bool:
        """Tell whether both private meeting notices can still be given in time."""
        return {PRIVATE_NOTICE, SECOND_PRIVATE_NOTICE} <= set(self._open(PRIVATE_ROUTES, reading))

    def _open(self, among: tuple[Route, ...], reading: str) -> tuple[Route, ...]:
        return tuple(route.route for route in self.routes if route.route in among and route.on_reading(reading).open)


def notice_routes(
    meeting_on: date, *, on: date, key_decision: bool | None, private: bool, calendars: Calendars
) -> NoticeRoutes:
    """Give every route for a decision at a meeting, seen on the day `on`, with its last day on both readings.

    Raises MeetingPassed when the meeting lies before `on`, BeyondCalendar when working days would have to be counted
    in a year whose bank holidays are not known.
    """
    routes = days_of(_wanted(key_decision, private), meeting_on, on, calendars)
    return NoticeRoutes(meeting_on=meeting_on, on=on, key_decision=key_decision, private=private, routes=routes)


def days_of(routes: tuple[Route, ...], meeting_on: date, on: date, calendars: Calendars) -> tuple[RouteDays, ...]:
    """Give the last days of these routes on both readings. Raises MeetingPassed."""
    if meeting_on < on:
        raise MeetingPassed(f"The meeting of {meeting_on} is before {on}, expected one on that day or after it.")
    return tuple(
        RouteDays(route=route, last_days=tuple(_last_days(route, meeting_on, on, calendars))) for route in routes
    )


def _wanted(key_decision: bool | None, private: bool) -> tuple[Route, ...]:
    decision = () if key_decision is False else DECISION_ROUTES
    return (*decision, AGENDA, *(PRIVATE_ROUTES if private else ()))


def _last_days(route: Route, meeting_on: date, on: date, calendars: Calendars) -> Iterator[LastDay]:
    for reading in READINGS:
        rule = Clear(route.clear_days, reading == WORKING_DAYS, meeting_on) if route.clear_days else f"by {meeting_on}"
        outcome = evaluate(rule, anchors={}, calendars=calendars)
        if outcome.legal_on is None:
            raise TypeError(f"{rule} gave no date")
        yield LastDay(
            reading=reading,
            legal_on=outcome.legal_on,
            working_on=outcome.working_on,
            open=on <= outcome.legal_on,
            working_day_left=outcome.working_on is not None and on <= outcome.working_on,
            why=_why(route, outcome),
        )


def _why(route: Route, outcome: Outcome) -> tuple[str, ...]:
    if route.instead_of_notice:
        return (f"{route.basis}: no minimum; the agreement comes before the meeting.",)
    # The last sentence is about the other reading, which has its own place beside this.
    return (f"{route.basis}: {route.clear_days} clear days before the meeting.", *outcome.steps[:-1])
