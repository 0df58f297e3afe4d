"""Work out how far the training reached: by team over a period, and which posts missed sessions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from timeline.programme.bodies import Session, Training


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """Hold how many of a team's Practice Managers came: `attended` of `places`, over the sessions recorded for it."""

    team: str
    managers: int
    sessions: int
    attended: int

    @property
    def places(self) -> int:
        return self.managers * self.sessions

    @property
    def percent(self) -> int | None:
        """Give the share of the places that were taken; None before any session was recorded."""
        return round(100 * self.attended / self.places) if self.places else None


def sessions_between(training: Training, *, after: date, until: date) -> tuple[Session, ...]:
    """Give the sessions held after a day and up to another."""
    return tuple(session for session in training.sessions if after < session.on <= until)


def coverage(training: Training, *, after: date, until: date) -> Iterator[Coverage]:
    """Give the coverage of each team; a session that does not say how many of it came does not count for it."""
    held = sessions_between(training, after=after, until=until)
    for team, managers in training.teams.items():
        came = [session.attended[team] for session in held if team in session.attended]
        yield Coverage(team=team, managers=managers, sessions=len(came), attended=sum(came))


def absences(training: Training, *, after: date, until: date) -> Mapping[str, tuple[date, ...]]:
    """Give the days that each Practice Manager's post missed, in the order of the posts."""
    held = sessions_between(training, after=after, until=until)
    missed = {post: tuple(session.on for session in held if post in session.absent) for post in training.managers}
    return {post: days for post, days in missed.items() if days}
