"""Word the sign-off countdown: a line for a list or a mail, and the whole of it for `why`."""

from collections.abc import Iterator
from datetime import date

from timeline.calendar.wording import long_date, short_date
from timeline.sign_off.countdown import Countdown, CountdownStep, Slip
from timeline.sign_off.notice_routes_wording import in_short


def line(countdown: Countdown) -> str:
    """Say the countdown in a line, such as "Cabinet on Tue 24 Sep is the last meeting that still allows Thu 28 Nov:
    notice by …".
    """
    if countdown.meeting_on is None:
        none = f"no meeting of {countdown.committee} that is recorded still allows {_day(countdown.due_on, countdown)}"
        held_on = _last_held_on(countdown)
        said = f"Unless it was agreed on {_day(held_on, countdown)}, {none}" if held_on else f"N{none[1:]}"
        return f"{said}: {_extra_meeting(countdown)}."
    given = {step.key for step in countdown.steps}
    by = ", ".join(f"{words} {_by(_of(countdown, key), countdown)}" for key, words in _IN_LINE.items() if key in given)
    last = "last meeting" if countdown.later_on else "last recorded meeting"
    if countdown.chosen:
        meeting_on = _day(countdown.meeting_on, countdown)
        return f"{countdown.committee} on {meeting_on} decides, for {_day(countdown.due_on, countdown)}: {by}."
    return (
        f"{countdown.committee} on {_day(countdown.meeting_on, countdown)} is the {last} that still allows "
        f"{_day(countdown.due_on, countdown)}: {by}."
    )


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
    for step in countdown.steps:
        legal = f" (in law {long_date(step.legal_on)})" if step.legal_on != step.on else ""
        yield f"{step.title}: {long_date(step.on)}{legal}{', which has passed' if step.past else ''}."


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
            f"{countdown.committee} is no executive: its agenda and reports are open five clear days before it (Local "
            "Government Act 1972 s.100A(6) and 100B), no key decision is notified, and its chair may take an item as "
            "urgent (s.100B(4)). The Monitoring Officer decides."
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
