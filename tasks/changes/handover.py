"""Hand a council's timeline over to its successors, show beforehand what would go where, and take it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path

from config.load import digest, programme_beside
from config.settings import Settings
from models.store import Store
from models.store.changes.hand_over import Ending
from models.store.changes.hand_over import Successor as Taking
from tasks.changes.apply import laid_out
from tasks.changes.record import Refused, tell
from tasks.changes.timeline_file import load_checked
from timeline.calendar.london import london_date
from timeline.calendar.wording import long_date
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.people import Person
from timeline.forecast.succession import Succession, Successor


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Hold what is asked for: the vesting day, the successors' files, and the keys of those that get the programme
    (none named: all of them). `seconded_by` is the address of a second person, where duties end.
    """

    vesting_on: date
    files: Sequence[Path]
    by: str
    source: str
    programme_to: Sequence[str] = ()
    seconded_by: str = ""


def succession(store: Store, settings: Settings, asked: Asked, *, at: datetime) -> Succession:
    """Work out what would go where; changes nothing. Raise BadInput for a file that cannot be used."""
    before = store.definitions.timeline(settings.working_hours)
    duties = frozenset(duty.key for duty in before.obligations)
    successors = [_successor(load_checked(file, on=london_date(at))[0], file, asked) for file in asked.files]
    return Succession(
        before=before,
        successors=successors,
        done=store.plan.done_refs(duties),
        vesting_on=asked.vesting_on,
        at=at,
        by=asked.by,
        source=asked.source,
    )


def _successor(given: CouncilTimeline, file: Path, asked: Asked) -> Successor:
    takes = not asked.programme_to or given.council.key in asked.programme_to
    return Successor(source=file.name, given=given, takes_programme=takes)


def hand_over(store: Store, settings: Settings, asked: Asked, *, at: datetime) -> Succession:
    """Hand the timeline over in a single transaction, as `succession` shows it. Raise Refused, StoreError, BadInput."""
    planned = succession(store, settings, asked, at=at)
    refuse(planned, asked, at=at)
    second = planned.before.directory.at_address(asked.seconded_by) if asked.seconded_by and planned.left else None
    ending = Ending(facts=planned.facts, source=asked.source, seconded_by=second.key if second else "")
    files = zip(planned.successors, asked.files, strict=True)
    taking = [_taking(planned, successor, file, at) for successor, file in files]
    store.changes.hand_over(ending, taking, at=at, who=asked.by, laying=partial(laid_out, at=at))
    _tell_all(store, settings, [each.timeline.council.key for each in taking], at=at)
    return planned


def refuse(planned: Succession, asked: Asked, *, at: datetime, trying: bool = False) -> None:
    """Raise Refused for whatever stands in the way; somebody who is only `trying` may do so before the day."""
    faults = [*planned.faults]
    keys = {each.given.council.key for each in planned.successors}
    others = (key for key in asked.programme_to if key not in keys)
    faults += [f"--programme {key}: expected {' or '.join(sorted(keys))}." for key in others]
    if asked.vesting_on > london_date(at) and not trying:
        day = long_date(asked.vesting_on)
        faults.append(f"The vesting day, {day}, is to come: hand over on that day, so that no answer is left behind.")
    if planned.left:
        faults += _seconded(planned, asked)
    if faults:
        raise Refused(" ".join(faults))


def _seconded(planned: Succession, asked: Asked) -> list[str]:
    """Ask a second person of the council that ends to agree where duties end with it."""
    named = ", ".join(planned.left)
    person = planned.before.directory.at_address(asked.seconded_by) if asked.seconded_by else None
    if person is None:
        return [f"These duties would end, for no successor has them: {named}. A second person of the council agrees to "
                "that, by address: --seconded-by ADDRESS."]  # fmt: skip
    if " ".join(asked.by.split()).casefold() in _names(planned, person):
        return [f"--seconded-by: {person.name} hands over, so another person agrees that duties end ({named})."]
    return []


def _names(planned: Succession, person: Person) -> frozenset[str]:
    """Give every name by which somebody may say who hands over: the person's own, and the posts held."""
    directory = planned.before.directory
    posts = directory.posts_of(person.key, on=london_date(planned.at))
    titles = (directory.posts[key].title for key in posts)
    return frozenset(name.casefold() for name in (person.name, person.address, person.key, *posts, *titles))


def _taking(planned: Succession, successor: Successor, file: Path, at: datetime) -> Taking:
    timeline = planned.taking_over(successor)
    return Taking(
        timeline=timeline,
        handed=planned.handed(successor),
        source=file.name,
        digest=digest(file),
        known_as=planned.known_as(successor),
        programme=programme_beside(file, timeline, on=london_date(at)),
        takes_programme=successor.takes_programme,
    )


def take_back(store: Store, settings: Settings, *, at: datetime, who: str, why: str) -> tuple[str, ...]:
    """Take the handover back; give the keys of the successors, whose people are asked no more. Raise StoreError."""
    keys: tuple[str, ...] = store.changes.take_back_handover(at=at, who=who, why=why, laying=partial(laid_out, at=at))
    _tell_all(store, settings, keys, at=at)
    return keys


def _tell_all(store: Store, settings: Settings, keys: Sequence[str], *, at: datetime) -> None:
    for key in (store.council, *keys):
        tell(Store(store.engine, key), settings, at=at)
