"""Hold the stored result of an assurance: figures and findings for the page, the mail and the next run."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from enum import StrEnum

from timeline.assurance.chain import ChainLook
from timeline.assurance.evidence import Evidence, LedgerRow, ProvedDay
from timeline.definitions.refs import duty_of
from timeline.delivery.messages import MessageState
from timeline.escalation.prompts import Prompt, PromptKey, PromptState

_BACK = (MessageState.BOUNCED, MessageState.FAILED, MessageState.UNCERTAIN)


class Fate(StrEnum):
    """Name the fate of a prompt."""

    DELIVERED = "delivered"  # a channel accepted it, and nothing came back
    SENT = "sent"  # accepted, and whether it arrived is not known
    WAITING = "waiting"
    SUPPRESSED = "suppressed"  # with its reason: superseded, refused or undeliverable


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Count what fell due: `due` is the sum of `sent`, `waiting`, `suppressed` and `unexplained`.

    `delivered` counts those sent that did not come back; `answered` counts the answers that came in.
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
        """Give words such as "5 due, 4 sent, 4 delivered, 1 answered, 1 waiting, 0 unexplained."."""
        more = [(self.waiting, "waiting"), (self.suppressed, "suppressed with reason")]
        parts = [(self.due, "due"), (self.sent, "sent"), (self.delivered, "delivered"), (self.answered, "answered")]
        named = [*parts, *((number, what) for number, what in more if number), (self.unexplained, "unexplained")]
        return f"{', '.join(f'{number} {what}' for number, what in named)}."


def fell_due(evidence: Evidence, *, since: datetime, at: datetime) -> tuple[LedgerRow, ...]:
    """Give the rows that could first leave after `since`, up to `at`: each row belongs to exactly one assurance."""
    return tuple(row for row in evidence.rows if since < row.fell_due_at <= at)


def fate(row: LedgerRow, evidence: Evidence) -> Fate:
    """Tell the fate of a row."""
    if row.entry.state is PromptState.WAITING:
        return Fate.WAITING
    if row.entry.state is not PromptState.SENT:
        return Fate.SUPPRESSED
    message = evidence.messages.get(row.message)
    return Fate.SENT if message is None or message.state in _BACK else Fate.DELIVERED


def counted(rows: Iterable[LedgerRow], evidence: Evidence) -> Figures:
    """Count these rows, without answers and unexplained findings."""
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
    """Name the kinds of findings that cannot be explained."""

    UNSAID = "unsaid"  # it was due, and the ledger has it neither as said nor as refused
    MISSED = "missed"  # the same, and its date has passed since
    ROW_GONE = "row gone"  # it was written, and its row is no longer there
    OVERDUE = "overdue"  # it waits, and nothing says why it has not left
    UNFOUNDED = "unfounded"  # the ledger gives a reason for not saying it that was not so
    STUCK = "stuck"  # its message was begun or is due, and does not end
    DIFFERS = "differs"  # the database holds another date or owner than the rules give, or nothing


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Hold something that cannot be explained about a task or an occurrence (`ref`), its duty and the post it was for.

    `prompt` is still to be said, `about` is the key of the prompt, `written` counts how often the trail has it written.
    `restricted`: it is under embargo, and only its existence may be told.
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

    @classmethod
    def about_prompt(
        cls, key: PromptKey, *, kind: FindingKind, post: str, why: str, prompt: Prompt | None = None, written: int = 0
    ) -> "Finding":
        """Build the finding about the prompt with this key."""
        return cls(
            kind=kind,
            ref=key.milestone,
            duty=duty_of(key.milestone),
            post=post,
            why=why,
            due_on=key.due_on,
            prompt=prompt,
            about=key,
            written=written,
        )

    @property
    def mends(self) -> bool:
        """Tell whether deciding again can put it right."""
        return self.prompt is not None or self.kind is FindingKind.DIFFERS


class UnownedKind(StrEnum):
    """Name the reasons why a coming step would reach nobody, or not as meant."""

    NOBODY = "nobody"  # no post that may hear of it has a holder
    VACANT = "vacant"  # the post has no holder, and another person would be told in its place
    UNREACHABLE = "unreachable"  # its holder has no address or number that works
    CHANNEL = "channel"  # the channel that the step names does not reach that person


@dataclass(frozen=True, kw_only=True)
class Unowned:
    """Hold steps for a duty and a post that would reach nobody, or not as meant, from `first_on` on.

    `why` and `helps` are sentences. `restricted`: it is under embargo.
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
        """Give the parts that identify it, so that it is reported only once."""
        return self.kind.value, self.post, self.duty, self.why


@dataclass(frozen=True, kw_only=True)
class ChannelSeen:
    """Hold the result of a test message to ourselves: `told` is a sentence, `works` is None when it is not known."""

    name: str
    told: str
    works: bool | None
    sent_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class AssuranceRun:
    """Hold the result of an assurance.

    `machine` are sentences about parts of Prefect that stand still, `notes` say what could not be checked, `told` are
    the unowned duties already reported to the programme lead that still stand, `chain` the look at the audit chain,
    `proved` the day where it is whole.
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
    chain: ChainLook | None = None
    proved: ProvedDay | None = None

    @property
    def altered(self) -> tuple[str, ...]:
        """Give the sentences about what was changed outside Daymark."""
        return self.chain.altered if self.chain else ()

    @property
    def figures(self) -> Figures:
        return sum(self.duties.values(), Figures())

    @property
    def dead_channels(self) -> tuple[ChannelSeen, ...]:
        return tuple(channel_seen for channel_seen in self.channels if channel_seen.works is False)

    @property
    def is_red(self) -> bool:
        """Tell whether a person must act: something is unexplained or altered, a channel is dead, or the machine stands
        still.
        """
        return bool(self.figures.unexplained or self.dead_channels or self.machine or self.altered)
