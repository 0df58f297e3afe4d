"""Gather what the pages of the improvement programme are built from, and the rows that they show."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple

from timeline.calendar.london import london_date
from timeline.calendar.wording import plain_name
from timeline.definitions.council import CouncilTimeline
from timeline.escalation.rag import Rag
from timeline.picture.shapes import Picture
from timeline.planning.occurrences import Occurrence, OccurrenceState
from timeline.programme.as_known import as_known
from timeline.programme.gaps import gaps
from timeline.programme.links import Fate, LinkState, links, said
from timeline.programme.programme import Programme
from timeline.programme.updates import TRAINING, RecordUpdate

PAGES = {
    "actions": "plan",
    "areas": "plan",
    "risks": "risks",
    "measures": "measures",
    "bodies": "boards",
    TRAINING: "training",
    "evidence": "evidence",
}
"""The page on which each kind of record stands."""
_OVER = (OccurrenceState.TOOK_PLACE, OccurrenceState.CANCELLED)


class RecordRow(NamedTuple):
    """Hold a line of a list: a record with its colour and reason, and its other columns, each with its lines.

    `picture` is drawn beside the title; `number` is that of a risk in its matrix.
    """

    record: str
    title: str
    rag: str
    why: str
    cells: tuple[tuple[str, ...], ...]
    picture: Picture | None = None
    number: int = 0


class RecordTable(NamedTuple):
    title: str
    rows: tuple[RecordRow, ...]


class MissingPart(NamedTuple):
    """Name something that is missing from a record; `record` has a page unless it is an area for improvement."""

    record: str
    title: str
    text: str


@dataclass(frozen=True, kw_only=True)
class ProgrammeNow:
    """Hold a council's programme with its updates at an instant. `stated` are the statements of its file over time.

    `links` says of each address that was ever asked what came back.
    """

    timeline: CouncilTimeline
    whole: Programme
    updates: Sequence[RecordUpdate]
    stated: Sequence[tuple[datetime, Programme | None]]
    occurrences: Sequence[Occurrence]
    at: datetime
    links: Mapping[str, LinkState] = field(default_factory=dict)

    @property
    def on(self) -> date:
        return london_date(self.at)

    @cached_property
    def programme(self) -> Programme:
        """Give the programme as known today. Raise NotPublished while the findings are under embargo."""
        return as_known(self.whole, on=self.on)

    def post(self, key: str) -> str:
        """Give the title of a post; a partner or a chair stands there in words."""
        post = self.timeline.directory.posts.get(key)
        return post.title if post else plain_name(key)

    def title(self, record: str) -> str:
        """Give the title of a record; empty for none that is there."""
        kind, _, key = record.partition(".")
        if record == TRAINING:
            return self.programme.training.title if self.programme.training else ""
        records: Any = getattr(self.programme, kind, {}) if kind in PAGES else {}
        return str(records[key].title) if key in records else ""

    def next_meeting(self, duty: str) -> Occurrence | None:
        """Give the next occurrence of a duty that is still to come."""
        to_come = [
            (first_on, each)
            for each in self.occurrences
            if each.obligation == duty and each.state not in _OVER and (first_on := _day(each)) and first_on >= self.on
        ]
        return min(to_come, key=lambda each: each[0])[1] if to_come else None

    def missing(self, page: str) -> tuple[MissingPart, ...]:
        """Find the gaps in the records of a page, each record once."""
        texts: dict[str, list[str]] = {}
        for gap in gaps(self.programme, on=self.on):
            if PAGES.get(gap.key.partition(".")[0]) == page:
                texts.setdefault(gap.key, []).append(gap.text)
        for record, text in self._dead_links() if page == PAGES["evidence"] else ():
            texts.setdefault(record, []).append(text)
        documents = {f"documents.{key}": each.title for key, each in self.programme.documents.items()}
        return tuple(
            MissingPart(record, documents.get(record) or self.title(record), " ".join(sentences))
            for record, sentences in texts.items()
        )

    def _dead_links(self) -> Iterator[tuple[str, str]]:
        """Say of each evidence and document whose link did not answer when it was last asked what has become of it."""
        for link in links(self.programme):
            kind, key, *_ = link.key.split(".")
            state = self.links.get(link.address)
            if state and state.fate in (Fate.DEAD, Fate.UNKNOWN) and kind in ("evidence", "documents"):
                yield f"{kind}.{key}", said(link.address, state.fate, state.why)


def _day(occurrence: Occurrence) -> date | None:
    return occurrence.starts_on or occurrence.closes_on or occurrence.legal_on


def counted(rows: Sequence[RecordRow]) -> str:
    """Count the colours in words, such as "2 red, 5 amber"."""
    told = [(rag, sum(row.rag == rag for row in rows)) for rag in Rag]
    return ", ".join(f"{number} {rag.value}" for rag, number in told if number)
