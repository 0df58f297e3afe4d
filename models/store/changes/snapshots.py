"""Keep snapshots of what an apply replaced: names, addresses and absences by the digests under which they can be
erased.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from sqlmodel import col, select

from models.store.audit import free_text as texts
from models.store.audit.audit import Event
from models.store.base.json_values import compact, read
from models.store.base.transaction import Transaction
from models.store.definitions import pauses, timelines
from models.store.people import directory
from models.tables import CouncilRow, PersonRow
from timeline.calendar.working_hours import WorkingHours
from timeline.definitions.absences import Absence
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.duties import Ladder
from timeline.definitions.people import Person


class Snapshot(NamedTuple):
    """Hold a timeline as it stood, without facts, with the digest and the name of its file."""

    timeline: CouncilTimeline
    digest: str
    source: str


def take(tx: Transaction, row: CouncilRow, hours: WorkingHours) -> Snapshot:
    """Take what the file in force states, without what was added by command."""
    council_timeline = timelines.stored(tx, hours)
    own = replace(council_timeline, facts=(), directory=directory.stored(tx), pauses=pauses.stated(tx))
    return Snapshot(own, row.digest, row.source)


def snapshot(before: Snapshot, happened: Sequence[Event], ladders: Mapping[str, Ladder]) -> str:
    """Write the snapshot as text, with the ladders that open tasks had; people are left to the texts of the events that
    changed them.
    """
    nobody = replace(before.timeline.directory, people={}, absences=())
    changed = {event.ref: event.texts.get("before") for event in happened if event.what == directory.PERSON}
    away = [event.texts.get("before") for event in happened if event.what == directory.ABSENCES]
    return json.dumps(
        {
            "timeline": compact(replace(before.timeline, directory=nobody)),
            "digest": before.digest,
            "source": before.source,
            "people": changed,
            "absences": away,
            "ladders": {ref: compact(ladder) for ref, ladder in ladders.items()},
        }
    )


def ladders(text: str | None) -> dict[str, Ladder]:
    """Read the ladders that the change took from open tasks; none where it kept none, as in older versions."""
    kept = json.loads(text).get("ladders", {}) if text else {}
    return {ref: read(Ladder, ladder) for ref, ladder in kept.items()}


def restore(tx: Transaction, text: str) -> Snapshot:
    """Read the snapshot back. A person whose texts were erased since stays as the directory has them."""
    kept = json.loads(text)
    stated = read(CouncilTimeline, kept["timeline"])
    who = {key: person for key, person in directory.stored(tx).people.items() if key in directory.listed(tx)}
    bodies = texts.bodies(tx, [*kept["people"].values(), *kept["absences"]])
    for key, digest in kept["people"].items():
        who.pop(key, None) if digest is None else who.update({key: _person(tx, key, bodies.get(digest, ""))})
    absences = directory.stored(tx).absences
    for digest in kept["absences"][:1]:
        # No digest: nobody was away. A digest without text: the absences were erased, and those known now stay.
        body = bodies.get(digest or "", "")
        absences = read(tuple[Absence, ...], body) if body else absences if digest else ()
    back = replace(stated.directory, people=who, absences=absences)
    return Snapshot(replace(stated, directory=back), kept["digest"], kept["source"])


def _person(tx: Transaction, key: str, body: str) -> Person:
    if body:
        return read(Person, body)
    mine = col(PersonRow.council) == tx.council, col(PersonRow.key) == key
    row = tx.session.exec(select(PersonRow).where(*mine)).one()
    return directory.person_of(row)
