"""Count how far the training of Practice Managers reaches, by team, and which posts missed sessions."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from timeline.calendar.london import DAY, months_after
from timeline.definitions.duties import Obligation
from timeline.programme.bodies import Session, Training

_A_YEAR, _MISSED = -12, 2


class Coverage(NamedTuple):
    """Hold the coverage of a team: its Practice Managers, and how many came to how many sessions.

    `sessions` are those that say how many of the team came. `places` counts a place for each Practice Manager and such
    session; `taken` counts those who came.
    """

    team: str
    managers: int
    sessions: int
    came_last: int
    taken: int
    places: int

    @property
    def percent(self) -> int | None:
        """Give the share of places that were taken; None without a place."""
        return round(100 * self.taken / self.places) if self.places else None


def sessions_between(training: Training, *, from_on: date, until_on: date) -> tuple[Session, ...]:
    """Give the sessions of these days, both included."""
    return tuple(session for session in training.sessions if from_on <= session.on <= until_on)


def coverage(training: Training, *, from_on: date, until_on: date) -> tuple[Coverage, ...]:
    """Count by team the sessions of these days, both included; for a team only those that state who of it came."""
    held = sessions_between(training, from_on=from_on, until_on=until_on)
    return tuple(
        _covered(team, managers, [session.attended[team] for session in held if team in session.attended])
        for team, managers in training.teams.items()
    )


def _covered(team: str, managers: int, came: list[int]) -> Coverage:
    return Coverage(
        team=team,
        managers=managers,
        sessions=len(came),
        came_last=came[-1] if came else 0,
        taken=sum(came),
        places=managers * len(came),
    )


def absences(training: Training, *, from_on: date, until_on: date) -> Mapping[str, tuple[date, ...]]:
    """Give the days that each Practice Manager's post missed, by post: for the training lead alone."""
    held = sessions_between(training, from_on=from_on, until_on=until_on)
    missed = {post: tuple(session.on for session in held if post in session.absent) for post in training.managers}
    return {post: days for post, days in missed.items() if days}


def year_until(on: date) -> date:
    """Give the first day of the year of training that ends on a day."""
    return months_after(on, _A_YEAR) + DAY


def missed_twice(training: Training, *, on: date) -> Mapping[str, tuple[date, ...]]:
    """Give the days of each Practice Manager's post that missed two sessions of the year, or more."""
    missed = absences(training, from_on=year_until(on), until_on=on)
    return {post: days for post, days in missed.items() if len(days) >= _MISSED}


def training_lead(training: Training | None, duties: Iterable[Obligation]) -> str:
    """Give the key of the post that owns the training."""
    owners = (duty.owner for duty in duties if training and duty.key == training.duty)
    return next(owners, "training_lead")
