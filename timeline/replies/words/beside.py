"""Read the words beside an acceptance of an invitation: harmless, a call for help, or for a person to read."""

import re
from collections.abc import Collection

from timeline.answers.responses import Answer
from timeline.replies.words.answers import ReadAnswer, read_answer
from timeline.replies.words.first_line import straight, without_greeting
from timeline.replies.words.harmless import only_harmless

_CALENDAR = re.compile(
    r"(?:.{1,80} has accepted (?:this|your|the) (?:invitation|event|meeting)|accepted: |derbyniwyd: )"
    r"(?!.{0,200}\b(?:note|comment|message)\b)",
    re.IGNORECASE,
)
"""Sentences of calendar programs, with the entry below them; an entry that brings a person's note says so."""
_COMING = re.compile(
    r"(?:yes,? )?(?:(?:i|we)(?:'ll| will) (?:attend|be there|come|join)|see you (?:there|then|all)"
    r"|(?:i'm |i am )?(?:happy|looking forward) to (?:it|this|attend(?:ing)?)|looking forward to it)",
    re.IGNORECASE,
)


def beside_acceptance(note: str, names: Collection[str]) -> ReadAnswer | None:
    """Read what is written beside an acceptance, as strictly as a reply; None where a person must read it."""
    plain = without_greeting(straight(note))
    said = _COMING.sub(" ", plain, count=1)
    if _CALENDAR.match(plain) or only_harmless(Answer.ACKNOWLEDGED, said, names):
        return ReadAnswer(answer=Answer.ACKNOWLEDGED, text=note)
    read = read_answer(note, names=names)
    plainly = read.answer in (Answer.ACKNOWLEDGED, Answer.HELP) and not (read.number or read.parts)
    return read if plainly else None
