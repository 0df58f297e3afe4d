"""The sign-off countdown in words: one line for a list or a mail, and the whole of it for `why`."""

from collections.abc import Iterator
from datetime import date

from timeline.calendar.wording import long_date, short_date
from timeline.sign_off.countdown import Countdown, CountdownStep, Slip
from timeline.sign_off.notice_routes_wording import in_short


def line(found: Countdown) -> str:
    """Such as "Cabinet on Tue 24 Sep is the last meeting that still allows Thu 28 Nov: notice by …"."""
    if found.meeting_on is None:
        none = f"no meeting of {found.committee} that is recorded still allows {_day(found.due_on, found)}"
        held_on = _last_held_on(found)
        said = f"Unless it was agreed on {_day(held_on, found)}, {none}" if held_on else f"N{none[1:]}"
        return f"{said}: {_extra_meeting(found)}."
    by = ", ".join(f"{words} {_by(_of(found, key), found)}" for key, words in _IN_LINE.items())
    last = "last meeting" if found.later_on else "last recorded meeting"
    return (
        f"{found.committee} on {_day(found.meeting_on, found)} is the {last} that still allows "
        f"{_day(found.due_on, found)}: {by}."
    )


_IN_LINE = {"notice": "notice", "clearance-ends": "papers cleared", "agenda": "agenda out"}


def steps(found: Countdown) -> tuple[str, ...]:
    """The countdown in sentences: each step, the meetings that are ruled out, and what a week's slip would cost."""
    return (line(found), *_each(found), *_ruled_out(found), *_now(found), *_slips(found), *_beside(found))


def _each(found: Countdown) -> Iterator[str]:
    for step in found.steps:
        legal = f" (in law {long_date(step.legal_on)})" if step.legal_on != step.on else ""
        yield f"{step.title}: {long_date(step.on)}{legal}{', which has passed' if step.past else ''}."


def _ruled_out(found: Countdown) -> Iterator[str]:
    """Of the meetings that have been held the last alone: a calendar may hold years of them."""
    held_on = _last_held_on(found)
    for one in found.ruled_out:
        if held_on and one.meeting_on < held_on:
            continue
        yield f"{found.committee} on {long_date(one.meeting_on)} is no longer possible: {one.why}."


def _last_held_on(found: Countdown) -> date | None:
    return max((one.meeting_on for one in found.ruled_out if one.meeting_on < found.on), default=None)


def _now(found: Countdown) -> Iterator[str]:
    if found.routes and _of(found, "notice").past:
        yield f"If it is a key decision, what remains now is {in_short(found.routes)}. The Monitoring Officer decides."


def _slips(found: Countdown) -> Iterator[str]:
    for slip in found.slips:
        late = f"If “{slip.step.title}” slips a week, to {long_date(slip.slipped_on)}"
        yield f"{late}, {_lost(slip, found)}."


def _lost(slip: Slip, found: Countdown) -> str:
    if slip.routes is None:
        return f"{found.committee} has met without it"
    left = f"what remains for a key decision is {in_short(slip.routes)}"
    if slip.step.key == "notice":
        return left
    return f"the agenda and report are no longer open for the days they should be; {left}"


def _beside(found: Countdown) -> Iterator[str]:
    if found.meeting_on is None:
        return
    if found.earlier_on:
        yield f"The meeting before it, on {long_date(found.earlier_on)}, would leave time for a slip."
    after = f"The next, on {long_date(found.later_on)}, is too late" if found.later_on else "No later one is recorded"
    yield f"If {found.committee} on {long_date(found.meeting_on)} is missed: {_small(after)}; {_extra_meeting(found)}."


def _extra_meeting(found: Countdown) -> str:
    if found.decide_by_on < found.on:
        return "even an extra meeting would leave no time for the call-in; ask the Monitoring Officer what remains"
    return (
        f"ask for an extra meeting by {_day(found.decide_by_on, found)}, if need be by special urgency "
        "(SI 2012/2089 regulation 11), and ask the Monitoring Officer"
    )


def _by(step: CountdownStep, found: Countdown) -> str:
    return f"was due by {_day(step.on, found)}" if step.past else f"by {_day(step.on, found)}"


def _of(found: Countdown, key: str) -> CountdownStep:
    return next(step for step in found.steps if step.key == key)


def _day(on: date, found: Countdown) -> str:
    """Short, with the year only when it is not that of the due date."""
    return short_date(on).removesuffix(f" {found.due_on.year}")


def _small(clause: str) -> str:
    return clause[:1].lower() + clause[1:]
