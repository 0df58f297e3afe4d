"""Choose by which channel, and to whom, a prompt leaves; the next method when the first has failed for good."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from timeline.definitions.duties import LINE_MANAGER, OWNER
from timeline.definitions.facts import under_embargo
from timeline.definitions.people import Person, Recipient
from timeline.escalation.held import too_early
from timeline.escalation.prompts import Prompt
from timeline.escalation.task_context import TaskContext

MAIL = "mail"
SAYS_SO = "A delivery report says so."
"""Why a mail came back, where its server's words are not known or may not be kept for ever."""


class ContactMethod(NamedTuple):
    """Hold a person and a channel, both by their keys."""

    person: str
    channel: str

    def __str__(self) -> str:
        """Write it as the ledger keeps it."""
        return f"{self.person}/{self.channel}"


class DeadAddress(NamedTuple):
    """Hold an address that proved dead and is still the person's; `why` is what the server said.

    `doubted`: a single mail came back, and the next mail tries it.
    """

    way: ContactMethod
    why: str
    since_at: datetime
    doubted: bool = False


class Needs(StrEnum):
    """Name the detail of a person that a channel needs."""

    ADDRESS = "address"
    PHONE = "phone"
    TEAMS = "teams"


@dataclass(frozen=True)
class ChannelInfo:
    """Hold a channel as the decision sees it: its needs of a person, and whether several people read it.

    `carries_entries`: its messages can carry a calendar entry.
    """

    name: str
    needs: Needs = Needs.ADDRESS
    several: bool = False
    carries_entries: bool = False

    def address(self, person: Person) -> str:
        """Give where it reaches this person; empty when it cannot."""
        return str(getattr(person, self.needs.value))


@dataclass(frozen=True)
class Reachability:
    """Hold the channels of the settings by name, the contact methods whose address is dead, and the channels at rest.

    `nowhere` are those that the look ahead takes for dead because their address is a placeholder.
    """

    outlets: Mapping[str, ChannelInfo]
    dead: frozenset[ContactMethod] = frozenset()
    resting: frozenset[str] = frozenset()
    nowhere: frozenset[ContactMethod] = frozenset()


def contact_method(
    prompt: Prompt, task: TaskContext, reachability: Reachability, *, tried: Collection[str] = ()
) -> ContactMethod | None:
    """Choose how a prompt leaves now; None when nobody can be reached for it.

    First come the channels that its rung names, then those of the person, then mail. When none is left, the person's
    deputy by the deputy's own channels, and then an owner's line manager, if they may hear of it. A prompt waits for a
    channel that rests, unless it is urgent: an outage of the mail server must not become a flood of text messages.
    """
    methods = [
        method
        for method in _methods(prompt, task, reachability)
        if method not in reachability.dead and str(method) not in tried
    ]
    if prompt.urgent:
        methods.sort(key=lambda method: method.channel in reachability.resting)
    return next(iter(methods), None)


def personal(person: Person, reachability: Reachability) -> Iterator[ContactMethod]:
    """Give the methods of reaching a person, in their order; mail is always the last."""
    for name in dict.fromkeys((*person.channels, MAIL)):
        info = reachability.outlets.get(name)
        # A channel that several people read belongs to nobody: only a rung can name it.
        if info and not info.several and info.address(person):
            yield ContactMethod(person.key, name)


def _methods(prompt: Prompt, task: TaskContext, reachability: Reachability) -> Iterator[ContactMethod]:
    person = task.timeline.directory.people[prompt.deliver_to]
    yield from _named(prompt, task, person, reachability)
    yield from personal(person, reachability)
    deputy = task.timeline.directory.deputy_of(person.key, on=task.on)
    if deputy and task.audience.hears(deputy.person.key):
        yield from personal(deputy.person, reachability)
    manager = _line_manager(prompt, task)
    if manager:
        yield from personal(manager.person, reachability)


def _line_manager(prompt: Prompt, task: TaskContext) -> Recipient | None:
    """Give the line manager when nothing reaches the owner or a deputy; in a trial run only the lead is written to."""
    if prompt.selector != OWNER or prompt.deliver_to != prompt.meant_for:
        return None
    manager = task.audience.recipient(LINE_MANAGER)
    return manager if manager and not too_early(task, manager) else None


def _named(prompt: Prompt, task: TaskContext, person: Person, reachability: Reachability) -> Iterator[ContactMethod]:
    """Give the methods that the rung itself names; plain mail is the usual, and leaves the choice to the person."""
    if prompt.channels == (MAIL,):
        return
    for name in prompt.channels:
        info = reachability.outlets.get(name)
        if info and (_may_be_said_in_a_room(task) if info.several else info.address(person)):
            yield ContactMethod(person.key, name)


def _may_be_said_in_a_room(task: TaskContext) -> bool:
    """Tell whether a channel with unknown readers may have it: nothing under embargo, and never who is late."""
    due_on = task.milestone.due_on
    coming = due_on is None or task.on <= due_on
    return coming and not under_embargo(task.milestone.embargoes, at=task.at)


FAILURES = 3
_FIRST_REST = timedelta(minutes=10)
LONGEST_REST = timedelta(hours=1)


@dataclass(frozen=True)
class Breaker:
    """Hold the health of a channel: `failures` in a row, and until `rests_until` nothing is tried on it.

    No rest is longer than an hour: if it ends later than that from now, the clock was ahead when the channel failed.

    `because` is what its server said last.
    """

    failures: int = 0
    rests_until: datetime | None = None
    because: str = field(default="", compare=False)

    def rests(self, *, at: datetime) -> bool:
        """Tell whether nothing is tried at that instant."""
        return self.rests_until is not None and at < self.rests_until <= at + LONGEST_REST

    def probes(self, *, at: datetime) -> bool:
        """Tell whether a single message is tried first, and the others only when it went through."""
        return self.failures >= FAILURES and not self.rests(at=at)

    def failed(self, *, at: datetime) -> "Breaker":
        """Count a failure: the channel rests for 10 minutes, then 20, then 40, then an hour each time.

        Several threads may fail at once, which counts once: while the channel rests nothing is counted.
        """
        if self.rests(at=at):
            return self
        failures = self.failures + 1
        if failures < FAILURES:
            return Breaker(failures)
        doublings = min(failures - FAILURES, 10)
        return Breaker(failures, at + min(_FIRST_REST * (1 << doublings), LONGEST_REST))
