"""Take a pressed button of a card in Teams, and give the card that stands in its place.

A program that shows a card again asks how things stand; that records nothing, like a GET.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from config.settings import Settings
from models.store import Store
from tasks.links.link_target import find_answered, find_page, view_of
from tasks.links.secure_link import Links
from tasks.links.teams_cards import bound_by, card_of_message, card_of_task, stands
from timeline.answers.case_details import refusal
from timeline.answers.inbound import AlreadyReceived, Inbound, InboundState, inbound_id
from timeline.answers.responses import Answer, AnswerRefused
from timeline.calendar.london import london_date
from timeline.definitions.council import CouncilTimeline
from timeline.delivery.messages import TokenClaims
from timeline.letters.bot_cards.answered import gone_card, recorded_card
from timeline.letters.bot_cards.buttons import ANSWERS, EVIDENCE, PERSON, WORDS, Bound
from timeline.letters.bot_cards.parts import Part
from timeline.letters.page_views import DeadLink, Recorded, Reply
from timeline.replies.bot import BotActivity

Body = Mapping[str, Any]

_NOT_YOURS = "This card is for somebody else, so nothing was recorded."
_UNKNOWN = "This card is not known here (any more), so nothing was recorded. Please use your newest card or mail."
_STRANGER = "We do not know your Teams account, so nothing was recorded. Please use the link in your newest mail."
_HEARD = "We have had this very answer before, so nothing more was done."
_NOBODY = "Please choose who will do this: somebody of the list."


def pressed(settings: Settings, activity: BotActivity, *, at: datetime) -> Body:
    """Do what the button says, once, and give the body of the answer: a card, or a sentence why nothing was done."""
    try:
        card = _Press(settings, activity, at).card()
    except AnswerRefused as refused:
        return said(str(refused))
    except AlreadyReceived:
        return said(_HEARD)
    if refresh := card.get("refresh"):
        refresh["userIds"] = [activity.member]
    return {"statusCode": 200, "type": "application/vnd.microsoft.card.adaptive", "value": card}


def said(sentence: str) -> Body:
    """Give the body that shows a sentence above the card, which stays as it is."""
    return {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": sentence}


class _Target(NamedTuple):
    store: Store
    timeline: CouncilTimeline
    claims: TokenClaims


@dataclass(frozen=True)
class _Press:
    settings: Settings
    activity: BotActivity
    at: datetime

    def card(self) -> Part:
        """Give the card to show. Raises AnswerRefused, and AlreadyReceived."""
        inputs, verb = self.activity.inputs, self.activity.verb
        token, of = inputs.get("token", ""), inputs.get("of", "")
        if verb is None:
            raise AnswerRefused(_UNKNOWN)
        if not token:
            return self._all_tasks(of)
        target = self._target(find_page(self.settings, token))
        if not target.claims.milestone:
            raise AnswerRefused(_UNKNOWN)
        bound = bound_by(target.store, self.settings, token, of)
        if verb in ANSWERS:
            return self._answered(target, bound, ANSWERS[verb])
        return self._shown(target, bound)

    def _target(self, opened: tuple[Store, TokenClaims] | None) -> _Target:
        """Give what a token is bound to. Raises AnswerRefused unless its reader, still in post, presses the button."""
        if opened is None:
            raise AnswerRefused(_UNKNOWN)
        store, claims = opened
        timeline = store.definitions.timeline(self.settings.working_hours)
        reader = timeline.directory.people.get(claims.reader)
        if reader is None or reader.teams.strip().lower() != self.activity.account:
            raise AnswerRefused(_NOT_YOURS)
        if not timeline.directory.posts_of(reader.key, on=london_date(self.at)):
            raise AnswerRefused(_STRANGER)
        return _Target(store, timeline, claims)

    def _shown(self, target: _Target, bound: Bound, recorded: Recorded | None = None) -> Part:
        return card_of_task(target.store, self.settings, target.claims, bound, at=self.at, recorded=recorded)

    def _answered(self, target: _Target, bound: Bound, answer: Answer) -> Part:
        task = stands(target.store, self.settings, target.claims, at=self.at)
        if isinstance(task, DeadLink):
            return gone_card(target.timeline.council, bound, task)
        before = view_of(target.store, target.claims, task)
        heard = inbound_id("teams", self.activity.conversation, self.activity.id)
        if target.store.inbound.was_received(heard):
            raise AlreadyReceived(heard)
        reply = self._reply(target, answer)
        inbound = self._inbound(heard, target.claims, answer)
        outcome = Links(self.settings).answer(bound.token, reply, at=self.at, via="teams", inbound=inbound)
        if isinstance(outcome, DeadLink):
            return gone_card(target.timeline.council, bound, outcome)
        if outcome.passed_on:
            return recorded_card(before, bound, outcome)
        return self._shown(target, bound, outcome)

    def _reply(self, target: _Target, answer: Answer) -> Reply:
        """Read the inputs of the button. Raises AnswerRefused for what must not be stored, or names nobody."""
        inputs = self.activity.inputs
        given = {name: inputs.get(f"{name}{inputs.get('input', '')}", "") for name in (EVIDENCE, WORDS, PERSON)}
        if hint := refusal(given[EVIDENCE]) or refusal(given[WORDS]):
            raise AnswerRefused(f"{hint}. Nothing was recorded.")
        other = target.timeline.directory.people.get(given[PERSON])
        if answer is Answer.DELEGATED and other is None:
            raise AnswerRefused(_NOBODY)
        return Reply(answer, given[EVIDENCE], given[WORDS], delegate=other.address if other else "")

    def _inbound(self, heard: str, claims: TokenClaims, answer: Answer) -> Inbound:
        return Inbound(
            id=heard,
            via="teams",
            received_at=self.at,
            kind="response",
            state=InboundState.RECORDED,
            why="A button of a card in Teams was pressed.",
            person=claims.person,
            by=claims.reader,
            milestone=claims.milestone,
            due_on=claims.due_on,
            asks=answer,
        )

    def _all_tasks(self, of: str) -> Part:
        """Show all tasks of a message as they stand now."""
        target = self._target(find_page(self.settings, of) or find_answered(self.settings, of))
        message = target.store.outbox.message(target.claims.message)
        if message is None:
            raise AnswerRefused(_UNKNOWN)
        return card_of_message(target.store, self.settings, message, at=self.at)
