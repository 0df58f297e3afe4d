"""Work out the notice routes of a committee or of full Council, which meet under the Local Government Act 1972."""

from datetime import date

from timeline.calendar.bank_holidays import Calendars
from timeline.definitions.standing import LAW
from timeline.sign_off.notice_routes import REPORTED_LAW, NoticeRoutes, Route, days_of

# Part VA of the Act (docs/law.md).
_ACT = "Local Government Act 1972 section"
MEETING_NOTICE = Route(
    key="meeting-notice",
    title="Notice of the meeting",
    regulation="100A(6)",
    clear_days=5,
    standing=LAW,
    asks="post the notice of the time and place of the meeting",
    of=_ACT,
)
OPEN_AGENDA = Route(
    key="open-agenda",
    title="Agenda and reports open to the public",
    regulation="100B(3) and (4)",
    clear_days=5,
    standing=LAW,
    asks="open the agenda with this item, and the report, to the public",
    of=_ACT,
)
URGENT_ITEM = Route(
    key="urgent-item",
    title="Urgent item",
    regulation="100B(4)(b)",
    clear_days=None,
    standing=REPORTED_LAW,
    asks="have the chair hold that the item is urgent by reason of special circumstances, which the minutes state",
    of=_ACT,
)
COMMITTEE_ROUTES = (MEETING_NOTICE, OPEN_AGENDA, URGENT_ITEM)


def committee_routes(meeting_on: date, *, on: date, calendars: Calendars) -> NoticeRoutes:
    """Give every route for a matter at such a meeting, as `notice_routes` does for an executive's."""
    routes = days_of(COMMITTEE_ROUTES, meeting_on, on, calendars)
    return NoticeRoutes(meeting_on=meeting_on, on=on, key_decision=False, private=False, routes=routes, executive=False)
