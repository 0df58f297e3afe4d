"""Name the source of the convention that a rule counts by."""

from timeline.rules.rule import Clear, Offset, Rule, Unit, Within, plain

WORKING_DAYS = (
    "SI 2007/462 regulation 1(2) says what a working day is; by the counting of regulations 2 and 3 "
    "the day of the event is day 0"
)
CLEAR_DAYS = (
    "R v Swansea City Council ex p Elitestone: neither the day of the notice nor the day of the meeting counts; "
    "whether weekends count is a council's own setting"
)


def convention(rule: Rule) -> str:
    """Give the source of the convention that a rule counts by; empty where it only counts by the calendar."""
    match plain(rule):
        case Clear():
            return CLEAR_DAYS
        case Offset(unit=Unit.WORKING_DAYS) | Within(unit=Unit.WORKING_DAYS):
            return WORKING_DAYS
        case _:
            return ""
