"""Count how far the training of Practice Managers reaches, by team: counts alone, never who."""

from datetime import date
from typing import NamedTuple

from timeline.programme.bodies import Training


class Coverage(NamedTuple):
    """Hold the coverage of a team: its Practice Managers, and how many came to how many sessions.

    `places` counts a place for each Practice Manager and session; `taken` counts those who came. Both are 0 without a
    session.
    """

    team: str
    managers: int
    came_last: int
    taken: int
    places: int

    @property
    def percent(self) -> int | None:
        """Give the share of places that were taken; None without a place."""
        return round(100 * self.taken / self.places) if self.places else None


def coverage(training: Training, *, from_on: date, until_on: date) -> tuple[Coverage, ...]:
    """Count by team the sessions of these days, both included."""
    held = [session for session in training.sessions if from_on <= session.on <= until_on]
    return tuple(
        Coverage(
            team=team,
            managers=managers,
            came_last=held[-1].attended.get(team, 0) if held else 0,
            taken=sum(session.attended.get(team, 0) for session in held),
            places=managers * len(held),
        )
        for team, managers in training.teams.items()
    )
