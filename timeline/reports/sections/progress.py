"""Write what comes and what was done: intervention, the plan, what has improved, and the risks."""

from collections.abc import Iterator

from timeline.calendar.wording import awaited, few
from timeline.planning.occurrences import Occurrence
from timeline.programme.actions import Action, standing
from timeline.programme.programme import HighlightedCases, Improvement
from timeline.programme.risks import Risk
from timeline.reports.document import Missing, Paragraph, Part, Points, Section, Table
from timeline.reports.sections.plan import days, owner, stands_in_words
from timeline.reports.situation import Situation, plain_date, sentence

VISITS = ("action-planning-visit", "action-plan", "monitoring-visit", "commissioner-report", "re-inspection")
"""The duties by which Ofsted and the Secretary of State follow the council's progress."""
NEXT = 4
"""So many of a series are told: the quarterly visits of a year."""


def intervention(now: Situation) -> Section:
    """Tell by which visits and dates the council's progress is followed."""
    rows = tuple(((each.title,), (when(each),), each.why[:1]) for each in _coming(now))
    if not rows:
        return Section("Intervention", (Missing("No visit and no due date is planned as at this date."),))
    words = (
        "When a local authority's children's services are judged inadequate, Ofsted monitors what it does. The table "
        "shows what is due, and how each date was worked out."
    )
    table = Table("What is due", ("What", "When", "Why then"), rows, (3, 3, 5))
    return Section("Intervention", (Paragraph(words), table))


def _coming(now: Situation) -> Iterator[Occurrence]:
    """Give what is still to come; of a series only its next dates."""
    planned = [each for each in now.planned(*VISITS) if now.is_to_come(each)]
    for duty in VISITS:
        yield from [each for each in planned if each.obligation == duty][:NEXT]


def when(occurrence: Occurrence) -> str:
    """Say when it is: its day, its window, or what it waits for."""
    if occurrence.starts_on:
        return plain_date(occurrence.starts_on)
    if occurrence.opens_on and occurrence.closes_on:
        return f"between {plain_date(occurrence.opens_on)} and {plain_date(occurrence.closes_on)}"
    if occurrence.legal_on:
        return plain_date(occurrence.legal_on)
    return f"waits for {awaited(occurrence.waits_for)}" if occurrence.waits_for else "not known"


def progress(now: Situation) -> Section:
    """Tell the plan with its priorities, who helps, and what has improved since the inspection."""
    parts = (*_plan(now), *_priorities(now), *_help(now), *_bodies(now), *_improved(now))
    return Section("Progress since the inspection", parts)


def _plan(now: Situation) -> Iterator[Part]:
    if not now.programme.actions:
        yield Missing("No action is recorded.")
        return
    yield Paragraph("The table shows each action of the plan, with its post and how it stands.")
    rows = tuple(_action(action, now) for action in now.programme.actions.values())
    yield Table("Actions", ("Action", "Owner", "Due", "How it stands"), rows, (5, 2, 2, 3))


def _action(action: Action, now: Situation) -> tuple[tuple[str, ...], ...]:
    stands = standing(action, on=now.on)
    return ((action.title,), (owner(action, now),), days(action, stands), stands_in_words(stands))


def _priorities(now: Situation) -> Iterator[Part]:
    priorities = now.programme.priorities.values()
    if priorities:
        yield Paragraph("These core priorities underpin the change that is needed to drive improvement:")
        yield Points(tuple(f"{each.title}: {each.aim}" for each in priorities), ordered=True)


def _help(now: Situation) -> Iterator[Part]:
    programme = now.programme
    if programme.partners:
        yield Paragraph("Working closely with partners is fundamental. Partners, and what each brings:")
        yield Points(tuple(f"{each.title}: {each.brings}" for each in programme.partners.values()))
    if programme.training:
        themes = "; ".join(programme.training.themes)
        yield Paragraph(f"Training: {sentence(programme.training.title)}{f' Themes: {themes}.' if themes else ''}")
    if programme.team:
        yield Paragraph(f"The Improvement Team, by post: {'; '.join(now.post(post) for post in programme.team)}.")


def _bodies(now: Situation) -> Iterator[Part]:
    bodies = now.programme.bodies.values()
    if bodies:
        yield Paragraph("Boards and panels oversee the work:")
        yield Points(tuple(f"{each.title}: {each.purpose}{_chair(each.chair)}" for each in bodies))


def _chair(chair: str) -> str:
    return f". Chair: {chair[:1].lower()}{chair[1:]}" if chair else ""


def _improved(now: Situation) -> Iterator[Part]:
    improvements = now.programme.improvements.values()
    if improvements:
        yield Paragraph("The following improvements have been made since the inspection:")
        yield Points(tuple(_improvement(each, now) for each in improvements))
    cases = now.programme.cases
    if cases and cases.highlighted is not None:
        yield Paragraph(f"Cases highlighted by Ofsted: {_cases(cases)}.")


def _improvement(improvement: Improvement, now: Situation) -> str:
    figures = []
    for measure in (now.programme.measures[key] for key in improvement.measures):
        value = measure.value(now.on)
        if value:
            figures.append(f"{measure.title}: {measure.public(value)} (on {plain_date(value.on)}).")
    return " ".join((sentence(improvement.title), *figures))


def _cases(cases: HighlightedCases) -> str:
    followed = cases.followed_up
    highlighted = few(cases.highlighted or 0)
    return f"{highlighted}; followed up: {'not known' if followed is None else few(followed)}"


def risks(now: Situation) -> Section:
    """Tell each risk with what is done about it, and its rating as assessed by then."""
    rows = tuple(_risk(risk, now) for risk in now.programme.risks.values())
    if not rows:
        return Section("Risk management", (Missing("No risk is recorded."),))
    words = "A letter gives the likelihood (A is the highest), a number the impact (1 is the gravest)."
    columns = ("Risk", "Description", "Action to avoid or mitigate risk", "Risk rating")
    return Section("Risk management", (Paragraph(words), Table("Risks", columns, rows, (5, 8, 9, 4))))


def _risk(risk: Risk, now: Situation) -> tuple[tuple[str, ...], ...]:
    assessed = risk.assessed(now.on)
    rating = (str(assessed.rating), assessed.rating.words) if assessed else ("not assessed",)
    moved = {1: ("It has grown.",), -1: ("It has fallen.",)}.get(risk.trend(now.on), ())
    return ((risk.title,), (risk.description,), risk.done_about(now.on) or ("None is recorded.",), (*rating, *moved))
