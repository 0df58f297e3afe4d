"""Word the notice routes in sentences: the route that remains on each reading, and the officer who decides."""

from collections.abc import Iterator

from timeline.calendar.wording import long_date
from timeline.sign_off.committee_routes import OPEN_AGENDA, URGENT_ITEM
from timeline.sign_off.notice_routes import (
    AGENDA,
    MONITORING_OFFICER,
    PRIVATE_NOTICE,
    READINGS,
    SECOND_PRIVATE_NOTICE,
    LastDay,
    NoticeRoutes,
    Route,
)

NOT_SAID = (
    "It was not said whether this is a key decision. Regulations 9 to 11 bind key decisions only; "
    "a report to note may not be one. Both cases are shown."
)


def remaining(notice_routes: NoticeRoutes) -> tuple[str, ...]:
    """Say what can still be done, a sentence for each reading: for a key decision, for another, and for privacy."""
    if not notice_routes.executive:
        return (*_committee(notice_routes), MONITORING_OFFICER)
    return (
        *_said(notice_routes),
        *_decision(notice_routes),
        *_agenda(notice_routes),
        *_private(notice_routes),
        MONITORING_OFFICER,
    )


def _committee(notice_routes: NoticeRoutes) -> Iterator[str]:
    """Say until when a committee's meeting and its papers can be notified, and what is left after that."""
    for reading in READINGS:
        last = notice_routes.day(OPEN_AGENDA, reading)
        if last.open:
            by = f"at latest {days(last)} ({OPEN_AGENDA.basis})"
            yield f"Notice of the meeting, agenda and report, in {reading}: {by}."
        else:
            yield (
                f"Five clear days of notice are no longer possible, in {reading} (the last was {days(last)}): the item "
                "may then be considered only at a meeting convened at shorter notice, or where the chair holds it to "
                f"be urgent by reason of special circumstances ({URGENT_ITEM.basis})."
            )


def in_short(notice_routes: NoticeRoutes) -> str:
    """Name the route that remains for a key decision, such as "general exception on both readings of clear days"."""
    by_reading = {reading: notice_routes.remaining(reading) for reading in READINGS}
    if len(set(by_reading.values())) == 1:
        return f"{_title(notice_routes.remaining(READINGS[0]))} on both readings of clear days"
    return " and ".join(f"{_title(route)} on the reading in {reading}" for reading, route in by_reading.items())


def days(last: LastDay) -> str:
    """Write the last day, with the working day for it when that is a different day."""
    if last.working_on is None or last.working_on == last.legal_on:
        return long_date(last.legal_on)
    return f"{long_date(last.legal_on)}, so working {long_date(last.working_on)}"


def open_or_late(last: LastDay) -> str:
    """Tell whether it is still open: "open", "too late", or only on days off."""
    if not last.open:
        return "too late"
    return "open" if last.working_day_left else "open on days off only"


def _said(notice_routes: NoticeRoutes) -> Iterator[str]:
    if notice_routes.key_decision is None:
        yield NOT_SAID
    elif not notice_routes.key_decision:
        yield "Not a key decision: regulations 9 to 11 do not bind it."


def _decision(notice_routes: NoticeRoutes) -> Iterator[str]:
    if notice_routes.key_decision is False:
        return
    condition = "If it is a key decision, on" if notice_routes.key_decision is None else "On"
    for reading in READINGS:
        yield f"{condition} the reading in {reading}: {_open(notice_routes, reading)}."


def _open(notice_routes: NoticeRoutes, reading: str) -> str:
    first, *others = notice_routes.open_for_key_decision(reading)
    if not others:
        return f"{_title(first)} is the only route left ({first.basis})"
    last = notice_routes.day(first, reading)
    also = " or ".join(_title(route) for route in others)
    return f"{_title(first)} is open until {days(last)} ({first.basis}); else {also}"


def _agenda(notice_routes: NoticeRoutes) -> Iterator[str]:
    for reading in READINGS:
        last = notice_routes.day(AGENDA, reading)
        if last.open:
            yield f"Agenda and report open to the public, in {reading}: at latest {days(last)}."
        else:
            yield (
                f"Agenda and report can no longer be open for 5 clear days, in {reading} (the last was {days(last)}): "
                "an item may then be considered only at a meeting convened at shorter notice (regulation 6(2)), "
                "or as the council's constitution allows for urgent items."
            )


def _private(notice_routes: NoticeRoutes) -> Iterator[str]:
    if not notice_routes.private:
        return
    for reading in READINGS:
        if notice_routes.open_for_private(reading):
            both = ((route, notice_routes.day(route, reading)) for route in (PRIVATE_NOTICE, SECOND_PRIVATE_NOTICE))
            by = ", ".join(f"{_title(route)} at latest {days(last)}" for route, last in both)
            yield f"In private, in {reading}: {by}."
        else:
            yield (
                f"In private, in {reading}: too late for both notices, so only with the scrutiny chair's agreement "
                "that the meeting is urgent (regulation 5(6))."
            )


def _title(route: Route) -> str:
    return route.title.lower()
