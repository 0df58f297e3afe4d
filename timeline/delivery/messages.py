"""Messages: the prompts for one person, channel and moment, and whether each still holds when it is to leave."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from timeline.calendar.london import london_date
from timeline.delivery.contact_methods import ContactMethod
from timeline.director.monday_schedule import MONDAY, week_key
from timeline.escalation.prompts import CLIMB, Prompt, PromptKind
from timeline.planning.occurrences import Milestone

BRIEFING = "briefing"
"""The kind of a message to the lead member."""
UNASKED = (MONDAY, BRIEFING)
"""The kinds of messages without prompts that wait for working time."""


class MessageState(StrEnum):
    """Where a message stands; `sending` older than the claim's lease means that nobody knows."""

    WAITING = "waiting"
    SENDING = "sending"
    ACCEPTED = "accepted"  # a server took it
    DELIVERED = "delivered"  # the provider says that it arrived
    BOUNCED = "bounced"  # it was accepted, and came back
    UNCERTAIN = "uncertain"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"  # nothing of it had left, and its words had become untrue


@dataclass(frozen=True, kw_only=True)
class PendingPrompt:
    """A prompt in the ledger that has not left, with the milestone it speaks of and the generation of its links.

    `tried` are the ways, "person/channel", on which it could not be delivered.
    """

    id: int
    prompt: Prompt
    milestone: Milestone
    generation: int = 0
    gone: bool = False
    tried: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TokenClaims:
    """What a link's token is bound to; the token itself is derived from this and the secret, and never stored.

    `person` is whom it asks; `stand_in` who got it in the place of that person, whom we could not reach, or empty.
    """

    person: str
    milestone: str = ""
    due_on: date | None = None
    generation: int = 0
    message: str = ""
    stand_in: str = ""

    @property
    def reader(self) -> str:
        """In whose hands the link is, by the key of the directory."""
        return self.stand_in or self.person


@dataclass(frozen=True, kw_only=True)
class Message:
    """One mail to one person, as it is stored: «token 0», «token 1» … stand for `tokens` in order.

    The first is the one replies carry, the others are the links of the numbered tasks. `key` is stable and unique;
    with it and the secret the bytes of every attempt are the same. `calendar` is an invitation, `in_reply_to` the
    Message-ID of the mail that is answered. A receipt has no prompts.
    """

    key: str
    channel: str
    deliver_to: str
    kind: str
    subject: str
    text: str
    html: str
    tokens: tuple[TokenClaims, ...]
    prompts: tuple[int, ...]
    composed_at: datetime
    state: MessageState = MessageState.WAITING
    attempts: int = 0
    next_attempt_at: datetime | None = None
    calendar: str = ""
    in_reply_to: str = ""


@dataclass(frozen=True, kw_only=True)
class MessageGroup:
    """What goes into one message. `instead_of` is the person who could not be reached, when a deputy gets it."""

    deliver_to: str
    channel: str
    prompts: tuple[PendingPrompt, ...]
    on_behalf_of: str = ""

    @property
    def corrects(self) -> bool:
        return all(pending.prompt.kind is PromptKind.CORRECTION for pending in self.prompts)


def answers_somebody(message: Message) -> bool:
    """Whether it may leave at any hour: it answers, or tells what cannot wait. What nobody asked for, waits for
    working time.
    """
    return not message.prompts and message.kind not in UNASKED


def is_out_of_date(message: Message, *, at: datetime) -> bool:
    """Whether a message of which nothing has left speaks of another day ("due in 3 working days").

    One that is uncertain never is: it may have been read, and is repeated as it was. A receipt speaks of no day, the
    Monday mail of its week.
    """
    if message.kind == MONDAY:
        return message.state is MessageState.WAITING and message.key != week_key(london_date(at))
    if not message.prompts:
        return False
    composed_on = london_date(message.composed_at)
    return message.state is MessageState.WAITING and composed_on != london_date(at)


def superseded_here(prompts: Sequence[PendingPrompt]) -> tuple[PendingPrompt, ...]:
    """Of prompts waiting together (after silence, or an outage of the mail), those a later rung says again.

    Expects those that hold: what is not said takes nothing's place. A call for help outlasts every rung: no other mail
    has its words. A correction leaves beside them.
    """
    rungs = [pending for pending in prompts if pending.prompt.kind is not PromptKind.CORRECTION]
    latest: dict[tuple[str, str], PendingPrompt] = {}
    for pending in sorted(rungs, key=lambda one: (one.prompt.key.rung == CLIMB, one.prompt.rung_at)):
        latest[pending.prompt.key.milestone, pending.prompt.key.person] = pending
    kept = {pending.id for pending in latest.values()}
    return tuple(rung for rung in rungs if rung.id not in kept)


def grouped(
    prompts: Iterable[PendingPrompt],
    *,
    mailed: Collection[str],
    ways: Mapping[int, ContactMethod] | None = None,
    entries: Mapping[int, str] | None = None,
) -> tuple[MessageGroup, ...]:
    """One scheduled message a person a working day: those in `mailed` had theirs, and the rest waits for tomorrow.

    What has an hour of its own, is urgent, climbs from an answer, or has failed on another way does not wait.
    Corrections are a message of their own, and so is what a deputy gets in somebody's place. `ways` are those of the
    prompts, by id; without them each leaves by its first channel. `entries` are the uids of those that speak to a
    calendar: a mail carries one entry, and of corrections a second has a mail of its own.
    """
    groups: dict[tuple[ContactMethod, str, bool, str], list[PendingPrompt]] = {}
    first: dict[tuple[ContactMethod, str, bool], str] = {}
    for pending in sorted(prompts, key=lambda one: (one.prompt.key.due_on, one.prompt.key.milestone)):
        to = pending.prompt.deliver_to
        if pending.prompt.timed or pending.prompt.urgent or pending.tried or to not in mailed:
            method = ways[pending.id] if ways else ContactMethod(to, pending.prompt.channels[0])
            corrects = pending.prompt.kind is PromptKind.CORRECTION
            together = (method, "" if method.person == to else to, corrects)
            entry = (entries or {}).get(pending.id, "")
            apart = entry if entry and corrects and first.setdefault(together, entry) != entry else ""
            groups.setdefault((*together, apart), []).append(pending)
    return tuple(
        MessageGroup(deliver_to=method.person, channel=method.channel, prompts=tuple(pendings), on_behalf_of=instead_of)
        for (method, instead_of, *_), pendings in groups.items()
    )
