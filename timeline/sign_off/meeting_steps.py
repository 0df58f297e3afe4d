"""Lay the steps that lead to a meeting, each counted from its day: notice, clearance, papers, briefing, agenda."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from timeline.calendar.bank_holidays import Calendars
from timeline.definitions.council import Committee, SignOff
from timeline.rules import Outcome, evaluate


@dataclass(frozen=True, kw_only=True)
class CountdownStep:
    """Hold a step towards the due date. `on` is the day to work to; a `past` step lies before the day looked from."""

    key: str
    title: str
    on: date
    legal_on: date
    past: bool
    why: tuple[str, ...]


@dataclass(frozen=True)
class Before:
    """Hold what the papers of a later stage rest on: the body that agreed before it, and the day of that meeting."""

    committee: str
    meeting_on: date


def meeting_steps(
    meeting_on: date,
    committee: Committee,
    sign_off: SignOff,
    calendars: Calendars,
    on: date,
    *,
    before: Before | None = None,
    decides: str | None = None,
) -> tuple[CountdownStep, ...]:
    """Give the steps in the order of their days; the notice may come before or after the start of the clearance.

    An executive gives notice of a key decision; a committee has none to give. The papers of a body that meets after
    another carry what that other recommends, and are not ready before it has met.
    """
    rules = dict(_rules(meeting_on, committee, sign_off, calendars, decides or _DECIDES))
    steps = {key: _step(key, title, evaluated(rule, calendars), on) for key, (title, rule) in rules.items()}
    if before:
        steps = dict(_after(before, steps, calendars, on))
    return tuple(sorted(steps.values(), key=lambda step: step.on))


_DECIDES = "decides, and the decision is published"


def _rules(
    meeting_on: date, committee: Committee, sign_off: SignOff, calendars: Calendars, decides: str
) -> Iterator[tuple[str, tuple[str, str]]]:
    agenda = evaluated(f"{sign_off.agenda_working_days} clear working days before {meeting_on}", calendars)
    dispatch_on = agenda.working_on or legal(agenda)
    cleared = f"{sign_off.clearance_working_days} working days before {dispatch_on}"
    who = "Lead member" if committee.executive else "Chair and lead members"
    if committee.executive:
        yield "notice", ("Key decision notice", f"{sign_off.notice_days} clear days before {meeting_on}")
    yield "clearance-begins", ("Clearance begins (legal, finance, equality, lead member)", cleared)
    yield "clearance-ends", ("Papers cleared", f"1 working day before {dispatch_on}")
    yield (
        "agenda",
        ("Agenda and report out", f"{sign_off.agenda_working_days} clear working days before {meeting_on}"),
    )
    yield "briefed", (f"{who} briefed", f"{sign_off.briefing_working_days} working days before {meeting_on}")
    yield "decision", (f"{committee.title} {decides}", f"on {meeting_on}")


def _step(key: str, title: str, outcome: Outcome, on: date) -> CountdownStep:
    # A meeting is held on its own day, even on a day off.
    legal_on = legal(outcome)
    work_on = legal_on if key == "decision" else outcome.working_on or legal_on
    return CountdownStep(key=key, title=title, on=work_on, legal_on=legal_on, past=work_on < on, why=outcome.steps)


def _after(
    before: Before, steps: dict[str, CountdownStep], calendars: Calendars, on: date
) -> Iterator[tuple[str, CountdownStep]]:
    """Put in place of the clearance, which was before the first meeting, the papers with what it recommends."""
    soonest = evaluated(f"1 working day after {before.meeting_on}", calendars)
    titles = {
        "clearance-ends": f"Recommendation of {before.committee} in the papers",
        "briefed": steps["briefed"].title,
    }
    for key, step in steps.items():
        if key in titles:
            rests = step.on <= before.meeting_on
            yield key, _step(key, titles[key], soonest, on) if rests else replace(step, title=titles[key])
        elif key != "clearance-begins":
            yield key, step


def call_in_over(meeting_on: date, working_days: int, calendars: Calendars, on: date) -> CountdownStep:
    """Give the end of the call-in, which counts from the meeting as if its decision were published on that day."""
    rule = f"{working_days} working days after {meeting_on}"
    return _step("call-in-over", "Call-in over", evaluated(rule, calendars), on)


def evaluated(rule: str, calendars: Calendars) -> Outcome:
    """Work out a rule that counts from a day."""
    return evaluate(rule, anchors={}, calendars=calendars)


def legal(outcome: Outcome) -> date:
    """Give the date of an outcome that has any."""
    if outcome.legal_on is None:
        raise TypeError(f"{outcome.rule} gave no date")
    return outcome.legal_on
