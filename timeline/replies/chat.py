"""Read words in a person's own chat with our bot as in a reply by mail, about the tasks of the newest card."""

import re
from dataclasses import dataclass

from timeline.answers.responses import Answer
from timeline.replies.reader import names_in, with_words
from timeline.replies.reading import MailReading, ReplyKind
from timeline.replies.teams import TeamsRequest, Word, request_in
from timeline.replies.words import read_answer

_REF = re.compile(r"(?P<word>[A-Za-z]+)[:,]? +[A-Za-z0-9][A-Za-z0-9_-]*/[A-Za-z0-9_/-]*[:,.;]?(?: |$)")
_UNDO = re.compile(r"(?:undo|take (?:it|that) back)(?: +(?:number +)?(?P<number>\d{1,3}))?[ .!]*", re.IGNORECASE)
_LOOKS = re.compile(r"(?P<word>list|why)(?: +(?:number +)?(?P<number>\d{1,3}))?[ ?.!]*", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class ChatWords:
    """Hold the words of a person: `request` names its task by reference, `looks` is about the task `number` of the card
    (or its only one), and otherwise `reading` is what a mail with these words would say.
    """

    request: TeamsRequest | None = None
    looks: Word | None = None
    number: int | None = None
    reading: MailReading | None = None


def words_in(text: str, *, sender: str, name: str) -> ChatWords:
    """Read a `written` text of the person with this mail address and name. Raises NotUnderstood for a bad reference."""
    line = " ".join(text.split())
    if looked := _LOOKS.fullmatch(line):
        return ChatWords(looks=Word(looked["word"].lower()), number=_number(looked))
    referred = _REF.match(line)
    if referred and referred["word"].lower() in set(Word):
        return ChatWords(request=request_in(line))
    if taken := _UNDO.fullmatch(line):
        why = "It takes the last answer back"
        undo = MailReading(kind=ReplyKind.RESPONSE, response=Answer.TAKEN_BACK, number=_number(taken), why=why)
        return ChatWords(reading=undo)
    frame = MailReading(kind=ReplyKind.RESPONSE, sender=sender.strip().lower(), trusted=True, words=text)
    return ChatWords(reading=with_words(frame, read_answer(text, names=names_in(name))))


def _number(matched: re.Match[str]) -> int | None:
    return int(matched["number"]) if matched["number"] else None
