"""One assurance as it is kept: what was found, for the page, for the mail, and for the next one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from timeline.assurance.figures import Figures
from timeline.assurance.findings import Finding


class UnownedKind(StrEnum):
    """Why a step of a ladder that is still to come would reach nobody, or not as it is meant to."""

    NOBODY = "nobody"  # no post that may hear of it has a holder
    VACANT = "vacant"  # the post has no holder, and somebody else would be told in its place
    UNREACHABLE = "unreachable"  # whoever holds it has no address or number that works
    CHANNEL = "channel"  # the channel that the step names does not reach that person


@dataclass(frozen=True, kw_only=True)
class Unowned:
    """What would reach nobody, or not as meant, of one duty and one post, from `first_on` on; `why` and `helps`
    are sentences. `restricted`: it is under embargo.
    """

    kind: UnownedKind
    post: str
    duty: str
    first_on: date
    why: str
    helps: str
    restricted: bool = False

    @property
    def same(self) -> tuple[str, ...]:
        """What stays the same while it stands: told once."""
        return self.kind.value, self.post, self.duty, self.why


@dataclass(frozen=True, kw_only=True)
class ChannelSeen:
    """How a channel answered to a message to ourselves: `told` is a sentence, `works` None when nothing can be said."""

    name: str
    told: str
    works: bool | None
    sent_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class AssuranceRun:
    """What one assurance found. `machine` are sentences about what of Prefect stands still, `notes` what could not be
    asked, `told` the unowned duties that the programme lead has been told of and that still stand.
    """

    at: datetime
    since: datetime
    duties: Mapping[str, Figures] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    unowned: tuple[Unowned, ...] = ()
    channels: tuple[ChannelSeen, ...] = ()
    machine: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    said_again: int = 0
    told: tuple[tuple[str, ...], ...] = ()

    @property
    def figures(self) -> Figures:
        return sum(self.duties.values(), Figures())

    @property
    def dead_channels(self) -> tuple[ChannelSeen, ...]:
        return tuple(one for one in self.channels if one.works is False)

    @property
    def is_red(self) -> bool:
        """Whether somebody must act: something is unexplained, a channel is dead, or what runs it stands still."""
        return bool(self.figures.unexplained or self.dead_channels or self.machine)
