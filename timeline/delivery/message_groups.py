"""Group the prompts for one person, channel and rung time into messages."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from timeline.delivery.contact_methods import ContactMethod
from timeline.delivery.messages import PendingPrompt, Waiting
from timeline.escalation.prompts import CLIMB, PromptKind


@dataclass(frozen=True, kw_only=True)
class MessageGroup:
    """Hold the prompts of a message.

    `on_behalf_of` is the person who could not be reached, when a deputy gets it. `calendar_prompt` is the prompt (id)
    whose calendar entry the mail carries.
    """

    deliver_to: str
    channel: str
    prompts: tuple[PendingPrompt, ...]
    on_behalf_of: str = ""
    calendar_prompt: int | None = None

    @property
    def corrects(self) -> bool:
        return all(pending.prompt.kind is PromptKind.CORRECTION for pending in self.prompts)


def superseded_here(prompts: Sequence[PendingPrompt]) -> tuple[PendingPrompt, ...]:
    """Give those of the prompts waiting together (after silence, or an outage of the mail) that a later rung repeats.

    Expects prompts that hold: a prompt that is not sent supersedes none. A call for help outlasts every rung, because
    no other mail has its words. A correction leaves beside the rungs.
    """
    rungs = [pending for pending in prompts if pending.prompt.kind is not PromptKind.CORRECTION]
    latest: dict[tuple[str, str], PendingPrompt] = {}
    for pending in sorted(rungs, key=lambda pending: (pending.prompt.key.rung == CLIMB, pending.prompt.rung_at)):
        latest[pending.prompt.key.milestone, pending.prompt.key.person] = pending
    kept = {pending.id for pending in latest.values()}
    return tuple(rung for rung in rungs if rung.id not in kept)


def portions(waiting: Iterable[Waiting], *, most: int) -> Iterator[frozenset[str]]:
    """Give the readers of all that waits, some at a time, with about `most` prompts: a decision about each portion is
    part of that about all.

    Together stay the readers of prompts to a person about a task, because a later rung repeats an earlier.
    """
    numbers = Counter[str]()
    with_whom: dict[str, set[str]] = {}
    reader_of: dict[tuple[str, str], str] = {}
    for each in waiting:
        numbers[each.deliver_to] += 1
        mine = with_whom.setdefault(each.deliver_to, {each.deliver_to})
        other = with_whom[reader_of.setdefault((each.milestone, each.person), each.deliver_to)]
        if mine is not other:
            mine |= other
            with_whom |= dict.fromkeys(mine, mine)
    portion, prompts = set[str](), 0
    for readers in {id(readers): readers for readers in with_whom.values()}.values():
        portion |= readers
        prompts += sum(numbers[reader] for reader in readers)
        if prompts >= most:
            yield frozenset(portion)
            portion, prompts = set(), 0
    if portion:
        yield frozenset(portion)


def grouped(
    prompts: Iterable[PendingPrompt],
    *,
    mailed: Collection[str],
    methods: Mapping[int, ContactMethod] | None = None,
    entries: Mapping[int, str] | None = None,
) -> tuple[MessageGroup, ...]:
    """Make one scheduled message a person a working day; the people in `mailed` had theirs and wait for tomorrow.

    A prompt does not wait if it has an hour of its own, is urgent, climbs from an answer, or has failed by another
    method. Corrections are a message of their own, and so is a message that a deputy gets in somebody's place.
    `methods` are the contact methods of the prompts, by id; without them each leaves by its first channel. `entries`
    are the calendar entries (uid) of the prompts, by id: a mail carries one entry, and a second correction with an
    entry has a mail of its own. So has a task that is answered by a digit.
    """
    groups: dict[tuple[ContactMethod, str, bool, str], list[PendingPrompt]] = {}
    first: dict[tuple[ContactMethod, str, bool], str] = {}
    for pending in sorted(prompts, key=_in_order):
        if not _leaves_today(pending, mailed):
            continue
        to = pending.prompt.deliver_to
        method = methods[pending.id] if methods else ContactMethod(to, pending.prompt.channels[0])
        corrects = pending.prompt.kind is PromptKind.CORRECTION
        together = (method, "" if method.person == to else to, corrects)
        entry = (entries or {}).get(pending.id, "")
        apart = entry if entry and corrects and first.setdefault(together, entry) != entry else ""
        if asks_how_actions_stand(pending):
            apart = pending.prompt.key.milestone
        groups.setdefault((*together, apart), []).append(pending)
    return tuple(
        MessageGroup(
            deliver_to=method.person,
            channel=method.channel,
            prompts=tuple(together),
            on_behalf_of=on_behalf_of,
            calendar_prompt=next((pending.id for pending in together if pending.id in (entries or {})), None),
        )
        for (method, on_behalf_of, *_), together in groups.items()
    )


def asks_how_actions_stand(pending: PendingPrompt) -> bool:
    """Tell whether the owner of actions is asked how they stand: a mail of its own, so that a digit answers it."""
    return pending.milestone.asks_owner and pending.prompt.kind is PromptKind.REMINDER


def _in_order(pending: PendingPrompt) -> tuple[bool, date, str]:
    """Put first what the law requires: among tasks that come sooner nobody would take it for more than one of many."""
    key = pending.prompt.key
    return not pending.milestone.by_law, key.due_on, key.milestone


def _leaves_today(pending: PendingPrompt, mailed: Collection[str]) -> bool:
    prompt = pending.prompt
    return prompt.timed or prompt.urgent or bool(pending.tried) or prompt.deliver_to not in mailed
