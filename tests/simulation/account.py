"""Tell what the world itself has seen: who got which letter, and who answered what. No query of the ledger
stands here.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime

from tests.simulation.days import london
from timeline.answers.responses import Answer


@dataclass(frozen=True)
class Told:
    """Tell what one prompt of a letter says: about which task and date, by which rung, to whom, the how-manyeth time.

    `tried`: another way had failed before, or is known to be dead, so that it goes to a deputy.
    """

    ref: str
    due_on: date
    rung: str
    person: str
    repeat: int
    kind: str
    tried: bool

    @property
    def key(self) -> tuple[str, date, str, str, int]:
        return self.ref, self.due_on, self.rung, self.person, self.repeat


@dataclass(eq=False)
class Letter:
    """Hold one handing over of a message to a server. `arrives_at` is None for what never does; `outcome` is what the
    sender was told. `refs` are the tasks behind its links. `at` is what the clock said, which may have been `ahead`.
    """

    at: datetime
    composed_at: datetime
    person: str
    channel: str
    kind: str
    message: str
    message_id: str
    content: bytes
    subject: str
    text: str
    told: tuple[Told, ...]
    refs: tuple[str, ...]
    outcome: str
    arrives_at: datetime | None
    repeats: bool = False
    bounced: bool = False
    reply_to: str = ""
    envelope_from: str = ""
    ahead: bool = False

    @property
    def on(self) -> date:
        return london(self.at).date()


@dataclass(frozen=True)
class Given:
    """Hold an answer that was given and taken."""

    at: datetime
    due_on: date
    answer: Answer
    person: str
    to: str = ""
    by: str = ""
    ahead: bool = False


@dataclass
class Account:
    """Hold letters and answers in order."""

    letters: list[Letter] = field(default_factory=list)
    about: dict[str, list[Letter]] = field(default_factory=lambda: defaultdict(list))
    by_message: dict[str, list[Letter]] = field(default_factory=lambda: defaultdict(list))
    by_key: dict[tuple[object, ...], list[Letter]] = field(default_factory=lambda: defaultdict(list))
    answers: dict[str, list[Given]] = field(default_factory=lambda: defaultdict(list))
    daily: dict[tuple[str, date, bool], str] = field(default_factory=dict)

    def keep(self, letter: Letter) -> None:
        self.letters.append(letter)
        self.by_message[letter.message].append(letter)
        for told in letter.told:
            self.about[told.ref].append(letter)
            self.by_key[told.key].append(letter)

    def done(self, ref: str) -> bool:
        """Tell whether the work is done, confirmed or not; not when a second person sent it back since."""
        words = [given.answer for given in self.answers[ref] if given.answer in (Answer.DONE, Answer.RETURNED)]
        return words[-1:] == [Answer.DONE]

    def confirmed(self, ref: str) -> bool:
        return any(given.answer is Answer.CONFIRMED for given in self.answers[ref])

    def doers(self, ref: str) -> set[str]:
        """Tell who said, or recorded for somebody, that it is done; what was sent back since counts no more."""
        done = [given for given in self.answers[ref] if given.answer is Answer.DONE]
        return {done[-1].person, done[-1].by} if done else set()
