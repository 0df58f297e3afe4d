"""One assurance as it is kept: what was found, for the page, for the mail, and for the next one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from enum import StrEnum

from timeline.assurance.evidence import Evidence, LedgerRow
from timeline.delivery.messages import MessageState
from timeline.escalation.prompts import Prompt, PromptKey, PromptState

_BACK = (MessageState.BOUNCED, MessageState.FAILED, MessageState.UNCERTAIN)


class Fate(StrEnum):
    """What became of a prompt."""

    DELIVERED = "delivered"  # a channel accepted it, and nothing came back
    SENT = "sent"  # accepted, and nobody knows whether it arrived
    WAITING = "waiting"
    SUPPRESSED = "suppressed"  # with its reason: superseded, refused or undeliverable


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What fell due: `due` is the sum of `sent`, `waiting`, `suppressed` and `unexplained`. Of what was sent,
    `delivered` did not come back; `answered` counts the answers that came in.
    """

    due: int = 0
    sent: int = 0
    delivered: int = 0
    answered: int = 0
    waiting: int = 0
    suppressed: int = 0
    unexplained: int = 0

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(**{field.name: getattr(self, field.name) + getattr(other, field.name) for field in fields(self)})

    @property
    def sentence(self) -> str:
        """Such as "5 due, 4 sent, 4 delivered, 1 answered, 1 waiting, 0 unexplained."."""
        more = [(self.waiting, "waiting"), (self.suppressed, "suppressed with reason")]
        parts = [(self.due, "due"), (self.sent, "sent"), (self.delivered, "delivered"), (self.answered, "answered")]
        named = [*parts, *(one for one in more if one[0]), (self.unexplained, "unexplained")]
        return f"{', '.join(f'{number} {what}' for number, what in named)}."


def fell_due(evidence: Evidence, *, since: datetime, at: datetime) -> tuple[LedgerRow, ...]:
    """The rows that could first leave after `since`, up to `at`: each falls in the time of exactly one assurance."""
    return tuple(row for row in evidence.rows if since < row.fell_due_at <= at)


def fate(row: LedgerRow, evidence: Evidence) -> Fate:
    """What became of one row."""
    if row.entry.state is PromptState.WAITING:
        return Fate.WAITING
    if row.entry.state is not PromptState.SENT:
        return Fate.SUPPRESSED
    message = evidence.messages.get(row.message)
    return Fate.SENT if message is None or message.state in _BACK else Fate.DELIVERED


def counted(rows: Iterable[LedgerRow], evidence: Evidence) -> Figures:
    """The figures of these rows, but for answers and what is unexplained."""
    fates = [fate(row, evidence) for row in rows]
    sent = sum(fate in (Fate.SENT, Fate.DELIVERED) for fate in fates)
    return Figures(
        due=len(fates),
        sent=sent,
        delivered=fates.count(Fate.DELIVERED),
        waiting=fates.count(Fate.WAITING),
        suppressed=fates.count(Fate.SUPPRESSED),
    )


class FindingKind(StrEnum):
    """What cannot be explained."""

    UNSAID = "unsaid"  # it was due and stands in the ledger as neither said nor refused
    MISSED = "missed"  # the same, and its date has passed since
    ROW_GONE = "row gone"  # it was written, and its row is no longer there
    OVERDUE = "overdue"  # it waits, and nothing says why it has not left
    STUCK = "stuck"  # its message was begun or is due, and does not end
    DIFFERS = "differs"  # the database holds another date or owner than the rules give, or nothing


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that cannot be explained, of one task (`ref`, or an occurrence), its duty and the post it was for.

    `prompt` is what is still to be said, `about` the key of the prompt, `written` how often the trail has it written.
    `restricted`: it is under embargo, and nothing but that there is such a thing may be told.
    """

    kind: FindingKind
    ref: str
    duty: str
    post: str
    why: str
    due_on: date | None = None
    restricted: bool = False
    prompt: Prompt | None = None
    about: PromptKey | None = None
    written: int = 0

    @property
    def mends(self) -> bool:
        """Whether it can be put right by deciding again."""
        return self.prompt is not None or self.kind is FindingKind.DIFFERS


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
        return tuple(channel_seen for channel_seen in self.channels if channel_seen.works is False)

    @property
    def is_red(self) -> bool:
        """Whether somebody must act: something is unexplained, a channel is dead, or what runs it stands still."""
        return bool(self.figures.unexplained or self.dead_channels or self.machine)
