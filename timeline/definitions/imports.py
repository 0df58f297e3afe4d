"""What imports said of people and posts: a layer of its own over the timeline's file, which outlives an apply."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

from timeline.definitions.duties import Level
from timeline.definitions.people import Absence, Directory, Holder, Person, Post


@dataclass(frozen=True, kw_only=True)
class ImportedPerson:
    """What the file `source` says of one person. None says nothing: the timeline's word stands."""

    key: str
    source: str
    address: str
    name: str | None = None
    channels: tuple[str, ...] | None = None
    works: tuple[int, ...] | None = None
    teams: str | None = None
    phone: str | None = None
    holds: tuple[Holder, ...] | None = None
    absences: tuple[Absence, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class ImportedPost:
    """What the file `source` says of one post. None says nothing: the timeline's word stands."""

    key: str
    source: str
    title: str | None = None
    level: Level | None = None
    line_manager: str | None = None
    deputy: str | None = None
    assistant: str | None = None


@dataclass(frozen=True, kw_only=True)
class Imported:
    """The last word of the imports on each person and post, the latest import first."""

    people: tuple[ImportedPerson, ...] = ()
    posts: tuple[ImportedPost, ...] = ()


def joined(earlier: Imported, later: Imported) -> Imported:
    """A later import replaces what earlier ones said of whom and what it names, and nothing else."""
    people, posts = ({one.key for one in found} for found in (later.people, later.posts))
    return Imported(
        people=(*later.people, *(person for person in earlier.people if person.key not in people)),
        posts=(*later.posts, *(post for post in earlier.posts if post.key not in posts)),
    )


def laid_over(directory: Directory, imported: Imported) -> Directory:
    """The directory that holds: what imports say before what the file says.

    Imported holders are listed first: on the days of both they count before the file's. Somebody whom the file no
    longer knows, and of whom an import gives no name, is left out.
    """
    said = {
        person.key: person for person in imported.people if person.name is not None or person.key in directory.people
    }
    held = {key for key, person in said.items() if person.holds is not None}
    away = {key for key, person in said.items() if person.absences is not None}
    return replace(
        directory,
        posts=_posts(directory, imported),
        people={
            **directory.people,
            **{key: _person(directory.people.get(key), person) for key, person in said.items()},
        },
        holders=(
            *(holder for person in said.values() for holder in person.holds or ()),
            *(holder for holder in directory.holders if holder.person not in held),
        ),
        absences=(
            *(absence for absence in directory.absences if absence.person not in away),
            *(absence for person in said.values() for absence in person.absences or ()),
        ),
    )


def _person(stated: Person | None, said: ImportedPerson) -> Person:
    base = stated or Person(key=said.key, name=said.name or "", address=said.address)
    return replace(base, **_said(said, base))


def _posts(directory: Directory, imported: Imported) -> dict[str, Post]:
    posts = dict(directory.posts)
    for post in imported.posts:
        base = posts.get(post.key) or (Post(key=post.key, title=post.title) if post.title else None)
        if base:
            posts[post.key] = replace(base, **_said(post, base))
    return posts


def _said(one: ImportedPerson | ImportedPost, base: Person | Post) -> dict[str, Any]:
    """Of the fields of a person or a post those that are stated."""
    names = {field.name for field in fields(base)}
    return {name: value for name in names if (value := getattr(one, name)) is not None}


def differing(stated: Directory, imported: Imported) -> Iterator[str]:
    """Where an import says otherwise than the file, in a sentence each: the import holds."""
    now = laid_over(stated, imported)
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
        theirs = [[one for one in getattr(directory, kind) if one.person == person] for directory in (was, now)]
        if theirs[0] != theirs[1]:
            yield what
