"""Show people the actions of the plan that their posts own, and hold what they say of an action."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from timeline.programme.actions import Action, Progress, Update, standing
from timeline.programme.programme import Programme


class OwnAction(NamedTuple):
    """Hold an action as its owner sees it: `dates` and `said` are sentences, `rag` is a colour with its reason."""

    key: str
    title: str
    rag: str
    why: str
    dates: tuple[str, ...]
    said: tuple[str, ...]
    success: str


@dataclass(frozen=True, kw_only=True)
class OwnActionView:
    """Hold the page of an action for its owner."""

    council_name: str
    programme_name: str
    person_name: str
    action: OwnAction


class SaidOfAction(NamedTuple):
    """Hold what an owner says of an action."""

    progress: Progress
    percent: int | None
    expected_on: date | None
    why: str

    def update(self, action: Action, *, on: date) -> Update:
        """Give it as an update, in the name of the post that owns the action."""
        return Update(
            on=on,
            by=action.owner,
            progress=self.progress,
            percent=self.percent,
            expected_on=self.expected_on,
            why=self.why,
        )


def owned(programme: Programme, posts: Collection[str], *, on: date) -> tuple[OwnAction, ...]:
    """List the actions of these posts that are not done, in the order of the file."""
    theirs = (action for action in programme.actions.values() if action.owner in posts)
    return tuple(shown(action, on=on) for action in theirs if standing(action, on=on).actual_on is None)


def shown(action: Action, *, on: date) -> OwnAction:
    """Show an action as it stands on a day."""
    stands = standing(action, on=on)
    return OwnAction(action.key, action.title, stands.rag.value, stands.why, stands.dates, stands.said, action.success)
