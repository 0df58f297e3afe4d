"""Build the page of a record of the programme: how it stands, what it says, and its history."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from timeline.calendar.london import in_london, london_date
from timeline.calendar.wording import long_date, short_date
from timeline.forecast.programme_changes import record_changes
from timeline.picture.shapes import Picture
from timeline.picture.small_line import small_line
from timeline.programme.actions import standing
from timeline.programme.history import Told, history
from timeline.programme.rated import Coloured, rate_evidence, rate_measure, rate_risk
from timeline.programme.updates import TRAINING
from timeline.steering.record_lists import next_meeting, shows
from timeline.steering.records import PAGES, MissingPart, ProgrammeNow
from timeline.steering.task_sheet import Moment

FORMS = {
    "actions": ("progress", "rebase", "evidence"),
    "risks": ("risk",),
    "measures": ("measure",),
    "bodies": ("meeting",),
    TRAINING: ("session",),
    "evidence": ("evidence",),
}
"""The forms that add to each kind of record, by their addresses under `/changes/`."""


class Fact(NamedTuple):
    """Hold a line about a record: `name` is the name of a text, `words` are sentences."""

    name: str
    words: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class RecordSheet:
    """Hold the page of a record. `rag` is empty for what has no colour; `forms` add to it."""

    council_name: str
    programme_name: str
    page: str
    record: str
    title: str
    rag: str
    why: str
    facts: tuple[Fact, ...]
    history: tuple[Moment, ...]
    missing: tuple[MissingPart, ...]
    forms: tuple[str, ...]
    picture: Picture | None = None


def record_sheet(now: ProgrammeNow, record: str) -> RecordSheet | None:
    """Build the page; None where there is no such record."""
    kind, _, key = record.partition(".")
    if kind not in FORMS or not now.title(record):
        return None
    council, page = now.timeline.council, PAGES[kind]
    held: Any = now.programme.training if record == TRAINING else getattr(now.programme, kind)[key]
    rated = _RATED[kind](held, now.on) if kind in _RATED else None
    return RecordSheet(
        council_name=council.name,
        programme_name=council.programme,
        page=page,
        record=record,
        title=held.title,
        rag=rated.rag.value if rated else "",
        why=rated.why if rated else "",
        facts=tuple(Fact(name, words) for name, words in _FACTS[kind](now, held) if any(words)),
        history=_history(now, record),
        missing=tuple(gap for gap in now.missing(page) if gap.record == record),
        forms=FORMS[kind],
        picture=small_line(held, on=now.on) if kind == "measures" else None,
    )


def _history(now: ProgrammeNow, record: str) -> tuple[Moment, ...]:
    """Tell what was said of it and what its file changed, the newest first."""
    told = [(each.on, Moment(short_date(each.on), _in_words(now, each))) for each in _told(now, record)]
    changed = [(on, Moment(short_date(on), words)) for on, words in _by_file(now, record)]
    return tuple(moment for _, moment in sorted([*told, *changed], key=lambda each: each[0], reverse=True))


def _told(now: ProgrammeNow, record: str) -> Iterator[Told]:
    return (each for each in history(now.programme, record, now.updates) if each.on <= now.on)


def _in_words(now: ProgrammeNow, told: Told) -> str:
    by = f"{now.post(told.by)}: " if told.by else ""
    people = now.timeline.directory.people
    name = people[told.entered_by].name if told.entered_by in people else told.entered_by
    # Whose name was erased is not told any more.
    who = f"by {name}, " if name else ""
    entered = f" (entered {who}{_moment(told)})" if told.entered_at else ""
    return f"{by}{' '.join(told.words)}{entered}"


def _moment(told: Told) -> str:
    at = in_london(told.entered_at) if told.entered_at else None
    return f"{long_date(at.date())}, {at:%H:%M}" if at else ""


def _by_file(now: ProgrammeNow, record: str) -> Iterator[tuple[date, str]]:
    """Tell what each statement of the file changed of it."""
    for (_, before), (at, after) in pairwise(now.stated):
        for change in record_changes(before, after):
            if change.ref == record:
                yield london_date(at), f"The file was applied anew. {change.why or change.change.capitalize()}"


Facts = Iterator[tuple[str, tuple[str, ...]]]


def _action(now: ProgrammeNow, action: Any) -> Facts:
    stands, programme = standing(action, on=now.on), now.programme
    yield "owner", (now.post(action.owner) if action.owner else "No owner yet",)
    yield "dates", stands.dates
    yield "said", stands.said
    yield "priority", (programme.priority_of(action).title,)
    yield "areas", tuple(programme.areas[key].title for key in action.areas if key in programme.areas)
    measures = (programme.measures[key].title for key in action.measures if key in programme.measures)
    yield "success", (action.success, *measures)
    yield "cost", tuple(filter(None, (action.cost, action.funding)))
    yield "evidence", tuple(programme.evidence[key].title for key in action.evidence if key in programme.evidence)
    yield "source", (action.source,)


def _risk(now: ProgrammeNow, risk: Any) -> Facts:
    review_on = risk.next_review_on(now.on)
    yield "description", (risk.description,)
    yield "owner", (now.post(risk.owner) if risk.owner else "No owner yet",)
    yield "mitigations", risk.done_about(now.on) or ("Nothing yet",)
    yield "review", (f"By {short_date(review_on)}" if review_on else "No day of review",)
    yield "source", (risk.source,)


def _measure(now: ProgrammeNow, measure: Any) -> Facts:
    value = measure.value(now.on)
    yield "owner", (now.post(measure.owner) if measure.owner else "No owner yet",)
    yield "value", (f"{measure.sentence(value)}, {short_date(value.on)}" if value else "No value yet",)
    base = measure.amount(measure.baseline) if measure.baseline is not None else "No number stated"
    yield "baseline", (f"{base}, {short_date(measure.baseline_on)}",)
    yield "target", (f"{measure.aim or 'None stated'} ({measure.better.value} is better)",)
    yield "source", (measure.source,)


def _body(now: ProgrammeNow, body: Any) -> Facts:
    yield "purpose", (body.purpose,)
    yield "chair", (body.chair,)
    yield "members", tuple(now.post(member) for member in body.members)
    yield "next", next_meeting(now, body.duty)
    yield "source", (body.source,)


def _training(now: ProgrammeNow, training: Any) -> Facts:
    yield "themes", training.themes
    yield "next", next_meeting(now, training.duty)
    yield "source", (training.source,)


def _evidence(now: ProgrammeNow, evidence: Any) -> Facts:
    yield "owner", (now.post(evidence.owner),)
    yield "dates", (short_date(evidence.on),)
    asked = now.links.get(evidence.link)
    yield "link", (evidence.link, *([f"{asked.words}."] if asked else []))
    yield "shows", shows(now, evidence.key)
    yield "source", (evidence.source,)


def _standing(action: Any, on: date) -> Coloured:
    stands = standing(action, on=on)
    return Coloured(stands.rag, stands.why)


_FACTS: Mapping[str, Callable[[ProgrammeNow, Any], Facts]] = {
    "actions": _action,
    "risks": _risk,
    "measures": _measure,
    "bodies": _body,
    TRAINING: _training,
    "evidence": _evidence,
}
_RATED: Mapping[str, Callable[[Any, date], Coloured]] = {
    "actions": _standing,
    "risks": lambda risk, on: rate_risk(risk, on=on),
    "measures": lambda measure, on: rate_measure(measure, on=on),
    "evidence": lambda evidence, on: rate_evidence(evidence, on=on),
}
