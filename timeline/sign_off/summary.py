"""Show the countdown to a committee's agreement, as `list`, `why`, mails and pages show it."""

from datetime import date, datetime

from timeline.calendar.london import DAY, london_date, months_after, start_of_day
from timeline.calendar.wording import plain_name
from timeline.calendar.working_days import BeyondCalendar
from timeline.definitions.council import Committee, CouncilTimeline
from timeline.definitions.facts import FIRST_SIGN_OFF_MEETING, SIGN_OFF_MEETING, known
from timeline.definitions.refs import occurrence_ref
from timeline.planning.occurrences import Milestone
from timeline.planning.plan import plan
from timeline.sign_off.countdown import Countdown, countdown
from timeline.sign_off.countdown_wording import line, steps

MEETING = SIGN_OFF_MEETING


def of(timeline: CouncilTimeline, obligation: str, due_on: date | None, *, on: date) -> Countdown | None:
    """Count down to a submission's working date, seen on the day `on`.

    None when the duty needs no committee, no meetings are recorded, it has no date, or its date lies before `on` or
    past the verified calendar.
    """
    agree = in_turn(timeline, _committee(timeline, obligation))
    if not agree or due_on is None:
        return None
    try:
        return countdown(
            due_on,
            agree,
            timeline.council.sign_off,
            timeline.calendars,
            on,
            chosen_on=chosen(timeline, obligation, on=on),
            first_on=chosen(timeline, obligation, on=on, fact=FIRST_SIGN_OFF_MEETING),
        )
    except BeyondCalendar:
        return None


def in_turn(timeline: CouncilTimeline, decides: str) -> tuple[Committee, ...]:
    """Give the committees that agree in turn, the last of which decides; empty if that is not stated."""
    council = timeline.council
    keys = council.sign_off.by if council.sign_off.by[-1:] == (decides,) else (decides,)
    stated = tuple(committee for key in keys if (committee := council.committee(key)))
    return stated if council.committee(decides) else ()


def chosen(timeline: CouncilTimeline, obligation: str, *, on: date, fact: str = MEETING) -> date | None:
    """Give the day of the meeting that the council has chosen, as known on a day."""
    book = known(timeline.facts, at=start_of_day(on + DAY))
    recorded = book.get(fact, occurrence_ref(obligation, 1))
    return recorded.on if recorded else None


def sentences(timeline: CouncilTimeline, obligation: str, due_on: date | None, *, on: date) -> tuple[str, ...]:
    """Say the whole countdown, or how to record meetings while there are none."""
    countdown = of(timeline, obligation, due_on, on=on)
    if countdown:
        return steps(countdown)
    key = _committee(timeline, obligation)
    if not key or due_on is None or due_on < on or _meets(timeline, key):
        return ()
    committee = timeline.council.committee(key)
    name = committee.title if committee else plain_name(key).capitalize()
    how = f"write its meetings, or an iCalendar file with them, under committees.{key} in the timeline"
    return (f"No meetings of {name} are recorded, so its sign-off cannot be counted down: {how}.",)


def in_short(timeline: CouncilTimeline, milestone: Milestone, *, at: datetime) -> str:
    """Say the countdown in a line for a task due up to the day of its submission; empty where there is none."""
    if milestone.due_on is None or not _meets(timeline, _committee(timeline, milestone.obligation)):
        return ""
    due_on = _due_on(timeline, milestone, at=at, until=months_after(milestone.due_on, 12))
    after = timeline.council.sign_off.after_submission
    if due_on is None or (milestone.due_on > due_on and not after):
        return ""
    counted = of(timeline, milestone.obligation, due_on, on=london_date(at))
    return line(counted) if counted else ""


def _due_on(timeline: CouncilTimeline, milestone: Milestone, *, at: datetime, until: date) -> date | None:
    """Give the working date of the task's occurrence; the task itself knows only its own date."""
    of_task = (milestone.obligation, milestone.number)
    planned = plan(timeline, at=at, until=until, obligations={milestone.obligation})
    return next(
        (occurrence.working_on for occurrence in planned if (occurrence.obligation, occurrence.number) == of_task), None
    )


def _committee(timeline: CouncilTimeline, obligation: str) -> str:
    return next((duty.sign_off for duty in timeline.obligations if duty.key == obligation), "")


def _meets(timeline: CouncilTimeline, committee: str) -> bool:
    stated = timeline.council.committee(committee)
    return stated is not None and bool(stated.meetings)
