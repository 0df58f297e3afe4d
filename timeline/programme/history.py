"""Tell the history of a record in words: what its file and its updates said of it, each on its day."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from timeline.calendar.wording import short_date
from timeline.programme.actions import Rebase, Update
from timeline.programme.bodies import Meeting, Session
from timeline.programme.measures import Measure, Value
from timeline.programme.papers import Evidence
from timeline.programme.programme import Programme
from timeline.programme.risks import Assessment
from timeline.programme.updates import TRAINING, Part, RecordUpdate


class Told(NamedTuple):
    """Hold what was said of a record on a day: `by` is a post, or empty, and `words` are sentences.

    `entered_at` and `entered_by` say who entered it on a page and when; both are empty for what the file states.
    """

    on: date
    by: str
    words: tuple[str, ...]
    entered_at: datetime | None = None
    entered_by: str = ""


def history(programme: Programme, record: str, updates: Iterable[RecordUpdate]) -> tuple[Told, ...]:
    """Tell what was said of a record, the newest first. The programme has the updates in it."""
    entered = [update for update in updates if update.record == record or _is_about(record, update.part)]
    told = [_told(programme, record, part, entered) for part in _parts(programme, record, entered)]
    return tuple(sorted(told, key=lambda each: each.on, reverse=True))


def _is_about(record: str, part: Part) -> bool:
    return isinstance(part, Evidence) and record == f"evidence.{part.key}"


def _parts(programme: Programme, record: str, entered: Iterable[RecordUpdate]) -> Iterator[Part]:
    """Give every part of the record, the last entered of a day first; evidence that was brought for it, too."""
    kind, _, key = record.partition(".")
    holder: Any = programme.training if record == TRAINING else getattr(programme, kind).get(key)
    for name in ("updates", "rebases", "assessments", "values", "meetings", "sessions"):
        yield from reversed(getattr(holder, name, ()))
    brought = [update.part for update in entered if isinstance(update.part, Evidence)]
    yield from reversed(brought)
    if isinstance(holder, Evidence) and holder not in brought:
        yield holder


def _told(programme: Programme, record: str, part: Part, entered: Iterable[RecordUpdate]) -> Told:
    update = next((each for each in entered if each.part == part), None)
    words = tuple(filter(None, words_of(part, programme, record)))
    by = part.owner if isinstance(part, Evidence) else getattr(part, "by", "")
    return Told(part.on, by, words, update.at if update else None, update.who if update else "")


def words_of(part: Part, programme: Programme, record: str) -> tuple[str, ...]:
    """Say what a part adds to its record, in sentences."""
    if isinstance(part, Value):
        return _value(part, programme.measures[record.partition(".")[2]])
    return _WORDS[type(part)](part)


def _value(part: Value, measure: Measure) -> tuple[str, ...]:
    sentence = measure.sentence(part)
    return (f"{sentence[0].upper()}{sentence[1:]}.", f"Source: {part.source}." if part.source else "")


def _update(part: Update) -> tuple[str, ...]:
    percent = f", {part.percent} % done" if part.percent is not None else ""
    expected = f"Expected {short_date(part.expected_on)}." if part.expected_on else ""
    return (f"{part.progress.value.capitalize()}{percent}.", expected, part.why)


def _rebase(part: Rebase) -> tuple[str, ...]:
    return (f"Re-based to {short_date(part.due_on)}.", part.why)


def _assessment(part: Assessment) -> tuple[str, ...]:
    done = f"Also done about it: {part.mitigation}" if part.mitigation else ""
    review = f"To be reviewed by {short_date(part.review_on)}." if part.review_on else ""
    return (f"{part.rating}: {part.rating.words}.", part.why, done, review)


def _meeting(part: Meeting) -> tuple[str, ...]:
    came = f"{part.attended} came." if part.attended is not None else ""
    return ("It took place.", came, *(f"Decided: {decision}" for decision in part.decisions))


def _session(part: Session) -> tuple[str, ...]:
    came = ", ".join(f"{team} {number}" for team, number in part.attended.items())
    trainer = f", with {part.trainer}" if part.trainer else ""
    return (f"{part.theme}{trainer}.", f"Practice Managers who came: {came}." if came else "")


def _evidence(part: Evidence) -> tuple[str, ...]:
    expires = f"It shows this until {short_date(part.expires_on)}." if part.expires_on else ""
    return (f"Evidence: {part.title}.", part.link, expires)


_WORDS: Mapping[type[Part], Callable[[Any], tuple[str, ...]]] = {
    Update: _update,
    Rebase: _rebase,
    Assessment: _assessment,
    Meeting: _meeting,
    Session: _session,
    Evidence: _evidence,
}
