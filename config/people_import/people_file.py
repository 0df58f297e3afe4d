"""Read a CSV file of people, posts and holders; report every fault at once with its line and column."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from typing import Any

from config.people_import import csv_file
from config.people_import.cells import COLUMNS, Cells, cells
from config.timeline_files.faults import Fault, error
from config.timeline_files.people_faults import Holding, placeholders, two_holders
from config.timeline_files.words import is_key
from timeline.calendar.london import DAY
from timeline.definitions.absences import Absence
from timeline.definitions.imports import Imported, ImportedPerson, ImportedPost
from timeline.definitions.people import Directory, Holder, Post

_OF_A_PERSON = ("name", "channels", "works", "teams", "phone", "shared")
_NOTHING: dict[str, Any] = {"channels": (), "works": (), "teams": "", "phone": "", "shared": False}
_OF_A_POST = ("title", "level", "line manager", "deputy", "assistant")


@dataclass(frozen=True)
class _File:
    name: str
    columns: tuple[str, ...]
    directory: Directory
    listed: frozenset[str]
    on: date


def read(
    name: str,
    content: bytes,
    directory: Directory,
    *,
    listed: frozenset[str],
    channels: frozenset[str],
    on: date,
    mail_leaves: bool = False,
) -> tuple[Imported | None, tuple[Fault, ...]]:
    """Read the file, compared with the directory on that day; None when it cannot be used.

    `listed` are the people in force (the directory knows earlier people too), `channels` those that are set up. A
    missing column changes nothing; an empty cell of a person's own column means "none". A line can add or correct a
    post. `mail_leaves` for a real server, which takes no placeholder. Raises BadInput when nothing can be read at all.
    """
    table = csv_file.read(name, content, COLUMNS)
    faults = list(table.faults)
    if "address" not in table.columns:
        faults.append(error(name, "", "There is no column “address”; expected whose line each is."))
    file = _File(name, table.columns, directory, listed, on)
    posts = {**_new_posts(table), **directory.posts}
    read_lines = [cells(name, line, posts, channels) for line in table.lines]
    faults += [fault for line in read_lines for fault in line.faults]
    if not read_lines and not faults:
        faults.append(error(name, "", "It has no line below its header; expected one for each person."))
    if faults:
        return None, tuple(faults)
    addresses = {f"line {line.number}, address": line["address"] for line in read_lines}
    said, faults_of_people = _said(file, read_lines)
    return said, (*faults_of_people, *(placeholders(name, addresses) if mail_leaves else ()))


def _new_posts(table: csv_file.Table) -> dict[str, Post]:
    """Collect new posts, which come with their titles: other lines may name them."""
    named = ((line.cells.get("post", ""), line.cells.get("title", "")) for line in table.lines)
    return {key: Post(key=key, title=title) for key, title in named if title and is_key(key)}


def _said(file: _File, lines: Sequence[Cells]) -> tuple[Imported | None, tuple[Fault, ...]]:
    people = _by_person(file, lines)
    faults = [
        *_who(file, people),
        *(fault for theirs in people.values() for fault in _consistent(file, theirs, _OF_A_PERSON, "this person")),
        *(fault for theirs in _by_post(lines).values() for fault in _consistent(file, theirs, _OF_A_POST, "this post")),
        *_repeated(file, lines),
        *_two_holders(file, lines),
    ]
    if any(fault.level == "error" for fault in faults):
        return None, tuple(faults)
    given = Imported(
        people=tuple(_person(file, key, theirs) for key, theirs in people.items()),
        posts=tuple(_post(file, key, theirs) for key, theirs in _by_post(lines).items() if _of_a_post(theirs)),
    )
    return given, tuple(faults)


def _by_person(file: _File, lines: Sequence[Cells]) -> dict[str, list[Cells]]:
    """Group the lines by person: the key written in the line, the key of the address, or a new key."""
    known = {person.address.casefold(): key for key, person in _listed_last(file)}
    named = {line["address"].casefold(): line["person"] for line in lines if line["person"]}
    taken = set(file.directory.people) | set(named.values())
    by_person: dict[str, list[Cells]] = {}
    made: dict[str, str] = {}
    for line in lines:
        address = line["address"].casefold()
        key = line["person"] or named.get(address) or known.get(address) or made.get(address)
        if key is None:
            key = made[address] = _new_key(line, taken)
            taken.add(key)
        by_person.setdefault(key, []).append(line)
    return by_person


def _listed_last(file: _File) -> list[tuple[str, Any]]:
    """Sort people in force last, so that an address shared by two people means the person in force."""
    return sorted(file.directory.people.items(), key=lambda pair: pair[0] in file.listed)


def _new_key(line: Cells, taken: set[str]) -> str:
    """Make a key from the post, never from the name: keys are in the audit chain, which must hold no names."""
    base = (line["post"] or "person").replace("_", "-")
    return next(key for n in count(1) if (key := base if n == 1 else f"{base}-{n}") not in taken)


def _by_post(lines: Sequence[Cells]) -> dict[str, list[Cells]]:
    by_post: dict[str, list[Cells]] = {}
    for line in lines:
        if line["post"]:
            by_post.setdefault(line["post"], []).append(line)
    return by_post


def _of_a_post(lines: Sequence[Cells]) -> bool:
    return any(line[column] is not None for line in lines for column in _OF_A_POST)


def _who(file: _File, people: dict[str, list[Cells]]) -> Iterator[Fault]:
    of_address: dict[str, str] = {
        person.address.casefold(): key for key, person in _listed_last(file) if key in file.listed
    }
    for key, lines in people.items():
        first = lines[0]
        if key not in file.directory.people and not any(line["name"] for line in lines):
            yield error(file.name, f"line {first.number}, name", "Somebody new has a name; it is empty here.")
        for line in lines:
            where = f"line {line.number}, address"
            if line["address"].casefold() != first["address"].casefold():
                yield error(file.name, where, f"Line {first.number} gives this person another address.")
            elif of_address.get(line["address"].casefold(), key) != key:
                yield error(file.name, where, "Somebody else has this address: each person has one of their own.")
        of_address[first["address"].casefold()] = key


def _consistent(file: _File, lines: Sequence[Cells], columns: Iterable[str], what: str) -> Iterator[Fault]:
    for column in columns:
        stated = [line for line in lines if line[column] is not None]
        for line in stated[1:]:
            if line[column] != stated[0][column]:
                where = f"line {line.number}, {column}"
                yield error(file.name, where, f"Line {stated[0].number} says otherwise of {what}; expected the same.")


def _repeated(file: _File, lines: Sequence[Cells]) -> Iterator[Fault]:
    seen: dict[tuple[Any, ...], int] = {}
    for line in lines:
        first = seen.setdefault(tuple(sorted((name, repr(value)) for name, value in line.read.items())), line.number)
        if first != line.number:
            yield error(file.name, f"line {line.number}", f"It repeats line {first}.")


def _two_holders(file: _File, lines: Sequence[Cells]) -> Iterator[Fault]:
    """Compare people by their addresses: a new person has no key yet. The places read “line 3, post”."""
    usual = [line for line in lines if line["post"] and not line["acting"]]
    yield from two_holders(
        file.name,
        (
            Holding(f"line {line.number}, post", line["post"], line["address"].casefold(), line["from"], line["until"])
            for line in usual
        ),
    )


def _person(file: _File, key: str, lines: Sequence[Cells]) -> ImportedPerson:
    own = {name: _first(lines, name, _NOTHING.get(name)) for name in _OF_A_PERSON if name in file.columns}
    said = ImportedPerson(key=key, source=file.name, address=lines[0]["address"], **own)
    if "post" in file.columns:
        said = replace(said, holds=tuple(_holdings(file, key, lines)))
    if "away from" in file.columns:
        away = dict.fromkeys((line["away from"], line["away until"]) for line in lines if line["away from"])
        absences = (Absence(person=key, from_on=first, until_on=last) for first, last in away)
        said = replace(said, absences=tuple(absences))
    return said


def _holdings(file: _File, key: str, lines: Sequence[Cells]) -> Iterator[Holder]:
    """Give the posts that a person holds from now on.

    An import changes nothing about past days: a new holder holds a post from today unless the file says since when, and
    a former holder has held it until yesterday.
    """
    before = [holder for holder in file.directory.holders if holder.person == key]
    named = dict.fromkeys((line["post"], line["from"], line["until"], bool(line["acting"])) for line in lines)
    stated = [holding for holding in named if holding[0]]
    for post, from_on, until_on, acting in stated:
        since_on = next(
            (holder.from_on for holder in before if holder.post == post and holder.holds(on=file.on)), file.on
        )
        yield Holder(post=post, person=key, from_on=from_on or since_on, until_on=until_on, acting=acting)
    yesterday = file.on - DAY
    for holder in before:
        if holder.post not in {post for post, *_ in stated} and (holder.from_on is None or holder.from_on <= yesterday):
            yield replace(holder, until_on=min(holder.until_on or yesterday, yesterday))


def _post(file: _File, key: str, lines: Sequence[Cells]) -> ImportedPost:
    stated = {name.replace(" ", "_"): _first(lines, name, None) for name in _OF_A_POST}
    return ImportedPost(key=key, source=file.name, **stated)


def _first(lines: Sequence[Cells], column: str, otherwise: Any) -> Any:
    return next((line[column] for line in lines if line[column] is not None), otherwise)
