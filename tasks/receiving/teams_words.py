"""Take words in a person's own chat with our bot: they answer the newest card there, as a mail would answer ours."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from config.channels import Form
from config.settings import Settings
from tasks.links.teams_cards import stands
from tasks.processes.wake_notify import wake_soon
from tasks.receiving.incoming import IncomingMail
from tasks.receiving.mail_answers import is_numbered
from tasks.receiving.several_answers import Outcome, Part, parts_of, record
from tasks.receiving.teams import Talk, begun, in_words
from timeline.answers.inbound import InboundState
from timeline.answers.responses import Answer, AnswerRefused
from timeline.delivery.messages import Message, TokenClaims
from timeline.escalation.task_context import TaskContext
from timeline.letters import receipt as receipts
from timeline.letters.bot_cards import chat
from timeline.letters.bot_cards.answered import gone_sentences
from timeline.letters.page_views import DeadLink
from timeline.programme.asked.own_actions import read_for
from timeline.replies.bot import BotActivity
from timeline.replies.chat import ChatWords, words_in
from timeline.replies.reading import MailReading
from timeline.replies.teams import NotUnderstood, TeamsRequest, Word, written


def said_in_chat(settings: Settings, activity: BotActivity, *, at: datetime) -> str:
    """Do what the words ask, once, and give the text of the answer."""
    return in_words(lambda: _answered(settings, activity, at))


def _answered(settings: Settings, activity: BotActivity, at: datetime) -> str:
    talk = begun(settings, activity.words, at=at, alone=True)
    words = words_in(written(activity.text), sender=talk.person.address, name=talk.person.name)
    if words.request:
        return talk.told(words.request)
    if words.looks is Word.LIST:
        return talk.told(TeamsRequest(word=Word.LIST))
    if words.reading and not _means_anything(words.reading):
        return _about_actions(talk, activity, words.reading)
    card = _card(talk, activity, by=min(at, activity.sent_at or at))
    return _about(talk, card, words.reading) if words.reading else _why(talk, card, words)


def _means_anything(reading: MailReading) -> bool:
    return bool(reading.response or reading.parts or reading.of_all or reading.another_date)


def _about_actions(talk: Talk, activity: BotActivity, reading: MailReading) -> str:
    """Record a digit or lines that say how actions stand, if the card asks about them. Raise NotUnderstood."""
    with suppress(AnswerRefused):
        card = _card(talk, activity, by=min(talk.at, activity.sent_at or talk.at))
        tasks = _tasks(card)
        task = stands(talk.store, talk.settings, tasks[0], at=talk.at) if len(tasks) == 1 else None
        if isinstance(task, TaskContext) and read_for(task, reading.words):
            return _about(talk, card, replace(reading, number=1))
    raise NotUnderstood(chat.USAGE)


def _card(talk: Talk, activity: BotActivity, *, by: datetime) -> Message:
    """Give the card that is quoted, or else the newest card that was there when the words were written."""
    channels = [way.name for way in talk.settings.ways().values() if way.form is Form.BOT and not way.several]
    if activity.quoted:
        quoted = talk.store.outbox.message(talk.store.outbox.message_by_reference(activity.quoted) or "")
        if quoted is None or quoted.deliver_to != talk.person.key or quoted.channel not in channels:
            raise AnswerRefused(chat.NOT_A_CARD)
        return _answerable(quoted)
    cards = talk.store.outbox.newest_in_chat(talk.person.key, channels, by=by)
    if len(cards) > 1:
        raise AnswerRefused(chat.WHICH_CARD)
    return _answerable(cards[0] if cards else None)


def _answerable(card: Message | None) -> Message:
    if card is None or not _tasks(card):
        raise AnswerRefused(chat.NO_CARD)
    return card


def _tasks(card: Message) -> tuple[TokenClaims, ...]:
    """List its tasks by their numbers; none where a correction has numbers without a link."""
    return card.tokens[1:] if is_numbered(card) else ()


def _why(talk: Talk, card: Message, words: ChatWords) -> str:
    behind = stands(talk.store, talk.settings, _task(_tasks(card), words.number), at=talk.at)
    if isinstance(behind, DeadLink):
        raise AnswerRefused(chat.told([" ".join(gone_sentences(behind))]))
    return talk.why(behind)


def _about(talk: Talk, card: Message, reading: MailReading) -> str:
    """Record what the words say about the tasks of the card, and then the message itself."""
    mail = IncomingMail(
        settings=talk.settings,
        store=talk.store,
        reading=reading,
        id=talk.heard,
        at=talk.at,
        of=card.tokens[0],
        via="teams",
        writer=talk.person,
    )
    if reading.another_date:
        lead = talk.timeline.directory.posts[talk.timeline.council.programme_lead].title
        mail.heard(InboundState.HELD, reading.why)
        return receipts.another_date(lead)
    outcomes = [record(part, not_clear=chat.NOT_DONE_YET) for part in _parts(mail, _tasks(card))]
    _keep(mail, outcomes)
    if any(outcome.climbs for outcome in outcomes):
        # In a thread: nobody waits until Prefect can be reached.
        wake_soon(talk.settings)
    more = [chat.ONLY_HELP] if reading.response is Answer.HELP and not reading.text.strip() else []
    return chat.told([*_lines(outcomes), *more])


def _parts(mail: IncomingMail, tasks: Sequence[TokenClaims]) -> list[Part]:
    reading = mail.reading
    if not (reading.parts or reading.of_all):
        claims = _task(tasks, reading.number)
        return [Part(number=reading.number or 1, mail=mail, claims=claims)]
    parts = list(parts_of(mail, tasks))
    if not parts:
        raise AnswerRefused(chat.NO_SUCH_TASK)
    return parts


def _task(tasks: Sequence[TokenClaims], number: int | None) -> TokenClaims:
    if number is None and len(tasks) > 1:
        raise AnswerRefused(chat.WHICH_TASK)
    if not 1 <= (number or 1) <= len(tasks):
        raise AnswerRefused(chat.NO_SUCH_TASK)
    return tasks[(number or 1) - 1]


def _keep(mail: IncomingMail, outcomes: Sequence[Outcome]) -> None:
    """Record the message, unless it stands with its only answer; a call that comes too late waits for a person."""
    counts = any(outcome.task for outcome in outcomes)
    state = InboundState.RECORDED if counts else InboundState.IGNORED
    if len(outcomes) > 1 or not counts:
        mail.heard(InboundState.HELD if any(map(_waits, outcomes)) else state, mail.reading.why)


def _waits(outcome: Outcome) -> bool:
    """Tell whether a person must read it: what could not be recorded, and asks for something."""
    return outcome.held and not outcome.task and outcome.sentences != (chat.NOT_DONE_YET,)


def _lines(outcomes: Sequence[Outcome]) -> list[str]:
    several = len(outcomes) > 1
    lines = [f"{f'{each.number}. ' if several else ''}{' '.join(each.sentences)} {each.when}" for each in outcomes]
    more = [chat.A_PERSON_READS_IT] if any(map(_waits, outcomes)) else []
    return [*lines, *more]
