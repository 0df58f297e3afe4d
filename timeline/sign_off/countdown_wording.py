"""Word the sign-off countdown: a line for a list or a mail, and the whole of it for `why`."""

from collections.abc import Iterator, Sequence
from datetime import date

from timeline.calendar.wording import long_date, short_date
from timeline.sign_off.countdown import Countdown, Slip
from timeline.sign_off.meeting_steps import CountdownStep
from timeline.sign_off.notice_routes_wording import in_short
from timeline.sign_off.stages import Stage


def line(countdown: Countdown) -> str:
    """Say the countdown in a line, such as "Cabinet on Tue 24 Sep is the last meeting that still allows Thu 28 Nov:
    notice by …".
    """
    return " ".join((_meeting(countdown), *(_first(stage, countdown) for stage in countdown.stages)))


def _meeting(countdown: Countdown) -> str:
    due = _day(countdown.due_on, countdown)
    if countdown.meeting_on is None and countdown.ratifies:
        return f"It is submitted by {due}, and no meeting of {countdown.committee} that ratifies it is recorded yet."
    if countdown.meeting_on is None:
        none = f"no meeting of {countdown.committee} that is recorded still allows {_day(countdown.due_on, countdown)}"
        held_on = _last_held_on(countdown)
        said = f"Unless it was agreed on {_day(held_on, countdown)}, {none}" if held_on else f"N{none[1:]}"
        return " ".join((f"{said}: {_extra_meeting(countdown)}.", *_called_in_late(countdown)))
    by = _by_when(countdown.steps, countdown)
    meeting_on = f"{countdown.committee} on {_day(countdown.meeting_on, countdown)}"
    if countdown.ratifies:
        return f"{meeting_on} ratifies what is submitted by {due}: {by}."
    if countdown.chosen:
        return f"{meeting_on} decides, for {due}: {by}."
    last = "last meeting" if countdown.later_on else "last recorded meeting"
    return f"{meeting_on} is the {last} that still allows {due}: {by}."


def _called_in_late(countdown: Countdown) -> Iterator[str]:
    """Name the meeting to come that looks as if it were in time, and is not for its call-in."""
    coming = (each.meeting_on for each in countdown.ruled_out if each.meeting_on >= countdown.on)
    for meeting_on in list(coming)[:1]:
        yield f"The call-in after {countdown.committee} on {_day(meeting_on, countdown)} is not over by then."


def _first(stage: Stage, countdown: Countdown) -> str:
    """Say when a committee agrees before the body that decides."""
    if stage.meeting_on:
        by = _by_when(stage.steps, countdown)
        late = f" That is after the agenda of {stage.then} has gone out, so its recommendation follows." * stage.late
        return f"{stage.committee} agrees first, on {_day(stage.meeting_on, countdown)}: {by}.{late}"
    missing = f"no meeting of {stage.committee}, which agrees first, is recorded before {stage.then}"
    held = f"Unless it agreed on {_day(stage.held_on, countdown)}, " if stage.held_on else ""
    return f"{held}{missing}." if held else f"N{missing[1:]}."


def _by_when(steps: Sequence[CountdownStep], countdown: Countdown) -> str:
    said = {step.key: step for step in steps}
    # The papers of a later body wait for the recommendation of the first, which had them cleared.
    words = _IN_LINE if "clearance-begins" in said else {**_IN_LINE, "clearance-ends": "papers ready"}
    return ", ".join(f"{word} {_by(said[key], countdown)}" for key, word in words.items() if key in said)


_IN_LINE = {"notice": "notice", "clearance-ends": "papers cleared", "agenda": "agenda out"}


def steps(countdown: Countdown) -> tuple[str, ...]:
    """Say the countdown in sentences: each step, the meetings ruled out, and the cost of a week's slip."""
    return (
        line(countdown),
        *_each(countdown),
        *_ruled_out(countdown),
        *_now(countdown),
        *_no_executive(countdown),
        *_slips(countdown),
        *_beside(countdown),
    )


def _each(countdown: Countdown) -> Iterator[str]:
    for stage in countdown.stages:
        yield from (_of_stage(stage, step) for step in stage.steps)
    yield from map(_step, countdown.steps)


def _of_stage(stage: Stage, step: CountdownStep) -> str:
    """Name the body that a step leads to; its own meeting names it already."""
    return _step(step) if step.key == "decision" else f"{stage.committee}: {_small(_step(step))}"


def _step(step: CountdownStep) -> str:
    legal = f" (in law {long_date(step.legal_on)})" if step.legal_on != step.on else ""
    return f"{step.title}: {long_date(step.on)}{legal}{', which has passed' if step.past else ''}."


def _ruled_out(countdown: Countdown) -> Iterator[str]:
    """Say which meetings are ruled out; of those held only the last, because a calendar may hold years of them."""
    held_on = _last_held_on(countdown)
    for ruled_out in countdown.ruled_out:
        if held_on and ruled_out.meeting_on < held_on:
            continue
        yield f"{countdown.committee} on {long_date(ruled_out.meeting_on)} is no longer possible: {ruled_out.why}."


def _last_held_on(countdown: Countdown) -> date | None:
    return max(
        (ruled_out.meeting_on for ruled_out in countdown.ruled_out if ruled_out.meeting_on < countdown.on), default=None
    )


def _now(countdown: Countdown) -> Iterator[str]:
    if countdown.routes and _of(countdown, "notice").past:
        remains = in_short(countdown.routes)
        yield f"If it is a key decision, what remains now is {remains}. The Monitoring Officer decides."


def _no_executive(countdown: Countdown) -> Iterator[str]:
    """Say which law its notices follow, where no executive decides."""
    if not countdown.executive and countdown.meeting_on:
        yield (
            f"{countdown.committee} meets under the Local Government Act 1972: its agenda and reports are open five "
            "clear days before it (s.100A(6) and 100B), and its chair may take an item as urgent (s.100B(4)). The "
            "Monitoring Officer decides."
        )


def _slips(countdown: Countdown) -> Iterator[str]:
    for slip in countdown.slips:
        late = f"If “{slip.step.title}” slips a week, to {long_date(slip.slipped_on)}"
        yield f"{late}, {_lost(slip, countdown)}."


def _lost(slip: Slip, countdown: Countdown) -> str:
    if slip.routes is None:
        return f"{countdown.committee} has met without it"
    left = f"what remains for a key decision is {in_short(slip.routes)}"
    if slip.step.key == "notice":
        return left
    return f"the agenda and report are no longer open for the days they should be; {left}"


def _beside(countdown: Countdown) -> Iterator[str]:
    if countdown.meeting_on is None:
        return
    if countdown.ratifies:
        yield f"It is submitted first: the date of {_day(countdown.due_on, countdown)} does not wait for the meeting."
        return
    if countdown.earlier_on:
        yield f"The meeting before it, on {long_date(countdown.earlier_on)}, would leave time for a slip."
    after = (
        f"The next, on {long_date(countdown.later_on)}, {_allows(countdown, countdown.later_on)}"
        if countdown.later_on
        else "No later meeting is recorded"
    )
    missed = f"If {countdown.committee} on {long_date(countdown.meeting_on)} is missed"
    yield f"{missed}: {_small(after)}; {_extra_meeting(countdown)}."


def _allows(countdown: Countdown, later_on: date) -> str:
    return "is too late" if later_on > countdown.decide_by_on else "would still do"


def _extra_meeting(countdown: Countdown) -> str:
    if countdown.decide_by_on < countdown.on:
        return "even an extra meeting would leave no time for the call-in; ask the Monitoring Officer what remains"
    if not countdown.executive:
        return f"ask for an extra meeting by {_day(countdown.decide_by_on, countdown)}, and ask the Monitoring Officer"
    return (
        f"ask for an extra meeting by {_day(countdown.decide_by_on, countdown)}, if need be by special urgency "
        "(SI 2012/2089 regulation 11), and ask the Monitoring Officer"
    )


def _by(step: CountdownStep, countdown: Countdown) -> str:
    return f"was due by {_day(step.on, countdown)}" if step.past else f"by {_day(step.on, countdown)}"


def _of(countdown: Countdown, key: str) -> CountdownStep:
    return next(step for step in countdown.steps if step.key == key)


def _day(on: date, countdown: Countdown) -> str:
    """Write a day short, with the year only when it is not that of the due date."""
    return short_date(on).removesuffix(f" {countdown.due_on.year}")


def _small(clause: str) -> str:
    return clause[:1].lower() + clause[1:]
