"""Work out the sign-off countdown: backwards from a submission to the last meeting that still allows it (domain,
section 4).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from timeline.calendar.bank_holidays import Calendars
from timeline.definitions.council import Committee, SignOff
from timeline.sign_off.meeting_steps import CountdownStep, call_in_over, evaluated, legal, meeting_steps
from timeline.sign_off.notice_routes import NoticeRoutes, notice_routes
from timeline.sign_off.stages import Stage, agreed, stages


@dataclass(frozen=True, kw_only=True)
class RuledOut:
    """Hold a meeting before the due date that no longer allows it, and the reason as a clause."""

    meeting_on: date
    why: str


@dataclass(frozen=True, kw_only=True)
class Slip:
    """Hold the routes left when a step is done a week late, on `slipped_on`; None when the meeting has passed
    by then.
    """

    step: CountdownStep
    slipped_on: date
    routes: NoticeRoutes | None


@dataclass(frozen=True, kw_only=True)
class Countdown:
    """Hold the way to a committee's agreement by `due_on`, seen on the day `on`.

    `meeting_on` is the last meeting that still allows it, None when there is none; `decide_by_on` the last day on
    which any meeting could; `earlier_on` and `later_on` the meetings beside it.
    `routes` are those of the meeting, as for a key decision. `chosen` says that the council chose it. A
    body that is no `executive` gives no notice of key decisions. `stages` are the committees that agree before it. A
    meeting that `ratifies` comes after the submission, and bounds nothing: the legal date stays.
    """

    due_on: date
    on: date
    committee: str
    decide_by_on: date
    meeting_on: date | None = None
    steps: tuple[CountdownStep, ...] = ()
    ruled_out: tuple[RuledOut, ...] = ()
    slips: tuple[Slip, ...] = ()
    routes: NoticeRoutes | None = None
    earlier_on: date | None = None
    later_on: date | None = None
    chosen: bool = False
    executive: bool = True
    stages: tuple[Stage, ...] = ()
    ratifies: bool = False


def countdown(
    due_on: date,
    committees: Sequence[Committee],
    sign_off: SignOff,
    calendars: Calendars,
    on: date,
    *,
    chosen_on: date | None = None,
    first_on: date | None = None,
) -> Countdown | None:
    """Count down to a submission's working date; None when no meetings are recorded or the date has passed.

    The last of the `committees` decides; the others agree before it, the first of them on `first_on` if that is chosen.

    The meeting that the council has chosen goes before later meetings. The call-in counts from its day, as
    if the decision were published on it. Raises BeyondCalendar when working days would have to be counted in a year
    whose bank holidays are not known.
    """
    committee, after = committees[-1], sign_off.after_submission
    if not committee.meetings or (due_on < on and not after):
        return None
    meetings = sorted({*committee.meetings, *([chosen_on] if chosen_on else [])})
    decide_by_on = due_on if after else _decide_by_on(due_on, sign_off, calendars)
    possible = _possible(meetings, decide_by_on, on, chosen_on, after=after)
    bare = Countdown(
        due_on=due_on,
        on=on,
        committee=committee.title,
        decide_by_on=decide_by_on,
        later_on=next((meeting for meeting in meetings if meeting > (possible or [decide_by_on])[-1]), None),
        chosen=chosen_on in possible,
        executive=committee.executive,
        ratifies=after,
    )
    if not after:
        bare = replace(bare, ruled_out=tuple(_ruled_out(meetings, bare, sign_off)))
    return _with_meeting(bare, possible, committees, sign_off, calendars, first_on) if possible else bare


def _possible(meetings: list[date], last_on: date, on: date, chosen_on: date | None, *, after: bool) -> list[date]:
    """Give the meetings that can agree up to that which counts: the chosen meeting, else the last that is in time.

    After the submission the first to come can ratify it.
    """
    if after:
        coming = [meeting for meeting in meetings if meeting > last_on and meeting >= on]
        return [chosen_on] if chosen_on and chosen_on in coming else coming[:1]
    coming = [meeting for meeting in meetings if on <= meeting <= last_on]
    return coming[: coming.index(chosen_on) + 1] if chosen_on and chosen_on in coming else coming


def _decide_by_on(due_on: date, sign_off: SignOff, calendars: Calendars) -> date:
    days = sign_off.call_in_working_days
    return legal(evaluated(f"{days} working days before {due_on}", calendars)) if days else due_on


def _ruled_out(meetings: list[date], bare: Countdown, sign_off: SignOff) -> Iterator[RuledOut]:
    for meeting in meetings:
        if meeting < bare.on:
            yield RuledOut(meeting_on=meeting, why="it has been held")
        elif bare.decide_by_on < meeting <= bare.due_on:
            days = sign_off.call_in_working_days
            yield RuledOut(meeting_on=meeting, why=f"its call-in of {days} working days would not be over in time")


def _with_meeting(
    bare: Countdown,
    possible: list[date],
    committees: Sequence[Committee],
    sign_off: SignOff,
    calendars: Calendars,
    first_on: date | None,
) -> Countdown:
    meeting_on, committee = possible[-1], committees[-1]
    laid = stages(committees, meeting_on, sign_off, calendars, bare.on, first_on=first_on)
    decides = "ratifies what was submitted, and the decision is published" if bare.ratifies else None
    steps = meeting_steps(meeting_on, committee, sign_off, calendars, bare.on, before=agreed(laid), decides=decides)
    if sign_off.call_in_working_days:
        steps = (*steps, call_in_over(meeting_on, sign_off.call_in_working_days, calendars, bare.on))
    return replace(
        bare,
        meeting_on=meeting_on,
        steps=steps,
        stages=laid,
        slips=tuple(_slips(steps, meeting_on, calendars)) if bare.executive else (),
        routes=_routes(meeting_on, bare.on, calendars) if bare.executive else None,
        earlier_on=possible[-2] if len(possible) > 1 else None,
    )


def _slips(steps: tuple[CountdownStep, ...], meeting_on: date, calendars: Calendars) -> Iterator[Slip]:
    """Work out the routes left when a coming step is a week late; late clearance makes the papers as late."""
    for step in steps:
        if step.past or step.key not in ("notice", "clearance-ends", "agenda"):
            continue
        slipped_on = legal(evaluated(f"1 week after {step.on}", calendars))
        left = _routes(meeting_on, slipped_on, calendars) if slipped_on <= meeting_on else None
        yield Slip(step=step, slipped_on=slipped_on, routes=left)


def _routes(meeting_on: date, on: date, calendars: Calendars) -> NoticeRoutes:
    return notice_routes(meeting_on, on=on, key_decision=True, private=False, calendars=calendars)
