"""Show people the actions that their posts own, and the training lead who missed sessions; hold what they say."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from timeline.calendar.wording import plain_name, short_date
from timeline.definitions.council import CouncilTimeline
from timeline.programme.actions import Action, Progress, Update, standing
from timeline.programme.bodies import Training
from timeline.programme.coverage import missed_twice, training_lead
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


class MissedSessions(NamedTuple):
    """Name a Practice Manager who missed two sessions or more: by post and person, with the team and the days."""

    who: str
    team: str
    days: tuple[str, ...]


class OwnProgramme(NamedTuple):
    """Hold what the programme asks of a person; `missed` is for the holder of the training lead's post alone."""

    actions: tuple[OwnAction, ...] = ()
    missed: tuple[MissedSessions, ...] = ()


def own_programme(programme: Programme, timeline: CouncilTimeline, posts: Collection[str], *, on: date) -> OwnProgramme:
    """Gather it for a person who holds these posts."""
    is_lead = training_lead(programme.training, timeline.obligations) in posts
    missed = tuple(_missed(programme.training, timeline, on)) if programme.training and is_lead else ()
    return OwnProgramme(owned(programme, posts, on=on), missed)


def _missed(training: Training, timeline: CouncilTimeline, on: date) -> Iterator[MissedSessions]:
    directory = timeline.directory
    for post, days in missed_twice(training, on=on).items():
        title = directory.posts[post].title if post in directory.posts else plain_name(post).capitalize()
        held = directory.holder(post, on=on) if post in directory.posts else None
        who = f"{title}: {held.person.name}" if held else title
        yield MissedSessions(who, training.managers[post], tuple(short_date(day) for day in days))


def owned(programme: Programme, posts: Collection[str], *, on: date) -> tuple[OwnAction, ...]:
    """List the actions of these posts that are not done, in the order of the file."""
    theirs = (action for action in programme.actions.values() if action.owner in posts)
    return tuple(shown(action, on=on) for action in theirs if standing(action, on=on).actual_on is None)


def shown(action: Action, *, on: date) -> OwnAction:
    """Show an action as it stands on a day."""
    stands = standing(action, on=on)
    return OwnAction(action.key, action.title, stands.rag.value, stands.why, stands.dates, stands.said, action.success)
