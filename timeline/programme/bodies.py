"""Hold the boards and panels of the programme, and the training sessions, with what they decided and who came."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """Hold a meeting that took place: how many of its members came, and what it decided."""

    on: date
    attended: int | None
    decisions: tuple[str, ...]
    source: str


@dataclass(frozen=True, kw_only=True)
class Body:
    """Hold a board or a panel. `duty` is the duty whose occurrences are its meetings, `members` are posts or
    partners.
    """

    key: str
    title: str
    purpose: str
    duty: str
    chair: str
    members: tuple[str, ...]
    meetings: tuple[Meeting, ...]
    source: str


FOR_TRAINING_LEAD = ("managers", "absent")
"""The fields that tell of single people: the training lead reads them, and no list, export or other report has them."""


@dataclass(frozen=True, kw_only=True)
class Session:
    """Hold a training session for Practice Managers: how many of each team came, and the posts that were not there."""

    on: date
    theme: str
    trainer: str
    attended: Mapping[str, int]
    source: str
    absent: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Training:
    """Hold the training of Practice Managers. `teams` gives how many of them each team has, `managers` the team of each
    of their posts: who missed a session is for the training lead alone.
    """

    title: str
    duty: str
    themes: tuple[str, ...]
    teams: Mapping[str, int]
    sessions: tuple[Session, ...]
    source: str
    managers: Mapping[str, str] = field(default_factory=dict)
