"""Fill the report to the board: exceptions first, then plan, measures, risks, moved dates and next meetings."""

from collections.abc import Iterator

from timeline.calendar.london import months_after
from timeline.escalation.rag import Rag
from timeline.programme.actions import Action, Standing, standing
from timeline.programme.measures import Measure, plain
from timeline.programme.risks import IMPACTS, LIKELIHOODS
from timeline.reports.document import DRAFT, Missing, Paragraph, Part, Points, Report, Section, Table
from timeline.reports.ending import footer, missing
from timeline.reports.progress import when
from timeline.reports.situation import Situation, plain_date

KIND = "board"
_WORST_FIRST = (Rag.RED, Rag.AMBER, Rag.GREY, Rag.GREEN)


def board(now: Situation) -> Report:
    """Fill the report for the improvement board. It stays a draft until somebody who may releases it."""
    council = now.timeline.council
    sections = (_exceptions(now), _plan(now), _measures(now), _risks(now), _moved(now), _decided(now), _meetings(now))
    return Report(
        kind=KIND,
        council=council.name,
        meeting="Improvement board",
        title=f"{council.programme} of {council.name}: report to the board",
        as_at=now.on,
        status=DRAFT,
        head=(("Report from", now.post(council.programme_lead)), ("As known on", plain_date(now.on))),
        sections=(*sections, missing(now)),
        footer=footer(now),
    )


def _standings(now: Situation) -> list[tuple[Action, Standing]]:
    stand = [(action, standing(action, on=now.on)) for action in now.programme.actions.values()]
    return sorted(stand, key=lambda each: _WORST_FIRST.index(each[1].rag))


def _exceptions(now: Situation) -> Section:
    rows = tuple(
        ((action.title,), (_owner(action, now),), (f"{_colour(stands)}: {stands.why}",), _recovery(stands, now))
        for action, stands in _standings(now)
        if stands.rag in (Rag.RED, Rag.AMBER)
    )
    columns = ("Action", "Owner", "How it stands", "Reason and recovery")
    parts: list[Part] = [Table("Actions that need the board", columns, rows, (4, 2, 3, 3))] if rows else []
    over = tuple(_over(now))
    parts += [Paragraph("Over their day:"), Points(over)] if over else []
    return Section("Exceptions", tuple(parts) or (Paragraph("Nothing is red or amber, and nothing is over its day."),))


def _over(now: Situation) -> Iterator[str]:
    for risk in now.programme.risks.values():
        review_on = risk.next_review_on(now.on)
        if review_on and review_on < now.on:
            yield f"Risk “{risk.title}”: its review was due on {plain_date(review_on)}."
    for evidence in now.programme.evidence.values():
        if evidence.has_expired(now.on) and evidence.expires_on:
            yield f"Evidence “{evidence.title}”: it expired on {plain_date(evidence.expires_on)}."


def _colour(stands: Standing) -> str:
    return stands.rag.value.capitalize()


def _owner(action: Action, now: Situation) -> str:
    return now.post(action.owner) if action.owner else "no owner yet"


def _recovery(stands: Standing, now: Situation) -> tuple[str, ...]:
    reason = stands.last.why if stands.last and stands.last.why else "Nobody has said why."
    expected_on = stands.forecast_on
    to_come = expected_on is not None and expected_on >= now.on
    return (reason, f"Expected {plain_date(expected_on)}." if to_come and expected_on else "No new date is said.")


def _plan(now: Situation) -> Section:
    if not now.programme.actions:
        return Section("Plan on a page", (Missing("No action is recorded."),))
    words = f"Each action today and on {plain_date(months_after(now.on, -1))}, by priority."
    rows = tuple(
        ((priority.title,), (action.title,), (_colour(stands),), (_trend(action, stands, now),))
        for priority in now.programme.priorities.values()
        for action, stands in _standings(now)
        if action.priority == priority.key
    )
    table = Table("Plan", ("Priority", "Action", "Today", "Trend"), rows, (3, 6, 1, 2))
    return Section("Plan on a page", (Paragraph(words), table))


def _trend(action: Action, stands: Standing, now: Situation) -> str:
    before = standing(action, on=months_after(now.on, -1)).rag
    if before is stands.rag:
        return "as a month ago"
    return f"was {before.value} a month ago"


def _measures(now: Situation) -> Section:
    rows = tuple(_measure(measure, now) for measure in now.programme.measures.values())
    if not rows:
        return Section("Measures", (Missing("No measure is recorded."),))
    columns = ("Measure", "Last value", "On", "Direction", "Target")
    return Section("Measures", (Table("Measures", columns, rows, (4, 3, 2, 2, 2)),))


def _measure(measure: Measure, now: Situation) -> tuple[tuple[str, ...], ...]:
    value = measure.value(now.on)
    target = plain(measure.target) if measure.target is not None else "none stated"
    if value is None:
        return ((measure.title,), ("no value yet",), ("–",), ("not known",), (target,))
    direction = {True: "better", False: "worse", None: "not known"}[measure.is_better(value)]
    met = {True: f"{target}, met", False: f"{target}, not met", None: target}[measure.meets_target(value)]
    return ((measure.title,), (measure.sentence(value),), (plain_date(value.on),), (direction,), (met,))


def _risks(now: Situation) -> Section:
    at: dict[str, list[str]] = {}
    for risk in now.programme.risks.values():
        assessed = risk.assessed(now.on)
        arrow = {1: " (grown)", -1: " (fallen)"}.get(risk.trend(now.on), "")
        at.setdefault(str(assessed.rating) if assessed else "", []).append(f"{risk.title}{arrow}")
    columns = ("Likelihood", *(f"{number} {words}" for number, words in IMPACTS.items()))
    rows = tuple(
        ((f"{letter} {words}",), *(tuple(at.get(f"{letter}{number}", ("–",))) for number in IMPACTS))
        for letter, words in LIKELIHOODS.items()
    )
    return Section("Risks", (Table("Risks by likelihood and impact", columns, rows),))


def _moved(now: Situation) -> Section:
    rows = tuple(
        (
            (action.title,),
            (plain_date(action.due_on) if action.due_on else "no date",),
            (plain_date(rebase.due_on),),
            (f"{now.post(rebase.by)}, {plain_date(rebase.on)}: {rebase.why}",),
        )
        for action in now.programme.actions.values()
        for rebase in action.rebases
    )
    columns = ("Action", "First promised", "New date", "By whom, when and why")
    table = Table("Moved dates", columns, rows, (4, 2, 2, 4))
    return Section("Moved dates", (table if rows else Paragraph("No date has moved."),))


def _decided(now: Situation) -> Section:
    return Section("Decisions since the last month", tuple(_decisions(now)) or (Paragraph("None is recorded."),))


def _decisions(now: Situation) -> Iterator[Part]:
    since = months_after(now.on, -1)
    for body in now.programme.bodies.values():
        for meeting in body.meetings:
            if meeting.on > since and meeting.decisions:
                yield Paragraph(f"{body.title}, {plain_date(meeting.on)}:")
                yield Points(meeting.decisions)


def _meetings(now: Situation) -> Section:
    duties = tuple(dict.fromkeys(body.duty for body in now.programme.bodies.values() if body.duty))
    first = {each.obligation: each for each in reversed(now.planned(*duties)) if now.is_to_come(each)} if duties else {}
    rows = tuple(((first[duty].title,), (when(first[duty]),)) for duty in duties if duty in first)
    table = Table("Next meetings", ("Meeting", "When"), rows)
    return Section("Next meetings", (table if rows else Paragraph("None is planned."),))
