"""Build the lists of the improvement programme: plan, risks, measures, boards, training and evidence."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from timeline.calendar.london import months_after
from timeline.calendar.wording import short_date
from timeline.escalation.rag import Rag
from timeline.picture.risk_matrix import Placed, placed
from timeline.picture.small_line import small_line
from timeline.programme.actions import Action, standing
from timeline.programme.bodies import Body, Session
from timeline.programme.coverage import coverage
from timeline.programme.inspection import Step
from timeline.programme.measures import Measure
from timeline.programme.papers import Evidence
from timeline.programme.rated import rate_evidence, rate_measure, rate_risk
from timeline.steering.filters import Choice
from timeline.steering.records import MissingPart, ProgrammeNow, RecordRow, RecordTable, counted

_WORST_FIRST = [rag.value for rag in (Rag.RED, Rag.AMBER, Rag.GREEN, Rag.GREY)]
_A_YEAR = -12


class Narrowing(NamedTuple):
    """Hold the filters of a list as they were typed; a filter that is empty or not offered leaves all in."""

    rag: str = ""
    post: str = ""


@dataclass(frozen=True, kw_only=True)
class RecordList:
    """Hold a list of the programme; `page` is its address, `matrix` are the risks where it shows them.

    `posts` and `rags` are what its filters offer. `heading` counts the colours.
    """

    council_name: str
    programme_name: str
    page: str
    heading: str
    tables: tuple[RecordTable, ...]
    missing: tuple[MissingPart, ...]
    posts: tuple[Choice, ...]
    rags: tuple[Choice, ...]
    matrix: tuple[Placed, ...] = ()


def record_list(now: ProgrammeNow, page: str, asked: Narrowing) -> RecordList:
    """Build the list of a page of `LISTS`, as narrowed down."""
    council, owners = now.timeline.council, {post: now.post(post) for post in _owners(now, page) if post}
    tables = [RecordTable(title, _narrowed(rows, asked, owners)) for title, rows in LISTS[page](now)]
    rows = [row for table in tables for row in table.rows]
    return RecordList(
        council_name=council.name,
        programme_name=council.programme,
        page=page,
        heading=counted(rows),
        tables=tuple(table for table in tables if table.rows),
        missing=now.missing(page),
        posts=tuple(sorted((Choice(*each) for each in owners.items()), key=lambda choice: choice.text)),
        rags=tuple(Choice(rag, rag) for rag in _WORST_FIRST),
        matrix=placed(now.programme.risks, on=now.on) if page == "risks" else (),
    )


def _owners(now: ProgrammeNow, page: str) -> Iterator[str]:
    kinds = {"plan": "actions", "risks": "risks", "measures": "measures", "evidence": "evidence"}
    if page in kinds:
        yield from dict.fromkeys(record.owner for record in getattr(now.programme, kinds[page]).values())


def _narrowed(rows: Sequence[RecordRow], asked: Narrowing, owners: Mapping[str, str]) -> tuple[RecordRow, ...]:
    post = owners.get(asked.post, "")
    left = [row for row in rows if asked.rag not in _WORST_FIRST or row.rag == asked.rag]
    return tuple(row for row in left if not post or row.cells[0][:1] == (post,))


def _owner(now: ProgrammeNow, post: str) -> tuple[str, ...]:
    return (now.post(post),) if post else ("No owner yet",)


def _plan(now: ProgrammeNow) -> Iterator[tuple[str, list[RecordRow]]]:
    for priority, actions in now.programme.by_priority():
        rows = [_action(now, each) for each in actions]
        yield (
            ": ".join(filter(None, (priority.title, priority.aim))),
            sorted(rows, key=lambda row: _WORST_FIRST.index(row.rag)),
        )


def _action(now: ProgrammeNow, action: Action) -> RecordRow:
    stands = standing(action, on=now.on)
    cells = (_owner(now, action.owner), stands.dates, stands.said)
    return RecordRow(f"actions.{action.key}", action.title, stands.rag.value, stands.why, cells)


def _risks(now: ProgrammeNow) -> Iterator[tuple[str, list[RecordRow]]]:
    rows = []
    for each in placed(now.programme.risks, on=now.on):
        risk, rated = each.risk, rate_risk(each.risk, on=now.on)
        grown = {1: "It has grown.", -1: "It has fallen.", 0: ""}[each.trend]
        review_on = risk.next_review_on(now.on)
        review = (f"By {short_date(review_on)}",) if review_on else ("No day of review",)
        about = (_owner(now, risk.owner), risk.done_about(now.on) or ("Nothing yet",), review)
        why = f"{rated.why} {grown}".strip()
        rows.append(RecordRow(f"risks.{risk.key}", risk.title, rated.rag.value, why, about, number=each.number))
    yield "", rows


def _measures(now: ProgrammeNow) -> Iterator[tuple[str, list[RecordRow]]]:
    yield "", [_measure(now, measure) for measure in now.programme.measures.values()]


def _measure(now: ProgrammeNow, measure: Measure) -> RecordRow:
    value, rated = measure.value(now.on), rate_measure(measure, on=now.on)
    last = (_capital(measure.sentence(value)), short_date(value.on)) if value else ("No value yet",)
    target = (measure.aim or "None stated",)
    cells, line = (_owner(now, measure.owner), last, target), small_line(measure, on=now.on)
    return RecordRow(f"measures.{measure.key}", measure.title, rated.rag.value, rated.why, cells, line)


def _boards(now: ProgrammeNow) -> Iterator[tuple[str, list[RecordRow]]]:
    yield "", [_board(now, body) for body in now.programme.bodies.values()]


def _board(now: ProgrammeNow, body: Body) -> RecordRow:
    held = body.meetings[-1] if body.meetings else None
    came = f", {held.attended} came" if held and held.attended is not None else ""
    last = (f"{short_date(held.on)}{came}", *held.decisions) if held else ("None recorded",)
    cells = ((body.chair or "No chair named",), last, next_meeting(now, body.duty))
    return RecordRow(f"bodies.{body.key}", body.title, "", "", cells)


def next_meeting(now: ProgrammeNow, duty: str) -> tuple[str, ...]:
    """Say when the next occurrence of a duty is."""
    comes = now.next_meeting(duty) if duty else None
    if comes is None:
        return ("None planned",)
    if comes.starts_on:
        return (short_date(comes.starts_on),)
    last_on = comes.closes_on or comes.legal_on
    return (f"By {short_date(last_on)}",) if last_on else ("Waits for its date",)


def _training(now: ProgrammeNow) -> Iterator[tuple[str, list[RecordRow]]]:
    training = now.programme.training
    if training is None:
        return
    teams = coverage(training, from_on=months_after(now.on, _A_YEAR), until_on=now.on)
    rows = [
        RecordRow(
            "",
            team.team,
            "",
            "",
            (
                (str(team.managers),),
                (f"{team.came_last}",),
                (f"{team.taken} of {team.places} places", *([f"{team.percent} %"] if team.percent is not None else [])),
            ),
        )
        for team in teams
    ]
    yield "coverage", rows
    yield "sessions", [_session(session) for session in reversed(training.sessions)]


def _session(session: Session) -> RecordRow:
    came = tuple(f"{team}: {number}" for team, number in session.attended.items())
    return RecordRow("", session.theme, "", "", ((short_date(session.on),), (session.trainer or "–",), came or ("–",)))


def _evidence(now: ProgrammeNow) -> Iterator[tuple[str, list[RecordRow]]]:
    yield "", [_piece(now, evidence) for evidence in now.programme.evidence.values()]


def _piece(now: ProgrammeNow, evidence: Evidence) -> RecordRow:
    rated = rate_evidence(evidence, on=now.on)
    asked = now.links.get(evidence.link)
    days = (short_date(evidence.on), *([asked.words] if asked else []))
    cells = (_owner(now, evidence.owner), days, shows(now, evidence.key) or ("Nothing yet",))
    return RecordRow(f"evidence.{evidence.key}", evidence.title, rated.rag.value, rated.why, cells)


def shows(now: ProgrammeNow, key: str) -> tuple[str, ...]:
    """Name the actions and steps for which evidence was brought."""
    holders: list[Action | Step] = [*now.programme.actions.values(), *now.programme.steps.values()]
    return tuple(holder.title for holder in holders if key in holder.evidence)


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


LISTS: Mapping[str, Callable[[ProgrammeNow], Iterator[tuple[str, list[RecordRow]]]]] = {
    "plan": _plan,
    "risks": _risks,
    "measures": _measures,
    "boards": _boards,
    "training": _training,
    "evidence": _evidence,
}
"""The lists of the programme by their pages, each as its tables with their titles."""
