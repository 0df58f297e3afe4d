"""Hold imports of people and posts: a layer over the timeline's file that an apply does not remove."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

from timeline.definitions.absences import Absence
from timeline.definitions.duties import Level
from timeline.definitions.people import Directory, Holder, Person, Post


@dataclass(frozen=True, kw_only=True)
class ImportedPerson:
    """Hold a person as the file `source` states them. None states nothing: the timeline's value stands."""

    key: str
    source: str
    address: str
    name: str | None = None
    channels: tuple[str, ...] | None = None
    works: tuple[int, ...] | None = None
    teams: str | None = None
    phone: str | None = None
    shared: bool | None = None
    holds: tuple[Holder, ...] | None = None
    absences: tuple[Absence, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class ImportedPost:
    """Hold a post as the file `source` states it. None states nothing: the timeline's value stands."""

    key: str
    source: str
    title: str | None = None
    level: Level | None = None
    line_manager: str | None = None
    deputy: str | None = None
    assistant: str | None = None


@dataclass(frozen=True, kw_only=True)
class Imported:
    """Hold the latest import of each person and post, the last import first."""

    people: tuple[ImportedPerson, ...] = ()
    posts: tuple[ImportedPost, ...] = ()


def merged_imports(earlier: Imported, later: Imported) -> Imported:
    """Replace the earlier imports of every person and post that the later import names, and nothing else."""
    people, posts = {person.key for person in later.people}, {post.key for post in later.posts}
    return Imported(
        people=(*later.people, *(person for person in earlier.people if person.key not in people)),
        posts=(*later.posts, *(post for post in earlier.posts if post.key not in posts)),
    )


def with_imports(directory: Directory, imported: Imported) -> Directory:
    """Lay the imports over the directory of the file: the imports' values count before the file's.

    Imported holders are listed first, so that on days with both they count before the file's. A person whom the file
    no longer knows is left out unless an import gives a name.
    """
    stated = {
        person.key: person for person in imported.people if person.name is not None or person.key in directory.people
    }
    held = {key for key, person in stated.items() if person.holds is not None}
    away = {key for key, person in stated.items() if person.absences is not None}
    return replace(
        directory,
        posts=_posts(directory, imported),
        people={
            **directory.people,
            **{key: _person(directory.people.get(key), person) for key, person in stated.items()},
        },
        holders=(
            *(holder for person in stated.values() for holder in person.holds or ()),
            *(holder for holder in directory.holders if holder.person not in held),
        ),
        absences=(
            *(absence for absence in directory.absences if absence.person not in away),
            *(absence for person in stated.values() for absence in person.absences or ()),
        ),
    )


def _person(person: Person | None, imported: ImportedPerson) -> Person:
    base = person or Person(key=imported.key, name=imported.name or "", address=imported.address)
    return replace(base, **_stated(imported, base))


def _posts(directory: Directory, imported: Imported) -> dict[str, Post]:
    posts = dict(directory.posts)
    for post in imported.posts:
        base = posts.get(post.key) or (Post(key=post.key, title=post.title) if post.title else None)
        if base:
            posts[post.key] = replace(base, **_stated(post, base))
    return posts


def _stated(imported: ImportedPerson | ImportedPost, base: Person | Post) -> dict[str, Any]:
    """Give the fields of a person or a post that the import states."""
    names = {field.name for field in fields(base)}
    return {name: value for name in names if (value := getattr(imported, name)) is not None}


def differing(stated: Directory, imported: Imported) -> Iterator[str]:
    """Say in sentences where an import differs from the file: the import counts."""
    now = with_imports(stated, imported)
    for post in imported.posts:
        if post.key in stated.posts and stated.posts[post.key] != now.posts[post.key]:
            yield f"Of the post {post.key} {post.source} says otherwise than the timeline, and holds."
    for person in imported.people:
        if person.key not in stated.people:
            yield f"{person.key} stands in {person.source} alone."
        elif words := ", ".join(_differences(stated, now, person.key)):
            yield f"Of {person.key} {person.source} says otherwise than the timeline ({words}), and holds."


def _differences(was: Directory, now: Directory, person: str) -> Iterator[str]:
    before, after = was.people[person], now.people[person]
    yield from (field.name for field in fields(before) if getattr(before, field.name) != getattr(after, field.name))
    for what, kind in (("posts", "holders"), ("absences", "absences")):
        theirs = [[row for row in getattr(directory, kind) if row.person == person] for directory in (was, now)]
        if theirs[0] != theirs[1]:
            yield what
