"""Work out the sign-off countdown: backwards from a submission to the last meeting that still allows it (domain,
section 4).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from timeline.calendar.bank_holidays import Calendars
from timeline.definitions.council import Committee, SignOff
from timeline.rules import Outcome, evaluate
from timeline.sign_off.notice_routes import NoticeRoutes, notice_routes


@dataclass(frozen=True, kw_only=True)
class CountdownStep:
    """Hold a step towards the due date. `on` is the day to work to; a `past` step lies before the day looked from."""

    key: str
    title: str
    on: date
    legal_on: date
    past: bool
    why: tuple[str, ...]


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
    body that is no `executive` gives no notice of key decisions.
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


def countdown(
    due_on: date,
    committee: Committee,
    sign_off: SignOff,
    calendars: Calendars,
    on: date,
    *,
    chosen_on: date | None = None,
) -> Countdown | None:
    """Count down to a submission's working date; None when no meetings are recorded or the date has passed.

    The meeting that the council has chosen goes before later meetings. The call-in counts from its day, as
    if the decision were published on it. Raises BeyondCalendar when working days would have to be counted in a year
    whose bank holidays are not known.
    """
    if not committee.meetings or due_on < on:
        return None
    decide_by_on = _legal(_evaluated(f"{sign_off.call_in_working_days} working days before {due_on}", calendars))
    meetings = sorted({*committee.meetings, *([chosen_on] if chosen_on else [])})
    possible = [meeting for meeting in meetings if on <= meeting <= decide_by_on]
    if chosen_on in possible:
        possible = possible[: possible.index(chosen_on) + 1]
    bare = Countdown(
        due_on=due_on,
        on=on,
        committee=committee.title,
        decide_by_on=decide_by_on,
        ruled_out=tuple(_ruled_out(meetings, due_on, decide_by_on, on, sign_off)),
        later_on=next((meeting for meeting in meetings if meeting > (possible or [decide_by_on])[-1]), None),
        chosen=chosen_on in possible,
        executive=committee.executive,
    )
    return _with_meeting(bare, possible, sign_off, calendars) if possible else bare


def _ruled_out(
    meetings: list[date], due_on: date, decide_by_on: date, on: date, sign_off: SignOff
) -> Iterator[RuledOut]:
    for meeting in meetings:
        if meeting < on:
            yield RuledOut(meeting_on=meeting, why="it has been held")
        elif decide_by_on < meeting <= due_on:
            days = sign_off.call_in_working_days
            yield RuledOut(meeting_on=meeting, why=f"its call-in of {days} working days would not be over in time")


def _with_meeting(bare: Countdown, possible: list[date], sign_off: SignOff, calendars: Calendars) -> Countdown:
    meeting_on = possible[-1]
    countdown_steps = tuple(_steps(meeting_on, bare, sign_off, calendars))
    return Countdown(
        due_on=bare.due_on,
        on=bare.on,
        committee=bare.committee,
        decide_by_on=bare.decide_by_on,
        meeting_on=meeting_on,
        steps=countdown_steps,
        ruled_out=bare.ruled_out,
        slips=tuple(_slips(countdown_steps, meeting_on, calendars)) if bare.executive else (),
        routes=_routes(meeting_on, bare.on, calendars) if bare.executive else None,
        earlier_on=possible[-2] if len(possible) > 1 else None,
        later_on=bare.later_on,
        chosen=bare.chosen,
        executive=bare.executive,
    )


def _steps(meeting_on: date, bare: Countdown, sign_off: SignOff, calendars: Calendars) -> Iterator[CountdownStep]:
    """Give the steps in the order of their days; the notice may come before or after the start of the clearance."""
    agenda = _evaluated(f"{sign_off.agenda_working_days} clear working days before {meeting_on}", calendars)
    dispatch_on = agenda.working_on or _legal(agenda)
    rules = (
        ("notice", "Key decision notice", f"{sign_off.notice_days} clear days before {meeting_on}"),
        (
            "clearance-begins",
            "Clearance begins (legal, finance, equality, lead member)",
            f"{sign_off.clearance_working_days} working days before {dispatch_on}",
        ),
        ("clearance-ends", "Papers cleared", f"1 working day before {dispatch_on}"),
        ("agenda", "Agenda and report out", f"by {agenda.working_on or agenda.legal_on}"),
        ("decision", f"{bare.committee} decides, and the decision is published", f"on {meeting_on}"),
        ("call-in-over", "Call-in over", f"{sign_off.call_in_working_days} working days after {meeting_on}"),
    )
    outcomes = {key: agenda if key == "agenda" else _evaluated(rule, calendars) for key, _, rule in rules}
    asked = (rule for rule in rules if bare.executive or rule[0] != "notice")
    steps = [_step(key, title, outcomes[key], bare.on) for key, title, _ in asked]
    yield from sorted(steps, key=lambda step: step.on)


def _step(key: str, title: str, outcome: Outcome, on: date) -> CountdownStep:
    # A meeting is held on its own day, even on a day off.
    legal_on = _legal(outcome)
    work_on = legal_on if key == "decision" else outcome.working_on or legal_on
    return CountdownStep(key=key, title=title, on=work_on, legal_on=legal_on, past=work_on < on, why=outcome.steps)


def _slips(steps: tuple[CountdownStep, ...], meeting_on: date, calendars: Calendars) -> Iterator[Slip]:
    """Work out the routes left when a coming step is a week late; late clearance makes the papers as late."""
    for step in steps:
        if step.past or step.key not in ("notice", "clearance-ends", "agenda"):
            continue
        slipped_on = _legal(_evaluated(f"1 week after {step.on}", calendars))
        left = _routes(meeting_on, slipped_on, calendars) if slipped_on <= meeting_on else None
        yield Slip(step=step, slipped_on=slipped_on, routes=left)


def _routes(meeting_on: date, on: date, calendars: Calendars) -> NoticeRoutes:
    return notice_routes(meeting_on, on=on, key_decision=True, private=False, calendars=calendars)


def _evaluated(rule: str, calendars: Calendars) -> Outcome:
    return evaluate(rule, anchors={}, calendars=calendars)


def _legal(outcome: Outcome) -> date:
    if outcome.legal_on is None:
        raise TypeError(f"{outcome.rule} gave no date")
    return outcome.legal_on
