"""Faults planted on purpose: each is one mutation of the product, in one sentence, which the simulation has to find."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import col

from models.store.base.transaction import writes
from models.store.outbox import messages as sending
from models.store.outbox.group import Outbox
from models.tables import MessageRow
from tasks.channels import Receipt, SendOutcome, Stage
from tasks.council import run as house
from tasks.links import secure_link as links
from tasks.receiving import incoming as received
from tasks.receiving import receive
from tasks.sending import outbox
from timeline.answers import responses
from timeline.answers.responses import Answer
from timeline.calendar import working_hours as hours
from timeline.calendar.london import LONDON, london_time
from timeline.definitions import council, people
from timeline.definitions.people import AnswersAs
from timeline.delivery import contact_methods as ways
from timeline.delivery import decide as delivery_decision
from timeline.delivery import suppression, withdrawal
from timeline.delivery.messages import MessageState
from timeline.escalation import addressing, day, ladder
from timeline.escalation import audience as whom
from timeline.escalation import rung_times as moments
from timeline.escalation.held import Held
from timeline.escalation.prompts import PromptKey
from timeline.forecast import rehearsal
from timeline.letters.page_views import Reply
from timeline.replies import ReplyKind

Patch = pytest.MonkeyPatch
Plant = Callable[[Patch], None]


@dataclass(frozen=True)
class Fault:
    """One mutation: what it does wrong, and how it is planted."""

    sentence: str
    plant: Plant


FAULTS: dict[str, Fault] = {}


@contextmanager
def planted(name: str | None) -> Iterator[None]:
    """The product with one fault, or as it is."""
    with pytest.MonkeyPatch.context() as patch:
        if name:
            FAULTS[name].plant(patch)
        yield


def _fault(name: str, sentence: str) -> Callable[[Plant], Plant]:
    def keep(plant: Plant) -> Plant:
        FAULTS[name] = Fault(sentence, plant)
        return plant

    return keep


@_fault("lost-claim", "A message is claimed without asking whether another worker has it, so that both send it.")
def _lost_claim(patch: Patch) -> None:
    def claim(tx: Any, key: str, *, at: datetime, lease: timedelta, by: str = "", tokens: Any = ()) -> bool:
        mine = update(MessageRow).where(col(MessageRow.council) == tx.council, col(MessageRow.key) == key)
        tx.session.exec(mine.values(state=MessageState.SENDING, claimed_at=at))
        return True

    patch.setattr(Outbox, "claim", writes(claim))


@_fault("claim-kept-for-ever", "What a dead worker had claimed is never sent by another.")
def _claim_kept(patch: Patch) -> None:
    patch.setattr(sending, "_to_be_sent", lambda at, lease: sending._due(at))


@_fault("sent-before-the-send", "A message is marked as sent before it is handed to the server.")
def _sent_before(patch: Patch) -> None:
    def tries(line: Any, message: Any) -> Any:
        if not line.council_run.store.outbox.claim(message.key, at=line.council_run.at, lease=house.LEASE):
            return None
        attempt = line._finish(message, Receipt(SendOutcome.ACCEPTED, Stage.DATA, 250, None, "", ""))
        line._attempted(message)
        return attempt

    patch.setattr(outbox._Line, "_try", tries)


@_fault("repeated-under-another-name", "An uncertain mail is repeated under a new Message-ID.")
def _another_name(patch: Patch) -> None:
    numbers = count()
    patch.setattr("tasks.sending.compose._number", lambda key: next(numbers))


@_fault("on-the-day-only", "A rung is said on its own day only (== for <=), so that what was missed is lost.")
def _on_the_day(patch: Patch) -> None:
    outcome: Callable[..., Any] = ladder._outcome

    def today(task: Any, rung_time: Any, *given: Any) -> Any:
        return outcome(task, rung_time, *given) if rung_time.at.date() == task.on else Held("its day has passed.")

    patch.setattr(ladder, "_outcome", today)


@_fault("every-rung-at-once", "After an outage every rung that was missed is said, not the latest for each person.")
def _every_rung(patch: Patch) -> None:
    decide = ladder.decide

    def all_of_them(found: Any, *, until: datetime) -> Any:
        decision = decide(found, until=until)
        said = tuple(replace(prompt, superseded_by="") for prompt in decision.superseded)
        return replace(decision, prompts=(*said, *decision.prompts), superseded=())

    for module in (day, rehearsal):
        patch.setattr(module, "decide", all_of_them)
    patch.setattr(delivery_decision, "superseded_here", lambda waiting: ())


@_fault("acknowledged-for-ever", "An acknowledgement never expires, so that nobody is asked again.")
def _for_ever(patch: Patch) -> None:
    never = datetime(2100, 1, 1, tzinfo=LONDON)
    patch.setattr(responses, "expires_at", lambda response, working_days, office: never)


@_fault("deputy-ignored", "What cannot reach somebody goes to no deputy and no line manager.")
def _no_deputy(patch: Patch) -> None:
    patch.setattr(people.Directory, "deputy_of", lambda self, person, *, on: None)
    patch.setattr(ways, "_line_manager", lambda prompt, found: None)


@_fault("repeats-without-bound", "The last rung is repeated without end.")
def _no_bound(patch: Patch) -> None:
    known_days = moments._known_days

    def endless(rung: Any, *given: Any) -> Any:
        return known_days(replace(rung, times=60) if rung.every else rung, *given)

    patch.setattr(moments, "_known_days", endless)


@_fault("late-holiday-ignored", "A bank holiday that is proclaimed late counts for nothing.")
def _no_late_holiday(patch: Patch) -> None:
    patch.setattr(council, "PROCLAIMED", "never_proclaimed")


@_fault("ceiling-ignored", "A rung reaches posts above the ceiling of its class.")
def _no_ceiling(patch: Patch) -> None:
    patch.setattr(whom, "may_climb_to", lambda duty_class, selector, level: True)


@_fault("embargo-leaked", "A fact under embargo is told to whoever owns the task.")
def _no_embargo(patch: Patch) -> None:
    patch.setattr(whom.Audience, "hears", lambda self, person: True)


@_fault("done-does-not-stop", "A task that is done does not stop what was written or grouped before.")
def _not_stopped(patch: Patch) -> None:
    _without(patch, "It is done")


@_fault("old-date-told", "A reminder leaves with the date that held before a move.")
def _old_date(patch: Patch) -> None:
    _without(patch, "The date has moved since this was written.")


def _without(patch: Patch, reason: str) -> None:
    """Nobody minds this one reason against sending."""
    why_not = suppression.suppression_reason

    def careless(found: Any, prompt: Any) -> str:
        said: str = why_not(found, prompt)
        return "" if said.startswith(reason) else said

    patch.setattr(delivery_decision, "suppression_reason", careless)
    patch.setattr(withdrawal, "suppression_reason", careless)


@_fault("automatic-reply-answers", "An out-of-office note is taken for “I have this”.")
def _machine_answers(patch: Patch) -> None:
    read: Callable[..., Any] = vars(receive)["read"]

    def naive(raw: bytes, *, mailbox: Any) -> Any:
        found = read(raw, mailbox=mailbox)
        if found.kind is not ReplyKind.AUTO_REPLY:
            return found
        return replace(found, kind=ReplyKind.RESPONSE, automatic=False, response=Answer.ACKNOWLEDGED)

    patch.setattr(receive, "read", naive)


@_fault("anybody-answers", "A reply counts whoever of the council sent it.")
def _anybody(patch: Patch) -> None:
    stand = property(lambda self: AnswersAs.SELF if self.by and self.asked else None)
    patch.setattr(received.IncomingMail, "stand", stand)


@_fault("looking-answers", "Opening a link acknowledges its task, for a scanner too.")
def _looking(patch: Patch) -> None:
    open_link = links.Links.open_link

    def opened(self: Any, token: str, *, at: datetime) -> Any:
        found = open_link(self, token, at=at)
        self.answer(token, Reply(answer=Answer.ACKNOWLEDGED), at=at)
        return found

    patch.setattr(links.Links, "open_link", opened)


@_fault("leaver-written-to", "Whoever has left a post is still taken for its holder.")
def _leaver(patch: Patch) -> None:
    patch.setattr(people.Holder, "holds", lambda self, *, on: self.from_on is None or self.from_on <= on)


@_fault("utc-for-local", "Working hours are read off a clock in UTC, an hour wrong from March to October.")
def _utc(patch: Patch) -> None:
    def in_utc(at: datetime) -> datetime:
        return london_time(at.astimezone(UTC).date(), at.astimezone(UTC).time())

    patch.setattr(hours, "in_london", in_utc)


@_fault("outside-hours", "What waits leaves at any hour.")
def _any_hour(patch: Patch) -> None:
    patch.setattr(addressing, "_send_at", lambda found, moment: max(moment.at, found.at))
    patch.setattr(house.CouncilRun, "is_working_time", property(lambda self: True))


@_fault("a-mail-for-each-task", "Each task has a mail of its own, so that somebody gets several a day.")
def _each_task(patch: Patch) -> None:
    grouped: Callable[..., Any] = vars(delivery_decision)["grouped"]

    def apart(waiting: Any, *, mailed: Any, **given: Any) -> Any:
        return tuple(group for one in waiting for group in grouped([one], mailed=(), **given))

    patch.setattr(delivery_decision, "grouped", apart)


@_fault("said-again", "The key forgets which repeat it was, so that a repeat is taken for what was said before.")
def _said_again(patch: Patch) -> None:
    made = addressing.addressed

    def renumbered(found: Any, moment: Any, *given: Any) -> Any:
        prompt = made(found, moment, *given)
        return prompt and replace(prompt, key=PromptKey(*prompt.key[:4], 0))

    patch.setattr(ladder, "addressed", renumbered)
