"""Read selectors of a rung's recipients: the owner, a post, or the line manager or deputy of either."""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple, Protocol

from timeline.definitions.duties import DEPUTY, LINE_MANAGER, OWNER

_OF_POST = re.compile(r"(?P<relation>line manager|deputy) of (?P<post>[a-z][a-z0-9_-]*)")


class Selector(NamedTuple):
    """Hold a selector in its parts: `relation` is "line manager", "deputy" or empty, `post` the key of a post or
    "owner".
    """

    relation: str
    post: str


@cache
def parse(selector: str) -> Selector:
    """Read a selector such as "owner", "director", "deputy of owner" or "line manager of training_lead"."""
    matched = _OF_POST.fullmatch(selector)
    return Selector(matched["relation"], matched["post"]) if matched else Selector("", selector)


def is_near_owner(selector: str) -> bool:
    """Tell whether it names nobody but the owner, the owner's deputy or the owner's line manager."""
    return selector in (OWNER, LINE_MANAGER, DEPUTY)


class Posts(Protocol):
    """Ask for a source of a post's line and deputy, such as `Directory`."""

    def line(self, post: str) -> Iterable[str]: ...
    def deputy_post(self, post: str) -> str | None: ...


def line_meant(posts: Posts, selector: str, *, owner: str) -> tuple[str, ...]:
    """Give the posts that a selector means: the first, then those above it that are asked while it is vacant.

    A deputy's post has none above it, because the deputy's line manager need not know the matter.
    """
    relation, post = parse(selector)
    of = owner if post == OWNER else post
    if relation == "deputy":
        deputy = posts.deputy_post(of)
        return (deputy,) if deputy else ()
    line = tuple(posts.line(of))
    return line[1:] if relation else line
