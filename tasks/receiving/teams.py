"""Answer Teams' outgoing webhook: take a signed message, and give a sentence or a short list."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from config.settings import Settings, SettingsError
from models.store import Store, Stored
from tasks.council.answers import record_response
from tasks.council.each import readable
from tasks.processes.wake_notify import wake_soon
from timeline.answers.case_details import refusal
from timeline.answers.inbound import AlreadyReceived, Inbound, InboundState, inbound_id
from timeline.answers.responses import AT_ONCE, AnswerRefused, Given
from timeline.calendar.london import london_date
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.duties import OWNER
from timeline.definitions.people import AnswersAs, Person
from timeline.definitions.refs import is_task
from timeline.escalation.later_clock import task_now
from timeline.escalation.task_context import TaskContext
from timeline.letters.bot_cards.chat import explained_alone, listed_alone
from timeline.letters.teams_reply import asks, explained, listed, recorded
from timeline.replies.teams import (
    Activity,
    NotUnderstood,
    TeamsRequest,
    Word,
    is_signed_by,
    keys_of,
    plain,
    read,
    request_in,
)

_FOREIGN = "This organisation is not answered here, so nothing was recorded."
_OLD = "This message is more than five minutes old, or its clock is wrong, so nothing was recorded. Please write again."
_HEARD = "We have had this very message before, so nothing more was done."
_STRANGER = "We do not know your Teams account, so nothing was recorded. Please use the link in your newest mail."
_NOT_YOURS = "No task that you can answer here is called so, and nothing was changed. “list” shows yours."
_SEVERAL = "Several tasks begin so: please write more of the reference. Nothing was changed."
_CLOSED = "This task is finished, so nothing was changed."
_UNTOLD = "This cannot be told here. What you may know of it stands behind the link in your newest mail."


class Teams:
    """Hold the outgoing webhooks of every council in the database. Raises SettingsError for keys that cannot be
    read.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        keys = settings.teams_keys.get_secret_value() if settings.teams_keys else ""
        try:
            self._keys = keys_of(keys)
        except ValueError as error:
            raise SettingsError(f"DAYMARK_TEAMS_KEYS cannot be used: {error}.") from None

    def verified(self, raw: bytes, authorization: str) -> bool:
        """Tell whether the body bears the signature of one of our webhooks."""
        return is_signed_by(raw, authorization, self._keys)

    def answer(self, raw: bytes, *, at: datetime) -> str:
        """Do what a signed message asks, once, and give the text for its channel.

        A refused message changes nothing, and the text says why in a sentence.
        """
        try:
            activity = read(raw)
        except NotUnderstood as refused:
            return str(refused)
        if activity.tenants != {self._settings.teams_tenant.lower()} or not self._settings.teams_tenant:
            return _FOREIGN
        return told(self._settings, activity, at=at) if activity.near(at) else _OLD


def told(settings: Settings, activity: Activity, *, at: datetime) -> str:
    """Do what the words of a believed message ask, once, and give the text of the answer."""
    return in_words(lambda: begun(settings, activity, at=at).told(request_in(plain(activity.text))))


def in_words(answer: Callable[[], str]) -> str:
    """Give the text of an answer, or the sentence that says why there is none."""
    try:
        return answer()
    except (NotUnderstood, AnswerRefused) as refused:
        return str(refused)
    except AlreadyReceived:
        return _HEARD


def begun(settings: Settings, activity: Activity, *, at: datetime, alone: bool = False) -> "Talk":
    """Find out who wrote this; `alone` says that nobody else reads the answer.

    Raises AnswerRefused for a stranger and for words that must not be stored, and AlreadyReceived.
    """
    store, timeline, person = _sender(settings, activity, at)
    heard = inbound_id("teams", activity.conversation, activity.id)
    if store.inbound.was_received(heard):
        raise AlreadyReceived(heard)
    hint = refusal(plain(activity.text))
    if hint:
        raise AnswerRefused(f"{hint}. Nothing was recorded.")
    return Talk(settings=settings, store=store, timeline=timeline, person=person, heard=heard, at=at, alone=alone)


def _sender(settings: Settings, activity: Activity, at: datetime) -> tuple[Store, CouncilTimeline, Person]:
    """Give the only person in post with that account; raise AnswerRefused without an account or if several share it."""
    if not (activity.sender and activity.id and activity.conversation):
        raise AnswerRefused(_STRANGER)
    senders = [
        (store, timeline, person)
        for store, timeline in readable(settings)
        for person in timeline.directory.people.values()
        if person.teams.lower() == activity.sender and timeline.directory.posts_of(person.key, on=_day(at))
    ]
    if len(senders) != 1:
        raise AnswerRefused(_STRANGER)
    return senders[0]


@dataclass(frozen=True, kw_only=True)
class Talk:
    """Hold a message of a known person; `alone`: nobody else reads the answer."""

    settings: Settings
    store: Store
    timeline: CouncilTimeline
    person: Person
    heard: str
    at: datetime
    alone: bool = False

    def told(self, given: TeamsRequest) -> str:
        """Do what the request says, and give the text of the answer. Raises AnswerRefused, and AlreadyReceived."""
        if given.word is Word.LIST:
            write = listed_alone if self.alone else listed
            return self._looked(Word.LIST, write(self._candidates(), self.person.key))
        task = self._task(given.ref)
        return self.why(task) if given.word is Word.WHY else self._record(task, given)

    def why(self, task: TaskContext) -> str:
        """Explain the date of a task to whoever may hear of it here."""
        explain = explained_alone if self.alone else explained
        return self._looked(Word.WHY, explain(task, self.person.key) or _UNTOLD)

    def _looked(self, word: Word, text: str) -> str:
        """Record nothing about who looked at what, but take the message in only once."""
        why = f"Somebody asked for “{word.value}”."
        self.store.inbound.record(self._inbound(word.value, InboundState.IGNORED, why))
        return text

    def _record(self, task: TaskContext, given: TeamsRequest) -> str:
        asking = asks(task, self.person.key)
        if asking is None or given.answer is None:
            raise AnswerRefused(_NOT_YOURS)
        if task.milestone.closed_because:
            raise AnswerRefused(_CLOSED)
        mine = asking.stand is AnswersAs.SELF
        response = Given(
            person=asking.person.person.key,
            answer=given.answer,
            via="teams",
            evidence=given.evidence,
            text=_text(given),
            answered_by="" if mine else self.person.name,
            by="" if mine else self.person.key,
        )
        why = f"It begins with “{given.word.value}” and a reference."
        parts = {"person": response.person, "milestone": task.milestone.ref, "asks": given.answer}
        inbound = self._inbound("response", InboundState.RECORDED, why, due_on=task.milestone.due_on, **parts)
        outcome = record_response(self.store, self.settings, task.milestone.ref, response, at=self.at, inbound=inbound)
        if given.answer in AT_ONCE and not outcome.already:
            # In a thread: Teams waits five seconds for our answer, and Prefect may be away.
            wake_soon(self.settings)
        return recorded(task.milestone.ref, given, outcome, stand=asking.stand)

    def _inbound(self, kind: str, state: InboundState, why: str, **parts: object) -> Inbound:
        known = {"id": self.heard, "via": "teams", "received_at": self.at, "by": self.person.key}
        return Inbound(**known | {"kind": kind, "state": state, "why": why} | parts)  # type: ignore[arg-type]

    def _task(self, ref: str) -> TaskContext:
        """Give the only task that REF means; a unique prefix will do."""
        refs = self.store.plan.find(ref)
        if refs and not any(map(is_task, refs)):
            refs = self.store.plan.find(f"{ref}/")
        tasks = [ref for ref in refs if is_task(ref)]
        stored = self.store.plan.milestone(tasks[0]) if len(tasks) == 1 else None
        if stored is None:
            raise AnswerRefused(_SEVERAL if tasks else _NOT_YOURS)
        return self._task_context(stored)

    def _task_context(self, stored: Stored) -> TaskContext:
        ref = stored.milestone.ref
        entries = self.store.ledger.entries(refs=frozenset({ref})).get(ref, ())
        return task_now(self.timeline, stored.milestone, entries, stored.responses, at=self.at)

    def _candidates(self) -> list[TaskContext]:
        """Give the tasks that this person owns, that were passed on, or that wait for a second person.

        The other tasks need not be worked out.
        """
        directory, person, on = self.timeline.directory, self.person.key, _day(self.at)
        answered = self.store.inbound.responses(frozenset(duty.key for duty in self.timeline.obligations))
        return [
            task_now(self.timeline, milestone, (), answered.get(milestone.ref, ()), at=self.at)
            for milestone in self.store.plan.milestones()
            if ((owner := directory.meant(OWNER, owner=milestone.owner, on=on)) and owner.person.key == person)
            or any(
                response.to_confirm or response.delegated_to == person for response in answered.get(milestone.ref, ())
            )
        ]


def _day(at: datetime) -> date:
    return london_date(at)


def _text(given: TeamsRequest) -> str:
    if given.word in (Word.HELP, Word.DECLINE, Word.RETURN):
        return given.words
    return f"done {given.words}".strip() if given.unproven else ""
