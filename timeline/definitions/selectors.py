"""Whom a rung names: the owner, a post, or who manages or stands in for one of them."""

import re
from collections.abc import Iterable
from typing import NamedTuple, Protocol

from timeline.definitions.duties import DEPUTY, LINE_MANAGER, OWNER

_OF_POST = re.compile(r"(?P<relation>line manager|deputy) of (?P<post>[a-z][a-z0-9_-]*)")


class Selector(NamedTuple):
    """What a selector says: `relation` is "line manager", "deputy" or empty, `post` the key of a post or "owner"."""

    relation: str
    post: str


def parse(selector: str) -> Selector:
    """Such as "owner", "director", "deputy of owner", "line manager of training_lead"."""
    found = _OF_POST.fullmatch(selector)
    return Selector(found["relation"], found["post"]) if found else Selector("", selector)


def is_near_owner(selector: str) -> bool:
    """Whether it names nobody but the owner, the owner's deputy or the owner's line manager."""
    return selector in (OWNER, LINE_MANAGER, DEPUTY)


class Posts(Protocol):
    """What it takes to find a post's line and deputy: `Directory` has it."""

    def line(self, post: str) -> Iterable[str]: ...
    def deputy_post(self, post: str) -> str | None: ...


def line_meant(posts: Posts, selector: str, *, owner: str) -> tuple[str, ...]:
    """The posts that a selector means, the first before those above it that are asked when it has nobody.

    A deputy's post has none above it: who manages the deputy need not know the matter.
    """
    relation, post = parse(selector)
    of = owner if post == OWNER else post
    if relation == "deputy":
        deputy = posts.deputy_post(of)
        return (deputy,) if deputy else ()
    line = tuple(posts.line(of))
    return line[1:] if relation else line
