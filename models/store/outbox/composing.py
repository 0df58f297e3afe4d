"""Put messages into the outbox, many in a transaction: each with its prompts and its tokens, or not at all."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from models.store.audit import audit
from models.store.audit.audit import COMPOSED, Event
from models.store.base.json_values import canonical, written
from models.store.base.noted import note
from models.store.base.seals import KEYS
from models.store.base.transaction import Transaction, add_missing
from models.store.outbox.statements import FREE_PROMPTS, TIE_PROMPT
from models.store.outbox.tokens import keep_tokens
from models.tables import MessageRow, PromptRow
from timeline.delivery.messages import Message, TokenClaims

_Free = dict[int, tuple[Any, ...]]


class OutgoingNotice(NamedTuple):
    """Hold a message to be written, and the SHA-256 of its tokens in their order."""

    message: Message
    token_hashes: Sequence[str]


def compose(tx: Transaction, message: Message, *, token_hashes: Sequence[str], at: datetime) -> bool:
    """Store a message, tie its prompts to it and keep the SHA-256 of its tokens, in the order of `message.tokens`.

    False, and nothing is written, when a prompt of it no longer waits or its key is taken.
    """
    return bool(compose_all(tx, [OutgoingNotice(message, token_hashes)], at=at))


def compose_all(tx: Transaction, composed: Sequence[OutgoingNotice], *, at: datetime) -> frozenset[str]:
    """Do so for each message, and give the keys of those that were stored."""
    free = _free(tx, [id_ for each in composed for id_ in each.message.prompts])
    ready = list(_ready(composed, free))
    rows = add_missing(tx.session, MessageRow, [_row(tx.council, each.message, at) for each in ready])
    new = {row["key"] for row in rows}
    stored = [each for each in ready if each.message.key in new]
    _tie(tx, [(id_, each.message.key) for each in stored for id_ in set(each.message.prompts)], free)
    # Two messages about the same task carry the same link.
    keep_tokens(tx, _tokens(stored), at=at)
    audit.record(tx, [_event(each.message) for each in stored], at=at)
    return frozenset(new)


def _free(tx: Transaction, ids: Sequence[int]) -> _Free:
    """Give the keys of these prompts, by id, as far as they still wait."""
    rows = FREE_PROMPTS.rows(tx.connection, tx.council, ids)
    return {row.id: tuple(getattr(row, name) for name in KEYS[PromptRow]) for row in rows}


def _ready(composed: Sequence[OutgoingNotice], free: _Free) -> Iterator[OutgoingNotice]:
    """Leave out a message with a prompt that waits no more, or that a message before it has."""
    taken: set[int] = set()
    for each in composed:
        prompts = set(each.message.prompts)
        if prompts <= free.keys() - taken:
            taken |= prompts
            yield each


def _tie(tx: Transaction, tied: Sequence[tuple[int, str]], free: _Free) -> None:
    if tied:
        rows = [{"of_council": tx.council, "of_id": id_, "message": key} for id_, key in tied]
        TIE_PROMPT.run(tx.connection, *rows)
        note(tx.session, PromptRow, [free[id_] for id_, _ in tied])


def _tokens(stored: Sequence[OutgoingNotice]) -> Mapping[str, TokenClaims]:
    return {
        sha256: claims for each in stored for sha256, claims in zip(each.token_hashes, each.message.tokens, strict=True)
    }


def _event(message: Message) -> Event:
    told = canonical({"kind": message.kind, "prompts": len(message.prompts)})
    return Event(what=COMPOSED, ref=message.key, via=message.channel, for_whom=message.deliver_to, after=told)


def _row(council: str, message: Message, at: datetime) -> dict[str, Any]:
    parts: dict[str, Any] = {name: getattr(message, name) for name in Message.__dataclass_fields__}
    parts["tokens"] = written(message.tokens, tuple[TokenClaims, ...])
    parts["prompts"] = list(message.prompts)
    parts["next_attempt_at"] = message.next_attempt_at or at
    return {"council": council} | parts
