"""What would be other than it is with posts, the people who hold them, and their absences."""

from collections.abc import Iterator
from datetime import date

from timeline.changes import Change
from timeline.people import Directory, Post


def people_changes(before: Directory, after: Directory) -> Iterator[Change]:
    """Every post whose holders, or whose holders' names, addresses or absences, would be others, or that would be
    another itself; and everybody whose other particulars differ.
    """
    for post in sorted({*before.posts, *after.posts}):
        yield from _post(before.posts.get(post), after.posts.get(post))
        was, becomes = _holders(before, post), _holders(after, post)
        if was != becomes:
            yield Change(change="people", ref=post, from_=", ".join(was), to=", ".join(becomes))
    away = [
        tuple(f"{one.person} {one.from_on} to {one.until_on}" for one in found.absences) for found in (before, after)
    ]
    yield from _particulars(before, after)
    if away[0] != away[1]:
        yield Change(change="people", ref="absences", from_=", ".join(away[0]), to=", ".join(away[1]))


def _post(was: Post | None, now: Post | None) -> Iterator[Change]:
    if was and now and was != now:
        names = [name for name in was.__dataclass_fields__ if getattr(was, name) != getattr(now, name)]
        told = [
            ", ".join(f"{name.replace('_', ' ')} {getattr(one, name) or 'none'}" for name in names)
            for one in (was, now)
        ]
        yield Change(change="post", ref=now.key, from_=told[0], to=told[1])


def _particulars(before: Directory, after: Directory) -> Iterator[Change]:
    for key in sorted(before.people.keys() & after.people.keys()):
        was, now = before.people[key], after.people[key]
        names = [name for name in _PARTICULARS if getattr(was, name) != getattr(now, name)]
        if names:
            yield Change(change="people", ref=key, why=f"Other {', '.join(names)}.")


_PARTICULARS = ("channels", "works", "teams", "phone")


def _holders(directory: Directory, post: str) -> tuple[str, ...]:
    held = ((directory.people[one.person], one) for one in directory.holders if one.post == post)
    return tuple(
        " ".join(filter(None, (who.name, who.address, _iso(one.from_on), _iso(one.until_on)))) for who, one in held
    )


def _iso(on: date | None) -> str:
    return on.isoformat() if on else ""
