"""Send what is composed: each message once, with a few workers on each channel, and no channel waits for another."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from config.channels import Channel, Form
from models.store import DeliveryReceipt
from tasks.channels.receipt import Receipt, SendOutcome, Stage
from tasks.council.run import CouncilRun, outlet
from tasks.council.tokens import derive, token_hash
from tasks.sending.dispatch import dispatch, repeats_safely
from tasks.sending.handing import TOGETHER, Attempt, Desk, Hand
from tasks.sending.pacing import Pace, asked_to_wait, next_attempt_at, pace_of
from tasks.sending.withdraw import alternative_methods
from timeline.delivery.contact_methods import Breaker
from timeline.delivery.messages import Message, MessageState, Outgoing, TokenClaims, envelope_token

# Exchange Online takes three connections from a mailbox; the other channels are limited by their rate.
LINES = {Form.MAIL: 3}
# They take about two hours; then the prompts that have another contact method use it.
ATTEMPTS_BESIDE_MAIL = 6


def send_all(council_run: CouncilRun, outgoing: Iterable[Outgoing], *, until: float) -> tuple[Attempt, ...]:
    """Send these messages by their channels, side by side; a message not sent by `until` waits for the next run."""
    lines = list(_lines(council_run, list(outgoing), until))
    if not lines:
        return ()
    with ThreadPoolExecutor(len(lines)) as pool:
        running = [pool.submit(line.send) for line in lines]
    return tuple(attempt for future in running for attempt in future.result())


def _lines(council_run: CouncilRun, outgoing: list[Outgoing], until: float) -> Iterator["_Line"]:
    desk = Desk(council_run)
    channels = council_run.settings.ways()
    for name in dict.fromkeys(message.channel for message in outgoing):
        ours = [message for message in outgoing if message.channel == name]
        if name in channels:
            pace = pace_of(channels[name], council_run.settings)
            yield _Line(council_run, channels[name], deque(ours), pace=pace, until=until, desk=desk)


@dataclass
class _Line:
    """Hold a channel in a run: what is `queue`d for it, and what was read of that already."""

    council_run: CouncilRun
    channel: Channel
    queue: deque[Outgoing]
    pace: Pace
    until: float
    desk: Desk
    _read: deque[Message] = field(default_factory=deque, init=False)
    _rests: bool = field(default=False, init=False)

    def send(self) -> list[Attempt]:
        """Send everything in the queue. A channel that has failed lately gets one message first, and the rest if it
        went.
        """
        if self._look().probes(at=self.council_run.at) and len(self.queue) > 1:
            first = min(self.queue, key=lambda message: message.attempts)
            self.queue.remove(first)
            self.queue, rest = deque([first]), self.queue
            tried = self._drain()
            self.queue = rest
            return tried if self._look().failures else [*tried, *self._side_by_side()]
        return [] if self._rests else self._side_by_side()

    def _side_by_side(self) -> list[Attempt]:
        number = min(LINES.get(self.channel.form, 1), len(self.queue))
        if number <= 1:
            return self._drain()
        with ThreadPoolExecutor(number) as pool:
            running = [pool.submit(self._drain) for _ in range(number)]
        return [attempt for future in running for attempt in future.result()]

    def _drain(self) -> list[Attempt]:
        hand = Hand(self.desk)
        try:
            return [attempt for message in self._each(hand) if (attempt := self._try(message, hand))]
        finally:
            hand.rest()

    def _each(self, hand: Hand) -> Iterator[Message]:
        """Yield the messages in turn; none is claimed before its turn."""
        while not self._rests and self._is_left():
            if not self.pace.turn(until=self.until, before_waiting=hand.rest):
                return
            message = self._next()
            if message is None:  # another thread took the last message
                return
            yield message

    def _is_left(self) -> bool:
        """Tell whether a message is left; what another thread is reading is in neither place until it has read it."""
        with self.desk.lock:
            return bool(self.queue or self._read)

    def _next(self) -> Message | None:
        """Give the next message. Some are read at a time, and the tokens that leave with them kept before they do."""
        with self.desk.lock:
            while self.queue and not self._read:
                some = [self.queue.popleft() for _ in range(min(TOGETHER, len(self.queue)))]
                worded = self.council_run.store.outbox.with_words([each.key for each in some])
                # In the state that was read first: it may have been begun before.
                self._read.extend(replace(worded[each.key], state=each.state) for each in some if each.key in worded)
                self._keep_tokens()
            return self._read.popleft() if self._read else None

    def _keep_tokens(self) -> None:
        tokens = {sha256: claims for message in self._read for sha256, claims in self._tokens(message).items()}
        if tokens:
            self.council_run.store.outbox.keep_tokens(tokens, at=self.council_run.at)

    def _look(self) -> Breaker:
        breaker = self.council_run.store.outbox.breakers().get(self.channel.name, Breaker())
        self._rests = breaker.rests(at=self.council_run.at)
        return breaker

    def _try(self, message: Message, hand: Hand) -> Attempt | None:
        if not hand.takes(message):
            return None
        receipt = self._attempted(message)
        if receipt.outcome is SendOutcome.ACCEPTED:
            hand.handed_over(message, _stored(receipt))
            attempt = _attempt(message, receipt)
        else:
            with self.desk.lock:
                attempt = self._finish(message, receipt)
        if receipt.retry_after:
            self.pace.hold(asked_to_wait(receipt).total_seconds())
        if receipt.outcome in (SendOutcome.UNREACHABLE, SendOutcome.UNCERTAIN):
            self._look()
        return attempt

    def _tokens(self, message: Message) -> Mapping[str, TokenClaims]:
        """Give the tokens that leave with it, by what the database keeps of them, and that of its envelope.

        They were kept when it was written, unless that was done with another key, which was not the database's.
        """
        claims = [*message.tokens, *([envelope_token(message)] if self.channel.form is Form.MAIL else [])]
        secret, council = self.council_run.settings.secret(), self.council_run.store.council
        return {token_hash(derive(secret, council, each)): each for each in claims}

    def _attempted(self, message: Message) -> Receipt:
        if message.state is MessageState.UNCERTAIN and not repeats_safely(self.channel):
            said = "It was begun and never finished, and is not repeated."
            return Receipt(SendOutcome.UNCERTAIN, Stage.DATA, None, None, said, "")
        person = self.council_run.timeline.directory.people[message.deliver_to]
        try:
            store, settings = self.council_run.store, self.council_run.settings
            chat = store.people.teams_chat(person.key) if self.channel.form is Form.BOT else None
            return dispatch(self.channel, message, person, store.council, settings, chat)
        except ValueError as fault:  # prompts with another contact method need not wait for a usable URL
            return Receipt(SendOutcome.UNREACHABLE, Stage.CONNECT, None, None, str(fault), "")

    def _is_no_use(self, message: Message, receipt: Receipt) -> bool:
        """Tell whether to give up a channel that is away. Mail waits for its server however long: nothing else reaches
        everybody.
        """
        away = receipt.outcome is SendOutcome.UNREACHABLE and self.channel.form is not Form.MAIL
        return away and message.attempts + 1 >= ATTEMPTS_BESIDE_MAIL

    def _finish(self, message: Message, receipt: Receipt) -> Attempt:
        """Write down what became of a message that was not accepted."""
        council_run = self.council_run
        settled = receipt.outcome is SendOutcome.UNCERTAIN and not repeats_safely(self.channel)
        next_at = None if settled else next_attempt_at(receipt, message.attempts, at=council_run.at)
        lost = not settled and (receipt.gone or next_at is None)
        others = (
            alternative_methods(council_run, message, gone=receipt.gone)
            if lost or self._is_no_use(message, receipt)
            else ()
        )
        if others and len(others) == len(message.prompts):
            lost, next_at = True, None
        person = council_run.timeline.directory.people[message.deliver_to]
        council_run.store.outbox.finish(
            message.key,
            _stored(receipt),
            at=council_run.at,
            next_attempt_at=next_at,
            reroute=others if lost else (),
            settled=settled,
            dead_address=outlet(self.channel).address(person) if receipt.gone else None,
        )
        attempt = _attempt(message, receipt)
        return attempt._replace(lost=lost and len(others) < len(message.prompts), rerouted=lost and bool(others))


def _attempt(message: Message, receipt: Receipt) -> Attempt:
    said, number = _stored(receipt).said, len(message.prompts)
    return Attempt(message.deliver_to, message.kind, number, receipt.outcome.value, channel=message.channel, said=said)


def _stored(receipt: Receipt) -> DeliveryReceipt:
    """Convert a receipt for the store, which keeps only the SHA-256 of the Message-ID: the ID carries the token."""
    return DeliveryReceipt(
        outcome=receipt.outcome.value,
        stage=receipt.stage.value if receipt.stage else "",
        code=receipt.code,
        enhanced=receipt.enhanced,
        text=receipt.text,
        message_id=token_hash(receipt.message_id) if receipt.message_id else "",
        reference=receipt.reference,
    )
