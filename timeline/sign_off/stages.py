"""Lay out the meetings of the committees that agree before the body that decides, each with its own steps."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from timeline.calendar.bank_holidays import Calendars
from timeline.definitions.council import Committee, SignOff
from timeline.sign_off.meeting_steps import Before, CountdownStep, evaluated, legal, meeting_steps


@dataclass(frozen=True, kw_only=True)
class Stage:
    """Hold the meeting of a committee that agrees before `then` meets on `then_on`; None where none is recorded.

    `held_on` is the last meeting that was held, which may have agreed. A `late` meeting comes after the agenda of the
    next body has gone out: its recommendation follows that agenda.
    """

    committee: str
    then: str
    then_on: date
    meeting_on: date | None = None
    held_on: date | None = None
    late: bool = False
    steps: tuple[CountdownStep, ...] = ()


def stages(
    committees: Sequence[Committee],
    meeting_on: date,
    sign_off: SignOff,
    calendars: Calendars,
    on: date,
    *,
    first_on: date | None = None,
) -> tuple[Stage, ...]:
    """Lay out the stages before the meeting of the last of the committees, which decides; `first_on` is chosen."""
    meets: list[Stage] = []
    then, then_on = committees[-1], meeting_on
    for place in range(len(committees) - 2, -1, -1):
        chosen_on = first_on if place == 0 else None
        stage = _stage(committees[place], then, then_on, sign_off, calendars, on, chosen_on)
        meets.insert(0, stage)
        then, then_on = committees[place], stage.meeting_on or then_on
    laid: list[Stage] = []
    for committee, stage in zip(committees, meets, strict=False):
        laid.append(_with_steps(stage, committee, agreed(laid), sign_off, calendars, on))
    return tuple(laid)


def agreed(laid: Sequence[Stage]) -> Before | None:
    """Give the last of the meetings before, whose recommendation the next body reads."""
    return next((Before(stage.committee, stage.meeting_on) for stage in reversed(laid) if stage.meeting_on), None)


def _stage(
    committee: Committee,
    then: Committee,
    then_on: date,
    sign_off: SignOff,
    calendars: Calendars,
    on: date,
    chosen_on: date | None,
) -> Stage:
    """Take the meeting that is chosen, else the last before the next body's agenda goes out, else before it meets."""
    dispatch = evaluated(f"{sign_off.agenda_working_days} clear working days before {then_on}", calendars)
    dispatch_on = dispatch.working_on or legal(dispatch)
    coming = [meeting for meeting in sorted(committee.meetings) if on <= meeting < then_on]
    in_time = [meeting for meeting in coming if meeting < dispatch_on]
    meeting_on = chosen_on or next(reversed(in_time or coming), None)
    return Stage(
        committee=committee.title,
        then=then.title,
        then_on=then_on,
        meeting_on=meeting_on,
        held_on=max((meeting for meeting in committee.meetings if meeting < on), default=None),
        late=meeting_on is not None and meeting_on >= dispatch_on,
    )


def _with_steps(
    stage: Stage, committee: Committee, before: Before | None, sign_off: SignOff, calendars: Calendars, on: date
) -> Stage:
    if stage.meeting_on is None:
        return stage
    recommends = f"agrees, and recommends it to {stage.then}"
    steps = meeting_steps(stage.meeting_on, committee, sign_off, calendars, on, before=before, decides=recommends)
    return replace(stage, steps=steps)
