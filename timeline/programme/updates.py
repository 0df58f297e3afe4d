"""Add to the records of a programme what was said since the file was applied; nothing is overwritten."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from timeline.programme.actions import Rebase, Update
from timeline.programme.bodies import Meeting, Session
from timeline.programme.measures import Value
from timeline.programme.papers import Evidence, evidence_key
from timeline.programme.programme import Programme
from timeline.programme.risks import Assessment

Part = Update | Rebase | Assessment | Value | Meeting | Session | Evidence

KINDS: Mapping[str, type[Part]] = {
    "progress": Update,
    "re-base": Rebase,
    "assessment": Assessment,
    "value": Value,
    "meeting": Meeting,
    "session": Session,
    "evidence": Evidence,
}
"""The parts that can be added to a record, by the word under which the store keeps them."""
_LISTS: Mapping[type[Part], str] = {
    Update: "updates",
    Rebase: "rebases",
    Assessment: "assessments",
    Value: "values",
    Meeting: "meetings",
    Session: "sessions",
}
TRAINING = "training"


@dataclass(frozen=True, kw_only=True)
class RecordUpdate:
    """Hold what was added to a record. `record` is its place in the file, such as `actions.audit-training`.

    `at` is when `who` entered it. The part itself says on which day it holds, and which post says so.
    """

    record: str
    part: Part
    at: datetime
    who: str

    @property
    def kind(self) -> str:
        """Give the word for what was added."""
        return next(word for word, kind in KINDS.items() if isinstance(self.part, kind))


_TYPED = ("why", "mitigation", "source", "theme", "trainer", "link")
ERASED = "erased"
"""In place of the title of evidence whose words were erased."""


def without_words(update: RecordUpdate) -> RecordUpdate:
    """Give an update without what people typed, and without who entered it; days, numbers, colours and posts stay.

    The posts that were not at a session go too: they say something about single people.
    """
    part = update.part
    blank: dict[str, Any] = {name: "" for name in _TYPED if hasattr(part, name)}
    if isinstance(part, Meeting):
        blank["decisions"] = ()
    elif isinstance(part, Session):
        blank["absent"] = ()
    elif isinstance(part, Evidence):
        blank |= {"title": ERASED, "key": evidence_key(update.record, ERASED)}
    return replace(update, part=replace(part, **blank), who="")


def updated(programme: Programme, updates: Iterable[RecordUpdate]) -> Programme:
    """Give the programme with these updates, each list in the order of its days.

    An update of a record that the file no longer has is left out until the file has it again. What the file states by
    now in the same words stands there once.
    """
    for update in updates:
        programme = _updated(programme, update)
    return programme


def _updated(programme: Programme, update: RecordUpdate) -> Programme:
    kind, _, key = update.record.partition(".")
    if isinstance(update.part, Evidence):
        return _evidenced(programme, kind, key, update.part)
    if kind == TRAINING:
        training = programme.training
        return replace(programme, training=_told(training, update.part)) if training else programme
    records: Mapping[str, Any] = getattr(programme, kind)
    if key not in records:
        return programme
    return _with(programme, kind, {**records, key: _told(records[key], update.part)})


def _told(record: Any, part: Part) -> Any:
    name = _LISTS[type(part)]
    told = getattr(record, name)
    return record if part in told else replace(record, **{name: tuple(sorted((*told, part), key=lambda each: each.on))})


def _evidenced(programme: Programme, kind: str, key: str, evidence: Evidence) -> Programme:
    """Add evidence, or newer evidence of the same key in its place; where it is for an action or a step, tie it."""
    shown = replace(programme, evidence={**programme.evidence, evidence.key: evidence})
    records: Mapping[str, Any] = getattr(programme, kind)
    if kind == "evidence" or key not in records or evidence.key in records[key].evidence:
        return shown
    record = records[key]
    return _with(shown, kind, {**records, key: replace(record, evidence=(*record.evidence, evidence.key))})


def _with(programme: Programme, kind: str, records: Mapping[str, Any]) -> Programme:
    parts: dict[str, Any] = {kind: records}
    return replace(programme, **parts)
