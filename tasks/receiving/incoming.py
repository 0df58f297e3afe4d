"""Keep a mail that came in, and what is known of it before anything is recorded."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from config.settings import Settings
from models.store import LoadedTask, OutgoingNotice, Store
from timeline.answers.case_details import refusal
from timeline.answers.inbound import Inbound, InboundState
from timeline.calendar.london import london_date
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.people import AnswersAs, Person
from timeline.delivery.messages import TokenClaims
from timeline.replies.reading import MailReading

# Servers give up after five days, and nobody answers a mail that is older than this.
REMEMBERED = timedelta(days=60)
# As on the page. If a file was pasted, a person reads its beginning.
LONGEST_TEXT = 2000


@dataclass(frozen=True, kw_only=True)
class IntakeResult:
    """Hold the result of taking in a mail, for logs and administrators: it names nobody.

    `new` is False for a mail that had come in before. `asks_for_help`: a manager should hear of it now.
    """

    kind: str
    state: InboundState
    why: str
    new: bool = True
    asks_for_help: bool = False


@dataclass(frozen=True, kw_only=True)
class IncomingMail:
    """Hold a mail as it was read, the council that it is for, and what its token is bound to, if it has a token of
    ours.

    Words in a chat of Teams come as such a mail too: the `writer` is then known by their account.
    """

    settings: Settings = field(repr=False)
    store: Store
    reading: MailReading = field(repr=False)
    id: str
    at: datetime
    of: TokenClaims | None = None
    via: str = "mail"
    writer: Person | None = None
    _loaded: dict[str, LoadedTask | None] = field(default_factory=dict, repr=False)

    def load(self, ref: str) -> LoadedTask | None:
        """Read a task once for this mail, with what was said and answered about it; None where there is none."""
        if ref not in self._loaded:
            self._loaded[ref] = self.store.definitions.load_task(ref, self.settings.working_hours)
        return self._loaded[ref]

    @cached_property
    def timeline(self) -> CouncilTimeline:
        return self.store.definitions.timeline(self.settings.working_hours)

    @property
    def on(self) -> date:
        return london_date(self.at)

    @property
    def ours(self) -> str:
        """Name what it answers: our mail, or our card in a chat."""
        return "mail" if self.via == "mail" else "card"

    @cached_property
    def asked(self) -> Person | None:
        """Give the person whom the token asked."""
        return self.timeline.directory.people.get(self.of.person) if self.of else None

    @cached_property
    def reader(self) -> Person | None:
        """Give the person who got our mail: the person asked, or somebody else in that person's place."""
        return self.timeline.directory.people.get(self.of.reader) if self.of else None

    @cached_property
    def by(self) -> Person | None:
        """Give the sender: only if our mail server vouches for it, and only a person in the directory."""
        return self.writer or (self.at_address(self.reading.sender) if self.reading.trusted else None)

    def at_address(self, address: str) -> Person | None:
        """Give the person of that address; where several have it, the person asked."""
        if self.asked and address and self.asked.address.lower() == address.lower():
            return self.asked
        return self.timeline.directory.at_address(address)

    @cached_property
    def stand(self) -> AnswersAs | None:
        """Tell as what the sender may answer for the person asked; None when not at all.

        If the person asked could not be reached, whoever got the mail in that person's place may answer.
        """
        if self.by is None or self.asked is None:
            return None
        answers_as = self.timeline.directory.may_answer_for(self.by.key, self.asked.key, on=self.on)
        return answers_as or (AnswersAs.DEPUTY if self.by == self.reader else None)

    def inbound(self, state: InboundState, why: str, *, claims: TokenClaims | None = None, **more: Any) -> Inbound:
        """Make the row of this mail. Only a mail that a person must look at keeps its sender and its words."""
        bound = claims or self.of
        if state is InboundState.HELD:
            text = self.reading.text[:LONGEST_TEXT]
            more = {"sender": self.reading.sender, "text": text, "held_back": refusal(text) is not None} | more
        return Inbound(
            id=self.id,
            via=self.via,
            received_at=self.at,
            kind=self.reading.kind.value,
            state=state,
            why=why,
            person=bound.person if bound else "",
            by=self.by.key if self.by else "",
            milestone=bound.milestone if bound else "",
            message=self.of.message if self.of else "",
            due_on=bound.due_on if bound else None,
            number=self.reading.number,
            asks=self.reading.response,
            **more,
        )

    def heard(
        self,
        state: InboundState,
        why: str,
        *,
        notice: OutgoingNotice | None = None,
        claims: TokenClaims | None = None,
    ) -> IntakeResult:
        """Keep a mail from which no answer was recorded, and the notice that goes back. Raises AlreadyHeard."""
        self.store.inbound.record(self.inbound(state, why, claims=claims), notice=notice)
        return self.taken(state, why)

    def taken(self, state: InboundState, why: str, *, asks_for_help: bool = False) -> IntakeResult:
        return IntakeResult(kind=self.reading.kind.value, state=state, why=why, asks_for_help=asks_for_help)
